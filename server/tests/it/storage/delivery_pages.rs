//! Deliveries by pages. One that is about several assets, and of several tenants, has so many rows.

use std::collections::BTreeMap;

use server::{
    asset_kind::AssetKind,
    db::delivery_parts::{self, Outcome, Page, PartFilter},
    ids::TenantId,
};

use crate::support::Store;

/// Writes down what a delivery was: to whom (nobody when empty), about which Pages, and when it came.
async fn came(store: &Store, id: i64, at: i64, tenant: &str, pages: std::ops::Range<usize>) {
    let row = |page| {
        let outcome = if page % 2 == 0 { "applied" } else { "failed" };
        format!("({id}, '{tenant}', 'facebook_page', '{page}', '1', {at}, '{outcome}', 1, '{{}}')")
    };
    let rows: Vec<String> = pages.map(row).collect();
    let insert =
        "INSERT INTO delivery_parts (delivery_id, tenant_id, asset_kind, asset_meta_id, meta_app_id, received_at,
        outcome, events, summary) VALUES";
    store.storage.tamper(&format!("{insert} {}", rows.join(", "))).await;
}

/// Every page, from the newest to the last: the deliveries on it, with the number of their parts.
async fn walk(store: &Store, tenant: Option<&TenantId>, filter: PartFilter, limit: i64) -> Vec<BTreeMap<i64, usize>> {
    let mut filter = filter;
    let mut pages = Vec::new();
    loop {
        let Page { parts, next } = match tenant {
            Some(tenant) => delivery_parts::list(store.db(), tenant, &filter, limit).await.unwrap(),
            None => delivery_parts::list_across_tenants(store.db(), &filter, limit).await.unwrap(),
        };
        if let Some(tenant) = tenant {
            assert!(parts.iter().all(|part| part.tenant_id == tenant.as_str()), "{parts:?}");
        }
        let place = |part: &delivery_parts::Part| (part.received_at, part.delivery_id);
        assert!(parts.windows(2).all(|two| place(&two[0]) >= place(&two[1])), "newest first: {parts:?}");
        let mut deliveries = BTreeMap::new();
        for part in &parts {
            *deliveries.entry(part.delivery_id.number()).or_insert(0) += 1;
        }
        pages.push(deliveries);
        match next {
            Some(next) => filter.before = Some(next),
            None => return pages,
        }
    }
}

db_test! {
    async fn every_delivery_is_on_one_page_with_all_its_parts(store: &Store) {
        let ((ada, _), (bo, _)) = (store.tenant("ada").await, store.tenant("bo").await);
        // Several came in the same millisecond; their ids are not in the order of their times.
        let deliveries = [(1, 10), (2, 10), (3, 30), (4, 20), (5, 20), (6, 20), (7, 40), (8, 5)];
        for (id, at) in deliveries {
            let parts = usize::try_from(id).unwrap() % 4 + 1;
            came(store, id, at, ada.as_str(), 0..parts).await;
            came(store, id, at, "", 100..101).await;
            if id % 2 == 0 {
                came(store, id, at, bo.as_str(), 50..53).await;
            }
        }
        let newest_first = [7, 3, 6, 5, 4, 2, 1, 8];
        let of_ada = |id: i64| (id, usize::try_from(id).unwrap() % 4 + 1);
        let of_bo = |id: i64| (id, 3);
        let of_all = |id: i64| (id, of_ada(id).1 + 1 + if id % 2 == 0 { 3 } else { 0 });
        for limit in 1..=9 {
            let pages = |ids: &[i64], parts: &dyn Fn(i64) -> (i64, usize)| -> Vec<BTreeMap<i64, usize>> {
                let size = usize::try_from(limit).unwrap();
                ids.chunks(size).map(|page| page.iter().map(|id| parts(*id)).collect()).collect()
            };
            let all = PartFilter::default();
            assert_eq!(walk(store, Some(&ada), all.clone(), limit).await, pages(&newest_first, &of_ada), "{limit}");
            assert_eq!(walk(store, Some(&bo), all.clone(), limit).await, pages(&[6, 4, 2, 8], &of_bo), "{limit}");
            assert_eq!(walk(store, None, all, limit).await, pages(&newest_first, &of_all), "{limit}");
            let failed = PartFilter { outcome: Some(Outcome::Failed), ..PartFilter::default() };
            // Pages 1 and 3 failed: of deliveries with two parts one, of those with four two.
            let of_failed = |id: i64| (id, (of_ada(id).1) / 2);
            assert_eq!(walk(store, Some(&ada), failed, limit).await, pages(&[7, 3, 6, 5, 2, 1], &of_failed), "{limit}");
            let third = PartFilter { asset: Some((AssetKind::FacebookPage, "2".into())), ..PartFilter::default() };
            assert_eq!(walk(store, Some(&ada), third, limit).await, pages(&[7, 3, 6, 2], &|id| (id, 1)), "{limit}");
        }
        let nobody = PartFilter { outcome: Some(Outcome::Quarantined), ..PartFilter::default() };
        assert_eq!(walk(store, Some(&ada), nobody, 3).await, [BTreeMap::new()]);
    }
}

db_test! {
    async fn a_page_of_many_parts_ends_early_but_never_within_a_delivery(store: &Store) {
        let (ada, _) = store.tenant("ada").await;
        for (id, parts) in [(1, 400), (2, 400), (3, 1_500), (4, 400), (5, 400), (6, 400)] {
            came(store, id, id, ada.as_str(), 0..parts).await;
        }
        let pages = walk(store, Some(&ada), PartFilter::default(), 50).await;
        let sizes: Vec<Vec<i64>> = pages.iter().map(|page| page.keys().copied().collect()).collect();
        assert_eq!(sizes, [vec![4, 5, 6], vec![3], vec![1, 2]]);
        assert_eq!(pages[1][&3], 1_500);
    }
}

db_test! {
    async fn the_ids_of_deliveries_are_each_listed_once(store: &Store) {
        let ((ada, _), (bo, _)) = (store.tenant("ada").await, store.tenant("bo").await);
        for id in 1..=4 {
            came(store, id, 9, ada.as_str(), 0..3).await;
        }
        came(store, 5, 9, bo.as_str(), 0..3).await;
        let all = PartFilter::default();
        let ids = async |limit| {
            let ids = delivery_parts::list_ids(store.db(), &ada, &all, limit).await.unwrap();
            ids.iter().map(|id| id.number()).collect::<Vec<_>>()
        };
        assert_eq!(ids(3).await, [4, 3, 2]);
        assert_eq!(ids(9).await, [4, 3, 2, 1]);
        let everybodys = delivery_parts::list_ids_across_tenants(store.db(), &all, 2).await.unwrap();
        assert_eq!(everybodys.iter().map(|id| id.number()).collect::<Vec<_>>(), [5, 4]);
    }
}
