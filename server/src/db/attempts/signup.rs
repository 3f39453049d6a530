//! What Meta's window said that an Embedded Signup onboarded.

use super::Db;
use crate::{
    error::Result,
    ids::{AttemptId, TenantId},
};

/// Keeps (as JSON), or takes away, what an attempt onboarded. Nothing for an attempt that is for something else.
///
/// # Errors
/// When the database fails.
pub async fn update_onboarded(db: &Db, tenant: &TenantId, id: &AttemptId, onboarded: Option<&str>) -> Result<()> {
    const SQL: &str = "UPDATE connect_attempts SET onboarded = $3
        WHERE tenant_id = $1 AND id = $2 AND purpose = 'whatsapp'";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(onboarded).execute(pool).await.map(drop))?;
    Ok(())
}
