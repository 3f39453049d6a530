//! Light or dark, at once and without a new page.

use super::dom;
use leptos::prelude::*;

/// Wraps the form of theme buttons: a click changes the colours and remembers them in the cookie the server reads.
#[island]
pub fn ThemeSwitch(children: Children) -> impl IntoView {
    let choose = move |event: leptos::ev::MouseEvent| {
        let Some(button) = dom::around(&event, "button[name=theme]") else { return };
        let Some(value) = button.get_attribute("value") else { return };
        event.prevent_default();
        if let Some(root) = dom::document().and_then(|document| document.document_element()) {
            let _ = match value.as_str() {
                "system" => root.remove_attribute("data-theme"),
                other => root.set_attribute("data-theme", other),
            };
            for choice in dom::all(&root, "button[name=theme]") {
                let on = choice.get_attribute("value").as_deref() == Some(value.as_str());
                let _ = choice.set_attribute("aria-pressed", if on { "true" } else { "false" });
            }
        }
        dom::set_cookie("theme", &value);
    };
    view! { <div class="contents" on:click=choose>{children()}</div> }
}
