//! The four cards, as they follow from sample assets.

use crate::NOW;
use crate::assets::SILENCE;
use app::dto::health::{Health, Ladder, Platform, StepState, Tone};
use app::dto::status::*;
use app::visit::Visit;
use app::words;

pub(crate) fn link(label: &str, href: String, primary: bool) -> CardAction {
    CardAction { label: label.into(), does: ActionKind::Link { href }, primary }
}

fn test() -> CardAction {
    CardAction { label: "Test connection".into(), does: ActionKind::Test { connection: None }, primary: false }
}

fn holds(platform: Platform, own: &[&AssetRow]) -> String {
    let accounts = own.iter().filter(|asset| asset.detail.starts_with("WhatsApp account")).count();
    match platform {
        Platform::Whatsapp => format!(
            "{}, {}",
            words::count(accounts, "account", "accounts"),
            words::count(own.len() - accounts, "number", "numbers")
        ),
        Platform::Instagram => words::count(own.len(), "account", "accounts"),
        Platform::Ads => words::count(own.len(), "ad account", "ad accounts"),
        _ => words::count(own.len(), "Page", "Pages"),
    }
}

/// How far an asset is: what failed is furthest behind.
fn height(asset: &AssetRow) -> usize {
    match asset.problem {
        Some(_) => 0,
        None => 1 + asset.ladder.0.iter().filter(|step| matches!(step, StepState::Done { .. })).count(),
    }
}

pub(crate) fn card(platform: Platform, all: &[AssetRow]) -> PlatformCard {
    let own: Vec<&AssetRow> = all.iter().filter(|asset| asset.platform == platform).collect();
    let search = format!("/?q={}#assets", platform.slug());
    let Some(worst) = own.iter().min_by_key(|asset| height(asset)) else {
        return PlatformCard {
            platform,
            holds: "No ad account".into(),
            health: Health::new(Tone::Idle, "Not connected"),
            ladder: Ladder(Ladder::untouched().0[..1].to_vec()),
            lead: String::new(),
            reason: "Connect with Meta and choose an ad account.".into(),
            also: String::new(),
            actions: vec![link("Choose", "/connect".into(), false)],
        };
    };
    let (lead, rest) = match (&worst.problem, worst.reason.strip_prefix(SILENCE)) {
        (Some(why), _) => (why.what.clone(), why.rest()),
        (None, Some(quiet)) => (SILENCE.to_owned(), quiet.trim().to_owned()),
        (None, None) => (String::new(), worst.reason.clone()),
    };
    let last = own.iter().filter_map(|asset| Some((asset.last_event_at?, &asset.name))).max();
    let reason = match (own.len() > 1, last) {
        (false, _) => rest,
        (true, Some((at, name))) if worst.health.tone == Tone::Ok => {
            format!("Last event {} on {name}.", words::ago(&Visit::default().zone, NOW, at))
        }
        (true, _) => format!("{}: {rest}", worst.name),
    };
    let troubled = own.iter().filter(|asset| asset.problem.is_some()).count();
    let see = |primary| link("See what to do", format!("/?asset={0}#{0}", worst.id), primary);
    let unproven = own.iter().find(|asset| asset.health.tone == Tone::Warn && asset.can_test);
    let actions = match (worst.health.tone, worst.fix.clone(), unproven) {
        (Tone::Bad, Some(fix), _) => vec![fix, see(false)],
        (Tone::Bad, None, _) => vec![see(true), test()],
        (_, _, Some(asset)) => {
            let first = link("Send a test message", format!("/assets/{}/test", asset.id), true);
            vec![first, link("Manage", search, false), test()]
        }
        _ => vec![link("Manage", search, false), test()],
    };
    PlatformCard {
        platform,
        holds: holds(platform, &own),
        health: worst.health.clone(),
        ladder: worst.ladder.clone(),
        lead,
        reason,
        also: if troubled > 1 { format!("{troubled} assets have a problem.") } else { String::new() },
        actions,
    }
}
