//! "Connect with Meta" by popup, with the plain form as the way that always works.

use super::dom;
use super::meta_sdk::{self, Sight};
use super::verdict::Traces;
use crate::api::connect::{begin_popup, exchange_code, report_popup};
use crate::dto::connect::PopupStart;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How long Meta's script may take to load before the form is used instead, in milliseconds.
const SCRIPT_PATIENCE: i32 = 6_000;
/// How often the popup is looked at, in milliseconds: oftener than any person could open and close it.
const GLANCE: i32 = 50;
/// How many glances after the popup has gone an answer may still come, and the person be back at this page.
const ANSWER_PATIENCE: i32 = 50;

thread_local! {
    /// The one popup of the page. Not in the component: that is also made on the server, where threads are many.
    static POPUP: Rc<Popup> = Rc::default();
}

#[derive(Default)]
struct Popup {
    /// The begun attempt and the loaded SDK, ready for a click.
    ready: RefCell<Option<(PopupStart, meta_sdk::Fb)>>,
    /// Being prepared.
    preparing: Cell<bool>,
    /// The popup will not do on this page: the form does.
    given_up: Cell<bool>,
    /// An answer has come, or the person has gone another way.
    settled: Cell<bool>,
    /// `FB.login` answered without a code while its window was gone, which does not say why.
    refused: Cell<bool>,
}

