//! While the database cannot be used, nothing is acknowledged that could be lost, and nothing is applied by halves; when it
//! comes back, everything goes on by itself.

use std::time::Duration;

use futures::{StreamExt as _, stream};
use server::{asset_kind::AssetKind, ingest, live::Hint};
use sqlx::Connection as _;

use crate::support::{
    Person, Setup, TestApp, Trouble,
    desk::{Customer, text},
    idle,
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

fn by_line() -> Setup {
    Setup { by_line: true, ..Setup::default() }
}

/// Long enough that a full disk has no room for it.
fn message(n: i64) -> String {
    text("100", SHEENA, &format!("wamid.{n}"), 1_780_000_000 + n, &"long ".repeat(4_000)).to_string()
}

async fn ada(app: &TestApp) -> Person {
    let ada = app.owner("ada").await;
    app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
    ada
}

/// Every message that Meta sent is there once, however often it was sent or tried.
async fn all_there(app: &TestApp, ada: &Person, messages: i64) {
    ingest::drain(&app.services).await.unwrap();
    let mut expected: Vec<String> = (0..messages).map(|n| format!("{} wamid.{n}", ada.tenant())).collect();
    expected.sort();
    assert_eq!(app.see("SELECT tenant_id || ' ' || meta_id FROM messages ORDER BY 1").await, expected);
    assert_eq!(app.see("SELECT id FROM conversations").await.len(), 1);
    assert_eq!(app.see("SELECT id FROM contacts").await.len(), 1);
    let outcomes = app.see("SELECT outcome || ' ' || COUNT(*) FROM delivery_parts GROUP BY outcome").await;
    assert_eq!(outcomes, [format!("applied {}", app.storage.journal().await.len())], "each delivery is applied once");
}

db_test! {
    async fn a_journal_out_of_reach_acknowledges_nothing(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        let trouble = app.storage.journal_out_of_reach().await;
        for _ in 0..2 {
            let answer = app.deliver(message(0)).await;
            assert_eq!((answer.status, answer.code().as_str()), (503, "webhook.not_stored"));
            assert_eq!(answer.header("retry-after"), "5");
        }
        app.advance(Duration::from_secs(1));
        assert_eq!(app.deliver(message(0)).await.status, 503, "after its rest it tries again, in vain");
        recovers(app, &ada, trouble).await;
    }
}

db_test! {
    async fn a_journal_that_breaks_acknowledges_nothing(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        // PostgreSQL's connection for the journal is one that can be ended; SQLite's is opened when its disk is full.
        if app.storage.is_postgres() {
            assert_eq!(app.deliver(message(1)).await.status, 200);
            app.storage.tamper("DELETE FROM journal").await;
        }
        let trouble = app.storage.journal_broken().await;
        let answer = app.deliver(message(0)).await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "webhook.not_stored"));
        assert_eq!(app.storage.journal().await, []);
        recovers(app, &ada, trouble).await;
    }
}

/// When the trouble is over webhooks are taken again, without a restart.
async fn recovers(app: &TestApp, ada: &Person, trouble: Trouble) {
    app.storage.end(trouble).await;
    app.advance(Duration::from_secs(1));
    assert_eq!(app.deliver(message(0)).await.status, 200);
    assert_eq!(app.storage.journal().await.len(), 1);
    assert!(app.refused().await.iter().all(|(reason, _)| reason == "not_stored"));
    all_there(app, ada, 1).await;
}

/// Sends each message once; answers which were acknowledged.
async fn send(app: &TestApp, numbers: &[i64]) -> Vec<i64> {
    let sent = stream::iter(numbers.iter().copied()).map(|n| async move { (n, app.deliver(message(n)).await.status) });
    let answers: Vec<(i64, u16)> = sent.buffer_unordered(8).collect().await;
    assert!(answers.iter().all(|(_, status)| [200, 503].contains(status)), "{answers:?}");
    answers.into_iter().filter(|(_, status)| *status == 200).map(|(n, _)| n).collect()
}

