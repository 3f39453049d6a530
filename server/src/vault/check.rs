//! Whether the key ring opens what the database holds.

use std::collections::BTreeSet;

use super::{INSTALLATION, Place, Vault, VaultError};
use crate::{
    db::{Db, credentials, installation_secrets, webhook_secrets},
    error::{Error, Result},
    words::failures,
};

/// Whether the database holds anything that is sealed: then a new key would open none of it.
///
/// # Errors
/// When the database fails.
pub async fn holds_sealed_values(db: &Db) -> Result<bool> {
    let secrets = installation_secrets::count_by_key(db).await?;
    Ok(!secrets.is_empty()
        || !credentials::count_by_key_across_tenants(db).await?.is_empty()
        || !webhook_secrets::count_by_key_across_tenants(db).await?.is_empty())
}

/// Opens one sealed value of each key that is in use.
///
/// # Errors
/// [`Error::Conflict`] that names the keys when one is missing from the ring or is another key of the same name.
pub async fn check_keys(db: &Db, vault: &Vault) -> Result<()> {
    let (mut missing, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    let mut judge = |place: Place<'_>, sealed: &super::Sealed| match vault.open(place, sealed) {
        Ok(_) => {}
        Err(VaultError::UnknownKey(id)) => drop(missing.insert(id)),
        Err(VaultError::NotAuthentic | VaultError::Malformed) => drop(wrong.insert(sealed.key_id().to_owned())),
    };
    for row in credentials::list_latest_by_key_across_tenants(db).await? {
        let place = Place { tenant: row.tenant_id.as_str(), purpose: credentials::PURPOSE, row: row.id.as_str() };
        judge(place, &row.sealed);
    }
    for row in webhook_secrets::list_latest_by_key_across_tenants(db).await? {
        let place = Place { tenant: row.tenant_id.as_str(), purpose: webhook_secrets::PURPOSE, row: row.id.as_str() };
        judge(place, &row.sealed);
    }
    for row in installation_secrets::list(db).await? {
        judge(Place { tenant: INSTALLATION, purpose: installation_secrets::PURPOSE, row: &row.name }, &row.sealed);
    }
    if !missing.is_empty() {
        return Err(Error::Conflict(failures::accounts::encryption_key_missing(named(&missing))));
    }
    if !wrong.is_empty() {
        return Err(Error::Conflict(failures::accounts::encryption_key_wrong(named(&wrong))));
    }
    Ok(())
}

fn named(keys: &BTreeSet<String>) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
