//! From a dialog request and a consent to the address the browser is sent to.

use std::collections::BTreeSet;

use serde_json::json;
use url::Url;
use url::form_urlencoded::Serializer;

use super::consent::{Answer, Consent};
use super::error_page::ErrorPage;
use super::request::{DialogRequest, Refusal};
use crate::graph::assets;
use crate::secrets;
use crate::state::{
    Binding, Code, CodeFor, DATA_ACCESS, DialogOutcome, Grant, Revocation, SHORT, SIXTY_DAYS, Selection, State,
    SystemUser, Ticks, Token, TokenKind,
};
use crate::world::{AssetKind, Configuration, ConfigurationExpiry, ConfigurationToken, Node, Persona};

/// Life of a popup's `config_id` code, in seconds.
const POPUP_CODE: i64 = 30;
/// Life of every other code, in seconds.
const REDIRECT_CODE: i64 = 600;

/// What the browser gets.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Redirect(Url),
    Page(ErrorPage),
}

/// Whether Facebook would even ask: the request, or what happens instead.
pub(crate) fn ask(state: &State, raw: &str, persona: Option<&str>) -> Result<(DialogRequest, Persona), Reply> {
    let request = DialogRequest::read(state, raw).map_err(Reply::Page)?;
    if let DialogOutcome::Page(name) = &state.switches.dialog {
        return Err(Reply::Page(ErrorPage::named(name).unwrap_or(ErrorPage::SomethingWrong)));
    }
    let wanted = persona.or(state.switches.persona.as_deref());
    let people = &state.world.people;
    let Some(person) = wanted.and_then(|id| people.iter().find(|person| person.id == id)).or(people.first()) else {
        return Err(Reply::Page(ErrorPage::SomethingWrong));
    };
    match request.admits(state, &person.id) {
        Ok(()) => Ok((request, person.clone())),
        Err(Refusal::Denied) => Err(Reply::Redirect(denied(state, &request))),
        Err(Refusal::Page(page)) => Err(Reply::Page(page)),
    }
}

/// Permissions the dialog shows: without `rerequest` those declined before are silently skipped.
pub(crate) fn asked_scopes(state: &State, request: &DialogRequest, persona: &str) -> Vec<String> {
    let declined = state.grants.person(persona).map(|grant| grant.declined.clone()).unwrap_or_default();
    request
        .scopes
        .iter()
        .filter(|scope| request.configuration.is_some() || request.rerequest || !declined.contains(*scope))
        .cloned()
        .collect()
}

/// Carry out a decision.
pub(crate) fn decide(state: &mut State, raw: &str, consent: &Consent) -> Reply {
    let consent = &with_preset(state, consent);
    let (request, person) = match ask(state, raw, consent.persona.as_deref()) {
        Ok(asked) => asked,
        Err(reply) => return reply,
    };
    let outcome = match &consent.answer {
        Answer::Instead(outcome) => outcome.clone(),
        Answer::Cancel => DialogOutcome::Cancel,
        Answer::Continue => state.switches.dialog.clone(),
    };
    match outcome {
        DialogOutcome::AsChosen => grant(state, &request, &person, consent),
        DialogOutcome::Cancel => Reply::Redirect(denied(state, &request)),
        DialogOutcome::EmptyQuery => Reply::Redirect(back(&request, &[])),
        DialogOutcome::ErrorCode(code) => {
            let message = if code == 1_349_126 { "App not active" } else { "An error occurred" };
            let mut pairs = vec![("error_code", code.to_string()), ("error_message", message.to_owned())];
            pairs.extend(request.state.clone().map(|state| ("state", state)));
            Reply::Redirect(back(&request, &pairs))
        }
        DialogOutcome::Page(name) => Reply::Page(ErrorPage::named(&name).unwrap_or(ErrorPage::SomethingWrong)),
    }
}

