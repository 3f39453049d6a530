//! Live progress: the server tells what it found, the page shows it.

use super::dom;
use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// Wraps the progress the server has drawn and keeps it true: numbers in `[data-count=…]`, and a new page when the
/// attempt's state is no longer `state`.
///
/// Listens to `/events?attempt=…`, event `progress`, whose data is
/// `{"state":"discovering","counts":{"pages":12,…}}`.
#[island]
pub fn LiveProgress(
    /// The attempt's id.
    attempt: String,
    /// The state that is on the page.
    state: String,
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(root) = place.get() else { return };
        let (attempt, state) = (attempt.clone(), state.clone());
        leptos::task::spawn_local(async move { follow(&root, &attempt, &state).await });
    });
    view! { <div class="contents" node_ref=place>{children()}</div> }
}

async fn follow(root: &Element, attempt: &str, state: &str) {
    for pause in [500, 1000, 2000, 4000, 8000] {
        if let Ok(mut source) = EventSource::new(&format!("/events?attempt={attempt}")) {
            if let Ok(mut events) = source.subscribe("progress") {
                while let Some(Ok((_, message))) = events.next().await {
                    if !show(root, state, &message.data()) {
                        dom::reload();
                        return;
                    }
                }
            }
        }
        // The stream broke off. The work goes on without us: look again a little later.
        dom::sleep(pause).await;
    }
    dom::reload();
}

/// Shows one message; false when the page is out of date.
fn show(root: &Element, state: &str, data: &JsValue) -> bool {
    let Some(message) = data.as_string().and_then(|text| JSON::parse(&text).ok()) else { return true };
    let now = Reflect::get(&message, &"state".into()).ok().and_then(|value| value.as_string());
    if now.is_some_and(|now| now != state) {
        return false;
    }
    if let Ok(counts) = Reflect::get(&message, &"counts".into()) {
        for element in dom::all(root, "[data-count]") {
            let key = element.get_attribute("data-count").unwrap_or_default();
            let value = Reflect::get(&counts, &key.as_str().into()).ok().and_then(|value| value.as_f64());
            if let Some(value) = value {
                element.set_text_content(Some(&value.to_string()));
                let _ = element.set_attribute("data-found", if value > 0.0 { "yes" } else { "no" });
            }
        }
    }
    true
}
