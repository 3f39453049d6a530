//! The list of scenes: a page, who looks at it, and in which state.

use crate::people::{ada, agent};
use crate::{DAY, MINUTE, NOW, connect, desk, developers, numbers, people, setup, webhooks};
use app::dto::activity::{ActivityPage, Log};
use app::dto::attempt::{AttemptPage, AttemptState, Progress};
use app::dto::connect::ConnectPage;
use app::dto::developers::{DevelopersPage, EndpointPage};
use app::dto::numbers::{NumberPage, NumbersPage};
use app::dto::signup::AddNumberPage;
use app::dto::status::{Access, AssetRow, Clock, StatusPage};
use app::dto::team::TeamPage;
use app::dto::viewer::Viewer;
use app::error::AppError;
use app::forms::FormOutcome;
use app::pages;
use leptos::prelude::AnyView;
use std::sync::Arc;

pub(crate) type View = Arc<dyn Fn() -> AnyView + Send + Sync>;

pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) query: &'static str,
    pub(crate) viewer: Option<Viewer>,
    pub(crate) outcome: Option<FormOutcome>,
    pub(crate) done: Option<&'static str>,
    pub(crate) view: View,
}

fn scene(name: &'static str, path: &'static str, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Scene {
    Scene { name, path, query: "", viewer: Some(ada()), outcome: None, done: None, view: Arc::new(view) }
}

fn public(name: &'static str, path: &'static str, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Scene {
    Scene { viewer: None, ..scene(name, path, view) }
}

fn status(name: &'static str, page: impl Fn() -> StatusPage + Send + Sync + 'static) -> Scene {
    scene(name, "/", move || pages::status::status_page(page()))
}

fn attempt(name: &'static str, state: impl Fn() -> AttemptState + Send + Sync + 'static) -> Scene {
    scene(name, "/connect/att_1", move || pages::attempt::attempt_page(connect::attempt(state())))
}

fn failed(action: &str, values: &[(&str, &str)], error: AppError) -> Option<FormOutcome> {
    let values = values.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    Some(FormOutcome { action: action.into(), values, error })
}

/// The status page with one asset, its details open.
fn one_asset(asset: AssetRow) -> StatusPage {
    StatusPage { open: Some(asset.id.clone()), assets: vec![asset], asset_total: 1, ..desk::page() }
}

fn with_access(access: Access) -> StatusPage {
    StatusPage { access, ..desk::page() }
}

/// A connection that ends then.
fn ending(clock: Clock, renews: bool) -> StatusPage {
    with_access(Access::Connected { clock, checked_at: NOW - 6 * MINUTE, renews, connection: "con_2".into() })
}

pub(crate) fn all() -> Vec<Scene> {
    let mut all = desk_scenes();
    all.extend(connect_scenes());
    all.extend(people_scenes());
    all.extend(webhook_scenes());
    all.extend(developer_scenes());
    all.extend(number_scenes());
    all.extend(setup_scenes());
    all
}

fn desk_scenes() -> Vec<Scene> {
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
            query: "playa".into(),
            assets: desk::assets()[2..3].to_vec(),
            ..desk::page()
        }),
        status("status-silent", || StatusPage { cards: desk::silent(), ..desk::page() }),
        status("status-nothing-found", || StatusPage { query: "xyz".into(), assets: vec![], ..desk::page() }),
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
            asset_total: 0,
            connections: vec![],
            ..desk::page()
        }),
        status("status-disconnected", || StatusPage {
            access: Access::Disconnected { at: NOW - 30 * MINUTE, by: Some("Ada Brasa".into()) },
            assets: vec![],
            asset_total: 0,
            connections: vec![],
            ..desk::page()
        }),
        Scene { viewer: Some(agent()), ..status("status-agent", || StatusPage { may_manage: false, ..desk::page() }) },
        Scene { done: Some("test-connection"), ..status("status-tested", desk::page) },
    ]
}

