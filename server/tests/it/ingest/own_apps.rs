//! What a business's own app signs reaches that business alone: whoever has the secret of an app can write any body.

use serde_json::{Value, json};
use server::{
    asset_kind::AssetKind,
    ingest::{
        self, IntakeSettings,
        deliveries::{self, Filter, Replay},
    },
    setup::{self, State},
};

use crate::support::{
    Answer, OWN_APP, OWN_SECRET, Person, Setup, TestApp,
    desk::{Customer, status, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };
const OWN_DOOR: &str = "/webhooks/meta/2093847561029384";
/// What belongs to ada and must not change.
const TABLES: [&str; 5] = [
    "SELECT id || meta_id || COALESCE(text, '') || COALESCE(status, '') FROM messages WHERE tenant_id = '{}' ORDER BY 1",
    "SELECT id || COALESCE(name, '') FROM contacts WHERE tenant_id = '{}' ORDER BY 1",
    "SELECT id || last_message_at FROM conversations WHERE tenant_id = '{}' ORDER BY 1",
    "SELECT id || kind || sentence FROM asset_events WHERE tenant_id = '{}' ORDER BY 1",
    "SELECT id || COALESCE(active_at, 0) || COALESCE(last_event_at, 0) FROM assets WHERE tenant_id = '{}' ORDER BY 1",
];

/// ada holds a number, an account, a Page and an Instagram account through the installation's app; bo another number through
/// an app of their own.
async fn two(app: &TestApp) -> (Person, Person) {
    let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
    app.has_own_app(&bo).await;
    for (kind, id) in [
        (AssetKind::WhatsappNumber, "100"),
        (AssetKind::WhatsappAccount, "900"),
        (AssetKind::FacebookPage, "500"),
        (AssetKind::InstagramAccount, "600"),
    ] {
        app.hold(&ada, kind, id).await;
    }
    app.hold_through(&bo, AssetKind::WhatsappNumber, "200", OWN_APP).await;
    app.arrive(&[text("100", SHEENA, "wamid.ada", 1_780_000_000, "to ada, by Meta")]).await;
    (ada, bo)
}

async fn seen(app: &TestApp, who: &Person) -> Vec<Vec<String>> {
    let mut seen = Vec::new();
    for sql in TABLES {
        seen.push(app.see(&sql.replace("{}", who.tenant().as_str())).await);
    }
    seen
}

/// Everything that bo could make up about ada.
fn forged() -> Vec<Value> {
    let page = |messaging: Value| json!({"object": "page", "entry": [{"id": "500", "time": 1_780_000_100_000_i64, "messaging": [messaging]}]});
    let people = json!({"id": "777"});
    let mut instagram = page(json!({"sender": people, "recipient": {"id": "600"}, "timestamp": 1_780_000_100_000_i64,
        "message": {"mid": "ig.1", "text": "canary-forged"}}));
    instagram["object"] = json!("instagram");
    instagram["entry"][0]["id"] = json!("600");
    let account = json!({"object": "whatsapp_business_account", "entry": [{"id": "900", "time": 1_780_000_100, "changes": [
        {"field": "account_update", "value": {"event": "ACCOUNT_DELETED"}}]}]});
    // One that names first what is theirs, and then what is not, and the other way round.
    let mut mixed = text("200", SHEENA, "wamid.bo", 1_780_000_002, "to bo, by their app");
    let other = text("100", SHEENA, "wamid.3", 1_780_000_003, "canary-forged");
    mixed["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
    let mut reversed = text("100", SHEENA, "wamid.4", 1_780_000_004, "canary-forged");
    reversed["entry"][0]["id"] = json!("200");
    vec![
        text("100", SHEENA, "wamid.1", 1_780_000_001, "canary-forged"),
        status("100", SHEENA, "wamid.ada", 1_780_000_100, "read"),
        page(json!({"sender": people, "recipient": {"id": "500"}, "timestamp": 1_780_000_100_000_i64,
            "message": {"mid": "m.1", "text": "canary-forged"}})),
        instagram,
        account,
        mixed,
        reversed,
    ]
}

async fn deliver(app: &TestApp, body: &Value) -> Answer {
    app.deliver_signed(OWN_DOOR, OWN_SECRET, &body.to_string()).await
}

db_test! {
    async fn what_an_own_app_signs_never_reaches_another_business(app: &TestApp) {
        let (ada, bo) = two(app).await;
        let before = seen(app, &ada).await;
        assert_eq!(before[0].len(), 1);
        for body in forged() {
            assert_eq!(deliver(app, &body).await.status, 200, "it is the app's own word: nothing tells that it is wrong");
        }
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(seen(app, &ada).await, before);
        let theirs = format!("SELECT COALESCE(text, '-') FROM messages WHERE tenant_id = '{}'", bo.tenant());
        assert_eq!(app.see(&theirs).await, ["to bo, by their app"], "what is theirs arrives all the same");
        let of_ada = format!("SELECT meta_app_id FROM delivery_parts WHERE tenant_id = '{}'", ada.tenant());
        assert_eq!(app.see(&of_ada).await, [app.app_id()], "nobody of hers is told of a delivery");
        // The same bodies in one large batch, as after a pause: on PostgreSQL it is applied in two transactions.
        let many: Vec<String> = forged().iter().cycle().take(70).map(Value::to_string).collect();
        app.journalled_by(OWN_APP, &many).await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(seen(app, &ada).await, before);
    }
}

db_test! {
    async fn an_own_app_has_a_door_of_its_own_alone(app: &TestApp) {
        let (ada, _bo) = two(app).await;
        let before = seen(app, &ada).await;
        let body = text("100", SHEENA, "wamid.1", 1_780_000_001, "canary-forged").to_string();
        for door in ["/webhooks/meta".to_owned(), format!("/webhooks/meta/{}", app.app_id())] {
            assert_eq!(app.deliver_signed(&door, OWN_SECRET, &body).await.status, 403, "{door}");
        }
        assert_eq!(app.deliver_signed(OWN_DOOR, &app.app_secret(), &body).await.status, 403);
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(seen(app, &ada).await, before);
    }
}

db_test! {
    async fn neither_a_later_claim_nor_a_replay_brings_what_was_forged(app: &TestApp) {
        let (ada, bo) = two(app).await;
        // Nobody holds this number yet.
        let body = text("300", SHEENA, "wamid.1", 1_780_000_001, "canary-forged");
        assert_eq!(deliver(app, &body).await.status, 200);
        ingest::drain(&app.services).await.unwrap();
        let op = app.operator().await;
        let all = deliveries::list_all(&app.services, &op.actor, &Filter::default(), 50).await.unwrap();
        let forged = all.rows.iter().find(|row| row.meta_app_id == OWN_APP).unwrap().id;
        app.hold(&ada, AssetKind::WhatsappNumber, "300").await;
        ingest::drain(&app.services).await.unwrap();
        deliveries::replay(&app.services, &op.actor, Replay::Ids(vec![forged])).await.unwrap();
        app.idle().await;
        ingest::drain(&app.services).await.unwrap();
        let messages = "SELECT meta_id FROM messages ORDER BY 1";
        assert_eq!(app.see(messages).await, ["wamid.ada"]);
        assert!(deliveries::get(&app.services, &ada.actor, forged).await.is_err(), "it does not exist for her");
        assert!(deliveries::get(&app.services, &bo.actor, forged).await.is_err());
    }
}

db_test! {
    async fn a_route_that_mixes_two_businesses_leads_nowhere(app: &TestApp) {
        let (ada, _bo) = two(app).await;
        // As no flow makes it: ada's asset, through bo's app.
        app.hold_through(&ada, AssetKind::WhatsappNumber, "400", OWN_APP).await;
        let before = seen(app, &ada).await;
        let body = text("400", SHEENA, "wamid.1", 1_780_000_001, "canary-forged");
        assert_eq!(deliver(app, &body).await.status, 200);
        ingest::drain(&app.services).await.unwrap();
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(seen(app, &ada).await, before);
    }
}

db_test! {
    async fn a_grant_that_an_own_app_speaks_of_is_tested_in_that_business_alone(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.connected(&ada).await;
        app.has_own_app(&bo).await;
        let person = app.see("SELECT meta_user_id FROM connections").await.remove(0);
        let body = json!({"object": "permissions", "entry": [{"id": "0", "uid": person, "time": 1_780_000_100,
            "changed_fields": ["pages_messaging"]}]});
        let calls = app.meta().call_count();
        assert_eq!(deliver(app, &body).await.status, 200);
        ingest::drain(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await, ["applied"], "it is understood");
        assert_eq!(app.meta().call_count(), calls, "nobody of bo's granted anything");
    }
}

db_test! {
    async fn an_own_app_cannot_fill_the_disk(app: &TestApp, Setup { intake: IntakeSettings { own_app_mebibytes: 4, ..IntakeSettings::default() }, ..Setup::default() }) {
        const MEBIBYTE: usize = 1024 * 1024;
        let bo = app.owner("bo").await;
        app.has_own_app(&bo).await;
        let large = |mebibytes: usize| "x".repeat(mebibytes * MEBIBYTE);
        let own = async |body: String| app.deliver_signed(OWN_DOOR, OWN_SECRET, &body).await.status;
        assert_eq!(own(large(2)).await, 200);
        assert_eq!(own(large(1)).await, 200);
        assert_eq!(own(large(2)).await, 429, "one is left");
        assert_eq!(own(large(1)).await, 200, "what was refused took nothing");
        assert_eq!(own("{}".to_owned()).await, 429);
        assert_eq!(ingest::backlog(&app.services).await.unwrap(), 3, "what was refused is not stored");
        assert_eq!(app.refused().await, [("over_allowance".to_owned(), 2)]);
        let view = setup::own_view(&app.services, &bo.actor).await.unwrap().setup;
        let check = view.checks.into_iter().find(|check| check.name == "webhooks.allowance").unwrap();
        assert_eq!(check.state, State::Wrong);
        assert!(check.why.starts_with("2 times in the last 24 hours"), "{}", check.why);
        // What is the installation's is not counted, and neither is what nobody signed.
        for _ in 0..3 {
            assert_eq!(app.deliver(large(2)).await.status, 200);
        }
        assert_eq!(app.deliver_signed(OWN_DOOR, "another secret", "{}").await.status, 403);
        // A quarter of the day brings a quarter of the allowance back.
        app.advance(std::time::Duration::from_secs(6 * 3600));
        assert_eq!(own(large(2)).await, 429);
        assert_eq!(own(large(1)).await, 200);
    }
}
