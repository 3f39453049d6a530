//! One delivery that cannot be applied never stops the others.

use server::{asset_kind::AssetKind, ingest};

use crate::support::{
    Logs, TestApp,
    desk::{Customer, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

/// Makes the database refuse one message.
async fn poison(app: &TestApp, meta_id: &str) {
    match app.storage.db {
        server::db::Db::Sqlite { .. } => {
            let trigger = format!(
                "CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.meta_id = '{meta_id}'
                    BEGIN SELECT RAISE(ABORT, 'poison'); END"
            );
            app.storage.tamper(&trigger).await;
        }
        server::db::Db::Postgres(_) => {
            let check = format!("ALTER TABLE messages ADD CONSTRAINT poison CHECK (meta_id <> '{meta_id}')");
            app.storage.tamper(&check).await;
        }
    }
}

async fn cure(app: &TestApp) {
    match app.storage.db {
        server::db::Db::Sqlite { .. } => app.storage.tamper("DROP TRIGGER poison").await,
        server::db::Db::Postgres(_) => app.storage.tamper("ALTER TABLE messages DROP CONSTRAINT poison").await,
    };
}

db_test! {
    async fn a_poison_delivery_fails_alone(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        poison(app, "wamid.7").await;
        let logs = Logs::listen();
        let bodies: Vec<_> = (0..20).map(|n| text("100", SHEENA, &format!("wamid.{n}"), n, "canary-text")).collect();
        app.arrive(&bodies).await;
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 19);
        let failed = app.see("SELECT tenant_id || ' ' || events FROM delivery_parts WHERE outcome = 'failed'").await;
        assert_eq!(failed, [format!("{} 1", ada.tenant())]);
        let problem = app.see("SELECT problem FROM delivery_parts WHERE problem IS NOT NULL").await;
        assert!(problem[0].contains("delivery.failed"), "{problem:?}");
        let logged = logs.text();
        assert_eq!(logged.lines().filter(|line| line.contains("it is kept and left out")).count(), 1);
        cure(app).await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 19, "it is left alone until somebody asks");
    }
}

db_test! {
    async fn what_cannot_be_read_is_kept_and_told(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        let good = text("100", SHEENA, "wamid.1", 1, "hi").to_string();
        app.journalled_by(&app.app_id(), &["{".to_owned(), good, "[1]".to_owned()]).await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome FROM delivery_parts ORDER BY delivery_id").await, ["unreadable", "applied", "unreadable"]);
        assert_eq!(app.storage.journal().await.len(), 3);
    }
}

db_test! {
    async fn texts_that_the_database_cannot_hold_are_mended(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "a\0b"), text("100", SHEENA, "wamid.2", 2, r"a\u0000b")]).await;
        assert_eq!(app.see("SELECT text FROM messages ORDER BY meta_id").await, ["a\u{fffd}b", r"a\u0000b"]);
    }
}

db_test! {
    /// On PostgreSQL the other tenant's half stands by then, and comes again.
    async fn a_poison_delivery_in_a_large_batch_fails_alone(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
        poison(app, "wamid.7").await;
        let to = |n: i64| if n % 2 == 0 { "200" } else { "100" };
        let body = |n| text(to(n), SHEENA, &format!("wamid.{n}"), 1_780_000_000 + n, "hi").to_string();
        app.journalled_by(&app.app_id(), &(0..64).map(body).collect::<Vec<_>>()).await;
        ingest::drain(&app.services).await.unwrap();

        let mut others: Vec<String> = (0..64).filter(|n| *n != 7).map(|n| format!("wamid.{n}")).collect();
        others.sort_unstable();
        assert_eq!(app.see("SELECT meta_id FROM messages ORDER BY meta_id").await, others);
        let outcomes = app.see("SELECT outcome || ' ' || COUNT(*) FROM delivery_parts GROUP BY outcome ORDER BY 1").await;
        assert_eq!(outcomes, ["applied 63", "failed 1"]);
        for table in ["contacts", "conversations"] {
            let tenants = app.see(&format!("SELECT COUNT(*) || '' FROM {table} GROUP BY tenant_id")).await;
            assert_eq!(tenants, ["1", "1"], "{table}");
        }
    }
}

db_test! {
    /// Only applying may lose its last commits with the power: the journal has what they were made from.
    async fn after_applying_commits_wait_for_the_disk_again(app: &TestApp) {
        let full = app.storage.durability().await;
        // PostgreSQL's is the server's own, and a test's server need not wait.
        assert!(app.storage.is_postgres() || full == "2", "{full}");
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "hi")]).await;
        assert_eq!(app.storage.durability().await, full, "after a commit");
        poison(app, "wamid.2").await;
        app.arrive(&[text("100", SHEENA, "wamid.2", 2, "hi")]).await;
        assert_eq!(app.storage.durability().await, full, "after one was taken back");
    }
}