fn connect_scenes() -> Vec<Scene> {
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
        attempt("attempt-choosing", || AttemptState::Choosing(connect::wizard())),
        attempt("attempt-partly", || AttemptState::Choosing(connect::partly())),
        attempt("attempt-agency", || AttemptState::Choosing(connect::agency())),
        attempt("attempt-empty", connect::empty),
        attempt("attempt-cancelled", || AttemptState::Cancelled { popup: false }),
        attempt("attempt-closed", || AttemptState::Cancelled { popup: true }),
        attempt("attempt-failed", || AttemptState::Failed {
            what: "Meta did not accept the confirmation".into(),
            why: "It was used once already (100/36009). That happens when the page is loaded twice.".into(),
            todo: "Connect again; it takes a minute.".into(),
            effect: "Nothing new was connected, and nothing that was connected before has changed.".into(),
            help: Some("/help/errors#code-used".into()),
        }),
        attempt("attempt-applying", || AttemptState::Applying(connect::applying())),
        attempt("attempt-done", || AttemptState::Done { connected: 5, failed: 1 }),
        attempt("attempt-losing", connect::losing),
        public("attempt-guest", "/connect/att_1", || {
            let page = connect::attempt(AttemptState::Choosing(connect::wizard()));
            pages::attempt::attempt_page(AttemptPage { guest: Some("Brasa Café Group".into()), ..page })
        }),
        scene("move-here", "/connect/att_1/move/ast_9", || pages::move_here::move_page(connect::moving())),
        public("set-up", "/set-up/4fJ2mQx9", || pages::set_up_link::set_up_page(connect::set_up())),
        scene("set-up-links", "/set-up-links", || pages::set_up_links::set_up_links_page(connect::set_up_links(false))),
        scene("set-up-link", "/set-up-links", || pages::set_up_links::set_up_links_page(connect::set_up_links(true))),
        scene("disconnect", "/disconnect/con_1", || pages::disconnect::disconnect_page(connect::disconnect())),
        scene("disconnected", "/disconnect/con_1", || pages::disconnect::disconnect_page(connect::disconnected())),
    ]
}

fn people_scenes() -> Vec<Scene> {
    let log = |log| move || pages::activity::activity_page(people::activity(log));
    vec![
        public("sign-in", "/sign-in", pages::sign_in::sign_in_page),
        Scene {
            outcome: failed(
                "sign-in",
                &[("email", "owner@demo.example")],
                AppError::new(401, "wrong_password", "E-mail or password is wrong.")
                    .todo("Check both and try again.")
                    .field("password"),
            ),
            ..public("sign-in-wrong", "/sign-in", pages::sign_in::sign_in_page)
        },
        public("sign-up", "/sign-up", pages::sign_in::sign_up_page),
        Scene {
            outcome: failed(
                "sign-up",
                &[("business_name", "Brasa"), ("name", "Ada"), ("email", "owner@demo.example")],
                AppError::new(422, "invalid", "The password is too short.")
                    .why("It has 7 characters; 12 are needed.")
                    .field("password"),
            ),
            ..public("sign-up-wrong", "/sign-up", pages::sign_in::sign_up_page)
        },
        public("join", "/join/sample", || pages::join::join_page(people::invitation(false))),
        public("join-known", "/join/sample", || pages::join::join_page(people::invitation(true))),
        scene("account", "/account", || pages::account::account_page(ada())),
        scene("team", "/team", || pages::team::team_page(people::team())),
        scene("team-link", "/team", || {
            pages::team::team_page(TeamPage {
                fresh_link: Some("https://desk.example/join/4fJ2mQx9".into()),
                ..people::team()
            })
        }),
        scene("team-empty", "/team", || {
            pages::team::team_page(TeamPage { invitations: vec![], locations: vec![], ..people::team() })
        }),
        Scene {
            viewer: Some(agent()),
            ..scene("team-agent", "/team", || pages::team::team_page(TeamPage { may_manage: false, ..people::team() }))
        },
        scene("activity", "/activity", log(Log::Connections)),
        scene("activity-audit", "/activity", log(Log::Audit)),
        scene("activity-empty", "/activity", || {
            pages::activity::activity_page(ActivityPage {
                entries: vec![],
                older: None,
                ..people::activity(Log::Connections)
            })
        }),
        scene("admin", "/admin", || pages::admin::admin_page(people::admin())),
        public("privacy", "/privacy", pages::legal::privacy_page),
        public("terms", "/terms", pages::legal::terms_page),
        public("help", "/help/errors", || pages::help::help_page(app::load::help::page(&app::visit::visit()))),
        scene("not-found", "/nowhere", || pages::error::error_page(AppError::not_found())),
        public("not-found-public", "/nowhere", || pages::error::error_page(AppError::not_found())),
        scene("forbidden", "/admin", || {
            pages::error::error_page(AppError::forbidden("Only operators of the installation see this page."))
        }),
        scene("error", "/", || {
            pages::error::error_page(AppError { request_id: Some("req_01J9".into()), ..AppError::internal() })
        }),
    ]
}

