//! Moving sealed values to the active key while the product runs.

use super::{INSTALLATION, Place, Sealed, Vault};
use crate::{
    db::{Db, credentials, installation_secrets, webhook_secrets},
    error::{Error, Result},
};

/// How many values one step moves. Small, so that no write transaction lasts long.
const BATCH: i64 = 200;

/// What a rotation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Rotation {
    /// Values now sealed with the active key that were not before.
    pub moved: u64,
    /// Values that could not be opened, and stay as they are.
    pub unreadable: u64,
}

/// Seals every saved secret with the active key, in batches. Safe to stop and to repeat, and to run beside others: a value
/// that changed meanwhile is left to whoever changed it.
///
/// # Errors
/// [`Error::Internal`] when the database fails; what was moved stays moved.
pub async fn rotate(db: &Db, vault: &Vault) -> Result<Rotation> {
    let mut result = Rotation::default();
    for row in installation_secrets::list(db).await? {
        let place = Place { tenant: INSTALLATION, purpose: installation_secrets::PURPOSE, row: &row.name };
        if row.sealed.key_id() == vault.active_key_id() {
            continue;
        }
        if let Some(sealed) = reseal(vault, place, &row.sealed, &mut result)?
            && installation_secrets::update_sealed(db, &row.name, &row.sealed, &sealed).await?
        {
            result.moved += 1;
        }
    }
    rotate_credentials(db, vault, &mut result).await?;
    rotate_webhook_secrets(db, vault, &mut result).await?;
    Ok(result)
}

async fn rotate_credentials(db: &Db, vault: &Vault, result: &mut Rotation) -> Result<()> {
    let (key, mut after) = (vault.active_key_id(), String::new());
    loop {
        let batch = credentials::list_sealed_with_other_key_across_tenants(db, key, &after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id.to_string();
        for row in batch {
            let place = Place { tenant: row.tenant_id.as_str(), purpose: credentials::PURPOSE, row: row.id.as_str() };
            if let Some(sealed) = reseal(vault, place, &row.sealed, result)?
                && credentials::update_sealed(db, &row.tenant_id, &row.id, &row.sealed, &sealed).await?
            {
                result.moved += 1;
            }
        }
    }
}

async fn rotate_webhook_secrets(db: &Db, vault: &Vault, result: &mut Rotation) -> Result<()> {
    let (key, mut after) = (vault.active_key_id(), String::new());
    loop {
        let batch = webhook_secrets::list_sealed_with_other_key_across_tenants(db, key, &after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id.to_string();
        for row in batch {
            let place =
                Place { tenant: row.tenant_id.as_str(), purpose: webhook_secrets::PURPOSE, row: row.id.as_str() };
            if let Some(sealed) = reseal(vault, place, &row.sealed, result)?
                && webhook_secrets::update_sealed(db, &row.tenant_id, &row.id, &row.sealed, &sealed).await?
            {
                result.moved += 1;
            }
        }
    }
}

/// The value sealed with the active key; `None`, counted and logged, when it does not open.
fn reseal(vault: &Vault, place: Place<'_>, sealed: &Sealed, result: &mut Rotation) -> Result<Option<Sealed>> {
    if let Ok(secret) = vault.open(place, sealed) {
        return vault.seal(place, &secret).map(Some).map_err(Error::internal);
    }
    tracing::error!(row = place.row, key = sealed.key_id(), "a sealed secret does not open");
    result.unreadable += 1;
    Ok(None)
}
