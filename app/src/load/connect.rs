//! Where connecting begins.

use super::evidence::granted;
use crate::caller::{caller, id};
use crate::dto::connect::{Blocked, ConnectPage};
use crate::dto::status::Permission;
use crate::error::AppError;
use crate::visit::Visit;
use server::Services;
use server::connect;
use server::ids::{ConnectionId, TenantId};
use server::meta::{INSTAGRAM_LOGIN, Login, PERMISSIONS};

/// Loads it.
///
/// # Errors
/// When nobody is signed in, or the role does not allow connecting.
pub async fn start(visit: Visit) -> Result<ConnectPage, AppError> {
    let caller = caller()?;
    let tenant = caller.actor()?.admin()?.tenant_id;
    let again = visit.query_value("connection").filter(|value| !value.is_empty());
    let connection = again.map(|value| id::<ConnectionId>(&value)).transpose()?;
    let by_instagram = match &connection {
        Some(id) => connect::is_of_instagram(&caller.services, caller.actor()?, id).await?,
        None => false,
    };
    let meta = caller.services.meta_for(&tenant);
    let blocked = meta.as_ref().err().map(|error| {
        let why = error.explain().told(visit.language);
        Blocked { what: why.why, todo: why.todo }
    });
    let login = meta.as_ref().ok().map(|meta| &meta.login);
    let permissions = match by_instagram {
        true => INSTAGRAM_LOGIN.iter().map(|scope| granted(scope.as_str())).collect(),
        false => asked_for(&caller.services, &tenant),
    };
    Ok(ConnectPage {
        permissions,
        by_configuration: matches!(login, Some(Login::Configuration { .. })),
        popup_on_http: meta.as_ref().is_ok_and(|meta| meta.popup_over_http),
        connection: connection.map(|id| id.to_string()),
        instagram: caller.services.instagram_for(&tenant).is_ok(),
        by_instagram,
        rerequest: visit.query_value("rerequest").is_some(),
        blocked,
    })
}

/// What Meta's dialog asks a tenant's people for, and why.
pub fn asked_for(services: &Services, tenant: &TenantId) -> Vec<Permission> {
    let meta = services.meta_for(tenant).ok();
    match meta.as_ref().map(|meta| &meta.login) {
        Some(Login::Scopes(scopes) | Login::Instagram(scopes)) => {
            scopes.iter().map(|scope| granted(scope.as_str())).collect()
        }
        // A configuration names its permissions at Meta; these are the ones some asset cannot do without.
        _ => PERMISSIONS
            .iter()
            .filter(|entry| !entry.needed_for.is_empty())
            .map(|entry| granted(entry.permission.as_str()))
            .collect(),
    }
}
