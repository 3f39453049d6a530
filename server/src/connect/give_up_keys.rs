//! Going on without a key that is lost for good.

use std::collections::BTreeMap;

use crate::{
    apps::place,
    db::{
        connections,
        credentials::{self, CredentialKind, PURPOSE},
        installation_secrets, meta_apps, to_json,
    },
    error::Result,
    ids::{ConnectionId, TenantId},
    observe::{self, Note},
    outbox,
    services::Services,
    vault::Place,
    words::failures::{connect as failures, log},
};

/// How many credentials one step reads.
const BATCH: i64 = 200;

/// What was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct GivenUp {
    /// Credentials that do not open, and are gone now.
    pub credentials: u64,
    /// Connections that have to be confirmed at Meta again.
    pub connections: u64,
    /// Secrets of Meta apps that do not open, and are gone now: they have to be entered again.
    pub app_secrets: u64,
    /// Secrets of webhook endpoints that do not open, and are gone now: endpoints without one are disabled.
    pub webhook_secrets: u64,
    /// Whether the audit log went on with a new key, because its own was lost too.
    pub audit_key: bool,
}

/// Forgets every credential that the key ring does not open, and tells each connection that it has to be confirmed at Meta
/// again; the same with the secrets of endpoints. What opens stays as it is.
///
/// # Errors
/// When the database fails; what was given up stays so, and the command can be repeated.
pub async fn give_up_keys(services: &Services) -> Result<GivenUp> {
    let mut done = GivenUp {
        app_secrets: give_up_app_secrets(services).await?,
        audit_key: observe::replace_lost_key(services).await?,
        webhook_secrets: outbox::give_up_secrets(services).await?,
        ..GivenUp::default()
    };
    let mut lost: BTreeMap<(TenantId, ConnectionId), bool> = BTreeMap::new();
    let (db, mut after) = (services.db(), String::new());
    loop {
        // No key has an empty name: these are all.
        let batch = credentials::list_sealed_with_other_key_across_tenants(db, "", &after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id.to_string();
        for row in batch {
            let place = Place { tenant: row.tenant_id.as_str(), purpose: PURPOSE, row: row.id.as_str() };
            if services.vault().open(place, &row.sealed).is_ok() {
                continue;
            }
            if let Some(connection) = credentials::delete(db, &row.tenant_id, &row.id).await? {
                done.credentials += 1;
                *lost.entry((row.tenant_id, connection)).or_default() |=
                    matches!(row.kind, CredentialKind::User | CredentialKind::SystemUser | CredentialKind::Instagram);
            }
        }
    }
    for ((tenant, connection), main) in lost {
        if main {
            done.connections += 1;
            let problem = to_json(&failures::credential_lost())?;
            connections::mark_refused(db, &tenant, &connection, None, &problem, services.clock().now()).await?;
        }
        let note = Note::problem("credential_lost", log::credential_lost());
        observe::log(services, &tenant, &connection, vec![note]).await?;
        observe::audit_other(services, &tenant, "Operator", "keys.given_up", "a lost encryption key").await?;
    }
    Ok(done)
}

/// Forgets what was sealed of Meta apps and does not open.
async fn give_up_app_secrets(services: &Services) -> Result<u64> {
    let mut gone = 0;
    for row in installation_secrets::list(services.db()).await? {
        let of_app = meta_apps::is_name(&row.name);
        if of_app && services.vault().open(place(&row.name), &row.sealed).is_err() {
            installation_secrets::delete(services.db(), &row.name).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
