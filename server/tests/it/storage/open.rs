use server::db::{DatabaseUrl, Db, OpenError};

use crate::support::Store;

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
