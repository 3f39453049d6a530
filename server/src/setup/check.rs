//! One check of the set-up: how it stands, in words.

use serde::Serialize;

use crate::{clock::Timestamp, explanation::Explanation, words::Language};

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is proof that it is right.
    Proven,
    /// There is proof that it is wrong.
    Wrong,
    /// Nothing is proven yet, or it will need somebody soon.
    Waiting,
    /// Meta's API does not tell: somebody has to look in Meta's dashboard.
    Yourself,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The Meta app itself.
    App,
    /// Whether Meta's events reach us.
    Webhooks,
    /// The login dialog.
    Login,
    /// The addresses that Meta's dashboard wants.
    Addresses,
    /// What Meta decides about the app.
    Access,
    /// The apps that are businesses' own.
    Businesses,
    /// The machine that Attaché runs on.
    Machine,
}

/// What a button beside a check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Asks Meta again.
    CheckAgain,
    /// Asks Meta to send the app's events here.
    Subscribe,
    /// Leads to the review kit.
    ReviewKit,
    /// Leads to connecting.
    Connect,
    /// Leads to the form of the app.
    EnterApp,
    /// Leads to the form of Instagram Login's part of it.
    EnterInstagram,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// A stable name for programs, such as `app.credentials`.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// How it stands.
    pub state: State,
    /// What is so, in one sentence.
    pub what: String,
    /// Why that is known, or why it is so.
    pub why: String,
    /// What to do; empty when there is nothing.
    pub todo: String,
    /// When it was seen or asked.
    pub at: Option<Timestamp>,
    /// The button.
    pub action: Option<Action>,
}

impl Check {
    fn new(name: &'static str, group: Group, state: State, what: impl Into<String>) -> Self {
        Self { name, group, state, what: what.into(), why: String::new(), todo: String::new(), at: None, action: None }
    }

    pub(super) fn proven(name: &'static str, group: Group, what: impl Into<String>) -> Self {
        Self::new(name, group, State::Proven, what)
    }

    pub(super) fn wrong(name: &'static str, group: Group, what: impl Into<String>) -> Self {
        Self::new(name, group, State::Wrong, what)
    }

    pub(super) fn waiting(name: &'static str, group: Group, what: impl Into<String>) -> Self {
        Self::new(name, group, State::Waiting, what)
    }

    pub(super) fn yourself(name: &'static str, group: Group, what: impl Into<String>) -> Self {
        Self::new(name, group, State::Yourself, what)
    }

    /// What an explanation says, in this state.
    pub(super) fn told(name: &'static str, group: Group, state: State, told: &Explanation) -> Self {
        let told = told.told(Language::En);
        Self::new(name, group, state, told.what).why(told.why).todo(told.todo)
    }

    pub(super) fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    pub(super) fn todo(mut self, todo: impl Into<String>) -> Self {
        self.todo = todo.into();
        self
    }

    pub(super) fn at(mut self, at: Option<Timestamp>) -> Self {
        self.at = at;
        self
    }

    pub(super) fn action(mut self, action: Action) -> Self {
        self.action = Some(action);
        self
    }
}
