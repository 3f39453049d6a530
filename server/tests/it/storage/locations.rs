use server::{
    asset_kind::AssetKind,
    db::{assets, locations},
    ids::{LocationId, TenantId},
};

use crate::support::{SAID, Store};

async fn add(store: &Store, tenant: &TenantId, name: &str) -> LocationId {
    let id = LocationId::new(&store.ids);
    assert!(locations::insert(store.db(), tenant, &id, name, &SAID, store.now()).await.unwrap());
    id
}

async fn names(store: &Store, tenant: &TenantId) -> Vec<(String, i64)> {
    let all = locations::list(store.db(), tenant).await.unwrap();
    all.into_iter().map(|location| (location.name, location.assets)).collect()
}

db_test! {
    async fn a_name_is_given_once_in_a_tenant(store: &Store) {
        let (ada, _) = store.tenant("ada").await;
        let (eve, _) = store.tenant("eve").await;
        add(store, &ada, "Gràcia").await;
        let second = LocationId::new(&store.ids);
        assert!(!locations::insert(store.db(), &ada, &second, "Gràcia", &SAID, store.now()).await.unwrap());
        assert!(locations::insert(store.db(), &eve, &second, "Gràcia", &SAID, store.now()).await.unwrap());
        assert_eq!(names(store, &ada).await, [("Gràcia".into(), 0)]);
    }
}

db_test! {
    async fn renaming_keeps_names_apart(store: &Store) {
        let (ada, _) = store.tenant("ada").await;
        let harbour = add(store, &ada, "Harbour").await;
        add(store, &ada, "Market").await;
        let rename = |id: LocationId, name: &'static str| {
            let ada = ada.clone();
            async move { locations::update_name(store.db(), &ada, &id, name, &SAID, store.now()).await.unwrap() }
        };
        assert_eq!(rename(harbour.clone(), "Market").await, Some(false));
        assert_eq!(rename(harbour.clone(), "Harbour").await, Some(true), "its own name is free to it");
        assert_eq!(rename(harbour, "Old Harbour").await, Some(true));
        assert_eq!(rename(LocationId::new(&store.ids), "Nowhere").await, None);
        assert_eq!(names(store, &ada).await, [("Market".into(), 0), ("Old Harbour".into(), 0)]);
    }
}

db_test! {
    async fn chosen_assets_are_counted_and_lose_a_place_that_goes(store: &Store) {
        let ada = store.tenant("ada").await;
        let place = add(store, &ada.0, "Harbour").await;
        let connection = store.connection(&ada, "1").await;
        let kind = AssetKind::FacebookPage;
        let ids = store.assets(&ada.0, &connection, &[(kind, "10", None), (kind, "11", None)]).await;
        for id in &ids {
            assert!(assets::update_location(store.db(), &ada.0, id, Some(&place)).await.unwrap());
        }
        assert_eq!(names(store, &ada.0).await, [("Harbour".into(), 0)], "only chosen assets count");
        let attempt = store.choosing(&ada, &connection).await;
        store.select(&ada.0, &attempt, &connection, &ids[..1]).await;
        assert_eq!(names(store, &ada.0).await, [("Harbour".into(), 1)]);

        assert!(locations::delete(store.db(), &ada.0, &place, &SAID, store.now()).await.unwrap());
        assert!(!locations::delete(store.db(), &ada.0, &place, &SAID, store.now()).await.unwrap());
        let all = assets::list_by_connection(store.db(), &ada.0, &connection).await.unwrap();
        assert!(all.iter().all(|asset| asset.location_id.is_none()));
    }
}

db_test! {
    async fn an_asset_can_be_taken_out_of_its_place(store: &Store) {
        let ada = store.tenant("ada").await;
        let place = add(store, &ada.0, "Harbour").await;
        let connection = store.connection(&ada, "1").await;
        let ids = store.assets(&ada.0, &connection, &[(AssetKind::AdAccount, "act_1", None)]).await;
        assert!(assets::update_location(store.db(), &ada.0, &ids[0], Some(&place)).await.unwrap());
        assert!(assets::update_location(store.db(), &ada.0, &ids[0], None).await.unwrap());
        let all = assets::list_by_connection(store.db(), &ada.0, &connection).await.unwrap();
        assert_eq!(all[0].location_id, None);
        let unknown = LocationId::new(&store.ids);
        assert!(!assets::update_location(store.db(), &ada.0, &ids[0], Some(&unknown)).await.unwrap());
    }
}

db_test! {
    async fn another_tenants_place_is_out_of_reach(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let place = add(store, &ada.0, "Harbour").await;
        let connection = store.connection(&eve, "1").await;
        let own = store.assets(&eve.0, &connection, &[(AssetKind::AdAccount, "act_1", None)]).await;
        let db = store.db();
        assert_eq!(locations::update_name(db, &eve.0, &place, "Mine", &SAID, store.now()).await.unwrap(), None);
        assert!(!locations::delete(db, &eve.0, &place, &SAID, store.now()).await.unwrap());
        assert!(!assets::update_location(db, &eve.0, &own[0], Some(&place)).await.unwrap());
        assert!(!assets::update_location(db, &ada.0, &own[0], Some(&place)).await.unwrap());
        assert!(names(store, &eve.0).await.is_empty());
        assert_eq!(names(store, &ada.0).await, [("Harbour".into(), 0)]);
    }
}
