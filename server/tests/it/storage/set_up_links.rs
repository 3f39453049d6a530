//! Set-up links.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::set_up_links::{self, NewSetUpLink, SetUpLink},
    ids::{SetUpLinkId, TenantId, UserId},
};

use crate::support::{SAID, Store};

async fn link(store: &Store, (tenant, user): &(TenantId, UserId), hash: &str) -> SetUpLinkId {
    let id = SetUpLinkId::new(&store.ids);
    let expires_at = store.now().plus(Duration::from_secs(86_400));
    let new = NewSetUpLink { id: &id, name: "Otto", token_hash: hash, created_by: user, expires_at };
    set_up_links::insert(store.db(), tenant, &new, &SAID, store.now()).await.unwrap();
    id
}

async fn get(store: &Store, tenant: &TenantId, id: &SetUpLinkId) -> SetUpLink {
    set_up_links::get(store.db(), tenant, id).await.unwrap().unwrap()
}

db_test! {
    async fn it_is_found_by_its_secret_and_by_its_tenant_alone(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let id = link(store, &ada, "hash").await;
        let found = set_up_links::find_by_token_across_tenants(store.db(), "hash").await.unwrap().unwrap();
        assert_eq!((&found.id, found.tenant_name.as_str(), found.created_by_name.as_str()), (&id, "ada", "ada"));
        assert_eq!(set_up_links::find_across_tenants(store.db(), &id).await.unwrap(), Some(found));
        assert_eq!(set_up_links::find_by_token_across_tenants(store.db(), "other").await.unwrap(), None);
        assert_eq!(set_up_links::get(store.db(), &eve.0, &id).await.unwrap(), None);
        let long_ago = Timestamp::from_millis(0);
        assert_eq!(set_up_links::list(store.db(), &ada.0, long_ago).await.unwrap().len(), 1);
        assert!(set_up_links::list(store.db(), &eve.0, long_ago).await.unwrap().is_empty());
        let later = store.now().plus(Duration::from_secs(1));
        assert!(set_up_links::list(store.db(), &ada.0, later).await.unwrap().is_empty());
    }
}

db_test! {
    async fn one_session_uses_it_until_it_is_finished_or_withdrawn(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let id = link(store, &ada, "hash").await;
        let used = async |tenant: &TenantId, session| {
            set_up_links::mark_used(store.db(), tenant, &id, session, &SAID, store.now()).await.unwrap()
        };
        set_up_links::mark_opened(store.db(), &eve.0, &id, store.now()).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.opened_at, None);
        set_up_links::mark_opened(store.db(), &ada.0, &id, store.now()).await.unwrap();
        assert!(!used(&eve.0, "one").await);
        assert!(used(&ada.0, "one").await && used(&ada.0, "one").await);
        assert!(!used(&ada.0, "two").await, "another session came later");
        let connection = store.connection(&ada, "77").await;
        set_up_links::update_connection(store.db(), &eve.0, &id, &connection).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.connection_id, None);
        set_up_links::update_connection(store.db(), &ada.0, &id, &connection).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.connection_id.as_ref(), Some(&connection));

        let found = store.assets(&ada.0, &connection, &[(AssetKind::FacebookPage, "1", None)]).await;
        let attempt = store.choosing(&ada, &connection).await;
        let listed = async || set_up_links::list(store.db(), &ada.0, store.now()).await.unwrap().remove(0);
        assert_eq!(listed().await.choosing, None, "the attempt of another way");
        store.storage.tamper("UPDATE connect_attempts SET set_up_link_id = (SELECT id FROM set_up_links)").await;
        assert_eq!(listed().await.choosing, Some(attempt.clone()));
        store.select(&ada.0, &attempt, &connection, &found).await;
        let after = listed().await;
        assert_eq!((after.choosing, after.chosen, after.pending, after.troubled), (None, 1, 1, 0));
        assert_eq!(after.link.finished_at, Some(store.now().as_millis()), "with the choice");
        assert!(!used(&ada.0, "one").await);
        assert!(!set_up_links::mark_revoked(store.db(), &ada.0, &id, &SAID, store.now()).await.unwrap(), "it is over");

        let other = link(store, &ada, "hash two").await;
        assert!(!set_up_links::mark_revoked(store.db(), &eve.0, &other, &SAID, store.now()).await.unwrap());
        assert!(set_up_links::mark_revoked(store.db(), &ada.0, &other, &SAID, store.now()).await.unwrap());
        assert!(!set_up_links::mark_used(store.db(), &ada.0, &other, "one", &SAID, store.now()).await.unwrap());
    }
}

db_test! {
    async fn it_ends_with_the_role_of_who_made_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = link(store, &ada, "hash").await;
        assert_eq!(get(store, &ada.0, &id).await.revoked_at, None);
        store.storage.tamper("UPDATE memberships SET role = 'agent'").await;
        assert!(get(store, &ada.0, &id).await.revoked_at.is_some());
        store.storage.tamper("DELETE FROM memberships").await;
        assert!(get(store, &ada.0, &id).await.revoked_at.is_some());
    }
}
