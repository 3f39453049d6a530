//! What can go wrong with Meta: one error type, classified by what the caller can do about it.
//!
//! [`parse`](self::parse) reads Meta's answer, `table` says what each code means, `explain` says it to people, and
//! `scrub` keeps secrets out of the words that Meta sends back.

mod explain;
mod explain_number;
mod kind;
mod parse;
mod scrub;
mod table;

use std::{fmt, ops::Deref, time::Duration};

pub use self::kind::{
    BadRequestProblem, ConfigProblem, CredentialProblem, Garble, LimitScope, MetaErrorKind, PolicyProblem,
    Unreachability,
};
pub(in crate::meta) use self::{
    parse::{Fault, fault_in},
    table::Context,
};

/// Meta refused, or could not be reached or understood. Cheap to move: the details are behind a box and are read
/// through `Deref`, as in `error.kind`.
#[derive(Clone, PartialEq)]
pub struct MetaError(Box<MetaFailure>);

/// The details of a [`MetaError`]. None of its texts holds a token, a secret or a code: they are scrubbed.
#[derive(Clone, Debug, PartialEq)]
pub struct MetaFailure {
    /// What the caller can do about it.
    pub kind: MetaErrorKind,
    /// Meta's `code`.
    pub code: Option<i64>,
    /// Meta's `error_subcode`.
    pub subcode: Option<i64>,
    /// The HTTP status, when there was an answer.
    pub http_status: Option<u16>,
    /// Meta's trace id, which its support asks for.
    pub fbtrace_id: Option<String>,
    /// Meta's own words, or ours when Meta had none; at most 300 characters.
    pub message: String,
    /// A title that Meta wrote for people, in the person's language.
    pub user_title: Option<String>,
    /// A message that Meta wrote for people, in the person's language.
    pub user_message: Option<String>,
    /// How long to wait before asking again, when Meta says so.
    pub retry_after: Option<Duration>,
    /// Whether Meta may have carried out the request although no answer says so: never repeat such a call blindly.
    pub ambiguous: bool,
}

impl MetaError {
    /// An error of `kind` that is not an answer of Meta's, told in our own words.
    pub(crate) fn own(kind: MetaErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(MetaFailure {
            kind,
            code: None,
            subcode: None,
            http_status: None,
            fbtrace_id: None,
            message: message.into(),
            user_title: None,
            user_message: None,
            retry_after: None,
            ambiguous: false,
        }))
    }

    /// An answer of Meta's that is an error, classified by the one table. `secrets` are cut out of every text.
    pub(in crate::meta) fn from_fault(
        fault: &Fault,
        http_status: Option<u16>,
        context: Context,
        secrets: &[&str],
    ) -> Self {
        let clean = |text: &str| scrub::scrub(text, secrets);
        Self(Box::new(MetaFailure {
            kind: table::classify(fault, http_status, context),
            code: fault.code,
            subcode: fault.subcode,
            http_status,
            fbtrace_id: fault.fbtrace_id.as_deref().and_then(|id| scrub::trace_id(id, secrets)),
            message: clean(&fault.message),
            user_title: fault.user_title.as_deref().map(clean),
            user_message: fault.user_message.as_deref().map(clean),
            retry_after: fault.code.and_then(|code| explain_number::told_wait(code, &fault.message)),
            ambiguous: false,
        }))
    }

    /// An error that Meta tells in a webhook, about a message that could not be delivered (Meta reference §7.6.2): classified
    /// by the same table.
    pub fn told(error: &serde_json::Value) -> Option<Self> {
        let fault = fault_in(&serde_json::json!({ "error": error }))?;
        Some(Self::from_fault(&fault, None, Context::Token, &[]))
    }

    /// A refusal that says nothing but its HTTP status.
    pub(in crate::meta) fn bare(http_status: u16) -> Self {
        let words = format!("Meta answered HTTP {http_status} without saying why");
        Self::own(table::by_status(Some(http_status)), words).with_status(http_status)
    }

    /// An answer of another shape than documented. `place` is a path in the answer; what stands there is not repeated.
    pub(in crate::meta) fn unexpected_shape(place: &str) -> Self {
        let words = scrub::scrub(&format!("unexpected shape at {place}"), &[]);
        Self::own(MetaErrorKind::Unintelligible(Garble::WrongType), words)
    }

    pub(in crate::meta) fn with_status(mut self, http_status: u16) -> Self {
        self.0.http_status = Some(http_status);
        self
    }

    pub(in crate::meta) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait.or(self.0.retry_after);
        self
    }

    /// Marks the outcome of a call that changes something as unknown.
    pub(in crate::meta) fn made_ambiguous(mut self) -> Self {
        self.0.ambiguous = true;
        self
    }

    /// Whether the token is at fault: the only answers that may change a connection's state.
    pub fn is_credential(&self) -> bool {
        matches!(self.kind, MetaErrorKind::Credential(_))
    }

    /// Whether the same read may succeed a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            MetaErrorKind::Transient | MetaErrorKind::Unreachable(_) | MetaErrorKind::Unintelligible(Garble::Truncated)
        )
    }
}

impl Deref for MetaError {
    type Target = MetaFailure;
    fn deref(&self) -> &MetaFailure {
        &self.0
    }
}

impl fmt::Display for MetaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.stable_code())?;
        if let Some(code) = self.code {
            write!(f, " ({code}")?;
            if let Some(subcode) = self.subcode {
                write!(f, "/{subcode}")?;
            }
            f.write_str(")")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl fmt::Debug for MetaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for MetaError {}
