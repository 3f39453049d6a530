//! The page "Connections".

use super::asset_list;
use super::evidence::{self, all_missing, capital, clock, granted, join, ladder, reason};
use super::health;
use super::number_words::quality;
use crate::caller::caller;
use crate::dto::health::{Health, Ladder, Platform, Tone};
use crate::dto::kind::Kind;
use crate::dto::reason::Reason;
use crate::dto::status::{
    Access, ActionKind, CardAction, ConnectionRow, LocationChoice, PlatformCard, Renewal, StatusPage, TestResult,
};
use crate::error::AppError;
use crate::visit::{Visit, language};
use crate::words::{ago, count, days_left, long_day, token_clock};
use server::asset_kind::AssetKind;
use server::connect::status::{AssetStatus, Banner, Card, Channel, ConnectionStatusView, overview};
use server::connect::{AssetDetail, find_unfinished, list_changes};
use server::db::credentials::CredentialKind;
use server::explanation::Explanation;
use server::words::failures::pages;
use server::{accounts, observe};

/// Loads it, with the search of the address.
///
/// # Errors
/// When nobody is signed in.
pub async fn page(visit: Visit) -> Result<StatusPage, AppError> {
    let caller = caller()?;
    let actor = caller.actor()?;
    if actor.memberships.is_empty() && actor.operator {
        return Err(AppError::elsewhere("/admin"));
    }
    let services = &caller.services;
    // Before anything is read: what changes meanwhile is told again.
    let live = services.live().cursor().to_string();
    let may_manage = actor.admin().is_ok();
    let (view, places) = (overview(services, actor).await?, accounts::list_locations(services, actor).await?);
    let unfinished = if may_manage { find_unfinished(services, actor).await? } else { None };
    let access = match &view.banner {
        Banner::Disconnected => disconnected(services, actor).await?,
        banner => access(banner, &view.connections),
    };
    let (mut rows, list) = asset_list::list(services, actor, &view.assets, &visit).await?;
    let open = visit.query_value("asset");
    if let Some(row) = rows.iter_mut().find(|row| open.as_deref() == Some(row.id.as_str()))
        && let Some(status) = view.assets.iter().find(|status| status.asset.id.as_str() == row.id)
    {
        let changes = list_changes(services, actor, &status.asset.id).await?;
        row.changes = health::changes(status.asset.kind, &changes);
    }
    Ok(StatusPage {
        access,
        cards: view.cards.iter().map(|it| card(it, &view.assets, &visit)).collect(),
        assets: rows,
        list,
        asset_total: view.assets.len(),
        open,
        connections: view.connections.iter().map(|view| connection(view, &visit)).collect(),
        locations: places.into_iter().map(|p| LocationChoice { id: p.id.to_string(), name: p.name }).collect(),
        unfinished: unfinished.map(|id| id.to_string()),
        unreached: view.unreached.as_ref().map(Reason::from),
        may_manage,
        live,
    })
}

/// Whether something was connected before, as the log tells.
async fn disconnected(services: &server::Services, actor: &accounts::Actor) -> Result<Access, AppError> {
    let log = observe::list_log(services, actor, None, false).await?;
    let last = log.into_iter().find(|entry| entry.kind == "disconnected");
    Ok(last.map_or(Access::Never, |entry| Access::Disconnected { at: entry.at, by: None }))
}

fn access(banner: &Banner, connections: &[ConnectionStatusView]) -> Access {
    match banner {
        Banner::Disconnected => Access::Never,
        Banner::Connected { clock: it, connection, renews, .. } => Access::Connected {
            clock: clock(*it),
            checked_at: connections.iter().map(|view| view.connection.checked_at).max().unwrap_or_default(),
            renews: *renews,
            connection: connection.to_string(),
        },
        Banner::Expired { at, connection, .. } => {
            Access::Expired { at: at.as_millis(), connection: connection.to_string() }
        }
        Banner::Error { problem, connection, person } => {
            let told = problem.told(language());
            let confirmed = pages::confirmed_by(person.clone()).told(language()).what;
            Access::Error {
                what: told.what,
                why: join(&[&told.why, &confirmed]),
                todo: told.todo,
                effect: told.effect,
                help: told.help,
                // Whoever set the app up has to act; confirming again cannot help.
                connection: (problem.code != "meta.instagram_gone").then(|| connection.to_string()),
            }
        }
    }
}

