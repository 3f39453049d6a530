//! The dialog at `www.instagram.com/oauth/authorize`: an account signs in itself, and allows or does not.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{RawForm, RawQuery, State as Shares};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use url::Url;

use super::SCOPES;
use crate::dialog::{document, is_registered};
use crate::query::Query;
use crate::secrets;
use crate::state::{Binding, Code, CodeFor, Shared, State};
use crate::world::{InstagramAccount, Mode};

/// Life of a code, in seconds.
const CODE: i64 = 3600;

/// What the dialog is asked.
struct Asked {
    redirect_uri: Url,
    redirect_text: String,
    state: Option<String>,
    scopes: Vec<String>,
}

/// What stands on the page from which no browser returns.
type Refused = String;

fn read(state: &State, query: &Query) -> Result<Asked, Refused> {
    let app = &state.world.app;
    if query.get("client_id") != Some(app.instagram.id.as_str()) || !app.active {
        return Err("Invalid Request: Request parameters are invalid: Invalid platform app".into());
    }
    let text = query.get("redirect_uri").unwrap_or_default().to_owned();
    let redirect_uri = match Url::parse(&text) {
        Ok(url) if is_registered(state, &text) => url,
        _ => return Err("Invalid Request: Request parameters are invalid: Invalid redirect_uri".into()),
    };
    if query.get("response_type") != Some("code") {
        return Err("Invalid Request: Request parameters are invalid: Invalid response_type".into());
    }
    let scopes: Vec<String> = query
        .get("scope")
        .unwrap_or_default()
        .split([',', ' '])
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    let known = |scope: &String| SCOPES.iter().any(|(name, _)| name == scope);
    match scopes.iter().find(|scope| !known(scope)) {
        Some(unknown) => Err(format!("Invalid Scopes: {unknown}")),
        None if !scopes.iter().any(|scope| scope == SCOPES[0].0) => {
            Err(format!("Invalid Scopes: {} is needed", SCOPES[0].0))
        }
        None => Ok(Asked { redirect_uri, redirect_text: text, state: query.get("state").map(str::to_owned), scopes }),
    }
}

/// The account that is signed in: the one that is named, else the last of the world, which is the one without a Page where
/// there is one.
fn account<'a>(state: &'a State, named: Option<&str>) -> Option<&'a InstagramAccount> {
    let accounts = &state.world.instagram_accounts;
    accounts.iter().find(|account| Some(account.id.as_str()) == named).or(accounts.last())
}

/// `GET /oauth/authorize`.
pub(crate) async fn opened(Shares(shared): Shares<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let state = shared.lock();
    let asked = match read(&state, &query) {
        Ok(asked) => asked,
        Err(words) => return refused(&words).into_response(),
    };
    let Some(chosen) = account(&state, query.get("_sim_account")) else {
        return refused("This world has no Instagram account").into_response();
    };
    page(&state, &asked, chosen, &query.without(&["_sim_account"])).into_response()
}

/// `POST` of the page.
pub(crate) async fn consented(Shares(shared): Shares<Arc<Shared>>, RawForm(body): RawForm) -> Response {
    let form = Query::parse(&String::from_utf8_lossy(&body));
    let Some(raw) = form.get("request") else {
        return (StatusCode::BAD_REQUEST, "The form has no request in it; open the dialog again.").into_response();
    };
    let declined: BTreeSet<String> = match form.get("action") {
        Some("cancel") => return answer(decide(&mut shared.lock(), raw, None, None)),
        _ => {
            let ticked: Vec<&str> = form.all("scope").collect();
            let names = SCOPES.iter().map(|(name, _)| *name);
            names.filter(|name| *name != SCOPES[0].0 && !ticked.contains(name)).map(str::to_owned).collect()
        }
    };
    answer(decide(&mut shared.lock(), raw, form.get("account"), Some(&declined)))
}

fn answer(decided: Result<Url, Refused>) -> Response {
    match decided {
        Ok(url) => Redirect::to(url.as_str()).into_response(),
        Err(words) => refused(&words).into_response(),
    }
}

/// Where the browser goes: the account allows all that is asked but `declined`, or nothing at all.
pub(crate) fn decide(
    state: &mut State,
    raw: &str,
    named: Option<&str>,
    declined: Option<&BTreeSet<String>>,
) -> Result<Url, Refused> {
    let asked = read(state, &Query::parse(raw))?;
    let mut url = asked.redirect_uri;
    let Some(declined) = declined else {
        url.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_reason", "user_denied")
            .append_pair("error_description", "The user denied your request")
            .extend_pairs(asked.state.iter().map(|state| ("state", state)));
        url.set_fragment(Some("_"));
        return Ok(url);
    };
    let Some(account) = account(state, named).map(|account| account.id.clone()) else {
        return Err("This world has no Instagram account".into());
    };
    if state.world.app.mode == Mode::Development && !state.world.app.roles.contains(&account) {
        return Err("Insufficient developer role".into());
    }
    let now = state.now();
    let granted: BTreeSet<String> = asked.scopes.into_iter().filter(|scope| !declined.contains(scope)).collect();
    let grant = state.grants.person_mut(&account);
    (grant.granted, grant.declined, grant.last_used, grant.authorized) = (granted, declined.clone(), now, true);
    let value = format!("AQ{}", secrets::opaque(&mut state.rng, 180));
    let binding = Binding::Exact(asked.redirect_text);
    let code = Code { persona: account, yields: CodeFor::Instagram, binding, expires_at: now + CODE, used: false };
    state.codes.insert(value.clone(), code, now);
    url.query_pairs_mut().append_pair("code", &value).extend_pairs(asked.state.iter().map(|state| ("state", state)));
    url.set_fragment(Some("_"));
    Ok(url)
}

fn page(state: &State, asked: &Asked, chosen: &InstagramAccount, raw: &str) -> Markup {
    let body = html! {
        form class="card row" method="get" {
            @for (name, value) in &Query::parse(raw).0 { input type="hidden" name=(name) value=(value); }
            label for="account" { "Signed in as" }
            select id="account" name="_sim_account" {
                @for account in &state.world.instagram_accounts {
                    option value=(account.id) selected[account.id == chosen.id] { "@" (account.username) }
                }
            }
            button type="submit" { "Switch account" }
        }
        h1 { (state.world.app.name) " wants access to @" (chosen.username) }
        form method="post" {
            input type="hidden" name="request" value=(raw);
            input type="hidden" name="account" value=(chosen.id);
            fieldset {
                legend { "Permissions" }
                @for (name, text) in SCOPES.iter().filter(|(name, _)| asked.scopes.iter().any(|scope| scope == name)) {
                    label {
                        input type="checkbox" name="scope" value=(name) checked disabled[*name == SCOPES[0].0];
                        span { (text) br; small { code { (name) } } }
                    }
                }
            }
            div class="actions" {
                button class="primary" type="submit" name="action" value="allow" { "Allow" }
                button type="submit" name="action" value="cancel" { "Cancel" }
            }
        }
    };
    document("Instagram", &body)
}

fn refused(words: &str) -> Markup {
    document(
        "Instagram",
        &html! {
            section class="card error" { h1 { "Sorry, this page isn't available" } p { (words) } }
            p class="soft" { "Instagram shows this in its own page; the app that opened it is told nothing." }
        },
    )
}
