use std::time::Duration;

use server::db::{
    Db,
    journal::{self, Delivery, Entry, IDS_OF_A_WRITER, Writer},
    journal_writers,
};

use crate::support::Store;

/// A writer of its own, which stored these bodies.
async fn wrote(store: &Store, bodies: &[&[u8]]) -> i64 {
    let mut writer = Writer::open(store.db(), store.now()).await.unwrap();
    let app = "1".parse().unwrap();
    let entries: Vec<Entry<'_>> = bodies.iter().map(|body| Entry { meta_app_id: &app, body }).collect();
    let last = writer.insert(&entries, store.now()).await.unwrap();
    let number = writer.number();
    assert_eq!(last, number * IDS_OF_A_WRITER + i64::try_from(bodies.len()).unwrap());
    writer.close().await;
    number
}

async fn list(db: &Db, writer: i64, after: i64, limit: i64) -> Vec<i64> {
    let found = journal::list_after(db, writer, after, limit).await.unwrap();
    found.into_iter().map(|delivery| delivery.id - writer * IDS_OF_A_WRITER).collect()
}

db_test! {
    async fn what_is_written_is_read_in_order_and_by_its_writer(store: &Store) {
        let db = store.db();
        let (one, other) = (wrote(store, &[b"a", b"b\x00\xff", b""]).await, wrote(store, &[b"c"]).await);
        assert_eq!((one, other), (1, 2));
        let found = journal::list_after(db, one, 0, 10).await.unwrap();
        let first = Delivery {
            id: IDS_OF_A_WRITER + 1,
            meta_app_id: "1".parse().unwrap(),
            received_at: store.now(),
            body: b"a".to_vec(),
        };
        assert_eq!(found[0], first);
        assert_eq!(found.iter().map(|one| one.body.as_slice()).collect::<Vec<_>>(), [&b"a"[..], b"b\x00\xff", b""]);
        assert_eq!(journal::get(db, first.id).await.unwrap(), Some(first));
        assert_eq!(journal::get(db, 7).await.unwrap(), None);
        assert_eq!(list(db, one, 0, 2).await, [1, 2]);
        assert_eq!(list(db, one, IDS_OF_A_WRITER + 2, 2).await, [3]);
        assert_eq!(list(db, one, IDS_OF_A_WRITER + 3, 2).await, [0; 0]);
        assert_eq!(list(db, other, 0, 10).await, [1]);
        assert_eq!(journal::max_id(db).await.unwrap(), 2 * IDS_OF_A_WRITER + 1);
    }
}

db_test! {
    async fn a_slice_is_bounded_by_bytes_too_but_never_empty(store: &Store) {
        let (long, short) = (vec![b'x'; 3_000_000], &b"short"[..]);
        let writer = wrote(store, &[&long, &long, &long, short, &long]).await;
        assert_eq!(list(store.db(), writer, 0, 10).await, [1, 2, 3]);
        assert_eq!(list(store.db(), writer, writer * IDS_OF_A_WRITER + 3, 10).await, [4, 5]);
        let huge = wrote(store, &[&vec![b'x'; 9_000_000], short]).await;
        assert_eq!(list(store.db(), huge, 0, 10).await, [1]);
    }
}

db_test! {
    async fn every_size_of_batch_up_to_the_largest_works(store: &Store) {
        let mut writer = Writer::open(store.db(), store.now()).await.unwrap();
        let app = "1".parse().unwrap();
        let mut stored = 0;
        for size in 1..=Writer::ROWS {
            let bodies: Vec<String> = (0..size).map(|n| format!("{size} {n}")).collect();
            let entries: Vec<Entry<'_>> =
                bodies.iter().map(|body| Entry { meta_app_id: &app, body: body.as_bytes() }).collect();
            writer.insert(&entries, store.now()).await.unwrap();
            let last = journal::list_after(store.db(), 1, IDS_OF_A_WRITER + stored, 1000).await.unwrap();
            assert_eq!(last.iter().map(|one| String::from_utf8_lossy(&one.body).into_owned()).collect::<Vec<_>>(), bodies);
            stored += i64::try_from(size).unwrap();
        }
        writer.close().await;
    }
}

db_test! {
    async fn old_deliveries_go_in_slices_and_never_one_that_is_not_applied(store: &Store) {
        let db = store.db();
        let writer = wrote(store, &[b"1", b"2", b"3", b"4", b"5"]).await;
        let other = wrote(store, &[b"6"]).await;
        let (first, later) = (writer * IDS_OF_A_WRITER, store.now().plus(Duration::from_secs(1)));
        let deleted = async |through, moment, limit| {
            journal::delete_before(db, writer, first + through, moment, limit).await.unwrap()
        };
        assert_eq!(deleted(4, store.now(), 10).await, 0, "not older than itself");
        assert_eq!(deleted(4, later, 3).await, 3);
        assert_eq!(deleted(4, later, 3).await, 1);
        assert_eq!(deleted(4, later, 3).await, 0);
        assert_eq!(list(db, writer, 0, 10).await, [5]);
        assert_eq!(deleted(i64::MAX - first, later, 10).await, 1);
        assert_eq!(list(db, other, 0, 10).await, [1], "another writer's is not touched");
    }
}

db_test! {
    async fn a_writers_number_is_never_given_out_again(store: &Store) {
        let db = store.db();
        assert_eq!(wrote(store, &[b"a"]).await, 1);
        // The database was replaced by an older copy; the journal beside it was not.
        store.storage.tamper("DELETE FROM journal_writers").await;
        assert_eq!(wrote(store, &[b"b"]).await, 2);
        store.storage.tamper_journal("DELETE FROM journal").await;
        assert_eq!(wrote(store, &[b"c"]).await, 3);
        assert_eq!(journal_writers::insert(db, 10, store.now()).await.unwrap(), 11);
        let applied = store.storage.texts("SELECT CAST(applied_through AS TEXT) FROM journal_writers WHERE id = 11").await;
        assert_eq!(applied, [(11 * IDS_OF_A_WRITER).to_string()]);
    }
}

db_test! {
    async fn processes_that_start_together_get_numbers_of_their_own(store: &Store) {
        let now = store.now();
        let mut numbers = futures::future::join_all((0..8).map(|_| journal_writers::insert(store.db(), 0, now))).await
            .into_iter().collect::<Result<Vec<_>, _>>().unwrap();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}

db_test! {
    async fn the_last_delivery_of_each_writer_is_found_also_when_it_stores_more(store: &Store) {
        let db = store.db();
        let mut slow = Writer::open(db, store.now()).await.unwrap();
        let app = "1".parse().unwrap();
        let body = Entry { meta_app_id: &app, body: b"a" };
        let first = slow.insert(&[body], store.now()).await.unwrap();
        let other = wrote(store, &[b"b", b"c"]).await;
        let nothing = wrote(store, &[b"d"]).await;
        store.storage.tamper_journal(&format!("DELETE FROM journal WHERE id > {}", nothing * IDS_OF_A_WRITER)).await;
        let last = async |writers: &[i64]| {
            let mut last = journal::list_last(db, writers).await.unwrap();
            last.sort_unstable();
            last.dedup();
            last
        };
        let of_other = (other, other * IDS_OF_A_WRITER + 2);
        assert_eq!(last(&[slow.number(), other, nothing]).await, [(slow.number(), first), of_other]);
        let second = slow.insert(&[body, body], store.now()).await.unwrap();
        assert_eq!(last(&[slow.number()]).await, [(slow.number(), second)]);
        assert_eq!(last(&[]).await, []);
        slow.close().await;
    }
}
