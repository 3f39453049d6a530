//! The dialog over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::consent::{Answer, Consent};
use super::decide::{Reply, app_of, ask, decide, kinds};
use super::page;
use crate::query::Query;
use crate::state::{DialogOutcome, Selection, Shared};

/// Names that belong to the simulator, not to the request.
const OWN: [&str; 1] = ["_sim_person"];

/// `GET /v{N}.0/dialog/oauth`: the consent page, or what Facebook does instead.
pub(crate) async fn opened(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let raw = query.without(&OWN);
    let mut state = shared.lock();
    if let Some(person) = query.get("_sim_person")
        && state.world.people.iter().any(|known| known.id == person)
    {
        state.switches.persona = Some(person.to_owned());
    }
    let severed = state.switches.sever_opener;
    let mut response = state.acting(&app_of(&raw), |state| match ask(state, &raw, None) {
        Ok((request, person)) => page::consent(state, &request, &person).into_response(),
        Err(reply) => respond(reply),
    });
    drop(state);
    if severed {
        response.headers_mut().insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    }
    response
}

/// `POST` of the consent page.
pub(crate) async fn consented(State(shared): State<Arc<Shared>>, RawForm(body): RawForm) -> Response {
    let form = Query::parse(&String::from_utf8_lossy(&body));
    let Some(raw) = form.get("request").map(str::to_owned) else {
        return (StatusCode::BAD_REQUEST, "The form has no request in it; open the dialog again.").into_response();
    };
    let mut state = shared.lock();
    let consent = state.acting(&app_of(&raw), |state| -> Result<Consent, Reply> {
        let (request, person) = ask(state, &raw, form.get("person"))?;
        let asked = super::decide::asked_scopes(state, &request, &person.id);
        Ok(read(&form, &asked, &kinds(&request)))
    });
    let consent = match consent {
        Ok(consent) => consent,
        Err(reply) => return respond(reply),
    };
    let reply = decide(&mut state, &raw, &consent);
    drop(state);
    respond(reply)
}

fn respond(reply: Reply) -> Response {
    match reply {
        Reply::Redirect(url) => Redirect::to(url.as_str()).into_response(),
        Reply::Page(error) => page::error(&error).into_response(),
    }
}

/// The ticks of the form.
fn read(form: &Query, asked: &[String], kinds: &[crate::world::AssetKind]) -> Consent {
    let answer = match (form.get("action"), form.get("instead").unwrap_or_default()) {
        (Some("cancel" | "leave" | "report"), _) => Answer::Cancel,
        (Some("instead"), "empty_query") => Answer::Instead(DialogOutcome::EmptyQuery),
        (Some("instead"), "error_code") => Answer::Instead(DialogOutcome::ErrorCode(1_349_126)),
        (Some("instead"), "access_denied") => Answer::Instead(DialogOutcome::Cancel),
        (Some("instead"), page) => Answer::Instead(DialogOutcome::Page(page.to_owned())),
        _ => Answer::Continue,
    };
    let ticked: Vec<&str> = form.all("scope").collect();
    let decline =
        asked.iter().filter(|scope| *scope != "public_profile" && !ticked.contains(&scope.as_str())).cloned().collect();
    let assets: BTreeMap<_, _> = kinds
        .iter()
        .map(|kind| {
            let name = kind.name();
            let all = form.get(&format!("mode.{name}")) == Some("all");
            (*kind, if all { Selection::All } else { Selection::only(form.all(name)) })
        })
        .collect();
    let signup = form.get("signup").and_then(|choice| choice.split_once(':'));
    Consent {
        persona: form.get("person").map(str::to_owned),
        answer,
        decline,
        ignore_habits: true,
        assets,
        other_assets: None,
        waba: signup.map(|(waba, _)| waba.to_owned()),
        phone: signup.map(|(_, phone)| phone.to_owned()),
        step: form.get("step").filter(|_| form.get("action") == Some("leave")).map(str::to_owned),
        error: form.get("error").filter(|_| form.get("action") == Some("report")).map(str::to_owned),
    }
}
