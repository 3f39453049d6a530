use std::time::Duration;

use server::db::rate_limits;

use crate::support::Store;

const MINUTE: Duration = Duration::from_secs(60);

db_test! {
    async fn hits_are_counted_by_bucket_and_window(store: &Store) {
        let (first, second) = (store.now(), store.now().plus(MINUTE));
        for expected in 1..=3 {
            assert_eq!(rate_limits::count_hit(store.db(), "a", first).await.unwrap(), expected);
        }
        assert_eq!(rate_limits::count_hit(store.db(), "a", second).await.unwrap(), 1);
        assert_eq!(rate_limits::count_hit(store.db(), "b", first).await.unwrap(), 1);
    }
}

db_test! {
    async fn hits_at_once_are_all_counted(store: &Store) {
        let hits = (0..10).map(|_| rate_limits::count_hit(store.db(), "a", store.now()));
        let mut counted: Vec<i64> =
            futures::future::join_all(hits).await.into_iter().map(|hit| hit.unwrap()).collect();
        counted.sort_unstable();
        assert_eq!(counted, (1..=10).collect::<Vec<i64>>());
    }
}

db_test! {
    async fn old_windows_are_swept(store: &Store) {
        let (first, second) = (store.now(), store.now().plus(MINUTE));
        rate_limits::count_hit(store.db(), "a", first).await.unwrap();
        rate_limits::count_hit(store.db(), "a", second).await.unwrap();
        assert_eq!(rate_limits::delete_before(store.db(), second).await.unwrap(), 1);
        assert_eq!(rate_limits::count_hit(store.db(), "a", first).await.unwrap(), 1);
        assert_eq!(rate_limits::count_hit(store.db(), "a", second).await.unwrap(), 2);
    }
}
