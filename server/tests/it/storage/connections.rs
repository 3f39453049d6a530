use std::time::Duration;

use server::{
    db::{
        connection_log::{self, NewLogEntry, Outcome},
        connections::{self, ConnectionStatus, TokenState, Unfinished},
        credentials::{self, CredentialKind},
    },
    error::Error,
    ids::{ConnectionId, CredentialId, LogId, TenantId},
};

use crate::support::{SAID, Store, sealed};

async fn status(store: &Store, tenant: &TenantId, id: &ConnectionId) -> ConnectionStatus {
    connections::get(store.db(), tenant, id).await.unwrap().unwrap().status
}

fn dead_soon() -> TokenState<'static> {
    TokenState {
        kind: CredentialKind::User,
        permissions: "{\"new\":1}",
        expires_at: None,
        data_access_expires_at: None,
        renew_at: None,
    }
}

async fn connected(store: &Store, tenant: &TenantId, id: &ConnectionId) {
    store.storage.tamper(&format!("UPDATE connections SET status = 'connected' WHERE id = '{id}'")).await;
    assert_eq!(status(store, tenant, id).await, ConnectionStatus::Connected);
}

db_test! {
    async fn a_grant_makes_a_pending_connection_with_its_token(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        let kept = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((kept.status, kept.token_kind), (ConnectionStatus::Pending, CredentialKind::User));
        assert_eq!((kept.connected_by_name.as_str(), kept.meta_user_id.as_str()), ("ada", "77"));
        assert_eq!(kept.expires_at, Some(store.now().as_millis() + 60 * 86_400_000));
        assert_eq!((kept.created_at, kept.checked_at), (store.now().as_millis(), store.now().as_millis()));
        let main = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((main.kind, main.subject.as_str(), &main.tenant_id), (CredentialKind::User, "77", &ada.0));
    }
}

db_test! {
    async fn renewing_keeps_the_connection_and_replaces_the_token(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        let before = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap();
        connected(store, &ada.0, &id).await;
        store.refuse(&ada.0, &id, "{}").await;
        store.clock.advance(Duration::from_secs(60));
        store.grant(&ada.0, &ada.1, &id, "77").await.unwrap();
        let kept = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((kept.status, kept.problem), (ConnectionStatus::Connected, None));
        assert_eq!(kept.checked_at, kept.created_at + 60_000);
        let all = credentials::list(store.db(), &ada.0, &id).await.unwrap();
        assert_eq!(all.len(), 1);
        assert_ne!(all[0].id, before.id, "a token is sealed for the row that holds it");
    }
}

db_test! {
    async fn it_is_found_by_the_person_until_it_is_taken_apart(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let id = store.connection(&ada, "77").await;
        let find = |tenant: TenantId, app: &'static str, person: &'static str| async move {
            connections::find_by_person(store.db(), &tenant, app, person).await.unwrap().map(|found| found.id)
        };
        let app = "1029384756102938";
        assert_eq!(find(ada.0.clone(), app, "77").await, Some(id.clone()));
        assert_eq!(find(ada.0.clone(), app, "78").await, None);
        assert_eq!(find(ada.0.clone(), "1", "77").await, None);
        assert_eq!(find(eve.0.clone(), app, "77").await, None);
        store.disconnect(&ada, &id).await;
        assert_eq!(find(ada.0.clone(), app, "77").await, None);
        assert!(connections::get(store.db(), &ada.0, &id).await.unwrap().is_some(), "its history stays");
    }
}

db_test! {
    async fn those_that_stand_are_listed_oldest_first(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let mut ids = Vec::new();
        for person in ["1", "2", "3", "4"] {
            ids.push(store.connection(&ada, person).await);
            store.clock.advance(Duration::from_secs(1));
        }
        for id in &ids[1..] {
            connected(store, &ada.0, id).await;
        }
        store.refuse(&ada.0, &ids[2], "{}").await;
        store.disconnect(&ada, &ids[3]).await;
        let standing = connections::list_standing(store.db(), &ada.0).await.unwrap();
        let standing: Vec<_> = standing.into_iter().map(|c| c.id).collect();
        assert_eq!(standing, [ids[1].clone(), ids[2].clone()]);
        assert!(connections::list_standing(store.db(), &eve.0).await.unwrap().is_empty());
    }
}

db_test! {
    async fn grants_that_nobody_finished_are_found(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let old = [store.connection(&ada, "1").await, store.connection(&eve, "2").await];
        let finished = store.connection(&ada, "3").await;
        connected(store, &ada.0, &finished).await;
        store.clock.advance(Duration::from_secs(1));
        store.connection(&ada, "4").await;
        let found = connections::list_abandoned_across_tenants(store.db(), store.now()).await.unwrap();
        let name = "Lucía Brasa".to_owned();
        assert_eq!(found, [(ada.0.clone(), old[0].clone(), name.clone()), (eve.0, old[1].clone(), name)]);
    }
}

