//! A form whose button opens Meta's window, with the form itself as the way that always works.

use super::dom;
use super::meta_sdk::{self, Fb, Popup, Sight};
use super::popup_frame::{say, set_busy, tell};
use super::verdict::Traces;
use crate::dto::connect::PopupStart;
use crate::error::AppError;
use js_sys::Date;
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
/// How long a begun attempt waits for a click, in milliseconds: half of the life of its state, the rest is for Meta's window.
const FRESH: f64 = 300_000.0;
/// After so long a page that was to be left can be used again, in milliseconds.
const LEAVING: i32 = 30_000;

/// Why no window can be opened.
pub enum Unready {
    /// Meta's script cannot be used on this page: the form does.
    Script,
    /// No attempt was begun, and this is to be told.
    Refused(AppError),
}

/// A begun attempt with the loaded SDK. `S` is what the server answered when the attempt was begun.
pub type Begun<S> = Result<(S, Fb), Unready>;

/// What is kept of the form while its page is there. Not in the component: that is also made on the server, where threads
/// are many.
pub struct PopupForm<S> {
    /// The begun attempt and the loaded SDK, ready for a click, and since when.
    ready: RefCell<Option<(f64, (S, Fb))>>,
    /// Being prepared.
    preparing: Cell<bool>,
    /// No attempt could be begun. The next click tries it again, and tells.
    failed: Cell<bool>,
    /// The window will not do on this page: the form does.
    given_up: Cell<bool>,
    /// `FB.login` answered without a code while its window was gone, which does not say why.
    refused: Cell<bool>,
    /// The last window that was opened.
    window: RefCell<Option<Popup>>,
}

impl<S> Default for PopupForm<S> {
    fn default() -> Self {
        Self {
            ready: RefCell::default(),
            preparing: Cell::default(),
            failed: Cell::default(),
            given_up: Cell::default(),
            refused: Cell::default(),
            window: RefCell::default(),
        }
    }
}

impl<S: 'static> PopupForm<S> {
    /// Whether the form is sent instead of opening a window.
    pub fn given_up(&self) -> bool {
        self.given_up.get()
    }

    /// Says whether a window may be tried on this page.
    pub fn allow(&self, is_allowed: bool) {
        self.given_up.set(!is_allowed);
    }

    /// Brings the window to the front, when there is one.
    pub fn show_window(&self) {
        if let Some(window) = &*self.window.borrow() {
            window.focus();
        }
    }

    /// Gets ready for a click, once: the browser connects a window with a click only for a moment.
    pub fn prepare(self: &Rc<Self>, begin: impl Future<Output = Begun<S>> + 'static) {
        let fresh = self.ready.borrow().as_ref().is_some_and(|(since, _)| is_fresh(*since));
        if fresh || self.given_up.get() || self.preparing.get() || self.failed.get() {
            return;
        }
        self.preparing.set(true);
        let form = Rc::clone(self);
        leptos::task::spawn_local(async move {
            let now = Date::now();
            match begin.await {
                Ok(ready) => *form.ready.borrow_mut() = Some((now, ready)),
                Err(Unready::Script) => form.given_up.set(true),
                Err(Unready::Refused(_)) => form.failed.set(true),
            }
            form.preparing.set(false);
        });
    }

    /// What is prepared, when it can still be used.
    fn take(&self) -> Option<(S, Fb)> {
        self.ready.borrow_mut().take().filter(|(since, _)| is_fresh(*since)).map(|(_, ready)| ready)
    }

    /// Takes a click: calls `login` with what is prepared, at once when it is, or sends the form.
    pub fn open(
        self: &Rc<Self>,
        root: &Element,
        begin: impl Future<Output = Begun<S>> + 'static,
        login: impl FnOnce(&Element, &Rc<Self>, (S, Fb)) + 'static,
    ) {
        self.refused.set(false);
        self.failed.set(false);
        if let Some(ready) = self.take() {
            login(root, self, ready);
            return;
        }
        say(root, "Preparing the window…");
        let (root, form) = (root.clone(), Rc::clone(self));
        leptos::task::spawn_local(async move {
            while form.preparing.get() {
                dom::sleep(GLANCE).await;
            }
            let begun = match form.take() {
                Some(ready) => Ok(ready),
                None if form.given_up.get() => Err(Unready::Script),
                None => begin.await,
            };
            match begun {
                Ok(ready) => login(&root, &form, ready),
                Err(Unready::Script) => form.send(&root, "Meta’s script is blocked here. Going on in this window…"),
                // The page was opened for another business: its form is answered with the page for the one of now.
                Err(Unready::Refused(error)) if &*error.code == "acting_for" => form.send(&root, &error.what),
                Err(Unready::Refused(error)) => tell(&root, &error),
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
        let root = root.clone();
        leptos::task::spawn_local(async move {
            dom::sleep(LEAVING).await;
            set_busy(&root, false);
        });
    }

    /// Whether the answer of `FB.login` is one. Without a code and without a window it is not: only what was seen around
    /// the window tells a cancel from a window cut off, and [`PopupForm::watch`] will tell.
    pub fn is_answer(&self, code: Option<&str>, window: &Popup) -> bool {
        let nothing = code.is_none() && window.sight() == Sight::Gone;
        if nothing {
            self.refused.set(true);
        }
        !nothing
    }

    /// Looks at the window until it is gone, and for a moment longer: what was seen; nothing when `is_settled` first.
    pub async fn watch(&self, root: &Element, window: &Popup, is_settled: impl Fn() -> bool) -> Option<Traces> {
        if window.sight() == Sight::Nothing {
            // Whether there is one cannot be known: the person may press again.
            set_busy(root, false);
        }
        *self.window.borrow_mut() = Some(window.clone());
        let mut traces = Traces::default();
        let mut first = None;
        loop {
            match window.sight() {
                Sight::AtMeta => {
                    let now = Date::now();
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

fn is_fresh(since: f64) -> bool {
    Date::now() - since < FRESH
}

/// Loads Meta's SDK for a begun attempt.
pub async fn load_sdk(start: &PopupStart) -> Result<Fb, Unready> {
    let fb = meta_sdk::load(&start.sdk_url, SCRIPT_PATIENCE).await.map_err(|_| Unready::Script)?;
    meta_sdk::init(&fb, start).map_err(|_| Unready::Script)?;
    Ok(fb)
}
