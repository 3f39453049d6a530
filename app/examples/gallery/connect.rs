//! Sample data of connecting.

use crate::desk::{granted, lacking};
use crate::{DAY, MINUTE, NOW};
use app::dto::attempt::*;
use app::dto::connect::*;
use app::dto::disconnect::*;
use app::dto::disconnect_asset::DisconnectAssetPage;
use app::dto::health::Platform;
use app::dto::move_here::MovePage;
use app::dto::set_up_links::*;
use app::dto::wizard::*;

pub(crate) fn start() -> ConnectPage {
    ConnectPage {
        permissions: granted(),
        by_configuration: true,
        popup_on_http: false,
        connection: None,
        rerequest: false,
        instagram: true,
        by_instagram: false,
        blocked: None,
    }
}

pub(crate) fn blocked() -> ConnectPage {
    let blocked = Blocked {
        what: "No Meta app is set up yet.".into(),
        todo: "The operator of this installation has to enter it first.".into(),
    };
    ConnectPage { blocked: Some(blocked), ..start() }
}

pub(crate) fn attempt(state: AttemptState) -> AttemptPage {
    AttemptPage { id: "att_1".into(), connection: Some("con_1".into()), guest: None, state }
}

fn choice(id: &str, platform: Platform, name: &str, detail: &str, nested: bool, state: ChoiceState) -> Choice {
    Choice { id: id.into(), platform, name: name.into(), detail: detail.into(), nested, counts: true, state }
}

pub(crate) fn wizard() -> Wizard {
    let free = |ticked| ChoiceState::Free { ticked };
    let reason = "You have no messaging role on this Page. Ask an admin for the task Messages.";
    Wizard {
        groups: vec![
            AssetGroup {
                name: "Brasa Café Group".into(),
                is_portfolio: true,
                note: "business portfolio, verified".into(),
                choices: vec![
                    choice(
                        "a1",
                        Platform::Facebook,
                        "Brasa Centro",
                        "Page · Restaurant",
                        false,
                        ChoiceState::Connected,
                    ),
                    choice(
                        "a2",
                        Platform::Instagram,
                        "@brasa.centro",
                        "Instagram, linked to this Page",
                        true,
                        free(true),
                    ),
                    choice("a3", Platform::Facebook, "Brasa Playa", "Page · Restaurant", false, free(true)),
                    choice("a4", Platform::Facebook, "Brasa Eventos", "Page · Caterer", false, free(true)),
                    choice(
                        "a5",
                        Platform::Instagram,
                        "@brasa.eventos",
                        "Instagram, linked to this Page",
                        true,
                        free(false),
                    ),
                    choice(
                        "a6",
                        Platform::Facebook,
                        "Brasa Franquicias",
                        "Page · Business service",
                        false,
                        ChoiceState::Unusable { reason: reason.into() },
                    ),
                    choice(
                        "a7",
                        Platform::Whatsapp,
                        "+34 612 55 01 02",
                        "WhatsApp · Brasa Centro · quality green · registered",
                        false,
                        free(true),
                    ),
                ],
            },
            AssetGroup {
                name: "Costa Foods".into(),
                is_portfolio: true,
                note: "shared with you".into(),
                choices: vec![
                    choice("b1", Platform::Facebook, "Costa Delivery", "Page · Food delivery", false, free(false)),
                    choice(
                        "b2",
                        Platform::Whatsapp,
                        "+34 611 20 44 18",
                        "WhatsApp · Costa Delivery · quality yellow",
                        false,
                        ChoiceState::HeldElsewhere { move_page: Some("/connect/att_1/move/ast_9".into()) },
                    ),
                    choice("b3", Platform::Ads, "Costa Ads ES", "Ad account · EUR · active", false, free(false)),
                ],
            },
        ],
        unread: vec![],
        missing: vec![],
    }
}

