//! Connections whose app is not set up here any more: what waits for it, what people are told, and how it goes on.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    Services,
    connect::{self, AttemptView, status},
    db::{attempts::Phase, connections::ConnectionStatus},
    ids::ConnectionId,
    setup::{self, Check, InstagramInput, State},
};

use crate::support::{Person, Setup, TestApp, idle, ids_of, input};

/// Linked to no Page.
const VAN: &str = "17841400000000777";
const PAGE: &str = "110220330440551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// An account that signed in itself is chosen; what follows has not begun.
async fn chosen_by_instagram(app: &TestApp, who: &Person) -> AttemptView {
    let begun = connect::begin_instagram(&app.services, &who.actor, &who.session).await.unwrap();
    let back = app.meta().approve_instagram(begun.dialog_url.as_str(), VAN, Some(&[])).unwrap();
    app.come_back(who, &back).await;
    app.idle().await;
    let view = app.view(who, &begun.attempt).await;
    connect::choose(&app.services, &who.actor, &view.id, &ids_of(&view, &[VAN])).await.unwrap();
    view
}

fn connection_of(view: &AttemptView) -> ConnectionId {
    view.connection.as_ref().unwrap().id.clone()
}

/// How a connection stands, seen by a process: the code of its problem, and how its assets stand, each pending or not.
async fn seen(services: &Services, who: &Person, id: &ConnectionId) -> (Option<String>, Vec<bool>) {
    let overview = status::overview(services, &who.actor).await.unwrap();
    let view = overview.connections.iter().find(|view| view.connection.id == *id).unwrap();
    assert_eq!(view.connection.status, ConnectionStatus::Connected, "Meta may still take its token");
    let problem = view.problem.as_ref().map(|problem| problem.code.to_string());
    let own = overview.assets.iter().filter(|status| status.asset.connection_id == *id);
    let failed = |status: &status::AssetStatus| status.ladder.problem().map(|(_, why)| why.code.to_string());
    let own: Vec<_> = own.map(|status| (failed(status), status.asset.pending)).collect();
    assert!(own.iter().all(|(failed, _)| *failed == problem), "{own:?}");
    if problem.is_some() {
        assert!(matches!(overview.banner, status::Banner::Error { .. }), "{:?}", overview.banner);
    }
    (problem, own.into_iter().map(|(_, pending)| pending).collect())
}

/// Whoever waits at the wizard is let go, the status says why nothing comes of the choice, and for hours nothing is tried.
async fn waits(app: &TestApp, services: &Services, who: &Person, choice: &AttemptView, code: &str) {
    let calls = app.meta().call_count();
    idle(services).await;
    assert_eq!(app.view(who, &choice.id).await.phase, Phase::Done);
    let id = connection_of(choice);
    let (problem, pending) = seen(services, who, &id).await;
    assert!(problem.as_deref() == Some(code) && pending.iter().all(|pending| *pending), "{problem:?} {pending:?}");
    for _ in 0..3 {
        app.advance(Duration::from_secs(3600));
        connect::resume_applying(services).await.unwrap();
        assert_eq!(server::jobs::run_due(services).await.unwrap(), 0, "nothing can come of it");
    }
    assert_eq!(app.meta().call_count(), calls);
    let overview = status::overview(services, &who.actor).await.unwrap();
    let asset = overview.assets.iter().find(|status| status.asset.connection_id == id).unwrap();
    let again = connect::try_again(services, &who.actor, &asset.asset.id).await.unwrap_err();
    let tested = connect::check_connection(services, &who.actor, &id).await.unwrap_err();
    assert_eq!([again, tested].map(|refused| refused.explain().code.to_string()), [code, code]);
}

