//! The form around the button of Meta's window: what it says, and whether its button can be pressed.

use super::dom;
use super::popup_form::PopupForm;
use crate::error::AppError;
use leptos::ev::{FocusEvent, PointerEvent, SubmitEvent, TouchEvent};
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::{Element, Event};

/// Tells what is happening, in the live region of the form.
pub fn say(root: &Element, words: &str) {
    if let Some(region) = dom::first(root, "[data-says]") {
        region.set_text_content(Some(words));
    }
}

/// Tells an error. The person can press again.
pub(super) fn tell(root: &Element, error: &AppError) {
    say(root, &format!("{} {} {}", error.what, error.why, error.todo));
    set_busy(root, false);
}

/// Says what a request answered: goes where it leads, or tells the error.
pub fn follow(root: &Element, next: Result<String, AppError>) {
    match next {
        Ok(path) => dom::go(&path),
        Err(error) => tell(root, &error),
    }
}

/// Marks that a window is being prepared or open, or that the page is about to be left. The mark is in the page, so that one
/// that the browser brings back from its memory can be used again: its script takes such marks away.
pub(super) fn set_busy(root: &Element, is_busy: bool) {
    let Some(button) = dom::first(root, "button[type=submit]") else { return };
    for mark in ["aria-busy", "aria-disabled"] {
        let _ = if is_busy { button.set_attribute(mark, "true") } else { button.remove_attribute(mark) };
    }
}

fn is_busy(root: &Element) -> bool {
    dom::first(root, "button[type=submit][aria-disabled]").is_some()
}

/// Wraps the form: `prepare` when the person comes near, `click` when it is sent and a window may be used. While there is a
/// window the form is not sent again, and pressing its button leads to that window.
#[component]
pub fn PopupFrame<S: 'static>(
    /// What is kept of the form.
    form: fn() -> Rc<PopupForm<S>>,
    /// Whether the window may be tried on a page that is not https.
    on_http: bool,
    /// Gets ready.
    prepare: impl Fn(&Rc<PopupForm<S>>) + Copy + 'static,
    /// Opens the window.
    click: impl Fn(&Element, &Rc<PopupForm<S>>) + Copy + 'static,
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let secure = web_sys::window().is_some_and(|w| w.location().protocol().is_ok_and(|p| p == "https:"));
        form().allow(secure || on_http);
        place.track();
    });
    let near = move |event: &Event| {
        if dom::current(event).is_some_and(|root| !is_busy(&root)) {
            prepare(&form());
        }
    };
    let submit = move |event: SubmitEvent| {
        let (Some(root), form) = (dom::current(&event), form()) else { return };
        if is_busy(&root) {
            event.prevent_default();
            form.show_window();
        } else if !form.given_up() {
            event.prevent_default();
            set_busy(&root, true);
            click(&root, &form);
        }
    };
    view! {
        <div
            class="contents"
            node_ref=place
            on:pointerover=move |event: PointerEvent| near(&event)
            on:focusin=move |event: FocusEvent| near(&event)
            on:touchstart=move |event: TouchEvent| near(&event)
            on:submit=submit
        >
            {children()}
        </div>
    }
}
