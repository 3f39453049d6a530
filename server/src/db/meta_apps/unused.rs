//! Apps that nothing needs any more, and apps that others need.

use crate::{
    db::Db,
    error::{Error, Result},
    ids::TenantId,
    meta::AppId,
};

/// Whether connections of others than `tenant` stand that were made with this app.
///
/// # Errors
/// When the database fails.
pub async fn is_used_by_others_across_tenants(db: &Db, tenant: &TenantId, app: &AppId) -> Result<bool> {
    const SQL: &str = "SELECT COUNT(*) FROM connections
        WHERE meta_app_id = $1 AND tenant_id <> $2 AND status <> 'disconnected'";
    let others: i64 = on_read!(db, pool => sqlx::query_scalar(SQL).bind(app).bind(tenant).fetch_one(pool).await)?;
    Ok(others > 0)
}

/// Lets go of businesses' own apps that are not in use and that no connection needs, with their secrets: from then on
/// whoever knows the secret may enter the App ID. Answers how many.
///
/// # Errors
/// When the database fails; then nothing goes.
pub async fn delete_unused_across_tenants(db: &Db) -> Result<u64> {
    // One that is being taken apart is asked at Meta with its app.
    const UNUSED: &str = "SELECT a.app_id FROM meta_apps a WHERE a.tenant_id IS NOT NULL AND NOT a.in_use
        AND NOT EXISTS (SELECT 1 FROM connections c LEFT JOIN disconnections d ON d.connection_id = c.id
            WHERE c.meta_app_id = a.app_id AND (c.status <> 'disconnected'
                OR d.connection_id IS NOT NULL AND d.finished_at IS NULL))
        ORDER BY a.app_id";
    const GONE: [&str; 4] = [
        "DELETE FROM installation_secrets WHERE name LIKE 'tenant/%/meta-app/' || $1 || '/%'",
        "DELETE FROM setup_answers WHERE meta_app_id = $1",
        "DELETE FROM app_subscriptions WHERE meta_app_id = $1",
        "DELETE FROM meta_apps WHERE app_id = $1 AND tenant_id IS NOT NULL AND NOT in_use",
    ];
    in_transaction!(db, tx => {
        let unused: Vec<AppId> = sqlx::query_scalar(UNUSED).fetch_all(&mut *tx).await?;
        for app in &unused {
            for sql in GONE {
                sqlx::query(sql).bind(app).execute(&mut *tx).await?;
            }
        }
        Ok::<_, Error>(u64::try_from(unused.len()).unwrap_or(u64::MAX))
    })
}
