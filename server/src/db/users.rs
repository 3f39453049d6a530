//! People who sign in.

use super::{Db, audit::Said};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{TenantId, UserId},
};

/// A person who signs in.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct User {
    /// Their identifier.
    pub id: UserId,
    /// Lower case.
    pub email: String,
    /// The name people see.
    pub name: String,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// Whether they run this installation.
    pub operator: bool,
    /// A session begun earlier is over, Unix milliseconds.
    pub sessions_valid_from: i64,
    /// When the password was last changed, Unix milliseconds; `None` when that was never written down.
    pub password_changed_at: Option<i64>,
}

/// What a new account consists of.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// Their identifier.
    pub id: &'a UserId,
    /// Lower case.
    pub email: &'a str,
    /// The name people see.
    pub name: &'a str,
    /// argon2id, as a PHC string.
    pub password_hash: &'a str,
    /// Whether they run this installation.
    pub operator: bool,
}

const COLUMNS: &str =
    "SELECT id, email, name, password_hash, operator, sessions_valid_from, password_changed_at FROM users";

/// The person with this identifier.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, id: &UserId) -> Result<Option<User>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(id).fetch_optional(pool).await)?)
}

/// The person who signs in with this address, given in lower case.
///
/// # Errors
/// When the database fails.
pub async fn find_by_email(db: &Db, email: &str) -> Result<Option<User>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE email = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(email).fetch_optional(pool).await)?)
}

pub(super) const INSERT: &str =
    "INSERT INTO users (id, email, name, password_hash, operator, sessions_valid_from, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (email) DO NOTHING";
const INSERT_MEMBERSHIP: &str =
    "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

/// Adds a person who belongs to no tenant. Answers `false`, with nothing changed, when the address is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, user: &NewUser<'_>, now: Timestamp) -> Result<bool> {
    let rows = on_write!(db, pool => sqlx::query(INSERT)
        .bind(user.id).bind(user.email).bind(user.name).bind(user.password_hash).bind(user.operator).bind(now.as_millis())
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Adds a tenant and its first person, the owner, with the first entry of its audit log. Answers `false`, with nothing changed, when the address is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert_with_tenant(
    db: &Db,
    user: &NewUser<'_>,
    tenant: &TenantId,
    tenant_name: &str,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    in_transaction!(db, tx => {
        let added = sqlx::query(INSERT)
            .bind(user.id).bind(user.email).bind(user.name).bind(user.password_hash).bind(user.operator).bind(now.as_millis())
            .execute(&mut *tx).await?.rows_affected();
        if added == 1 {
            sqlx::query("INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)")
                .bind(tenant).bind(tenant_name).bind(now.as_millis()).execute(&mut *tx).await?;
            sqlx::query(INSERT_MEMBERSHIP).bind(tenant).bind(user.id).bind("owner").bind(now.as_millis())
                .execute(&mut *tx).await?;
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(added == 1)
    })
}

/// Ends every session begun before now.
///
/// # Errors
/// When the database fails.
pub async fn update_sessions_valid_from(db: &Db, id: &UserId, now: Timestamp) -> Result<()> {
    const SQL: &str = "UPDATE users SET sessions_valid_from = $2 WHERE id = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(id).bind(now.as_millis()).execute(pool).await.map(drop))?;
    Ok(())
}

/// Changes the name that people see.
///
/// # Errors
/// When the database fails.
pub async fn update_name(db: &Db, id: &UserId, name: &str) -> Result<()> {
    const SQL: &str = "UPDATE users SET name = $2 WHERE id = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(id).bind(name).execute(pool).await.map(drop))?;
    Ok(())
}
