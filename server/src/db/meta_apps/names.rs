//! Under which names the secrets of apps are sealed. A name holds whose it is: a value that is put in another's place does
//! not open.

use crate::{ids::TenantId, meta::AppId};

fn name(tenant: Option<&TenantId>, app: &AppId, what: &str) -> String {
    match tenant {
        None => format!("meta-app/{app}/{what}"),
        Some(tenant) => format!("tenant/{tenant}/meta-app/{app}/{what}"),
    }
}

/// The name of an app's secret among those of the installation.
pub fn secret_name(tenant: Option<&TenantId>, app: &AppId) -> String {
    name(tenant, app, "secret")
}

/// The name of the secret before it.
pub fn former_secret_name(tenant: Option<&TenantId>, app: &AppId) -> String {
    name(tenant, app, "former-secret")
}

/// The name of an app's verify token.
pub fn verify_token_name(tenant: Option<&TenantId>, app: &AppId) -> String {
    name(tenant, app, "verify-token")
}

/// The name of the secret of Instagram Login's part of an app.
pub fn instagram_secret_name(tenant: Option<&TenantId>, app: &AppId) -> String {
    name(tenant, app, "instagram-secret")
}

/// The name of the secret before it.
pub fn former_instagram_secret_name(tenant: Option<&TenantId>, app: &AppId) -> String {
    name(tenant, app, "former-instagram-secret")
}

/// Whether something of this name is a secret of an app.
pub fn is_name(name: &str) -> bool {
    name.starts_with("meta-app/") || name.starts_with("tenant/") && name.contains("/meta-app/")
}
