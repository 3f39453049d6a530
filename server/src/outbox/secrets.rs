//! The secrets of endpoints: made by us, sealed, told once.

use std::time::Duration;

use secrecy::SecretString;

use super::{disable, endpoints, signature};
use crate::{
    accounts::Actor,
    clock::Timestamp,
    db::{
        webhook_endpoints::{self, WebhookEndpoint},
        webhook_secrets::{self, PURPOSE},
    },
    error::{Error, Result},
    ids::{TenantId, WebhookEndpointId, WebhookSecretId},
    services::Services,
    vault::{Place, Sealed},
    words::failures::events as failures,
};

/// How long a former secret signs beside the present one.
pub const OVERLAP: Duration = Duration::from_secs(24 * 3600);
/// With so many secrets that sign, no further one is made.
const MOST_LIVE: i64 = 5;
/// How many secrets one step reads.
const BATCH: i64 = 200;

/// A secret that was just made in the place of another.
#[derive(Debug)]
pub struct RotatedSecret {
    /// The new secret. It is shown this once.
    pub secret: SecretString,
    /// Until when the former one signs too.
    pub former_until: Timestamp,
}

/// A secret, sealed for its row.
pub(super) struct MadeSecret {
    pub(super) id: WebhookSecretId,
    pub(super) secret: SecretString,
    pub(super) sealed: Sealed,
}

pub(super) fn make(services: &Services, tenant: &TenantId) -> Result<MadeSecret> {
    let (id, secret) = (WebhookSecretId::new(services.ids()), signature::new_secret(services.entropy()));
    let sealed = services.vault().seal(place(tenant, &id), &secret).map_err(Error::internal)?;
    Ok(MadeSecret { id, secret, sealed })
}

fn place<'a>(tenant: &'a TenantId, id: &'a WebhookSecretId) -> Place<'a> {
    Place { tenant: tenant.as_str(), purpose: PURPOSE, row: id.as_str() }
}

/// Puts a new secret in the place of an endpoint's present one, which signs beside it for [`OVERLAP`].
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`]; [`Error::Conflict`] after several rotations
/// within that time.
pub async fn rotate_secret(services: &Services, actor: &Actor, id: &WebhookEndpointId) -> Result<RotatedSecret> {
    let actor = actor.admin()?;
    let endpoint = endpoints::of_tenant(services, &actor.tenant_id, id).await?;
    let made = make(services, &actor.tenant_id)?;
    let now = services.clock().now();
    let former_until = now.plus(OVERLAP);
    let host = endpoints::host(&endpoint.url);
    let said = actor.did(services, "webhook_endpoint.secret_rotated", &host).await?;
    let new = (&made.id, &made.sealed);
    let bounds = (former_until, MOST_LIVE);
    if !webhook_secrets::rotate(services.db(), &actor.tenant_id, id, new, bounds, &said, now).await? {
        // It may have gone meanwhile.
        endpoints::of_tenant(services, &actor.tenant_id, id).await?;
        return Err(Error::Conflict(failures::too_many_secrets()));
    }
    Ok(RotatedSecret { secret: made.secret, former_until })
}

/// The secrets that sign for an endpoint now, the present one first. Nothing when one of them does not open.
pub(super) async fn open_live(services: &Services, endpoint: &WebhookEndpoint) -> Result<Option<Vec<SecretString>>> {
    let now = services.clock().now();
    let live = webhook_secrets::list_live(services.db(), &endpoint.tenant_id, &endpoint.id, now).await?;
    let opened = live.iter().map(|row| services.vault().open(place(&row.tenant_id, &row.id), &row.sealed));
    Ok(opened.collect::<std::result::Result<Vec<_>, _>>().ok().filter(|secrets| !secrets.is_empty()))
}

/// Forgets every secret that the key ring does not open, and disables the endpoints whose events cannot be signed any more.
/// Answers how many secrets.
///
/// # Errors
/// When the database fails; what was given up stays so.
pub(crate) async fn give_up_secrets(services: &Services) -> Result<u64> {
    let (db, mut after, mut gone) = (services.db(), String::new(), 0);
    loop {
        // No key has an empty name: these are all.
        let batch = webhook_secrets::list_sealed_with_other_key_across_tenants(db, "", &after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(gone) };
        after = last.id.to_string();
        for row in batch {
            if services.vault().open(place(&row.tenant_id, &row.id), &row.sealed).is_ok() {
                continue;
            }
            let Some(endpoint) = webhook_secrets::delete(db, &row.tenant_id, &row.id).await? else { continue };
            gone += 1;
            if let Some(endpoint) = webhook_endpoints::get(db, &row.tenant_id, &endpoint).await?
                && open_live(services, &endpoint).await?.is_none()
            {
                disable::disable(services, &endpoint, failures::secret_lost()).await?;
            }
        }
    }
}
