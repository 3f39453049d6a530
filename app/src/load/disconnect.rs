//! Disconnecting.

use crate::caller::{caller, id};
use crate::dto::attempt::ApplyState;
use crate::dto::disconnect::{DisconnectPage, DisconnectStep};
use crate::error::AppError;
use crate::forms::FormAnswer;
use crate::visit::language;
use leptos::prelude::use_context;
use server::asset_kind::AssetKind;
use server::connect::{self, plan_disconnect};
use server::db::connection_log::Outcome;
use server::db::connections::Connection;
use server::observe::Note;

/// Loads the plan; or, when the button was pressed just now, what was done.
///
/// # Errors
/// When nobody is signed in, the role does not allow it, or there is no such connection.
pub async fn page(connection: String) -> Result<DisconnectPage, AppError> {
    let answer = use_context::<FormAnswer>().filter(|answer| answer.action == "disconnect");
    if let Some(done) = answer.and_then(|answer| serde_json::from_str(&answer.json).ok()) {
        return Ok(done);
    }
    let caller = caller()?;
    let plan = plan_disconnect(&caller.services, caller.actor()?, &id(&connection)?).await?;
    let steps = plan.steps.into_iter().filter_map(|step| match step {
        connect::DisconnectStep::Unsubscribe { kind, name, .. } => {
            let what = if kind == AssetKind::FacebookPage { "Page" } else { "WhatsApp account" };
            Some(planned(format!("Meta stops sending events of {name}"), what))
        }
        connect::DisconnectStep::KeepSubscribed { name } => {
            Some(planned(format!("{name} stays subscribed"), "Another connection receives through it"))
        }
        connect::DisconnectStep::DropCredentials => {
            Some(planned("The access is destroyed".into(), "Every token of this connection"))
        }
        connect::DisconnectStep::KeepHistory => None,
    });
    Ok(about(&plan.connection, steps.collect(), false))
}

fn planned(what: String, note: &str) -> DisconnectStep {
    DisconnectStep { what, state: ApplyState::Waiting, note: note.into() }
}

/// What disconnecting did, step by step.
pub fn finished(connection: &Connection, notes: Vec<Note>) -> DisconnectPage {
    let steps = notes.into_iter().map(|note| DisconnectStep {
        state: if note.outcome == Outcome::Problem { ApplyState::Failed } else { ApplyState::Done },
        what: note.asset_name.unwrap_or_else(|| "The access".into()),
        note: note.line.told(language()),
    });
    about(connection, steps.collect(), true)
}

fn about(connection: &Connection, steps: Vec<DisconnectStep>, finished: bool) -> DisconnectPage {
    let kept = [
        "The log of what happened",
        "Locations, and which asset belonged where",
        "Everything that others have connected, here or elsewhere",
    ];
    DisconnectPage {
        connection: connection.id.to_string(),
        by: connection.meta_user_name.clone(),
        connected_at: connection.created_at,
        steps,
        kept: kept.map(Into::into).to_vec(),
        finished,
    }
}
