//! The page "Activity".

use super::audit;
use crate::caller::{caller, id};
use crate::dto::activity::{ActivityEntry, ActivityPage, AuditChoices, Log, Sentence};
use crate::dto::health::Tone;
use crate::dto::reason::Reason;
use crate::error::AppError;
use crate::visit::Visit;
use server::clock::Timestamp;
use server::db::asset_events::AssetEvent;
use server::db::audit::{AuditEntry, AuditFilter};
use server::db::connection_log::{LogEntry, Outcome};
use server::ids::AssetEventId;
use server::observe::{AuditAction, Line, PAGE, audit_choices, list_audit, list_log, list_notices};

/// Loads the log that the address names.
///
/// # Errors
/// When nobody is signed in, or the role does not allow it.
pub async fn page(visit: Visit) -> Result<ActivityPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let before = visit.query_value("before").filter(|value| !value.is_empty());
    let only_problems = visit.query_value("show").as_deref() == Some("problems");
    let is_later = before.is_some();
    let may_audit = actor.admin().is_ok();
    let mut choices = None;
    let asked = visit.query_value("log").unwrap_or_default();
    let (log, entries, last) = if asked == "notices" {
        let before = before.as_deref().map(place).transpose()?;
        let rows = list_notices(services, actor, before.as_ref().map(|(at, id)| (*at, id))).await?;
        let last = rows.last().map(|row| format!("{}-{}", row.at.as_millis(), row.id));
        (Log::Notices, rows.into_iter().map(of_notice).collect(), last)
    } else if asked == "audit" {
        let of = |name: &str| visit.query_value(name).filter(|value| !value.is_empty());
        let filter =
            AuditFilter { before: before.and_then(|seq| seq.parse().ok()), action: of("action"), actor: of("person") };
        let rows = list_audit(services, actor, &filter).await?;
        let last = rows.last().map(|row| row.seq.to_string());
        let (actions, people) = audit_choices(services, actor).await?;
        choices = Some(AuditChoices { actions, people, action: filter.action, person: filter.actor });
        (Log::Audit, rows.into_iter().map(of_audit).collect::<Vec<_>>(), last)
    } else {
        let before = before.map(|value| id(&value)).transpose()?;
        let rows = list_log(services, actor, before.as_ref(), only_problems).await?;
        let last = rows.last().map(|row| row.id.to_string());
        (Log::Connections, rows.into_iter().map(of_log).collect(), last)
    };
    let full = i64::try_from(entries.len()).is_ok_and(|n| n >= PAGE);
    Ok(ActivityPage { log, entries, only_problems, older: last.filter(|_| full), is_later, may_audit, choices })
}

/// The place in the list of notices that an address names.
fn place(text: &str) -> Result<(Timestamp, AssetEventId), AppError> {
    let (at, event) = text.split_once('-').ok_or_else(AppError::not_found)?;
    Ok((Timestamp::from_millis(id(at)?), id(event)?))
}

fn of_notice(event: AssetEvent) -> ActivityEntry {
    let about = event.asset_name.unwrap_or(event.asset_meta_id);
    ActivityEntry { at: event.at.as_millis(), tone: Tone::Idle, sentence: Sentence::English(event.sentence), about }
}

fn of_log(entry: LogEntry) -> ActivityEntry {
    let tone = match entry.outcome {
        Outcome::Ok => Tone::Ok,
        Outcome::Problem => Tone::Bad,
        Outcome::Note => Tone::Idle,
    };
    let sentence = match entry.line() {
        // What is to be done about it now stands on the page of the connections.
        Line::Explained(why) => Sentence::Explained(Reason::from(why).without_todo()),
        Line::Sentence(text) => Sentence::English(text),
    };
    ActivityEntry { at: entry.at, tone, sentence, about: entry.asset_name.unwrap_or_default() }
}

fn of_audit(entry: AuditEntry) -> ActivityEntry {
    let (who, target) = (&entry.actor_name, &entry.target);
    let sentence = match AuditAction::from_name(&entry.action) {
        Some(action) => audit::sentence(action, who, target),
        // Another version of Attaché wrote it.
        None => format!("{who}: {} {target}", entry.action),
    };
    let about = format!("Entry {}", entry.seq);
    ActivityEntry { at: entry.at, tone: Tone::Idle, sentence: Sentence::English(sentence), about }
}
