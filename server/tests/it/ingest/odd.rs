//! Bodies that are signed and odd: kept, told of, and no harm to what stands beside them.

use serde_json::json;
use server::{asset_kind::AssetKind, explanation::Explanation, ingest, words::Language};

use crate::support::{
    TestApp,
    desk::{Customer, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

/// A body with one message about the number 100, a part of which is replaced.
fn with(find: &str, replace: &str) -> Vec<u8> {
    let body = text("100", SHEENA, "wamid.odd", 1_780_000_000, "hi").to_string();
    assert!(body.contains(find), "{find} in {body}");
    body.replace(find, replace).into_bytes()
}

/// Bodies, and what becomes of each.
fn odd() -> Vec<(Vec<u8>, &'static str)> {
    let invalid_utf8 = {
        let mut body = with("\"hi\"", "\"hX\"");
        let at = body.windows(2).position(|two| two == b"hX").unwrap();
        body[at + 1] = 0xff;
        body
    };
    vec![
        // Mended: what people wrote is there but for one letter.
        (invalid_utf8, "applied"),
        (b"\xef\xbb\xbf{}".to_vec(), "unreadable"),
        (b"null".to_vec(), "unreadable"),
        (b"{\"object\":\"page\"".to_vec(), "unreadable"),
        ("[".repeat(200_000).into_bytes(), "unreadable"),
        (format!("{{\"object\":{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_001)).into_bytes(), "unreadable"),
        (with("\"hi\"", &format!("{}{}", "[".repeat(1_000), "]".repeat(1_000))), "unreadable"),
        (b"{\"object\":\"page\",\"object\":\"page\",\"entry\":[]}".to_vec(), "unreadable"),
        (
            json!({"object": "new_thing_of_metas", "entry": [{"id": "1", "changes": [{"field": "x", "value": 1}]}]})
                .to_string()
                .into_bytes(),
            "quarantined",
        ),
    ]
}

db_test! {
    async fn each_is_kept_and_told_of_and_the_others_go_on(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let mut expected = Vec::new();
        for (n, (body, outcome)) in odd().into_iter().enumerate() {
            assert_eq!(app.deliver(body).await.status, 200);
            let good = text("100", SHEENA, &format!("wamid.{n}"), 1_780_000_000, "good").to_string();
            assert_eq!(app.deliver(good).await.status, 200);
            expected.extend([outcome, "applied"]);
        }
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome FROM delivery_parts ORDER BY delivery_id").await, expected);
        assert_eq!(app.see("SELECT id FROM messages WHERE text = 'good'").await.len(), odd().len());
        assert_eq!(app.storage.journal().await.len(), 2 * odd().len());
        let told = app.see("SELECT problem FROM delivery_parts WHERE outcome = 'unreadable'").await;
        let todo = |problem: &String| serde_json::from_str::<Explanation>(problem).unwrap().told(Language::Ro).todo;
        assert!(told.iter().all(|problem| !todo(problem).is_empty()), "{told:?}");
    }
}

db_test! {
    async fn numbers_where_texts_belong_and_the_other_way_around_are_read(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let bodies = [
            with("\"1780000000\"", "1780000000"),
            with("\"phone_number_id\":\"100\"", "\"phone_number_id\":100"),
            with("\"wa_id\":\"16505551234\"", "\"wa_id\":16505551234"),
            with("\"id\":\"900\"", "\"id\":900"),
        ];
        for body in &bodies {
            assert_eq!(app.deliver(body.clone()).await.status, 200);
        }
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome || ' ' || summary FROM delivery_parts").await, vec![r#"applied {"message":1}"#; bodies.len()]);
        assert_eq!(app.see("SELECT meta_id || ' ' || text || ' ' || sent_at FROM messages").await, ["wamid.odd hi 1780000000000"]);
        assert_eq!(app.see("SELECT value FROM contact_identities ORDER BY 1").await, ["16505551234", "US.1"]);
    }
}

db_test! {
    async fn a_key_that_comes_twice_cannot_reach_another_tenant(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
        let twice = with("\"phone_number_id\":\"100\"", "\"phone_number_id\":\"100\",\"phone_number_id\":\"200\"");
        assert_eq!(app.deliver(twice).await.status, 200);
        ingest::drain(&app.services).await.unwrap();
        let parts = app.see("SELECT outcome FROM delivery_parts").await;
        assert_eq!(parts.len(), 1, "it is one tenant's, or nobody's, and never two's");
        assert!(app.see("SELECT id FROM messages").await.len() <= 1);
    }
}
