use server::{
    db::{
        connections,
        credentials::{self, Credential},
    },
    ids::{ConnectionId, CredentialId, TenantId, UserId},
    vault::Sealed,
};

use crate::support::Store;

fn sealed_by(key: &str, body: &str) -> Sealed {
    Sealed::from_stored(format!("v1.{key}.{body}"))
}

/// A connection with Page tokens sealed by these keys; Page ids count from 0.
async fn with_keys(store: &Store, who: &(TenantId, UserId), keys: &[&str]) -> ConnectionId {
    let connection = store.connection(who, "77").await;
    let tokens: Vec<_> = keys
        .iter()
        .enumerate()
        .map(|(n, key)| (CredentialId::new(&store.ids), n.to_string(), sealed_by(key, &n.to_string())))
        .collect();
    connections::upsert_page_tokens(store.db(), &who.0, &connection, &tokens, store.now()).await.unwrap();
    connection
}

async fn pages(store: &Store, tenant: &TenantId, connection: &ConnectionId) -> Vec<Credential> {
    let mut all = credentials::list(store.db(), tenant, connection).await.unwrap();
    all.retain(|credential| credential.kind == credentials::CredentialKind::Page);
    all
}

db_test! {
    async fn keys_are_counted(store: &Store) {
        let ada = store.tenant("ada").await;
        with_keys(store, &ada, &["old", "old", "new"]).await;
        let counts = credentials::count_by_key_across_tenants(store.db()).await.unwrap();
        assert_eq!(counts, [("k1".to_owned(), 1), ("new".to_owned(), 1), ("old".to_owned(), 2)]);
    }
}

db_test! {
    async fn other_keys_are_listed_in_batches_over_all_tenants(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        with_keys(store, &ada, &["old", "k1", "older"]).await;
        with_keys(store, &eve, &["old"]).await;
        let (mut after, mut seen) = (String::new(), Vec::new());
        loop {
            let batch =
                credentials::list_sealed_with_other_key_across_tenants(store.db(), "k1", &after, 2).await.unwrap();
            let Some(last) = batch.last() else { break };
            after = last.id.to_string();
            seen.extend(batch.into_iter().map(|c| (c.tenant_id, c.sealed.key_id().to_owned())));
        }
        assert_eq!(seen, [(ada.0.clone(), "old".into()), (ada.0, "older".into()), (eve.0, "old".into())]);
    }
}

db_test! {
    async fn a_sealed_value_is_replaced_only_while_it_is_the_same(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = with_keys(store, &ada, &["old"]).await;
        let page = pages(store, &ada.0, &connection).await.remove(0);
        let (new, newer) = (sealed_by("k2", "a"), sealed_by("k3", "b"));
        let update = |old: Sealed, new: Sealed| {
            let (tenant, id) = (ada.0.clone(), page.id.clone());
            async move { credentials::update_sealed(store.db(), &tenant, &id, &old, &new).await.unwrap() }
        };
        assert!(update(page.sealed.clone(), new.clone()).await);
        assert!(!update(page.sealed.clone(), newer.clone()).await, "somebody was faster");
        assert_eq!(pages(store, &ada.0, &connection).await[0].sealed, new);
        let counts = credentials::count_by_key_across_tenants(store.db()).await.unwrap();
        assert_eq!(counts, [("k1".to_owned(), 1), ("k2".to_owned(), 1)], "the key is told with the value");
    }
}

db_test! {
    async fn another_tenants_value_is_not_replaced(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = with_keys(store, &ada, &["old"]).await;
        let page = pages(store, &ada.0, &connection).await.remove(0);
        let new = sealed_by("k2", "a");
        assert!(!credentials::update_sealed(store.db(), &eve.0, &page.id, &page.sealed, &new).await.unwrap());
        assert_eq!(pages(store, &ada.0, &connection).await[0].sealed, page.sealed);
        assert!(pages(store, &eve.0, &connection).await.is_empty());
    }
}
