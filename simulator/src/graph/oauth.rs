//! `/oauth/access_token`: code exchange, long-lived exchange, app token (Meta reference §2.7, §4.1, §4.2).

use serde_json::{Value, json};

use super::auth;
use super::errors::GraphError;
use super::params::Params;
use crate::secrets;
use crate::state::{Binding, CodeFor, SHORT, SIXTY_DAYS, State, Token, TokenKind};

/// Answer `/oauth/access_token`.
pub(crate) fn access_token(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    check_app(state, params)?;
    match params.text("grant_type").as_deref() {
        Some("fb_exchange_token") => exchange_token(state, params),
        Some("client_credentials") => Ok(json!({"access_token": auth::app_token(state), "token_type": "bearer"})),
        Some("authorization_code") | None => exchange_code(state, params),
        Some(other) => Err(invalid(100, format!("(#100) Invalid grant_type: {other}"))),
    }
}

fn invalid(code: u32, message: impl Into<String>) -> GraphError {
    GraphError::new(code, message).challenge("invalid_code")
}

fn check_app(state: &State, params: &Params) -> Result<(), GraphError> {
    let app = &state.world.app;
    let Some(id) = params.filled("client_id") else {
        return Err(GraphError::new(101, "Missing client_id parameter.").challenge("invalid_client"));
    };
    if id != app.id {
        return Err(
            GraphError::new(101, "Error validating application. Invalid application ID.").challenge("invalid_client")
        );
    }
    match params.filled("client_secret") {
        Some(secret) if secrets::same(&secret, &app.secret) => Ok(()),
        Some(_) => Err(GraphError::new(1, "Error validating client secret.").challenge("invalid_client")),
        None => Err(GraphError::new(1, "Missing client_secret parameter.").challenge("invalid_client")),
    }
}

fn exchange_code(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    let Some(value) = params.filled("code") else { return Err(invalid(100, "Invalid verification code format.")) };
    let redirect_uri = params.text("redirect_uri");
    let now = state.now();
    let Some(code) = state.codes.get(&value).cloned().filter(|code| code.yields != CodeFor::Instagram) else {
        return Err(invalid(100, "Invalid verification code format."));
    };
    if code.used {
        return Err(invalid(100, "This authorization code has been used.").subcode(36009));
    }
    if now >= code.expires_at {
        return Err(invalid(100, "This authorization code has expired.").subcode(36007));
    }
    if let Err(error) = check_binding(&code.binding, redirect_uri.as_deref()) {
        if state.switches.mismatch_burns_code {
            state.codes.burn(&value);
        }
        return Err(error);
    }
    state.codes.burn(&value);
    let (kind, subject, lifetime) = match code.yields {
        CodeFor::User { lifetime: None } => (TokenKind::UserShort, code.persona, SHORT),
        CodeFor::User { lifetime: Some(lifetime) } => (TokenKind::UserLong, code.persona, lifetime),
        CodeFor::SystemUser { id, lifetime } => (TokenKind::SystemUser, id, lifetime),
        CodeFor::Instagram => return Err(invalid(100, "Invalid verification code format.")),
    };
    Ok(issue(state, kind, subject, lifetime))
}

/// The redirect-URI rule of the flow that made the code (Meta reference §2.7).
fn check_binding(binding: &Binding, sent: Option<&str>) -> Result<(), GraphError> {
    let fits = match (binding, sent) {
        (Binding::Unbound, None | Some("")) => true,
        (Binding::Unbound, Some(_)) => false,
        (Binding::Popup(page), Some(uri)) => uri.is_empty() || uri == page,
        (Binding::Popup(_), None) => false,
        (Binding::Exact(_), None | Some("")) => {
            return Err(invalid(191, "Missing redirect_uri parameter."));
        }
        (Binding::Exact(exact), Some(uri)) => uri == exact,
    };
    if fits {
        return Ok(());
    }
    Err(invalid(
        100,
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth \
         dialog request",
    )
    .subcode(36008))
}

fn exchange_token(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    let Some(value) = params.filled("fb_exchange_token") else {
        return Err(GraphError::missing_parameter("fb_exchange_token"));
    };
    let Some(token) = state.tokens.get(&value).cloned() else { return Err(auth::unparsable(&value)) };
    if let Some(problem) = auth::problem(state, &token) {
        return Err(problem);
    }
    match token.kind {
        TokenKind::UserShort | TokenKind::UserLong | TokenKind::SystemUser => {
            let kind = if token.kind == TokenKind::SystemUser { TokenKind::SystemUser } else { TokenKind::UserLong };
            let lasts = state.switches.exchanged_token_seconds.filter(|_| kind == TokenKind::UserLong);
            // What has no end gets none (Meta reference §4.2: Marketing API).
            let lifetime = if token.expires_at == 0 { 0 } else { lasts.unwrap_or(SIXTY_DAYS) };
            Ok(issue(state, kind, token.subject, lifetime))
        }
        TokenKind::Page(_) | TokenKind::Instagram => {
            Err(GraphError::new(100, "(#100) The access token to exchange is not a user access token"))
        }
    }
}

/// Mint a token and describe it the way the endpoint does; `expires_in` stays away when it never ends.
fn issue(state: &mut State, kind: TokenKind, subject: String, lifetime: i64) -> Value {
    let token = mint(state, kind, subject, lifetime);
    let mut answer = json!({"access_token": token, "token_type": "bearer"});
    if lifetime > 0 {
        // Meta's figure is always a little under the round number.
        answer["expires_in"] = json!(if lifetime >= 86_400 { lifetime - 56 } else { lifetime - 17 });
    }
    answer
}

/// Mint a token that lives this many seconds, `0` for ever.
pub(crate) fn mint(state: &mut State, kind: TokenKind, subject: String, lifetime: i64) -> String {
    let now = state.now();
    let expires_at = if lifetime == 0 { 0 } else { now + lifetime };
    let token = Token { kind, subject, issued_at: now, expires_at, revoked: None };
    state.tokens.mint(&mut state.rng, token)
}
