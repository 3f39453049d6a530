//! Work that a process left behind when it ended.

use std::time::Duration;

use server::{
    Services,
    connect::{self, status},
    db::{attempts, attempts::Phase},
};
use simulator::Consent;

use crate::support::{Person, TestApp, idle, ids_of, select};

const STALE: Duration = Duration::from_secs(46);

/// Puts an attempt back to where a process left it when it ended in the middle.
async fn interrupted(app: &TestApp, attempt: &server::ids::AttemptId, phase: &str) {
    let sql = format!("UPDATE connect_attempts SET phase = '{phase}' WHERE id = '{attempt}'");
    assert_eq!(app.storage.tamper(&sql).await, 1);
}

async fn phase(services: &Services, who: &Person, attempt: &server::ids::AttemptId) -> Phase {
    connect::view_attempt(services, &who.actor, attempt).await.unwrap().phase
}

db_test! {
    async fn reading_goes_on_when_somebody_looks(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.storage.tamper("DELETE FROM assets").await;
        interrupted(app, &view.id, "discovering").await;
        let next = app.restarted();
        assert_eq!(phase(&next, &ada, &view.id).await, Phase::Discovering);
        idle(&next).await;
        assert_eq!(phase(&next, &ada, &view.id).await, Phase::Discovering, "a living process may be at it");

        app.advance(STALE);
        assert_eq!(phase(&next, &ada, &view.id).await, Phase::Discovering);
        idle(&next).await;
        let resumed = connect::view_attempt(&next, &ada.actor, &view.id).await.unwrap();
        assert_eq!((resumed.phase, resumed.assets.len()), (Phase::Choosing, view.assets.len()));
    }
}

db_test! {
    async fn an_exchange_cannot_go_on_and_says_so(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        interrupted(app, &begun.attempt, "exchanging").await;
        app.advance(STALE);
        assert_eq!(phase(&app.restarted(), &ada, &begun.attempt).await, Phase::Exchanging, "Meta may take its time");
        app.advance(Duration::from_secs(300));
        let view = connect::view_attempt(&app.restarted(), &ada.actor, &begun.attempt).await.unwrap();
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Failed, "connect.interrupted"));
        // Coming back with the code after all leads to the same page.
        let back = app.answer_dialog(&begun, &Consent::everything());
        app.come_back(&ada, &back).await;
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Failed);
    }
}

db_test! {
    async fn applying_goes_on_at_the_next_start(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let connection = view.connection.as_ref().unwrap().id.clone();
        // The choice was saved, and the process ended before it did anything more.
        let chosen = ids_of(&view, &["110220330440551", "190638523274551"]);
        let (db, now) = (app.services.db(), app.clock.now());
        select(db, app.services.ids(), ada.tenant(), &view.id, &connection, &chosen, now).await;
        assert_eq!(app.subscribed(), Vec::<String>::new());

        let next = app.restarted();
        idle(&next).await;
        assert_eq!(phase(&next, &ada, &view.id).await, Phase::Done);
        assert_eq!(app.subscribed(), ["102290129340551", "110220330440551"]);
        let overview = status::overview(&next, &ada.actor).await.unwrap();
        assert!(overview.assets.iter().all(|status| !status.asset.pending && status.asset.subscribed_at.is_some()));
    }
}

db_test! {
    async fn an_attempt_whose_assets_were_all_applied_is_done_at_the_next_start(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.connected(&ada).await;
        interrupted(app, &view.id, "applying").await;
        let next = app.restarted();
        connect::resume_applying(&next).await.unwrap();
        idle(&next).await;
        assert_eq!(phase(&next, &ada, &view.id).await, Phase::Done);
    }
}

db_test! {
    async fn a_start_with_nothing_left_over_asks_meta_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let calls = app.meta().call_count();
        let next = app.restarted();
        connect::resume_applying(&next).await.unwrap();
        idle(&next).await;
        assert_eq!(app.meta().call_count(), calls);
    }
}

db_test! {
    async fn reading_again_is_possible_until_the_choice(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        connect::read_assets_again(&app.services, &ada.actor, &view.id).await.unwrap();
        app.idle().await;
        let again = app.view(&ada, &view.id).await;
        assert_eq!((again.phase, again.assets.len()), (Phase::Choosing, view.assets.len()));
        app.choose(&ada, &again, &["110220330440551"]).await;
        let late = connect::read_assets_again(&app.services, &ada.actor, &view.id).await;
        assert!(matches!(&late, Err(server::error::Error::Conflict(_))), "{late:?}");
        let attempt = attempts::get(app.services.db(), ada.tenant(), &view.id).await.unwrap().unwrap();
        assert_eq!(attempt.phase, Phase::Done);
    }
}
