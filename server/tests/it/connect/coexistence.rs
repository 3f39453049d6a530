//! Numbers that stay in the WhatsApp Business app: never registered here, and what is taken over from the app.

use std::{collections::HashMap, time::Duration};

use secrecy::SecretString;
use serde_json::json;
use server::{
    connect::{
        numbers::{self, AppSyncState, NumberView, Registration},
        signup::{self, SignupEvent, Way},
    },
    db::attempts::Flow,
    sync_type::SyncType,
    words::Language,
};
use simulator::{CodeFlow, Consent, Effect, Fault};
use url::Url;

use crate::support::{Person, Setup, TestApp};

const CONFIG: &str = "700100000000002";
const WABA: &str = "102290129340551";
const NUMBER: &str = "190638523274551";
const DAY: Duration = Duration::from_secs(24 * 3600);

fn offered() -> Setup {
    Setup { whatsapp_config_id: Some(CONFIG), ..Setup::default() }
}

/// The owner of the shop sets up the number of their app, and chooses it.
async fn onboarded(app: &TestApp) -> Person {
    let ada = app.owner("ada").await;
    let (services, page) = (&app.services, app.base.join("whatsapp-numbers/add").unwrap());
    let begun = signup::begin_signup(services, &ada.actor, &ada.session, Flow::Popup, Way::BusinessApp).await.unwrap();
    let flow = CodeFlow::Popup { config_id: CONFIG.into(), page: page.clone().into() };
    let mut url: Url = app.meta().dialog_url(&flow).parse().unwrap();
    url.query_pairs_mut().append_pair("extras", &Way::BusinessApp.extras());
    let back = app.meta().approve(url.as_str(), &Consent::everything()).unwrap();
    let answer: HashMap<String, String> =
        url::form_urlencoded::parse(back.fragment().unwrap().as_bytes()).into_owned().collect();
    let event = SignupEvent::parse(&answer["session"]).unwrap();
    assert_eq!((event.waba_id.as_ref().unwrap().as_str(), &event.phone_number_id), (WABA, &None));
    let code = SecretString::from(answer["code"].clone());
    let keys = (&begun.state, &code);
    signup::exchange_signup_code(services, &ada.actor, &ada.session, keys, &page, Some(&event)).await.unwrap();
    app.idle().await;
    let view = app.view(&ada, &begun.attempt).await;
    let onboarded = view.onboarded.clone().unwrap();
    assert!(
        view.assets.iter().any(|row| row.asset.meta_id == NUMBER && onboarded.holds(&row.asset)),
        "found by its account"
    );
    app.choose(&ada, &view, &[NUMBER]).await;
    ada
}

async fn number(app: &TestApp, who: &Person) -> NumberView {
    numbers::list(&app.services, &who.actor).await.unwrap().remove(0)
}

async fn states(app: &TestApp, who: &Person) -> Vec<(SyncType, AppSyncState)> {
    number(app, who).await.app_syncs.into_iter().map(|sync| (sync.what, sync.state)).collect()
}

/// What Meta was asked of the app, in order.
fn asked(app: &TestApp) -> Vec<String> {
    let requests = app.meta().requests().into_iter().filter(|request| request.path.ends_with("/smb_app_data"));
    let kind = |params: String| if params.contains("smb_app_state_sync") { "contacts" } else { "history" };
    requests.map(|request| kind(format!("{:?}", request.params)).to_owned()).collect()
}

/// What Meta sends about the number's history.
async fn hear(app: &TestApp, history: serde_json::Value) {
    let value = json!({"messaging_product": "whatsapp", "history": [history],
        "metadata": {"display_phone_number": "34600555551", "phone_number_id": NUMBER}});
    let body = json!({"object": "whatsapp_business_account",
        "entry": [{"id": WABA, "changes": [{"field": "history", "value": value}]}]});
    app.arrive(&[body]).await;
}

