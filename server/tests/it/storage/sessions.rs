use std::time::Duration;

use server::db::sessions;

use crate::support::Store;

const HOUR: Duration = Duration::from_secs(3600);

db_test! {
    async fn a_session_lives_until_it_ends(store: &Store) {
        let end = store.now().plus(HOUR);
        assert!(sessions::insert(store.db(), "a", "{}", end).await.unwrap());
        assert!(!sessions::insert(store.db(), "a", "stolen", end).await.unwrap());
        let live = sessions::find_live(store.db(), "a", store.now()).await.unwrap();
        assert_eq!(live, Some(("{}".to_owned(), end.as_millis())));
        assert_eq!(sessions::find_live(store.db(), "a", end).await.unwrap(), None, "its end is over");
        assert_eq!(sessions::find_live(store.db(), "b", store.now()).await.unwrap(), None);
    }
}

db_test! {
    async fn saving_replaces_it_and_brings_back_nothing_that_ended(store: &Store) {
        let end = store.now().plus(HOUR);
        assert!(sessions::insert(store.db(), "a", "one", store.now()).await.unwrap());
        assert!(sessions::update(store.db(), "a", "two", end).await.unwrap());
        let live = sessions::find_live(store.db(), "a", store.now()).await.unwrap();
        assert_eq!(live, Some(("two".to_owned(), end.as_millis())));
        sessions::delete(store.db(), "a").await.unwrap();
        assert!(!sessions::update(store.db(), "a", "three", end).await.unwrap());
        assert_eq!(sessions::find_live(store.db(), "a", store.now()).await.unwrap(), None);
    }
}

db_test! {
    async fn sweeping_takes_ended_ones_only(store: &Store) {
        assert!(sessions::insert(store.db(), "ended", "{}", store.now()).await.unwrap());
        assert!(sessions::insert(store.db(), "live", "{}", store.now().plus(HOUR)).await.unwrap());
        assert_eq!(sessions::delete_ended(store.db(), store.now()).await.unwrap(), 1);
        assert!(sessions::find_live(store.db(), "live", store.now()).await.unwrap().is_some());
    }
}
