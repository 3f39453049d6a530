//! Where connecting begins.

use super::evidence::granted;
use crate::caller::{caller, id};
use crate::dto::connect::{Blocked, ConnectPage};
use crate::dto::status::Permission;
use crate::error::AppError;
use crate::visit::Visit;
use server::Services;
use server::ids::{ConnectionId, TenantId};
use server::meta::{Login, PERMISSIONS};

/// Loads it.
///
/// # Errors
/// When nobody is signed in, or the role does not allow connecting.
pub async fn start(visit: Visit) -> Result<ConnectPage, AppError> {
    let caller = caller()?;
    let tenant = caller.actor()?.admin()?.tenant_id;
    let again = visit.query_value("connection").filter(|value| !value.is_empty());
    let connection = again.map(|value| id::<ConnectionId>(&value)).transpose()?.map(|id| id.to_string());
    let meta = caller.services.meta_for(&tenant);
    let blocked = meta.as_ref().err().map(|error| {
        let why = error.explain().told(visit.language);
        Blocked { what: why.why, todo: why.todo }
    });
    let login = meta.as_ref().ok().map(|meta| &meta.login);
    Ok(ConnectPage {
        permissions: asked_for(&caller.services, &tenant),
        by_configuration: matches!(login, Some(Login::Configuration { .. })),
        popup_on_http: meta.as_ref().is_ok_and(|meta| meta.popup_over_http),
        connection,
        rerequest: visit.query_value("rerequest").is_some(),
        blocked,
    })
}

/// What Meta's dialog asks a tenant's people for, and why.
pub fn asked_for(services: &Services, tenant: &TenantId) -> Vec<Permission> {
    let meta = services.meta_for(tenant).ok();
    match meta.as_ref().map(|meta| &meta.login) {
        Some(Login::Scopes(scopes)) => scopes.iter().map(|scope| granted(scope.as_str())).collect(),
        // A configuration names its permissions at Meta; these are the ones some asset cannot do without.
        _ => PERMISSIONS
            .iter()
            .filter(|entry| !entry.needed_for.is_empty())
            .map(|entry| granted(entry.permission.as_str()))
            .collect(),
    }
}
