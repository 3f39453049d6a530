//! Erasing what an asset brought, with progress.

use std::time::Duration;

use crate::{
    db::{
        audit,
        disconnections::{self, Step, StepState},
        history,
    },
    error::Result,
    ids::{ConnectionId, TenantId, UserId},
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::log,
};

/// Between two slices others come first.
const PAUSE: Duration = Duration::from_millis(10);

/// Erases what the asset of a step brought, slice by slice, and keeps how far it is; a later run goes on from there. That it is
/// done, and for whom, is in the audit log.
///
/// # Errors
/// When the database fails.
pub(super) async fn erase(
    services: &Services,
    tenant: &TenantId,
    who: (&UserId, &str),
    connection: &ConnectionId,
    step: &Step,
) -> Result<()> {
    let db = services.db();
    let Some(kind) = step.asset_kind else { return Ok(()) };
    let mut step = step.clone();
    loop {
        let erased = history::erase_slice(db, tenant, (kind, &step.meta_id)).await?;
        if erased == 0 {
            break;
        }
        step.done += i64::try_from(erased).unwrap_or(0);
        step.total = step.total.max(step.done);
        disconnections::update_step(db, tenant, connection, &step).await?;
        services.live().tenant_changed(tenant, Hint::Asset);
        tokio::time::sleep(PAUSE).await;
    }
    let target = format!("{}: {} entries", step.name, step.done);
    let said = observe::said(services, who, "history.erased", &target).await?;
    audit::insert(db, tenant, &said, services.clock().now()).await?;
    step.state = StepState::Done;
    step.total = step.done;
    step.at = Some(services.clock().now().as_millis());
    let step = step.saying(&log::history_erased())?;
    disconnections::update_step(db, tenant, connection, &step).await?;
    let note = Note::ok("erased", log::erased()).about(step.name);
    observe::log(services, tenant, connection, vec![note]).await?;
    services.live().tenant_changed(tenant, Hint::Conversation);
    Ok(())
}
