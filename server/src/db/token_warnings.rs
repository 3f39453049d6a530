//! What people were warned of: which end, at which stage before it.

use std::ops::ControlFlow;

use super::{
    Db,
    connection_log::{NewLogEntry, Outcome},
    credentials::CredentialKind,
    mails::{self, Mail},
};
use crate::{
    clock::Timestamp,
    error::Result,
    event::Change,
    ids::{ConnectionId, TenantId},
};

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum EndingClock {
    /// The token itself.
    Token,
    /// The right to read data (Meta reference §4.4).
    DataAccess,
    /// Nothing by time: Meta refuses the token.
    Refused,
}

/// An end of which nobody was told at this stage.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Ending {
    /// Whose access.
    pub connection_id: ConnectionId,
    /// Who confirmed it at Meta, or the system user's name.
    pub meta_user_name: String,
    /// Whose token it is.
    pub token_kind: CredentialKind,
    /// What ends.
    pub clock: EndingClock,
    /// How many days before the end: 14, 7, 3 or 1; 0 when it is over.
    pub stage: i64,
    /// When, Unix milliseconds; of a refusal, when it was last seen.
    pub ends_at: i64,
    /// JSON of an explanation: why Meta refuses the token, or did not renew it.
    pub problem: Option<String>,
}

impl Ending {
    /// What the event says of it. A refusal was told when Meta refused.
    fn change(&self) -> Option<Change<'static>> {
        let at = Timestamp::from_millis(self.ends_at);
        let clock = match self.clock {
            EndingClock::Token => "token",
            EndingClock::DataAccess => "data_access",
            EndingClock::Refused => return None,
        };
        Some(match self.stage {
            0 => Change::Expired { clock, ended_at: at },
            stage => Change::Expiring { clock, stage, ends_at: at },
        })
    }
}

const DAY: i64 = 86_400_000;

/// Every end that is to be told now. `$1` is now. What Meta refuses is told once, until it is accepted again; of the other
/// ends one that was told at this stage or a later one, give or take a day, is over with.
const DUE: &str = "WITH standing AS (
        SELECT tenant_id, id, meta_user_name, token_kind, status, problem, expires_at, data_access_expires_at, checked_at,
            renewal_problem FROM connections WHERE status IN ('connected', 'error')
    ), ends AS (
        SELECT tenant_id, id, meta_user_name, token_kind, 'token' AS clock, expires_at AS ends_at, renewal_problem AS problem
        FROM standing WHERE (status = 'connected' OR expires_at <= $1 AND NOT EXISTS (SELECT 1 FROM token_warnings r
                WHERE r.connection_id = standing.id AND r.clock = 'refused'))
            AND expires_at > $1 - 14 * 86400000 AND expires_at <= $1 + 14 * 86400000
        UNION ALL
        SELECT tenant_id, id, meta_user_name, token_kind, 'data_access', data_access_expires_at, NULL
        FROM standing WHERE status = 'connected' AND (expires_at IS NULL OR expires_at > $1)
            AND data_access_expires_at > $1 - 14 * 86400000 AND data_access_expires_at <= $1 + 14 * 86400000
        UNION ALL
        SELECT tenant_id, id, meta_user_name, token_kind, 'refused', checked_at, problem
        FROM standing WHERE status = 'error' AND (expires_at IS NULL OR expires_at > $1)
    ), staged AS (
        SELECT tenant_id, id, meta_user_name, token_kind, clock, ends_at, problem, CAST(CASE WHEN clock = 'refused' OR ends_at <= $1 THEN 0
            WHEN ends_at <= $1 + 86400000 THEN 1 WHEN ends_at <= $1 + 3 * 86400000 THEN 3
            WHEN ends_at <= $1 + 7 * 86400000 THEN 7 ELSE 14 END AS BIGINT) AS stage FROM ends
    ), due AS (
        SELECT * FROM staged WHERE NOT EXISTS (SELECT 1 FROM token_warnings w
            WHERE w.connection_id = staged.id AND w.clock = staged.clock AND w.stage <= staged.stage
                AND (w.clock = 'refused' OR w.ends_at > staged.ends_at - 86400000 AND w.ends_at < staged.ends_at + 86400000))
    )";

