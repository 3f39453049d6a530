//! Taking a connection apart: the plan is shown first, then carried out step by step.

use std::collections::HashMap;

use futures::{StreamExt as _, future, stream};

use super::credentials::{self, Tokens};
use crate::{
    accounts::{Actor, TenantActor},
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        assets::{self, Asset},
        connection_log::{self, LogEntry},
        connections::{self, Connection, ConnectionStatus},
    },
    error::{Error, Result},
    ids::{ConnectionId, TenantId},
    meta::{PageId, WabaId},
    observe::{self, Note},
    services::Services,
};

/// How many assets are unsubscribed at a time.
const AT_ONCE: usize = 8;

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
    for (carrier, name) in carriers(&all) {
        let (kind, meta_id) = carrier;
        let shared = assets::is_carrying_others_across_tenants(services.db(), id, meta_id).await?;
        steps.push(if shared {
            DisconnectStep::KeepSubscribed { name }
        } else {
            DisconnectStep::Unsubscribe { kind, meta_id: meta_id.to_owned(), name }
        });
    }
    steps.extend([DisconnectStep::DropCredentials, DisconnectStep::KeepHistory]);
    Ok(DisconnectPlan { connection, steps })
}

/// The Pages and WhatsApp accounts through which the selected assets receive, with their names, in a steady order.
fn carriers(all: &[Asset]) -> Vec<((AssetKind, &str), String)> {
    let names: HashMap<(AssetKind, &str), &str> =
        all.iter().map(|asset| ((asset.kind, asset.meta_id.as_str()), asset.name.as_str())).collect();
    let mut carriers: Vec<(AssetKind, &str)> = all
        .iter()
        .filter(|asset| asset.selected)
        .filter_map(|asset| match asset.kind {
            AssetKind::FacebookPage | AssetKind::WhatsappAccount => Some((asset.kind, asset.meta_id.as_str())),
            AssetKind::InstagramAccount => Some((AssetKind::FacebookPage, asset.parent_meta_id.as_deref()?)),
            AssetKind::WhatsappNumber => Some((AssetKind::WhatsappAccount, asset.parent_meta_id.as_deref()?)),
            AssetKind::AdAccount | AssetKind::Business => None,
        })
        .collect();
    carriers.sort_unstable();
    carriers.dedup();
    carriers
        .into_iter()
        .map(|carrier| {
            let name = names.get(&carrier).map_or_else(|| carrier.1.to_owned(), |name| (*name).to_owned());
            (carrier, name)
        })
        .collect()
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
    connections::mark_disconnected(services.db(), tenant, id, services.clock().now()).await?;
    let steps: Vec<_> = plan.steps.iter().map(|step| carry_out_step(services, tokens.as_ref(), actor, step)).collect();
    let notes: Vec<Note> = stream::iter(steps).buffered(AT_ONCE).filter_map(future::ready).collect().await;
    observe::log(services, tenant, id, notes.clone()).await?;
    let target = &plan.connection.meta_user_name;
    observe::audit(services, tenant, (&actor.user_id, &actor.name), "connection.disconnected", target).await?;
    Ok(notes)
}

async fn carry_out_step(
    services: &Services,
    tokens: Option<&Tokens>,
    actor: &TenantActor,
    step: &DisconnectStep,
) -> Option<Note> {
    match step {
        DisconnectStep::Unsubscribe { kind, meta_id, name } => {
            Some(unsubscribe(services, tokens, *kind, meta_id).await.about(name.clone()))
        }
        DisconnectStep::KeepSubscribed { name } => Some(
            Note::ok("kept", "Stays subscribed, because another connection receives through it.").about(name.clone()),
        ),
        DisconnectStep::DropCredentials => {
            Some(Note::ok("disconnected", format!("{} disconnected. The tokens are deleted.", actor.name)))
        }
        DisconnectStep::KeepHistory => None,
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

async fn unsubscribe(services: &Services, tokens: Option<&Tokens>, kind: AssetKind, meta_id: &str) -> Note {
    let failed = |why: &str| Note::problem("unsubscribe_failed", format!("Could not be unsubscribed at Meta: {why}"));
    let (Some(tokens), Ok(graph)) = (tokens, services.graph()) else {
        return failed("there is no readable token.");
    };
    let done = match kind {
        AssetKind::FacebookPage => match (tokens.page(meta_id), meta_id.parse::<PageId>()) {
            (Some(token), Ok(page)) => graph.unsubscribe_page(&page, token).await,
            _ => return failed("there is no token for this Page."),
        },
        _ => match meta_id.parse::<WabaId>() {
            Ok(waba) => graph.unsubscribe_waba(&waba, &tokens.main).await,
            Err(_) => return failed("its id is not one of Meta's."),
        },
    };
    match done {
        Ok(()) => Note::ok("unsubscribed", "Meta no longer sends its messages to Attaché."),
        Err(error) => failed(&error.explain().what),
    }
}
