use server::{
    asset_kind::AssetKind,
    db::{
        DatabaseUrl, Db, OpenError, assets,
        attempts::{self, Phase},
        connections, credentials,
    },
    ids::{ConnectionId, CredentialId},
};

use crate::support::{Store, sealed};

const PAGE: AssetKind = AssetKind::FacebookPage;

db_test! {
    async fn an_open_database_answers_and_opens_again(store: &Store) {
        store.db().ping().await.unwrap();
        for migrate in [true, false] {
            let again = Db::open(&store.storage.options(migrate)).await.unwrap();
            again.ping().await.unwrap();
            again.close().await;
        }
    }
}

/// The tables of both sets of migrations.
const SETS: [&str; 2] = ["_sqlx_migrations", "_sqlx_migrations_journal"];

/// Changes one set, wherever it is.
async fn tamper(store: &Store, set: &str, sql: &str) {
    let sql = sql.replace("MIGRATIONS", set);
    if set == SETS[0] {
        store.storage.tamper(&sql).await;
    } else {
        store.storage.tamper_journal(&sql).await;
    }
}

db_test! {
    async fn an_older_schema_is_refused_unless_it_may_be_brought_up_to_date(store: &Store) {
        for set in SETS {
            tamper(store, set, "ALTER TABLE MIGRATIONS RENAME TO away").await;
            let refused = Db::open(&store.storage.options(false)).await;
            assert!(matches!(refused, Err(OpenError::Stale)), "{set}: {refused:?}");
            tamper(store, set, "ALTER TABLE away RENAME TO MIGRATIONS").await;
            Db::open(&store.storage.options(false)).await.unwrap().close().await;
        }
    }
}

db_test! {
    async fn a_newer_schema_is_refused(store: &Store) {
        for set in SETS {
            let newer = "INSERT INTO MIGRATIONS (version, description, success, checksum, execution_time)
                SELECT version + 1000, description, success, checksum, execution_time FROM MIGRATIONS
                ORDER BY version DESC LIMIT 1";
            tamper(store, set, newer).await;
            for migrate in [true, false] {
                let refused = Db::open(&store.storage.options(migrate)).await;
                assert!(matches!(refused, Err(OpenError::Newer)), "{set}: {refused:?}");
            }
            tamper(store, set, "DELETE FROM MIGRATIONS WHERE version > 1000").await;
            Db::open(&store.storage.options(false)).await.unwrap().close().await;
        }
    }
}

db_test! {
    async fn a_schema_that_was_made_by_something_else_is_refused(store: &Store) {
        for set in SETS {
            tamper(store, set, "UPDATE MIGRATIONS SET checksum = SUBSTR(checksum, 1, 4) WHERE version = 1").await;
            for migrate in [true, false] {
                let refused = Db::open(&store.storage.options(migrate)).await;
                assert!(matches!(refused, Err(OpenError::Migrate(_))), "{set}: {refused:?}");
            }
        }
    }
}

db_test! {
    async fn two_connections_of_one_person_become_one(store: &Store) {
        let ada = store.tenant("ada").await;
        let first = store.connection(&ada, "77").await;
        let find = |kind, meta_id| (kind, meta_id, None);
        let one = store.assets(&ada.0, &first, &[find(PAGE, "10"), find(PAGE, "11")]).await;
        // As the first version left them: nothing kept two returns at once from making two.
        store.storage.tamper("DROP INDEX connections_standing").await;
        let second = store.connection(&ada, "77").await;
        let two = store.assets(&ada.0, &second, &[find(PAGE, "10"), find(PAGE, "11"), find(PAGE, "12")]).await;
        let pending = store.connection(&ada, "77").await;
        let other = store.connection(&ada, "78").await;
        let token = |page: &str| (CredentialId::new(&store.ids), page.to_owned(), sealed(page));
        for (connection, tokens) in [(&first, vec![token("10")]), (&second, vec![token("11"), token("12")]), (&pending, vec![token("12")])] {
            connections::upsert_page_tokens(store.db(), &ada.0, connection, &tokens, store.now()).await.unwrap();
        }
        for (connection, chosen) in [(&first, &one[..1]), (&second, &two[1..])] {
            let attempt = store.choosing(&ada, connection).await;
            store.select(&ada.0, &attempt, connection, chosen).await;
        }
        let unfinished = store.choosing(&ada, &pending).await;

        store.storage.tamper_all(merging()).await;
        let statuses = store.storage.texts("SELECT id || ' ' || status FROM connections ORDER BY id").await;
        assert_eq!(statuses, [format!("{first} connected"), format!("{second} disconnected"),
            format!("{pending} disconnected"), format!("{other} pending")]);
        let held = store.storage.texts("SELECT meta_id || ' ' || connection_id FROM assets WHERE selected ORDER BY meta_id").await;
        assert_eq!(held, [format!("10 {first}"), format!("11 {first}"), format!("12 {first}")]);
        assert_eq!(store.storage.texts("SELECT meta_id FROM routes ORDER BY meta_id").await, ["10", "11", "12"]);
        let tokens = credentials::list(store.db(), &ada.0, &first).await.unwrap();
        let tokens: Vec<_> = tokens.iter().map(|token| token.subject.as_str()).collect();
        assert_eq!(tokens, ["10", "11", "12", "77"]);
        assert!(credentials::list(store.db(), &ada.0, &second).await.unwrap().is_empty());
        assert!(!assets::list_by_connection(store.db(), &ada.0, &second).await.unwrap().iter().any(|asset| asset.selected));
        let attempt = attempts::get(store.db(), &ada.0, &unfinished).await.unwrap().unwrap();
        assert_eq!(attempt.phase, Phase::Cancelled);
        let third = store.grant(&ada.0, &ada.1, &ConnectionId::new(&store.ids), "77").await.unwrap();
        assert!(!third, "from now on the database keeps it so");
    }
}

/// The statements of the migration that merge.
fn merging() -> &'static str {
    let text = include_str!("../../../../migrations/0002_webhooks.sql");
    let from = text.find("CREATE TABLE merged_connections").unwrap();
    &text[from..text.find("-- One run of one process").unwrap()]
}

db_test! {
    async fn a_closed_database_does_not_answer(store: &Store) {
        let again = Db::open(&store.storage.options(false)).await.unwrap();
        again.close().await;
        assert!(again.ping().await.is_err());
    }
}

db_test! {
    async fn the_file_is_for_its_owner_alone(store: &Store) {
        use std::os::unix::fs::PermissionsExt as _;
        let Some(folder) = store.storage.folder() else { return };
        store.tenant("ada").await;
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        }
    }
}

#[test]
fn a_database_url_tells_its_kind_and_never_its_password() {
    let parse = |text: &str| text.parse::<DatabaseUrl>();
    assert_eq!(format!("{:?}", parse("sqlite:/var/lib/attache.db").unwrap()), "sqlite:/var/lib/attache.db");
    assert_eq!(format!("{:?}", parse("sqlite://attache.db").unwrap()), "sqlite:attache.db");
    let postgres = parse("postgres://attache:canary@db.example/attache").unwrap();
    assert!(!format!("{postgres:?}").contains("canary"));
    assert!(matches!(parse("mysql://x"), Err(OpenError::UnknownScheme)));
    let error = parse("postgres:canary").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
}
