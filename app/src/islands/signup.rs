//! "Set up with Meta": Embedded Signup by popup, with the plain form as the way that always works.

use super::popup_form::{Begun, PopupForm, Unready, load_sdk};
use super::popup_frame::{PopupFrame, follow, say};
use super::{dom, meta_sdk};
use crate::api::signup::{begin_signup_popup, exchange_signup, report_signup};
use crate::dto::signup::SignupStart;
use crate::signup::{self, Heard, Join, MESSAGE_PATIENCE, Next};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MessageEvent};

type Form = PopupForm<SignupStart>;

thread_local! {
    /// The one form of the page.
    static FORM: Rc<Form> = Rc::default();
    /// Counts the windows: what an earlier one says is late.
    static WINDOWS: Cell<u32> = const { Cell::new(0) };
}

/// Wraps the form `begin-signup`. On a secure page a click opens Meta's popup; wherever that fails the form is sent, which
/// leads to Meta in this window.
#[island]
pub fn MetaSignup(
    /// Whether the popup may be tried on a page that is not https.
    on_http: bool,
    /// The tenant that the page was opened for.
    acting_for: String,
    children: Children,
) -> impl IntoView {
    let whose = StoredValue::new(acting_for);
    let prepare = move |form: &Rc<Form>| form.prepare(begin(whose.get_value()));
    let click = move |root: &Element, form: &Rc<Form>| form.open(root, begin(whose.get_value()), login);
    view! { <PopupFrame form=|| FORM.with(Rc::clone) on_http prepare click>{children()}</PopupFrame> }
}

/// Begins an attempt and loads the SDK.
async fn begin(acting_for: String) -> Begun<SignupStart> {
    let start = begin_signup_popup(acting_for).await.map_err(Unready::Refused)?;
    let fb = load_sdk(&start.popup).await?;
    Ok((start, fb))
}

/// One window: everything it says goes through [`Window::hear`].
#[derive(Clone)]
struct Window {
    root: Element,
    form: Rc<Form>,
    start: Rc<SignupStart>,
    join: Rc<RefCell<Join>>,
    number: u32,
}

fn login(root: &Element, form: &Rc<Form>, (start, fb): (SignupStart, meta_sdk::Fb)) {
    say(root, "Go through the steps in the window that Meta has opened.");
    let on_the_app = dom::first(root, "input[name=way][value=app]:checked").is_some();
    let extras = if on_the_app { start.extras_business_app.clone() } else { start.extras.clone() };
    let number = WINDOWS.get() + 1;
    WINDOWS.set(number);
    let window =
        Window { root: root.clone(), form: Rc::clone(form), start: Rc::new(start), join: Rc::default(), number };
    window.listen();
    let answered = {
        let window = window.clone();
        move |code: Option<String>, popup: &meta_sdk::Popup| {
            if window.form.is_answer(code.as_deref(), popup) {
                window.hear(Heard::Answer(code));
            }
        }
    };
    match meta_sdk::login_with(&fb, &window.start.popup, Some(&extras), answered) {
        Ok(popup) if popup.was_refused() => {
            form.send(root, "Your browser does not allow the window. Going on in this one…");
        }
        Ok(popup) => leptos::task::spawn_local(async move {
            let settled = || window.join.borrow().is_settled();
            let Some(traces) = window.form.watch(&window.root, &popup, settled).await else { return };
            window.hear(if traces.closed_by_hand() { Heard::Answer(None) } else { Heard::Gone });
        }),
        Err(_) => form.send(root, "Meta’s window cannot be used here. Going on in this one…"),
    }
}

impl Window {
    /// Listens to what Meta's window posts. The listener stays for as long as the page: a message may come late.
    fn listen(&self) {
        let window = self.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(data) = event.data().as_string() else { return };
            if let Some(message) = signup::read(&event.origin(), &data, &window.start.origins) {
                window.hear(Heard::Message(message));
            }
        });
        if let Some(page) = web_sys::window() {
            let _ = page.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
        }
        heard.forget();
    }

    fn hear(&self, heard: Heard) {
        if WINDOWS.get() != self.number || self.form.given_up() {
            return;
        }
        let next = self.join.borrow_mut().hear(heard);
        let window = self.clone();
        match next {
            Next::Listen => {}
            Next::Wait => leptos::task::spawn_local(async move {
                dom::sleep(MESSAGE_PATIENCE).await;
                window.hear(Heard::Waited);
            }),
            settled => leptos::task::spawn_local(async move { window.finish(settled).await }),
        }
    }

    async fn finish(self, settled: Next) {
        let (attempt, state) = (self.start.popup.attempt.clone(), self.start.popup.state.clone());
        let next = match settled {
            Next::Exchange(code, said) => {
                say(&self.root, "Meta has confirmed. Reading the number…");
                let page = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
                exchange_signup(state, code, page, said.unwrap_or_default()).await
            }
            Next::Cancelled(said) => report_signup(attempt, "cancelled".into(), said.unwrap_or_default()).await,
            Next::Unheard(said) => {
                let _ = report_signup(attempt, "unavailable".into(), said.unwrap_or_default()).await;
                self.form.send(&self.root, "Meta’s window closed without an answer. Going on in this one…");
                return;
            }
            Next::Listen | Next::Wait => return,
        };
        follow(&self.root, next.map(|next| next.path));
    }
}
