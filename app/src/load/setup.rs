//! The set-up page and the review kit.

use crate::caller::caller;
use crate::dto::health::{Health, Tone};
use crate::dto::setup::{
    AppCard, CheckAction, CheckGroup, CheckRow, CheckState, FormerSecret, OwnAppPage, ReviewEntryCard, ReviewPage,
    ReviewStepRow, SetupPage, ValueRow, Whose,
};
use crate::error::AppError;
use crate::forms::FormAnswer;
use crate::words::count;
use leptos::prelude::use_context;
use server::clock::Timestamp;
use server::setup::{self, Action, AppView, Check, Group, Origin, ReviewKit, SetupView, State};

/// Loads the set-up page.
///
/// # Errors
/// When nobody is signed in, or who is is no operator.
pub async fn page() -> Result<SetupPage, AppError> {
    let caller = caller()?;
    let services = &caller.services;
    // Before anything is read, so that nothing that changes meanwhile is missed.
    let live = services.live().cursor().to_string();
    let view = setup::view(services, caller.actor()?).await?;
    Ok(page_of(Whose::Installation, live, view))
}

/// Loads the page of the business's own app.
///
/// # Errors
/// When nobody is signed in, or the role does not allow it.
pub async fn own_page() -> Result<OwnAppPage, AppError> {
    let caller = caller()?;
    let services = &caller.services;
    let live = services.live().cursor().to_string();
    let view = setup::own_view(services, caller.actor()?).await?;
    let former = view.former.into_iter();
    Ok(OwnAppPage {
        setup: page_of(Whose::Business, live, view.setup),
        installation_has_app: view.installation_has_app,
        unreadable: view.unreadable,
        former: former.map(|(app, count)| (app.to_string(), usize::try_from(count).unwrap_or_default())).collect(),
    })
}

fn page_of(whose: Whose, live: String, view: SetupView) -> SetupPage {
    let answer = use_context::<FormAnswer>().filter(|answer| answer.action == whose.show_verify_token());
    SetupPage {
        whose,
        live,
        summary: summary(&view.checks, view.app.is_some()),
        app: view.app.map(card),
        asked_at: view.asked_at.map(Timestamp::as_millis),
        asking: view.asking,
        groups: groups(view.checks),
        values: view
            .values
            .into_iter()
            .map(|value| ValueRow { name: value.name, label: value.label, text: value.text, place: value.place })
            .collect(),
        verify_token: answer.and_then(|answer| serde_json::from_str(&answer.json).ok()),
    }
}

/// Loads the review kit.
///
/// # Errors
/// When nobody is signed in, or who is is no operator; while there is no app.
pub async fn review() -> Result<ReviewPage, AppError> {
    let caller = caller()?;
    Ok(review_of(Whose::Installation, setup::review_kit(&caller.services, caller.actor()?).await?))
}

/// Loads the review kit of the business's own app.
///
/// # Errors
/// When nobody is signed in, or the role does not allow it; without an own app.
pub async fn own_review() -> Result<ReviewPage, AppError> {
    let caller = caller()?;
    Ok(review_of(Whose::Business, setup::own_review_kit(&caller.services, caller.actor()?).await?))
}

fn review_of(whose: Whose, kit: ReviewKit) -> ReviewPage {
    ReviewPage {
        whose,
        app_name: kit.app_name,
        steps: kit
            .steps
            .into_iter()
            .map(|step| ReviewStepRow { state: state(step.state), what: step.what, note: step.note })
            .collect(),
        entries: kit
            .entries
            .into_iter()
            .map(|entry| ReviewEntryCard {
                permission: entry.permission.to_string(),
                purpose: entry.purpose.to_owned(),
                reason: entry.reason,
                script: entry.script.iter().enumerate().fold(String::new(), |lines, (at, step)| {
                    format!("{lines}{}{}. {step}", if at == 0 { "" } else { "\n" }, at + 1)
                }),
                granted: entry.granted,
            })
            .collect(),
        instructions: kit.instructions,
    }
}

/// How a check of the server's stands, for the page.
pub fn state(state: State) -> CheckState {
    match state {
        State::Proven => CheckState::Proven,
        State::Wrong => CheckState::Wrong,
        State::Waiting => CheckState::Waiting,
        State::Yourself => CheckState::Yourself,
    }
}

fn summary(checks: &[Check], has_app: bool) -> Health {
    let of = |state| checks.iter().filter(|check| check.state == state).count();
    match (of(State::Wrong), of(State::Waiting), of(State::Yourself)) {
        _ if !has_app => Health::new(Tone::Bad, "No Meta app yet"),
        (0, 0, 0) => Health::new(Tone::Ok, "Everything is proven"),
        (0, 0, look) => Health::new(Tone::Ok, format!("{} to check yourself", count(look, "thing", "things"))),
        (0, waiting, _) => Health::new(Tone::Warn, format!("{waiting} waiting")),
        (wrong, _, _) => Health::new(Tone::Bad, format!("{wrong} wrong")),
    }
}

fn card(app: AppView) -> AppCard {
    AppCard {
        app_id: app.app_id.to_string(),
        config_id: app.config_id.unwrap_or_default(),
        fixed: app.origin == Origin::Settings,
        configuration_fixed: app.configuration_set,
        whatsapp_config_id: app.whatsapp_config_id.unwrap_or_default(),
        whatsapp_configuration_fixed: app.whatsapp_configuration_set,
        instagram_app_id: app.instagram_app_id.map(|id| id.to_string()).unwrap_or_default(),
        instagram_fixed: app.instagram_set || app.origin == Origin::Settings,
        secret_mark: app.secret_mark,
        secret_set: app.secret_set.map(|(at, by)| (at.as_millis(), by)),
        former: app.former_until.map(|until| FormerSecret { until: until.map(Timestamp::as_millis) }),
    }
}

fn groups(checks: Vec<Check>) -> Vec<CheckGroup> {
    let mut groups: Vec<CheckGroup> = Vec::new();
    for check in checks {
        let (id, title) = heading(check.group);
        let row = CheckRow {
            name: check.name.to_owned(),
            state: state(check.state),
            what: check.what,
            why: check.why,
            todo: check.todo,
            at: check.at.map(Timestamp::as_millis),
            action: check.action.map(action),
        };
        match groups.last_mut().filter(|group| group.id == id) {
            Some(group) => group.checks.push(row),
            None => groups.push(CheckGroup { id, title, checks: vec![row] }),
        }
    }
    groups
}

fn heading(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::App => ("meta-app", "Your Meta app"),
        Group::Webhooks => ("webhooks", "Webhooks"),
        Group::Login => ("login", "Login with Meta"),
        Group::Addresses => ("addresses", "Addresses in Meta’s dashboard"),
        Group::Access => ("access", "What Meta decides"),
        Group::Businesses => ("own-apps", "Businesses’ own apps"),
        Group::Machine => ("machine", "This installation"),
    }
}

fn action(action: Action) -> CheckAction {
    match action {
        Action::CheckAgain => CheckAction::CheckAgain,
        Action::Subscribe => CheckAction::Subscribe,
        Action::ReviewKit => CheckAction::ReviewKit,
        Action::Connect => CheckAction::Connect,
        Action::EnterApp => CheckAction::EnterApp,
        Action::EnterInstagram => CheckAction::EnterInstagram,
    }
}
