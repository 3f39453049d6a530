use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset, Pending},
        credentials::CredentialKind,
    },
    ids::{AssetId, ConnectionId, TenantId, UserId},
};

use crate::support::Store;

const MINUTE: Duration = Duration::from_secs(60);

/// A tenant with a connection of two chosen Pages and one that was not chosen.
async fn chosen(store: &Store) -> ((TenantId, UserId), ConnectionId, Vec<AssetId>) {
    let ada = store.tenant("ada").await;
    let connection = store.connection(&ada, "77").await;
    let kind = AssetKind::FacebookPage;
    let ids = store.assets(&ada.0, &connection, &[(kind, "1", None), (kind, "2", None), (kind, "3", None)]).await;
    let attempt = store.choosing(&ada, &connection).await;
    store.select(&ada.0, &attempt, &connection, &ids[..2]).await;
    (ada, connection, ids)
}

async fn first(store: &Store, tenant: &TenantId, connection: &ConnectionId) -> Asset {
    assets::list_by_connection(store.db(), tenant, connection).await.unwrap().remove(0)
}

db_test! {
    async fn chosen_assets_are_pending_until_applied(store: &Store) {
        let (ada, connection, ids) = chosen(store).await;
        let db = store.db();
        let pending = Pending {
            tenant_id: ada.0.clone(),
            connection_id: connection.clone(),
            meta_app_id: "1029384756102938".into(),
            token_kind: CredentialKind::User,
        };
        assert_eq!(assets::list_pending_across_tenants(db).await.unwrap(), [pending]);
        assert_eq!(assets::count_applied(db, &ada.0, &connection).await.unwrap(), (2, 0));
        assert!(assets::is_pending(db, &ada.0, &ids[0]).await.unwrap());
        assert!(!assets::is_pending(db, &ada.0, &ids[2]).await.unwrap());
        assets::mark_applied(db, &ada.0, &ids[0]).await.unwrap();
        assert_eq!(assets::count_applied(db, &ada.0, &connection).await.unwrap(), (2, 1));
        assets::mark_applied(db, &ada.0, &ids[1]).await.unwrap();
        assert_eq!(assets::count_applied(db, &ada.0, &connection).await.unwrap(), (2, 2));
        assert!(assets::list_pending_across_tenants(db).await.unwrap().is_empty());
        let nothing = store.connection(&ada, "78").await;
        assert_eq!(assets::count_applied(db, &ada.0, &nothing).await.unwrap(), (0, 0));
    }
}

db_test! {
    async fn the_first_confirmation_is_remembered_and_the_last_look(store: &Store) {
        let (ada, connection, ids) = chosen(store).await;
        assets::mark_subscribed(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();
        store.clock.advance(MINUTE);
        assets::mark_subscribed(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!(page.subscribed_at, Some(store.now().minus(MINUTE).as_millis()));
        assert_eq!(page.verified_at, Some(store.now().as_millis()));
    }
}

db_test! {
    async fn a_failure_keeps_its_beginning_while_the_same_step_fails(store: &Store) {
        let (ada, connection, ids) = chosen(store).await;
        let db = store.db();
        let begun = store.now().as_millis();
        assets::mark_subscribed(db, &ada.0, &ids[0], store.now()).await.unwrap();
        assets::mark_problem(db, &ada.0, &ids[0], "subscribed", "{\"n\":1}", store.now()).await.unwrap();
        store.clock.advance(MINUTE);
        assets::mark_problem(db, &ada.0, &ids[0], "subscribed", "{\"n\":2}", store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!((page.problem_since, page.problem.as_deref()), (Some(begun), Some("{\"n\":2}")));
        assert_eq!((page.subscribed_at, page.verified_at), (None, Some(begun)), "it is still verified");

        assets::mark_problem(db, &ada.0, &ids[0], "verified", "{\"n\":3}", store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!(page.problem_since, Some(store.now().as_millis()));
        assert_eq!((page.verified_at, page.problem_step.as_deref()), (None, Some("verified")));
    }
}

db_test! {
    async fn proof_ends_the_failure_of_its_step(store: &Store) {
        let (ada, connection, ids) = chosen(store).await;
        let db = store.db();
        assets::mark_problem(db, &ada.0, &ids[0], "subscribed", "{}", store.now()).await.unwrap();
        assets::mark_verified(db, &ada.0, &ids[0], store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!(page.problem_step.as_deref(), Some("subscribed"), "reading it proves no subscription");
        assets::mark_problem(db, &ada.0, &ids[0], "verified", "{}", store.now()).await.unwrap();
        assets::mark_verified(db, &ada.0, &ids[0], store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!((page.problem, page.problem_step, page.problem_since), (None, None, None));
        assets::mark_problem(db, &ada.0, &ids[0], "subscribed", "{}", store.now()).await.unwrap();
        assets::mark_subscribed(db, &ada.0, &ids[0], store.now()).await.unwrap();
        let page = first(store, &ada.0, &connection).await;
        assert_eq!((page.problem, page.problem_step, page.problem_since), (None, None, None));
    }
}

db_test! {
    async fn another_tenant_proves_nothing(store: &Store) {
        let (_, connection, ids) = chosen(store).await;
        let (foreign, _) = store.tenant("eve").await;
        let before = store.storage.dump().await;
        let (db, now) = (store.db(), store.now());
        assets::mark_verified(db, &foreign, &ids[0], now).await.unwrap();
        assets::mark_subscribed(db, &foreign, &ids[0], now).await.unwrap();
        assets::mark_problem(db, &foreign, &ids[0], "verified", "{}", now).await.unwrap();
        assets::mark_applied(db, &foreign, &ids[0]).await.unwrap();
        assert_eq!(assets::count_applied(db, &foreign, &connection).await.unwrap(), (0, 0));
        assert!(!assets::is_pending(db, &foreign, &ids[0]).await.unwrap());
        assert_eq!(store.storage.dump().await, before);
    }
}
