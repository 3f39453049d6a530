//! Live progress: the server tells what it found, the page shows it.

use super::{dom, redraw::redraw};
use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Element;

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
    for pause in [500, 1000, 2000, 4000, 8000] {
        if let Ok(mut source) = EventSource::new(&format!("/events?attempt={attempt}"))
            && let Ok(mut events) = source.subscribe("progress")
        {
            while let Some(Ok((_, message))) = events.next().await {
                if !show(root, phase, &message.data()).await {
                    return dom::reload();
                }
            }
        }
        // The stream broke off. The work goes on without us: look again a little later.
        dom::sleep(pause).await;
    }
    dom::reload();
}

/// Shows one message; false when the page is out of date.
async fn show(root: &Element, phase: &str, data: &JsValue) -> bool {
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
    redraw(root).await;
    true
}
