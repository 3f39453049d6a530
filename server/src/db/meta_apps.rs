//! Meta apps that were entered: by an operator for the installation, or by a business as its own. Their secrets are sealed
//! among those of the installation, under names that say whose they are.
//!
//! An App ID belongs to whoever entered it first. `tenant` is whose app is meant; `None` is the installation.

mod instagram;
mod names;
mod unused;

pub use instagram::{NewInstagram, update_instagram};
pub use names::{
    former_instagram_secret_name, former_secret_name, instagram_secret_name, is_name, secret_name, verify_token_name,
};
pub use unused::{delete_unused_across_tenants, is_used_by_others_across_tenants};

use super::{Db, audit::Said, installation_secrets};
use crate::{clock::Timestamp, error::Result, ids::TenantId, meta::AppId, vault::Sealed};

/// A Meta app with its sealed secrets.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedApp {
    /// The App ID.
    pub app_id: AppId,
    /// Whose own it is; the installation's when absent.
    pub tenant_id: Option<TenantId>,
    /// The Login for Business configuration.
    pub config_id: Option<String>,
    /// The configuration of WhatsApp Embedded Signup.
    pub whatsapp_config_id: Option<String>,
    /// Whether people log in to this one.
    pub in_use: bool,
    /// The last four digits of the secret's SHA-256.
    pub secret_mark: String,
    /// When the secret was entered.
    pub secret_set_at: Timestamp,
    /// By whom.
    pub secret_set_by: String,
    /// Until when what the former secret signed is taken.
    pub former_until: Option<Timestamp>,
    /// The App Secret, sealed under [`secret_name`]; `None` when it was given up with a lost key.
    pub secret: Option<Sealed>,
    /// The secret before it, sealed under [`former_secret_name`].
    pub former_secret: Option<Sealed>,
    /// The verify token, sealed under [`verify_token_name`].
    pub verify_token: Option<Sealed>,
    /// The Instagram App ID.
    pub instagram_app_id: Option<AppId>,
    /// Until when what the former Instagram App Secret signed is taken.
    pub instagram_former_until: Option<Timestamp>,
    /// The Instagram App Secret, sealed under [`instagram_secret_name`].
    pub instagram_secret: Option<Sealed>,
    /// The secret before it, sealed under [`former_instagram_secret_name`].
    pub instagram_former_secret: Option<Sealed>,
}

/// What an app's dialogs are opened with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Configurations<'a> {
    /// The Login for Business configuration.
    pub login: Option<&'a str>,
    /// The configuration of WhatsApp Embedded Signup.
    pub whatsapp: Option<&'a str>,
}

/// A secret that was entered.
#[derive(Debug)]
pub struct NewSecret<'a> {
    /// The secret.
    pub sealed: &'a Sealed,
    /// The last four digits of its SHA-256.
    pub mark: &'a str,
    /// Who entered it.
    pub set_by: &'a str,
}

/// An app that was entered.
#[derive(Debug)]
pub struct NewApp<'a> {
    /// The App ID.
    pub app: &'a AppId,
    /// What its dialogs are opened with.
    pub configurations: Configurations<'a>,
    /// Its secret.
    pub secret: NewSecret<'a>,
    /// The secret before it, and until when what it signed is taken.
    pub former: Option<(&'a Sealed, Timestamp)>,
    /// The verify token, unless it has one already.
    pub verify_token: &'a Sealed,
}

/// Apps `a` with everything that is kept of them.
const SAVED: &str = "SELECT a.app_id, a.tenant_id, a.config_id, a.whatsapp_config_id, a.in_use, a.secret_mark,
        a.secret_set_at, a.secret_set_by, a.former_until, s.sealed AS secret, f.sealed AS former_secret,
        v.sealed AS verify_token, a.instagram_app_id, a.instagram_former_until, i.sealed AS instagram_secret,
        o.sealed AS instagram_former_secret
    FROM (SELECT *, COALESCE('tenant/' || tenant_id || '/', '') || 'meta-app/' || app_id AS place FROM meta_apps) a
    LEFT JOIN installation_secrets s ON s.name = a.place || '/secret'
    LEFT JOIN installation_secrets f ON f.name = a.place || '/former-secret'
    LEFT JOIN installation_secrets v ON v.name = a.place || '/verify-token'
    LEFT JOIN installation_secrets i ON i.name = a.place || '/instagram-secret'
    LEFT JOIN installation_secrets o ON o.name = a.place || '/former-instagram-secret'";