/// A person's prepared consent stands in for a plain *Continue*.
fn with_preset(state: &State, consent: &Consent) -> Consent {
    let plain = Consent { persona: consent.persona.clone(), ..Consent::default() };
    let person =
        consent.persona.as_ref().or(state.switches.persona.as_ref()).or(state.world.people.first().map(|p| &p.id));
    match person.and_then(|id| state.presets.get(id)) {
        Some(preset) if *consent == plain => Consent { persona: consent.persona.clone(), ..preset.clone() },
        _ => consent.clone(),
    }
}

fn grant(state: &mut State, request: &DialogRequest, person: &Persona, consent: &Consent) -> Reply {
    let asked: BTreeSet<String> = asked_scopes(state, request, &person.id).into_iter().collect();
    let declined: BTreeSet<String> = if request.configuration.is_some() {
        BTreeSet::new()
    } else {
        let habits = person.declines.iter().filter(|_| !consent.ignore_habits && !request.rerequest);
        habits.chain(&consent.decline).filter(|scope| asked.contains(*scope)).cloned().collect()
    };
    let now = state.now();
    let ticks = ticks(state, request, person, consent);
    let system_user = request.configuration.as_ref().filter(|c| c.token == ConfigurationToken::SystemUser);
    let yields = match system_user {
        Some(configuration) => match system_user_for(state, request, person, consent, configuration, &ticks) {
            Some(id) => CodeFor::SystemUser { id, lifetime: lifetime(configuration) },
            None => return Reply::Page(ErrorPage::SomethingWrong),
        },
        None => {
            let grant = state.grants.person_mut(&person.id);
            grant.granted.extend(asked.iter().filter(|scope| !declined.contains(*scope)).cloned());
            grant.granted.retain(|scope| !declined.contains(scope));
            grant.declined.retain(|scope| !grant.granted.contains(scope));
            grant.declined.extend(declined.iter().cloned());
            grant.ticks = ticks;
            grant.last_used = now;
            grant.authorized = true;
            CodeFor::User { lifetime: request.configuration.as_ref().map(lifetime) }
        }
    };
    // Using the app again lifts a lapse of data access.
    state.tokens.restore(&person.id, Revocation::DataAccess);
    let granted: Vec<String> = asked.iter().filter(|scope| !declined.contains(*scope)).cloned().collect();
    let denied: Vec<String> = declined.into_iter().collect();
    Reply::Redirect(answer(state, request, person, consent, yields, (&granted, &denied)))
}

fn lifetime(configuration: &Configuration) -> i64 {
    match configuration.expires {
        ConfigurationExpiry::Never => 0,
        ConfigurationExpiry::SixtyDays => SIXTY_DAYS,
    }
}

/// The ticks this consent leaves, `Current` resolved into ids.
fn ticks(state: &State, request: &DialogRequest, person: &Persona, consent: &Consent) -> Ticks {
    let former = state.grants.person(&person.id).filter(|grant| grant.authorized);
    let mut ticks = former.map(|grant| grant.ticks.clone()).unwrap_or_default();
    for kind in kinds(request) {
        let chosen = consent
            .assets
            .get(&kind)
            .or(consent.other_assets.as_ref())
            .or_else(|| former.and_then(|grant| grant.ticks.get(kind)))
            .cloned()
            .unwrap_or(Selection::Current);
        let chosen = match chosen {
            Selection::Current => Selection::Only(assets(&state.world, person, kind).into_iter().collect()),
            other => other,
        };
        ticks.set(kind, chosen);
    }
    if request.signup.is_some()
        && let Some((waba, business)) = signup_choice(state, person, consent)
    {
        ticks.set(AssetKind::Whatsapp, Selection::only([waba]));
        ticks.set(AssetKind::Business, Selection::only([business]));
    }
    ticks
}

