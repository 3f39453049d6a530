//! `/debug_token` with granular scopes (Meta reference §4.6).

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::auth::{self, Caller};
use super::errors::GraphError;
use super::params::Params;
use crate::permissions::known;
use crate::state::{DATA_ACCESS, Grant, Selection, State, Token, TokenKind};
use crate::world::{AssetKind, Persona, World};

/// Answer `/debug_token`.
pub(crate) fn debug_token(state: &State, params: &Params, bearer: Option<&str>) -> Result<Value, GraphError> {
    if !may_debug(state, params, bearer)? {
        return Err(GraphError::new(
            100,
            "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
        ));
    }
    let Some(input) = params.filled("input_token") else {
        return Err(GraphError::missing_parameter("input_token"));
    };
    if state.other_app_of(&input).is_some() {
        return Err(GraphError::new(100, "(#100) The App_id in the input_token did not match the Viewing App"));
    }
    Ok(json!({ "data": describe(state, &input) }))
}

fn may_debug(state: &State, params: &Params, bearer: Option<&str>) -> Result<bool, GraphError> {
    Ok(match auth::authenticate(state, params, bearer)? {
        Caller::App => true,
        Caller::User { person, .. } => {
            state.world.people.get(person).is_some_and(|person| state.world.app.roles.contains(&person.id))
        }
        _ => false,
    })
}

fn describe(state: &State, input: &str) -> Value {
    let app = &state.world.app;
    if auth::is_app_token(state, input) {
        return json!({"app_id": app.id, "type": "APP", "application": app.name, "is_valid": true, "scopes": []});
    }
    let Some(token) = state.tokens.get(input) else {
        let error = auth::unparsable(input);
        return json!({
            "error": {"code": error.code, "message": error.message},
            "is_valid": false,
            "scopes": [],
        });
    };
    let mut data = known_token(state, token);
    match auth::problem(state, token) {
        None => data["is_valid"] = json!(true),
        Some(problem) => {
            data["is_valid"] = json!(false);
            data["error"] = json!({"code": problem.code, "message": problem.message, "subcode": problem.subcode});
        }
    }
    data
}

fn known_token(state: &State, token: &Token) -> Value {
    let app = &state.world.app;
    let (kind, profile) = match &token.kind {
        TokenKind::UserShort | TokenKind::UserLong | TokenKind::Instagram => ("USER", None),
        TokenKind::SystemUser => ("SYSTEM_USER", None),
        TokenKind::Page(page) => ("PAGE", Some(page)),
    };
    let system_user = state.grants.system_user(&token.subject);
    let (grant, persona) = match system_user {
        Some(user) => (Some(&user.grant), user.persona.as_str()),
        None => (state.grants.person(&token.subject), token.subject.as_str()),
    };
    let grant = grant.cloned().unwrap_or_default();
    let data_access = if system_user.is_some() { 0 } else { grant.last_used + DATA_ACCESS };
    let mut data = json!({
        "app_id": app.id,
        "type": kind,
        "application": app.name,
        "expires_at": token.expires_at,
        "data_access_expires_at": data_access,
        "scopes": grant.granted,
        "granular_scopes": granular_scopes(&state.world, &grant, persona),
        "user_id": token.subject,
    });
    // Short tokens come without it.
    if token.kind != TokenKind::UserShort {
        data["issued_at"] = json!(token.issued_at);
    }
    if let Some(page) = profile {
        data["profile_id"] = json!(page);
    }
    data
}

/// One entry per granted permission that is about assets. No `target_ids` means all of them.
pub(crate) fn granular_scopes(world: &World, grant: &Grant, persona: &str) -> Vec<Value> {
    let Some(persona) = world.people.iter().find(|person| person.id == persona) else { return Vec::new() };
    grant
        .granted
        .iter()
        .filter_map(|scope| {
            let kind = known(scope)?.kind?;
            match grant.ticks.get(kind)? {
                Selection::All | Selection::Current => Some(json!({ "scope": scope })),
                Selection::Only(ids) => {
                    let targets: Vec<String> = assets(world, persona, kind)
                        .into_iter()
                        .filter(|id| ids.contains(id))
                        .map(|id| id.strip_prefix("act_").map(str::to_owned).unwrap_or(id))
                        .collect();
                    (!targets.is_empty()).then(|| json!({"scope": scope, "target_ids": targets}))
                }
            }
        })
        .collect()
}

/// Ids of the assets of one kind this person has a role on; WABAs newest first.
pub(crate) fn assets(world: &World, persona: &Persona, kind: AssetKind) -> Vec<String> {
    let ids: Vec<&String> = match kind {
        AssetKind::Page => world.pages.iter().map(|page| &page.id).collect(),
        // What is linked to no Page is out of Facebook's sight.
        AssetKind::Instagram => world.pages.iter().filter_map(|page| page.instagram.as_ref()).collect(),
        AssetKind::Business => world.businesses.iter().map(|business| &business.id).collect(),
        AssetKind::AdAccount => world.ad_accounts.iter().map(|account| &account.id).collect(),
        AssetKind::Whatsapp => {
            let mut accounts: Vec<_> = world.whatsapp_accounts.iter().enumerate().collect();
            accounts.sort_by_key(|(i, account)| Reverse((account.creation_time, *i)));
            accounts.into_iter().map(|(_, account)| &account.id).collect()
        }
    };
    ids.into_iter().filter(|id| persona.sees(id)).cloned().collect()
}