db_test! {
    async fn a_person_has_one_standing_connection_to_an_app(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let ids: Vec<_> = (0..4).map(|_| ConnectionId::new(&store.ids)).collect();
        let made = futures::future::join_all(ids.iter().map(|id| store.grant(&ada.0, &ada.1, id, "77"))).await;
        let made: Vec<bool> = made.into_iter().map(Result::unwrap).collect();
        assert_eq!(made.iter().filter(|made| **made).count(), 1, "{made:?}");
        let rows = store.storage.rows().await;
        assert_eq!((rows["connections"], rows["credentials"]), (1, 1));
        let first = &ids[made.iter().position(|made| *made).unwrap()];
        assert!(store.grant(&ada.0, &ada.1, first, "77").await.unwrap(), "it can be renewed");
        assert!(store.grant(&eve.0, &eve.1, &ConnectionId::new(&store.ids), "77").await.unwrap(), "another tenant's");
        store.disconnect(&ada, first).await;
        assert!(store.grant(&ada.0, &ada.1, &ConnectionId::new(&store.ids), "77").await.unwrap());
    }
}

db_test! {
    async fn what_was_taken_apart_takes_nothing_in(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        store.disconnect(&ada, &id).await;
        let before = store.storage.dump().await;
        let token = [(CredentialId::new(&store.ids), "10".to_owned(), sealed("10"))];
        let kept = connections::upsert_page_tokens(store.db(), &ada.0, &id, &token, store.now()).await;
        assert!(matches!(kept, Err(Error::NotFound(_))), "{kept:?}");
        let renewed = store.grant(&ada.0, &ada.1, &id, "77").await;
        assert!(matches!(renewed, Err(Error::NotFound(_))), "{renewed:?}");
        let rows = [crate::support::found(&store.ids, server::asset_kind::AssetKind::FacebookPage, "1", None)];
        let found = server::db::assets::replace_discovered(store.db(), &ada.0, &id, &rows).await;
        assert!(matches!(found, Err(Error::NotFound(_))), "{found:?}");
        assert_eq!(store.storage.dump().await, before);
    }
}

db_test! {
    async fn only_a_standing_connection_can_fail_and_meta_can_mend_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        store.refuse(&ada.0, &id, "{}").await;
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Pending);
        connected(store, &ada.0, &id).await;
        store.refuse(&ada.0, &id, "{\"why\":1}").await;
        let failed = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((failed.status, failed.problem.as_deref()), (ConnectionStatus::Error, Some("{\"why\":1}")));
        let main = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap().id;
        let state = dead_soon();
        connections::update_token_state(store.db(), &ada.0, &id, &main, &state, store.now()).await.unwrap();
        let mended = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((mended.status, mended.problem, mended.expires_at), (ConnectionStatus::Connected, None, None));
        assert_eq!(mended.permissions, "{\"new\":1}");
        store.disconnect(&ada, &id).await;
        connections::update_token_state(store.db(), &ada.0, &id, &main, &state, store.now()).await.unwrap();
        store.refuse(&ada.0, &id, "{}").await;
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Disconnected);
    }
}

db_test! {
    async fn what_is_said_of_a_token_that_was_replaced_changes_nothing(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        connected(store, &ada.0, &id).await;
        let main = async || credentials::find_main(store.db(), &ada.0, &id).await.unwrap().map(|main| main.id);
        let refuse = async |credential: Option<&CredentialId>| {
            connections::mark_refused(store.db(), &ada.0, &id, credential, "{}", store.now()).await.unwrap()
        };
        let old = main().await;
        store.grant(&ada.0, &ada.1, &id, "77").await.unwrap();
        assert!(!refuse(old.as_ref()).await && !refuse(None).await, "there is another one");
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Connected);
        assert!(refuse(main().await.as_ref()).await);
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Error);
        // One that is gone is refused by having none.
        store.grant(&ada.0, &ada.1, &id, "77").await.unwrap();
        let gone = main().await.unwrap();
        credentials::delete(store.db(), &ada.0, &gone).await.unwrap();
        assert!(!refuse(Some(&gone)).await && refuse(None).await);
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Error);
    }
}

