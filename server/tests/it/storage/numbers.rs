use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        assets::{self, ReadNumber},
        business_app_syncs::{self, SyncState},
        whatsapp_numbers,
    },
    sync_type::SyncType,
};

use crate::support::{SAID, Store};

const NUMBER: AssetKind = AssetKind::WhatsappNumber;

db_test! {
    async fn a_friendly_name_is_its_tenants_own(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let name = async |tenant, name| {
            whatsapp_numbers::update_friendly_name(store.db(), tenant, "5", name, &SAID, store.now()).await.unwrap();
        };
        let names = async |tenant| whatsapp_numbers::list_friendly_names(store.db(), tenant).await.unwrap();
        name(&ada.0, Some("Counter")).await;
        name(&eve.0, Some("Till")).await;
        assert_eq!(names(&ada.0).await, [("5".to_owned(), "Counter".to_owned())]);
        name(&ada.0, None).await;
        assert!(names(&ada.0).await.is_empty());
        assert_eq!(names(&eve.0).await, [("5".to_owned(), "Till".to_owned())]);
    }
}

db_test! {
    async fn what_meta_says_of_a_number_is_kept_for_its_tenant_alone(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = store.connection(&ada, "77").await;
        let ids = store.assets(&ada.0, &connection, &[(NUMBER, "5", None)]).await;
        let attempt = store.choosing(&ada, &connection).await;
        store.select(&ada.0, &attempt, &connection, &ids).await;
        let keep = async |tenant, name, registered| {
            let read = ReadNumber { name, detail: "{\"status\":\"CONNECTED\"}", registered };
            assets::update_number(store.db(), tenant, &ids[0], &read).await.unwrap();
        };
        let kept = async || assets::get(store.db(), &ada.0, &ids[0]).await.unwrap().unwrap();
        let before = kept().await;
        keep(&eve.0, "theirs", true).await;
        assert_eq!((kept().await.name, kept().await.detail), (before.name, before.detail));

        assets::mark_registered(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();
        keep(&ada.0, "+34 1", true).await;
        let now = kept().await;
        assert_eq!((now.name.as_str(), now.registered_at), ("+34 1", Some(store.now().as_millis())));
        assets::mark_problem(store.db(), &ada.0, &ids[0], "registered", "{}", store.now()).await.unwrap();
        keep(&ada.0, "+34 1", false).await;
        let now = kept().await;
        assert_eq!((now.registered_at, now.problem_step.as_deref()), (None, Some("registered")));
        keep(&ada.0, "+34 1", true).await;
        assert_eq!(kept().await.problem, None, "it is registered after all");

        assets::mark_registered(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();
        assets::mark_deregistered(store.db(), &eve.0, &ids[0]).await.unwrap();
        assert!(kept().await.registered_at.is_some());
        assets::mark_deregistered(store.db(), &ada.0, &ids[0]).await.unwrap();
        assert_eq!(kept().await.registered_at, None);
    }
}

db_test! {
    async fn a_sync_is_settled_once_until_the_number_is_onboarded_anew(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let db = store.db();
        let until = store.now().plus(Duration::from_secs(60));
        business_app_syncs::insert_both(db, &ada.0, "5", until).await.unwrap();
        let waiting = async |tenant| -> Vec<SyncType> {
            let waiting = business_app_syncs::list_waiting(db, tenant, "5").await.unwrap();
            waiting.into_iter().map(|sync| sync.sync_type).collect()
        };
        assert_eq!(waiting(&ada.0).await, SyncType::ALL, "contacts first");
        assert!(waiting(&eve.0).await.is_empty());
        let settle = async |tenant, state| {
            let which = ("5", SyncType::History);
            business_app_syncs::update_state(db, tenant, which, state, None, store.now()).await.unwrap();
        };
        settle(&eve.0, SyncState::Over).await;
        settle(&ada.0, SyncState::Asked).await;
        settle(&ada.0, SyncState::Refused).await;
        business_app_syncs::insert_both(db, &ada.0, "5", until).await.unwrap();
        let all = business_app_syncs::list(db, &ada.0).await.unwrap();
        let states: Vec<_> = all.iter().map(|sync| (sync.sync_type, sync.state)).collect();
        assert_eq!(states, [(SyncType::SmbAppStateSync, SyncState::Waiting), (SyncType::History, SyncState::Asked)]);
        business_app_syncs::insert_both(db, &ada.0, "5", until.plus(Duration::from_secs(1))).await.unwrap();
        assert_eq!(waiting(&ada.0).await, SyncType::ALL);
        assert!(business_app_syncs::list(db, &eve.0).await.unwrap().is_empty());
    }
}
