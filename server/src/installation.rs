//! What an operator sees of the whole installation.

use std::collections::HashMap;

use crate::{
    accounts::Actor,
    db::{
        Db, credentials, installation_secrets,
        tenants::{self, TenantSummary},
        webhook_secrets,
    },
    error::{Error, Result},
    ids::TenantId,
    services::Services,
    vault::{self, Rotation},
};

/// How many tenants a page shows.
pub const PAGE: i64 = 100;

/// A key of the ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// Its name; never the key.
    pub id: String,
    /// Whether new values are sealed with it.
    pub active: bool,
    /// Whether the ring holds it. Values sealed with one that it does not hold cannot be read.
    pub present: bool,
    /// How many values are sealed with it.
    pub values: u64,
}

/// Which database it runs on, for people.
pub fn database_kind(services: &Services) -> &'static str {
    match services.db() {
        Db::Sqlite { .. } => "SQLite",
        Db::Postgres(_) => "PostgreSQL",
    }
}

/// A page of the tenants, by name, after the name and identifier of the last one seen; and whether more follow.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator.
pub async fn list_tenants(
    services: &Services,
    actor: &Actor,
    after: (&str, &str),
) -> Result<(Vec<TenantSummary>, bool)> {
    actor.operator()?;
    let mut rows = tenants::list_summaries_across_tenants(services.db(), after, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    Ok((rows, more))
}

/// The tenant with this identifier, or the only one of this name: for whoever runs the installation.
///
/// # Errors
/// [`Error::NotFound`] when there is none, [`Error::Invalid`] when several have the name.
pub async fn find_tenant(services: &Services, text: &str) -> Result<TenantId> {
    if let Ok(id) = text.parse::<TenantId>() {
        return tenants::get(services.db(), &id).await?.map(|found| found.id).ok_or(Error::NotFound("business"));
    }
    let mut found = tenants::list_by_name_across_tenants(services.db(), text).await?;
    match (found.pop(), found.is_empty()) {
        (Some(tenant), true) => Ok(tenant.id),
        (Some(_), false) => Err(Error::invalid("tenant", "Several businesses have this name: give the id instead.")),
        (None, _) => Err(Error::NotFound("business")),
    }
}

/// Every key of the ring, the active one first, then those that are missing from it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator.
pub async fn list_keys(services: &Services, actor: &Actor) -> Result<Vec<KeyUse>> {
    actor.operator()?;
    let counted = credentials::count_by_key_across_tenants(services.db()).await?;
    let own = installation_secrets::count_by_key(services.db()).await?;
    let of_endpoints = webhook_secrets::count_by_key_across_tenants(services.db()).await?;
    let mut values: HashMap<String, u64> = HashMap::new();
    for (id, count) in counted.into_iter().chain(own).chain(of_endpoints) {
        *values.entry(id).or_default() += u64::try_from(count).unwrap_or(0);
    }
    let mut keys: Vec<KeyUse> = services
        .vault()
        .key_ids()
        .enumerate()
        .map(|(index, id)| KeyUse {
            id: id.to_owned(),
            active: index == 0,
            present: true,
            values: values.remove(id).unwrap_or(0),
        })
        .collect();
    let mut missing: Vec<KeyUse> =
        values.into_iter().map(|(id, values)| KeyUse { id, active: false, present: false, values }).collect();
    missing.sort_by(|one, other| one.id.cmp(&other.id));
    keys.append(&mut missing);
    Ok(keys)
}

/// Seals every saved token with the active key.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator.
pub async fn rotate_keys(services: &Services, actor: &Actor) -> Result<Rotation> {
    actor.operator()?;
    vault::rotate(services.db(), services.vault()).await
}
