//! What can go wrong, grouped by what the caller can do about it.
//!
//! Flows return [`Error`]; it is logged once, at the boundary (`http`), and what leaves the process is only its
//! [`Explanation`]: what happened, why, and what to do. The inside of an [`Error::Internal`] never leaves.

use std::time::Duration;

use crate::{explanation::Explanation, meta::MetaError, words::failures::accounts as failures};

/// The result of a flow.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session ended. Sign in and try again.
    #[error("not signed in")]
    SignedOut,
    /// The signed-in person's role does not allow this. Another person may.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// It does not exist, or belongs to another tenant: the answer is the same on purpose.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// One field of the input is wrong.
    #[error("invalid {field}: {message}")]
    Invalid {
        /// The name of the field, as the form or the API names it.
        field: &'static str,
        /// A sentence for the person who typed it.
        message: String,
    },
    /// The request is right but the present state refuses it.
    #[error("conflict: {}", .0.code)]
    Conflict(Explanation),
    /// An OAuth return or another proof that does not hold.
    #[error("refused: {}", .0.code)]
    Refused(Explanation),
    /// Meta answered with an error, or could not be asked.
    #[error(transparent)]
    Meta(#[from] MetaError),
    /// Too many requests; the same request may work later.
    #[error("busy")]
    Busy {
        /// How long to wait before the next try.
        retry_after: Duration,
    },
    /// A fault of ours or of the machine. Nothing of it is shown.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// An error about one field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// Wraps a fault of ours.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// The HTTP status that says this.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict(_) => 409,
            Self::Refused(_) => 400,
            Self::Meta(_) => 502,
            Self::Busy { .. } => 429,
            Self::Internal(_) => 500,
        }
    }

    /// The field that is wrong, when one is.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Invalid { field, .. } => Some(field),
            _ => None,
        }
    }

    /// The error in words.
    pub fn explain(&self) -> Explanation {
        match self {
            Self::SignedOut => failures::signed_out(),
            Self::Forbidden(why) => failures::forbidden((*why).to_owned()),
            Self::NotFound(what) => failures::not_found((*what).to_owned()),
            Self::Invalid { message, .. } => failures::invalid(message.clone()),
            Self::Conflict(explanation) | Self::Refused(explanation) => explanation.clone(),
            Self::Meta(error) => error.explain(),
            Self::Busy { retry_after } => {
                let (amount, unit) = rounded(*retry_after);
                failures::busy(amount, unit.to_owned())
            }
            Self::Internal(_) => failures::internal(),
        }
    }
}

/// How many of what to wait: seconds first, then whole minutes.
fn rounded(duration: Duration) -> (i64, &'static str) {
    match i64::try_from(duration.as_secs()).unwrap_or(i64::MAX) {
        seconds @ ..=90 => (seconds.max(1), "second"),
        seconds => (seconds / 60 + i64::from(seconds % 60 > 0), "minute"),
    }
}
