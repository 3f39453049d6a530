//! The address the browser is sent back to, and what it carries (Meta reference §3.1).

use serde_json::json;
use url::Url;
use url::form_urlencoded::Serializer;

use super::consent::Consent;
use super::request::DialogRequest;
use super::signup;
use crate::secrets;
use crate::state::{Binding, Code, CodeFor, DATA_ACCESS, SHORT, State, Token, TokenKind};
use crate::world::Persona;

/// Life of a popup's `config_id` code, in seconds.
const POPUP_CODE: i64 = 30;
/// Life of every other code, in seconds.
const REDIRECT_CODE: i64 = 600;

/// Where a consent leads.
pub(super) fn granted(
    state: &mut State,
    request: &DialogRequest,
    person: &Persona,
    consent: &Consent,
    yields: CodeFor,
    (given, refused): (&[String], &[String]),
) -> Url {
    let now = state.now();
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if request.response_type.token {
        let token = Token {
            kind: TokenKind::UserShort,
            subject: person.id.clone(),
            issued_at: now,
            expires_at: now + SHORT,
            revoked: None,
        };
        pairs.push(("access_token", state.tokens.mint(&mut state.rng, token)));
        pairs.push(("expires_in", SHORT.to_string()));
        pairs.push(("data_access_expiration_time", (now + DATA_ACCESS).to_string()));
        if request.response_type.signed_request {
            let payload = json!({"user_id": person.id, "algorithm": "HMAC-SHA256", "issued_at": now});
            pairs.push(("signed_request", secrets::signed_request(&state.world.app.secret, &payload)));
            pairs.push(("graph_domain", "facebook".into()));
            pairs.push(("user_id", person.id.clone()));
        }
    }
    if request.response_type.code {
        pairs.push(("code", code(state, request, person, yields)));
    }
    if request.response_type.granted_scopes || request.return_scopes {
        pairs.push(("granted_scopes", given.join(",")));
        pairs.push(("denied_scopes", refused.join(",")));
    }
    pairs.extend(request.state.clone().map(|state| ("state", state)));
    if let Some(message) = signup::finished(state, request, person, consent) {
        pairs.push(("session", message));
        pairs.push(("order", signup::order(state)));
    }
    back(request, &pairs)
}

fn code(state: &mut State, request: &DialogRequest, person: &Persona, yields: CodeFor) -> String {
    let now = state.now();
    let (binding, life) = match (&request.popup, &request.configuration) {
        (Some(_), Some(_)) => (Binding::Unbound, POPUP_CODE),
        (Some(popup), None) => (Binding::Popup(popup.page.clone()), REDIRECT_CODE),
        (None, _) => (Binding::Exact(request.redirect_text.clone()), REDIRECT_CODE),
    };
    let value = format!("AQ{}", secrets::opaque(&mut state.rng, 180));
    let code = Code { persona: person.id.clone(), yields, binding, expires_at: now + life, used: false };
    state.codes.insert(value.clone(), code, now);
    value
}

/// What *Cancel* sends back (Meta reference §3.1).
pub(super) fn denied(state: &State, request: &DialogRequest, consent: Option<&Consent>) -> Url {
    let mut pairs = vec![
        ("error", "access_denied".to_owned()),
        ("error_code", "200".to_owned()),
        ("error_description", "Permissions error".to_owned()),
        ("error_reason", "user_denied".to_owned()),
    ];
    pairs.extend(request.state.clone().map(|state| ("state", state)));
    if let Some(message) = signup::abandoned(state, request, consent) {
        pairs.push(("session", message));
        pairs.push(("order", signup::order(state)));
    }
    back(request, &pairs)
}

/// The redirect URI with the answer: in the query for codes and errors, in the fragment for tokens and popups.
pub(super) fn back(request: &DialogRequest, pairs: &[(&str, String)]) -> Url {
    let mut url = request.redirect_uri.clone();
    let encoded = Serializer::new(String::new()).extend_pairs(pairs).finish();
    if let Some(popup) = &request.popup {
        let former = url.fragment().unwrap_or_default().to_owned();
        let allowed = if popup.allowed { "" } else { "&blocked=1" };
        url.set_fragment(Some(&format!("{former}&{encoded}{allowed}")));
    } else if request.response_type.token && !encoded.starts_with("error") {
        url.set_fragment(Some(&encoded));
    } else {
        if !pairs.is_empty() {
            url.query_pairs_mut().extend_pairs(pairs);
        }
        url.set_fragment(Some("_=_"));
    }
    url
}
