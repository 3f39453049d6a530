//! Things that go wrong on purpose: matched by method, path and edge, for the first, the nth or every request.

use serde::{Deserialize, Serialize};

/// What happens instead of (or before) the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A Graph error object.
    Error {
        /// HTTP status.
        status: u16,
        /// Graph error code.
        code: u32,
        /// Graph error subcode.
        #[serde(default)]
        subcode: Option<u32>,
        /// Message; a plain one is made up when absent.
        #[serde(default)]
        message: Option<String>,
        /// `is_transient`.
        #[serde(default)]
        transient: bool,
    },
    /// A Graph error object with words for people, as Meta adds to some.
    ErrorForUser {
        /// HTTP status.
        status: u16,
        /// Graph error code.
        code: u32,
        /// `error_user_title`.
        title: String,
        /// `error_user_msg`.
        message: String,
    },
    /// An HTML page with this status, as proxies and Meta's edge send it.
    Html {
        /// HTTP status.
        status: u16,
    },
    /// This status with this text as the body.
    Body {
        /// HTTP status.
        status: u16,
        /// Body, sent as `application/json`.
        body: String,
    },
    /// The right answer, cut in half; then the connection breaks.
    HalfBody,
    /// No answer for two minutes: the client has to give up.
    Hang,
    /// Nothing happens until the fault is removed; then the request is carried out.
    Hold,
    /// The connection closes before a byte of the body arrives.
    Reset,
    /// Milliseconds added to the answer.
    Latency(u64),
    /// Lists never end: the last page has a `next` too.
    EndlessPaging,
    /// The token of the request dies just before it is answered.
    Revoke(crate::state::Revocation),
    /// In a batch, the matching item answers `null` (not executed in time); outside one nothing changes.
    NullItem,
}

/// A fault: when it strikes and what it does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// HTTP method, any when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// Path without the version, `*` for any run of characters: `/me/accounts`, `/*/phone_numbers`.
    #[serde(default)]
    pub path: Option<String>,
    /// Last path segment: `accounts`, `owned_pages`, `debug_token`.
    #[serde(default)]
    pub edge: Option<String>,
    /// What happens.
    pub effect: Effect,
    /// Matching requests let through first.
    #[serde(default)]
    pub after: u32,
    /// How often it strikes; forever when absent.
    #[serde(default)]
    pub times: Option<u32>,
    /// Strikes only every n-th matching request.
    #[serde(default)]
    pub every: Option<u32>,
}

impl Fault {
    /// A fault that strikes every request until it is told otherwise.
    #[must_use]
    pub fn new(effect: Effect) -> Self {
        Self { method: None, path: None, edge: None, effect, after: 0, times: None, every: None }
    }

    /// A plain Graph error on one edge.
    #[must_use]
    pub fn error(edge: &str, status: u16, code: u32) -> Self {
        Self::new(Effect::Error { status, code, subcode: None, message: None, transient: false }).on_edge(edge)
    }

    /// Only requests whose last path segment is this.
    #[must_use]
    pub fn on_edge(mut self, edge: &str) -> Self {
        self.edge = Some(edge.into());
        self
    }

    /// Only requests whose path (without the version) matches this pattern.
    #[must_use]
    pub fn on_path(mut self, pattern: &str) -> Self {
        self.path = Some(pattern.into());
        self
    }

    /// Only this method.
    #[must_use]
    pub fn on_method(mut self, method: &str) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Strike at most this often.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Let this many matching requests through first.
    #[must_use]
    pub fn after(mut self, after: u32) -> Self {
        self.after = after;
        self
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let edge = path.rsplit('/').next().unwrap_or_default();
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.edge.as_deref().is_none_or(|wanted| wanted == edge)
            && self.path.as_deref().is_none_or(|pattern| glob(pattern, path))
    }
}

#[derive(Debug)]
struct Armed {
    id: u64,
    fault: Fault,
    seen: u32,
    struck: u32,
}

/// All faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Vec<Armed>,
    next_id: u64,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) -> u64 {
        self.next_id += 1;
        self.armed.push(Armed { id: self.next_id, fault, seen: 0, struck: 0 });
        self.next_id
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.armed.len();
        self.armed.retain(|armed| armed.id != id);
        self.armed.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    pub(crate) fn list(&self) -> Vec<(u64, Fault)> {
        self.armed.iter().map(|armed| (armed.id, armed.fault.clone())).collect()
    }

    /// Whether a request like this is to wait.
    pub(crate) fn holds(&self, method: &str, path: &str) -> bool {
        self.armed.iter().any(|armed| armed.fault.effect == Effect::Hold && armed.fault.matches(method, path))
    }

    /// The effects that strike this request; counts it.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for armed in &mut self.armed {
            if !armed.fault.matches(method, path) {
                continue;
            }
            armed.seen += 1;
            let nth = armed.seen.saturating_sub(armed.fault.after);
            let due = nth > 0 && armed.fault.every.is_none_or(|every| every > 0 && nth.is_multiple_of(every));
            let spent = armed.fault.times.is_some_and(|times| armed.struck >= times);
            if due && !spent {
                armed.struck += 1;
                effects.push(armed.fault.effect.clone());
            }
        }
        effects
    }
}

/// Match with `*` standing for any run of characters.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_stands_for_any_run_and_nothing_else_does() {
        assert!(glob("/*/phone_numbers", "/123/phone_numbers"));
        assert!(!glob("/*/phone_numbers", "/123/phone_numbers/x"));
        assert!(glob("/me/accounts", "/me/accounts"));
        assert!(!glob("/me/accounts", "/me/accountsx"));
        assert!(glob("*", "/anything"));
    }

    #[test]
    fn after_times_and_every_count_matching_requests_only() {
        let mut faults = Faults::default();
        faults.add(Fault { every: Some(2), ..Fault::new(Effect::Hang).on_edge("a").after(1).times(1) });
        let struck: Vec<bool> =
            ["/a", "/b", "/a", "/a", "/a", "/a"].iter().map(|path| !faults.strike("GET", path).is_empty()).collect();
        assert_eq!(struck, [false, false, false, true, false, false]);
    }
}
