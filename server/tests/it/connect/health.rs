//! The health of assets: what Meta says of them, in few calls, and how it changes.

use std::time::Duration;

use server::{
    accounts::Role,
    connect::{self, CallbackLevel, status},
    error::Error,
    ids::ConnectionId,
    words::Language,
};
use simulator::{Consent, Effect, Fault};

use crate::support::{Person, TestApp};

const PAGE: &str = "110220330440551";
const HOUR: Duration = Duration::from_secs(3600);

async fn check(app: &TestApp, who: &Person, id: &ConnectionId) -> connect::CheckReport {
    connect::check_connection(&app.services, &who.actor, id).await.unwrap()
}

/// A chosen asset as the status page has it.
async fn find(app: &TestApp, who: &Person, meta_id: &str) -> status::AssetStatus {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    overview.assets.into_iter().find(|status| status.asset.meta_id == meta_id).unwrap()
}

async fn problem(app: &TestApp, who: &Person, meta_id: &str) -> Option<String> {
    find(app, who, meta_id).await.ladder.problem().map(|(_, why)| why.code.to_string())
}

/// The account and the number of the corner shop.
fn whatsapp(app: &TestApp) -> (String, String) {
    let world = app.meta().world();
    (world.whatsapp_accounts[0].id.clone(), world.phone_numbers[0].id.clone())
}

fn answering(json: String) -> Effect {
    Effect::Body { status: 200, body: json }
}

db_test! {
    async fn all_assets_are_asked_about_in_one_request(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.meta().clear_requests();
        let report = check(app, &ada, &id).await;
        assert_eq!((report.asked, report.proven), (5, 5));
        assert_eq!(app.meta().call_count(), 2, "what is the token, and how are the assets");
        // The token; the roles, the Page, the account twice, the ad account: the Instagram account and the number come along.
        assert_eq!(app.meta().operation_count(), 6);
        let (_, number) = whatsapp(app);
        let health = find(app, &ada, &number).await.health.unwrap();
        assert_eq!(health.since, app.clock.now());
        let mut state = health.state;
        let callback = state.callback.as_mut().unwrap();
        assert_eq!(callback.url, app.base.join("webhooks/meta").unwrap().as_str());
        callback.url = "ours".into();
        insta::assert_json_snapshot!("number", state);
        insta::assert_json_snapshot!("page", find(app, &ada, PAGE).await.health.unwrap().state);
    }
}

db_test! {
    async fn what_changes_is_kept_with_its_time_and_the_rest_is_only_seen_again(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let (_, number) = whatsapp(app);
        let first = app.clock.now();
        check(app, &ada, &id).await;
        app.advance(HOUR);
        check(app, &ada, &id).await;
        let asset = find(app, &ada, &number).await;
        let seen = asset.health.unwrap();
        assert_eq!((seen.since, seen.seen), (first, app.clock.now()));
        app.meta().edit_world(|world| world.phone_numbers[0].quality_rating = "YELLOW".into()).unwrap();
        app.advance(HOUR);
        check(app, &ada, &id).await;
        let changes = connect::list_changes(&app.services, &ada.actor, &asset.asset.id).await.unwrap();
        let told: Vec<_> = changes.iter().map(|one| (one.since, one.state.quality_rating.clone().unwrap())).collect();
        assert_eq!(told, [(app.clock.now(), "YELLOW".to_owned()), (first, "GREEN".to_owned())]);
        assert!(connect::list_changes(&app.services, &eve.actor, &asset.asset.id).await.unwrap().is_empty());
    }
}

db_test! {
    async fn messages_that_go_elsewhere_are_noticed_and_taken_back(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let (account, number) = whatsapp(app);
        let taken = format!(
            r#"{{"data":[{{"whatsapp_business_api_data":{{"id":"{}"}},"override_callback_uri":"https://crm.example/hook?key=secret"}}]}}"#,
            app.app_id()
        );
        let fault = app.meta().set_fault(Fault::new(answering(taken)).on_path(&format!("/{account}/subscribed_apps")).on_method("GET"));
        check(app, &ada, &id).await;
        app.meta().remove_fault(fault);
        for asset in [&account, &number] {
            assert_eq!(problem(app, &ada, asset).await.as_deref(), Some("asset.callback_elsewhere"));
        }
        let status = find(app, &ada, &account).await;
        let (_, why) = status.ladder.problem().unwrap();
        assert_eq!(why.told(Language::En).why, "It sends them to https://crm.example/hook.");
        let callback = status.health.unwrap().state.callback.unwrap();
        assert_eq!((callback.level, callback.ours), (CallbackLevel::WhatsappAccount, false));

        app.meta().clear_requests();
        connect::repair_asset(&app.services, &ada.actor, &status.asset.id).await.unwrap();
        app.idle().await;
        let told = app.meta().requests();
        let path = format!("/{account}/subscribed_apps");
        assert!(told.iter().any(|request| request.method == "POST" && request.path.ends_with(&path)));
        assert_eq!(problem(app, &ada, &account).await, None);
        check(app, &ada, &id).await;
        assert_eq!(problem(app, &ada, &number).await, None);
    }
}