/// 500 Pages with 180 Instagram accounts, 120 numbers and 60 ad accounts in three businesses.
pub(crate) fn agency() -> Wizard {
    let groups = (0..3)
        .map(|g| {
            let mut choices = Vec::new();
            for n in 0..167 {
                let id = g * 1000 + n;
                let state = if n % 23 == 0 {
                    ChoiceState::Unusable {
                        reason: "Meta gave no access to this Page. Ask its admin for a role.".into(),
                    }
                } else {
                    ChoiceState::Free { ticked: false }
                };
                choices.push(choice(
                    &format!("p{id}"),
                    Platform::Facebook,
                    &format!("Shop number {id}"),
                    "Page · Local business",
                    false,
                    state,
                ));
                if n % 3 == 0 {
                    choices.push(choice(
                        &format!("i{id}"),
                        Platform::Instagram,
                        &format!("@shop.{id}"),
                        "Instagram, linked to this Page",
                        true,
                        ChoiceState::Free { ticked: false },
                    ));
                }
            }
            for n in 0..40 {
                choices.push(choice(
                    &format!("w{g}{n}"),
                    Platform::Whatsapp,
                    &format!("+34 600 {g}0 {n:02} 00"),
                    "WhatsApp · quality green",
                    false,
                    ChoiceState::Free { ticked: false },
                ));
            }
            for n in 0..20 {
                choices.push(choice(
                    &format!("d{g}{n}"),
                    Platform::Ads,
                    &format!("Ads {g}-{n}"),
                    "Ad account · EUR · active",
                    false,
                    ChoiceState::Free { ticked: false },
                ));
            }
            AssetGroup {
                name: format!("Agency {}", g + 1),
                is_portfolio: true,
                note: "business portfolio, verified".into(),
                choices,
            }
        })
        .collect();
    Wizard { groups, unread: vec![], missing: vec![] }
}

pub(crate) fn partly() -> Wizard {
    let unread =
        Unread { what: "Pages of Costa Foods".into(), why: "Meta stopped answering after 200 of them.".into() };
    Wizard { unread: vec![unread], missing: lacking(), ..wizard() }
}

pub(crate) fn applying() -> Applying {
    let step = |name: &str, state, reason: &str| ApplyStep { name: name.into(), state, reason: reason.into() };
    Applying {
        done: 3,
        total: 7,
        steps: vec![
            step("Subscribe Brasa Centro", ApplyState::Done, ""),
            step("Subscribe Brasa Playa", ApplyState::Done, ""),
            step("Subscribe @brasa.centro", ApplyState::Done, "through its Page"),
            step(
                "Register +34 612 55 01 02",
                ApplyState::Failed,
                "The number has a PIN already. Enter it on the number’s page.",
            ),
            step("Subscribe Brasa Eventos", ApplyState::Running, ""),
            step("Subscribe Costa Delivery", ApplyState::Waiting, ""),
            step("Read back from Meta", ApplyState::Waiting, ""),
        ],
    }
}

pub(crate) fn empty() -> AttemptState {
    let cause = |what: &str, todo: &str| Cause { what: what.into(), todo: todo.into() };
    AttemptState::Empty {
        causes: vec![
            cause(
                "No Page was ticked in Meta’s window",
                "Connect again, press “Edit settings” in Meta’s window, and tick what you want to connect.",
            ),
            cause(
                "Another Facebook profile was used",
                "Sign out at Facebook and connect with the profile that manages the business.",
            ),
            cause(
                "The permission business_management is missing",
                "Connect again and leave it switched on; Pages owned by a business are not shown without it.",
            ),
        ],
        missing: lacking(),
    }
}

fn course_step(what: &str, state: Option<ApplyState>, note: &str) -> DisconnectStep {
    DisconnectStep { what: what.into(), state, note: note.into(), told: false }
}

pub(crate) fn disconnect() -> DisconnectPage {
    let planned = Some(ApplyState::Waiting);
    disconnecting(DisconnectState::Planned(Plan {
        steps: vec![
            course_step("Meta stops sending events of Brasa Centro", planned, "Page"),
            course_step(
                "Meta stops sending events of Brasa Eventos",
                None,
                "Stays subscribed, because another connection receives through it.",
            ),
            course_step("The access is destroyed", planned, "Every token of this connection."),
        ],
        revoke: Some(Decision { name: "Ada Brasa".into(), not: String::new() }),
        numbers: vec![
            Decision { name: "+34 612 55 01 02".into(), not: String::new() },
            Decision {
                name: "+34 612 55 01 03".into(),
                not: "Stays registered, because it is also used with the WhatsApp Business app.".into(),
            },
        ],
        history: 1240,
        confirmation: "erase".into(),
    }))
}

