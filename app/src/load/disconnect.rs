//! Disconnecting.

use super::evidence::capital;
use crate::caller::{caller, id};
use crate::dto::attempt::ApplyState;
use crate::dto::disconnect::{Course, Decision, DisconnectPage, DisconnectState, DisconnectStep, Plan};
use crate::dto::kind::Kind;
use crate::error::AppError;
use crate::visit::language;
use crate::words::{count, grouped};
use server::connect::{CONFIRMATION, DisconnectPlan, DisconnectView, plan_disconnect, view_disconnection};
use server::db::connections::Connection;
use server::db::disconnections::{Step, StepKind, StepState};
use server::error::Error;
use server::ids::ConnectionId;

/// Loads the plan; or, once somebody asked for it, how it goes.
///
/// # Errors
/// When nobody is signed in, the role does not allow it, or there is no such connection.
pub async fn page(connection: String) -> Result<DisconnectPage, AppError> {
    let caller = caller()?;
    let (services, actor, id) = (&caller.services, caller.actor()?, id::<ConnectionId>(&connection)?);
    let live = services.live().cursor().to_string();
    match view_disconnection(services, actor, &id).await {
        Ok(view) => Ok(about(&view.connection, DisconnectState::Asked(course(&view, live)))),
        Err(Error::NotFound(_)) => {
            let plan = plan_disconnect(services, actor, &id).await?;
            Ok(about(&plan.connection, DisconnectState::Planned(planned(&plan))))
        }
        Err(error) => Err(error.into()),
    }
}

fn about(connection: &Connection, state: DisconnectState) -> DisconnectPage {
    DisconnectPage {
        connection: connection.id.to_string(),
        by: connection.meta_user_name.clone(),
        connected_at: connection.created_at,
        state,
    }
}

fn planned(plan: &DisconnectPlan) -> Plan {
    let of = |kind: StepKind| plan.steps.iter().filter(move |step| step.kind == kind);
    let decision = |step: &Step| Decision { name: step.name.clone(), not: step.told(language()) };
    let always =
        |step: &&Step| matches!(step.kind, StepKind::ClearOverride | StepKind::Unsubscribe | StepKind::DropTokens);
    Plan {
        steps: plan.steps.iter().filter(always).map(|step| self::step(step, false)).collect(),
        revoke: of(StepKind::Revoke).map(decision).next(),
        numbers: of(StepKind::Deregister).map(decision).collect(),
        history: usize::try_from(plan.history).unwrap_or(0),
        confirmation: CONFIRMATION.into(),
    }
}

fn course(view: &DisconnectView, live: String) -> Course {
    let can_retry = view.can_retry();
    // What waits behind a step that failed waits for a person.
    let by_itself = |step: &Step| match step.kind {
        StepKind::DropTokens | StepKind::Revoke => !can_retry,
        _ => true,
    };
    Course {
        running: view.steps.iter().any(|step| step.state == StepState::Waiting && by_itself(step)),
        can_retry,
        steps: view.steps.iter().map(|step| self::step(step, true)).collect(),
        tokens_until: view.disconnection.tokens_until,
        asked_by: view.disconnection.asked_by_name.clone(),
        live,
    }
}

fn step(step: &Step, asked: bool) -> DisconnectStep {
    let what = match step.kind {
        StepKind::ClearOverride => {
            format!("Remove the address of another tool for {}, should one be set", step.name)
        }
        StepKind::Unsubscribe => format!("Stop Meta’s events of {}", step.name),
        StepKind::Deregister => format!("End the registration of {}", step.name),
        StepKind::Revoke => format!("End at Meta what {} allowed", step.name),
        StepKind::DropTokens => "Destroy the access".into(),
        StepKind::Erase => format!("Erase what {} brought", step.name),
    };
    let state = match step.state {
        StepState::Skipped => None,
        StepState::Done => Some(ApplyState::Done),
        StepState::Failed => Some(ApplyState::Failed),
        StepState::Waiting if asked && step.kind == StepKind::Erase && step.done > 0 => Some(ApplyState::Running),
        StepState::Waiting => Some(ApplyState::Waiting),
    };
    DisconnectStep { what, state, note: note(step), told: is_told(step) }
}

/// Whether the note is in the person's language: how much is erased is counted, and not told.
fn is_told(step: &Step) -> bool {
    let counted = step.kind == StepKind::Erase && matches!(step.state, StepState::Waiting | StepState::Done);
    !counted && !step.told(language()).is_empty()
}

fn note(step: &Step) -> String {
    let size = |n: i64| usize::try_from(n).unwrap_or(0);
    let told = step.told(language());
    match (step.kind, step.state) {
        // What is erased stands before it.
        (StepKind::Erase, StepState::Waiting | StepState::Done) => {
            format!("{} of {}", grouped(size(step.done)), count(size(step.total), "entry", "entries"))
        }
        _ if !told.is_empty() => told,
        (StepKind::DropTokens, _) => "Every token of this connection.".into(),
        (StepKind::Unsubscribe, _) => {
            let kind = step.asset_kind.map_or(Kind::WhatsappAccount, Kind::from);
            capital(kind.words().0)
        }
        _ => String::new(),
    }
}
