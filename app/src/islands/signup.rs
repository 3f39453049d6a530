//! "Set up with Meta": Embedded Signup by popup, with the plain form as the way that always works.

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

/// How long Meta's script may take to load before the form is used instead, in milliseconds.
const SCRIPT_PATIENCE: i32 = 6_000;
/// How long after the popup has gone an answer may still come, in milliseconds.
const ANSWER_PATIENCE: i32 = 2_500;

thread_local! {
    /// The one signup of the page.
    static SIGNUP: Rc<Signup> = Rc::default();
}

#[derive(Default)]
struct Signup {
    /// The begun attempt and the loaded SDK, ready for a click.
    ready: RefCell<Option<(SignupStart, meta_sdk::Fb)>>,
    /// Being prepared.
    preparing: Cell<bool>,
    /// The popup will not do on this page: the form does.
    given_up: Cell<bool>,
    /// What was heard since the window opened.
    join: RefCell<Join>,
    /// Counts the windows: what an earlier one says is late.
    window: Cell<u32>,
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
    let place = NodeRef::<leptos::html::Div>::new();
    let whose = StoredValue::new(acting_for);

    let prepare = move || {
        let signup = SIGNUP.with(Rc::clone);
        if signup.given_up.get() || signup.preparing.get() || signup.ready.borrow().is_some() {
            return;
        }
        signup.preparing.set(true);
        leptos::task::spawn_local(async move {
            match begin(whose.get_value()).await {
                Some(ready) => *signup.ready.borrow_mut() = Some(ready),
                None => signup.given_up.set(true),
            }
            signup.preparing.set(false);
        });
    };
    Effect::new(move |_| {
        let secure = web_sys::window().is_some_and(|w| w.location().protocol().is_ok_and(|p| p == "https:"));
        SIGNUP.with(Rc::clone).given_up.set(!secure && !on_http);
        place.track();
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        let (signup, root) = (SIGNUP.with(Rc::clone), dom::current(&event));
        let (Some(root), false) = (root, signup.given_up.get()) else { return };
        event.prevent_default();
        open(&root, signup, whose.get_value());
    };
    view! {
        <div
            class="contents"
            node_ref=place
            on:pointerover=move |_| prepare()
            on:focusin=move |_| prepare()
            on:touchstart=move |_| prepare()
            on:submit=submit
        >
            {children()}
        </div>
    }
}

/// Begins an attempt and loads the SDK; nothing when the popup cannot be used.
async fn begin(acting_for: String) -> Option<(SignupStart, meta_sdk::Fb)> {
    let start = begin_signup_popup(acting_for).await.ok()?;
    let fb = meta_sdk::load(&start.popup.sdk_url, SCRIPT_PATIENCE).await.ok()?;
    meta_sdk::init(&fb, &start.popup).ok()?;
    Some((start, fb))
}

/// Opens the popup: at once when all is prepared, so that the browser still connects it with the click.
fn open(root: &Element, signup: Rc<Signup>, acting_for: String) {
    let ready = signup.ready.borrow_mut().take();
    if let Some(ready) = ready {
        login(root, &signup, ready);
        return;
    }
    say(root, "Preparing the window…");
    let root = root.clone();
    leptos::task::spawn_local(async move {
        while signup.preparing.get() {
            dom::sleep(50).await;
        }
        let prepared = signup.ready.borrow_mut().take();
        let ready = match prepared {
            None if !signup.given_up.get() => begin(acting_for).await,
            prepared => prepared,
        };
        match ready {
            Some(ready) => login(&root, &signup, ready),
            None => use_the_form(&root, &signup, "Meta's script is blocked here. Going on in this window…"),
        }
    });
}

/// One window: everything it says goes through [`Window::hear`].
#[derive(Clone)]
struct Window {
    root: Element,
    signup: Rc<Signup>,
    start: Rc<SignupStart>,
    number: u32,
}

fn login(root: &Element, signup: &Rc<Signup>, (start, fb): (SignupStart, meta_sdk::Fb)) {
    say(root, "Go through the steps in the window that Meta has opened.");
    signup.window.set(signup.window.get() + 1);
    *signup.join.borrow_mut() = Join::default();
    let on_the_app = dom::first(root, "input[name=way][value=app]:checked").is_some();
    let extras = if on_the_app { start.extras_business_app.clone() } else { start.extras.clone() };
    let window =
        Window { root: root.clone(), signup: Rc::clone(signup), start: Rc::new(start), number: signup.window.get() };
    window.listen();
    let answered = {
        let window = window.clone();
        move |code: Option<String>, _: &meta_sdk::Popup| window.hear(Heard::Answer(code))
    };
    match meta_sdk::login_with(&fb, &window.start.popup, Some(&extras), answered) {
        Ok(popup) if popup.was_refused() => {
            use_the_form(root, signup, "Your browser does not allow the window. Going on in this one…");
        }
        Ok(popup) => leptos::task::spawn_local(async move {
            while popup.sight() != meta_sdk::Sight::Gone {
                dom::sleep(500).await;
            }
            dom::sleep(ANSWER_PATIENCE).await;
            window.hear(Heard::Gone);
        }),
        Err(_) => use_the_form(root, signup, "Meta's window cannot be used here. Going on in this one…"),
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
        if self.signup.window.get() != self.number || self.signup.given_up.get() {
            return;
        }
        let next = self.signup.join.borrow_mut().hear(heard);
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
                use_the_form(&self.root, &self.signup, "Meta's window closed without an answer. Going on in this one…");
                return;
            }
            Next::Listen | Next::Wait => return,
        };
        match next {
            Ok(next) => dom::go(&next.path),
            Err(error) => say(&self.root, &format!("{} {} {}", error.what, error.why, error.todo)),
        }
    }
}

/// Leaves the popup for good and sends the form.
fn use_the_form(root: &Element, signup: &Rc<Signup>, why: &str) {
    signup.given_up.set(true);
    say(root, why);
    if let Some(form) = dom::first(root, "form").and_then(|e| e.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        let _ = form.submit();
    }
}

/// Tells what is happening, in the live region.
fn say(root: &Element, words: &str) {
    if let Some(region) = dom::first(root, "[data-says]") {
        region.set_text_content(Some(words));
    }
}