/// Up to 200 tenants with something to be told, in order, from after `after` on.
///
/// # Errors
/// When the database fails.
pub async fn list_tenants_across_tenants(db: &Db, now: Timestamp, after: Option<&TenantId>) -> Result<Vec<TenantId>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{DUE} SELECT DISTINCT tenant_id FROM due WHERE tenant_id > $2 ORDER BY tenant_id LIMIT 200"
    ));
    let after = after.map_or("", TenantId::as_str);
    Ok(on_read!(db, pool => sqlx::query_scalar(sql).bind(now.as_millis()).bind(after).fetch_all(pool).await)?)
}

/// What is to be told to a tenant, the nearest end first.
///
/// # Errors
/// When the database fails.
pub async fn list_due(db: &Db, tenant: &TenantId, now: Timestamp) -> Result<Vec<Ending>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{DUE} SELECT id AS connection_id, meta_user_name, token_kind, clock, stage, ends_at, problem FROM due
        WHERE tenant_id = $2 ORDER BY stage, ends_at, id, clock"
    ));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(now.as_millis()).bind(tenant).fetch_all(pool).await)?)
}

/// Records that a tenant is told of `endings`, with the lines for its log, the mails, and the events for its own systems, all or
/// nothing. `false` when another process tells one of them at this moment, and that one tells them all.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: &Db,
    tenant: &TenantId,
    endings: &[Ending],
    lines: &[(ConnectionId, NewLogEntry)],
    mails: &[Mail],
    now: Timestamp,
) -> Result<bool> {
    const TURN: &str = "UPDATE tenants SET name = name WHERE id = $1";
    const CLAIM: &str = "INSERT INTO token_warnings (connection_id, clock, stage, tenant_id, ends_at, warned_at)
        SELECT c.id, $3, $4, c.tenant_id, $5, $6 FROM connections c WHERE c.tenant_id = $1 AND c.id = $2
        ON CONFLICT (connection_id, clock, stage) DO UPDATE SET ends_at = excluded.ends_at, warned_at = excluded.warned_at
        WHERE token_warnings.clock <> 'refused' AND (token_warnings.ends_at <= excluded.ends_at - $7
            OR token_warnings.ends_at >= excluded.ends_at + $7)";
    const LINE: &str =
        "INSERT INTO connection_log (id, tenant_id, connection_id, asset_name, at, kind, outcome, sentence, explanation)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    in_revocable_transaction!(db, tx => {
        sqlx::query(TURN).bind(tenant).execute(&mut *tx).await?;
        for ending in endings {
            let claimed = sqlx::query(CLAIM).bind(tenant).bind(&ending.connection_id).bind(ending.clock)
                .bind(ending.stage).bind(ending.ends_at).bind(now.as_millis()).bind(DAY).execute(&mut *tx).await?;
            if claimed.rows_affected() == 0 {
                return Ok(ControlFlow::Break(false));
            }
        }
        for (connection, line) in lines {
            sqlx::query(LINE).bind(&line.id).bind(tenant).bind(connection).bind(&line.asset_name).bind(now.as_millis())
                .bind(line.kind).bind(Outcome::Problem).bind(&line.sentence)
                .bind(&line.explanation).execute(&mut *tx).await?;
        }
        for mail in mails {
            sqlx::query(mails::INSERT).bind(&mail.id).bind(tenant).bind(&mail.name).bind(&mail.address).bind(&mail.subject)
                .bind(&mail.plain).bind(&mail.html).bind(mail.created_at).execute(&mut *tx).await?;
        }
        for ending in endings {
            if let Some(change) = ending.change() {
                tell_change!(tx, tenant, &ending.connection_id, &change, now);
            }
        }
        Ok(ControlFlow::Continue(true))
    })
}

/// Forgets that refusals were told of connections that Meta accepts again: the next one is news.
///
/// # Errors
/// When the database fails.
pub async fn delete_over_across_tenants(db: &Db) -> Result<u64> {
    const SQL: &str = "DELETE FROM token_warnings WHERE clock = 'refused' AND EXISTS (SELECT 1 FROM connections c
        WHERE c.id = token_warnings.connection_id AND c.status <> 'error')";
    Ok(on_write!(db, pool => sqlx::query(SQL).execute(pool).await.map(|done| done.rows_affected()))?)
}
