//! The steps at Meta: overrides, subscriptions, registrations, and the grant itself (Meta reference §6.1, §6.3, §4.8).

use crate::{
    asset_kind::AssetKind,
    connect::{
        credentials::Tokens,
        unsubscribe::{Carrier, Unended, end_subscription},
    },
    db::{
        assets,
        connections::{self, Connection},
        disconnections::{Step, StepKind},
    },
    error::Result,
    explanation::Explanation,
    meta::{BadRequestProblem, GraphClient, MetaError, MetaErrorKind, PhoneNumberId, WabaId},
    services::Services,
    words::failures::log,
};

/// How a step ended.
#[derive(Debug)]
pub(super) enum End {
    /// It is done.
    Done(Explanation),
    /// It is left out.
    Skipped(Explanation),
    /// Meta could not be asked just now: it is tried again by itself.
    Later(Explanation),
    /// It did not work.
    Failed {
        /// Why.
        why: Explanation,
        /// Whether trying again with the same token can only fail again.
        hopeless: bool,
    },
}

/// Carries out a step at Meta. What became needed by another connection since the plan was made is left as it is.
///
/// # Errors
/// When the database fails.
pub(super) async fn perform(
    services: &Services,
    tokens: Option<&Tokens>,
    connection: &Connection,
    step: &Step,
) -> Result<End> {
    let (Some(tokens), Ok(app)) = (tokens, services.app_of_connection(connection)) else {
        return Ok(End::Failed { why: log::no_token(), hopeless: true });
    };
    let graph = &app.graph;
    if step.kind == StepKind::Revoke {
        return revoke(services, graph, tokens, connection).await;
    }
    let db = services.db();
    if step.kind != StepKind::Deregister
        && assets::is_carrying_others_across_tenants(db, &connection.id, &step.meta_id).await?
    {
        return Ok(End::Skipped(log::kept()));
    }
    // Somebody else may have connected the number meanwhile.
    if step.kind == StepKind::Deregister
        && assets::is_selected_across_tenants(db, AssetKind::WhatsappNumber, &step.meta_id).await?
    {
        return Ok(End::Skipped(log::stays_registered()));
    }
    let done = match step.kind {
        StepKind::Unsubscribe => unsubscribe(services, connection, tokens, step).await,
        StepKind::ClearOverride => clear_override(graph, tokens, step).await,
        _ => deregister(graph, tokens, step).await,
    };
    Ok(done.unwrap_or_else(|error| end(&error)))
}

fn end(error: &MetaError) -> End {
    let why = error.explain();
    if error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_)) {
        End::Later(why)
    } else {
        End::Failed { why, hopeless: error.is_credential() }
    }
}

type Outcome = std::result::Result<End, MetaError>;

async fn unsubscribe(services: &Services, connection: &Connection, tokens: &Tokens, step: &Step) -> Outcome {
    match end_subscription(services, connection, Some(tokens), &Carrier::of_step(step)).await {
        Ok(()) => Ok(End::Done(log::unsubscribed())),
        Err(Unended::NoToken(why)) => Ok(End::Failed { why, hopeless: true }),
        Err(Unended::Meta(error)) => Err(error),
    }
}

impl Carrier {
    /// What such a step unsubscribes.
    pub(super) fn of_step(step: &Step) -> Self {
        let kind = step.asset_kind.unwrap_or(AssetKind::WhatsappAccount);
        Self { kind, meta_id: step.meta_id.clone(), name: step.name.clone() }
    }
}

async fn clear_override(graph: &GraphClient, tokens: &Tokens, step: &Step) -> Outcome {
    if step.asset_kind == Some(AssetKind::WhatsappNumber) {
        let Ok(number) = step.meta_id.parse::<PhoneNumberId>() else {
            return Ok(End::Failed { why: log::bad_id(), hopeless: true });
        };
        if graph.number_override(&number, &tokens.main).await?.is_none() {
            return Ok(End::Done(log::override_none()));
        }
        graph.clear_number_override(&number, &tokens.main).await?;
        return Ok(End::Done(log::override_cleared()));
    }
    let Ok(account) = step.meta_id.parse::<WabaId>() else {
        return Ok(End::Failed { why: log::bad_id(), hopeless: true });
    };
    let subscription = graph.waba_subscription(&account, &tokens.main).await?;
    if subscription.and_then(|own| own.override_callback_uri).is_none() {
        return Ok(End::Done(log::override_none()));
    }
    // Subscribing without an override removes the one that was set.
    graph.subscribe_waba(&account, &tokens.main).await?;
    Ok(End::Done(log::override_cleared()))
}

async fn deregister(graph: &GraphClient, tokens: &Tokens, step: &Step) -> Outcome {
    let Ok(number) = step.meta_id.parse::<PhoneNumberId>() else {
        return Ok(End::Failed { why: log::bad_id(), hopeless: true });
    };
    let unregistered = MetaErrorKind::BadRequest(BadRequestProblem::NumberNotRegistered);
    match graph.deregister_number(&number, &tokens.main).await {
        Ok(()) => Ok(End::Done(log::deregistered())),
        Err(error) if error.kind == unregistered => Ok(End::Done(log::was_not_registered())),
        Err(error) => Err(error),
    }
}

/// Ends every token of the person for this app, so it is asked for once more whether anything else hangs on the grant.
async fn revoke(services: &Services, graph: &GraphClient, tokens: &Tokens, connection: &Connection) -> Result<End> {
    if connections::count_others_of_person_across_tenants(services.db(), connection).await? > 0 {
        return Ok(End::Skipped(log::grant_needed()));
    }
    let done = match graph.revoke_permissions(&tokens.main).await {
        // The person's own token is dead; the app may still say it.
        Err(error) if error.is_credential() => match connection.meta_user_id.parse() {
            Ok(person) => graph.revoke_permissions_of(&person).await,
            Err(_) => Err(error),
        },
        done => done,
    };
    Ok(match done {
        Ok(()) => End::Done(log::grant_ended()),
        Err(error) => end(&error),
    })
}
