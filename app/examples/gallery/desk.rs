//! Sample data of the page "Connections".

use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Ladder, Platform, StepState, Tone};
use app::dto::reason::Reason;
use app::dto::status::*;

pub(crate) fn done(minutes: i64) -> StepState {
    StepState::Done { at: NOW - minutes * MINUTE }
}

pub(crate) fn active() -> Ladder {
    Ladder(vec![done(33), done(33), done(32), done(4)])
}

pub(crate) fn waiting() -> Ladder {
    Ladder(vec![done(33), done(33), StepState::Now { since: Some(NOW - 32 * MINUTE) }, StepState::NotYet])
}

pub(crate) fn broken() -> Ladder {
    Ladder(vec![done(33), StepState::Failed { at: Some(NOW - 50 * MINUTE) }, StepState::NotYet, StepState::NotYet])
}

pub(crate) fn unregistered() -> Ladder {
    Ladder(vec![done(33), done(33), StepState::Failed { at: Some(NOW - 50 * MINUTE) }, StepState::NotYet])
}

pub(crate) fn link(label: &str, href: &str, primary: bool) -> CardAction {
    CardAction { label: label.into(), does: ActionKind::Link { href: href.into() }, primary }
}

pub(crate) fn test(label: &str) -> CardAction {
    CardAction { label: label.into(), does: ActionKind::Test { connection: Some("con_1".into()) }, primary: false }
}

pub(crate) fn cards() -> Vec<PlatformCard> {
    vec![
        PlatformCard {
            platform: Platform::Facebook,
            holds: "3 Pages".into(),
            health: Health::new(Tone::Ok, "Active"),
            ladder: active(),
            lead: String::new(),
            reason: "Last message 4 min ago on Brasa Centro.".into(),
            also: String::new(),
            actions: vec![link("Manage", "/?q=facebook#assets", false), test("Test connection")],
        },
        PlatformCard {
            platform: Platform::Instagram,
            holds: "2 accounts".into(),
            health: Health::new(Tone::Warn, "Waiting"),
            ladder: waiting(),
            lead: String::new(),
            reason: "Subscribed since 09:13, nothing has arrived yet. Send yourself a message to prove the way.".into(),
            also: String::new(),
            actions: vec![
                link("Send a test message", "/assets/ast_2/test", true),
                link("Manage", "/?q=instagram#assets", false),
                test("Test connection"),
            ],
        },
        PlatformCard {
            platform: Platform::Whatsapp,
            holds: "1 account, 2 numbers".into(),
            health: Health::new(Tone::Bad, "Attention"),
            ladder: unregistered(),
            lead: "This number needs its PIN.".into(),
            reason: "+34 612 55 01 02: It has a two-step PIN already, and Meta registers it with that one alone. Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.".into(),
            also: "2 assets have a problem.".into(),
            actions: vec![link("See what to do", "/?asset=ast_4#ast_4", true), test("Test connection")],
        },
        PlatformCard {
            platform: Platform::Ads,
            holds: "No ad account".into(),
            health: Health::new(Tone::Idle, "Not connected"),
            ladder: Ladder(Ladder::untouched().0[..1].to_vec()),
            lead: String::new(),
            reason: "Connect an ad account to see spend beside conversations.".into(),
            also: String::new(),
            actions: vec![link("Choose account", "/connect", false)],
        },
    ]
}

fn asset(
    n: usize,
    platform: Platform,
    name: &str,
    detail: &str,
    at: Option<&str>,
    health: Health,
    last: Option<i64>,
) -> AssetRow {
    let ladder = match health.tone {
        Tone::Ok => active(),
        Tone::Bad => unregistered(),
        _ => waiting(),
    };
    AssetRow {
        problem: (n == 4).then(needs_pin),
        id: format!("ast_{n}"),
        platform,
        name: name.into(),
        detail: detail.into(),
        meta_id: format!("10{n}9548213377{n}"),
        location: at.map(|name| LocationChoice { id: format!("loc_{}", name.to_lowercase()), name: name.into() }),
        health,
        ladder,
        reason: "Meta confirmed the subscription at 09:12. The first message proves the way.".into(),
        last_event_at: last.map(|minutes| NOW - minutes * MINUTE),
        can_test: platform != Platform::Ads,
        steps: steps(platform),
        needs_pin: n == 4,
        facts: facts(platform, n == 4),
        facts_at: Some(NOW - 6 * MINUTE),
        changes: if n == 4 { changes() } else { vec![] },
        fix: (n == 4).then(|| CardAction {
            label: "Take it back".into(),
            does: ActionKind::Repair { asset: "ast_4".into() },
            primary: true,
        }),
    }
}

fn step(name: &str, state: StepState) -> Step {
    Step { name: name.into(), state, why: None, try_again: false }
}

fn needs_pin() -> Reason {
    Reason {
        what: "This number needs its PIN.".into(),
        why: "It has a two-step PIN already, and Meta registers it with that one alone.".into(),
        todo: "Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.".into(),
        help: Some("/help/errors#number-registration".into()),
    }
}

