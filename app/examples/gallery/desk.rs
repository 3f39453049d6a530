//! Sample data of the page "Connections".

use crate::assets::{OF_LEO, SILENCE, assets, needs_pin, registered, silent};
use crate::cards::{card, link};
use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Ladder, Platform, StepState, Tone};
use app::dto::reason::Reason;
use app::dto::status::*;
use app::load::evidence;
use app::visit::Visit;
use app::words;

const ALL: [&str; 8] = [
    "pages_show_list",
    "pages_messaging",
    "pages_manage_metadata",
    "instagram_basic",
    "instagram_manage_messages",
    "whatsapp_business_management",
    "whatsapp_business_messaging",
    "business_management",
];
/// What Leo left out.
const LEFT_OUT: &str = "instagram_manage_messages";

pub(crate) fn granted() -> Vec<Permission> {
    ALL.map(evidence::granted).to_vec()
}

pub(crate) fn lacking() -> Vec<Permission> {
    let missing = evidence::missing(LEFT_OUT);
    vec![Permission { plain: format!("{} It was declined in Meta’s window.", missing.plain), ..missing }]
}

fn accepted(clock: &Clock, at: i64) -> TestResult {
    let clock = words::token_clock(&Visit::default().zone, NOW, clock);
    TestResult { at, finding: format!("Meta accepts the access. {clock}."), refused: None }
}

fn of_ada(assets: usize) -> ConnectionRow {
    ConnectionRow {
        id: "con_1".into(),
        by: "Ada Brasa".into(),
        connected_at: NOW - 33 * MINUTE,
        token: "system user, for the whole business".into(),
        clock: Clock::NeverEnds,
        assets,
        renewal: None,
        health: Health::new(Tone::Ok, "Valid"),
        granted: granted(),
        missing: vec![],
        test: accepted(&Clock::NeverEnds, NOW - 6 * MINUTE),
    }
}

/// With a personal access that ends then, and that could not be renewed where that is possible at all.
fn of_leo(clock: Clock) -> ConnectionRow {
    let renewable = matches!(clock, Clock::Ends { .. });
    let health = match words::days_left(&Visit::default().zone, NOW, &clock) {
        Some(days) if days <= 14 => {
            let left = words::count(usize::try_from(days).unwrap_or(0), "day left", "days left");
            Health::new(Tone::Warn, left)
        }
        _ => Health::new(Tone::Ok, "Valid"),
    };
    ConnectionRow {
        id: "con_2".into(),
        by: "Leo Costa".into(),
        connected_at: NOW - 53 * DAY,
        token: "personal access, connected by Leo Costa".into(),
        assets: OF_LEO.len(),
        renewal: renewable.then(|| Renewal {
            text: String::new(),
            failed: Some(Reason {
                what: "The access could not be renewed.".into(),
                why: "Meta's new token lacks pages_messaging.".into(),
                todo: "Confirm again with Meta and tick everything that is to stay connected. Until then the present token goes on.".into(),
                help: None,
            }),
        }),
        health,
        granted: granted().into_iter().filter(|permission| permission.name != LEFT_OUT).collect(),
        missing: lacking(),
        test: accepted(&clock, NOW - 6 * MINUTE),
        clock,
    }
}

/// Everything that hangs on these assets and on the clock of Leo's access.
fn page_of(assets: Vec<AssetRow>, clock: Clock, renews: bool) -> StatusPage {
    let troubled = |asset: &&AssetRow| asset.problem.is_some() || asset.reason.starts_with(SILENCE);
    let list =
        AssetList { troubled: assets.iter().filter(troubled).count(), found: assets.len(), ..AssetList::default() };
    let locations = ["Centro", "Playa", "Beirut"];
    StatusPage {
        access: Access::Connected {
            clock: clock.clone(),
            checked_at: NOW - 6 * MINUTE,
            renews,
            connection: "con_2".into(),
        },
        cards: [Platform::Facebook, Platform::Instagram, Platform::Whatsapp, Platform::Ads]
            .map(|platform| card(platform, &assets))
            .to_vec(),
        asset_total: assets.len(),
        connections: vec![of_ada(assets.len() - OF_LEO.len()), of_leo(clock)],
        assets,
        list,
        open: None,
        locations: locations
            .map(|name| LocationChoice { id: format!("loc_{}", name.to_lowercase()), name: name.into() })
            .to_vec(),
        unfinished: None,
        unreached: None,
        may_manage: true,
        live: String::new(),
    }
}

pub(crate) fn page() -> StatusPage {
    page_of(assets(), Clock::Ends { at: NOW + 7 * DAY }, false)
}