/// Kinds of asset a dialog asks about.
pub(crate) fn kinds(request: &DialogRequest) -> Vec<AssetKind> {
    let wanted = |kind: AssetKind| match &request.configuration {
        Some(configuration) => configuration.assets.contains(&kind),
        None => {
            request.scopes.iter().any(|scope| crate::permissions::known(scope).is_some_and(|p| p.kind == Some(kind)))
        }
    };
    AssetKind::ALL.into_iter().filter(|kind| wanted(*kind)).collect()
}

/// The WABA of an Embedded Signup and the portfolio that owns it.
fn signup_choice(state: &State, person: &Persona, consent: &Consent) -> Option<(String, String)> {
    let mine = assets(&state.world, person, AssetKind::Whatsapp);
    let waba = consent.waba.clone().filter(|waba| mine.contains(waba)).or_else(|| mine.first().cloned())?;
    let business = state.world.whatsapp_accounts.iter().find(|account| account.id == waba)?.business.clone();
    Some((waba, business))
}

/// The system user inside the client's portfolio, made or widened.
fn system_user_for(
    state: &mut State,
    request: &DialogRequest,
    person: &Persona,
    consent: &Consent,
    configuration: &Configuration,
    ticks: &Ticks,
) -> Option<String> {
    let business = match &request.signup {
        Some(_) => signup_choice(state, person, consent)?.1,
        None => assets(&state.world, person, AssetKind::Business)
            .into_iter()
            .find(|id| ticks.has(AssetKind::Business, id))?,
    };
    let now = state.now();
    let granted: BTreeSet<String> =
        configuration.permissions.iter().cloned().chain(["public_profile".into()]).collect();
    if let Some(id) = state.grants.system_user_of(&business).map(|user| user.id.clone()) {
        let user = state.grants.system_user_mut(&id)?;
        user.grant.granted.extend(granted);
        user.grant.ticks.widen(ticks);
        user.persona.clone_from(&person.id);
        return Some(id);
    }
    let id = format!("1220{}", business.chars().rev().take(11).collect::<String>());
    let grant = Grant { granted, declined: BTreeSet::new(), ticks: ticks.clone(), last_used: now, authorized: true };
    state.grants.put_system_user(SystemUser { id: id.clone(), business, persona: person.id.clone(), grant });
    Some(id)
}

fn answer(
    state: &mut State,
    request: &DialogRequest,
    person: &Persona,
    consent: &Consent,
    yields: CodeFor,
    (granted, denied): (&[String], &[String]),
) -> Url {
    let now = state.now();
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if request.response_type.token {
        let token = Token {
            kind: TokenKind::UserShort,
            subject: person.id.clone(),
            issued_at: now,
            expires_at: now + SHORT,
            revoked: None,
        };
        pairs.push(("access_token", state.tokens.mint(&mut state.rng, token)));
        pairs.push(("expires_in", SHORT.to_string()));
        pairs.push(("data_access_expiration_time", (now + DATA_ACCESS).to_string()));
        if request.response_type.signed_request {
            let payload = json!({"user_id": person.id, "algorithm": "HMAC-SHA256", "issued_at": now});
            pairs.push(("signed_request", secrets::signed_request(&state.world.app.secret, &payload)));
            pairs.push(("graph_domain", "facebook".into()));
            pairs.push(("user_id", person.id.clone()));
        }
    }
    if request.response_type.code {
        pairs.push(("code", code(state, request, person, yields)));
    }
    if request.response_type.granted_scopes || request.return_scopes {
        pairs.push(("granted_scopes", granted.join(",")));
        pairs.push(("denied_scopes", denied.join(",")));
    }
    pairs.extend(request.state.clone().map(|state| ("state", state)));
    if let Some(message) = signup_message(state, request, person, consent) {
        pairs.push(("session", message));
        pairs.push(("order", order(state)));
    }
    back(request, &pairs)
}

