//! Copying a line, or a text.

use super::dom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Wraps a read-only input and a button `[data-copy]`: the button copies the input's value and says so.
#[island]
pub fn CopyLine(children: Children) -> impl IntoView {
    let copy = move |event: leptos::ev::MouseEvent| {
        let Some((button, root)) = pressed(&event) else { return };
        let Some(input) = dom::first(&root, "input").and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        input.select();
        copy_text(button, &input.value());
    };
    view! { <div class="contents" on:click=copy>{children()}</div> }
}

/// Wraps a text `[data-text]` and a button `[data-copy]`: the button copies the text and says so.
#[island]
pub fn CopyText(children: Children) -> impl IntoView {
    let copy = move |event: leptos::ev::MouseEvent| {
        let Some((button, root)) = pressed(&event) else { return };
        if let Some(text) = dom::first(&root, "[data-text]").and_then(|text| text.text_content()) {
            copy_text(button, &text);
        }
    };
    view! { <div class="contents" on:click=copy>{children()}</div> }
}

fn pressed(event: &leptos::ev::MouseEvent) -> Option<(Element, Element)> {
    Some((dom::around(event, "[data-copy]")?, dom::current(event)?))
}

fn copy_text(button: Element, text: &str) {
    let copied = web_sys::window().map(|window| window.navigator().clipboard().write_text(text));
    leptos::task::spawn_local(async move {
        let Some(copied) = copied else { return };
        let word = match wasm_bindgen_futures::JsFuture::from(copied).await {
            Ok(_) => "Copied",
            Err(_) => "Press Ctrl+C",
        };
        if let Some(face) = dom::first(&button, "[data-word]") {
            face.set_text_content(Some(word));
        }
    });
}
