//! The pages about what Meta sent.

use super::evidence::platform;
use crate::caller::{caller, id};
use crate::dto::deliveries::{DeliveriesPage, DeliveryPage, DeliveryRow, EventRow};
use crate::dto::health::{Health, Tone};
use crate::dto::reason::Reason;
use crate::error::AppError;
use crate::visit::Visit;
use crate::words::{count, listed};
use server::accounts::{Actor, Role};
use server::clock::Timestamp;
use server::db::delivery_parts::Outcome;
use server::ids::DeliveryId;
use server::ingest::deliveries::{self, DeliveryView, Filter};
use std::collections::BTreeMap;

/// How many deliveries a page shows.
const PAGE: i64 = 50;

/// Loads the list that the address asks for: an operator's is everybody's when they belong to no tenant, or ask for it.
///
/// # Errors
/// When nobody is signed in.
pub async fn list(visit: Visit) -> Result<DeliveriesPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let asked = visit.query_value("show").unwrap_or_default();
    let outcome = outcome_of(&asked);
    let before = visit.query_value("before").filter(|before| !before.is_empty());
    let filter = Filter { outcome, asset: None, before: before.as_deref().map(place).transpose()? };
    let of_all = actor.operator && (actor.membership.is_none() || visit.query_value("of").as_deref() == Some("all"));
    let page = if of_all {
        deliveries::list_all(services, actor, &filter, PAGE).await?
    } else {
        deliveries::list(services, actor, &filter, PAGE).await?
    };
    let older = page.next.map(|(at, id)| format!("{}-{id}", at.as_millis()));
    Ok(DeliveriesPage {
        rows: page.rows.into_iter().map(row).collect(),
        outcome: outcome.map(|_| asked).unwrap_or_default(),
        older,
        is_later: before.is_some(),
        may_replay: may_replay(actor),
        of_all,
        // Nobody is told of what belongs to other businesses.
        live: if of_all { String::new() } else { live },
    })
}

/// Loads one delivery.
///
/// # Errors
/// When nobody is signed in; when none of it is theirs.
pub async fn one(delivery: String) -> Result<DeliveryPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let found = deliveries::get(services, actor, id(&delivery)?).await?;
    let first = found.parts.first().ok_or_else(AppError::not_found)?;
    Ok(DeliveryPage {
        at: first.received_at.as_millis(),
        meta_app_id: first.meta_app_id.clone(),
        parts: found.parts.into_iter().map(row).collect(),
        events: found
            .events
            .into_iter()
            .map(|event| EventRow {
                at: event.at.as_millis(),
                sentence: event.sentence,
                problem: event.problem.map(Reason::from),
                raw: event.raw.and_then(|raw| serde_json::to_string_pretty(&raw).ok()),
            })
            .collect(),
        body: found.body,
        expired: found.expired,
        may_replay: may_replay(actor),
        live: if actor.membership.is_some() { live } else { String::new() },
        id: delivery,
    })
}

/// Owners and operators: whoever sees what people wrote.
fn may_replay(actor: &Actor) -> bool {
    actor.operator || actor.membership.as_ref().is_some_and(|membership| membership.role == Role::Owner)
}

fn outcome_of(asked: &str) -> Option<Outcome> {
    match asked {
        "applied" => Some(Outcome::Applied),
        "failed" => Some(Outcome::Failed),
        "unreadable" => Some(Outcome::Unreadable),
        "quarantined" => Some(Outcome::Quarantined),
        _ => None,
    }
}

/// The place in the list that an address names.
fn place(text: &str) -> Result<(Timestamp, DeliveryId), AppError> {
    let (at, delivery) = text.rsplit_once('-').ok_or_else(AppError::not_found)?;
    Ok((Timestamp::from_millis(id(at)?), id(delivery)?))
}

fn row(view: DeliveryView) -> DeliveryRow {
    let (key, name) = match &view.asset {
        Some(asset) => (asset.meta_id.as_str(), asset.name.clone().unwrap_or_else(|| asset.meta_id.clone())),
        None => ("none", "–".to_owned()),
    };
    DeliveryRow {
        id: view.id.to_string(),
        key: format!("{}-{key}-{}", view.id, view.tenant.as_ref().map_or("", |tenant| tenant.as_str())),
        at: view.received_at.as_millis(),
        health: health(view.outcome),
        holds: holds(&view.kinds),
        platform: view.asset.as_ref().map(|asset| platform(asset.kind)),
        asset: name,
        problem: view.problem.map(Reason::from),
        replayed_at: view.replayed_at.map(Timestamp::as_millis),
    }
}

fn health(outcome: Outcome) -> Health {
    match outcome {
        Outcome::Applied => Health::new(Tone::Ok, "Applied"),
        Outcome::Quarantined => Health::new(Tone::Warn, "Quarantined"),
        Outcome::Unreadable => Health::new(Tone::Bad, "Unreadable"),
        Outcome::Failed => Health::new(Tone::Bad, "Failed"),
    }
}

/// What was in it: "2 messages and 1 status".
fn holds(kinds: &BTreeMap<String, i64>) -> String {
    let mut parts: Vec<(&str, usize)> =
        kinds.iter().map(|(kind, number)| (kind.as_str(), usize::try_from(*number).unwrap_or(0))).collect();
    parts.sort_by_key(|(kind, number)| (*kind != "message", std::cmp::Reverse(*number)));
    let words: Vec<String> = parts
        .into_iter()
        .map(|(kind, number)| {
            let (one, many) = match kind {
                "message" => ("message", "messages"),
                "status" => ("status", "statuses"),
                "watermark" => ("read or delivery receipt", "read or delivery receipts"),
                "reaction" => ("reaction", "reactions"),
                "edit" => ("edit", "edits"),
                "unsend" => ("unsent message", "unsent messages"),
                "contact" => ("contact", "contacts"),
                "same_person" => ("changed number", "changed numbers"),
                "notice" => ("notice", "notices"),
                "grant" => ("change of access", "changes of access"),
                _ => ("event Attaché does not know yet", "events Attaché does not know yet"),
            };
            count(number, one, many)
        })
        .collect();
    if words.is_empty() { "Nothing that can be read".into() } else { listed(&words) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    #[test]
    fn what_was_in_it_is_said_with_messages_first() {
        let kinds = |pairs: &[(&str, i64)]| pairs.iter().map(|(kind, n)| ((*kind).to_owned(), *n)).collect();
        assert_eq!(
            holds(&kinds(&[("contact", 1), ("message", 2), ("status", 5)])),
            "2 messages, 5 statuses and 1 contact"
        );
        assert_eq!(holds(&kinds(&[("message", 1)])), "1 message");
        assert_eq!(holds(&kinds(&[])), "Nothing that can be read");
    }

    #[test]
    fn a_place_in_the_list_survives_its_address() {
        let (at, delivery) = place("1780308000000-1099511627777").unwrap();
        assert_eq!((at.as_millis(), delivery.number()), (1_780_308_000_000, 1_099_511_627_777));
        assert!(place("1780308000000").is_err() && place("a-1").is_err());
    }
}
