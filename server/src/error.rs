//! What can go wrong, grouped by what the caller can do about it.
//!
//! Flows return [`Error`]; it is logged once, at the boundary (`http`), and what leaves the process is only its
//! [`Explanation`]: what happened, why, and what to do. The inside of an [`Error::Internal`] never leaves.

use std::time::Duration;

use crate::{explanation::Explanation, meta::MetaError};

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
            Self::SignedOut => Explanation::new(
                "signed_out",
                "You are not signed in.",
                "Your session ended or you have not signed in yet.",
                "Sign in and try again.",
            ),
            Self::Forbidden(why) => Explanation::new(
                "forbidden",
                "You are not allowed to do this.",
                why,
                "Ask an owner or admin of your business to do it or to change your role.",
            ),
            Self::NotFound(what) => Explanation::new(
                "not_found",
                "",
                "It may have been removed, or the link is wrong.",
                "Go back and choose another one.",
            )
            .with_what(format!("There is no such {what}.")),
            Self::Invalid { message, .. } => {
                Explanation::new("invalid", "", "It could not be saved as it is.", "Change it and send again.")
                    .with_what(message.clone())
            }
            Self::Conflict(explanation) | Self::Refused(explanation) => explanation.clone(),
            Self::Meta(error) => error.explain(),
            Self::Busy { retry_after } => Explanation::new(
                "busy",
                "That was tried too often.",
                "Attaché limits how often this can be done, to keep accounts safe.",
                "",
            )
            .with_todo(format!("Wait {} and try again.", in_words(*retry_after))),
            Self::Internal(_) => Explanation::new(
                "internal",
                "Something went wrong on our side.",
                "The reason is in the server's log, under the number of this request.",
                "Try again. If it happens again, give the number to the person who runs this installation.",
            ),
        }
    }
}

fn in_words(duration: Duration) -> String {
    match duration.as_secs() {
        0..=1 => "a second".into(),
        seconds @ 2..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}
