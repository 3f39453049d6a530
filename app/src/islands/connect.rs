//! "Connect with Meta" by popup, with the plain form as the way that always works.

use super::dom;
use super::meta_sdk;
use super::popup_form::{Begun, PopupForm, Unready, load_sdk};
use super::popup_frame::{PopupFrame, follow, say};
use crate::api::connect::{begin_popup, exchange_code, report_popup};
use crate::dto::connect::PopupStart;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;

type Form = PopupForm<PopupStart>;

thread_local! {
    /// The one form of the page.
    static FORM: Rc<Form> = Rc::default();
}

/// Wraps the form `begin-connect`. On a secure page a click opens Meta's popup; wherever that fails the form is sent,
/// which leads to Meta in this window.
#[island]
pub fn MetaConnect(
    /// Whether the popup may be tried on a page that is not https.
    on_http: bool,
    /// The connection to confirm again; empty for a new one.
    connection: String,
    /// The tenant that the page was opened for.
    acting_for: String,
    children: Children,
) -> impl IntoView {
    let whose = StoredValue::new((connection, acting_for));
    let prepare = move |form: &Rc<Form>| form.prepare(begin(whose.get_value()));
    let click = move |root: &Element, form: &Rc<Form>| form.open(root, begin(whose.get_value()), login);
    view! { <PopupFrame form=|| FORM.with(Rc::clone) on_http prepare click>{children()}</PopupFrame> }
}

/// Begins an attempt and loads the SDK.
async fn begin((connection, acting_for): (String, String)) -> Begun<PopupStart> {
    let start = begin_popup(connection, acting_for).await.map_err(Unready::Refused)?;
    let fb = load_sdk(&start).await?;
    Ok((start, fb))
}

fn login(root: &Element, form: &Rc<Form>, (start, fb): (PopupStart, meta_sdk::Fb)) {
    say(root, "Confirm in the window that Meta has opened.");
    let (attempt, state) = (start.attempt.clone(), start.state.clone());
    // An answer has come, or the person has gone another way.
    let settled = Rc::new(Cell::new(false));
    let answered = {
        let (root, form, settled) = (root.clone(), Rc::clone(form), Rc::clone(&settled));
        move |code: Option<String>, window: &meta_sdk::Popup| {
            if form.is_answer(code.as_deref(), window) && !settled.replace(true) {
                leptos::task::spawn_local(finish(root, attempt, state, code));
            }
        }
    };
    match meta_sdk::login(&fb, &start, answered) {
        Ok(window) if window.was_refused() => {
            settled.set(true);
            form.send(root, "Your browser does not allow the window. Going on in this one…");
        }
        Ok(window) => {
            let (root, form) = (root.clone(), Rc::clone(form));
            leptos::task::spawn_local(async move {
                let Some(traces) = form.watch(&root, &window, || settled.get()).await else { return };
                settled.set(true);
                if traces.closed_by_hand() {
                    finish(root, start.attempt, start.state, None).await;
                } else {
                    go_on_here(root, form, start.attempt).await;
                }
            });
        }
        Err(_) => {
            settled.set(true);
            form.send(root, "Meta’s window cannot be used here. Going on in this one…");
        }
    }
}

/// The window could not answer this page: the same by redirect, unless its attempt went on in another way.
async fn go_on_here(root: Element, form: Rc<Form>, attempt: String) {
    match report_popup(attempt, "unavailable".into()).await {
        Ok(next) if !next.begin_again => dom::go(&next.path),
        _ => form.send(&root, "Meta’s window could not answer this page. Going on in this tab…"),
    }
}

async fn finish(root: Element, attempt: String, state: String, code: Option<String>) {
    let next = match code {
        Some(code) => {
            say(&root, "Meta has confirmed. Reading what you can connect…");
            let page = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
            exchange_code(state, code, page).await
        }
        None => report_popup(attempt, "cancelled".into()).await,
    };
    follow(&root, next.map(|next| next.path));
}
