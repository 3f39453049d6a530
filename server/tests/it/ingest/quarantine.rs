//! What nobody holds waits a while for somebody who does.

use server::{asset_kind::AssetKind, ingest};

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
