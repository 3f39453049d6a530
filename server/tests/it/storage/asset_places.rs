//! Where an asset stands in the list of what is chosen, also when it is chosen no more.

use server::{
    asset_kind::AssetKind,
    db::assets::{self, Place, Selected},
    ids::{AssetId, TenantId},
};

use crate::support::{Store, found};

const PAGE: AssetKind = AssetKind::FacebookPage;

async fn place(store: &Store, tenant: &TenantId, id: &AssetId) -> Option<Place> {
    assets::find_place(store.db(), tenant, id).await.unwrap()
}

db_test! {
    async fn what_is_chosen_no_more_keeps_its_place(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        // Two of one name, and names that databases order differently.
        let names = ["Zaragoza", "alcalá", "Ávila", "Burgos", "Burgos", "burgos 2"];
        let mut rows = vec![found(&store.ids, AssetKind::AdAccount, "act_1", None)];
        for (n, name) in names.into_iter().enumerate() {
            let mut row = found(&store.ids, PAGE, &n.to_string(), None);
            row.name = name.to_owned();
            rows.push(row);
        }
        assets::replace_discovered(store.db(), &ada.0, &connection, &rows).await.unwrap();
        let all: Vec<AssetId> = rows.iter().map(|row| row.id.clone()).collect();
        let choose = async |chosen: &[AssetId]| {
            let attempt = store.choosing(&ada, &connection).await;
            assert_eq!(store.select(&ada.0, &attempt, &connection, chosen).await, Selected::Saved(chosen.len()));
        };
        choose(&all).await;
        let listed = assets::list_selected(store.db(), &ada.0).await.unwrap();
        let pages: Vec<AssetId> = listed.into_iter().filter(|asset| asset.kind == PAGE).map(|asset| asset.id).collect();
        assert_eq!(pages.len(), names.len());
        for (id, up_to) in pages.iter().zip(1..) {
            assert_eq!(place(store, &ada.0, id).await, Some(Place { kind: PAGE, up_to }));
        }
        for (gone, before) in pages.iter().zip(0..) {
            let rest: Vec<AssetId> = all.iter().filter(|id| *id != gone).cloned().collect();
            choose(&rest).await;
            assert_eq!(place(store, &ada.0, gone).await, Some(Place { kind: PAGE, up_to: before }));
        }
    }
}

db_test! {
    async fn what_is_gone_or_anothers_has_no_place(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let hers = store.connection(&ada, "77").await;
        let ids = store.assets(&ada.0, &hers, &[(PAGE, "5", None), (PAGE, "6", None)]).await;
        let attempt = store.choosing(&ada, &hers).await;
        store.select(&ada.0, &attempt, &hers, &ids[..1]).await;
        // Eve's stands before both, and does not count.
        let theirs = store.connection(&eve, "78").await;
        let foreign = store.assets(&eve.0, &theirs, &[(PAGE, "1", None)]).await;
        let attempt = store.choosing(&eve, &theirs).await;
        store.select(&eve.0, &attempt, &theirs, &foreign).await;
        for id in &ids {
            assert_eq!(place(store, &ada.0, id).await, Some(Place { kind: PAGE, up_to: 1 }));
            assert_eq!(place(store, &eve.0, id).await, None, "not theirs");
        }
        // Meta shows none of them any more: what is chosen stays.
        assets::replace_discovered(store.db(), &ada.0, &hers, &[]).await.unwrap();
        assert_eq!(place(store, &ada.0, &ids[0]).await, Some(Place { kind: PAGE, up_to: 1 }));
        assert_eq!(place(store, &ada.0, &ids[1]).await, None, "it is gone");
    }
}
