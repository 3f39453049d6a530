//! A person took Attaché's access away at Facebook.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    db::{connections, to_json},
    error::Result,
    live::Hint,
    meta::{AppId, SignedRequest},
    observe::{self, Note},
    services::Services,
    words::failures::{self, log},
};

/// How far Meta's clock may be from ours.
const CLOCKS: Duration = Duration::from_secs(600);

/// Ends what the person granted to this app, in every tenant: tokens go, and each connection says why it needs attention.
/// Assets stay routed, so confirming once more brings everything back. A request that is older than the grant, such as one
/// that is sent again after the person came back, ends nothing; sent twice it does nothing more.
///
/// # Errors
/// When the database fails.
pub async fn deauthorize(services: &Services, app: &AppId, request: SignedRequest) -> Result<()> {
    let (services, app) = (services.clone(), app.clone());
    let own = services.clone();
    own.to_the_end(async move { carry_out(&services, &app, &request).await }).await
}

async fn carry_out(services: &Services, app: &AppId, request: &SignedRequest) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let until = granted_until(request);
    let grants = connections::list_by_person_across_tenants(db, app.as_str(), request.user_id.as_str(), until).await?;
    let mut ended = 0;
    for grant in grants {
        let problem = to_json(&failures::connect::removed_by_person())?;
        let said = observe::said_by_other(services, "Meta", "connection.removed_at_meta", grant.id.as_str()).await?;
        if !connections::mark_withdrawn(db, &grant.tenant_id, &grant.id, &problem, &said, now).await? {
            continue;
        }
        ended += 1;
        let note = Note::problem("removed_at_meta", log::removed_at_meta());
        observe::log(services, &grant.tenant_id, &grant.id, vec![note]).await?;
        services.live().tenant_changed(&grant.tenant_id, Hint::Asset);
    }
    tracing::info!(ended, "a person removed the app at Facebook");
    Ok(())
}

/// Up to when grants are meant. Without a time of Meta's it is all of them.
pub(super) fn granted_until(request: &SignedRequest) -> Timestamp {
    request.issued_at.map_or(Timestamp::from_millis(i64::MAX), |at| at.plus(CLOCKS))
}
