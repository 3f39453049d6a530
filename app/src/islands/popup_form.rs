//! A form whose button opens Meta's window, with the form itself as the way that always works.

use super::dom;
use super::meta_sdk::{self, Fb, Sight};
use super::verdict::Traces;
use crate::dto::connect::PopupStart;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How long Meta's script may take to load before the form is used instead, in milliseconds.
const SCRIPT_PATIENCE: i32 = 6_000;
/// How often the window is looked at, in milliseconds: oftener than any person could open and close it.
const GLANCE: i32 = 50;
/// How many glances after the window has gone an answer may still come, and the person be back at this page.
const ANSWER_PATIENCE: i32 = 50;

/// What is kept of the form while its page is there. Not in the component: that is also made on the server, where threads
/// are many. `S` is what the server answered when the attempt was begun.
pub struct PopupForm<S> {
    /// The begun attempt and the loaded SDK, ready for a click.
    ready: RefCell<Option<(S, Fb)>>,
    /// Being prepared.
    preparing: Cell<bool>,
    /// The window will not do on this page: the form does.
    given_up: Cell<bool>,
    /// `FB.login` answered without a code while its window was gone, which does not say why.
    refused: Cell<bool>,
}

impl<S> Default for PopupForm<S> {
    fn default() -> Self {
        Self {
            ready: RefCell::default(),
            preparing: Cell::default(),
            given_up: Cell::default(),
            refused: Cell::default(),
        }
    }
}

impl<S: 'static> PopupForm<S> {
    /// Whether the form is sent instead of opening a window.
    pub fn given_up(&self) -> bool {
        self.given_up.get()
    }

    /// Gets ready for a click, once: the browser connects a window with a click only for a moment.
    pub fn prepare(self: &Rc<Self>, begin: impl Future<Output = Option<(S, Fb)>> + 'static) {
        if self.given_up.get() || self.preparing.get() || self.ready.borrow().is_some() {
            return;
        }
        self.preparing.set(true);
        let form = Rc::clone(self);
        leptos::task::spawn_local(async move {
            match begin.await {
                Some(ready) => *form.ready.borrow_mut() = Some(ready),
                None => form.given_up.set(true),
            }
            form.preparing.set(false);
        });
    }

    /// Takes a click: calls `login` with what is prepared, at once when it is, or sends the form.
    pub fn open(
        self: &Rc<Self>,
        root: &Element,
        begin: impl Future<Output = Option<(S, Fb)>> + 'static,
        login: impl FnOnce(&Element, &Rc<Self>, (S, Fb)) + 'static,
    ) {
        self.refused.set(false);
        let ready = self.ready.borrow_mut().take();
        if let Some(ready) = ready {
            login(root, self, ready);
            return;
        }
        say(root, "Preparing the window…");
        let (root, form) = (root.clone(), Rc::clone(self));
        leptos::task::spawn_local(async move {
            while form.preparing.get() {
                dom::sleep(GLANCE).await;
            }
            let prepared = form.ready.borrow_mut().take();
            let ready = match prepared {
                None if !form.given_up.get() => begin.await,
                prepared => prepared,
            };
            match ready {
                Some(ready) => login(&root, &form, ready),
                None => form.send(&root, "Meta’s script is blocked here. Going on in this window…"),
            }
        });
    }

    /// Gives the window up for good and sends the form.
    pub fn send(&self, root: &Element, why: &str) {
        self.given_up.set(true);
        say(root, why);
        if let Some(form) = dom::first(root, "form").and_then(|e| e.dyn_into::<web_sys::HtmlFormElement>().ok()) {
            let _ = form.submit();
        }
    }

    /// Whether the answer of `FB.login` is one. Without a code and without a window it is not: only what was seen around
    /// the window tells a cancel from a window cut off, and [`PopupForm::watch`] will tell.
    pub fn is_answer(&self, code: Option<&str>, window: &meta_sdk::Popup) -> bool {
        let nothing = code.is_none() && window.sight() == Sight::Gone;
        if nothing {
            self.refused.set(true);
        }
        !nothing
    }

    /// Looks at the window until it is gone, and for a moment longer: what was seen; nothing when `is_settled` first.
    pub async fn watch(&self, window: &meta_sdk::Popup, is_settled: impl Fn() -> bool) -> Option<Traces> {
        let mut traces = Traces::default();
        let mut first = None;
        loop {
            match window.sight() {
                Sight::AtMeta => {
                    let now = js_sys::Date::now();
                    traces.at_meta = Some(now - *first.get_or_insert(now));
                }
                Sight::Gone => break,
                Sight::Empty | Sight::Nothing => {}
            }
            dom::sleep(GLANCE).await;
            if is_settled() {
                return None;
            }
        }
        for _ in 0..ANSWER_PATIENCE {
            traces.refused = self.refused.get();
            traces.back_here |= dom::has_focus();
            if traces.say_all() {
                break;
            }
            dom::sleep(GLANCE).await;
            if is_settled() {
                return None;
            }
        }
        Some(traces)
    }
}

/// Loads Meta's SDK for a begun attempt; nothing when it cannot be used.
pub async fn load_sdk(start: &PopupStart) -> Option<Fb> {
    let fb = meta_sdk::load(&start.sdk_url, SCRIPT_PATIENCE).await.ok()?;
    meta_sdk::init(&fb, start).ok()?;
    Some(fb)
}

/// Tells what is happening, in the live region of the form.
pub fn say(root: &Element, words: &str) {
    if let Some(region) = dom::first(root, "[data-says]") {
        region.set_text_content(Some(words));
    }
}

/// Says what a request answered: goes where it leads, or tells the error.
pub fn follow(root: &Element, next: Result<String, crate::error::AppError>) {
    match next {
        Ok(path) => dom::go(&path),
        Err(error) => say(root, &format!("{} {} {}", error.what, error.why, error.todo)),
    }
}

/// Wraps the form: `prepare` when the person comes near, `click` when it is sent and a window may be used.
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
        form().given_up.set(!secure && !on_http);
        place.track();
    });
    let near = move || prepare(&form());
    let submit = move |event: SubmitEvent| {
        let (Some(root), false) = (dom::current(&event), form().given_up()) else { return };
        event.prevent_default();
        click(&root, &form());
    };
    view! {
        <div
            class="contents"
            node_ref=place
            on:pointerover=move |_| near()
            on:focusin=move |_| near()
            on:touchstart=move |_| near()
            on:submit=submit
        >
            {children()}
        </div>
    }
}
