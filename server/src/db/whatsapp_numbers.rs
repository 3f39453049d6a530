//! What a business itself says of its WhatsApp numbers.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::TenantId,
};

/// The names that the tenant gave its numbers: each number's id at Meta and its name.
///
/// # Errors
/// When the database fails.
pub async fn list_friendly_names(db: &Db, tenant: &TenantId) -> Result<Vec<(String, String)>> {
    const SQL: &str = "SELECT meta_id, friendly_name FROM whatsapp_numbers
        WHERE tenant_id = $1 AND friendly_name IS NOT NULL ORDER BY meta_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).fetch_all(pool).await)?)
}

/// Gives a number a name of the tenant's own, or takes it away. `said` is kept with it.
///
/// # Errors
/// When the database fails.
pub async fn update_friendly_name(
    db: &Db,
    tenant: &TenantId,
    meta_id: &str,
    name: Option<&str>,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<()> {
    const SQL: &str = "INSERT INTO whatsapp_numbers (tenant_id, meta_id, friendly_name) VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id, meta_id) DO UPDATE SET friendly_name = excluded.friendly_name";
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(tenant).bind(meta_id).bind(name).execute(&mut *tx).await?;
        append_audit!(tx, tenant, said, now);
        Ok::<_, Error>(())
    })
}
