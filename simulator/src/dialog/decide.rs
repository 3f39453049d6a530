//! From a dialog request and a consent to the address the browser is sent to.

use std::collections::BTreeSet;

use url::Url;

use super::consent::{Answer, Consent};
use super::error_page::ErrorPage;
use super::request::{DialogRequest, Refusal};
use super::{answer, signup};
use crate::graph::assets;
use crate::query::Query;
use crate::state::{CodeFor, DialogOutcome, Grant, Revocation, SIXTY_DAYS, Selection, State, SystemUser, Ticks};
use crate::world::{AssetKind, Configuration, ConfigurationExpiry, ConfigurationToken, Persona};

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
        Err(Refusal::Denied) => Err(Reply::Redirect(answer::denied(state, &request, None))),
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

/// The app that a dialog is opened for.
pub(crate) fn app_of(raw: &str) -> String {
    let query = Query::parse(raw);
    query.get("client_id").or(query.get("app_id")).unwrap_or_default().to_owned()
}

/// Carry out a decision.
pub(crate) fn decide(state: &mut State, raw: &str, consent: &Consent) -> Reply {
    state.acting(&app_of(raw), |state| carry_out(state, raw, consent))
}

fn carry_out(state: &mut State, raw: &str, consent: &Consent) -> Reply {
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
        DialogOutcome::Cancel => Reply::Redirect(answer::denied(state, &request, Some(consent))),
        DialogOutcome::EmptyQuery => Reply::Redirect(answer::back(&request, &[])),
        DialogOutcome::ErrorCode(code) => {
            let message = if code == 1_349_126 { "App not active" } else { "An error occurred" };
            let mut pairs = vec![("error_code", code.to_string()), ("error_message", message.to_owned())];
            pairs.extend(request.state.clone().map(|state| ("state", state)));
            Reply::Redirect(answer::back(&request, &pairs))
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
    signup::onboard(state, request, person, consent);
    // Using the app again lifts a lapse of data access.
    state.grants.renew(&person.id, now);
    state.tokens.restore(&person.id, Revocation::DataAccess);
    let granted: Vec<String> = asked.iter().filter(|scope| !declined.contains(*scope)).cloned().collect();
    let denied: Vec<String> = declined.into_iter().collect();
    Reply::Redirect(answer::granted(state, request, person, consent, yields, (&granted, &denied)))
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
        && let Some(choice) = signup::choice(state, person, consent)
    {
        ticks.set(AssetKind::Whatsapp, Selection::only([choice.waba]));
        ticks.set(AssetKind::Business, Selection::only([choice.business]));
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
        Some(_) => signup::choice(state, person, consent)?.business,
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
