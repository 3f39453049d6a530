//! Instagram Login's part of a Meta app: an id and a secret of its own.

use super::{former_instagram_secret_name, instagram_secret_name, text};
use crate::{
    clock::Timestamp,
    db::{Db, audit::Said, installation_secrets},
    error::Result,
    ids::TenantId,
    meta::AppId,
    vault::Sealed,
};

/// What was entered.
#[derive(Debug)]
pub struct NewInstagram<'a> {
    /// The Instagram App ID.
    pub id: &'a AppId,
    /// The Instagram App Secret, sealed under [`instagram_secret_name`].
    pub secret: &'a Sealed,
    /// The secret before it, sealed under [`former_instagram_secret_name`], and until when what it signed is taken.
    pub former: Option<(&'a Sealed, Timestamp)>,
}

/// Enters it, changes it, or takes it away. `false` when the app is not theirs: nothing is changed then.
///
/// # Errors
/// When the database fails; nothing is changed then.
pub async fn update_instagram(
    db: &Db,
    tenant: Option<&TenantId>,
    app: &AppId,
    new: Option<&NewInstagram<'_>>,
    said: Option<&Said<'_>>,
    now: Timestamp,
) -> Result<bool> {
    const SQL: &str = "UPDATE meta_apps SET instagram_app_id = $3, instagram_former_until = $4
        WHERE app_id = $1 AND COALESCE(tenant_id, '') = $2";
    let former = new.and_then(|new| new.former);
    let places = [
        (instagram_secret_name(tenant, app), new.map(|new| new.secret)),
        (former_instagram_secret_name(tenant, app), former.map(|(former, _)| former)),
    ];
    in_transaction!(db, tx => {
        let found = sqlx::query(SQL).bind(app).bind(text(tenant)).bind(new.map(|new| new.id))
            .bind(former.map(|(_, until)| until)).execute(&mut *tx).await?.rows_affected();
        if found == 0 {
            return Ok(false);
        }
        for (name, secret) in &places {
            match secret {
                Some(secret) => sqlx::query(installation_secrets::UPSERT).bind(name).bind(*secret).bind(secret.key_id())
                    .execute(&mut *tx).await?,
                None => sqlx::query(installation_secrets::DELETE).bind(name).execute(&mut *tx).await?,
            };
        }
        if let (Some(tenant), Some(said)) = (tenant, said) {
            append_audit!(tx, tenant, said, now);
        }
        Ok(true)
    })
}
