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
        app.services.journal().close().await;
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
        next.journal().close().await;
        idle(&next).await;
    }
}

db_test! {
    /// Applying some of it is a sign of life of its writer, and no reason to wait until that one is dead again.
    async fn what_a_process_left_is_applied_to_its_end(app: &TestApp) {
        // Long enough that each is read alone; more of them than one turn takes.
        const LONG: usize = 8 * 1024 * 1024;
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let mut left = vec!["x".repeat(LONG); 9];
        left.push(text("100", SHEENA, "wamid.1", 1, "last").to_string());
        app.journalled_by(&app.app_id(), &left).await;
        app.advance(Duration::from_secs(61));
        let next = app.restarted();
        let since = next.live().cursor();
        ingest::spawn_worker(&next);
        heard(&next, ada.tenant(), since).await;
        assert_eq!(app.see("SELECT text FROM messages").await, ["last"]);
        next.live().close();
        next.journal().close().await;
        idle(&next).await;
    }
}

db_test! {
    /// Others take over what it left at once; so it may say that it ends only when nothing more can be stored.
    async fn a_process_that_is_about_to_end_lives_until_its_journal_is_closed(app: &TestApp) {
        let last_beat = "SELECT CAST(beat_at AS TEXT) FROM journal_writers";
        ingest::spawn_worker(&app.services);
        assert_eq!(app.deliver(text("100", SHEENA, "wamid.1", 1, "hi").to_string()).await.status, 200);
        app.services.live().close();
        for n in 2..20 {
            let body = text("100", SHEENA, &format!("wamid.{n}"), 1, "hi").to_string();
            assert_eq!(app.deliver(body).await.status, 200);
            assert_ne!(app.see(last_beat).await, ["0"]);
        }
        app.services.journal().close().await;
        idle(&app.services).await;
        assert_eq!(app.see(last_beat).await, ["0"]);
        // What it did not apply any more, the next process does at once.
        let next = app.restarted();
        ingest::drain(&next).await.unwrap();
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await.len(), 19);
        next.journal().close().await;
    }
}
