//! The largest body that Meta may send: 3 MB with a thousand updates, of several tenants (Meta reference §7.2).

use serde_json::{Value, json};
use server::{
    asset_kind::AssetKind,
    ingest::{self, BODY_LIMIT},
};

use crate::support::{
    Peak, Person, TestApp,
    desk::{Customer, status, text},
};

const UPDATES: usize = 1_000;
/// How much memory accepting and applying the body may take: it is in there as bytes, as JSON, as events, as rows.
const MEMORY: usize = 32 * BODY_LIMIT;

/// Update `n`: of one of four numbers, three of which belong to somebody; every fifth is a status.
fn update(n: usize, words: &str) -> Value {
    let number = ["100", "200", "300", "400"][n % 4];
    let (name, phone) = [("Sheena", "16505551234"), ("Ida", "16505551235"), ("Joe", "16505551236")][n % 3];
    let customer = Customer { name: Some(name), phone: Some(phone), user_id: None };
    let (id, at) = (format!("wamid.{n}"), 1_780_000_000 + i64::try_from(n).unwrap());
    let mut body = if n % 5 == 4 {
        status(number, customer, &id, at, "delivered")
    } else {
        text(number, customer, &id, at, words)
    };
    body["entry"][0].take()
}

/// A body of exactly the largest size, but for some bytes.
fn largest() -> String {
    let body = |words: &str| {
        let updates: Vec<Value> = (0..UPDATES).map(|n| update(n, words)).collect();
        json!({"object": "whatsapp_business_account", "entry": updates}).to_string()
    };
    let texts = UPDATES - UPDATES / 5;
    let body = body(&"x".repeat((BODY_LIMIT - body("").len()) / texts));
    assert!(body.len() <= BODY_LIMIT && body.len() > BODY_LIMIT - texts, "{}", body.len());
    body
}

/// What each tenant has by now.
async fn seen(app: &TestApp) -> Vec<String> {
    let messages = "SELECT t.name || ': ' || COUNT(m.text) || ' texts, ' || COUNT(m.status) || ' statuses, ' ||
        SUM(LENGTH(m.text)) FROM messages m JOIN tenants t ON t.id = m.tenant_id GROUP BY t.name ORDER BY 1";
    app.see(messages).await
}

async fn holders(app: &TestApp) -> Vec<Person> {
    let mut holders = Vec::new();
    for (name, number) in [("ada", "100"), ("bo", "200"), ("cy", "300")] {
        let holder = app.owner(name).await;
        app.hold(&holder, AssetKind::WhatsappNumber, number).await;
        holders.push(holder);
    }
    holders
}

db_test! {
    async fn it_is_accepted_and_applied_once_each_time_it_comes(app: &TestApp) {
        let holders = holders(app).await;
        let body = largest();
        let words = (BODY_LIMIT - largest_without_words()) / 800;
        let peak = Peak::from_now();
        for time in 1..=2 {
            assert_eq!(app.deliver(body.clone()).await.status, 200);
            ingest::drain(&app.services).await.unwrap();
            // Of 250 updates of each number, every fifth is a status.
            let each = |name: &str| format!("{name}'s business: 200 texts, 50 statuses, {}", 200 * words);
            assert_eq!(seen(app).await, ["ada", "bo", "cy"].map(each), "time {time}");
            assert_eq!(app.see("SELECT id FROM contacts").await.len(), 3 * 3);
            assert_eq!(app.see("SELECT id FROM conversations").await.len(), 3 * 3);
            let parts = "SELECT outcome || ' ' || COUNT(*) || ' ' || SUM(events) FROM delivery_parts GROUP BY outcome ORDER BY 1";
            assert_eq!(app.see(parts).await, [format!("applied {} {}", 3 * time, 750 * time), format!("quarantined {time} {}", 250 * time)]);
            assert_eq!(app.services.journal().free_bytes(), 64 * 1024 * 1024, "all of its memory is given back");
        }
        if let Some(peak) = peak {
            assert!(peak.grown() < MEMORY, "{} MB", peak.grown() / 1024 / 1024);
        }
        assert_eq!(app.storage.journal().await.len(), 2);
        let bodies = app.storage.journal().await;
        assert!(bodies.iter().all(|(_, kept)| kept == body.as_bytes()));
        drop(holders);
    }
}

fn largest_without_words() -> usize {
    let updates: Vec<Value> = (0..UPDATES).map(|n| update(n, "")).collect();
    json!({"object": "whatsapp_business_account", "entry": updates}).to_string().len()
}

db_test! {
    /// Three bytes can be an event, which takes hundreds: what is read at once is bounded by what it takes.
    async fn many_short_bodies_of_many_events_are_never_all_in_memory(app: &TestApp) {
        let body = format!(r#"{{"object":"x","entry":[{}]}}"#, vec!["{}"; 4_000].join(","));
        app.journalled_by(&app.app_id(), &vec![body; 100]).await;
        let peak = Peak::from_now();
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome || ' ' || COUNT(*) || ' ' || SUM(events) FROM delivery_parts GROUP BY outcome").await, ["quarantined 100 400000"]);
        if let Some(peak) = peak {
            assert!(peak.grown() < MEMORY, "{} MB", peak.grown() / 1024 / 1024);
        }
    }
}

db_test! {
    async fn one_body_of_a_million_events_is_kept_and_left_out(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: None };
        let body = format!(r#"{{"object":"page","entry":[{}]}}"#, vec!["{}"; BODY_LIMIT / 3 - 20].join(","));
        app.journalled_by(&app.app_id(), &[body, text("100", customer, "wamid.1", 1, "hi").to_string()]).await;
        let peak = Peak::from_now();
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome FROM delivery_parts ORDER BY delivery_id").await, ["unreadable", "applied"]);
        assert_eq!(app.storage.journal().await.len(), 2);
        if let Some(peak) = peak {
            assert!(peak.grown() < MEMORY, "{} MB", peak.grown() / 1024 / 1024);
        }
    }
}