db_test! {
    async fn contacts_and_history_are_asked_for_once_and_nothing_is_registered(app: &TestApp, offered()) {
        let ada = onboarded(app).await;
        assert_eq!(asked(app), ["contacts", "history"]);
        assert!(app.meta().requests().iter().all(|request| !request.path.ends_with("/register")));
        assert_eq!(number(app, &ada).await.registration, Registration::BusinessApp);
        let now = app.clock.now();
        assert_eq!(states(app, &ada).await, [
            (SyncType::SmbAppStateSync, AppSyncState::Asked(now, None)),
            (SyncType::History, AppSyncState::Asked(now, None)),
        ]);
        // Choosing it again does not ask again.
        let begun = signup::begin_signup(&app.services, &ada.actor, &ada.session, Flow::Redirect, Way::CloudApi).await.unwrap();
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(asked(app).len(), 2);

        hear(app, json!({"metadata": {"phase": 1, "chunk_order": 1, "progress": 40}, "threads": []})).await;
        let told = states(app, &ada).await;
        assert!(matches!(&told[1].1, AppSyncState::Asked(_, Some(heard)) if heard.contains("40 %")), "{told:?}");
        assert_eq!(told[0].1, AppSyncState::Asked(now, None), "that is the history's alone");
    }
}

db_test! {
    async fn an_answer_that_was_lost_counts_as_asked(app: &TestApp, offered()) {
        app.expect_refusals();
        app.meta().set_fault(Fault::new(Effect::HalfBody).on_edge("smb_app_data").times(1));
        let ada = onboarded(app).await;
        assert!(matches!(states(app, &ada).await[0].1, AppSyncState::Waiting(_)));
        app.advance(Duration::from_secs(5));
        app.idle().await;
        assert_eq!(asked(app), ["contacts", "contacts", "history"], "Meta says that it was asked before");
        assert!(states(app, &ada).await.iter().all(|(_, state)| matches!(state, AppSyncState::Asked(..))));
    }
}

db_test! {
    async fn a_day_is_all_the_time_there_is(app: &TestApp, offered()) {
        app.expect_refusals();
        let fault = app.meta().set_fault(Fault::error("smb_app_data", 503, 2));
        let ada = onboarded(app).await;
        let until = app.clock.now().plus(DAY);
        assert_eq!(states(app, &ada).await[1].1, AppSyncState::Waiting(until));
        app.meta().remove_fault(fault);
        let tried = asked(app).len();
        app.advance(DAY);
        app.idle().await;
        assert_eq!(asked(app).len(), tried, "Meta would refuse it");
        for (_, state) in states(app, &ada).await {
            assert!(matches!(&state, AppSyncState::Failed(why) if why.code == "number.sync_over"), "{state:?}");
        }
    }
}

db_test! {
    async fn what_meta_refuses_is_told_and_the_other_is_asked_for_still(app: &TestApp, offered()) {
        app.expect_refusals();
        app.meta().set_fault(Fault::error("smb_app_data", 400, 100).times(1));
        let ada = onboarded(app).await;
        let told = states(app, &ada).await;
        assert!(matches!(&told[0].1, AppSyncState::Failed(why) if !why.told(Language::En).todo.is_empty()), "{told:?}");
        assert!(matches!(told[1].1, AppSyncState::Asked(..)), "{told:?}");
    }
}

db_test! {
    async fn a_business_that_does_not_share_its_chats_is_told_so(app: &TestApp, offered()) {
        let ada = onboarded(app).await;
        let refusal = json!({"code": 2_593_109, "title": "History sharing is turned off",
            "message": "History sharing is turned off by the business"});
        hear(app, json!({"errors": [refusal]})).await;
        let told = states(app, &ada).await;
        assert!(matches!(&told[1].1, AppSyncState::Failed(why) if why.code == "number.history_declined"), "{told:?}");
        assert!(matches!(told[0].1, AppSyncState::Asked(..)), "contacts are shared still");
    }
}

db_test! {
    async fn a_number_that_was_in_the_app_before_is_not_asked_about(app: &TestApp) {
        app.meta().edit_world(|world| world.phone_numbers[0].is_on_biz_app = true).unwrap();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        assert!(asked(app).is_empty() && number(app, &ada).await.app_syncs.is_empty());
    }
}
