//! The table of assets: what the address asks for, of all that is connected.

use super::evidence::{self, join, ladder, platform, reason};
use super::health;
use super::status::{describe, takes_messages};
use super::steps::steps;
use crate::dto::reason::Reason;
use crate::dto::status::{AssetList, AssetRow, LocationChoice};
use crate::visit::Visit;
use server::connect::AssetDetail;
use server::connect::status::AssetStatus;

/// How many assets a page shows.
const PAGE: usize = 50;

/// The rows of the page that `visit` asks for, and how they stand among `all`. Search and filter look at every asset; the page that
/// an asset is opened on is the one that it is on.
pub fn list(all: &[AssetStatus], visit: &Visit) -> (Vec<AssetRow>, AssetList) {
    let query = visit.query_value("q").unwrap_or_default().trim().to_owned();
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let only_troubled = visit.query_value("show").as_deref() == Some("attention");
    let mut ordered: Vec<&AssetStatus> = all.iter().collect();
    ordered.sort_by_key(|status| platform(status.asset.kind) as u8);
    let place_of = |name: &str| {
        let id = visit.query_value(name)?;
        ordered.iter().position(|status| status.asset.id.as_str() == id)
    };
    let (after, opened) = (place_of("after"), place_of("asset"));
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
        troubled: all.iter().filter(|status| needs_attention(status)).count(),
        found: found.len(),
        before,
        after: before.checked_sub(1).and_then(|last| found.get(last)).map(|(_, status)| id_of(status)),
        next: shown().next_back().filter(|_| more).map(id_of),
    };
    (shown().map(|status| row(status, visit)).collect(), list)
}

/// How many of what was found, by its places in the whole list, come before the page: all up to the place that it begins after, which
/// need not match any more; else so many whole pages that the opened one is on it. None where nothing would be left.
fn begin(found: &[usize], after: Option<usize>, opened: Option<usize>) -> usize {
    let before = match (after, opened.and_then(|opened| found.iter().position(|place| *place == opened))) {
        (Some(after), _) => found.iter().take_while(|place| **place <= after).count(),
        (None, Some(at)) => at - at % PAGE,
        (None, None) => 0,
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
        assert_eq!(begin(&found, Some(4), None), 2);
        assert_eq!(begin(&found, Some(5), None), 2, "what stood at 5 is healthy now");
        assert_eq!(begin(&found, Some(9), None), 0, "there is nothing further");
        assert_eq!(begin(&found, None, None), 0);
    }

    #[test]
    fn an_opened_asset_is_on_the_page_that_is_shown() {
        let found: Vec<usize> = (0..120).map(|n| n * 2).collect();
        let of_place = |opened| begin(&found, None, Some(opened));
        assert_eq!([of_place(0), of_place(98), of_place(100), of_place(238)], [0, 0, PAGE, 2 * PAGE]);
        assert_eq!(of_place(3), 0, "it does not match");
        assert_eq!(begin(&found, Some(98), Some(0)), PAGE, "the address says where");
    }
}
