//! Keys for programs. A key acts as an owner of its tenant; it is told once and kept as a hash.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{Actor, limits::CALLS_BY_KEY};
use crate::{
    clock::Timestamp,
    db::{
        api_keys::{self, ApiKey, NewApiKey},
        audit::Said,
        memberships::{Membership, Role},
        tenants,
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{ApiKeyId, TenantId, UserId},
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// What every key begins with, so that people and scanners of secrets know one when they see it.
const PREFIX: &str = "att_";
/// The longest name of a key, in characters.
const MOST_NAME: usize = 100;
/// How many keys a tenant may have that open something.
const MOST_KEYS: usize = 50;
/// How precisely the last use is written down: not every call has to write.
const USE_STEP: Duration = Duration::from_secs(60);

/// A key that was just made.
#[derive(Debug)]
pub struct IssuedApiKey {
    /// Its identifier, by which it is revoked.
    pub id: ApiKeyId,
    /// The key: `att_` and 256 random bits. It is not kept.
    pub key: SecretString,
}

/// Makes a key for a tenant. `by` is who makes it, for people.
///
/// # Errors
/// [`Error::NotFound`] without such a tenant, [`Error::Invalid`] for an empty or overlong name.
pub async fn create_api_key(services: &Services, tenant: &TenantId, name: &str, by: &str) -> Result<IssuedApiKey> {
    let name = named(name)?;
    tenants::get(services.db(), tenant).await?.ok_or(Error::NotFound("business"))?;
    let said = observe::said_by_other(services, by, "api_key.created", name).await?;
    issue(services, tenant, (name, by), &said).await
}

/// Makes a key for the actor's tenant.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is an owner: a key acts as one. [`Error::Invalid`] for an empty or overlong name,
/// [`Error::Conflict`] when there are 50 already that open something.
pub async fn issue_api_key(services: &Services, actor: &Actor, name: &str) -> Result<IssuedApiKey> {
    let actor = actor.admin()?;
    if actor.role != Role::Owner {
        return Err(Error::Forbidden("A key acts as an owner, so only an owner makes one."));
    }
    let name = named(name)?;
    let keys = api_keys::list(services.db(), &actor.tenant_id).await?;
    if keys.iter().filter(|key| key.revoked_at.is_none()).count() >= MOST_KEYS {
        return Err(Error::Conflict(failures::too_many_keys(i64::try_from(MOST_KEYS).unwrap_or(i64::MAX))));
    }
    let said = actor.did(services, "api_key.created", name).await?;
    issue(services, &actor.tenant_id, (name, &actor.name), &said).await
}

fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MOST_NAME {
        return Err(Error::invalid(
            "name",
            "Give the key a name of at most 100 characters, for the program that will use it.",
        ));
    }
    Ok(name)
}

async fn issue(
    services: &Services,
    tenant: &TenantId,
    (name, by): (&str, &str),
    said: &Said<'_>,
) -> Result<IssuedApiKey> {
    let id = ApiKeyId::new(services.ids());
    let key = format!("{PREFIX}{}", services.entropy().token());
    let new = NewApiKey { id: &id, name, secret_hash: &hash_token(&key), created_by: by };
    api_keys::insert(services.db(), tenant, &new, said, services.clock().now()).await?;
    Ok(IssuedApiKey { id, key: SecretString::from(key) })
}

/// The keys of the actor's tenant, oldest first; those that open nothing any more too.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin.
pub async fn list_api_keys(services: &Services, actor: &Actor) -> Result<Vec<ApiKey>> {
    api_keys::list(services.db(), &actor.admin()?.tenant_id).await
}

/// Ends a key of the actor's tenant at once.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::NotFound`] when the tenant has no such key that opens
/// anything.
pub async fn withdraw_api_key(services: &Services, actor: &Actor, id: &ApiKeyId) -> Result<()> {
    let actor = actor.admin()?;
    let name = name_of(services, &actor.tenant_id, id).await?;
    let said = actor.did(services, "api_key.revoked", &name).await?;
    revoke(services, &actor.tenant_id, id, &said).await
}

/// Ends a key at once.
///
/// # Errors
/// [`Error::NotFound`] when the tenant has no such key that opens anything.
pub async fn revoke_api_key(services: &Services, tenant: &TenantId, id: &ApiKeyId, by: &str) -> Result<()> {
    let name = name_of(services, tenant, id).await?;
    let said = observe::said_by_other(services, by, "api_key.revoked", &name).await?;
    revoke(services, tenant, id, &said).await
}

/// What a key of the tenant is for.
async fn name_of(services: &Services, tenant: &TenantId, id: &ApiKeyId) -> Result<String> {
    let key = api_keys::list(services.db(), tenant).await?.into_iter().find(|key| key.id == *id);
    key.map(|key| key.name).ok_or(Error::NotFound("API key"))
}

async fn revoke(services: &Services, tenant: &TenantId, id: &ApiKeyId, said: &Said<'_>) -> Result<()> {
    let ended = api_keys::mark_revoked(services.db(), tenant, id, said, services.clock().now()).await?;
    if ended { Ok(()) } else { Err(Error::NotFound("API key")) }
}

/// Who calls with this key; `None` for one that opens nothing (any more).
///
/// # Errors
/// [`Error::Busy`] after too many calls with one key.
pub async fn find_api_caller(services: &Services, key: &SecretString) -> Result<Option<Actor>> {
    let key = key.expose_secret();
    if !key.starts_with(PREFIX) {
        return Ok(None);
    }
    let found = api_keys::find_live_by_secret_hash_across_tenants(services.db(), &hash_token(key)).await?;
    let Some(found) = found else { return Ok(None) };
    CALLS_BY_KEY.count(services, found.id.as_str()).await?;
    let now = services.clock().now();
    if found.last_used_at.is_none_or(|at| Timestamp::from_millis(at).plus(USE_STEP) <= now) {
        api_keys::mark_used(services.db(), &found.tenant_id, &found.id, now).await?;
    }
    actor_of(found).map(Some)
}

/// The key as somebody who acts. It has no account: its own identifier stands where a person's would, so that the audit log
/// tells keys apart.
fn actor_of(key: ApiKey) -> Result<Actor> {
    let digits = key.id.as_str().trim_start_matches(ApiKeyId::PREFIX);
    let user_id: UserId = format!("{}{digits}", UserId::PREFIX).parse().map_err(Error::internal)?;
    let membership = Membership { tenant_id: key.tenant_id, tenant_name: key.tenant_name, role: Role::Owner };
    Ok(Actor {
        user_id,
        email: String::new(),
        name: format!("API key {}", key.name),
        operator: false,
        memberships: vec![membership.clone()],
        membership: Some(membership),
    })
}
