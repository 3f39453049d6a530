//! What is known of a WhatsApp number and of its registration.

use super::Db;
use crate::{
    error::Result,
    ids::{AssetId, TenantId},
};

/// A number as Meta tells it now.
#[derive(Debug)]
pub struct ReadNumber<'a> {
    /// The number as people read it.
    pub name: &'a str,
    /// JSON, as a discovery keeps it.
    pub detail: &'a str,
    /// Whether Meta says that it is registered.
    pub registered: bool,
}

/// Keeps what Meta said of a number just now. One that Meta calls registered has no failed registration any more; one that
/// it does not is registered by nobody.
///
/// # Errors
/// When the database fails.
pub async fn update_number(db: &Db, tenant: &TenantId, id: &AssetId, read: &ReadNumber<'_>) -> Result<()> {
    const SQL: &str = "UPDATE assets SET name = $3, detail = $4,
            registered_at = CASE WHEN $5 THEN registered_at END,
            problem = CASE WHEN $5 AND problem_step = 'registered' THEN NULL ELSE problem END,
            problem_since = CASE WHEN $5 AND problem_step = 'registered' THEN NULL ELSE problem_since END,
            problem_step = CASE WHEN $5 AND problem_step = 'registered' THEN NULL ELSE problem_step END
        WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(read.name).bind(read.detail)
        .bind(read.registered).execute(pool).await.map(drop))?;
    Ok(())
}

/// Records that a number is not registered any more.
///
/// # Errors
/// When the database fails.
pub async fn mark_deregistered(db: &Db, tenant: &TenantId, id: &AssetId) -> Result<()> {
    const SQL: &str = "UPDATE assets SET registered_at = NULL WHERE tenant_id = $1 AND id = $2 AND selected";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).execute(pool).await.map(drop))?;
    Ok(())
}
