use server::{asset_kind::AssetKind, db::tenants, ids::TenantId};

use crate::support::Store;

db_test! {
    async fn a_tenant_is_found_by_id(store: &Store) {
        let (tenant, _) = store.tenant("Brasa").await;
        let found = tenants::get(store.db(), &tenant).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.created()), ("Brasa", store.now()));
        assert!(tenants::get(store.db(), &TenantId::new(&store.ids)).await.unwrap().is_none());
    }
}

db_test! {
    async fn summaries_count_each_tenant_apart(store: &Store) {
        let brasa = store.tenant("Brasa").await;
        store.tenant("Asado").await;
        let pending = store.connection(&brasa, "1").await;
        let broken = store.connection(&brasa, "2").await;
        let kind = AssetKind::FacebookPage;
        for connection in [&pending, &broken] {
            let meta_id = connection.as_str();
            let ids = store.assets(&brasa.0, connection, &[(kind, meta_id, None), (kind, "never chosen", None)]).await;
            let attempt = store.choosing(&brasa, connection).await;
            store.select(&brasa.0, &attempt, connection, &ids[..1]).await;
        }
        store.refuse(&brasa.0, &broken, "{}").await;
        store.connection(&brasa, "3").await;

        let all = tenants::list_summaries_across_tenants(store.db(), ("", ""), 10).await.unwrap();
        let counts: Vec<_> =
            all.iter().map(|t| (t.name.as_str(), t.members, t.connections, t.problems, t.assets)).collect();
        assert_eq!(counts, [("Asado", 1, 0, 0, 0), ("Brasa", 1, 2, 1, 2)]);
    }
}

db_test! {
    async fn summaries_come_in_pages(store: &Store) {
        for name in ["c", "a", "b", "a2"] {
            store.tenant(name).await;
        }
        let (mut after, mut seen) = ((String::new(), String::new()), Vec::new());
        loop {
            let page = tenants::list_summaries_across_tenants(store.db(), (&after.0, &after.1), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = (last.name.clone(), last.id.to_string());
            seen.extend(page.into_iter().map(|tenant| tenant.name));
        }
        assert_eq!(seen, ["a", "a2", "b", "c"]);
    }
}
