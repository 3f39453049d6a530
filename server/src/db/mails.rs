//! Mail to people of a tenant, kept until it is sent and a while after.

use super::Db;
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{MailId, TenantId},
};

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Mail {
    /// Its identifier.
    pub id: MailId,
    /// Whom it is for.
    pub name: String,
    /// The e-mail address.
    pub address: String,
    /// The subject line.
    pub subject: String,
    /// The body for programs that show no HTML.
    pub plain: String,
    /// The body as HTML.
    pub html: String,
    /// When it was written, Unix milliseconds.
    pub created_at: i64,
}

/// For transactions of other tables: keeps a mail together with what it tells of.
pub(super) const INSERT: &str = "INSERT INTO mails (id, tenant_id, name, address, subject, plain, html, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// A mail that is not sent yet.
///
/// # Errors
/// When the database fails.
pub async fn find_unsent(db: &Db, tenant: &TenantId, id: &MailId) -> Result<Option<Mail>> {
    const SQL: &str = "SELECT id, name, address, subject, plain, html, created_at FROM mails
        WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(pool).await)?)
}

/// Records that a mail was taken by the mail server.
///
/// # Errors
/// When the database fails.
pub async fn mark_sent(db: &Db, tenant: &TenantId, id: &MailId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE mails SET sent_at = $3 WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL";
    on_write!(db, pool => sqlx::query(SQL).bind(tenant).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Mails that were written after `since` and before `before`, and have no job that would send them: a process ended between
/// the two. At most 500, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_left_over_across_tenants(
    db: &Db,
    since: Timestamp,
    before: Timestamp,
) -> Result<Vec<(TenantId, MailId)>> {
    const SQL: &str = "SELECT m.tenant_id, m.id FROM mails m
        WHERE m.sent_at IS NULL AND m.created_at > $1 AND m.created_at < $2
            AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.tenant_id = m.tenant_id AND j.kind = 'send_mail' AND j.subject = m.id)
        ORDER BY m.created_at, m.id LIMIT 500";
    Ok(
        on_read!(db, pool => sqlx::query_as(SQL).bind(since.as_millis()).bind(before.as_millis()).fetch_all(pool).await)?,
    )
}

/// Forgets mails that were written before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before_across_tenants(db: &Db, moment: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE created_at < $1
        ORDER BY created_at, id LIMIT 5000)";
    Ok(on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).execute(pool).await
        .map(|done| done.rows_affected()))?)
}
