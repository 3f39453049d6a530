//! The table of assets: what the address asks for, of all that is connected.

use super::evidence::{self, join, ladder, platform, reason};
use super::health;
use super::status::{describe, takes_messages};
use super::steps::steps;
use crate::dto::reason::Reason;
use crate::dto::status::{AssetList, AssetRow, LocationChoice};
use crate::error::AppError;
use crate::visit::Visit;
use server::Services;
use server::accounts::Actor;
use server::asset_kind::AssetKind;
use server::connect::AssetDetail;
use server::connect::status::AssetStatus;
use server::db::assets::{self, Place};
use server::ids::AssetId;

/// How many assets a page shows.
const PAGE: usize = 50;

/// The rows of the page that `visit` asks for, and how they stand among `all`. Search and filter look at every asset; the page that
/// an asset is opened on is the one that it is on.
///
/// # Errors
/// For a person without a tenant; when the database fails.
pub async fn list(
    services: &Services,
    actor: &Actor,
    all: &[AssetStatus],
    visit: &Visit,
) -> Result<(Vec<AssetRow>, AssetList), AppError> {
    let mut ordered: Vec<&AssetStatus> = all.iter().collect();
    ordered.sort_by_key(|status| rank(status.asset.kind));
    let after = match visit.query_value("after") {
        Some(id) => count_up_to(services, actor, &ordered, &id).await?,
        None => 0,
    };
    Ok(page(&ordered, after, visit))
}

/// The order of the kinds: as the cards stand, then as the database lists them.
fn rank(kind: AssetKind) -> (u8, &'static str) {
    (platform(kind) as u8, kind.name())
}

/// How many of `ordered` stand up to the asset with this id, itself among them. One that was disconnected meanwhile is looked up:
/// the page begins where it would have. None of them where nothing is known of it any more.
async fn count_up_to(
    services: &Services,
    actor: &Actor,
    ordered: &[&AssetStatus],
    id: &str,
) -> Result<usize, AppError> {
    if let Some(at) = ordered.iter().position(|status| status.asset.id.as_str() == id) {
        return Ok(at + 1);
    }
    let Ok(id) = id.parse::<AssetId>() else { return Ok(0) };
    let tenant = actor.member()?.tenant_id;
    let place = assets::find_place(services.db(), &tenant, &id).await?;
    Ok(place.map_or(0, |place| count_up_to_place(ordered.iter().map(|status| status.asset.kind), place)))
}

/// How many assets of these kinds stand up to a place: those of the kinds before, and its own kind's.
fn count_up_to_place(kinds: impl Iterator<Item = AssetKind>, place: Place) -> usize {
    let before = kinds.filter(|kind| rank(*kind) < rank(place.kind)).count();
    before + usize::try_from(place.up_to).unwrap_or(0)
}

/// The page that begins after so many of `ordered`.
fn page(ordered: &[&AssetStatus], after: usize, visit: &Visit) -> (Vec<AssetRow>, AssetList) {
    let query = visit.query_value("q").unwrap_or_default().trim().to_owned();
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let only_troubled = visit.query_value("show").as_deref() == Some("attention");
    let opened = visit.query_value("asset");
    let opened = opened.and_then(|id| ordered.iter().position(|status| status.asset.id.as_str() == id));
    let found: Vec<(usize, &AssetStatus)> = ordered
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, status)| (!only_troubled || needs_attention(status)) && matches(status, &words))
        .collect();
    let places: Vec<usize> = found.iter().map(|(place, _)| *place).collect();
    let before = begin(&places, after, opened);
    let shown = || found.iter().skip(before).take(PAGE).map(|(_, status)| *status);
    let more = found.len() > before + PAGE;
    let list = AssetList {
        query,
        only_troubled,
        troubled: ordered.iter().filter(|status| needs_attention(status)).count(),
        found: found.len(),
        before,
        after: before.checked_sub(1).and_then(|last| found.get(last)).map(|(_, status)| id_of(status)),
        next: shown().next_back().filter(|_| more).map(id_of),
    };
    (shown().map(|status| row(status, visit)).collect(), list)
}

