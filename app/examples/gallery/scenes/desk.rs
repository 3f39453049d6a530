//! The status page and what belongs to it.

use super::{Scene, ending, failed, one_asset, status, with_access};
use crate::people::agent;
use crate::{DAY, MINUTE, NOW, desk};
use app::dto::status::{Access, AssetList, Clock, StatusPage};
use app::error::AppError;

pub(super) fn scenes() -> Vec<Scene> {
    let connection = || "con_2".to_owned();
    vec![
        status("status", desk::page),
        status("status-open", || StatusPage { open: Some("ast_1".into()), ..desk::page() }),
        status("status-pin", || StatusPage { open: Some("ast_4".into()), ..desk::page() }),
        Scene {
            outcome: failed(
                "enter-pin",
                &[("number", "ast_4")],
                AppError::new(422, "invalid", "A PIN is six digits.").field("pin"),
            ),
            ..status("status-pin-wrong", || StatusPage { open: Some("ast_4".into()), ..desk::page() })
        },
        status("status-refused", || one_asset(desk::refused())),
        status("status-ads", || one_asset(desk::ad_account())),
        status("status-search", || StatusPage {
            list: AssetList { query: "playa".into(), found: 1, ..desk::page().list },
            assets: desk::assets()[2..3].to_vec(),
            ..desk::page()
        }),
        Scene {
            query: "show=attention",
            ..status("status-attention", || StatusPage {
                list: AssetList { only_troubled: true, found: 1, ..desk::page().list },
                assets: desk::assets()[3..4].to_vec(),
                ..desk::page()
            })
        },
        Scene {
            query: "show=attention",
            ..status("status-no-attention", || StatusPage {
                list: AssetList { only_troubled: true, troubled: 0, found: 0, ..desk::page().list },
                assets: vec![],
                ..desk::page()
            })
        },
        Scene {
            query: "after=ast_0",
            ..status("status-second-page", || StatusPage {
                list: AssetList {
                    found: 240,
                    before: 50,
                    after: Some("ast_0".into()),
                    next: Some("ast_7".into()),
                    ..desk::page().list
                },
                asset_total: 240,
                ..desk::page()
            })
        },
        status("status-silent", || StatusPage { cards: desk::silent(), ..desk::page() }),
        status("status-nothing-found", || StatusPage {
            list: AssetList { query: "xyz".into(), found: 0, ..desk::page().list },
            assets: vec![],
            ..desk::page()
        }),
        status("status-never-ends", || {
            with_access(Access::Connected {
                clock: Clock::NeverEnds,
                checked_at: NOW - 6 * MINUTE,
                renews: false,
                connection: "con_1".into(),
            })
        }),
        status("status-data-until", || {
            with_access(Access::Connected {
                clock: Clock::DataAccessUntil { at: NOW + 60 * DAY },
                checked_at: NOW,
                renews: false,
                connection: "con_1".into(),
            })
        }),
        status("status-renews", || StatusPage {
            connections: desk::renewed(),
            ..ending(Clock::Ends { at: NOW + 35 * DAY }, true)
        }),
        status("status-ends-14", || ending(Clock::Ends { at: NOW + 14 * DAY }, false)),
        status("status-ends-3", || ending(Clock::Ends { at: NOW + 3 * DAY }, false)),
        status("status-ends-1", || ending(Clock::Ends { at: NOW + DAY }, false)),
        status("status-ends-today", || ending(Clock::Ends { at: NOW + 5 * 60 * MINUTE }, false)),
        status("status-data-14", || ending(Clock::DataAccessUntil { at: NOW + 14 * DAY }, false)),
        status("status-data-7", || ending(Clock::DataAccessUntil { at: NOW + 7 * DAY }, false)),
        status("status-data-1", || ending(Clock::DataAccessUntil { at: NOW + DAY }, false)),
        status("status-expired", move || with_access(Access::Expired { at: NOW - DAY, connection: connection() })),
        status("status-error", move || {
            with_access(Access::Error {
                what: "Meta no longer accepts the access.".into(),
                why: "Leo Costa changed the Facebook password (190/460).".into(),
                todo: "Leo, or another admin of the business, confirms again.".into(),
                effect: "This connection rests until somebody connects again. Its assets and its history stay.".into(),
                help: Some("/help/errors#access-refused".into()),
                connection: connection(),
            })
        }),
        status("status-empty", || StatusPage {
            access: Access::Never,
            cards: vec![],
            assets: vec![],
            list: AssetList::default(),
            asset_total: 0,
            connections: vec![],
            ..desk::page()
        }),
        status("status-disconnected", || StatusPage {
            access: Access::Disconnected { at: NOW - 30 * MINUTE, by: Some("Ada Brasa".into()) },
            assets: vec![],
            list: AssetList::default(),
            asset_total: 0,
            connections: vec![],
            ..desk::page()
        }),
        Scene { viewer: Some(agent()), ..status("status-agent", || StatusPage { may_manage: false, ..desk::page() }) },
        Scene { done: Some("test-connection"), ..status("status-tested", desk::page) },
    ]
}
