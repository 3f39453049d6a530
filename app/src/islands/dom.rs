//! Reading and writing the page the server has drawn.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlElement};

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

/// Fetches this page again and puts its `[data-live]` parts in the place of those in `root`; nothing else moves.
pub async fn redraw(root: &Element) {
    let parts = all(root, "[data-live]");
    let Some(window) = web_sys::window().filter(|_| !parts.is_empty()) else { return };
    let Ok(address) = window.location().href() else { return };
    let Ok(answer) = JsFuture::from(window.fetch_with_str(&address)).await else { return };
    let Ok(text) = answer.unchecked_into::<web_sys::Response>().text() else { return };
    let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
    let fresh = web_sys::DomParser::new().and_then(|p| p.parse_from_string(&text, web_sys::SupportedType::TextHtml));
    let Some(fresh) = fresh.ok().and_then(|fresh| fresh.document_element()) else { return };
    for part in parts {
        let name = part.get_attribute("data-live").unwrap_or_default();
        if let Some(new) = first(&fresh, &format!("[data-live={name}]")) {
            part.set_inner_html(&new.inner_html());
        }
    }
}