pub(crate) fn disconnected() -> DisconnectPage {
    disconnecting(DisconnectState::Asked(Course {
        steps: vec![
            course_step(
                "Meta stops sending events of Brasa Centro",
                Some(ApplyState::Done),
                "Meta no longer sends its messages to Attaché.",
            ),
            course_step(
                "Meta stops sending events of Brasa Eventos",
                Some(ApplyState::Failed),
                "Meta no longer lets Attaché act on this Page.",
            ),
            course_step("The access is destroyed", Some(ApplyState::Waiting), ""),
            course_step("What Brasa Centro brought is erased", Some(ApplyState::Running), "500 of 1,240 entries"),
        ],
        running: true,
        can_retry: true,
        tokens_until: NOW + 3 * DAY,
        asked_by: "Ada".into(),
        live: "0".into(),
    }))
}

fn disconnecting(state: DisconnectState) -> DisconnectPage {
    DisconnectPage { connection: "con_1".into(), by: "Ada Brasa".into(), connected_at: NOW - 33 * MINUTE, state }
}

pub(crate) fn losing() -> AttemptState {
    let lost = |platform, kind: &str, kinds: &str, name: &str| Lost {
        platform,
        kind: kind.into(),
        kinds: kinds.into(),
        name: name.into(),
        why: "It was not ticked when the connection was last confirmed at Meta.".into(),
    };
    AttemptState::Losing(Losing {
        by: "Ada Brasa".into(),
        assets: vec![
            lost(Platform::Facebook, "Page", "Pages", "Brasa Centro"),
            lost(Platform::Facebook, "Page", "Pages", "Brasa Playa"),
            lost(Platform::Facebook, "Page", "Pages", "Brasa Eventos"),
        ],
        permissions: lacking(),
        kept: 2,
        works: true,
    })
}

pub(crate) fn set_up() -> SetUpPage {
    SetUpPage {
        token: "4fJ2mQx9".into(),
        tenant: "Brasa Café Group".into(),
        asked_by: "Ada".into(),
        expires_at: Some(NOW + 7 * DAY),
        permissions: granted(),
        attempt: None,
    }
}

pub(crate) fn set_up_links(fresh: bool) -> SetUpLinksPage {
    let step = |name: &str, at| SetUpStep { name: name.into(), at };
    let row = |id: &str, name: &str, outstanding: &str, steps: Vec<SetUpStep>| SetUpLinkRow {
        id: id.into(),
        name: name.into(),
        by: "Ada".into(),
        expires_at: NOW + 7 * DAY,
        steps,
        outstanding: outstanding.into(),
        choose: None,
        open: true,
        ended: false,
    };
    SetUpLinksPage {
        links: vec![
            SetUpLinkRow {
                choose: Some("/connect/att_1".into()),
                ..row(
                    "sul_1",
                    "Mateo of the agency",
                    "It was confirmed with Meta. What is missing: choosing what to connect.",
                    vec![
                        step("Opened", Some(NOW - 9 * MINUTE)),
                        step("Confirmed with Meta", Some(NOW - 4 * MINUTE)),
                        step("Assets chosen", None),
                        step("Subscribed and read back", None),
                    ],
                )
            },
            SetUpLinkRow {
                open: false,
                ended: true,
                ..row("sul_2", "Otto", "It ended before anybody confirmed with Meta. Make a new one.", vec![])
            },
        ],
        lives: vec![1, 3, 7, 30],
        fresh_link: fresh.then(|| "https://desk.example/set-up/4fJ2mQx9".into()),
        live: String::new(),
    }
}

pub(crate) fn moving() -> MovePage {
    MovePage {
        attempt: "att_1".into(),
        asset: "ast_9".into(),
        assets: vec![(Platform::Whatsapp, "Brasa Café".into()), (Platform::Whatsapp, "+34 600 555 551".into())],
    }
}

/// Meta told nothing of what there is to choose from.
pub(crate) fn nothing_read() -> Wizard {
    Wizard { groups: vec![], ..partly() }
}

/// One asset, beside others or as the last of its connection.
pub(crate) fn disconnect_asset(others: bool) -> DisconnectAssetPage {
    DisconnectAssetPage {
        asset: "ast_1".into(),
        connection: "con_1".into(),
        going: vec![(Platform::Whatsapp, "+34 612 345 678".into()), (Platform::Whatsapp, "Brasa Café Group".into())],
        others,
        receives: true,
        stays_subscribed: false,
    }
}
