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

db_test! {
    async fn an_older_schema_is_refused_unless_it_may_be_brought_up_to_date(store: &Store) {
        store.storage.tamper("DELETE FROM _sqlx_migrations").await;
        let refused = Db::open(&store.storage.options(false)).await;
        assert!(matches!(refused, Err(OpenError::Stale)), "{refused:?}");
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
