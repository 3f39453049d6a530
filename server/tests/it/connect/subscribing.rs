//! What follows a choice, step by step, and what becomes of it when a step or a process ends badly.

use std::time::Duration;

use server::{
    connect::{
        self,
        status::{self, RungState, StepKind},
    },
    db::{attempts::Phase, jobs},
};
use simulator::{Effect, Fault};

use crate::support::{Person, TestApp, ids_of};

const PAGE: &str = "110220330440551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

async fn overview(app: &TestApp, who: &Person) -> status::Overview {
    status::overview(&app.services, &who.actor).await.unwrap()
}

/// The choice is saved; what follows it has not begun.
async fn chosen(app: &TestApp, who: &Person) -> connect::AttemptView {
    let view = app.discovered(who).await;
    connect::choose(&app.services, &who.actor, &view.id, &ids_of(&view, &[PAGE, NUMBER])).await.unwrap();
    view
}

/// The changes that Meta was asked for, in order: method and what, without the version.
fn changes(app: &TestApp) -> Vec<String> {
    let changed = app
        .meta()
        .requests()
        .into_iter()
        .filter(|request| request.path.contains("subscri") && request.method == "POST");
    changed.map(|request| request.path.splitn(3, '/').nth(2).unwrap().to_owned()).collect()
}

db_test! {
    async fn the_app_is_subscribed_before_its_assets(app: &TestApp) {
        let ada = app.owner("ada").await;
        chosen(app, &ada).await;
        assert_eq!(changes(app), Vec::<String>::new());
        assert_eq!(app.run_jobs().await, 1);
        let changes = changes(app);
        let app_first: Vec<bool> = changes.iter().map(|path| path.ends_with("/subscriptions")).collect();
        assert_eq!(app_first[..4], [true; 4], "{changes:?}");
        assert!(!app_first[4..].iter().any(|is_app| *is_app) && changes.len() >= 6, "{changes:?}");
        let objects: Vec<_> = app.meta().subscriptions().into_iter().filter(|one| one.callback_url.is_some()).collect();
        let callback = app.base.join("webhooks/meta").unwrap().to_string();
        assert_eq!(objects.iter().map(|one| one.subject.as_str()).collect::<Vec<_>>(), ["instagram", "page", "permissions", "whatsapp_business_account"]);
        assert!(objects.iter().all(|one| one.callback_url.as_deref() == Some(callback.as_str())));

        let overview = overview(app, &ada).await;
        assert_eq!(overview.unreached, None);
        for status in &overview.assets {
            assert!(status.steps.iter().all(|step| matches!(step.state, RungState::Done(_))), "{:?}", status.steps);
        }
        // A further choice finds the app subscribed.
        let calls = changes.len();
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[PAGE, NUMBER, "17841400000000551"]).await;
        assert_eq!(self::changes(app)[calls..], [format!("{PAGE}/subscribed_apps")], "only what is new");
    }
}

db_test! {
    async fn assets_are_subscribed_though_meta_cannot_reach_us(app: &TestApp) {
        app.expect_refusals();
        app.expect_jobs();
        let message = "(#2200) Callback verification failed with the following errors: curl_errno = 7; curl_error = Failed to connect";
        let effect = Effect::Error { status: 400, code: 2200, subcode: None, message: Some(message.into()), transient: false };
        app.meta().set_fault(Fault::new(effect).on_edge("subscriptions").on_method("POST"));
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[PAGE, NUMBER]).await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Done);
        let seen = overview(app, &ada).await;
        let why = seen.unreached.unwrap();
        let told = why.told(server::words::Language::En);
        assert_eq!((told.what.as_str(), why.code.as_ref()), ("Meta cannot reach us.", "webhooks.unreached"));
        assert!(told.why.contains("could not connect"), "{why:?}");
        let step = &seen.assets[0].steps[0];
        assert!(step.what == StepKind::AppSubscribed && matches!(step.state, RungState::Failed(..)), "{step:?}");
        // It is tried again by itself, less often each time.
        let asked = changes(app).iter().filter(|path| path.ends_with("/subscriptions")).count();
        app.run_jobs().await;
        app.advance(Duration::from_secs(30));
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(changes(app).iter().filter(|path| path.ends_with("/subscriptions")).count(), asked + 1);
    }
}