fn holds(card: &Card) -> String {
    let some = |n: usize, kind: Kind| {
        let (one, many) = kind.brief();
        count(n, one, many)
    };
    match card.channel {
        Channel::Facebook => some(card.accounts, Kind::Page),
        Channel::Instagram => some(card.accounts, Kind::Instagram),
        Channel::Whatsapp => {
            format!("{}, {}", some(card.accounts, Kind::WhatsappAccount), some(card.numbers, Kind::WhatsappNumber))
        }
        Channel::Ads => some(card.accounts, Kind::AdAccount),
    }
}

fn card(card: &Card, assets: &[AssetStatus], visit: &Visit) -> PlatformCard {
    let (platform, kind) = match card.channel {
        Channel::Facebook => (Platform::Facebook, Kind::Page),
        Channel::Instagram => (Platform::Instagram, Kind::Instagram),
        Channel::Whatsapp => (Platform::Whatsapp, Kind::WhatsappNumber),
        Channel::Ads => (Platform::Ads, Kind::AdAccount),
    };
    let (what, _) = kind.words();
    let link = |label: &str, href: String, primary| CardAction {
        label: label.into(),
        does: ActionKind::Link { href },
        primary,
    };
    let Some(worst) = &card.ladder else {
        let steps = if platform == Platform::Ads { 1 } else { 4 };
        return PlatformCard {
            platform,
            holds: format!("No {what}"),
            health: Health::new(Tone::Idle, "Not connected"),
            ladder: Ladder(Ladder::untouched().0.into_iter().take(steps).collect()),
            lead: String::new(),
            reason: format!(
                "Connect with Meta and choose {} {what}.",
                if what.starts_with(['a', 'I']) { "an" } else { "a" }
            ),
            also: String::new(),
            actions: vec![link("Choose", "/connect".into(), false)],
        };
    };
    let health = evidence::health(worst);
    let several = card.accounts + card.numbers > 1;
    let place = |name: &str| if several { format!(" on {name}") } else { String::new() };
    let last = card.last_event.as_ref().map(|(at, name)| (at.as_millis(), place(name)));
    let (lead, reason) = reason(worst, platform, last.as_ref().map(|(at, place)| (*at, place.as_str())), visit);
    let name = card.asset_name.clone().unwrap_or_default();
    // The card speaks of the asset that is worst off: with several, it says which.
    let proven = health.tone == Tone::Ok;
    let reason = match (several, card.problems) {
        (true, _) if proven && last.is_some() => {
            let (at, place) = last.unwrap_or_default();
            format!("Last event {}{place}.", ago(&visit.zone, visit.now, at))
        }
        (false, _) => reason,
        (true, _) => format!("{name}: {reason}"),
    };
    let also = match card.problems {
        0 | 1 => String::new(),
        n => format!("{} have a problem.", count(n, "asset", "assets")),
    };
    let search = format!("/?q={}#assets", platform.slug());
    let worst_off = card.asset_id.as_ref().map_or_else(|| search.clone(), |id| format!("/?asset={id}#{id}"));
    let actions = match health.tone {
        Tone::Bad => {
            let own = assets.iter().filter(|it| Channel::of(it.asset.kind) == Some(card.channel));
            match own.filter(|it| it.ladder == *worst).find_map(health::fix) {
                Some(fix) => vec![fix, link("See what to do", worst_off, false)],
                None => vec![link("See what to do", worst_off, true), test()],
            }
        }
        _ => match to_test(card.channel, assets) {
            Some(id) => {
                let address = format!("/assets/{id}/test");
                vec![link("Send a test message", address, true), link("Manage", search, false), test()]
            }
            None => vec![link("Manage", search, false), test()],
        },
    };
    PlatformCard { platform, holds: holds(card), health, ladder: ladder(worst), lead, reason, also, actions }
}

/// The asset of a channel that a test message would help most: one that nothing was heard of, or that fell silent.
fn to_test(channel: Channel, assets: &[AssetStatus]) -> Option<String> {
    let unproven = assets.iter().filter(|it| Channel::of(it.asset.kind) == Some(channel)).find(|it| {
        let waits = it.ladder.silence().is_some() || (it.asset.active_at.is_none() && it.asset.subscribed_at.is_some());
        takes_messages(it.asset.kind) && it.ladder.problem().is_none() && waits
    });
    unproven.map(|it| it.asset.id.to_string())
}