fn number_scenes() -> Vec<Scene> {
    const ONE: &str = "/whatsapp-numbers/ast_1";
    const ADD: &str = "/whatsapp-numbers/add";
    let list = |page: fn() -> NumbersPage| move || pages::numbers::numbers_page(page());
    let one = |page: fn() -> NumberPage| move || pages::number::number_page(page());
    let refused = |action, error| failed(action, &[("number", "ast_1")], error);
    let wrong_pin = AppError::new(409, "meta.number.wrong_pin", "Meta does not accept the PIN.")
        .why("The number already has a two-step PIN, and it is another one.")
        .todo("Enter the number's own PIN, or reset it in WhatsApp Manager.");
    let unread = AppError::new(422, "invalid", "Tick that you have read what stops.").field("confirmed");
    vec![
        scene("numbers", "/whatsapp-numbers", list(numbers::list)),
        scene("numbers-empty", "/whatsapp-numbers", list(numbers::empty)),
        scene("number", ONE, one(numbers::one)),
        Scene {
            viewer: Some(agent()),
            ..scene("number-agent", ONE, || {
                pages::number::number_page(NumberPage { may_manage: false, ..numbers::one() })
            })
        },
        scene("number-unverified", ONE, one(numbers::unverified)),
        Scene { done: Some("request-code"), ..scene("number-code", ONE, one(numbers::unverified)) },
        scene("number-unregistered", ONE, one(numbers::unregistered)),
        Scene {
            outcome: refused("register-number", wrong_pin),
            ..scene("number-wrong-pin", ONE, one(numbers::unregistered))
        },
        Scene { outcome: refused("deregister-number", unread), ..scene("number-deregister", ONE, one(numbers::one)) },
        scene("number-business-app", ONE, one(numbers::business_app)),
        scene("number-add", ADD, || pages::add_number::add_number_page(numbers::add())),
        scene("number-add-not-offered", ADD, || {
            pages::add_number::add_number_page(AddNumberPage { offered: false, for_operator: true, ..numbers::add() })
        }),
        attempt("attempt-no-number", || AttemptState::NoNumber {
            what: "No number was set up.".into(),
            why: "You left Meta's window where the number is verified with a code.".into(),
            todo: "Begin again whenever you like. Meta remembers what you filled in for a while.".into(),
            help: None,
        }),
    ]
}

