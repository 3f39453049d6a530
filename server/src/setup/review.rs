//! The app-review kit: for each permission why it is asked for and what to show, with this installation's names filled in,
//! and which steps of the review are missing.

use std::collections::BTreeSet;

use super::{
    Answer, Check, State,
    answers::kept,
    review_texts::{BEGINNING, TEXTS},
    side::Side,
    values::{at_callback, at_path},
    view::checks_of,
};
use crate::{
    apps::App,
    connect::{Permissions, needed_permissions},
    db::{from_json, setup_evidence},
    error::Result,
    meta::{INSTAGRAM_LOGIN, Login, Permission},
    services::Services,
};

/// Everything for App Review.
#[derive(Debug, Clone)]
pub struct ReviewKit {
    /// The app's name at Meta.
    pub app_name: String,
    /// What has to be so before the app is submitted.
    pub steps: Vec<ReviewStep>,
    /// One for each permission that is asked for and reviewed.
    pub entries: Vec<ReviewEntry>,
    /// How the reviewer gets in, to be completed by hand.
    pub instructions: String,
}

/// A step of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewStep {
    /// How it stands.
    pub state: State,
    /// What it is.
    pub what: String,
    /// What is known, or what to do.
    pub note: String,
}

/// What App Review wants to read about a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewEntry {
    /// The permission.
    pub permission: Permission,
    /// What it lets Attaché do.
    pub purpose: &'static str,
    /// Why it is asked for.
    pub reason: String,
    /// What the screencast shows, step by step.
    pub script: Vec<String>,
    /// Whether somebody granted it here already: Meta wants to see a permission used before it is submitted.
    pub granted: bool,
}

/// The kit of an app, with the name and the addresses of this installation.
///
/// # Errors
/// [`crate::error::Error::Conflict`] while there is no app.
pub(super) async fn kit(services: &Services, side: &Side) -> Result<ReviewKit> {
    let app = side.app(services)?;
    let login = &app.login;
    let answers = kept(services, &app).await?;
    let details = answers.and_then(|answers| match answers.details {
        Some(Answer::Told(details)) => Some(details),
        _ => None,
    });
    let seen =
        setup_evidence::get_across_tenants(services.db(), &login.app.app_id, login.redirect_uri.as_str()).await?;
    let mut granted = BTreeSet::new();
    for text in &seen.permissions {
        granted.extend(from_json::<Permissions>(text)?.granted);
    }
    let app_name = details.as_ref().and_then(|details| details.name.clone()).unwrap_or_else(|| "Attaché".into());
    let fill = |text: &str| text.replace("{app}", &app_name).replace("{url}", services.public_url().as_str());
    let mut wanted = asked(&login.login);
    wanted.extend(app.instagram.iter().flat_map(|_| INSTAGRAM_LOGIN));
    let entries: Vec<ReviewEntry> = wanted
        .iter()
        .filter_map(|permission| {
            let entry = permission.entry().filter(|entry| entry.app_review)?;
            let text = TEXTS.iter().find(|text| text.permission == *permission)?;
            Some(ReviewEntry {
                permission: permission.clone(),
                purpose: entry.purpose,
                reason: fill(text.reason),
                script: BEGINNING.iter().chain(text.script).map(|step| fill(step)).collect(),
                granted: granted.contains(permission.as_str()),
            })
        })
        .collect();
    let mut steps = vec![used(&entries)];
    let all = checks_of(services, Some(&app)).await?.1;
    const BEFORE: [&str; 5] =
        ["addresses.privacy", "addresses.terms", "addresses.deletion", "access.verification", "access.mode"];
    steps.extend(BEFORE.iter().filter_map(|name| all.iter().find(|check| check.name == *name)).map(step));
    steps.push(contact(details.as_ref()));
    Ok(ReviewKit { steps, entries, instructions: instructions(services, &app, &app_name), app_name })
}

/// The permissions that are asked for. A configuration names its own at Meta: those that Attaché uses are the measure then.
fn asked(login: &Login) -> Vec<Permission> {
    match login {
        Login::Scopes(scopes) | Login::Instagram(scopes) => scopes.clone(),
        Login::Configuration { .. } => needed_permissions(),
    }
}

fn step(check: &Check) -> ReviewStep {
    let note = if check.state == State::Proven { &check.why } else { &check.todo };
    ReviewStep { state: check.state, what: check.what.clone(), note: note.clone() }
}

fn used(entries: &[ReviewEntry]) -> ReviewStep {
    let unused: Vec<&str> =
        entries.iter().filter(|entry| !entry.granted).map(|entry| entry.permission.as_str()).collect();
    if unused.is_empty() {
        let note = "Somebody with a role on the app granted each of them here.".to_owned();
        return ReviewStep { state: State::Proven, what: "Every permission has been used".into(), note };
    }
    ReviewStep {
        state: State::Waiting,
        what: "Use each permission once".into(),
        note: format!(
            "Meta wants to see a permission used before it is submitted. Connect with an account that has a role on the app. \
             Not granted here yet: {}.",
            unused.join(", ")
        ),
    }
}

fn contact(details: Option<&crate::meta::AppDetails>) -> ReviewStep {
    let what = "App icon, category and contact e-mail";
    let todo = "App settings → Basic: an icon of 1024 × 1024 pixels, a category, and an address that somebody reads.";
    let told = details.filter(|details| details.complete);
    let missing: Vec<&str> = told.map_or_else(Vec::new, |details| {
        let given = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
        [
            ("icon", given(&details.logo_url)),
            ("category", given(&details.category)),
            ("contact e-mail", given(&details.contact_email)),
        ]
        .into_iter()
        .filter(|(_, given)| !given)
        .map(|(name, _)| name)
        .collect()
    });
    let (state, note) = match (told, missing.as_slice()) {
        (None, _) => (State::Yourself, todo.to_owned()),
        (Some(_), []) => (State::Proven, "Meta lists all three.".to_owned()),
        (Some(_), missing) => (State::Wrong, format!("Missing: {}. {todo}", missing.join(", "))),
    };
    ReviewStep { state, what: what.into(), note }
}

fn instructions(services: &Services, app: &App, app_name: &str) -> String {
    let public = services.public_url();
    format!(
        "{app_name} is at {public}\n\n1. Open {} and sign in with: (e-mail and password of an account made for the review)\n\
         2. Press Connect with Meta and log in with your test account.\n3. Choose the assets and save.\n4. The status page shows \
         each connected asset. Follow the script of each permission from there.\n\nPrivacy policy: {}\nTerms: {}\nData \
         deletion: {}",
        at_path(public, "/sign-in"),
        at_path(public, "/privacy"),
        at_path(public, "/terms"),
        at_callback(public, "/meta/data-deletion", Some(app)),
    )
}
