//! Links by which people choose a new password who forgot theirs, and passwords as they are set. The secret of a link is stored
//! as a hash.

use std::ops::ControlFlow;

use super::{Db, audit::Said, jobs::NewJob};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::{PasswordResetId, TenantId, UserId},
};

/// A new request for a link.
#[derive(Debug)]
pub struct NewReset<'a> {
    /// Its identifier.
    pub id: &'a PasswordResetId,
    /// The address that was typed, lower case. There may be no account of it.
    pub email: &'a str,
    /// The job that writes the mail.
    pub job: &'a NewJob<'a>,
}

/// A request, for whoever writes its mail.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AskedReset {
    /// The address that was typed, lower case. There may be no account of it.
    pub email: String,
    /// When, Unix milliseconds.
    pub asked_at: i64,
}

/// What makes a request a link.
#[derive(Debug)]
pub struct NewLink<'a> {
    /// Whose password it sets.
    pub user: &'a UserId,
    /// The hash of its secret.
    pub token_hash: &'a str,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A link that works.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LiveReset {
    /// Whose password it sets.
    pub user_id: UserId,
    /// The name people see.
    pub name: String,
    /// The address they sign in with, lower case.
    pub email: String,
    /// When it ends, Unix milliseconds.
    pub expires_at: i64,
}

/// A new password.
#[derive(Debug)]
pub struct NewPassword<'a> {
    /// argon2id, as a PHC string.
    pub hash: &'a str,
    /// The hash of the secret of the link that it is set by, and that is used up by it; `None` when something else proves the
    /// right to.
    pub link: Option<&'a str>,
    /// What the audit log of each of the person's tenants says of it.
    pub said: &'a Said<'a>,
    /// The job that tells the person.
    pub job: &'a NewJob<'a>,
}

/// Adds a request, with the job that writes its mail. One for the same address whose mail is not written yet goes. What is
/// written does not depend on whether there is such an account.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, new: &NewReset<'_>, now: Timestamp) -> Result<()> {
    const REPLACE: &str = "DELETE FROM password_resets WHERE email = $1 AND user_id IS NULL";
    const ADD: &str = "INSERT INTO password_resets (id, email, asked_at) VALUES ($1, $2, $3)";
    in_transaction!(db, tx => {
        sqlx::query(REPLACE).bind(new.email).execute(&mut *tx).await?;
        sqlx::query(ADD).bind(new.id).bind(new.email).bind(now.as_millis()).execute(&mut *tx).await?;
        ask_job!(&mut *tx, new.job, now)?;
        Ok::<_, Error>(())
    })
}

/// A request that is not void.
///
/// # Errors
/// When the database fails.
pub async fn find_asked(db: &Db, id: &PasswordResetId) -> Result<Option<AskedReset>> {
    const SQL: &str = "SELECT email, asked_at FROM password_resets WHERE id = $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
}

/// Makes a request the one link of a person: every other of theirs is void from now on, an earlier one of this request too.
/// `false` when the request is void itself.
///
/// # Errors
/// When the database fails.
pub async fn mark_written(db: &Db, id: &PasswordResetId, link: &NewLink<'_>) -> Result<bool> {
    // Writing the person's row first makes two links of one person follow each other, on PostgreSQL too.
    const TURN: &str = "UPDATE users SET name = name WHERE id = $1";
    const WRITE: &str = "UPDATE password_resets SET user_id = $2, token_hash = $3, expires_at = $4 WHERE id = $1";
    const REPLACE: &str = "DELETE FROM password_resets WHERE user_id = $1 AND id <> $2";
    in_transaction!(db, tx => {
        sqlx::query(TURN).bind(link.user).execute(&mut *tx).await?;
        let written = sqlx::query(WRITE).bind(id).bind(link.user).bind(link.token_hash).bind(link.expires_at.as_millis())
            .execute(&mut *tx).await?.rows_affected();
        if written == 1 {
            sqlx::query(REPLACE).bind(link.user).bind(id).execute(&mut *tx).await?;
        }
        Ok::<_, Error>(written == 1)
    })
}

/// The link that carries the secret of this hash, while it works.
///
/// # Errors
/// When the database fails.
pub async fn find_live(db: &Db, token_hash: &str, now: Timestamp) -> Result<Option<LiveReset>> {
    const SQL: &str = "SELECT r.user_id, u.name, u.email, r.expires_at
        FROM password_resets r JOIN users u ON u.id = r.user_id WHERE r.token_hash = $1 AND r.expires_at > $2";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(token_hash).bind(now.as_millis()).fetch_optional(pool).await)?)
}

/// Sets a password: every session of the person that began before now ends, every link and request of theirs is void, each of
/// their tenants has it in its audit log, and the job that tells them is asked for. `false`, and nothing of it, when the link
/// does not work (any more) or there is no such person.
///
/// # Errors
/// When the database fails.
pub async fn update_password_across_tenants(
    db: &Db,
    user: &UserId,
    new: &NewPassword<'_>,
    now: Timestamp,
) -> Result<bool> {
    const TENANTS: &str = "SELECT tenant_id FROM memberships WHERE user_id = $1";
    // Whoever holds the heads of several audit chains has the rows of their tenants first, in one order everywhere.
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const SET: &str =
        "UPDATE users SET password_hash = $2, sessions_valid_from = $3, password_changed_at = $3 WHERE id = $1";
    const USE: &str = "DELETE FROM password_resets WHERE user_id = $1 AND token_hash = $2 AND expires_at > $3";
    const VOID: &str = "DELETE FROM password_resets
        WHERE user_id = $1 OR (user_id IS NULL AND email = (SELECT email FROM users WHERE id = $1))";
    in_revocable_transaction!(db, tx => {
        let mut tenants: Vec<TenantId> = sqlx::query_scalar(TENANTS).bind(user).fetch_all(&mut *tx).await?;
        tenants.sort_unstable();
        for tenant in &tenants {
            sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        }
        let set = sqlx::query(SET).bind(user).bind(new.hash).bind(now.as_millis()).execute(&mut *tx).await?;
        if set.rows_affected() == 0 {
            return Ok(ControlFlow::Break(false));
        }
        if let Some(link) = new.link {
            let used = sqlx::query(USE).bind(user).bind(link).bind(now.as_millis()).execute(&mut *tx).await?;
            if used.rows_affected() == 0 {
                return Ok(ControlFlow::Break(false));
            }
        }
        sqlx::query(VOID).bind(user).execute(&mut *tx).await?;
        ask_job!(&mut *tx, new.job, now)?;
        for tenant in &tenants {
            append_audit!(tx, tenant, new.said, now);
        }
        Ok(ControlFlow::Continue(true))
    })
}

/// Removes a request.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &Db, id: &PasswordResetId) -> Result<()> {
    const SQL: &str = "DELETE FROM password_resets WHERE id = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(id).execute(pool).await.map(drop))?;
    Ok(())
}

/// Removes what was asked for before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(db: &Db, moment: Timestamp) -> Result<u64> {
    const SQL: &str = "DELETE FROM password_resets WHERE asked_at < $1";
    Ok(
        on_write!(db, pool => sqlx::query(SQL).bind(moment.as_millis()).execute(pool).await.map(|done| done.rows_affected()))?,
    )
}
