//! Live progress: the server tells what it found, the page shows it.

use super::dom;
use super::pace::Pace;
use super::redraw::Drawn;
use futures::StreamExt;
use futures::future::{Either, select};
use gloo_net::eventsource::futures::EventSource;
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use std::pin::pin;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// The first and the longest pause after a stream broke off, in milliseconds.
const PAUSE: (i32, i32) = (500, 30_000);
/// After a pause as long as this the page itself is asked for, in milliseconds.
const LONG: i32 = 8_000;

/// Wraps the progress the server has drawn and keeps it true: numbers in `[data-count=…]`, the list `[data-live]`,
/// and a new page once the attempt has left `phase`.
///
/// Listens to `/events?attempt=…`, event `progress`, whose data is `{"phase":"discovering","pages":12,…}`.
#[island]
pub fn LiveProgress(
    /// The attempt's id.
    attempt: String,
    /// The phase that is on the page.
    phase: String,
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(root) = place.get() else { return };
        let (attempt, phase) = (attempt.clone(), phase.clone());
        leptos::task::spawn_local(async move { follow(&root, &attempt, &phase).await });
    });
    view! { <div class="contents" node_ref=place>{children()}</div> }
}

async fn follow(root: &Element, attempt: &str, phase: &str) {
    let mut pause = PAUSE.0;
    loop {
        match listen(root, attempt, phase).await {
            // The server has answered just now.
            Heard::Moved => return dom::reload(),
            Heard::Something => pause = PAUSE.0,
            Heard::Nothing => {}
        }
        // The stream broke off. The work goes on without us: look again a little later.
        dom::sleep(pause).await;
        // A page that cannot be had takes the place of this one only to say so.
        if pause >= LONG && dom::ask_for_page().await.is_some_and(|answer| answer.status() < 500) {
            return dom::reload();
        }
        pause = (pause * 2).min(PAUSE.1);
    }
}

/// What a stream brought before it broke off.
enum Heard {
    Nothing,
    /// Progress, which is shown.
    Something,
    /// The page is out of date.
    Moved,
}

async fn listen(root: &Element, attempt: &str, phase: &str) -> Heard {
    let Ok(mut source) = EventSource::new(&format!("/events?attempt={attempt}")) else { return Heard::Nothing };
    let Ok(mut events) = source.subscribe("progress") else { return Heard::Nothing };
    let (mut heard, mut pace) = (Heard::Nothing, Pace::default());
    loop {
        let told = match select(events.next(), pin!(pace.turn())).await {
            Either::Left((told, _)) => Some(told),
            Either::Right(_) => None,
        };
        match told {
            Some(Some(Ok((_, message)))) => {
                if !show(root, phase, &message.data()) {
                    return Heard::Moved;
                }
                heard = Heard::Something;
                pace.ask();
            }
            Some(_) => return heard,
            None => {
                if matches!(pace.draw(root).await, Drawn::Over) {
                    return Heard::Moved;
                }
            }
        }
    }
}

/// Shows one message; false when the page is out of date.
fn show(root: &Element, phase: &str, data: &JsValue) -> bool {
    let Some(message) = data.as_string().and_then(|text| JSON::parse(&text).ok()) else { return true };
    let read = |key: &str| Reflect::get(&message, &key.into()).ok();
    let now = read("phase").and_then(|value| value.as_string()).unwrap_or_default();
    // The exchange is a moment within what people see as reading.
    if now != phase && !(phase == "discovering" && now == "exchanging") {
        return false;
    }
    for element in dom::all(root, "[data-count]") {
        let key = element.get_attribute("data-count").unwrap_or_default();
        if let Some(value) = read(&key).and_then(|value| value.as_f64()) {
            if element.tag_name() == "PROGRESS" {
                let _ = element.set_attribute("value", &value.to_string());
            } else {
                element.set_text_content(Some(&value.to_string()));
            }
            let _ = element.set_attribute("data-found", if value > 0.0 { "yes" } else { "no" });
        }
    }
    true
}