/// How many of what was found, by its places in the whole list, come before the page: all of the first `after` places, of which the
/// last need not match any more; else so many whole pages that the opened one is on it. None where nothing would be left.
fn begin(found: &[usize], after: usize, opened: Option<usize>) -> usize {
    let before = match (after, opened.and_then(|opened| found.iter().position(|place| *place == opened))) {
        (0, Some(at)) => at - at % PAGE,
        (after, _) => found.iter().take_while(|place| **place < after).count(),
    };
    if before < found.len() { before } else { 0 }
}

fn id_of(status: &AssetStatus) -> String {
    status.asset.id.to_string()
}

/// Whether a person should look at it: something failed, or it fell silent.
fn needs_attention(status: &AssetStatus) -> bool {
    let failed = status.steps.iter().any(|step| step.problem().is_some());
    status.ladder.problem().is_some() || status.ladder.silence().is_some() || failed
}

fn matches(status: &AssetStatus, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let asset = &status.asset;
    let (place, platform) = (status.location.as_deref().unwrap_or_default(), platform(asset.kind).label());
    let detail = describe(asset.kind, &detail(status));
    let text = format!("{} {detail} {platform} {place} {}", asset.name, asset.meta_id).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn detail(status: &AssetStatus) -> AssetDetail {
    serde_json::from_str(&status.asset.detail).unwrap_or_default()
}

fn row(status: &AssetStatus, visit: &Visit) -> AssetRow {
    let asset = &status.asset;
    let platform = platform(asset.kind);
    let problem = status.ladder.problem().map(|(_, why)| Reason::from(why));
    let (lead, rest) = match problem {
        Some(_) => Default::default(),
        None => reason(&status.ladder, platform, asset.last_event_at.map(|at| (at, "")), visit),
    };
    let location = asset.location_id.as_ref().zip(status.location.clone());
    AssetRow {
        id: asset.id.to_string(),
        platform,
        name: asset.name.clone(),
        detail: describe(asset.kind, &detail(status)),
        meta_id: asset.meta_id.clone(),
        location: location.map(|(id, name)| LocationChoice { id: id.to_string(), name }),
        health: evidence::health(&status.ladder),
        ladder: ladder(&status.ladder),
        reason: join(&[&lead, &rest]),
        problem,
        last_event_at: asset.last_event_at,
        can_test: takes_messages(asset.kind),
        steps: steps(status),
        needs_pin: status.needs_pin(),
        facts: status.health.as_ref().map(|known| health::facts(asset.kind, &known.state)).unwrap_or_default(),
        facts_at: status.health.as_ref().map(|known| known.seen.as_millis()),
        changes: Vec::new(),
        fix: health::fix(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_after_what_the_address_names_though_that_matches_no_more() {
        let found = [1, 4, 7, 9];
        assert_eq!(begin(&found, 5, None), 2);
        assert_eq!(begin(&found, 6, None), 2, "what stood at 5 is healthy now");
        assert_eq!(begin(&found, 10, None), 0, "there is nothing further");
        assert_eq!(begin(&found, 0, None), 0);
    }

    #[test]
    fn what_was_disconnected_keeps_its_place_among_the_kinds() {
        use AssetKind::{AdAccount, FacebookPage, InstagramAccount, WhatsappAccount, WhatsappNumber};
        let up_to = |kind, up_to| {
            let kinds = [FacebookPage, FacebookPage, WhatsappAccount, WhatsappNumber, WhatsappNumber, AdAccount];
            count_up_to_place(kinds.into_iter(), Place { kind, up_to })
        };
        assert_eq!([up_to(FacebookPage, 0), up_to(FacebookPage, 1)], [0, 1]);
        assert_eq!(up_to(InstagramAccount, 0), 2, "it was the only one");
        assert_eq!([up_to(WhatsappAccount, 1), up_to(WhatsappNumber, 1)], [3, 4]);
        assert_eq!(up_to(AdAccount, 0), 5, "ad accounts come last");
    }

    #[test]
    fn an_opened_asset_is_on_the_page_that_is_shown() {
        let found: Vec<usize> = (0..120).map(|n| n * 2).collect();
        let of_place = |opened| begin(&found, 0, Some(opened));
        assert_eq!([of_place(0), of_place(98), of_place(100), of_place(238)], [0, 0, PAGE, 2 * PAGE]);
        assert_eq!(of_place(3), 0, "it does not match");
        assert_eq!(begin(&found, 99, Some(0)), PAGE, "the address says where");
    }
}
