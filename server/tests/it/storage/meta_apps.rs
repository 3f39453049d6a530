//! Meta apps that were entered, each beside one that is somebody else's.

use server::{
    db::{
        installation_secrets,
        meta_apps::{self, Configurations, NewApp, NewSecret},
    },
    ids::TenantId,
    meta::AppId,
};

use crate::support::{SAID, START, Store, sealed};

fn app(id: &str) -> AppId {
    id.parse().unwrap()
}

async fn enter(store: &Store, tenant: Option<&TenantId>, id: &str, mark: &str) -> bool {
    let (secret, token) = (sealed("secret"), sealed("token"));
    let new = NewApp {
        app: &app(id),
        configurations: Configurations { login: Some("7"), whatsapp: None },
        secret: NewSecret { sealed: &secret, mark, set_by: "Ada" },
        former: None,
        verify_token: &token,
    };
    meta_apps::insert_in_use(store.db(), tenant, &new, Some(&SAID), START).await.unwrap()
}

async fn listed(store: &Store) -> Vec<(String, Option<TenantId>, bool, String)> {
    let all = meta_apps::list_across_tenants(store.db()).await.unwrap();
    all.into_iter().map(|one| (one.app_id.to_string(), one.tenant_id, one.in_use, one.secret_mark)).collect()
}

db_test! {
    async fn each_has_one_in_use_and_an_app_has_one_owner(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await.0, store.tenant("eve").await.0);
        assert!(enter(store, None, "1", "aaaa").await);
        assert!(enter(store, Some(&ada), "2", "bbbb").await);
        assert!(enter(store, Some(&eve), "3", "cccc").await);
        assert!(enter(store, Some(&ada), "4", "dddd").await);
        let expected = [
            ("1".to_owned(), None, true, "aaaa".to_owned()),
            ("2".to_owned(), Some(ada.clone()), false, "bbbb".to_owned()),
            ("3".to_owned(), Some(eve.clone()), true, "cccc".to_owned()),
            ("4".to_owned(), Some(ada.clone()), true, "dddd".to_owned()),
        ];
        assert_eq!(listed(store).await, expected);
        for (tenant, id) in [(Some(&eve), "2"), (Some(&eve), "1"), (None, "4")] {
            assert!(!enter(store, tenant, id, "eeee").await, "{id} is somebody else's");
        }
        assert_eq!(listed(store).await, expected, "and nothing changed");
        let all = meta_apps::list_across_tenants(store.db()).await.unwrap();
        assert!(all.iter().all(|one| one.secret.is_some() && one.verify_token.is_some() && one.former_secret.is_none()));
        let of_ada = meta_apps::list(store.db(), &ada).await.unwrap();
        let of_ada: Vec<_> = of_ada.iter().map(|one| (one.app_id.as_str(), one.in_use)).collect();
        assert_eq!(of_ada, [("2", false), ("4", true)]);
        let one = meta_apps::get_across_tenants(store.db(), &app("3")).await.unwrap().unwrap();
        assert_eq!((one.tenant_id.as_ref(), one.secret_mark.as_str(), one.secret.is_some()), (Some(&eve), "cccc", true));
        assert!(meta_apps::get_across_tenants(store.db(), &app("9")).await.unwrap().is_none());
    }
}

db_test! {
    async fn a_stranger_changes_nothing(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await.0, store.tenant("eve").await.0);
        enter(store, Some(&ada), "2", "bbbb").await;
        let (db, id, other, before) = (store.db(), app("2"), sealed("other"), listed(store).await);
        let new = NewSecret { sealed: &other, mark: "ffff", set_by: "Eve" };
        for tenant in [Some(&eve), None] {
            let secret = meta_apps::update_secret(db, tenant, (&id, "bbbb"), &new, (&other, START), Some(&SAID), START);
            assert!(!secret.await.unwrap());
            let none = Configurations::default();
            assert!(!meta_apps::update_configurations(db, tenant, &id, none, Some(&SAID), START).await.unwrap());
        }
        assert!(!meta_apps::mark_out_of_use(db, &eve, &id, &SAID, START).await.unwrap());
        let new = NewSecret { sealed: &other, mark: "ffff", set_by: "Ada" };
        let stale = meta_apps::update_secret(db, Some(&ada), (&id, "0000"), &new, (&other, START), Some(&SAID), START);
        assert!(!stale.await.unwrap(), "somebody replaced it meanwhile");
        assert_eq!(listed(store).await, before);

        let change = meta_apps::update_secret(db, Some(&ada), (&id, "bbbb"), &new, (&other, START), Some(&SAID), START);
        assert!(change.await.unwrap());
        assert!(!meta_apps::delete_former_secret(db, Some(&eve), &id, Some(&SAID), START).await.unwrap());
        let all = meta_apps::list_across_tenants(db).await.unwrap();
        assert_eq!((all[0].former_until, all[0].former_secret.is_some()), (Some(START), true));
        assert!(meta_apps::delete_former_secret(db, Some(&ada), &id, Some(&SAID), START).await.unwrap());
    }
}

db_test! {
    async fn what_nobody_needs_any_more_goes_with_its_secrets(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await.0, store.tenant("eve").await.0);
        enter(store, None, "1", "aaaa").await;
        enter(store, None, "5", "aaaa").await;
        enter(store, Some(&ada), "2", "bbbb").await;
        enter(store, Some(&eve), "3", "cccc").await;
        let db = store.db();
        assert!(meta_apps::mark_out_of_use(db, &ada, &app("2"), &SAID, START).await.unwrap());
        assert_eq!(meta_apps::delete_unused_across_tenants(db).await.unwrap(), 1);
        let left: Vec<String> = listed(store).await.into_iter().map(|(id, ..)| id).collect();
        assert_eq!(left, ["1", "3", "5"], "the installation's stay, used or not");
        let names = installation_secrets::list(db).await.unwrap().into_iter().map(|one| one.name);
        assert_eq!(names.filter(|name| name.contains("/2/")).count(), 0);
        assert!(enter(store, Some(&eve), "2", "dddd").await, "from then on it is free");
    }
}