db_test! {
    async fn an_account_waits_for_instagrams_settings_and_goes_on_with_them(
        app: &TestApp,
        Setup { instagram: true, ..Setup::default() }
    ) {
        let ada = app.owner("ada").await;
        let choice = chosen_by_instagram(app, &ada).await;
        // The next start: the settings name the app, and nothing of Instagram Login.
        let without = app.restarted_with_app();
        waits(app, &without, &ada, &choice, "meta.instagram_gone").await;
        let all = connect::check_all(&without, &ada.actor).await.unwrap_err();
        assert_eq!(all.explain().code, "meta.instagram_gone");

        // The start after it, with both.
        connect::resume_applying(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(app.subscribed(), [VAN]);
        assert_eq!(seen(&app.services, &ada, &connection_of(&choice)).await, (None, vec![false]));
    }
}

db_test! {
    async fn a_choice_waits_for_its_app_and_goes_on_with_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let choice = app.discovered(&ada).await;
        connect::choose(&app.services, &ada.actor, &choice.id, &ids_of(&choice, &[PAGE, NUMBER])).await.unwrap();
        waits(app, &app.restarted_without_app(), &ada, &choice, "meta.app_gone").await;

        connect::resume_applying(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        assert_eq!(seen(&app.services, &ada, &connection_of(&choice)).await, (None, vec![false; 3]));
    }
}

db_test! {
    async fn what_left_a_choice_is_unsubscribed_when_its_app_is_back(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.discovered(&ada).await;
        app.choose(&ada, &first, &[PAGE, NUMBER]).await;
        let choice = app.discovered(&ada).await;
        connect::choose(&app.services, &ada.actor, &choice.id, &ids_of(&choice, &[NUMBER])).await.unwrap();
        idle(&app.restarted_without_app()).await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        connect::resume_applying(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(app.subscribed(), [ACCOUNT]);
    }
}

db_test! {
    /// Somebody connected everything once more with the present app.
    async fn a_connection_that_holds_nothing_needs_nobody_though_its_app_is_gone(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let without = app.restarted_without_app();
        let banner = async || status::overview(&without, &ada.actor).await.unwrap().banner;
        assert!(matches!(banner().await, status::Banner::Error { .. }));
        app.storage.tamper("UPDATE assets SET selected = FALSE").await;
        assert!(matches!(banner().await, status::Banner::Connected { .. }));
    }
}

db_test! {
    async fn the_other_connections_are_tested_all_the_same(
        app: &TestApp,
        Setup { instagram: true, ..Setup::default() }
    ) {
        let ada = app.owner("ada").await;
        chosen_by_instagram(app, &ada).await;
        app.connected(&ada).await;
        let reports = connect::check_all(&app.restarted_with_app(), &ada.actor).await.unwrap();
        assert_eq!(reports.iter().map(|report| (report.asked, report.proven)).collect::<Vec<_>>(), [(5, 5)]);
    }
}

/// What the doctor says of Instagram Login.
async fn doctor(app: &TestApp) -> Option<Check> {
    let checks = setup::doctor(&app.services).await.unwrap();
    checks.into_iter().find(|check| check.name == "login.instagram")
}

db_test! {
    async fn an_account_goes_on_as_soon_as_instagrams_part_is_entered_again(
        app: &TestApp,
        Setup { meta_app: false, ..Setup::default() }
    ) {
        let (olga, ada) = (app.operator().await, app.owner("ada").await);
        let enter = async |id: &str, secret: &str| {
            let given = InstagramInput { app_id: id.to_owned(), app_secret: SecretString::from(secret.to_owned()) };
            setup::save_instagram(&app.services, &olga.actor, &given).await.unwrap();
        };
        setup::save_app(&app.services, &olga.actor, &input(&app.app_id(), &app.app_secret())).await.unwrap();
        let part = app.meta().world().app.instagram;
        enter(&part.id, &part.secret).await;
        let choice = chosen_by_instagram(app, &ada).await;
        enter("", "").await;
        waits(app, &app.services, &ada, &choice, "meta.instagram_gone").await;
        let check = doctor(app).await.unwrap();
        assert!(check.state == State::Wrong && check.why.starts_with("1 account connected"), "{check:?}");

        enter(&part.id, &part.secret).await;
        app.idle().await;
        assert_eq!(app.subscribed(), [VAN]);
        assert_eq!(seen(&app.services, &ada, &connection_of(&choice)).await, (None, vec![false]));
        assert_eq!(doctor(app).await.unwrap().state, State::Proven);
        app.disconnect(&ada, &connection_of(&choice)).await;
        enter("", "").await;
        assert_eq!(doctor(app).await, None, "nothing needs it");
    }
}
