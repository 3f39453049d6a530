//! Codes to tokens of an hour, those to tokens of sixty days, and those to later ones.

use serde_json::{Value, json};

use super::scoped_id;
use crate::graph::{self, GraphError, Params};
use crate::secrets;
use crate::state::{Binding, CodeFor, SIXTY_DAYS, State, Token, TokenKind};

/// Life of the first token, in seconds.
const HOUR: i64 = 3600;
/// A token is not renewed before this age, in seconds.
const YOUNGEST: i64 = 86_400;

/// What `api.instagram.com` answers to every wrong request: code 400 and words.
fn wrong(words: &str) -> GraphError {
    GraphError::new(400, words)
}

/// `POST api.instagram.com/oauth/access_token`.
pub(crate) fn exchange_code(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    let app = &state.world.app.instagram;
    if params.text("client_id").as_deref() != Some(app.id.as_str()) {
        return Err(wrong("Invalid platform app"));
    }
    if !params.text("client_secret").is_some_and(|secret| secrets::same(&secret, &app.secret)) {
        return Err(wrong("Error validating client secret."));
    }
    if params.text("grant_type").as_deref() != Some("authorization_code") {
        return Err(wrong("Invalid grant_type"));
    }
    let value = params.text("code").unwrap_or_default();
    let code = state.codes.get(&value).cloned().filter(|code| code.yields == CodeFor::Instagram);
    let code = code.ok_or_else(|| wrong("Invalid authorization code"))?;
    if code.used {
        return Err(wrong("Matching code was not found or was already used"));
    }
    if state.now() >= code.expires_at {
        return Err(wrong("This authorization code has expired"));
    }
    if code.binding != Binding::Exact(params.text("redirect_uri").unwrap_or_default()) {
        return Err(wrong("Error validating verification code. Please make sure your redirect_uri is identical"));
    }
    state.codes.burn(&value);
    let granted: Vec<String> =
        state.grants.person(&code.persona).map(|grant| grant.granted.iter().cloned().collect()).unwrap_or_default();
    let user_id = scoped_id(&code.persona);
    let token = graph::mint(state, TokenKind::Instagram, code.persona, HOUR);
    // Real answers have the id as a number, and no list around all of it.
    Ok(json!({"access_token": token, "user_id": user_id.parse::<u64>().unwrap_or_default(), "permissions": granted}))
}

/// `GET graph.instagram.com/access_token`.
pub(crate) fn lengthen(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    if params.text("grant_type").as_deref() != Some("ig_exchange_token") {
        return Err(GraphError::missing_parameter("grant_type"));
    }
    let secret = &state.world.app.instagram.secret;
    if !params.text("client_secret").is_some_and(|given| secrets::same(&given, secret)) {
        return Err(GraphError::new(101, "Error validating client secret.").challenge("invalid_client"));
    }
    let token = own(state, params)?;
    Ok(issue(state, token.subject))
}

/// `GET graph.instagram.com/refresh_access_token`.
pub(crate) fn refresh(state: &mut State, params: &Params) -> Result<Value, GraphError> {
    if params.text("grant_type").as_deref() != Some("ig_refresh_token") {
        return Err(GraphError::missing_parameter("grant_type"));
    }
    let token = own(state, params)?;
    if state.now() < token.issued_at + YOUNGEST {
        return Err(GraphError::new(10, "Application does not have permission for this action"));
    }
    Ok(issue(state, token.subject))
}

/// The token that is asked about, alive.
fn own(state: &State, params: &Params) -> Result<Token, GraphError> {
    let value = params.text("access_token").unwrap_or_default();
    let token = state.tokens.get(&value).cloned().filter(|token| token.kind == TokenKind::Instagram);
    let token = token.ok_or_else(|| graph::unparsable(&value))?;
    match graph::problem(state, &token) {
        Some(problem) => Err(problem),
        None => Ok(token),
    }
}

fn issue(state: &mut State, account: String) -> Value {
    let token = graph::mint(state, TokenKind::Instagram, account, SIXTY_DAYS);
    json!({"access_token": token, "token_type": "bearer", "expires_in": SIXTY_DAYS - 56})
}
