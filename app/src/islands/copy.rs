//! Copying a value. One listener hears every button `[data-copy]` of the page, also those that are drawn later; the value is
//! the input, or the text `[data-text]`, beside the button.

use super::dom;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlInputElement};

/// How long a button says that the value is copied, in milliseconds.
const SAID: i32 = 2_000;

/// Listens for as long as the page is there. To be called once.
pub fn listen() {
    let (Some(document), Some(says)) = (dom::document(), region()) else { return };
    let pressed = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Some(button) = dom::around(&event, "[data-copy]") {
            copy(button, says.clone());
        }
    });
    let _ = document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref());
    pressed.forget();
}

/// Where it is said aloud that a value is copied; in the page before there is anything to say.
fn region() -> Option<Element> {
    let document = dom::document()?;
    let region = document.create_element("div").ok()?;
    region.set_class_name("sr-only");
    region.set_attribute("role", "status").ok()?;
    document.body()?.append_child(&region).ok()?;
    Some(region)
}

fn copy(button: Element, says: Element) {
    let value = button.parent_element().and_then(|beside| dom::first(&beside, "input, [data-text]"));
    let Some(value) = value else { return };
    // What the browser allows right after the press, it may not allow later.
    let written = write(&value).ok_or_else(|| copy_selected(&value));
    leptos::task::spawn_local(async move {
        let copied = match written {
            Ok(written) => JsFuture::from(written).await.is_ok() || copy_selected(&value),
            Err(copied) => copied,
        };
        let word = if copied { "Copied" } else { "Select and copy it" };
        say(&button, &says, word, word);
        if copied {
            dom::sleep(SAID).await;
            say(&button, &says, "Copy", "");
        }
    });
}

/// Writes the value to the clipboard; nothing where there is none: a page that is neither https nor of this machine has none.
fn write(value: &Element) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"clipboard".into()).ok().filter(JsValue::is_truthy)?;
    let text = match value.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => value.text_content()?,
    };
    Some(navigator.clipboard().write_text(&text))
}

/// Selects the value and copies what is selected; where that fails too, the person has only to press the keys.
fn copy_selected(value: &Element) -> bool {
    let (Some(window), Some(document)) = (web_sys::window(), dom::document()) else { return false };
    if let Some(input) = value.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Ok(Some(selection)) = window.get_selection() {
        let _ = selection.select_all_children(value);
    }
    let command = Reflect::get(&document, &"execCommand".into()).and_then(JsCast::dyn_into::<Function>);
    command.and_then(|command| command.call1(&document, &JsValue::from_str("copy"))).is_ok_and(|done| done.is_truthy())
}

/// Writes a word on the button, and says one aloud.
fn say(button: &Element, says: &Element, word: &str, aloud: &str) {
    if let Some(face) = dom::first(button, "[data-word]") {
        face.set_text_content(Some(word));
    }
    says.set_text_content(Some(aloud));
}
