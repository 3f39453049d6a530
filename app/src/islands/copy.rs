//! Copying a line.

use super::dom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Wraps a read-only input and a button `[data-copy]`: the button copies the input's value and says so.
#[island]
pub fn CopyLine(children: Children) -> impl IntoView {
    let copy = move |event: leptos::ev::MouseEvent| {
        let (Some(button), Some(root)) = (dom::around(&event, "[data-copy]"), dom::current(&event)) else { return };
        let Some(input) = dom::first(&root, "input").and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        input.select();
        let copied = web_sys::window().map(|window| window.navigator().clipboard().write_text(&input.value()));
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
    };
    view! { <div class="contents" on:click=copy>{children()}</div> }
}
