//! Taking a connection apart: the plan is shown first, then carried out step by step, and each step says how it ended.
//!
//! What is ours to end (routes, the choice) ends at once and always. What Meta has to be told, and what is erased, is a durable
//! job: a step that fails does not stop the others, can be tried again, and a restart goes on where it stopped.

mod at_meta;
mod erase;
mod plan;
mod take_apart;

use std::time::Duration;

pub(crate) use take_apart::take_apart;

use self::plan::build;
use crate::{
    accounts::{Actor, TenantActor, limits::CHECKS_BY_TENANT},
    db::{
        connections::{self, Connection, ConnectionStatus},
        disconnections::{self, Disconnection, Step, StepKind, StepState},
        from_json, to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{ConnectionId, TenantId},
    jobs::{self, Asked, Kind},
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::{Language, failures::log},
};

/// How long the tokens are kept, sealed, for steps at Meta that did not work.
const TOKENS: Duration = Duration::from_secs(72 * 3600);

/// What has to be typed before history is erased.
pub const CONFIRMATION: &str = "erase";

/// What a person decides about disconnecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisconnectChoices {
    /// Whether the registration of WhatsApp numbers ends.
    pub deregister: bool,
    /// Whether the person's grant ends at Meta, where nothing else needs it.
    pub revoke: bool,
    /// Whether what the assets brought is erased.
    pub erase: bool,
}

impl Default for DisconnectChoices {
    fn default() -> Self {
        Self { deregister: false, revoke: true, erase: false }
    }
}

/// What disconnecting would do, and what can be decided about it.
#[derive(Debug, Clone)]
pub struct DisconnectPlan {
    /// The connection.
    pub connection: Connection,
    /// Every step that there can be, in order; those that are left out say why.
    pub steps: Vec<Step>,
    /// How many messages and deliveries the assets brought.
    pub history: i64,
}

/// What disconnecting would do.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`].
pub async fn plan_disconnect(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<DisconnectPlan> {
    let tenant = actor.admin()?.tenant_id;
    let connection = standing(services, &tenant, id).await?;
    let everything = DisconnectChoices { deregister: true, revoke: true, erase: true };
    let steps = build(services, &tenant, &connection, everything).await?;
    let history = steps.iter().filter(|step| step.kind == StepKind::Erase).map(|step| step.total).sum();
    Ok(DisconnectPlan { connection, steps, history })
}

async fn standing(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<Connection> {
    let connection = connections::get(services.db(), tenant, id).await?;
    connection.filter(|known| known.status != ConnectionStatus::Disconnected).ok_or(Error::NotFound("connection"))
}

/// Takes a connection apart. It is no longer one when this returns; what follows runs soon, and to its end.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`]; [`Error::Invalid`] when history is to be
/// erased and `confirmation` is not [`CONFIRMATION`].
pub async fn disconnect(
    services: &Services,
    actor: &Actor,
    id: &ConnectionId,
    choices: DisconnectChoices,
    confirmation: &str,
) -> Result<()> {
    let actor = actor.admin()?;
    let (own, id, typed) = (services.clone(), id.clone(), confirmation.to_owned());
    // To its end even when the browser leaves: the job is asked for right after the connection ended.
    services.to_the_end(async move { begin(&own, &actor, &id, choices, &typed).await }).await
}

async fn begin(
    services: &Services,
    actor: &TenantActor,
    id: &ConnectionId,
    choices: DisconnectChoices,
    confirmation: &str,
) -> Result<()> {
    if choices.erase && !confirmation.trim().eq_ignore_ascii_case(CONFIRMATION) {
        let message = format!("Type the word {CONFIRMATION} to have history erased. Nothing was done.");
        return Err(Error::invalid("confirmation", message));
    }
    let (db, tenant, now) = (services.db(), &actor.tenant_id, services.clock().now());
    let connection = standing(services, tenant, id).await?;
    let steps = build(services, tenant, &connection, choices).await?;
    let mut said = vec![actor.did(services, "connection.disconnected", &connection.meta_user_name).await?];
    if choices.erase {
        said.push(actor.did(services, "history.erase_asked", &connection.meta_user_name).await?);
    }
    let who = ((&actor.user_id, actor.name.as_str()), now.plus(TOKENS));
    if !disconnections::insert(db, tenant, id, who, &steps, &said, now).await? {
        return Err(Error::NotFound("connection"));
    }
    let note = Note::ok("disconnected", log::disconnected(actor.name.clone()));
    observe::log(services, tenant, id, vec![note]).await?;
    ask(services, tenant, id).await
}

async fn ask(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<()> {
    jobs::ask(services, &Asked { tenant: Some(tenant), kind: Kind::Disconnect, subject: id.as_str() }).await
}

impl Step {
    /// The step with what is said of it.
    ///
    /// # Errors
    /// When the explanation cannot be written.
    pub fn saying(self, explanation: &Explanation) -> Result<Self> {
        let sentence = explanation.told(Language::En).what;
        Ok(Self { sentence, explanation: Some(to_json(explanation)?), ..self })
    }

    /// How it ended, or why it is left out, in words; empty when there is nothing to say yet.
    pub fn told(&self, language: Language) -> String {
        let kept = self.explanation.as_deref().and_then(|json| from_json::<Explanation>(json).ok());
        kept.map_or_else(|| self.sentence.clone(), |explanation| explanation.told(language).what)
    }
}

/// A connection that is being taken apart, or was, as its page shows it.
#[derive(Debug, Clone)]
pub struct DisconnectView {
    /// The connection.
    pub connection: Connection,
    /// Who asked, when, and whether it is done.
    pub disconnection: Disconnection,
    /// The steps, in order, and how each stands.
    pub steps: Vec<Step>,
}

impl DisconnectView {
    /// Whether a step that failed can be tried again: the tokens are still there.
    pub fn can_retry(&self) -> bool {
        let dropped = self.steps.iter().any(|step| step.kind == StepKind::DropTokens && step.state == StepState::Done);
        let failed = |step: &Step| step.state == StepState::Failed && !(dropped && step.kind.is_at_meta());
        self.steps.iter().any(failed)
    }
}

/// How taking a connection apart goes on, or ended.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`] unless somebody asked for it.
pub async fn view_disconnection(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<DisconnectView> {
    let (db, tenant) = (services.db(), actor.admin()?.tenant_id);
    let disconnection = disconnections::get(db, &tenant, id).await?.ok_or(Error::NotFound("connection"))?;
    let connection = connections::get(db, &tenant, id).await?.ok_or(Error::NotFound("connection"))?;
    Ok(DisconnectView { connection, disconnection, steps: disconnections::list_steps(db, &tenant, id).await? })
}

/// Tries the steps again that failed.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Busy`].
pub async fn retry_disconnect(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<()> {
    let view = view_disconnection(services, actor, id).await?;
    let tenant = actor.admin()?.tenant_id;
    CHECKS_BY_TENANT.count(services, tenant.as_str()).await?;
    if view.can_retry() && disconnections::mark_waiting(services.db(), &tenant, id).await? > 0 {
        ask(services, &tenant, id).await?;
        services.live().tenant_changed(&tenant, Hint::Asset);
    }
    Ok(())
}

/// Asks for what is left of taking connections apart: what a process left that ended, and tokens whose time is over.
///
/// # Errors
/// When the database fails.
pub async fn resume_disconnecting(services: &Services) -> Result<()> {
    let now = services.clock().now();
    for (tenant, id) in disconnections::list_unfinished_across_tenants(services.db(), now).await? {
        ask(services, &tenant, &id).await?;
    }
    Ok(())
}