fn facts(platform: Platform, elsewhere: bool) -> Vec<Fact> {
    let fact = |name: &str, value: &str, tone| Fact { name: name.into(), value: value.into(), tone };
    let mut facts = vec![
        fact("Permissions", "all that it needs", Tone::Ok),
        fact("Subscription", "as Meta reads it back, complete", Tone::Ok),
    ];
    match platform {
        Platform::Whatsapp => facts.extend([
            match elsewhere {
                true => fact("Messages go to", "https://crm.example/hooks/whatsapp, set on the account", Tone::Bad),
                false => fact("Messages go to", "this installation, set on the Meta app", Tone::Ok),
            },
            fact("Status at Meta", "Connected", Tone::Ok),
            fact("Quality", "Medium", Tone::Warn),
            fact("Review of its name", "Approved", Tone::Ok),
            fact("Writes first to", "1,000 customers in 24 hours", Tone::Idle),
            fact("Speed", "80 messages a second", Tone::Idle),
        ]),
        Platform::Ads => facts = vec![fact("Ad account", "active", Tone::Ok)],
        _ => facts.push(fact(
            "Role on the Page",
            "advertise, analyze, create content, messaging and moderate",
            Tone::Idle,
        )),
    }
    facts
}

fn changes() -> Vec<Change> {
    let change = |minutes: i64, text: &str| Change { at: NOW - minutes * MINUTE, text: text.into() };
    vec![
        change(
            50,
            "Messages go to: https://crm.example/hooks/whatsapp, set on the account, before this installation, set on the Meta app",
        ),
        change(60 * 24 * 4, "Quality: Medium, before High"),
    ]
}

fn steps(platform: Platform) -> Vec<Step> {
    let app = step("Meta sends the app’s events to this installation", done(60 * 24 * 9));
    let own = |name| step(name, done(33));
    match platform {
        Platform::Facebook => vec![app, own("Meta sends the Page’s events to the app")],
        Platform::Instagram => vec![app, own("Meta sends the account’s events, with its Page’s")],
        Platform::Whatsapp => {
            let state = StepState::Failed { at: Some(NOW - 50 * MINUTE) };
            let number = Step { why: Some(needs_pin()), ..step("The number is registered for the Cloud API", state) };
            vec![app, own("Meta sends the number’s events, with its account’s"), number]
        }
        Platform::Ads | Platform::Business => Vec::new(),
    }
}

/// A Page whose subscription failed, for a reason that another try may mend.
pub(crate) fn refused() -> AssetRow {
    let why = Reason {
        what: "Meta does not send this asset's messages to Attaché.".into(),
        why: "Meta accepted the subscription, but does not list it when asked.".into(),
        todo: "Press Test connection. If it stays like this, reconnect.".into(),
        help: None,
    };
    let state = StepState::Failed { at: Some(NOW - 50 * MINUTE) };
    let page = step("Meta sends the Page’s events to the app", state);
    AssetRow {
        health: Health::new(Tone::Bad, "Not subscribed"),
        ladder: broken(),
        problem: Some(why.clone()),
        steps: vec![steps(Platform::Facebook).remove(0), Step { why: Some(why), try_again: true, ..page }],
        ..assets().remove(2)
    }
}

/// An ad account, about which Meta sends nothing.
pub(crate) fn ad_account() -> AssetRow {
    let verified = Health::new(Tone::Ok, "Verified");
    AssetRow {
        ladder: Ladder(vec![done(33)]),
        reason: "Meta lets Attaché read it.".into(),
        ..asset(8, Platform::Ads, "Brasa Ads", "Ad account · EUR", None, verified, None)
    }
}

pub(crate) fn assets() -> Vec<AssetRow> {
    let ok = || Health::new(Tone::Ok, "Active");
    vec![
        asset(1, Platform::Facebook, "Brasa Centro", "Page · Restaurant", Some("Centro"), ok(), Some(4)),
        asset(
            2,
            Platform::Instagram,
            "@brasa.centro",
            "Instagram account",
            Some("Centro"),
            Health::new(Tone::Warn, "Waiting"),
            None,
        ),
        asset(3, Platform::Facebook, "Brasa Playa", "Page · Restaurant", Some("Playa"), ok(), Some(64)),
        asset(
            4,
            Platform::Whatsapp,
            "+34 612 55 01 02",
            "WhatsApp number · Brasa Café · quality high",
            Some("Centro"),
            Health::new(Tone::Bad, "Attention"),
            None,
        ),
        asset(5, Platform::Facebook, "Brasa Eventos", "Page · Caterer", None, ok(), Some(60 * 20)),
        asset(
            6,
            Platform::Instagram,
            "@brasa.eventos",
            "Instagram account",
            None,
            Health::new(Tone::Warn, "Waiting"),
            None,
        ),
        asset(7, Platform::Facebook, "براسا بيروت", "Page · Restaurant", Some("Beirut"), ok(), Some(60 * 50)),
    ]
}

