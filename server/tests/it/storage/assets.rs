use server::{
    asset_kind::AssetKind,
    db::assets::{self, Asset},
    error::Error,
    ids::{ConnectionId, TenantId},
};

use crate::support::{Store, found};

const PAGE: AssetKind = AssetKind::FacebookPage;

async fn all(store: &Store, tenant: &TenantId, connection: &ConnectionId) -> Vec<Asset> {
    assets::list_by_connection(store.db(), tenant, connection).await.unwrap()
}

db_test! {
    async fn what_was_found_is_kept_and_listed_by_kind_and_name(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let mut page = found(&store.ids, PAGE, "2", None);
        page.name = "a Page".into();
        page.business_meta_id = Some("9".into());
        page.detail = "{\"category\":\"Cafe\"}".into();
        page.unusable = Some("{\"code\":\"x\"}".into());
        let rows = [
            found(&store.ids, AssetKind::WhatsappNumber, "5", Some("4")),
            found(&store.ids, PAGE, "1", None),
            page,
            found(&store.ids, AssetKind::AdAccount, "act_3", None),
        ];
        assets::replace_discovered(store.db(), &ada.0, &connection, &rows).await.unwrap();
        let kept = all(store, &ada.0, &connection).await;
        let order: Vec<_> = kept.iter().map(|asset| asset.meta_id.as_str()).collect();
        assert_eq!(order, ["act_3", "2", "1", "5"]);
        let page = &kept[1];
        assert_eq!((page.name.as_str(), page.business_meta_id.as_deref()), ("a Page", Some("9")));
        assert_eq!(page.detail, "{\"category\":\"Cafe\"}");
        assert_eq!(page.unusable.as_deref(), Some("{\"code\":\"x\"}"));
        assert_eq!((kept[3].parent_meta_id.as_deref(), kept[3].kind), (Some("4"), AssetKind::WhatsappNumber));
        assert!(kept.iter().all(|asset| !asset.selected && !asset.pending && asset.verified_at.is_none()));
    }
}

db_test! {
    async fn finding_again_updates_adds_and_removes(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let ids = store.assets(&ada.0, &connection, &[(PAGE, "1", None), (PAGE, "2", None), (PAGE, "3", None)]).await;
        let attempt = store.choosing(&ada, &connection).await;
        store.select(&ada.0, &attempt, &connection, &ids[..1]).await;
        assets::mark_verified(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();

        let mut renamed = found(&store.ids, PAGE, "2", None);
        renamed.name = "renamed".into();
        let again = [renamed, found(&store.ids, PAGE, "4", None)];
        assets::replace_discovered(store.db(), &ada.0, &connection, &again).await.unwrap();
        let kept = all(store, &ada.0, &connection).await;
        let names: Vec<_> = kept.iter().map(|asset| (asset.meta_id.as_str(), asset.name.as_str())).collect();
        assert_eq!(names, [("1", "name of 1"), ("4", "name of 4"), ("2", "renamed")], "3 went; 1 is chosen and stays");
        assert_eq!(kept[2].id, ids[1], "a known one keeps its identifier");
        assert!(kept[0].selected && kept[0].verified_at.is_some());
    }
}

db_test! {
    async fn many_are_kept_at_once(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let rows: Vec<_> = (0..1234).map(|n| found(&store.ids, PAGE, &n.to_string(), None)).collect();
        assets::replace_discovered(store.db(), &ada.0, &connection, &rows).await.unwrap();
        assert_eq!(all(store, &ada.0, &connection).await.len(), 1234);
        assets::replace_discovered(store.db(), &ada.0, &connection, &[]).await.unwrap();
        assert!(all(store, &ada.0, &connection).await.is_empty());
    }
}

db_test! {
    async fn nothing_is_half_kept(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        store.assets(&ada.0, &connection, &[(PAGE, "1", None)]).await;
        let mut rows: Vec<_> = (0..150).map(|n| found(&store.ids, AssetKind::AdAccount, &n.to_string(), None)).collect();
        rows[149].id = rows[0].id.clone();
        let failed = assets::replace_discovered(store.db(), &ada.0, &connection, &rows).await;
        assert!(matches!(failed, Err(Error::Internal(_))), "{failed:?}");
        let kept = all(store, &ada.0, &connection).await;
        assert_eq!(kept.iter().map(|asset| asset.meta_id.as_str()).collect::<Vec<_>>(), ["1"]);
    }
}

db_test! {
    async fn another_tenants_assets_are_out_of_reach(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = store.connection(&ada, "77").await;
        let ids = store.assets(&ada.0, &connection, &[(PAGE, "1", None)]).await;
        let attempt = store.choosing(&ada, &connection).await;
        store.select(&ada.0, &attempt, &connection, &ids).await;
        let before = store.storage.dump().await;

        assert!(all(store, &eve.0, &connection).await.is_empty());
        assert!(assets::list_selected(store.db(), &eve.0).await.unwrap().is_empty());
        for rows in [vec![], vec![found(&store.ids, PAGE, "1", None)], vec![found(&store.ids, PAGE, "2", None)]] {
            let kept = assets::replace_discovered(store.db(), &eve.0, &connection, &rows).await;
            assert!(matches!(kept, Err(Error::NotFound(_))), "{kept:?}");
        }
        assert_eq!(store.storage.dump().await, before);
    }
}
