//! From what is known to checks. Nothing here asks anybody: the same knowledge gives the same checks.

mod access;
mod addresses;
mod app;
mod login;
mod version;
mod webhooks;

use url::Url;

use super::{Answers, Check};
use crate::{apps::App, clock::Timestamp, db::setup_evidence::SeenOfApp, explanation::Explanation};

pub(super) use app::no_app;
pub(super) use version::version;

/// What is known of the app.
pub(super) struct Known<'a> {
    pub(super) app: &'a App,
    /// What Meta last answered.
    pub(super) answers: Option<&'a Answers>,
    /// What was seen here.
    pub(super) seen: &'a SeenOfApp,
    /// How often something with a wrong signature was turned away in the last day, and when last.
    pub(super) wrong_signatures: Option<(i64, Timestamp)>,
    /// How often the app was over what it may have stored in the last day, and when last.
    pub(super) over_allowance: Option<(i64, Timestamp)>,
    /// Why the last try to subscribe failed, when it did.
    pub(super) unsubscribed: Option<&'a Explanation>,
    /// Where Meta is to send the app's events.
    pub(super) callback: &'a Url,
    /// The address people and Meta use.
    pub(super) public_url: &'a Url,
    pub(super) now: Timestamp,
}

impl Known<'_> {
    /// Whether the app is a business's own.
    fn is_own(&self) -> bool {
        self.app.owner.is_some()
    }

    /// Meta calls https addresses alone; what stands in for Meta calls any.
    fn reachable_scheme(&self) -> bool {
        self.public_url.scheme() == "https" || !self.app.login.app.is_meta()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.answers.map(|answers| answers.asked_at)
    }

    /// What the dashboard says, when Meta told it.
    fn details(&self) -> Option<&crate::meta::AppDetails> {
        match self.answers?.details.as_ref()? {
            super::Answer::Told(details) => Some(details),
            _ => None,
        }
    }
}

/// Every check of the app, in the order in which a person should meet them.
pub(super) fn judge(known: &Known<'_>) -> Vec<Check> {
    let mut checks = app::checks(known);
    checks.extend(webhooks::checks(known));
    checks.extend(login::checks(known));
    checks.extend(addresses::checks(known));
    checks.extend(access::checks(known));
    if known.is_own() {
        let theirs = |check: &&mut Check| OF_INSTALLATION.contains(&check.name) && check.action.is_none();
        for check in checks.iter_mut().filter(theirs).filter(|check| !check.todo.is_empty()) {
            check.todo = "Tell whoever runs this installation: only they can change it.".into();
        }
    }
    checks
}

/// What a business cannot set right by itself.
const OF_INSTALLATION: [&str; 3] = ["app.version", "app.clock", "webhooks.public_url"];