/// Every app, by App ID.
///
/// # Errors
/// When the database fails.
pub async fn list_across_tenants(db: &Db) -> Result<Vec<SavedApp>> {
    let sql = sqlx::AssertSqlSafe(format!("{SAVED} ORDER BY a.app_id"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).fetch_all(pool).await)?)
}

/// The apps that are or were a business's own, by App ID.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, tenant: &TenantId) -> Result<Vec<SavedApp>> {
    let sql = sqlx::AssertSqlSafe(format!("{SAVED} WHERE a.tenant_id = $1 ORDER BY a.app_id"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(tenant).fetch_all(pool).await)?)
}

/// The app with this id, whoever's it is.
///
/// # Errors
/// When the database fails.
pub async fn get_across_tenants(db: &Db, id: &AppId) -> Result<Option<SavedApp>> {
    let sql = sqlx::AssertSqlSafe(format!("{SAVED} WHERE a.app_id = $1"));
    Ok(on_read!(db, pool => sqlx::query_as(sql).bind(id).fetch_optional(pool).await)?)
}

/// Makes an app the one that people log in to. An app that was known before takes this secret, and keeps its verify token.
/// `false`, and nothing is changed, when it is somebody else's.
///
/// # Errors
/// When the database fails; nothing is changed then.
pub async fn insert_in_use(
    db: &Db,
    tenant: Option<&TenantId>,
    new: &NewApp<'_>,
    said: Option<&Said<'_>>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "INSERT INTO meta_apps (app_id, tenant_id, config_id, whatsapp_config_id, in_use, secret_mark,
            secret_set_at, secret_set_by, former_until)
        VALUES ($1, $2, $3, $4, FALSE, $5, $6, $7, $8)
        ON CONFLICT (app_id) DO UPDATE SET config_id = excluded.config_id,
            whatsapp_config_id = excluded.whatsapp_config_id, former_until = excluded.former_until,
            secret_mark = excluded.secret_mark, secret_set_at = excluded.secret_set_at,
            secret_set_by = excluded.secret_set_by
        WHERE COALESCE(meta_apps.tenant_id, '') = COALESCE(excluded.tenant_id, '')";
    const OTHERS: &str =
        "UPDATE meta_apps SET in_use = FALSE WHERE in_use AND app_id <> $1 AND COALESCE(tenant_id, '') = $2";
    const IN_USE: &str = "UPDATE meta_apps SET in_use = TRUE WHERE app_id = $1";
    let (app, secret) = (new.app, &new.secret);
    let (name, token_name) = (secret_name(tenant, app), verify_token_name(tenant, app));
    let former_name = former_secret_name(tenant, app);
    in_transaction!(db, tx => {
        let own = sqlx::query(SQL).bind(app).bind(tenant).bind(new.configurations.login)
            .bind(new.configurations.whatsapp).bind(secret.mark).bind(now).bind(secret.set_by)
            .bind(new.former.map(|(_, until)| until)).execute(&mut *tx).await?.rows_affected();
        if own == 0 {
            return Ok(false);
        }
        sqlx::query(OTHERS).bind(app).bind(text(tenant)).execute(&mut *tx).await?;
        sqlx::query(IN_USE).bind(app).execute(&mut *tx).await?;
        sqlx::query(installation_secrets::UPSERT).bind(&name).bind(secret.sealed).bind(secret.sealed.key_id())
            .execute(&mut *tx).await?;
        sqlx::query(installation_secrets::INSERT_UNLESS_THERE).bind(&token_name).bind(new.verify_token)
            .bind(new.verify_token.key_id()).execute(&mut *tx).await?;
        match new.former {
            Some((former, _)) => sqlx::query(installation_secrets::UPSERT).bind(&former_name).bind(former)
                .bind(former.key_id()).execute(&mut *tx).await?,
            None => sqlx::query(installation_secrets::DELETE).bind(&former_name).execute(&mut *tx).await?,
        };
        if let (Some(tenant), Some(said)) = (tenant, said) {
            append_audit!(tx, tenant, said, now);
        }
        Ok(true)
    })
}

