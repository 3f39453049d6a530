//! What Meta says about a token, in the shape that we keep.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::upkeep::renewal;
use crate::{
    clock::Timestamp,
    db::{connections::TokenState, credentials::CredentialKind},
    ids::ConnectionId,
    meta::{Expiry, GrantState, Login, Permission, PermissionStatus, TokenFacts, TokenKind},
};

/// The permissions of a connection, as kept in the database and shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Permissions {
    /// What was granted, in Meta's names.
    pub granted: Vec<String>,
    /// What was asked for, is useful, and was not granted.
    pub missing: Vec<String>,
    /// What became of missing ones when the person was asked, as far as Meta said it then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub became: BTreeMap<String, Ungranted>,
}

/// What became of a permission that is missing (Meta reference §4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ungranted {
    /// The person declined it.
    Declined,
    /// It was granted once, and lapsed.
    Expired,
    /// Meta did not ask for it.
    NotAsked,
}

impl Permissions {
    /// Compares what Meta lists with what was asked for. A configuration names its permissions only at Meta; what our
    /// assets cannot do without is then the measure.
    pub(super) fn compare(facts: &TokenFacts, asked: &Login) -> Self {
        let granted: Vec<String> = facts.scopes.iter().map(ToString::to_string).collect();
        let wanted: Vec<Permission> = match asked {
            _ if is_of_whatsapp_alone(facts) => WHATSAPP.to_vec(),
            Login::Scopes(scopes) | Login::Instagram(scopes) => scopes.clone(),
            Login::Configuration { .. } => indispensable(),
        };
        let missing = wanted.iter().map(ToString::to_string).filter(|name| !granted.contains(name)).collect();
        Self { granted, missing, became: BTreeMap::new() }
    }

    /// The same with what Meta says of every permission that the person was asked for.
    pub(super) fn told(self, all: &[PermissionStatus]) -> Self {
        let state = |name: &str| all.iter().find(|one| one.permission.as_str() == name).map(|one| one.status);
        let became = |name: &String| match state(name) {
            Some(GrantState::Declined) => Some((name.clone(), Ungranted::Declined)),
            Some(GrantState::Expired) => Some((name.clone(), Ungranted::Expired)),
            Some(GrantState::Granted | GrantState::Unknown) => None,
            None => Some((name.clone(), Ungranted::NotAsked)),
        };
        let became = self.missing.iter().filter_map(became).collect();
        Self { became, ..self }
    }

    /// The same with what was known of permissions that are missing still.
    pub(super) fn knowing(self, before: &Self) -> Self {
        let still = before.became.iter().filter(|(name, _)| self.missing.contains(name));
        let became = still.map(|(name, state)| (name.clone(), *state)).collect();
        Self { became, ..self }
    }
}

/// What Embedded Signup gives, and all that its numbers need.
const WHATSAPP: [Permission; 2] = [Permission::WHATSAPP_BUSINESS_MANAGEMENT, Permission::WHATSAPP_BUSINESS_MESSAGING];

/// Whether a grant is that of an Embedded Signup: a system user's, and of no other product. Pages are not missing from it.
fn is_of_whatsapp_alone(facts: &TokenFacts) -> bool {
    let of_another = |permission: &Permission| {
        ["pages_", "instagram_", "ads_"].iter().any(|product| permission.as_str().starts_with(product))
    };
    facts.kind == TokenKind::SystemUser && facts.has(&WHATSAPP[0]) && !facts.scopes.iter().any(of_another)
}

/// The permissions without which some kind of asset cannot be used.
fn indispensable() -> Vec<Permission> {
    let needed = |permission: &Permission| {
        let entry = permission.entry();
        entry.is_some_and(|entry| !entry.needed_for.is_empty()) || *permission == Permission::ADS_READ
    };
    super::login::needed_permissions().into_iter().filter(needed).collect()
}

/// The kind under which a token is kept; `None` for kinds that no login gives.
pub(super) fn credential_kind(kind: TokenKind) -> Option<CredentialKind> {
    match kind {
        TokenKind::User => Some(CredentialKind::User),
        TokenKind::SystemUser => Some(CredentialKind::SystemUser),
        TokenKind::Page => Some(CredentialKind::Page),
        TokenKind::Instagram => Some(CredentialKind::Instagram),
        TokenKind::App => None,
    }
}

/// The columns that follow from what Meta says of a token that `connection` has had since `since`.
pub(super) fn token_state<'a>(
    facts: &TokenFacts,
    kind: CredentialKind,
    permissions: &'a str,
    since: Timestamp,
    connection: &ConnectionId,
) -> TokenState<'a> {
    let moment = |expiry| -> Option<Timestamp> {
        match expiry {
            Expiry::At(moment) => Some(moment),
            Expiry::Never | Expiry::Unknown => None,
        }
    };
    TokenState {
        kind,
        permissions,
        expires_at: moment(facts.expires_at),
        data_access_expires_at: moment(facts.data_access_expires_at),
        renew_at: renewal::moment(facts, since, connection),
    }
}