db_test! {
    async fn a_grant_that_somebody_went_on_with_is_not_abandoned(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        let old = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap().id;
        store.clock.advance(Duration::from_secs(60));
        let moment = store.now();
        let given_up = async |which: Unfinished<'_>| {
            connections::mark_abandoned(store.db(), &ada.0, &id, which, &SAID, store.now()).await.unwrap()
        };
        // It was listed, and then given once more.
        assert_eq!(connections::list_abandoned_across_tenants(store.db(), moment).await.unwrap().len(), 1);
        store.grant(&ada.0, &ada.1, &id, "77").await.unwrap();
        assert!(!given_up(Unfinished::Since(moment)).await && !given_up(Unfinished::Of(&old)).await);
        let new = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap().id;
        // It was listed, and then assets were chosen.
        connected(store, &ada.0, &id).await;
        store.clock.advance(Duration::from_secs(60));
        assert!(!given_up(Unfinished::Since(store.now())).await && !given_up(Unfinished::Of(&new)).await);
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Connected);
        assert_eq!(credentials::list(store.db(), &ada.0, &id).await.unwrap().len(), 1);

        store.storage.tamper(&format!("UPDATE connections SET status = 'pending' WHERE id = '{id}'")).await;
        assert!(given_up(Unfinished::Of(&new)).await);
        assert!(!given_up(Unfinished::Since(store.now())).await, "once");
        assert_eq!(status(store, &ada.0, &id).await, ConnectionStatus::Disconnected);
        assert!(credentials::list(store.db(), &ada.0, &id).await.unwrap().is_empty());
    }
}

db_test! {
    async fn page_tokens_are_replaced_and_none_is_half_kept(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.connection(&ada, "77").await;
        let token = |page: &str| (CredentialId::new(&store.ids), page.to_owned(), sealed(page));
        let (first, second) = (vec![token("10"), token("11")], vec![token("10")]);
        connections::upsert_page_tokens(store.db(), &ada.0, &id, &first, store.now()).await.unwrap();
        connections::upsert_page_tokens(store.db(), &ada.0, &id, &second, store.now()).await.unwrap();
        let all = credentials::list(store.db(), &ada.0, &id).await.unwrap();
        let pages: Vec<_> = all.iter().filter(|c| c.kind == CredentialKind::Page).map(|c| (&c.subject, &c.id)).collect();
        assert_eq!(pages, [(&"10".to_owned(), &second[0].0), (&"11".to_owned(), &first[1].0)]);

        let twice = vec![token("12"), (first[1].0.clone(), "13".into(), sealed("13"))];
        let taken = connections::upsert_page_tokens(store.db(), &ada.0, &id, &twice, store.now()).await;
        assert!(matches!(taken, Err(Error::Internal(_))), "{taken:?}");
        assert_eq!(credentials::list(store.db(), &ada.0, &id).await.unwrap().len(), 3, "12 went with 13");
    }
}

db_test! {
    async fn another_tenants_connection_is_out_of_reach(store: &Store) {
        let ada = store.tenant("ada").await;
        let (foreign, eve) = store.tenant("eve").await;
        let id = store.connection(&ada, "77").await;
        connected(store, &ada.0, &id).await;
        let before = store.storage.dump().await;
        let db = store.db();

        assert!(connections::get(db, &foreign, &id).await.unwrap().is_none());
        assert!(credentials::list(db, &foreign, &id).await.unwrap().is_empty());
        assert!(credentials::find_main(db, &foreign, &id).await.unwrap().is_none());
        let renewed = store.grant(&foreign, &eve, &id, "77").await;
        assert!(matches!(renewed, Err(Error::NotFound(_))), "{renewed:?}");
        let token = [(CredentialId::new(&store.ids), "10".to_owned(), sealed("10"))];
        let kept = connections::upsert_page_tokens(db, &foreign, &id, &token, store.now()).await;
        assert!(matches!(kept, Err(Error::NotFound(_))), "{kept:?}");
        let main = credentials::find_main(db, &ada.0, &id).await.unwrap().unwrap().id;
        connections::update_token_state(db, &foreign, &id, &main, &dead_soon(), store.now()).await.unwrap();
        assert!(!connections::mark_refused(db, &foreign, &id, Some(&main), "{}", store.now()).await.unwrap());
        assert!(!connections::mark_refused(db, &foreign, &id, None, "{}", store.now()).await.unwrap());
        assert!(!store.disconnect(&(foreign.clone(), eve.clone()), &id).await);
        store.storage.tamper(&format!("UPDATE connections SET status = 'pending' WHERE id = '{id}'")).await;
        for which in [Unfinished::Of(&main), Unfinished::Since(store.now().plus(Duration::from_secs(1)))] {
            assert!(!connections::mark_abandoned(db, &foreign, &id, which, &SAID, store.now()).await.unwrap());
        }
        connected(store, &ada.0, &id).await;
        let entry = NewLogEntry {
            id: LogId::new(&store.ids),
            asset_name: None,
            kind: "note",
            outcome: Outcome::Note,
            sentence: "not theirs".into(),
            explanation: None,
        };
        let logged = connection_log::insert(db, &foreign, &id, &[entry], store.now()).await;
        assert!(matches!(logged, Err(Error::NotFound(_))), "{logged:?}");

        assert_eq!(store.storage.dump().await, before);
    }
}
