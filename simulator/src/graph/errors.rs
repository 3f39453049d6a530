//! The error object (Meta reference §9.1) and the errors used in more than one place.

use serde_json::{Map, Value, json};

/// An error as the Graph answers it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GraphError {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) code: u32,
    pub(crate) subcode: Option<u32>,
    pub(crate) message: String,
    pub(crate) transient: Option<bool>,
    /// `error_user_title` and `error_user_msg`: words for people.
    pub(crate) for_user: Option<Box<(String, String)>>,
    /// WhatsApp's `error_data.details`.
    pub(crate) details: Option<Box<str>>,
    /// Word in the `WWW-Authenticate` header: `invalid_token`, `invalid_code`, `invalid_request`.
    pub(crate) challenge: Option<&'static str>,
}

impl GraphError {
    /// HTTP 400, `OAuthException`.
    pub(crate) fn new(code: u32, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            kind: "OAuthException",
            code,
            subcode: None,
            message: message.into(),
            transient: None,
            for_user: None,
            details: None,
            challenge: None,
        }
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn subcode(mut self, subcode: u32) -> Self {
        self.subcode = Some(subcode);
        self
    }

    pub(crate) fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into().into_boxed_str());
        self
    }

    pub(crate) fn for_user(mut self, title: &str, message: &str) -> Self {
        self.for_user = Some(Box::new((title.to_owned(), message.to_owned())));
        self
    }

    pub(crate) fn challenge(mut self, challenge: &'static str) -> Self {
        self.challenge = Some(challenge);
        self
    }

    pub(crate) fn transient(mut self, transient: bool) -> Self {
        self.transient = Some(transient);
        self
    }

    /// `(#100) Tried accessing nonexisting field (foo) on node type (Page)` (Meta reference §5.7).
    pub(crate) fn unknown_field(field: &str, node_type: &str) -> Self {
        Self::new(100, format!("(#100) Tried accessing nonexisting field ({field}) on node type ({node_type})"))
    }

    /// Does not exist or is not for this token: 100/33 (Meta reference §5.7).
    pub(crate) fn no_such_object(verb: &str, id: &str) -> Self {
        Self::new(
            100,
            format!(
                "Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
                 permissions, or does not support this operation. Please read the Graph API documentation at \
                 https://developers.facebook.com/docs/graph-api"
            ),
        )
        .subcode(33)
        .kind("GraphMethodException")
    }

    /// An alias instead of an id that nothing is called.
    pub(crate) fn unknown_alias(alias: &str) -> Self {
        Self::new(803, format!("(#803) Some of the aliases you requested do not exist: {alias}"))
    }

    /// More segments than any edge has.
    pub(crate) fn unknown_path(path: &str) -> Self {
        Self::new(2500, format!("Unknown path components: {path}"))
    }

    /// A parameter that must be there is not.
    pub(crate) fn missing_parameter(name: &str) -> Self {
        Self::new(100, format!("(#100) The parameter {name} is required"))
    }

    /// A permission is missing: HTTP 403, code 200 (Meta reference §9.2).
    pub(crate) fn missing_permission(message: impl Into<String>) -> Self {
        Self::new(200, message).status(403)
    }

    /// The JSON body. `trace` becomes `fbtrace_id`.
    pub(crate) fn body(&self, trace: &str) -> Value {
        let mut error = Map::new();
        error.insert("message".into(), json!(self.message));
        error.insert("type".into(), json!(self.kind));
        error.insert("code".into(), json!(self.code));
        if let Some(subcode) = self.subcode {
            error.insert("error_subcode".into(), json!(subcode));
        }
        if let Some(transient) = self.transient {
            error.insert("is_transient".into(), json!(transient));
        }
        if let Some((title, message)) = self.for_user.as_deref() {
            error.insert("error_user_title".into(), json!(title));
            error.insert("error_user_msg".into(), json!(message));
        }
        if let Some(details) = &self.details {
            error.insert("error_data".into(), json!({"messaging_product": "whatsapp", "details": details}));
        }
        error.insert("fbtrace_id".into(), json!(trace));
        json!({ "error": error })
    }

    /// The JSON body where Instagram's codes are exchanged.
    pub(crate) fn flat(&self) -> Value {
        json!({"error_type": self.kind, "code": self.code, "error_message": self.message})
    }

    /// The `WWW-Authenticate` header of authorisation failures (Meta reference §0.2).
    pub(crate) fn www_authenticate(&self) -> Option<String> {
        let word = self.challenge?;
        Some(format!("OAuth \"Facebook Platform\" \"{word}\" \"{}\"", self.message.replace('"', "'")))
    }
}
