//! The one error a server function answers with: written for people, stable for programs.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong, why, and what to do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    /// HTTP status of the answer.
    pub status: u16,
    /// Stable word for programs and tests, such as `invalid` or `signed_out`.
    pub code: Box<str>,
    /// Name of the form field the message belongs to.
    pub field: Option<Box<str>>,
    /// What happened, one sentence.
    pub what: String,
    /// Why it happened; empty when there is nothing to add.
    pub why: Box<str>,
    /// What to do now; empty when the sentence before says it.
    pub todo: Box<str>,
    /// The request's id, to be quoted to the operator.
    pub request_id: Option<Box<str>>,
    /// What else is known of the sentences. Boxed, because every result carries the room for it.
    #[serde(default)]
    pub more: Option<Box<More>>,
}

/// What else is known of an error's sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// Their language, where it is another than English.
    pub lang: Option<String>,
    /// The address of the page that tells more.
    pub help: Option<String>,
}

impl AppError {
    /// An error with a status, a stable code and its first sentence.
    pub fn new(status: u16, code: &str, what: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            field: None,
            what: what.into(),
            why: "".into(),
            todo: "".into(),
            request_id: None,
            more: None,
        }
    }

    /// Adds why it happened.
    pub fn why(mut self, why: impl Into<Box<str>>) -> Self {
        self.why = why.into();
        self
    }

    /// Adds what to do.
    pub fn todo(mut self, todo: impl Into<Box<str>>) -> Self {
        self.todo = todo.into();
        self
    }

    /// Names the form field the message belongs to.
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Nobody is signed in: pages lead to the sign-in page.
    pub fn signed_out() -> Self {
        Self::new(401, "signed_out", "You are signed out.").todo("Sign in to go on.")
    }

    /// Not an error: the page is elsewhere, at `path`.
    pub fn elsewhere(path: &str) -> Self {
        Self::new(303, "elsewhere", "").todo(path)
    }

    /// The address leads nowhere, or to something that belongs to somebody else.
    pub fn not_found() -> Self {
        Self::new(404, "not_found", "There is nothing at this address.")
            .why("The page was moved or removed, or the link is not complete.")
            .todo("Check the address, or begin from the start.")
    }

    /// The person's role does not allow it.
    pub fn forbidden(why: impl Into<Box<str>>) -> Self {
        Self::new(403, "forbidden", "Your role does not allow this.")
            .why(why)
            .todo("Ask an owner or admin of your team.")
    }

    /// More was sent than a form may hold.
    pub fn too_large() -> Self {
        Self::new(413, "too_large", "The form is too large.").todo("Choose fewer things at once.")
    }

    /// A fault of ours. Never carries details: those are in the log under the request's id.
    pub fn internal() -> Self {
        Self::new(500, "internal", "Something broke on our side.")
            .why("Nothing you entered caused it, and nothing was half-saved.")
            .todo("Try again. If it happens again, tell the operator of this installation the request id.")
    }

    /// The answer of a server function that failed, as the form handler receives it.
    pub fn from_json(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::new(400, "invalid", "The form could not be read.")
                    .why("A field is missing or has a value of the wrong kind.")
                    .todo("Load the page again and fill in the form once more.")
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => {
                Self::new(503, "unreachable", "Attaché did not answer.")
                    .why("The connection to the server was interrupted.")
                    .todo("Check that you are online and try again.")
            }
            _ => Self::internal(),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for AppError {}

#[cfg(feature = "ssr")]
impl From<server::error::Error> for AppError {
    /// The error in words; logged here, once.
    fn from(error: server::error::Error) -> Self {
        use server::http::{IntoHttp as _, RequestId};
        let field = error.field().map(Into::into);
        let (status, explanation) = error.into_http();
        let told = explanation.told(crate::visit::language());
        let fault = status.is_server_error();
        let number = leptos::prelude::use_context::<axum::http::request::Parts>().filter(|_| fault);
        let number = number.and_then(|parts| parts.extensions.get::<RequestId>().map(|id| id.as_str().into()));
        Self { field, request_id: number, ..Self::explained(status.as_u16(), told) }
    }
}

#[cfg(feature = "ssr")]
impl AppError {
    /// An error from what the server tells in the person's language.
    pub fn explained(status: u16, told: server::explanation::Told) -> Self {
        Self {
            status,
            code: told.code.into(),
            field: None,
            what: told.what,
            why: told.why.into(),
            todo: told.todo.into(),
            request_id: None,
            more: Some(Box::new(More { lang: (told.lang != "en").then(|| told.lang.to_owned()), help: told.help })),
        }
    }
}
