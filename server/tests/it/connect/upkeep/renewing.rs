//! Renewing tokens, and looking after connections.

use std::{future::Future, time::Duration};

use secrecy::ExposeSecret as _;
use server::{
    connect,
    db::{
        connections::ConnectionStatus,
        credentials::{self, PURPOSE},
    },
    explanation::Explanation,
    ids::ConnectionId,
    observe,
    vault::Place,
};
use simulator::{Effect, Fault, Revocation};

use super::agency::{self, Login};
use crate::support::{Person, TestApp};

const DAY: Duration = Duration::from_secs(86_400);
/// After the middle of a token of 60 days, wherever a connection has its place.
const LATE: Duration = Duration::from_secs(37 * 86_400);

/// Gives the connection its turn now.
async fn look(app: &TestApp) {
    app.storage.tamper("UPDATE connections SET look_at = 0").await;
    assert_eq!(connect::plan_upkeep(&app.services).await.unwrap(), 1);
    app.run_jobs().await;
}

/// The tokens of a connection: the person's, then the Page's.
async fn tokens(app: &TestApp, who: &Person, id: &ConnectionId) -> Vec<String> {
    let mut rows = credentials::list(app.services.db(), who.tenant(), id).await.unwrap();
    rows.sort_by_key(|row| row.kind == credentials::CredentialKind::Page);
    rows.iter()
        .map(|row| {
            let place = Place { tenant: row.tenant_id.as_str(), purpose: PURPOSE, row: row.id.as_str() };
            app.services.vault().open(place, &row.sealed).unwrap().expose_secret().to_owned()
        })
        .collect()
}

/// How often Meta was asked for this edge since the record was cleared.
fn asked(app: &TestApp, edge: &str) -> usize {
    app.meta().requests().iter().filter(|request| request.path.ends_with(edge)).count()
}

async fn problem(app: &TestApp, who: &Person, id: &ConnectionId) -> Option<String> {
    let problem = agency::get(app, who, id).await.renewal_problem?;
    Some(serde_json::from_str::<Explanation>(&problem).unwrap().code.into_owned())
}

async fn lines(app: &TestApp, who: &Person, kind: &str) -> Vec<String> {
    let log = observe::list_log(&app.services, &who.actor, None, false).await.unwrap();
    log.into_iter().filter(|entry| entry.kind == kind).map(|entry| entry.sentence).collect()
}

async fn until(done: impl Fn() -> bool) {
    while !done() {
        tokio::task::yield_now().await;
    }
}

db_test! {
    async fn a_renewed_token_takes_the_place_of_the_old_one_and_brings_the_pages_with_it(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        let (before, old) = (agency::get(app, &ada, &id).await, tokens(app, &ada, &id).await);
        app.advance(LATE);
        app.meta().clear_requests();
        look(app).await;
        let (after, new) = (agency::get(app, &ada, &id).await, tokens(app, &ada, &id).await);
        assert_eq!((old.len(), new.len()), (2, 2));
        assert!(old.iter().zip(&new).all(|(old, new)| old != new), "both are new");
        assert_eq!(after.renewed_at, Some(app.clock.now().as_millis()));
        assert!(after.expires_at > before.expires_at && after.renew_at > before.renew_at);
        assert_eq!(after.data_access_expires_at, before.data_access_expires_at, "only the person can do that");
        assert_eq!((asked(app, "/oauth/access_token"), asked(app, "/me/accounts")), (1, 1));
        assert_eq!(lines(app, &ada, "renewed").await, ["Attaché renewed the access. It lasts until 6 September 2026 now."]);

        app.meta().clear_requests();
        look(app).await;
        assert_eq!(asked(app, "/oauth/access_token"), 0, "its middle is a month away");
    }
}

db_test! {
    async fn a_system_users_token_is_fetched_anew(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::SystemUser).await;
        let (before, old) = (agency::get(app, &ada, &id).await, tokens(app, &ada, &id).await);
        app.advance(LATE);
        app.meta().clear_requests();
        look(app).await;
        let (after, new) = (agency::get(app, &ada, &id).await, tokens(app, &ada, &id).await);
        assert!(after.expires_at > before.expires_at && new[0] != old[0]);
        assert_eq!((asked(app, "/system_user_access_tokens"), asked(app, "/oauth/access_token")), (1, 0));
    }
}

db_test! {
    async fn a_token_that_may_do_less_is_not_kept(app: &TestApp, agency::setup(1)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        let old = tokens(app, &ada, &id).await;
        app.advance(LATE);
        let ends = app.clock.now().plus(DAY * 60).as_seconds();
        let narrow = format!(
            r#"{{"data":{{"app_id":"{}","type":"USER","is_valid":true,"expires_at":{ends},"user_id":"{}","scopes":["pages_show_list"]}}}}"#,
            app.app_id(),
            agency::person(0)
        );
        let fault = Fault::new(Effect::Body { status: 200, body: narrow }).on_edge("debug_token").after(1).times(1);
        app.meta().set_fault(fault);
        look(app).await;
        assert_eq!(tokens(app, &ada, &id).await, old, "the present one goes on");
        assert_eq!(problem(app, &ada, &id).await.as_deref(), Some("renewal.narrower"));
        assert_eq!(agency::get(app, &ada, &id).await.status, ConnectionStatus::Connected);
        let line = lines(app, &ada, "not_renewed").await;
        assert!(line[0].contains("lacks ads_read") && line[0].contains("more."), "{line:?}");
    }
}