db_test! {
    async fn what_meta_cannot_tell_now_is_asked_later(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = chosen(app, &ada).await;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 500, 2).on_method("POST"));
        app.run_jobs().await;
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Done, "nobody waits at the wizard for that");
        assert!(overview(app, &ada).await.assets.iter().all(|status| status.asset.pending));
        app.meta().remove_fault(fault);
        assert_eq!(app.run_jobs().await, 0, "not yet");
        app.advance(Duration::from_secs(5));
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        assert!(overview(app, &ada).await.assets.iter().all(|status| !status.asset.pending));
    }
}

db_test! {
    async fn a_job_that_keeps_failing_is_given_up_and_can_be_tried_again(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        chosen(app, &ada).await;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 500, 2));
        let mut runs = 0;
        for _ in 0..20 {
            runs += app.run_jobs().await;
            app.advance(Duration::from_secs(3600));
        }
        assert_eq!(runs, 12);
        let op = app.operator().await;
        let dead = server::jobs::list_dead(&app.services, &op.actor).await.unwrap();
        assert_eq!((dead.len(), dead[0].kind.as_str()), (1, "apply_choice"));
        assert!(dead[0].problem.as_deref().unwrap().contains("connect.not_all_applied"));
        assert!(server::jobs::list_dead(&app.services, &ada.actor).await.is_err());
        assert!(server::jobs::replay(&app.services, &ada.actor, &dead[0].id).await.is_err());
        app.meta().remove_fault(fault);
        server::jobs::replay(&app.services, &op.actor, &dead[0].id).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
    }
}

db_test! {
    async fn another_process_goes_on_where_one_died(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = chosen(app, &ada).await;
        // A process claims the job, subscribes the app and one asset, and dies: its lease is never given back.
        let path = format!("/{PAGE}/subscribed_apps");
        app.meta().set_fault(Fault::new(Effect::Hang).on_path(&path).times(1));
        let dying = app.restarted();
        let work = tokio::spawn(async move { server::jobs::run_due(&dying).await });
        let hangs = || app.meta().requests().iter().any(|request| request.path.ends_with(&path));
        while !app.subscribed().contains(&ACCOUNT.to_owned()) || !hangs() {
            tokio::task::yield_now().await;
        }
        work.abort();
        let _ = work.await;
        assert_eq!(app.run_jobs().await, 0, "the lease still holds");
        app.advance(Duration::from_secs(60));
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Done);
        assert_eq!(jobs::count_unfinished_across_tenants(app.services.db()).await.unwrap(), 0);
    }
}

db_test! {
    async fn a_worker_does_what_is_asked_and_gives_back_what_it_cannot_finish(app: &TestApp) {
        let ada = app.owner("ada").await;
        let next = app.restarted();
        let worker = tokio::spawn(server::jobs::work(next.clone()));
        let view = app.discovered(&ada).await;
        connect::choose(&next, &ada.actor, &view.id, &ids_of(&view, &[PAGE])).await.unwrap();
        while app.view(&ada, &view.id).await.phase != Phase::Done {
            tokio::task::yield_now().await;
        }
        next.workers().stop();
        worker.await.unwrap();
        assert_eq!(app.subscribed(), [PAGE]);
    }
}

db_test! {
    async fn a_step_that_failed_is_done_by_trying_again(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 400, 200).on_method("POST"));
        app.choose(&ada, &view, &[PAGE]).await;
        app.meta().remove_fault(fault);
        let page = async || overview(app, &ada).await.assets.remove(0);
        let before = page().await;
        assert!(before.steps[1].problem().is_some(), "{:?}", before.steps);
        assert_eq!(app.run_jobs().await, 0, "not by itself: a person has to mend it first");

        connect::try_again(&app.services, &ada.actor, &before.asset.id).await.unwrap();
        assert_eq!(app.run_jobs().await, 1);
        let after = page().await;
        assert_eq!(after.steps[1].state, RungState::Done(app.clock.now()));
        assert_eq!(app.subscribed(), [PAGE]);

        // What was not chosen has no steps, and agents have none done.
        let agent = app.member(&ada, "noor", server::accounts::Role::Agent).await;
        let refused = connect::try_again(&app.services, &agent.actor, &before.asset.id).await;
        assert!(matches!(refused, Err(server::error::Error::Forbidden(_))), "{refused:?}");
        let left = view.assets.iter().find(|row| row.asset.meta_id == NUMBER).unwrap();
        let unknown = connect::try_again(&app.services, &ada.actor, &left.asset.id).await;
        assert!(matches!(unknown, Err(server::error::Error::NotFound("asset"))), "{unknown:?}");
    }
}
