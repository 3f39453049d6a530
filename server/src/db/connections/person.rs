//! What a person at Meta takes back: their grant, or everything that is known of them.

use super::{ConnectionStatus, STATUS, was_told};
use crate::{
    clock::Timestamp,
    db::{Db, audit::Said, outgoing_events, staged_grants::FORGET},
    error::{Error, Result},
    event::Change,
    ids::{ConnectionId, TenantId},
};

/// A grant of a person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PersonsGrant {
    /// Whose connection it is.
    pub tenant_id: TenantId,
    /// The connection.
    pub id: ConnectionId,
    /// The person's name at Meta.
    pub meta_user_name: String,
}

/// What was erased of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Erased {
    /// Connections whose person is not known any more.
    pub connections: u64,
    /// Tokens.
    pub credentials: u64,
    /// Assets that the grant reached.
    pub assets: u64,
}

/// What a person granted to an app, in any tenant, up to `until`: a grant is as old as its token. To a business's own app, in
/// that business alone: whoever has its secret can sign anything.
///
/// # Errors
/// When the database fails.
pub async fn list_by_person_across_tenants(
    db: &Db,
    meta_app_id: &str,
    meta_user_id: &str,
    until: Timestamp,
) -> Result<Vec<PersonsGrant>> {
    const SQL: &str = "SELECT c.tenant_id, c.id, c.meta_user_name FROM connections c
        WHERE c.meta_app_id = $1 AND c.meta_user_id = $2 AND COALESCE((SELECT MAX(t.created_at) FROM credentials t
            WHERE t.connection_id = c.id AND t.kind NOT IN ('page', 'staged_page', 'pin')), c.created_at) <= $3
            AND NOT EXISTS (SELECT 1 FROM meta_apps m WHERE m.app_id = c.meta_app_id AND m.tenant_id <> c.tenant_id)
        ORDER BY c.tenant_id, c.id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(meta_app_id).bind(meta_user_id).bind(until.as_millis())
        .fetch_all(pool).await)?)
}

