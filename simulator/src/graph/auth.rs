//! Who is calling: the token, whether it still works, and its `appsecret_proof` (Meta reference §4).

use super::errors::GraphError;
use super::params::Params;
use crate::clock::error_time;
use crate::secrets;
use crate::state::{Revocation, State, Token, TokenKind};
use crate::world::Node;

/// The caller behind a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// No token at all.
    Anonymous,
    /// The app itself, by `APP_ID|APP_SECRET` or the token of `client_credentials`.
    App,
    /// A person: place in the world's list.
    User { person: usize, token: String },
    /// A system user.
    SystemUser { id: String, token: String },
    /// A Page: place in the world's list.
    Page { page: usize, subject: String, token: String },
    /// An Instagram account that logged in itself: place in the world's list.
    Instagram { account: usize, token: String },
}

impl Caller {
    /// The token value, of callers that have one of their own.
    pub(crate) fn token(&self) -> Option<&str> {
        match self {
            Self::Anonymous | Self::App => None,
            Self::User { token, .. }
            | Self::SystemUser { token, .. }
            | Self::Page { token, .. }
            | Self::Instagram { token, .. } => Some(token),
        }
    }
}

/// The token of a request, from the parameters or the `Authorization` header.
pub(crate) fn token_of(params: &Params, bearer: Option<&str>) -> Option<String> {
    params.filled("access_token").or_else(|| bearer.map(str::to_owned)).filter(|token| !token.is_empty())
}

/// Find out who is calling, or why nobody can call with this token.
pub(crate) fn authenticate(state: &State, params: &Params, bearer: Option<&str>) -> Result<Caller, GraphError> {
    let Some(token) = token_of(params, bearer) else { return Ok(Caller::Anonymous) };
    let caller = identify(state, &token)?;
    check_proof(state, &token, &caller, params)?;
    Ok(caller)
}

/// Whose token this is, if it works.
pub(crate) fn identify(state: &State, token: &str) -> Result<Caller, GraphError> {
    if token.contains('|') {
        return if is_app_token(state, token) {
            Ok(Caller::App)
        } else {
            Err(GraphError::new(190, "Invalid OAuth access token signature.").challenge("invalid_token"))
        };
    }
    let Some(known) = state.tokens.get(token) else { return Err(unparsable(token)) };
    if let Some(problem) = problem(state, known) {
        return Err(problem);
    }
    let token = token.to_owned();
    let caller = match &known.kind {
        TokenKind::UserShort | TokenKind::UserLong => match state.node(&known.subject) {
            Some(Node::Person(person)) => Some(Caller::User { person, token }),
            _ => None,
        },
        TokenKind::SystemUser => Some(Caller::SystemUser { id: known.subject.clone(), token }),
        TokenKind::Instagram => match state.node(&known.subject) {
            Some(Node::Instagram(account)) => Some(Caller::Instagram { account, token }),
            _ => None,
        },
        TokenKind::Page(id) => match state.node(id) {
            Some(Node::Page(page)) => Some(Caller::Page { page, subject: known.subject.clone(), token }),
            _ => None,
        },
    };
    caller.ok_or_else(|| unparsable(""))
}

/// The error for a string that is no token of ours.
pub(crate) fn unparsable(token: &str) -> GraphError {
    let message = if token.len() < 20 || !token.is_ascii() {
        "Malformed access token"
    } else {
        "Invalid OAuth access token - Cannot parse access token"
    };
    GraphError::new(190, message).challenge("invalid_token")
}

/// Both forms of the app's own token.
pub(crate) fn is_app_token(state: &State, token: &str) -> bool {
    let app = &state.world.app;
    secrets::same(token, &format!("{}|{}", app.id, app.secret)) || secrets::same(token, &app_token(state))
}

/// The token `client_credentials` gives.
pub(crate) fn app_token(state: &State) -> String {
    let app = &state.world.app;
    let mut hash = secrets::proof(&app.secret, &format!("app token of {}", app.id));
    hash.truncate(27);
    format!("{}|{hash}", app.id)
}

/// Why this token does not work (Meta reference §4.9); `None` when it does.
pub(crate) fn problem(state: &State, token: &Token) -> Option<GraphError> {
    let app = &state.world.app.id;
    let (subcode, message) = match token.revoked {
        Some(Revocation::AppRemoved) => {
            (458, format!("Error validating access token: The user has not authorized application {app}."))
        }
        Some(Revocation::Checkpoint) => (
            459,
            "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the \
             instructions given."
                .to_owned(),
        ),
        Some(Revocation::PasswordChanged) => (
            460,
            "Error validating access token: The session has been invalidated because the user changed their password or \
             Facebook has changed the session for security reasons."
                .to_owned(),
        ),
        Some(Revocation::LoggedOut) => {
            (467, "Error validating access token: The session is invalid because the user logged out.".to_owned())
        }
        Some(Revocation::RoleLost) => {
            (492, "Error validating access token: The user does not have the necessary Page role.".to_owned())
        }
        Some(Revocation::Expired) => (463, expired(token.expires_at.max(token.issued_at), state.now())),
        Some(Revocation::DataAccess) | None => {
            if token.expires_at == 0 || state.now() < token.expires_at {
                return None;
            }
            (463, expired(token.expires_at, state.now()))
        }
    };
    Some(GraphError::new(190, message).subcode(subcode).challenge("invalid_token"))
}

fn expired(at: i64, now: i64) -> String {
    format!(
        "Error validating access token: Session has expired on {}. The current time is {}.",
        error_time(at),
        error_time(now)
    )
}

/// `appsecret_proof` must fit when sent, and must be sent when the app demands it (Meta reference §4.7).
fn check_proof(state: &State, token: &str, caller: &Caller, params: &Params) -> Result<(), GraphError> {
    let app = &state.world.app;
    let refused = |message: &str| Err(GraphError::new(100, message).kind("GraphMethodException"));
    match params.filled("appsecret_proof") {
        Some(proof) if !secrets::same(&proof, &secrets::proof(&app.secret, token)) => {
            refused("Invalid appsecret_proof provided in the API argument")
        }
        // Instagram's hosts know no proof.
        None if app.require_appsecret_proof && !matches!(caller, Caller::App | Caller::Instagram { .. }) => {
            refused("API calls from the server require an appsecret_proof argument")
        }
        _ => Ok(()),
    }
}