db_test! {
    async fn meta_is_asked_once_a_day_however_it_answers(app: &TestApp, agency::setup(1)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Person).await;
        app.advance(LATE);
        let fault = app.meta().set_fault(Fault::error("access_token", 500, 2));
        app.meta().clear_requests();
        look(app).await;
        look(app).await;
        assert_eq!(asked(app, "/oauth/access_token"), 1);
        assert_eq!(problem(app, &ada, &id).await.as_deref(), Some("renewal.refused"));
        app.advance(DAY);
        app.meta().remove_fault(fault);
        look(app).await;
        assert_eq!(asked(app, "/oauth/access_token"), 2);
        assert_eq!(problem(app, &ada, &id).await, None);
        assert!(agency::get(app, &ada, &id).await.renewed_at.is_some());
    }
}

db_test! {
    async fn of_two_processes_in_the_middle_of_it_one_renews(app: &TestApp, agency::setup(1)) {
        let other = app.another_process().await;
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        app.advance(LATE);
        app.storage.tamper("UPDATE connections SET look_at = 0").await;
        connect::plan_upkeep(&app.services).await.unwrap();
        app.meta().clear_requests();
        app.meta().hold_answers(true);
        let meta = app.meta();
        // The first process asks what the token is and hangs; its lease ends, and the second one takes its turn as well.
        let second = async {
            until(|| meta.waiting() == 1).await;
            app.advance(Duration::from_secs(61));
            app.storage.tamper("UPDATE connections SET look_at = 0").await;
            let both_wait = async {
                until(|| meta.waiting() == 2).await;
                meta.hold_answers(false);
            };
            tokio::join!(server::jobs::run_due(&other), both_wait).0.unwrap()
        };
        let first: std::pin::Pin<Box<dyn Future<Output = _>>> = Box::pin(server::jobs::run_due(&app.services));
        let (first, second) = tokio::join!(first, second);
        assert!(first.unwrap() > 0 && second > 0, "both ran");
        assert_eq!(asked(app, "/oauth/access_token"), 1, "one asked for a new token");
        assert!(agency::get(app, &ada, &id).await.renewed_at.is_some());
        assert_eq!(lines(app, &ada, "renewed").await.len(), 1);
        other.close().await;
    }
}

db_test! {
    async fn a_dead_token_is_never_exchanged_and_is_noticed(app: &TestApp, agency::setup(1)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        app.advance(LATE);
        app.meta().revoke_person(&agency::person(0), Revocation::PasswordChanged);
        app.meta().clear_requests();
        look(app).await;
        look(app).await;
        assert_eq!(asked(app, "/oauth/access_token"), 0);
        let connection = agency::get(app, &ada, &id).await;
        assert_eq!(connection.status, ConnectionStatus::Error);
        assert_eq!(lines(app, &ada, "refused").await.len(), 1, "it is told once");
    }
}

db_test! {
    async fn nothing_but_an_answer_about_the_token_changes_the_state(app: &TestApp, agency::setup(1)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        let assets = "SELECT CAST(verified_at AS TEXT) || CAST(subscribed_at AS TEXT) FROM assets WHERE selected";
        let proven = app.storage.texts(assets).await;
        let throttles = [4, 17, 32, 341, 613, 80001];
        let mut effects: Vec<Effect> = throttles
            .map(|code| Effect::Error { status: 400, code, subcode: None, message: None, transient: false })
            .to_vec();
        effects.extend([1, 2].map(|code| Effect::Error { status: 500, code, subcode: None, message: None, transient: true }));
        let mut faults: Vec<Fault> = ["debug_token", "subscribed_apps"]
            .into_iter()
            .flat_map(|edge| effects.iter().map(move |effect| Fault::new(effect.clone()).on_edge(edge)))
            .collect();
        // A whole request that fails: the first one, then the one after it.
        for effect in [Effect::Html { status: 503 }, Effect::HalfBody, Effect::Reset] {
            faults.extend([Fault::new(effect.clone()), Fault::new(effect).after(1)]);
        }
        for fault in faults {
            let told = format!("{fault:?}");
            let fault = app.meta().set_fault(fault);
            look(app).await;
            app.meta().remove_fault(fault);
            let connection = agency::get(app, &ada, &id).await;
            assert_eq!((connection.status, connection.problem), (ConnectionStatus::Connected, None), "{told}");
            assert_eq!(app.storage.texts(assets).await, proven, "{told}");
        }
    }
}

db_test! {
    async fn what_can_wait_leaves_the_rest_of_the_budget_to_people(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        agency::connect(app, &ada, 0, Login::Scopes).await;
        app.meta().switch(|switches| switches.budgets.app = 1);
        look(app).await;
        app.meta().clear_requests();
        look(app).await;
        assert_eq!(app.meta().call_count(), 0, "the budget is used");
        let at: i64 = app.storage.texts("SELECT CAST(look_at AS TEXT) FROM connections").await[0].parse().unwrap();
        let wait = at - app.clock.now().as_millis();
        assert!((3_600_000..=2 * 3_600_000).contains(&wait), "an hour or two later: {wait}");
        app.advance(Duration::from_secs(3600));
        look(app).await;
        assert!(app.meta().call_count() > 0);
    }
}