/// Drops the tokens of a grant that the person took back. Assets, routes and the PINs of numbers stay, so that confirming once
/// more brings everything back as it was; until then the connection needs attention, for the reason in `problem`. `false` when
/// there was nothing left to drop.
///
/// # Errors
/// When the database fails.
pub async fn mark_withdrawn(
    db: &Db,
    tenant: &TenantId,
    id: &ConnectionId,
    problem: &str,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<bool> {
    // A grant that nobody finished has nothing that could come back.
    const CONNECTION: &str = "UPDATE connections SET
            status = CASE WHEN status = 'pending' THEN 'disconnected' ELSE 'error' END,
            disconnected_at = CASE WHEN status = 'pending' THEN $4 ELSE disconnected_at END,
            problem = CASE WHEN status = 'pending' THEN NULL ELSE $3 END, checked_at = $4
        WHERE tenant_id = $1 AND id = $2 AND status <> 'disconnected'";
    const TOKENS: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2 AND kind <> 'pin'";
    in_transaction!(db, tx => {
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(id).fetch_optional(&mut *tx).await?;
        // First the connection: whoever writes tokens holds its row.
        let stood = sqlx::query(CONNECTION).bind(tenant).bind(id).bind(problem).bind(now.as_millis())
            .execute(&mut *tx).await?.rows_affected() > 0;
        let dropped = sqlx::query(TOKENS).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected();
        for sql in [FORGET[1], ATTEMPTS] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        // Of one that is being taken apart it is no news.
        let ended = stood && dropped > 0;
        if before == Some(ConnectionStatus::Connected) {
            tell_change!(tx, tenant, id, &Change::Refused { problem }, now);
        }
        if ended {
            append_audit!(tx, tenant, said, now);
        }
        Ok::<_, Error>(ended)
    })
}

const ATTEMPTS: &str = "UPDATE connect_attempts SET phase = 'cancelled'
    WHERE tenant_id = $1 AND connection_id = $2 AND phase IN ('discovering', 'choosing', 'applying')";

/// Erases who granted a connection: name, id, tokens, what the grant reached with its routes, the mails and events about it, and
/// the lines that name the person. The connection stays as something that nobody can be recognised by.
///
/// # Errors
/// When the database fails; then nothing is erased.
pub async fn erase_person(db: &Db, grant: &PersonsGrant, words: &ErasedWords<'_>, now: Timestamp) -> Result<Erased> {
    const CONNECTION: &str = "UPDATE connections SET status = 'disconnected', problem = NULL, meta_user_name = $3,
            meta_user_id = $4, expires_at = NULL, data_access_expires_at = NULL,
            disconnected_at = COALESCE(disconnected_at, $5)
        WHERE tenant_id = $1 AND id = $2";
    const TOKENS: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND connection_id = $2";
    const ROUTES: &str = "DELETE FROM routes WHERE tenant_id = $1
        AND asset_id IN (SELECT id FROM assets WHERE tenant_id = $1 AND connection_id = $2)";
    const ASSETS: &str = "DELETE FROM assets WHERE tenant_id = $1 AND connection_id = $2";
    const TRIES: &str = "UPDATE connect_attempts SET incomplete = '[]',
            problem = CASE WHEN problem IS NULL THEN NULL ELSE $3 END
        WHERE tenant_id = $1 AND (connection_id = $2 OR reconnects = $2)";
    // Each mail about a connection holds the link to it.
    const MAILS: &str = "DELETE FROM mails WHERE tenant_id = $1 AND plain LIKE $2";
    const GRANTED: &str = "UPDATE connection_log SET sentence = $3, explanation = NULL
        WHERE tenant_id = $1 AND connection_id = $2 AND kind = 'granted'";
    const NAMED: &str = "UPDATE connection_log SET sentence = REPLACE(sentence, $3, $4),
            explanation = CASE WHEN REPLACE(sentence, $3, $4) = sentence THEN explanation ELSE NULL END
        WHERE tenant_id = $1 AND connection_id = $2";
    let (tenant, id) = (&grant.tenant_id, &grant.id);
    in_transaction!(db, tx => {
        let before: Option<ConnectionStatus> =
            sqlx::query_scalar(STATUS).bind(tenant).bind(id).fetch_optional(&mut *tx).await?;
        sqlx::query(CONNECTION).bind(tenant).bind(id).bind(words.name).bind(format!("erased:{id}"))
            .bind(now.as_millis()).execute(&mut *tx).await?;
        let credentials = sqlx::query(TOKENS).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected();
        for sql in [FORGET[1], ATTEMPTS] {
            sqlx::query(sql).bind(tenant).bind(id).execute(&mut *tx).await?;
        }
        sqlx::query(TRIES).bind(tenant).bind(id).bind(words.problem).execute(&mut *tx).await?;
        sqlx::query(ROUTES).bind(tenant).bind(id).execute(&mut *tx).await?;
        let assets = sqlx::query(ASSETS).bind(tenant).bind(id).execute(&mut *tx).await?.rows_affected();
        sqlx::query(MAILS).bind(tenant).bind(format!("%{id}%")).execute(&mut *tx).await?;
        sqlx::query(GRANTED).bind(tenant).bind(id).bind(words.granted).execute(&mut *tx).await?;
        // A name of a letter or two stands in every other word.
        if grant.meta_user_name.chars().count() > 2 {
            sqlx::query(NAMED).bind(tenant).bind(id).bind(&grant.meta_user_name).bind(words.name)
                .execute(&mut *tx).await?;
        }
        sqlx::query(outgoing_events::FORGET).bind(tenant).bind(id).execute(&mut *tx).await?;
        if was_told(before) {
            tell_change!(tx, tenant, id, &Change::Disconnected, now);
        }
        append_audit!(tx, tenant, &words.said, now);
        Ok::<_, Error>(Erased { connections: 1, credentials, assets })
    })
}

/// What stands in place of what was erased.
#[derive(Debug)]
pub struct ErasedWords<'a> {
    /// For the person's name.
    pub name: &'a str,
    /// For the line that says who granted.
    pub granted: &'a str,
    /// For why an attempt failed: JSON of an explanation.
    pub problem: &'a str,
    /// What the audit log says of it.
    pub said: Said<'a>,
}
