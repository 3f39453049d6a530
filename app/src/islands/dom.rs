//! Reading and writing the page the server has drawn.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlElement, Response};

/// The page.
pub fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// All elements that match, in order.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)).filter_map(|node| node.dyn_into().ok()).collect()
}

/// The first element that matches.
pub fn first(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

/// The nearest element around an event's target that matches.
pub fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// The element a listener was put on.
pub fn current(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// Shows or hides an element.
pub fn show(element: &Element, visible: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(!visible);
    }
}

/// Leaves for another page of ours.
pub fn go(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
}

/// Loads this page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Sets a cookie that says how to draw pages; never anything secret.
pub fn set_cookie(name: &str, value: &str) {
    if let Some(document) = document() {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
        let _ = js_sys::Reflect::set(&document, &"cookie".into(), &JsValue::from_str(&cookie));
    }
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Shows another address for this page, without loading it.
pub fn replace_address(address: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Whether the page is out of sight: in a tab behind, or minimised.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Whether the person is at this page: it is in sight and has the focus.
pub fn has_focus() -> bool {
    document().is_some_and(|document| !document.hidden() && document.has_focus().unwrap_or(false))
}

/// A listener that hears no more once nobody waits for it.
struct Listening {
    document: Document,
    heard: Function,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.document.remove_event_listener_with_callback("visibilitychange", &self.heard);
    }
}

/// Waits until the page goes out of sight, or comes back.
pub async fn seen_or_hidden() {
    let mut listening = None;
    let turned = js_sys::Promise::new(&mut |heard, _| {
        if let Some(document) = document() {
            let _ = document.add_event_listener_with_callback("visibilitychange", &heard);
            listening = Some(Listening { document, heard });
        }
    });
    let _ = JsFuture::from(turned).await;
    drop(listening);
}

/// Asks for this page once more; nothing when nobody answers.
pub async fn ask_for_page() -> Option<Response> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(&window.location().href().ok()?)).await.ok()?;
    Some(answer.unchecked_into())
}
