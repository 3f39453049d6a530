//! Sample data of set-up links, of taking over, and of disconnecting.

use crate::desk::granted;
use crate::{DAY, MINUTE, NOW};
use app::dto::attempt::ApplyState;
use app::dto::disconnect::*;
use app::dto::disconnect_asset::DisconnectAssetPage;
use app::dto::health::Platform;
use app::dto::move_here::MovePage;
use app::dto::set_up_links::*;

fn step(what: &str, state: Option<ApplyState>, note: &str, told: bool) -> DisconnectStep {
    DisconnectStep { what: what.into(), state, note: note.into(), told }
}

fn disconnecting(state: DisconnectState) -> DisconnectPage {
    DisconnectPage { connection: "con_1".into(), by: "Ada Brasa".into(), connected_at: NOW - 33 * MINUTE, state }
}

pub(crate) fn disconnect() -> DisconnectPage {
    let planned = Some(ApplyState::Waiting);
    let kept = "Stays subscribed, because another connection receives through it.";
    let on_the_phone = "Stays registered, because it is also used with the WhatsApp Business app. It is disconnected there: Settings, Account, Business platform.";
    let other = |name: &str| format!("Remove the address of another tool for {name}, should one be set");
    disconnecting(DisconnectState::Planned(Plan {
        steps: vec![
            step("Stop Meta’s events of Brasa Centro", planned, "Page", false),
            step("Stop Meta’s events of Brasa Eventos", None, kept, true),
            step(&other("Brasa Café"), planned, "", false),
            step(&other("+34 612 55 01 02"), planned, "", false),
            step(&other("+34 612 55 01 03"), planned, "", false),
            step("Stop Meta’s events of Brasa Café", planned, "WhatsApp account", false),
            step("Destroy the access", planned, "Every token of this connection.", false),
        ],
        revoke: Some(Decision { name: "Ada Brasa".into(), not: String::new() }),
        numbers: vec![
            Decision { name: "+34 612 55 01 02".into(), not: String::new() },
            Decision { name: "+34 612 55 01 03".into(), not: on_the_phone.into() },
        ],
        history: 1240,
        confirmation: "erase".into(),
    }))
}

pub(crate) fn disconnected() -> DisconnectPage {
    let (done, failed) = (Some(ApplyState::Done), Some(ApplyState::Failed));
    disconnecting(DisconnectState::Asked(Course {
        steps: vec![
            step("Stop Meta’s events of Brasa Centro", done, "Meta no longer sends its messages to Attaché.", true),
            step("Stop Meta’s events of Brasa Eventos", failed, "Meta did not allow this.", true),
            step("Destroy the access", Some(ApplyState::Waiting), "Every token of this connection.", false),
            step("Erase what Brasa Centro brought", Some(ApplyState::Running), "500 of 1,240 entries", false),
            step("Erase what Brasa Eventos brought", Some(ApplyState::Waiting), "0 of 310 entries", false),
        ],
        running: true,
        can_retry: true,
        tokens_until: NOW + 3 * DAY,
        asked_by: "Ada".into(),
        live: "0".into(),
    }))
}

/// One asset, beside others or as the last of its connection.
pub(crate) fn disconnect_asset(others: bool) -> DisconnectAssetPage {
    DisconnectAssetPage {
        asset: "ast_4".into(),
        connection: "con_1".into(),
        going: vec![(Platform::Whatsapp, "+34 612 55 01 02".into()), (Platform::Whatsapp, "Brasa Café".into())],
        others,
        receives: true,
        stays_subscribed: false,
    }
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

fn link(id: &str, name: &str, outstanding: &str, done: &[i64]) -> SetUpLinkRow {
    let names = ["Opened", "Confirmed with Meta", "Assets chosen", "Subscribed and read back"];
    let steps = names.into_iter().enumerate();
    SetUpLinkRow {
        id: id.into(),
        name: name.into(),
        by: "Ada".into(),
        expires_at: NOW + 6 * DAY,
        steps: steps.map(|(i, name)| SetUpStep { name: name.into(), at: done.get(i).copied() }).collect(),
        outstanding: outstanding.into(),
        choose: None,
        open: true,
        ended: false,
    }
}

pub(crate) fn set_up_links(fresh: bool) -> SetUpLinksPage {
    let made = SetUpLinkRow {
        expires_at: NOW + 7 * DAY,
        ..link("sul_3", "Noor of the print shop", "Nobody has opened it yet.", &[])
    };
    let choosing = "It was confirmed with Meta. What is missing: choosing what to connect.";
    let confirmed = SetUpLinkRow {
        choose: Some("/connect/att_1".into()),
        ..link("sul_1", "Mateo of the agency", choosing, &[NOW - 9 * MINUTE, NOW - 4 * MINUTE])
    };
    let ended = SetUpLinkRow {
        expires_at: NOW - DAY,
        open: false,
        ended: true,
        ..link("sul_2", "Otto", "It ended before anybody confirmed with Meta. Make a new one.", &[])
    };
    SetUpLinksPage {
        links: fresh.then_some(made).into_iter().chain([confirmed, ended]).collect(),
        lives: vec![1, 3, 7, 30],
        fresh_link: fresh.then(|| "https://desk.example/set-up/4fJ2mQx9".into()),
        live: String::new(),
    }
}

pub(crate) fn moving() -> MovePage {
    MovePage {
        attempt: "att_1".into(),
        asset: "ast_9".into(),
        assets: vec![(Platform::Whatsapp, "Costa Delivery".into()), (Platform::Whatsapp, "+34 611 20 44 18".into())],
    }
}
