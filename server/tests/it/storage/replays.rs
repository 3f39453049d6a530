//! Deliveries that wait to be applied once more.

use std::time::Duration;

use server::{
    db::{
        jobs::{self, NewJob},
        replays::{self, Waiting},
    },
    ids::{DeliveryId, JobId, TenantId},
};

use crate::support::Store;

async fn ask(store: &Store, only: Option<&TenantId>, deliveries: &[i64]) {
    let id = JobId::new(&store.ids);
    let job = NewJob { id: &id, tenant_id: None, kind: "replay_deliveries", subject: "all", run_at: store.now() };
    let deliveries: Vec<DeliveryId> = deliveries.iter().map(|id| DeliveryId::new(*id)).collect();
    replays::insert_across_tenants(store.db(), only, &deliveries, &job, store.now()).await.unwrap();
    store.clock.advance(Duration::from_secs(1));
}

async fn next(store: &Store, limit: i64) -> Vec<Waiting> {
    replays::list_next_across_tenants(store.db(), limit).await.unwrap()
}

fn ids(waiting: &[Waiting]) -> Vec<i64> {
    waiting.iter().map(|one| one.delivery_id.number()).collect()
}

db_test! {
    async fn who_waits_longest_is_next_however_much_others_ask_for(store: &Store) {
        let ((ada, _), (bo, _)) = (store.tenant("ada").await, store.tenant("bo").await);
        ask(store, Some(&ada), &[5, 6, 7]).await;
        ask(store, Some(&bo), &[6]).await;
        ask(store, None, &[1]).await;
        assert_eq!(jobs::count_unfinished_across_tenants(store.db()).await.unwrap(), 1, "one job for all");
        let first = next(store, 2).await;
        assert_eq!((first[0].tenant_id.as_str(), ids(&first)), (ada.as_str(), vec![5, 6]));
        // One of them is asked for once more while both are applied.
        ask(store, Some(&ada), &[5, 1, 2]).await;
        replays::delete_across_tenants(store.db(), &first).await.unwrap();
        let mut turns = Vec::new();
        loop {
            let slice = next(store, 2).await;
            let Some(first) = slice.first() else { break };
            turns.push((first.tenant_id.clone(), ids(&slice)));
            replays::delete_across_tenants(store.db(), &slice).await.unwrap();
        }
        let (ada, bo) = (ada.to_string(), bo.to_string());
        assert_eq!(turns, [(ada.clone(), vec![7, 1]), (bo, vec![6]), (String::new(), vec![1]), (ada, vec![2, 5])]);
    }
}
