//! Taking a connection apart: the plan is shown first, then carried out step by step.

use futures::{StreamExt as _, future, stream};

use super::{
    credentials::{self, Tokens},
    subscribe_again::give_back,
    unsubscribe::{AT_ONCE, Carrier, carriers, unsubscribe},
};
use crate::{
    accounts::{Actor, TenantActor},
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        assets,
        connection_log::{self, LogEntry},
        connections::{self, Connection, ConnectionStatus},
    },
    error::{Error, Result},
    ids::{ConnectionId, TenantId},
    observe::{self, Note},
    services::Services,
    words::failures::log,
};

/// What disconnecting will do.
#[derive(Debug, Clone)]
pub struct DisconnectPlan {
    /// The connection.
    pub connection: Connection,
    /// The steps, in order.
    pub steps: Vec<DisconnectStep>,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisconnectStep {
    /// Meta stops sending us the events of a Page or WhatsApp account.
    Unsubscribe {
        /// What it is.
        kind: AssetKind,
        /// Its id at Meta.
        meta_id: String,
        /// Its name.
        name: String,
    },
    /// It stays subscribed, because another connection of this installation receives through it.
    KeepSubscribed {
        /// Its name.
        name: String,
    },
    /// Every token of the connection is deleted.
    DropCredentials,
    /// The logs stay.
    KeepHistory,
}

impl DisconnectStep {
    /// What is unsubscribed at Meta by this step, if anything.
    fn unsubscribes(&self) -> Option<Carrier> {
        match self {
            Self::Unsubscribe { kind, meta_id, name } => {
                Some(Carrier { kind: *kind, meta_id: meta_id.clone(), name: name.clone() })
            }
            _ => None,
        }
    }
}

/// What disconnecting would do.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn plan_disconnect(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<DisconnectPlan> {
    let actor = actor.admin()?;
    plan(services, &actor.tenant_id, id).await
}

async fn plan(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<DisconnectPlan> {
    let connection = connections::get(services.db(), tenant, id).await?.ok_or(Error::NotFound("connection"))?;
    if connection.status == ConnectionStatus::Disconnected {
        return Err(Error::NotFound("connection"));
    }
    let all = assets::list_by_connection(services.db(), tenant, id).await?;
    let mut steps = Vec::new();
    // What was taken out of the choice a moment ago may not be unsubscribed yet.
    for carrier in carriers(&all, |asset| asset.selected || asset.pending) {
        let shared = assets::is_carrying_others_across_tenants(services.db(), id, &carrier.meta_id).await?;
        let Carrier { kind, meta_id, name } = carrier;
        steps.push(if shared {
            DisconnectStep::KeepSubscribed { name }
        } else {
            DisconnectStep::Unsubscribe { kind, meta_id, name }
        });
    }
    steps.extend([DisconnectStep::DropCredentials, DisconnectStep::KeepHistory]);
    Ok(DisconnectPlan { connection, steps })
}

/// Takes a connection apart. What is ours to end (tokens, routes) ends first and always; then Meta is told, and a step
/// that Meta refuses is written down and does not stop the others. Runs to its end even when the browser leaves.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn disconnect(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<Vec<Note>> {
    let actor = actor.admin()?;
    let (own, id) = (services.clone(), id.clone());
    services.to_the_end(async move { carry_out(&own, &actor, &id).await }).await
}

async fn carry_out(services: &Services, actor: &TenantActor, id: &ConnectionId) -> Result<Vec<Note>> {
    let tenant = &actor.tenant_id;
    let plan = plan(services, tenant, id).await?;
    let tokens = credentials::open_all(services, tenant, &plan.connection).await.ok();
    let said = actor.did(services, "connection.disconnected", &plan.connection.meta_user_name).await?;
    if !connections::mark_disconnected(services.db(), tenant, id, &said, services.clock().now()).await? {
        return Err(Error::NotFound("connection"));
    }
    let steps: Vec<_> = plan
        .steps
        .iter()
        .map(|step| carry_out_step(services, &plan.connection, tokens.as_ref(), actor, step))
        .collect();
    let notes: Vec<Note> = stream::iter(steps).buffered(AT_ONCE).filter_map(future::ready).collect().await;
    let unsubscribed: Vec<_> = plan.steps.iter().filter_map(DisconnectStep::unsubscribes).collect();
    give_back(services, id, &unsubscribed).await?;
    observe::log(services, tenant, id, notes.clone()).await?;
    Ok(notes)
}

async fn carry_out_step(
    services: &Services,
    connection: &Connection,
    tokens: Option<&Tokens>,
    actor: &TenantActor,
    step: &DisconnectStep,
) -> Option<Note> {
    if let Some(carrier) = step.unsubscribes() {
        return Some(unsubscribe(services, connection, tokens, &carrier).await);
    }
    match step {
        DisconnectStep::KeepSubscribed { name } => Some(Note::ok("kept", log::kept()).about(name.clone())),
        DisconnectStep::DropCredentials => Some(Note::ok("disconnected", log::disconnected(actor.name.clone()))),
        DisconnectStep::Unsubscribe { .. } | DisconnectStep::KeepHistory => None,
    }
}

/// What came of taking a connection apart: the connection and what was written down about each step.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`] unless it was taken apart.
pub async fn disconnect_report(
    services: &Services,
    actor: &Actor,
    id: &ConnectionId,
) -> Result<(Connection, Vec<LogEntry>)> {
    let actor = actor.admin()?;
    let connection = connections::get(services.db(), &actor.tenant_id, id).await?;
    let ended = connection.and_then(|connection| Some((connection.disconnected_at?, connection)));
    let (at, connection) = ended.ok_or(Error::NotFound("connection"))?;
    let since = Timestamp::from_millis(at);
    let entries = connection_log::list_by_connection_since(services.db(), &actor.tenant_id, id, since).await?;
    Ok((connection, entries))
}