pub(crate) fn granted() -> Vec<Permission> {
    [
        ("pages_show_list", "See which Pages you manage"),
        ("pages_messaging", "Read and answer messages of a Page"),
        ("pages_manage_metadata", "Be told when something happens on a Page"),
        ("instagram_basic", "See the Instagram account of a Page"),
        ("whatsapp_business_management", "See WhatsApp accounts and numbers"),
        ("business_management", "See the businesses and what they share"),
    ]
    .map(|(name, plain)| Permission { name: name.into(), plain: plain.into(), reviewed: true })
    .to_vec()
}

pub(crate) fn lacking() -> Vec<Permission> {
    vec![Permission {
        name: "instagram_manage_messages".into(),
        plain: "Instagram messages do not arrive without it.".into(),
        reviewed: true,
    }]
}

pub(crate) fn connections() -> Vec<ConnectionRow> {
    vec![
        ConnectionRow {
            id: "con_1".into(),
            by: "Ada Brasa".into(),
            connected_at: NOW - 33 * MINUTE,
            token: "system user, for the whole business".into(),
            clock: Clock::NeverEnds,
            assets: 5,
            renewal: None,
            health: Health::new(Tone::Ok, "Valid"),
            granted: granted(),
            missing: vec![],
            test: TestResult {
                at: NOW - 6 * MINUTE,
                finding: "Meta accepts the access. Access never ends by time.".into(),
                refused: None,
            },
        },
        ConnectionRow {
            id: "con_2".into(),
            by: "Leo Costa".into(),
            connected_at: NOW - 53 * DAY,
            token: "personal access, connected by Leo Costa".into(),
            clock: Clock::Ends { at: NOW + 7 * DAY },
            assets: 2,
            renewal: Some(Renewal {
                text: String::new(),
                failed: Some(Reason {
                    what: "The access could not be renewed.".into(),
                    why: "Meta's new token lacks pages_messaging.".into(),
                    todo: "Confirm again with Meta and tick everything that is to stay connected.".into(),
                    help: None,
                }),
            }),
            health: Health::new(Tone::Warn, "Ends in 7 days"),
            granted: granted()[..4].to_vec(),
            missing: lacking(),
            test: TestResult {
                at: NOW - DAY,
                finding: String::new(),
                refused: Some(Reason {
                    what: "Meta no longer accepts the access.".into(),
                    why: "The password was changed.".into(),
                    todo: "Reconnect.".into(),
                    help: Some("/help/errors#access-refused".into()),
                }),
            },
        },
    ]
}

/// A personal access that Attaché keeps alive.
pub(crate) fn renewed() -> Vec<ConnectionRow> {
    let kept = |row: ConnectionRow| ConnectionRow {
        clock: Clock::Ends { at: NOW + 35 * DAY },
        health: Health::new(Tone::Ok, "Valid"),
        missing: vec![],
        renewal: Some(Renewal {
            text: "Renewed 26 Oct. Attaché renews the access by itself, about 25 November.".into(),
            failed: None,
        }),
        test: TestResult {
            at: NOW - 6 * MINUTE,
            finding: "Meta accepts the access. Access ends in 35 days, on 25 December.".into(),
            refused: None,
        },
        ..row
    };
    connections().into_iter().skip(1).map(kept).collect()
}

pub(crate) fn page() -> StatusPage {
    let locations = ["Centro", "Playa", "Beirut"];
    StatusPage {
        access: Access::Connected {
            clock: Clock::Ends { at: NOW + 7 * DAY },
            checked_at: NOW - 6 * MINUTE,
            renews: false,
            connection: "con_2".into(),
        },
        cards: cards(),
        assets: assets(),
        list: AssetList { troubled: 1, found: 7, ..AssetList::default() },
        asset_total: 7,
        open: None,
        connections: connections(),
        locations: locations
            .map(|name| LocationChoice { id: format!("loc_{}", name.to_lowercase()), name: name.into() })
            .to_vec(),
        unfinished: None,
        unreached: None,
        may_manage: true,
        live: String::new(),
    }
}

pub(crate) fn silent() -> Vec<PlatformCard> {
    let steps =
        vec![done(60 * 24 * 40), done(60 * 24 * 40), done(60 * 24 * 40), StepState::Silent { since: NOW - 4 * DAY }];
    let quiet = PlatformCard {
        health: Health::new(Tone::Warn, "Silent"),
        ladder: Ladder(steps),
        lead: "Needs attention: silence.".into(),
        reason: "Nothing has arrived since 16 Nov, 09:45; in the weeks before, the longest pause was 14 hours. Send a test message. If it does not arrive, see whether the Meta app is live and whether another tool took over its callback.".into(),
        actions: vec![
            link("Send a test message", "/assets/ast_1/test", true),
            link("Manage", "/?q=facebook#assets", false),
            test("Test connection"),
        ],
        ..cards().remove(0)
    };
    std::iter::once(quiet).chain(cards().into_iter().skip(1)).collect()
}
