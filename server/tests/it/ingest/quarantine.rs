//! What nobody holds waits a while for somebody who does.

use server::{asset_kind::AssetKind, db::quarantine, ingest};

use crate::support::{
    TestApp,
    desk::{Customer, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

db_test! {
    async fn a_claim_brings_what_waited(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bodies: Vec<_> = (0..150).map(|n| text("100", SHEENA, &format!("wamid.{n}"), n, "hi")).collect();
        app.arrive(&bodies).await;
        assert!(app.see("SELECT id FROM messages").await.is_empty());
        // By the number, and by the account around it.
        assert_eq!(app.see("SELECT meta_id FROM quarantine").await.len(), 300);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 150);
        assert!(app.see("SELECT meta_id FROM quarantine WHERE kind = 'whatsapp_number'").await.is_empty());
        let parts = app.see("SELECT outcome || ' ' || COUNT(*) FROM delivery_parts GROUP BY outcome").await;
        assert_eq!(parts, ["applied 150"]);
    }
}

db_test! {
    async fn a_claim_through_another_app_brings_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "hi")]).await;
        app.hold_through(&ada, AssetKind::WhatsappNumber, "100", "666").await;
        ingest::drain(&app.services).await.unwrap();
        assert!(app.see("SELECT id FROM messages").await.is_empty());
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await, ["quarantined"]);
    }
}

db_test! {
    async fn it_waits_a_week_and_not_longer(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "hi")]).await;
        app.advance(std::time::Duration::from_secs(6 * 86_400));
        app.arrive(&[text("100", SHEENA, "wamid.2", 2, "hi")]).await;
        app.advance(std::time::Duration::from_secs(86_401));
        ingest::sweep_deliveries(&app.services).await.unwrap();
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT meta_id FROM messages").await, ["wamid.2"]);
    }
}

db_test! {
    async fn only_so_many_wait_and_the_newest_stay(app: &TestApp) {
        let row = |app: i64, n: i64| format!("('{app}', 'facebook_page', '7', {n}, {n})");
        let rows: Vec<String> = (1..=10).map(|n| row(1, n)).chain([row(2, 11), row(2, 12)]).collect();
        let insert = "INSERT INTO quarantine (meta_app_id, kind, meta_id, delivery_id, received_at) VALUES";
        app.storage.tamper(&format!("{insert} {}", rows.join(", "))).await;
        let db = app.services.db();
        assert_eq!(quarantine::find_surplus_across_tenants(db, None, 12).await.unwrap(), None);
        let place = quarantine::find_surplus_across_tenants(db, None, 8).await.unwrap().unwrap();
        assert_eq!((place.0.as_millis(), place.1.number()), (4, 4));
        let delete = async || quarantine::delete_through_across_tenants(db, None, place, 3).await.unwrap();
        assert_eq!((delete().await, delete().await, delete().await), (3, 1, 0), "slice by slice");
        let left = "SELECT CAST(delivery_id AS TEXT) FROM quarantine q ORDER BY q.delivery_id";
        assert_eq!(app.see(left).await, ["5", "6", "7", "8", "9", "10", "11", "12"]);
        // Of one app, whatever others have.
        let one = "1".parse().unwrap();
        let place = quarantine::find_surplus_across_tenants(db, Some(&one), 2).await.unwrap().unwrap();
        assert_eq!(quarantine::delete_through_across_tenants(db, Some(&one), place, 100).await.unwrap(), 4);
        assert_eq!(app.see(left).await, ["9", "10", "11", "12"]);
    }
}

db_test! {
    async fn what_was_claimed_comes_without_a_pause(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bodies: Vec<_> = (0..1_000).map(|n| text("100", SHEENA, &format!("wamid.{n}"), 1, "hi")).collect();
        app.arrive(&bodies).await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let mut watch = app.services.live().watch_tenant(ada.tenant(), None);
        ingest::spawn_worker(&app.services);
        let all = async {
            while app.see("SELECT id FROM messages").await.len() < 1_000 {
                watch.changed().await;
            }
        };
        // Slices of 256, with ten seconds between each two: more than that.
        tokio::time::timeout(std::time::Duration::from_secs(25), all).await.unwrap();
        app.services.live().close();
        app.services.journal().close().await;
    }
}

db_test! {
    async fn a_claim_brings_nothing_that_a_former_holder_was_told(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let mut shared = text("100", SHEENA, "wamid.1", 1, "canary-to-ada");
        shared["entry"].as_array_mut().unwrap().push(text("200", SHEENA, "wamid.2", 2, "to nobody")["entry"][0].clone());
        app.arrive(&[shared]).await;
        app.storage.tamper("DELETE FROM routes").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "100").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
        ingest::drain(&app.services).await.unwrap();
        let theirs = format!("SELECT meta_id FROM messages WHERE tenant_id = '{}'", bo.tenant());
        assert_eq!(app.see(&theirs).await, ["wamid.2"]);
    }
}

db_test! {
    async fn a_claim_does_not_bring_back_what_others_erased(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let mut shared = text("100", SHEENA, "wamid.1", 1, "to ada");
        shared["entry"].as_array_mut().unwrap().push(text("200", SHEENA, "wamid.2", 2, "to nobody")["entry"][0].clone());
        app.arrive(&[shared]).await;
        app.storage.tamper("DELETE FROM contacts").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT tenant_id || meta_id FROM messages").await, [format!("{}wamid.2", bo.tenant())]);
    }
}

db_test! {
    async fn a_claim_of_a_body_that_is_gone_is_forgotten(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "hi")]).await;
        app.storage.tamper_journal("DELETE FROM journal").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        ingest::drain(&app.services).await.unwrap();
        assert!(app.see("SELECT kind FROM quarantine WHERE kind = 'whatsapp_number'").await.is_empty());
    }
}
