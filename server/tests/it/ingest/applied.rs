//! What is in the journal becomes contacts, conversations and messages.

use serde_json::{Value, json};
use server::{asset_kind::AssetKind, ingest};

use crate::support::{
    START, TestApp,
    desk::{Customer, status, text, whatsapp},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

db_test! {
    async fn a_text_reaches_its_conversation(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1_780_000_000, "Do you ship?")]).await;
        let message = "SELECT m.direction || ' ' || m.kind || ' ' || m.text || ' ' || m.sent_at || ' ' || k.name
            FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id";
        assert_eq!(app.see(message).await, ["in text Do you ship? 1780000000000 Sheena"]);
        let conversation = "SELECT asset_kind || ' ' || asset_meta_id || ' ' || last_message_at || ' ' || last_inbound_at
            FROM conversations WHERE thread = contact_id";
        assert_eq!(app.see(conversation).await, ["whatsapp_number 100 1780000000000 1780000000000"]);
        let known = app.see("SELECT kind || ' ' || value FROM contact_identities ORDER BY 1").await;
        assert_eq!(known, ["user_id US.1", "wa_id 16505551234"]);
        let part = "SELECT outcome || ' ' || events || ' ' || summary || ' ' || asset_meta_id || ' ' || tenant_id
            FROM delivery_parts";
        assert_eq!(app.see(part).await, [format!("applied 1 {{\"message\":1}} 100 {}", ada.tenant())]);
        let seen = app.see("SELECT active_at || ' ' || last_event_at FROM assets").await;
        assert_eq!(seen, [format!("{0} {0}", START.as_millis())], "it is evidence that the connection works");
    }
}

db_test! {
    async fn what_comes_again_changes_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let body = text("100", SHEENA, "wamid.1", 1_780_000_000, "Do you ship?");
        app.arrive(&[body.clone(), body.clone()]).await;
        let before = app.see("SELECT id || ' ' || conversation_id FROM messages").await;
        app.arrive(&[body]).await;
        assert_eq!(app.see("SELECT id || ' ' || conversation_id FROM messages").await, before);
        assert_eq!(before.len(), 1);
        assert_eq!(app.see("SELECT id FROM contacts").await.len(), 1);
        assert_eq!(app.see("SELECT id FROM conversations").await.len(), 1);
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await, ["applied", "applied", "applied"]);
    }
}

db_test! {
    async fn one_body_brings_each_tenant_its_own(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
        let mut body = text("100", SHEENA, "wamid.1", 1_780_000_000, "to ada");
        let others = [text("200", SHEENA, "wamid.2", 1_780_000_001, "to bo"), text("300", SHEENA, "wamid.3", 1, "to nobody")];
        for other in others {
            body["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
        }
        app.arrive(&[body]).await;
        let seen = "SELECT t.name || ': ' || m.text FROM messages m JOIN tenants t ON t.id = m.tenant_id ORDER BY 1";
        assert_eq!(app.see(seen).await, ["ada's business: to ada", "bo's business: to bo"]);
        assert_eq!(app.see("SELECT id FROM contacts").await.len(), 2, "each tenant knows customers of its own");
        let parts = "SELECT COALESCE(t.name, 'nobody') || ' ' || p.outcome || ' ' || p.events FROM delivery_parts p
            LEFT JOIN tenants t ON t.id = p.tenant_id ORDER BY 1";
        assert_eq!(
            app.see(parts).await,
            ["ada's business applied 1", "bo's business applied 1", "nobody quarantined 1"]
        );
    }
}

db_test! {
    async fn only_the_app_whose_grant_made_the_route_reaches_the_tenant(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let body = text("100", SHEENA, "wamid.1", 1_780_000_000, "injected").to_string();
        app.journalled_by("666", &[body]).await;
        ingest::drain(&app.services).await.unwrap();
        assert!(app.see("SELECT id FROM messages").await.is_empty());
        assert!(app.see("SELECT id FROM contacts").await.is_empty());
        assert_eq!(app.see("SELECT tenant_id || outcome FROM delivery_parts").await, ["quarantined"]);
        assert_eq!(app.see("SELECT COALESCE(CAST(active_at AS TEXT), '-') FROM assets").await, ["-"]);
    }
}

db_test! {
    async fn a_status_may_come_before_its_message_and_only_climbs(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.arrive(&[status("100", SHEENA, "wamid.9", 20, "delivered")]).await;
        let stub = "SELECT COALESCE(kind, '-') || ' ' || direction || ' ' || status || ' ' || status_at FROM messages";
        assert_eq!(app.see(stub).await, ["- out delivered 20000"]);
        let empty = app.see("SELECT CAST(last_message_at AS TEXT) FROM conversations").await;
        assert_eq!(empty, ["0"], "a conversation without a message stays below all others");
        app.arrive(&[status("100", SHEENA, "wamid.9", 10, "sent"), status("100", SHEENA, "wamid.9", 30, "delivered")]).await;
        assert_eq!(app.see(stub).await, ["- out delivered 20000"]);
    }
}

db_test! {
    async fn two_appliers_of_one_journal_do_it_once(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let body = |n: i64| text("100", SHEENA, &format!("wamid.{}", n % 700), 1_780_000_000 + n, "hi").to_string();
        app.journalled_by(&app.app_id(), &(0..900).map(body).collect::<Vec<_>>()).await;
        let (services, other) = (app.services.clone(), app.restarted());
        let both = tokio::join!(ingest::drain(&services), ingest::drain(&other));
        both.0.unwrap();
        both.1.unwrap();
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 700);
        assert_eq!(app.see("SELECT id FROM contacts").await.len(), 1);
        let parts = app.see("SELECT outcome || ' ' || COUNT(*) FROM delivery_parts GROUP BY outcome").await;
        assert_eq!(parts, ["applied 900"]);
        let left = "SELECT id FROM journal_writers WHERE applied_through % 1099511627776 NOT IN (0, 900)";
        assert!(app.see(left).await.is_empty());
    }
}

/// What a customer takes back of a message.
fn revoke(id: &str, of: &str, seconds: i64) -> Value {
    let message = json!({"id": id, "from": "16505551234", "from_user_id": "US.1", "timestamp": seconds.to_string(),
        "type": "revoke", "revoke": {"original_message_id": of}});
    whatsapp("900", "100", json!({"messages": [message]}))
}

db_test! {
    async fn what_was_taken_back_is_gone_even_when_it_comes_later(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "canary-first"), revoke("wamid.2", "wamid.1", 2)]).await;
        app.arrive(&[revoke("wamid.4", "wamid.3", 4)]).await;
        app.arrive(&[text("100", SHEENA, "wamid.3", 3, "canary-second")]).await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "canary-first")]).await;
        let messages = "SELECT meta_id || ' ' || kind || ' ' || deleted_at FROM messages WHERE kind IS NOT NULL ORDER BY 1";
        assert_eq!(app.see(messages).await, ["wamid.1 text 2000", "wamid.3 text 4000"]);
        let tables = app.storage.dump().await;
        let found: Vec<_> =
            tables.iter().filter(|(place, value)| !place.starts_with("journal.") && value.contains("canary-")).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
