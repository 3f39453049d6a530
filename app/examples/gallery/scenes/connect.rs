//! Connecting, choosing, and the ways out.

use super::{Scene, attempt, failed, public, scene};
use crate::{connect, ways, wizard};
use app::dto::attempt::{AttemptPage, AttemptState, Outcome, Progress};
use app::dto::connect::ConnectPage;
use app::error::AppError;
use app::pages;
use app::pages::attempt::attempt_page;
use app::pages::disconnect_asset::disconnect_asset_page;

/// As somebody sees it who came by a set-up link.
fn guest(name: &'static str, state: fn() -> AttemptState) -> Scene {
    public(name, "/connect/att_1", move || {
        attempt_page(AttemptPage { guest: Some("Brasa Café Group".into()), ..connect::attempt(state()) })
    })
}

pub(super) fn scenes() -> Vec<Scene> {
    let start = |page: fn() -> ConnectPage| move || pages::connect::connect_page(page());
    vec![
        scene("connect", "/connect", start(connect::start)),
        scene("connect-blocked", "/connect", start(connect::blocked)),
        Scene {
            outcome: failed(
                "begin-connect",
                &[],
                AppError::new(429, "busy", "Too many attempts at once.")
                    .why("Ten were begun in a minute.")
                    .todo("Wait a minute and try again."),
            ),
            ..scene("connect-error", "/connect", start(connect::start))
        },
        attempt("attempt-open", || AttemptState::Open),
        attempt("attempt-discovering", || {
            AttemptState::Discovering(Progress { businesses: 2, pages: 124, instagram: 12, ..Progress::default() })
        }),
        attempt("attempt-choosing", || AttemptState::Choosing(wizard::wizard())),
        attempt("attempt-partly", || AttemptState::Choosing(wizard::partly())),
        attempt("attempt-agency", || AttemptState::Choosing(wizard::agency())),
        attempt("attempt-empty", connect::empty),
        attempt("attempt-cancelled", || AttemptState::Cancelled { popup: false }),
        attempt("attempt-closed", || AttemptState::Cancelled { popup: true }),
        attempt("attempt-dropped", || AttemptState::Dropped { confirmed: true }),
        attempt("attempt-failed", || AttemptState::Failed {
            what: "Meta did not accept the confirmation".into(),
            why: "It was used once already (100/36009). That happens when the page is loaded twice.".into(),
            todo: "Connect again; it takes a minute.".into(),
            effect: "Nothing new was connected, and nothing that was connected before has changed.".into(),
            help: Some("/help/errors#code-used".into()),
        }),
        scene("attempt-unreadable", "/connect/att_1", || attempt_page(connect::unreadable())),
        attempt("attempt-applying", || AttemptState::Applying(connect::applying())),
        attempt("attempt-done", || AttemptState::Done(connect::done())),
        attempt("attempt-done-waiting", || AttemptState::Done(connect::done_but_for_some())),
        attempt("attempt-unsettled", || AttemptState::Done(connect::unsettled())),
        attempt("attempt-done-many", || AttemptState::Done(connect::done_many())),
        attempt("attempt-none-connected", || AttemptState::Done(connect::none_connected())),
        attempt("attempt-over", || AttemptState::Done(Outcome::default())),
        attempt("attempt-unread", || AttemptState::Choosing(wizard::nothing_read())),
        attempt("attempt-losing", connect::losing),
        guest("attempt-guest", || AttemptState::Choosing(wizard::of_guest())),
        guest("attempt-guest-done", || AttemptState::Done(connect::done())),
        scene("move-here", "/connect/att_1/move/ast_9", || pages::move_here::move_page(ways::moving())),
        public("set-up", "/set-up/4fJ2mQx9", || pages::set_up_link::set_up_page(ways::set_up())),
        scene("set-up-links", "/set-up-links", || pages::set_up_links::set_up_links_page(ways::set_up_links(false))),
        scene("set-up-link", "/set-up-links", || pages::set_up_links::set_up_links_page(ways::set_up_links(true))),
        scene("disconnect-asset", "/assets/ast_4/disconnect", || disconnect_asset_page(ways::disconnect_asset(true))),
        scene("disconnect-asset-last", "/assets/ast_4/disconnect", || {
            disconnect_asset_page(ways::disconnect_asset(false))
        }),
        scene("disconnect", "/disconnect/con_1", || pages::disconnect::disconnect_page(ways::disconnect())),
        scene("disconnected", "/disconnect/con_1", || pages::disconnect::disconnect_page(ways::disconnected())),
    ]
}
