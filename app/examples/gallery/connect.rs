//! Sample data of connecting.

use crate::desk::granted;
use app::dto::attempt::*;
use app::dto::connect::*;
use app::dto::health::Platform;
use app::load::evidence::missing;

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

/// Without a Meta app there is neither a configuration nor Instagram Login.
pub(crate) fn blocked() -> ConnectPage {
    let blocked = Blocked {
        what: "This installation has no Meta app yet, so nobody can connect.".into(),
        todo: "The operator enters the App ID and the App Secret on the set-up page.".into(),
    };
    ConnectPage { blocked: Some(blocked), by_configuration: false, instagram: false, ..start() }
}

pub(crate) fn attempt(state: AttemptState) -> AttemptPage {
    use AttemptState::{Cancelled, Dropped, Failed, NoNumber, Open};
    // What never came to a confirmation made no connection.
    let made = !matches!(state, Open | Cancelled { .. } | Dropped { .. } | NoNumber { .. } | Failed { .. });
    AttemptPage { id: "att_1".into(), connection: made.then(|| "con_1".into()), guest: None, state }
}

/// Meta had confirmed, and then could not tell what there is.
pub(crate) fn unreadable() -> AttemptPage {
    let failed = AttemptState::Failed {
        what: "Meta could not answer just now.".into(),
        why: "Meta reports a passing fault on its side.".into(),
        todo: "Try again in a minute. If it lasts, look at metastatus.com.".into(),
        effect: "Nothing new was connected, and nothing that was connected before has changed.".into(),
        help: None,
    };
    AttemptPage { connection: Some("con_1".into()), ..attempt(failed) }
}

const UNHEARD: &str = "Meta does not send this asset's messages to Attaché.";

fn asset(name: &str, kind: &str, state: ApplyState, reason: &str) -> ApplyStep {
    ApplyStep { name: name.into(), kind: kind.into(), state, reason: reason.into() }
}

pub(crate) fn applying() -> Applying {
    use ApplyState::{Done, Failed, Waiting};
    let steps = vec![
        asset("Brasa Centro", "Page", Done, ""),
        asset("Brasa Eventos", "Page", Failed, UNHEARD),
        asset("Brasa Playa", "Page", Done, ""),
        asset("@brasa.centro", "Instagram account", Done, ""),
        asset("Brasa Café", "WhatsApp account", Waiting, ""),
        asset("+34 612 55 01 02", "WhatsApp number", Waiting, ""),
    ];
    Applying { done: 4, total: steps.len(), steps }
}

/// Five are connected, and a number needs its PIN.
pub(crate) fn done() -> Outcome {
    use ApplyState::{Done, Failed};
    let assets = vec![
        asset("Brasa Centro", "Page", Done, ""),
        asset("Brasa Eventos", "Page", Done, ""),
        asset("Brasa Playa", "Page", Done, ""),
        asset("@brasa.centro", "Instagram account", Done, ""),
        asset("Brasa Café", "WhatsApp account", Done, ""),
        asset("+34 612 55 01 02", "WhatsApp number", Failed, "This number needs its PIN."),
    ];
    Outcome { assets, unheard: Some(("ast_1".into(), "Brasa Centro".into())) }
}

/// Meta could not tell of two yet.
pub(crate) fn done_but_for_some() -> Outcome {
    let mut some = done();
    for late in some.assets.iter_mut().skip(4) {
        (late.state, late.reason) = (ApplyState::Waiting, String::new());
    }
    some
}

/// Meta could not tell of any yet.
pub(crate) fn unsettled() -> Outcome {
    let mut none = Outcome { unheard: None, ..done() };
    for late in &mut none.assets {
        (late.state, late.reason) = (ApplyState::Waiting, String::new());
    }
    none
}

/// An agency's 240 Pages, of which customers have written to each before.
pub(crate) fn done_many() -> Outcome {
    let page = |n| asset(&format!("Shop number {n}"), "Page", ApplyState::Done, "");
    Outcome { assets: (1..=240).map(page).collect(), unheard: None }
}

pub(crate) fn none_connected() -> Outcome {
    let failed = |name, kind| asset(name, kind, ApplyState::Failed, UNHEARD);
    let assets = vec![failed("Brasa Centro", "Page"), failed("@brasa.centro", "Instagram account")];
    Outcome { assets, unheard: None }
}

pub(crate) fn empty() -> AttemptState {
    let cause = |what: &str, todo: &str| Cause { what: what.into(), todo: todo.into() };
    AttemptState::Empty {
        causes: vec![
            cause(
                "Permissions were declined",
                "Connect again and leave them switched on: without them Meta does not even list what you manage.",
            ),
            cause(
                "Nothing was ticked in Meta’s window",
                "Connect again, press Edit settings in Meta’s window, and tick the Pages, accounts and numbers.",
            ),
            cause(
                "You were signed in at Facebook as somebody else",
                "Sign out at Facebook, then connect with the profile that manages the business.",
            ),
            cause(
                "You have no role on the business’s Pages",
                "Ask an administrator of the business for a role with messages, then connect again.",
            ),
        ],
        missing: vec![missing("business_management")],
    }
}

pub(crate) fn losing() -> AttemptState {
    let lost = |name: &str| Lost {
        platform: Platform::Facebook,
        kind: "Page".into(),
        kinds: "Pages".into(),
        name: name.into(),
        why: "It was not ticked when the connection was last confirmed at Meta.".into(),
    };
    AttemptState::Losing(Losing {
        by: "Leo Costa".into(),
        assets: vec![lost("Brasa Eventos"), lost("Brasa Playa")],
        permissions: vec![missing("business_management")],
        kept: 1,
        works: true,
    })
}
