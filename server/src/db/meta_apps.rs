//! Meta apps that were entered on the set-up page. Their secrets are sealed among those of the installation.

use super::{Db, installation_secrets};
use crate::{clock::Timestamp, error::Result, meta::AppId, vault::Sealed};

/// A Meta app with its sealed secrets.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SavedApp {
    /// The App ID.
    pub app_id: AppId,
    /// The Login for Business configuration.
    pub config_id: Option<String>,
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

/// The name of an app's secret among those of the installation.
pub fn secret_name(app: &AppId) -> String {
    format!("meta-app/{app}/secret")
}

/// The name of the secret before it.
pub fn former_secret_name(app: &AppId) -> String {
    format!("meta-app/{app}/former-secret")
}

/// The name of an app's verify token.
pub fn verify_token_name(app: &AppId) -> String {
    format!("meta-app/{app}/verify-token")
}

/// Every app, by App ID.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db) -> Result<Vec<SavedApp>> {
    const SQL: &str = "SELECT a.app_id, a.config_id, a.in_use, a.secret_mark, a.secret_set_at, a.secret_set_by,
            a.former_until, s.sealed AS secret, f.sealed AS former_secret, v.sealed AS verify_token
        FROM meta_apps a
        LEFT JOIN installation_secrets s ON s.name = 'meta-app/' || a.app_id || '/secret'
        LEFT JOIN installation_secrets f ON f.name = 'meta-app/' || a.app_id || '/former-secret'
        LEFT JOIN installation_secrets v ON v.name = 'meta-app/' || a.app_id || '/verify-token'
        ORDER BY a.app_id";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Makes an app the one that people log in to. An app that was known before takes this secret, and keeps its verify token;
/// what its `former` secret signed is taken until the time beside it.
///
/// # Errors
/// When the database fails; nothing is changed then.
pub async fn insert_in_use(
    db: &Db,
    app: &AppId,
    config_id: Option<&str>,
    secret: &NewSecret<'_>,
    former: Option<(&Sealed, Timestamp)>,
    verify_token: &Sealed,
    now: Timestamp,
) -> Result<()> {
    const OTHERS: &str = "UPDATE meta_apps SET in_use = FALSE WHERE in_use AND app_id <> $1";
    const SQL: &str = "INSERT INTO meta_apps (app_id, config_id, in_use, secret_mark, secret_set_at, secret_set_by,
            former_until)
        VALUES ($1, $2, TRUE, $3, $4, $5, $6)
        ON CONFLICT (app_id) DO UPDATE SET config_id = excluded.config_id, in_use = TRUE,
            former_until = excluded.former_until, secret_mark = excluded.secret_mark, secret_set_at = excluded.secret_set_at,
            secret_set_by = excluded.secret_set_by";
    let (name, token_name, former_name) = (secret_name(app), verify_token_name(app), former_secret_name(app));
    in_transaction!(db, tx => {
        sqlx::query(OTHERS).bind(app).execute(&mut *tx).await?;
        sqlx::query(SQL).bind(app).bind(config_id).bind(secret.mark).bind(now).bind(secret.set_by)
            .bind(former.map(|(_, until)| until)).execute(&mut *tx).await?;
        sqlx::query(installation_secrets::UPSERT).bind(&name).bind(secret.sealed).bind(secret.sealed.key_id())
            .execute(&mut *tx).await?;
        sqlx::query(installation_secrets::INSERT_UNLESS_THERE).bind(&token_name).bind(verify_token)
            .bind(verify_token.key_id()).execute(&mut *tx).await?;
        match former {
            Some((former, _)) => sqlx::query(installation_secrets::UPSERT).bind(&former_name).bind(former)
                .bind(former.key_id()).execute(&mut *tx).await?,
            None => sqlx::query(installation_secrets::DELETE).bind(&former_name).execute(&mut *tx).await?,
        };
        Ok(())
    })
}

/// Replaces the secret of an app whose secret has this mark. What the former one signed is taken until `until`. `false` when
/// somebody else replaced it meanwhile: nothing is changed then.
///
/// # Errors
/// When the database fails.
pub async fn update_secret(
    db: &Db,
    app: &AppId,
    mark: &str,
    secret: &NewSecret<'_>,
    (former, until): (&Sealed, Timestamp),
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET secret_mark = $3, secret_set_at = $4, secret_set_by = $5, former_until = $6
        WHERE app_id = $1 AND secret_mark = $2";
    let (name, former_name) = (secret_name(app), former_secret_name(app));
    in_transaction!(db, tx => {
        let found = sqlx::query(SQL).bind(app).bind(mark).bind(secret.mark).bind(now).bind(secret.set_by).bind(until)
            .execute(&mut *tx).await?.rows_affected();
        if found == 1 {
            sqlx::query(installation_secrets::UPSERT).bind(&name).bind(secret.sealed).bind(secret.sealed.key_id())
                .execute(&mut *tx).await?;
            sqlx::query(installation_secrets::UPSERT).bind(&former_name).bind(former).bind(former.key_id())
                .execute(&mut *tx).await?;
        }
        Ok(found == 1)
    })
}

/// Changes the login configuration of an app.
///
/// # Errors
/// When the database fails.
pub async fn update_configuration(db: &Db, app: &AppId, config_id: Option<&str>) -> Result<()> {
    const SQL: &str = "UPDATE meta_apps SET config_id = $2 WHERE app_id = $1";
    on_write!(db, pool => sqlx::query(SQL).bind(app).bind(config_id).execute(pool).await.map(drop))?;
    Ok(())
}

/// Forgets the former secret of an app. `false` when there was none.
///
/// # Errors
/// When the database fails.
pub async fn delete_former_secret(db: &Db, app: &AppId) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET former_until = NULL WHERE app_id = $1";
    let former_name = former_secret_name(app);
    in_transaction!(db, tx => {
        sqlx::query(SQL).bind(app).execute(&mut *tx).await?;
        let gone = sqlx::query(installation_secrets::DELETE).bind(&former_name).execute(&mut *tx).await?;
        Ok(gone.rows_affected() == 1)
    })
}

/// Former secrets whose time is over. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended_secrets(db: &Db, now: Timestamp) -> Result<u64> {
    const SECRETS: &str = "DELETE FROM installation_secrets WHERE name IN (
        SELECT 'meta-app/' || app_id || '/former-secret' FROM meta_apps WHERE former_until <= $1)";
    const APPS: &str = "UPDATE meta_apps SET former_until = NULL WHERE former_until <= $1";
    in_transaction!(db, tx => {
        let gone = sqlx::query(SECRETS).bind(now).execute(&mut *tx).await?.rows_affected();
        sqlx::query(APPS).bind(now).execute(&mut *tx).await?;
        Ok(gone)
    })
}