db_test! {
    async fn what_is_sent_through_an_outage_arrives_in_the_end(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        let mut missing: Vec<i64> = (0..40).collect();
        let mut refused = 0;
        for round in 0.. {
            // In every other round there is trouble: at first from the beginning, later while webhooks are under way.
            let early = if round == 0 { Some(app.storage.journal_out_of_reach().await) } else { None };
            let late = async {
                if round == 0 || round % 2 > 0 {
                    return None;
                }
                for _ in 0..round * 15 {
                    tokio::task::yield_now().await;
                }
                Some(app.storage.journal_out_of_reach().await)
            };
            let (some, rest) = missing.split_at(missing.len().min(15));
            let (acknowledged, late) = tokio::join!(send(app, some), late);
            refused += some.len() - acknowledged.len();
            if let Some(trouble) = early.or(late) {
                app.storage.end(trouble).await;
            }
            let kept = app.storage.journal().await;
            let kept: Vec<&[u8]> = kept.iter().map(|(_, body)| body.as_slice()).collect();
            let lost: Vec<i64> = acknowledged.iter().copied().filter(|n| !kept.contains(&message(*n).as_bytes())).collect();
            assert!(lost.is_empty(), "answered 200 and lost: {lost:?}");
            let again = some.iter().copied().filter(|n| !acknowledged.contains(n));
            missing = rest.iter().copied().chain(again).collect();
            app.advance(Duration::from_secs(1));
            if missing.is_empty() {
                break;
            }
        }
        assert!(refused > 0, "there was no trouble at all");
        all_there(app, &ada, 40).await;
    }
}

/// Applying fails as long as the trouble lasts, and is done once afterwards.
async fn applied_once(app: &TestApp, ada: &Person, trouble: impl AsyncFnOnce() -> Trouble) {
    let bodies: Vec<String> = (0..300).map(message).collect();
    app.journalled_by(&app.app_id(), &bodies).await;
    let trouble = match app.storage.hold_table("messages").await {
        // PostgreSQL breaks off in the middle of a transaction.
        Some(mut held) => {
            let failing = async {
                app.storage.somebody_waits(&mut held).await;
                let trouble = trouble().await;
                held.close().await.unwrap();
                trouble
            };
            let (drained, trouble) = tokio::join!(ingest::drain(&app.services), failing);
            assert!(drained.is_err());
            trouble
        }
        None => {
            let trouble = trouble().await;
            assert!(ingest::drain(&app.services).await.is_err());
            trouble
        }
    };
    app.storage.end(trouble).await;
    let half = app.see("SELECT CAST(COUNT(*) AS TEXT) FROM delivery_parts WHERE outcome <> 'applied'").await;
    assert_eq!(half, ["0"], "an outage is no fault of the deliveries");
    all_there(app, ada, 300).await;
    all_there(app, ada, 300).await;
}

db_test! {
    async fn a_database_out_of_reach_while_applying_loses_and_doubles_nothing(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        applied_once(app, &ada, || app.storage.out_of_reach()).await;
    }
}

db_test! {
    async fn a_database_that_breaks_while_applying_loses_and_doubles_nothing(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        applied_once(app, &ada, || app.storage.broken()).await;
    }
}

db_test! {
    async fn the_worker_goes_on_by_itself_after_an_outage(app: &TestApp, by_line()) {
        let ada = ada(app).await;
        assert_eq!(app.deliver(message(0)).await.status, 200);
        let since = app.services.live().cursor();
        let logs = crate::support::Logs::listen();
        let trouble = app.storage.out_of_reach().await;
        // Its first round finds what the process accepted before, and cannot apply it.
        ingest::spawn_worker(&app.services);
        while !logs.text().contains("webhooks cannot be applied now") {
            tokio::task::yield_now().await;
        }
        app.storage.end(trouble).await;
        let mut watch = app.services.live().watch_tenant(ada.tenant(), Some(since));
        let told = async { while !watch.changed().await.has(Hint::Conversation) {} };
        tokio::time::timeout(Duration::from_secs(30), told).await.unwrap();
        assert_eq!(app.see("SELECT meta_id FROM messages").await, ["wamid.0"]);
        app.services.live().close();
        app.services.journal().close().await;
        idle(&app.services).await;
    }
}