/// Whether customers write to assets of this kind.
pub fn takes_messages(kind: AssetKind) -> bool {
    matches!(kind, AssetKind::FacebookPage | AssetKind::InstagramAccount | AssetKind::WhatsappNumber)
}

fn test() -> CardAction {
    CardAction { label: "Test connection".into(), does: ActionKind::Test { connection: None }, primary: false }
}

/// What an asset is and what else tells it apart: "Page · Restaurant", "WhatsApp number · Brasa Café · quality high".
pub fn describe(kind: AssetKind, detail: &AssetDetail) -> String {
    let (what, _) = Kind::from(kind).words();
    let mut parts = vec![capital(what)];
    parts.extend(detail.category.clone());
    parts.extend(detail.display_name.clone());
    parts.extend(detail.verified_name.clone());
    let quality = detail.quality_rating.as_deref().map(|rating| quality(Some(rating)));
    let rated = quality.filter(|quality| quality.tone != Tone::Idle);
    parts.extend(rated.map(|quality| format!("quality {}", quality.word.to_lowercase())));
    parts.extend(detail.currency.clone().filter(|_| kind == AssetKind::AdAccount));
    parts.extend(detail.account_status.filter(|status| *status != 1).map(|_| "not active".to_owned()));
    parts.join(" · ")
}

/// What Attaché does about the end of a token by itself.
fn renewal(view: &ConnectionStatusView, visit: &Visit) -> Option<Renewal> {
    let connection = &view.connection;
    if view.problem.is_some() {
        return None;
    }
    let failed = connection.renewal_problem.as_deref();
    if let Some(problem) = failed.and_then(|json| serde_json::from_str::<Explanation>(json).ok()) {
        return Some(Renewal { text: String::new(), failed: Some(Reason::from(problem)) });
    }
    let day = |at| long_day(&visit.zone, visit.now, at);
    let next = connection.renew_at.map(|at| format!("Attaché renews the access by itself, about {}.", day(at)));
    let last = connection.renewed_at.map(|at| format!("Renewed {}.", ago(&visit.zone, visit.now, at)));
    let text = join(&[&last.unwrap_or_default(), &next.unwrap_or_default()]);
    (!text.is_empty()).then_some(Renewal { text, failed: None })
}

fn connection(view: &ConnectionStatusView, visit: &Visit) -> ConnectionRow {
    let connection = &view.connection;
    let clock = clock(view.clock);
    let left = days_left(&visit.zone, visit.now, &clock);
    let health = match (&view.problem, left) {
        // Meta said nothing of it: there is no app to ask with.
        (Some(_), _) if view.lacks_app() => Health::new(Tone::Bad, "Not set up here"),
        (Some(_), _) => Health::new(Tone::Bad, "Refused by Meta"),
        (None, Some(0)) if matches!(view.clock, server::connect::status::TokenClock::Ended(_)) => {
            Health::new(Tone::Bad, "Ended")
        }
        (None, Some(days)) if days <= 14 => {
            Health::new(Tone::Warn, count(usize::try_from(days).unwrap_or(0), "day left", "days left"))
        }
        _ => Health::new(Tone::Ok, "Valid"),
    };
    let accepted = || format!("Meta accepts the access. {}.", capital(&token_clock(&visit.zone, visit.now, &clock)));
    let test = TestResult {
        at: connection.checked_at,
        finding: if view.problem.is_none() { accepted() } else { String::new() },
        refused: view.problem.as_ref().map(Reason::from),
    };
    ConnectionRow {
        id: connection.id.to_string(),
        by: connection.meta_user_name.clone(),
        connected_at: connection.created_at,
        token: match connection.token_kind {
            CredentialKind::SystemUser => "system user, for the whole business".into(),
            CredentialKind::Instagram => format!("its own access, connected by {}", connection.connected_by_name),
            _ => format!("personal access, connected by {}", connection.connected_by_name),
        },
        clock,
        assets: view.assets,
        renewal: renewal(view, visit),
        health,
        granted: view.permissions.granted.iter().map(|name| granted(name)).collect(),
        missing: all_missing(&view.permissions),
        test,
    }
}