/// Replaces the secret of an app whose secret has this mark. What the former one signed is taken until `until`. `false` when
/// somebody else replaced it meanwhile, or it is not theirs: nothing is changed then.
///
/// # Errors
/// When the database fails.
pub async fn update_secret(
    db: &Db,
    tenant: Option<&TenantId>,
    (app, mark): (&AppId, &str),
    secret: &NewSecret<'_>,
    (former, until): (&Sealed, Timestamp),
    said: Option<&Said<'_>>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET secret_mark = $4, secret_set_at = $5, secret_set_by = $6, former_until = $7
        WHERE app_id = $1 AND secret_mark = $2 AND COALESCE(tenant_id, '') = $3";
    let (name, former_name) = (secret_name(tenant, app), former_secret_name(tenant, app));
    in_transaction!(db, tx => {
        let found = sqlx::query(SQL).bind(app).bind(mark).bind(text(tenant)).bind(secret.mark).bind(now)
            .bind(secret.set_by).bind(until).execute(&mut *tx).await?.rows_affected();
        if found == 1 {
            sqlx::query(installation_secrets::UPSERT).bind(&name).bind(secret.sealed).bind(secret.sealed.key_id())
                .execute(&mut *tx).await?;
            sqlx::query(installation_secrets::UPSERT).bind(&former_name).bind(former).bind(former.key_id())
                .execute(&mut *tx).await?;
            if let (Some(tenant), Some(said)) = (tenant, said) {
                append_audit!(tx, tenant, said, now);
            }
        }
        Ok(found == 1)
    })
}

/// Changes what the dialogs of an app are opened with. `false` when it is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn update_configurations(
    db: &Db,
    tenant: Option<&TenantId>,
    app: &AppId,
    to: Configurations<'_>,
    said: Option<&Said<'_>>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET config_id = $3, whatsapp_config_id = $4
        WHERE app_id = $1 AND COALESCE(tenant_id, '') = $2";
    in_transaction!(db, tx => {
        let found = sqlx::query(SQL).bind(app).bind(text(tenant)).bind(to.login).bind(to.whatsapp)
            .execute(&mut *tx).await?.rows_affected();
        if let (1, Some(tenant), Some(said)) = (found, tenant, said) {
            append_audit!(tx, tenant, said, now);
        }
        Ok(found == 1)
    })
}

/// Forgets the former secret of an app. `false` when there was none, or the app is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn delete_former_secret(
    db: &Db,
    tenant: Option<&TenantId>,
    app: &AppId,
    said: Option<&Said<'_>>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET former_until = NULL WHERE app_id = $1 AND COALESCE(tenant_id, '') = $2";
    let former_name = former_secret_name(tenant, app);
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(app).bind(text(tenant)).execute(&mut *tx).await?;
        let gone = sqlx::query(installation_secrets::DELETE).bind(&former_name).execute(&mut *tx).await?;
        let gone = gone.rows_affected() == 1;
        if let (true, Some(tenant), Some(said)) = (gone, tenant, said) {
            append_audit!(tx, tenant, said, now);
        }
        Ok(gone)
    })
}

/// Takes a business's own app out of use. It is kept for the connections that were made with it. `false` when the business
/// has no such app in use.
///
/// # Errors
/// When the database fails.
pub async fn mark_out_of_use(db: &Db, tenant: &TenantId, app: &AppId, said: &Said<'_>, now: Timestamp) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET in_use = FALSE WHERE app_id = $1 AND tenant_id = $2 AND in_use";
    in_transaction!(db, tx => {
        let found = sqlx::query(SQL).bind(app).bind(tenant).execute(&mut *tx).await?.rows_affected() == 1;
        if found {
            append_audit!(tx, tenant, said, now);
        }
        Ok(found)
    })
}

/// Former secrets whose time is over. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_secrets_across_tenants(db: &Db, now: Timestamp) -> Result<u64> {
    const SECRETS: &str = "DELETE FROM installation_secrets WHERE name IN (
        SELECT COALESCE('tenant/' || tenant_id || '/', '') || 'meta-app/' || app_id || '/former-secret'
            FROM meta_apps WHERE former_until <= $1
        UNION ALL
        SELECT COALESCE('tenant/' || tenant_id || '/', '') || 'meta-app/' || app_id || '/former-instagram-secret'
            FROM meta_apps WHERE instagram_former_until <= $1)";
    const APPS: [&str; 2] = [
        "UPDATE meta_apps SET former_until = NULL WHERE former_until <= $1",
        "UPDATE meta_apps SET instagram_former_until = NULL WHERE instagram_former_until <= $1",
    ];
    in_transaction!(db, tx => {
        let gone = sqlx::query(SECRETS).bind(now).execute(&mut *tx).await?.rows_affected();
        for sql in APPS {
            sqlx::query(sql).bind(now).execute(&mut *tx).await?;
        }
        Ok(gone)
    })
}

/// Whose it is, as a text that can be compared: empty for the installation.
fn text(tenant: Option<&TenantId>) -> &str {
    tenant.map_or("", TenantId::as_str)
}
