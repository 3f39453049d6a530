//! The task that applies what the journal holds.

use std::time::Duration;

use server::{asset_kind::AssetKind, ids::TenantId, ingest, live::Hint};

use crate::support::{
    TestApp,
    desk::{Customer, text},
    idle,
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

/// Waits until whoever watches the tenant hears of a conversation.
async fn heard(services: &server::Services, tenant: &TenantId, since: server::live::Cursor) {
    let mut watch = services.live().watch_tenant(tenant, Some(since));
    let told = async { while !watch.changed().await.has(Hint::Conversation) {} };
    tokio::time::timeout(Duration::from_secs(30), told).await.unwrap();
}

db_test! {
    async fn an_accepted_webhook_is_applied_and_told_live(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let since = app.services.live().cursor();
        ingest::spawn_worker(&app.services);
        let answer = app.deliver(text("100", SHEENA, "wamid.1", 1, "hi").to_string()).await;
        assert_eq!(answer.status, 200);
        heard(&app.services, ada.tenant(), since).await;
        assert_eq!(app.see("SELECT text FROM messages").await, ["hi"]);
        app.services.live().close();
        idle(&app.services).await;
    }
}

db_test! {
    async fn what_a_process_left_is_taken_over(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.journalled_by(&app.app_id(), &[text("100", SHEENA, "wamid.1", 1, "left").to_string()]).await;
        app.advance(Duration::from_secs(61));
        let next = app.restarted();
        let since = next.live().cursor();
        ingest::spawn_worker(&next);
        heard(&next, ada.tenant(), since).await;
        assert_eq!(app.see("SELECT text FROM messages").await, ["left"]);
        next.live().close();
        idle(&next).await;
    }
}