fn order(state: &State) -> String {
    serde_json::to_value(state.switches.signup_message)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn code(state: &mut State, request: &DialogRequest, person: &Persona, yields: CodeFor) -> String {
    let now = state.now();
    let (binding, life) = match (&request.popup, &request.configuration) {
        (Some(_), Some(_)) => (Binding::Unbound, POPUP_CODE),
        (Some(popup), None) => (Binding::Popup(popup.page.clone()), REDIRECT_CODE),
        (None, _) => (Binding::Exact(request.redirect_text.clone()), REDIRECT_CODE),
    };
    let value = format!("AQ{}", secrets::opaque(&mut state.rng, 180));
    let code = Code { persona: person.id.clone(), yields, binding, expires_at: now + life, used: false };
    state.codes.insert(value.clone(), code, now);
    value
}

/// The `WA_EMBEDDED_SIGNUP` message of a finished popup (Meta reference §2.6).
fn signup_message(state: &State, request: &DialogRequest, person: &Persona, consent: &Consent) -> Option<String> {
    let signup = request.signup.as_ref().filter(|_| request.popup.is_some())?;
    let (waba, business) = signup_choice(state, person, consent)?;
    let phone = match consent.phone.as_deref() {
        Some("") => None,
        Some(phone) => Some(phone.to_owned()),
        None => newest_number(state, &waba),
    };
    let (event, data) = if signup.coexistence {
        ("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", json!({"waba_id": waba}))
    } else if signup.app_only {
        ("FINISH_GRANT_ONLY_API_ACCESS", json!({"waba_id": waba, "business_id": business}))
    } else if let Some(phone) = phone {
        ("FINISH", json!({"phone_number_id": phone, "waba_id": waba, "business_id": business}))
    } else {
        ("FINISH_ONLY_WABA", json!({"waba_id": waba, "business_id": business}))
    };
    Some(json!({"type": "WA_EMBEDDED_SIGNUP", "event": event, "version": 3, "data": data}).to_string())
}

fn newest_number(state: &State, waba: &str) -> Option<String> {
    let Some(Node::Waba(_)) = state.node(waba) else { return None };
    let numbers = state.world.phone_numbers.iter().filter(|number| number.waba == waba);
    numbers.max_by_key(|number| number.last_onboarded_time).map(|number| number.id.clone())
}

/// What *Cancel* sends back (Meta reference §3.1).
fn denied(state: &State, request: &DialogRequest) -> Url {
    let mut pairs = vec![
        ("error", "access_denied".to_owned()),
        ("error_code", "200".to_owned()),
        ("error_description", "Permissions error".to_owned()),
        ("error_reason", "user_denied".to_owned()),
    ];
    pairs.extend(request.state.clone().map(|state| ("state", state)));
    if request.signup.is_some() && request.popup.is_some() {
        let step = &state.switches.signup_cancel_step;
        let message =
            json!({"type": "WA_EMBEDDED_SIGNUP", "event": "CANCEL", "version": 3, "data": {"current_step": step}});
        pairs.push(("session", message.to_string()));
        pairs.push(("order", order(state)));
    }
    back(request, &pairs)
}

/// The redirect URI with the answer: in the query for codes and errors, in the fragment for tokens and popups.
fn back(request: &DialogRequest, pairs: &[(&str, String)]) -> Url {
    let mut url = request.redirect_uri.clone();
    let encoded = Serializer::new(String::new()).extend_pairs(pairs).finish();
    if let Some(popup) = &request.popup {
        let former = url.fragment().unwrap_or_default().to_owned();
        let allowed = if popup.allowed { "" } else { "&blocked=1" };
        url.set_fragment(Some(&format!("{former}&{encoded}{allowed}")));
    } else if request.response_type.token && !encoded.starts_with("error") {
        url.set_fragment(Some(&encoded));
    } else {
        if !pairs.is_empty() {
            url.query_pairs_mut().extend_pairs(pairs);
        }
        url.set_fragment(Some("_=_"));
    }
    url
}