db_test! {
    async fn a_numbers_own_address_is_taken_back_too(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let (account, number) = whatsapp(app);
        let numbers = format!(
            r#"{{"data":[{{"id":"{number}","status":"CONNECTED","webhook_configuration":{{"application":"{}webhooks/meta","phone_number":"https://crm.example/hook"}}}}]}}"#,
            app.base
        );
        let fault = app.meta().set_fault(Fault::new(answering(numbers)).on_path(&format!("/{account}/phone_numbers")));
        check(app, &ada, &id).await;
        app.meta().remove_fault(fault);
        assert_eq!(problem(app, &ada, &account).await, None, "the account's own address is ours");
        assert_eq!(problem(app, &ada, &number).await.as_deref(), Some("asset.callback_elsewhere"));
        app.meta().clear_requests();
        let asset = find(app, &ada, &number).await.asset;
        connect::repair_asset(&app.services, &ada.actor, &asset.id).await.unwrap();
        app.idle().await;
        let path = format!("/{number}");
        assert!(app.meta().requests().iter().any(|request| request.method == "POST" && request.path.ends_with(&path)));
        assert_eq!(problem(app, &ada, &number).await, None);
    }
}

db_test! {
    async fn a_role_without_messages_and_a_banned_number_are_told(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let (_, number) = whatsapp(app);
        app.meta()
            .edit_world(|world| {
                world.pages.iter_mut().for_each(|page| page.tasks = vec!["ANALYZE".into()]);
                world.phone_numbers[0].status = "BANNED".into();
            })
            .unwrap();
        check(app, &ada, &id).await;
        assert_eq!(problem(app, &ada, PAGE).await.as_deref(), Some("asset.no_messaging_task"));
        assert_eq!(problem(app, &ada, &number).await.as_deref(), Some("number.banned"));
    }
}

db_test! {
    async fn a_permission_that_went_is_named(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let begun = app.begin_again(&ada, &id).await;
        app.finished(&ada, &begun, &Consent::everything().declining(["pages_messaging"])).await;
        check(app, &ada, &id).await;
        let status = find(app, &ada, PAGE).await;
        let (_, why) = status.ladder.problem().unwrap();
        assert_eq!(why.told(Language::En).why, "Meta does not list pages_messaging any more.");
        assert_eq!(status.health.unwrap().state.missing, ["pages_messaging"]);
    }
}

db_test! {
    async fn what_is_optional_or_passing_changes_nothing_that_is_proven(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        check(app, &ada, &id).await;
        let sql = "SELECT meta_id || CAST(verified_at AS TEXT) || CAST(COALESCE(subscribed_at, 0) AS TEXT) ||
            COALESCE(problem, '') FROM assets WHERE selected ORDER BY id";
        let (proven, health) = (app.storage.texts(sql).await, app.storage.rows().await);
        for edge in ["accounts", "phone_numbers"] {
            for (status, code) in [(400, 4), (400, 80008), (400, 100), (500, 2), (400, 3)] {
                let fault = app.meta().set_fault(Fault::error(edge, status, code));
                let report = check(app, &ada, &id).await;
                app.meta().remove_fault(fault);
                assert_eq!(report.problem, None);
                assert_eq!(app.storage.texts(sql).await, proven, "{edge} {code}");
            }
        }
        let null = app.meta().set_fault(Fault::new(Effect::NullItem).on_edge("subscribed_apps"));
        check(app, &ada, &id).await;
        app.meta().remove_fault(null);
        assert_eq!(app.storage.texts(sql).await, proven);
        assert_eq!(app.storage.rows().await["assets"], health["assets"]);
    }
}

db_test! {
    async fn an_app_whose_events_go_elsewhere_is_noticed_within_the_hour(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        app.expect_jobs();
        let rows: Vec<String> = ["page", "instagram", "whatsapp_business_account"]
            .map(|object| format!(r#"{{"object":"{object}","callback_url":"https://crm.example/x?k=1","active":true,"fields":[]}}"#))
            .to_vec();
        let taken = format!(r#"{{"data":[{}]}}"#, rows.join(","));
        let fault = app.meta().set_fault(Fault::new(answering(taken)).on_edge("subscriptions").on_method("GET"));
        connect::plan_upkeep(&app.services).await.unwrap();
        assert_eq!(status::overview(&app.services, &ada.actor).await.unwrap().unreached, None, "asked a moment ago");
        app.advance(HOUR);
        app.meta().clear_requests();
        connect::plan_upkeep(&app.services).await.unwrap();
        connect::plan_upkeep(&app.services).await.unwrap();
        assert_eq!(app.meta().call_count(), 1, "once an hour, for all businesses");
        let unreached = status::overview(&app.services, &ada.actor).await.unwrap().unreached.unwrap();
        assert_eq!(unreached.code, "webhooks.elsewhere");
        let told = unreached.told(Language::En);
        assert!(told.why.ends_with("go to https://crm.example/x."), "{}", told.why);
        app.meta().remove_fault(fault);
    }
}

db_test! {
    async fn only_owners_and_admins_of_the_business_repair(app: &TestApp) {
        let ada = app.owner("ada").await;
        let agent = app.member(&ada, "agent", Role::Agent).await;
        let eve = app.owner("eve").await;
        app.connected(&ada).await;
        let asset = find(app, &ada, PAGE).await.asset.id;
        let refused = connect::repair_asset(&app.services, &agent.actor, &asset).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        let refused = connect::repair_asset(&app.services, &eve.actor, &asset).await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }
}
