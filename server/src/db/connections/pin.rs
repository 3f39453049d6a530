//! Keeping the PIN of a number.

use super::{HOLD_STANDING, grant::PUT_CREDENTIAL};
use crate::{
    clock::Timestamp,
    db::{Db, audit::Said, credentials::CredentialKind, jobs::NewJob},
    error::{Error, Result},
    ids::{AssetId, ConnectionId, CredentialId, TenantId},
    vault::Sealed,
};

/// A PIN that a person entered, and what follows from it.
#[derive(Debug)]
pub struct Entered<'a> {
    /// Kept with it.
    pub said: &'a Said<'a>,
    /// The number.
    pub asset: &'a AssetId,
    /// The job that registers the number with it.
    pub job: &'a NewJob<'a>,
}

/// Keeps a number's PIN, replacing an older one. Where a person entered it, that is written down, the failure to register
/// the number is over, and its registration is asked for.
///
/// # Errors
/// [`Error::NotFound`] for a connection that is not the tenant's or was taken apart; when the database fails.
pub async fn upsert_pin(
    db: &Db,
    tenant: &TenantId,
    connection: &ConnectionId,
    (id, number, sealed): (&CredentialId, &str, &Sealed),
    entered: Option<&Entered<'_>>,
    now: Timestamp,
) -> Result<()> {
    const OVER: &str = "UPDATE assets SET problem = NULL, problem_since = NULL, problem_step = NULL
        WHERE tenant_id = $1 AND id = $2 AND problem_step = 'registered'";
    in_transaction!(db, tx => {
        let standing = sqlx::query(HOLD_STANDING).bind(tenant).bind(connection).execute(&mut *tx).await?;
        if standing.rows_affected() == 0 {
            return Err(Error::NotFound("connection"));
        }
        sqlx::query(PUT_CREDENTIAL).bind(id).bind(tenant).bind(connection).bind(CredentialKind::Pin).bind(number)
            .bind(sealed).bind(sealed.key_id()).bind(now.as_millis()).execute(&mut *tx).await?;
        if let Some(Entered { said, asset, job }) = entered {
            sqlx::query(OVER).bind(tenant).bind(asset).execute(&mut *tx).await?;
            ask_job!(&mut *tx, job, now)?;
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(())
    })
}