fn webhook_scenes() -> Vec<Scene> {
    let test = |page: fn() -> app::dto::test_message::TestPage| move || pages::test_message::test_page(page());
    let list = |page: fn() -> app::dto::deliveries::DeliveriesPage| move || pages::deliveries::deliveries_page(page());
    vec![
        scene("test", "/assets/ast_1/test", test(webhooks::test)),
        scene("test-instagram", "/assets/ast_2/test", test(webhooks::test_overdue)),
        scene("test-arrived", "/assets/ast_4/test", test(webhooks::test_arrived)),
        scene("test-simulator", "/assets/ast_1/test", test(webhooks::test_simulator)),
        scene("deliveries", "/deliveries", list(webhooks::deliveries)),
        scene("deliveries-empty", "/deliveries", list(webhooks::deliveries_empty)),
        scene("deliveries-none", "/deliveries", list(webhooks::deliveries_none)),
        Scene { viewer: Some(agent()), ..scene("deliveries-agent", "/deliveries", list(webhooks::deliveries_agent)) },
        Scene {
            outcome: failed(
                "replay-deliveries",
                &[],
                AppError::new(422, "invalid", "No delivery is ticked.")
                    .why("A replay needs at least one.")
                    .todo("Tick the deliveries to apply again."),
            ),
            ..scene("deliveries-wrong", "/deliveries", list(webhooks::deliveries))
        },
        scene("delivery", "/deliveries/1099511627790", || pages::delivery::delivery_page(webhooks::delivery())),
        scene("delivery-failed", "/deliveries/1099511627790", || {
            pages::delivery::delivery_page(webhooks::delivery_failed())
        }),
        scene("activity-notices", "/activity", || pages::activity::activity_page(people::activity(Log::Notices))),
    ]
}

fn developer_scenes() -> Vec<Scene> {
    let list = |page: fn() -> DevelopersPage| move || pages::developers::developers_page(page());
    let one = |page: fn() -> EndpointPage| move || pages::endpoint::endpoint_page(page());
    vec![
        scene("developers", "/developers", list(developers::page)),
        scene("developers-empty", "/developers", list(developers::empty)),
        scene("developers-admin", "/developers", list(developers::of_admin)),
        scene("developers-new-endpoint", "/developers", list(developers::new_endpoint)),
        scene("developers-new-key", "/developers", list(developers::new_key)),
        Scene {
            outcome: failed(
                "add-endpoint",
                &[("url", "http://example.com/hook"), ("kind", "connection.expiring")],
                AppError::new(
                    422,
                    "invalid",
                    "The address has to begin with https://, so that nobody reads events on their way.",
                )
                .field("url"),
            ),
            ..scene("developers-wrong", "/developers", list(developers::empty))
        },
        scene("endpoint", "/developers/whe_1", one(developers::endpoint)),
        scene("endpoint-failing", "/developers/whe_1", one(developers::failing)),
        scene("endpoint-gone", "/developers/whe_1", one(developers::gone)),
        scene("endpoint-paused", "/developers/whe_1", one(developers::paused)),
        scene("endpoint-nothing-sent", "/developers/whe_1", one(developers::nothing_sent)),
        scene("endpoint-new-secret", "/developers/whe_1", one(developers::new_secret)),
    ]
}

fn setup_scenes() -> Vec<Scene> {
    let page = |name, of: fn() -> app::dto::setup::SetupPage| {
        let view = move || pages::setup::setup_page(of());
        scene(name, "/setup", view)
    };
    let wrong_id = AppError::new(
        422,
        "invalid",
        "Invalid App ID format. An App ID is digits only. It is in App settings → Basic.",
    )
    .field("app_id");
    let taken = AppError::new(409, "setup.app_taken", "This App ID cannot be used for your business.")
        .why("It is in use in this installation already, and an app belongs to whoever entered it first.")
        .todo("Use another Meta app, or ask whoever runs this installation.");
    let review = || pages::setup_review::review_page(setup::review());
    vec![
        page("setup-empty", setup::empty),
        Scene {
            outcome: failed("save-app", &[("app_id", "my app"), ("config_id", "")], wrong_id),
            ..page("setup-wrong-id", setup::empty)
        },
        page("setup", setup::page),
        page("setup-working", setup::working),
        page("setup-settings", setup::from_settings),
        scene("setup-review", "/setup/review", review),
        scene("own-app-none", "/meta-app", || pages::own_app::own_app_page(setup::no_own_app())),
        Scene {
            outcome: failed("save-own-app", &[("app_id", "2093847561029384"), ("config_id", "")], taken),
            ..scene("own-app-taken", "/meta-app", || pages::own_app::own_app_page(setup::no_own_app()))
        },
        scene("own-app", "/meta-app", || pages::own_app::own_app_page(setup::own_app())),
        scene("own-app-unreadable", "/meta-app", || pages::own_app::own_app_page(setup::unreadable_own_app())),
    ]
}
