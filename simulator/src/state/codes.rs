//! Authorization codes: single use, short-lived, bound to a redirect URI (Meta reference §2.7, §4.1).

use std::collections::HashMap;

/// More codes than this and the expired ones are forgotten.
const MOST: usize = 10_000;

/// Which `redirect_uri` the exchange must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Binding {
    /// None at all: a popup with a `config_id`.
    Unbound,
    /// An empty string or this page's URL: a classic SDK popup.
    Popup(String),
    /// Exactly this: the redirect dialog.
    Exact(String),
}

/// What a code is exchanged for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CodeFor {
    /// A user token of this person; with a lifetime in seconds when a configuration says so (`0` never ends).
    User { lifetime: Option<i64> },
    /// A system-user token of this client business; lifetime in seconds, `0` never ends.
    SystemUser { id: String, lifetime: i64 },
    /// A token of an Instagram account, by Instagram Login; the `persona` of the code is the account.
    Instagram,
}

/// One code.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) persona: String,
    pub(crate) yields: CodeFor,
    pub(crate) binding: Binding,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    pub(crate) used: bool,
}

/// All codes.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    all: HashMap<String, Code>,
}

impl Codes {
    pub(crate) fn insert(&mut self, value: String, code: Code, now: i64) {
        if self.all.len() >= MOST {
            self.all.retain(|_, code| code.expires_at + 3600 > now);
        }
        if self.all.len() >= MOST {
            self.all.clear();
        }
        self.all.insert(value, code);
    }

    pub(crate) fn get(&self, value: &str) -> Option<&Code> {
        self.all.get(value)
    }

    pub(crate) fn burn(&mut self, value: &str) {
        if let Some(code) = self.all.get_mut(value) {
            code.used = true;
        }
    }
}
