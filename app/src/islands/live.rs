//! A page that keeps itself true: it hears what changes and redraws its parts.

use super::{dom, redraw::redraw};
use futures::StreamExt;
use futures::future::{Either, select};
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::EventSource;
use leptos::prelude::*;
use std::pin::pin;
use web_sys::Element;

/// How long to wait before a stream that was refused is opened again, in milliseconds.
const PAUSE: i32 = 10_000;

/// Listens to `/events` while the page is seen, and redraws the page's `[data-live]` parts. Draws nothing itself but the
/// region that says aloud what changed.
#[island]
pub fn LivePage(
    /// What the page shows, as the stream names it: `asset`, `delivery`, `conversation`, `endpoint`; or `installation`, which has a
    /// stream of its own.
    of: String,
    /// The place in the stream that the page was drawn at.
    after: String,
    /// This page's address, where it has to be another than the one it was asked by. May be empty.
    #[prop(into)]
    address: String,
    /// After so many milliseconds the page has something new to say by itself; 0 for never.
    once_in: i32,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(says) = place.get() else { return };
        if !address.is_empty() {
            dom::replace_address(&address);
        }
        let (of, after) = (of.clone(), after.clone());
        if once_in > 0 {
            let says = says.clone();
            leptos::task::spawn_local(async move {
                dom::sleep(once_in).await;
                update(&says).await;
            });
        }
        leptos::task::spawn_local(async move { follow(&says, &of, after).await });
    });
    view! { <div class="sr-only" role="status" node_ref=place></div> }
}

async fn follow(says: &Element, of: &str, mut after: String) {
    // A page that the person left for another one within the site ends with its scripts; this never does by itself.
    loop {
        while dom::is_hidden() {
            dom::seen_or_hidden().await;
        }
        if listen(says, of, &mut after).await.is_none() {
            dom::sleep(PAUSE).await;
        }
    }
}

/// What happened first.
enum First {
    /// Something changed: the message, or an error of the connection.
    Changed(Option<web_sys::MessageEvent>),
    /// The server's last word.
    Ended(bool),
    /// The page went out of sight, or came back.
    Turned,
}

/// Follows one stream to its end; nothing when it could not be opened.
async fn listen(says: &Element, of: &str, after: &mut String) -> Option<()> {
    let stream = if of == "installation" { "of=installation&" } else { "" };
    let mut source = EventSource::new(&format!("/events?{stream}after={after}")).ok()?;
    let mut changed = source.subscribe("changed").ok()?;
    let mut ended = source.subscribe("ended").ok()?;
    let mut turned = pin!(dom::seen_or_hidden());
    loop {
        let first = match select(changed.next(), select(ended.next(), turned.as_mut())).await {
            Either::Left((heard, _)) => First::Changed(heard.and_then(Result::ok).map(|(_, message)| message)),
            Either::Right((Either::Left((heard, _)), _)) => First::Ended(heard.is_some_and(|heard| heard.is_ok())),
            Either::Right((Either::Right(_), _)) => First::Turned,
        };
        match first {
            First::Changed(Some(message)) => {
                *after = message.last_event_id();
                let what = message.data().as_string().unwrap_or_default();
                if of.split(' ').any(|kind| what.contains(kind)) {
                    update(says).await;
                }
            }
            // Opened in too many windows, or signed out: not again before the person comes back to this one.
            First::Ended(true) => {
                source.close();
                dom::seen_or_hidden().await;
                return Some(());
            }
            First::Turned if dom::is_hidden() => return Some(()),
            First::Turned => turned.set(dom::seen_or_hidden()),
            // The browser opens a broken stream again by itself, unless it was refused.
            First::Changed(None) | First::Ended(false) if source.state() == State::Closed => return None,
            First::Changed(None) | First::Ended(false) => {}
        }
    }
}

async fn update(says: &Element) {
    let Some(page) = dom::document().and_then(|document| document.document_element()) else { return };
    let news = redraw(&page).await;
    if !news.is_empty() {
        says.set_text_content(Some(&news.join(". ")));
    }
}