/// Leo's access ends then.
pub(crate) fn ending(clock: Clock) -> StatusPage {
    page_of(assets(), clock, false)
}

/// A personal access that Attaché keeps alive.
pub(crate) fn renews() -> StatusPage {
    let mut page = page_of(assets(), Clock::Ends { at: NOW + 35 * DAY }, true);
    for leo in page.connections.iter_mut().skip(1) {
        let text = "Renewed 26 Oct. Attaché renews the access by itself, about 25 November.";
        leo.renewal = Some(Renewal { text: text.into(), failed: None });
    }
    page
}

/// Everything hangs on an access that no time ends.
pub(crate) fn never_ends() -> StatusPage {
    let all = assets().len();
    let access = Access::Connected {
        clock: Clock::NeverEnds,
        checked_at: NOW - 6 * MINUTE,
        renews: false,
        connection: "con_1".into(),
    };
    StatusPage { access, connections: vec![of_ada(all)], ..page() }
}

/// Meta refuses Leo's access, for this reason: nothing of what hangs on it is proven any more.
pub(crate) fn refused(access: Access, why: &Reason) -> StatusPage {
    let fix = link("Reconnect", "/connect?connection=con_2".into(), true);
    let lost = |asset: AssetRow| {
        if !OF_LEO.contains(&asset.id.as_str()) {
            return asset;
        }
        let mut steps = asset.steps;
        for own in steps.iter_mut().skip(1) {
            own.state = StepState::NotYet;
        }
        let none = StepState::NotYet;
        AssetRow {
            health: Health::new(Tone::Bad, "Attention"),
            ladder: Ladder(vec![StepState::Failed { at: None }, none.clone(), none.clone(), none]),
            reason: String::new(),
            problem: Some(why.clone()),
            steps,
            fix: Some(fix.clone()),
            ..asset
        }
    };
    let mut page = page_of(assets().into_iter().map(lost).collect(), Clock::Ends { at: NOW + 7 * DAY }, false);
    for leo in page.connections.iter_mut().skip(1) {
        leo.health = Health::new(Tone::Bad, "Refused by Meta");
        leo.renewal = None;
        if let Access::Expired { at, .. } = &access {
            leo.clock = Clock::Ends { at: *at };
        }
        leo.test = TestResult { at: NOW - 6 * MINUTE, finding: String::new(), refused: Some(why.clone()) };
    }
    StatusPage { access, ..page }
}

/// With this asset in the place of the one that has its id, else after all others; its details open.
pub(crate) fn with(asset: AssetRow) -> StatusPage {
    let open = Some(asset.id.clone());
    let mut all = assets();
    match all.iter().position(|other| other.id == asset.id) {
        Some(at) => all[at] = asset,
        None => all.push(asset),
    }
    StatusPage { open, ..page_of(all, Clock::Ends { at: NOW + 7 * DAY }, false) }
}

/// A Page fell silent.
pub(crate) fn quiet() -> StatusPage {
    StatusPage { open: None, ..with(silent()) }
}

/// The number is registered: nothing is wrong with any asset.
pub(crate) fn sound() -> StatusPage {
    StatusPage { open: None, ..with(registered()) }
}

/// What of the page matches a search or the filter.
pub(crate) fn found(matches: impl Fn(&AssetRow) -> bool, list: AssetList, page: StatusPage) -> StatusPage {
    let assets: Vec<AssetRow> = page.assets.into_iter().filter(matches).collect();
    let list = AssetList { troubled: page.list.troubled, found: assets.len(), ..list };
    StatusPage { assets, list, ..page }
}

/// Of 240 assets, most of them Leo's Pages, those on the second page.
pub(crate) fn second_page() -> StatusPage {
    let mut page = page();
    let list = AssetList {
        found: 240,
        before: 50,
        after: Some("ast_0".into()),
        next: Some("ast_4".into()),
        ..page.list.clone()
    };
    let many = 240 - (page.asset_total - OF_LEO.len());
    for facebook in page.cards.iter_mut().take(1) {
        facebook.holds = words::count(many + 1, "Page", "Pages");
    }
    for leo in page.connections.iter_mut().skip(1) {
        leo.assets = many;
    }
    StatusPage { list, asset_total: 240, ..page }
}

/// Every connection was tested just now.
pub(crate) fn tested() -> StatusPage {
    let mut page = page();
    if let Access::Connected { checked_at, .. } = &mut page.access {
        *checked_at = NOW;
    }
    for connection in &mut page.connections {
        connection.test.at = NOW;
    }
    page
}

/// The number waits for its PIN, which somebody looks at.
pub(crate) fn pin() -> StatusPage {
    with(needs_pin())
}
