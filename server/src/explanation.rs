//! What happened, why, and what to do: the shape of every message about something that did not work.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A failure in words: for pages, for the API and for logs. It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// A stable name for programs, such as `oauth.state_invalid`.
    pub code: Cow<'static, str>,
    /// What happened.
    pub what: Cow<'static, str>,
    /// Why.
    pub why: Cow<'static, str>,
    /// What to do about it.
    pub todo: Cow<'static, str>,
}

impl Explanation {
    /// An explanation from fixed sentences.
    pub const fn new(code: &'static str, what: &'static str, why: &'static str, todo: &'static str) -> Self {
        Self {
            code: Cow::Borrowed(code),
            what: Cow::Borrowed(what),
            why: Cow::Borrowed(why),
            todo: Cow::Borrowed(todo),
        }
    }

    /// The same explanation with another account of what happened.
    pub fn with_what(mut self, what: impl Into<Cow<'static, str>>) -> Self {
        self.what = what.into();
        self
    }

    /// The same explanation with another way out.
    pub fn with_todo(mut self, todo: impl Into<Cow<'static, str>>) -> Self {
        self.todo = todo.into();
        self
    }
}