/// Wraps the form `begin-connect`. On a secure page a click opens Meta's popup; wherever that fails the form is sent,
/// which leads to Meta in this window.
#[island]
pub fn MetaConnect(
    /// Whether the popup may be tried on a page that is not https.
    on_http: bool,
    /// The connection to confirm again; empty for a new one.
    connection: String,
    /// The tenant that the page was opened for.
    acting_for: String,
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    let whose = StoredValue::new((connection, acting_for));

    let prepare = move || {
        let popup = POPUP.with(Rc::clone);
        if popup.given_up.get() || popup.preparing.get() || popup.ready.borrow().is_some() {
            return;
        }
        popup.preparing.set(true);
        leptos::task::spawn_local(async move {
            match begin(whose.get_value()).await {
                Some(ready) => *popup.ready.borrow_mut() = Some(ready),
                None => popup.given_up.set(true),
            }
            popup.preparing.set(false);
        });
    };
    Effect::new(move |_| {
        let secure = web_sys::window().is_some_and(|w| w.location().protocol().is_ok_and(|p| p == "https:"));
        POPUP.with(Rc::clone).given_up.set(!secure && !on_http);
        place.track();
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        let (popup, root) = (POPUP.with(Rc::clone), dom::current(&event));
        let (Some(root), false) = (root, popup.given_up.get()) else { return };
        event.prevent_default();
        open(&root, popup, whose.get_value());
    };
    view! {
        <div
            class="contents"
            node_ref=place
            on:pointerover=move |_| prepare()
            on:focusin=move |_| prepare()
            on:touchstart=move |_| prepare()
            on:submit=submit
        >
            {children()}
        </div>
    }
}

/// Begins an attempt and loads the SDK; nothing when the popup cannot be used.
async fn begin((connection, acting_for): (String, String)) -> Option<(PopupStart, meta_sdk::Fb)> {
    let start = begin_popup(connection, acting_for).await.ok()?;
    let fb = meta_sdk::load(&start.sdk_url, SCRIPT_PATIENCE).await.ok()?;
    meta_sdk::init(&fb, &start).ok()?;
    Some((start, fb))
}

/// Opens the popup: at once when all is prepared, so that the browser still connects it with the click.
fn open(root: &Element, popup: Rc<Popup>, whose: (String, String)) {
    popup.settled.set(false);
    popup.refused.set(false);
    let ready = popup.ready.borrow_mut().take();
    match ready {
        Some(ready) => login(root, &popup, ready),
        None => {
            say(root, "Preparing the window…");
            let root = root.clone();
            leptos::task::spawn_local(async move {
                while popup.preparing.get() {
                    dom::sleep(50).await;
                }
                let prepared = popup.ready.borrow_mut().take();
                let ready = match prepared {
                    None if !popup.given_up.get() => begin(whose).await,
                    prepared => prepared,
                };
                match ready {
                    Some(ready) => login(&root, &popup, ready),
                    None => use_the_form(&root, &popup, "Meta's script is blocked here. Going on in this window…"),
                }
            });
        }
    }
}

fn login(root: &Element, popup: &Rc<Popup>, (start, fb): (PopupStart, meta_sdk::Fb)) {
    say(root, "Confirm in the window that Meta has opened.");
    let (attempt, state) = (start.attempt.clone(), start.state.clone());
    let answered = {
        let (root, popup) = (root.clone(), Rc::clone(popup));
        move |code: Option<String>, window: &meta_sdk::Popup| {
            // Without a code and without a window, only what was seen around it tells a cancel from a window cut off.
            if code.is_none() && window.sight() == Sight::Gone {
                popup.refused.set(true);
            } else if !popup.settled.replace(true) {
                leptos::task::spawn_local(finish(root, attempt, state, code));
            }
        }
    };
    match meta_sdk::login(&fb, &start, answered) {
        Ok(window) if window.was_refused() => {
            use_the_form(root, popup, "Your browser does not allow the window. Going on in this one…");
        }
        Ok(window) => {
            let (root, popup) = (root.clone(), Rc::clone(popup));
            leptos::task::spawn_local(async move {
                let Some(traces) = watch(&popup, &window).await else { return };
                popup.settled.set(true);
                if traces.closed_by_hand() {
                    finish(root, start.attempt, start.state, None).await;
                } else {
                    go_on_here(root, popup, start.attempt).await;
                }
            });
        }
        Err(_) => use_the_form(root, popup, "Meta's window cannot be used here. Going on in this one…"),
    }
}

/// Looks at the popup until it is gone, and for a moment longer: what was seen; nothing when an answer came.
async fn watch(popup: &Popup, window: &meta_sdk::Popup) -> Option<Traces> {
    let mut traces = Traces::default();
    loop {
        match window.sight() {
            Sight::AtMeta => traces.seen_at_meta = true,
            Sight::Gone => break,
            Sight::Empty | Sight::Nothing => {}
        }
        dom::sleep(GLANCE).await;
        if popup.settled.get() {
            return None;
        }
    }
    for _ in 0..ANSWER_PATIENCE {
        traces.refused = popup.refused.get();
        traces.back_here |= dom::has_focus();
        // Whatever comes now, it was cut off by its first page, or closed by hand.
        if !traces.seen_at_meta || traces.closed_by_hand() {
            break;
        }
        dom::sleep(GLANCE).await;
        if popup.settled.get() {
            return None;
        }
    }
    Some(traces)
}

/// The window could not answer this page: the same by redirect, unless its attempt went on in another way.
async fn go_on_here(root: Element, popup: Rc<Popup>, attempt: String) {
    match report_popup(attempt, "unavailable".into()).await {
        Ok(next) if !next.begin_again => dom::go(&next.path),
        _ => use_the_form(&root, &popup, "Meta’s window could not answer this page. Going on in this tab…"),
    }
}

async fn finish(root: Element, attempt: String, state: String, code: Option<String>) {
    let next = match code {
        Some(code) => {
            say(&root, "Meta has confirmed. Reading what you can connect…");
            let page = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
            exchange_code(state, code, page).await
        }
        None => report_popup(attempt, "cancelled".into()).await,
    };
    match next {
        Ok(next) => dom::go(&next.path),
        Err(error) => say(&root, &format!("{} {} {}", error.what, error.why, error.todo)),
    }
}

/// Leaves the popup for good and sends the form.
fn use_the_form(root: &Element, popup: &Rc<Popup>, why: &str) {
    popup.settled.set(true);
    popup.given_up.set(true);
    say(root, why);
    if let Some(form) = dom::first(root, "form").and_then(|e| e.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        let _ = form.submit();
    }
}

/// Tells what is happening, in the live region.
fn say(root: &Element, words: &str) {
    if let Some(region) = dom::first(root, "[data-says]") {
        region.set_text_content(Some(words));
    }
}
