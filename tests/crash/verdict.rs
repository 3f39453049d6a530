//! What has to be true after every crash.

use std::collections::{BTreeMap, BTreeSet};

use server::db::Db;
use sqlx::{AssertSqlSafe, Row as _};

use crate::{
    installation::Installation,
    load::{Load, message_id},
};

/// Every webhook that was answered 200 is in the journal exactly once; none was sent twice so far.
pub(crate) async fn acknowledged_is_kept_once(installation: &Installation, load: &Load) {
    let kept = counted(journal_messages(installation).await);
    let lost: Vec<_> = load.acknowledged().into_iter().filter(|id| !kept.contains_key(id)).collect();
    assert!(lost.is_empty(), "answered 200 and lost: {lost:?}");
    let twice: Vec<_> = kept.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "in the journal more than once: {twice:?}");
}

/// Every journalled message is one message, every customer of a number has one conversation, nothing else is there.
pub(crate) async fn effects_exist_once(installation: &Installation) {
    let journalled: BTreeSet<String> = journal_messages(installation).await.into_iter().collect();
    let messages = counted(main(installation, "SELECT meta_id FROM messages").await);
    let expected: BTreeMap<String, usize> = journalled.into_iter().map(|id| (id, 1)).collect();
    assert_eq!(messages, expected, "messages that are missing, doubled, or that nobody sent");
    let conversations = counted(
        main(
            installation,
            "SELECT asset_meta_id || ' ' || i.value FROM conversations c
        JOIN contact_identities i ON i.contact_id = c.contact_id AND i.kind = 'user_id'",
        )
        .await,
    );
    assert!(conversations.values().all(|count| *count == 1), "a customer has two conversations: {conversations:?}");
    let unowned = main(installation, "SELECT outcome FROM delivery_parts WHERE outcome <> 'applied'").await;
    assert!(unowned.is_empty(), "not applied: {unowned:?}");
    let parts = main(installation, "SELECT CAST(COUNT(*) AS TEXT) FROM delivery_parts").await;
    assert_eq!(parts, [journal_messages(installation).await.len().to_string()], "one part for each delivery");
}

/// Everything that was sent is a message now, answered at first or not.
pub(crate) async fn every_message_is_there(installation: &Installation, load: &Load) {
    let messages: BTreeSet<String> = main(installation, "SELECT meta_id FROM messages").await.into_iter().collect();
    let sent: BTreeSet<String> = (0..load.sent()).map(message_id).collect();
    assert_eq!(messages, sent);
}

/// How many deliveries of the journal wait to be applied.
pub(crate) async fn backlog(installation: &Installation) -> usize {
    let applied =
        main(installation, "SELECT CAST(id AS TEXT) || ' ' || CAST(applied_through AS TEXT) FROM journal_writers");
    let applied: BTreeMap<i64, i64> = applied
        .await
        .iter()
        .filter_map(|row| row.split_once(' '))
        .map(|(writer, through)| (writer.parse().unwrap(), through.parse().unwrap()))
        .collect();
    let db = installation.database.open().await;
    let journalled: Vec<i64> = on_journal(&db, "SELECT id FROM journal").await;
    db.close().await;
    let waiting = |id: &&i64| applied.get(&(**id >> 40)).is_none_or(|through| *id > through);
    journalled.iter().filter(waiting).count()
}

/// Meta's ids of the messages in the journal, as often as they stand there.
async fn journal_messages(installation: &Installation) -> Vec<String> {
    let db = installation.database.open().await;
    let bodies: Vec<Vec<u8>> = on_journal(&db, "SELECT body FROM journal").await;
    db.close().await;
    let id = |body: &Vec<u8>| {
        let body: serde_json::Value = serde_json::from_slice(body).expect("the body is whole");
        body["entry"][0]["changes"][0]["value"]["messages"][0]["id"].as_str().expect("a message").to_owned()
    };
    bodies.iter().map(id).collect()
}

fn counted(names: Vec<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

async fn main(installation: &Installation, sql: &str) -> Vec<String> {
    let db = installation.database.open().await;
    let texts = match &db {
        Db::Sqlite { read, .. } => {
            let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(read).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
        Db::Postgres(pool) => {
            let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(pool).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
    };
    db.close().await;
    texts
}

/// One column of the journal, which SQLite keeps in a file of its own.
async fn on_journal<T>(db: &Db, sql: &'static str) -> Vec<T>
where
    T: Send + Unpin,
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    match db {
        Db::Sqlite { journal, .. } => sqlx::query_scalar(sql).fetch_all(journal).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await.unwrap(),
    }
}
