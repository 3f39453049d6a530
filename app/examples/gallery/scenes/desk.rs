//! The status page and what belongs to it.

use super::{Scene, failed, status};
use crate::people::agent;
use crate::{DAY, MINUTE, NOW, assets, desk};
use app::dto::reason::Reason;
use app::dto::status::{Access, AssetList, Clock, StatusPage};
use app::error::AppError;

/// With the search or the filter of `list`.
fn narrowed(list: AssetList, matches: fn(&app::dto::status::AssetRow) -> bool) -> StatusPage {
    desk::found(matches, list, desk::page())
}

/// Leo's access came to its end in time.
fn expired() -> StatusPage {
    let why = Reason {
        what: "Access to Meta has ended.".into(),
        why: "Meta gives access for a limited time, and that time is over.".into(),
        todo: "Press Connect with Meta and sign in again. Your assets and history stay as they are.".into(),
        help: Some("/help/errors#access-expired".into()),
    };
    desk::refused(Access::Expired { at: NOW - DAY, connection: "con_2".into() }, &why)
}

/// Leo changed his password.
fn error() -> StatusPage {
    let why = Reason {
        what: "Access to Meta has ended.".into(),
        why: "The Facebook password was changed, or Meta ended all sessions to keep the account safe.".into(),
        todo: "Press Connect with Meta and sign in again. Your assets and history stay as they are.".into(),
        help: Some("/help/errors#access-refused".into()),
    };
    let access = Access::Error {
        what: why.what.clone(),
        why: format!("{} It was confirmed by Leo Costa.", why.why),
        todo: why.todo.clone(),
        effect: "This connection rests until somebody connects again. Its assets and its history stay.".into(),
        help: why.help.clone(),
        connection: Some("con_2".into()),
    };
    desk::refused(access, &why)
}

/// Nothing is connected.
fn nothing(access: Access) -> StatusPage {
    StatusPage {
        access,
        cards: vec![],
        assets: vec![],
        list: AssetList::default(),
        asset_total: 0,
        connections: vec![],
        ..desk::page()
    }
}

pub(super) fn scenes() -> Vec<Scene> {
    let ends = |name, left: i64| status(name, move || desk::ending(Clock::Ends { at: NOW + left }));
    let data = |name, left: i64| status(name, move || desk::ending(Clock::DataAccessUntil { at: NOW + left }));
    let searched = |query: &str| AssetList { query: query.into(), ..AssetList::default() };
    let troubled = AssetList { only_troubled: true, ..AssetList::default() };
    let (playa, xyz) = (searched("playa"), searched("xyz"));
    let (some, none) = (troubled.clone(), troubled);
    vec![
        status("status", desk::page),
        status("status-open", || StatusPage { open: Some("ast_1".into()), ..desk::page() }),
        status("status-pin", desk::pin),
        Scene {
            outcome: failed(
                "enter-pin",
                &[("number", "ast_4")],
                AppError::new(422, "invalid", "A PIN is six digits.").field("pin"),
            ),
            ..status("status-pin-wrong", desk::pin)
        },
        status("status-refused", || desk::with(assets::refused())),
        status("status-elsewhere", || desk::with(assets::elsewhere())),
        status("status-ads", || desk::with(assets::ad_account())),
        Scene {
            query: "q=playa",
            ..status("status-search", move || narrowed(playa.clone(), |asset| asset.name.contains("Playa")))
        },
        Scene {
            query: "show=attention",
            ..status("status-attention", move || narrowed(some.clone(), |asset| asset.problem.is_some()))
        },
        Scene {
            query: "show=attention",
            ..status("status-no-attention", move || desk::found(|_| false, none.clone(), desk::sound()))
        },
        Scene { query: "after=ast_0", ..status("status-second-page", desk::second_page) },
        status("status-silent", desk::quiet),
        Scene { query: "q=xyz", ..status("status-nothing-found", move || narrowed(xyz.clone(), |_| false)) },
        status("status-never-ends", desk::never_ends),
        data("status-data-until", 60 * DAY),
        status("status-renews", desk::renews),
        ends("status-ends-14", 14 * DAY),
        ends("status-ends-3", 3 * DAY),
        ends("status-ends-1", DAY),
        ends("status-ends-today", 5 * 60 * MINUTE),
        data("status-data-14", 14 * DAY),
        data("status-data-7", 7 * DAY),
        data("status-data-1", DAY),
        status("status-expired", expired),
        status("status-error", error),
        status("status-empty", || nothing(Access::Never)),
        status("status-disconnected", || nothing(Access::Disconnected { at: NOW - 30 * MINUTE, by: None })),
        Scene { viewer: Some(agent()), ..status("status-agent", || StatusPage { may_manage: false, ..desk::page() }) },
        Scene { done: Some("test-connection"), ..status("status-tested", desk::tested) },
    ]
}
