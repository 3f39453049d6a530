//! Looking after connections, renewed tokens, warnings, mail and the health of assets.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        asset_health,
        connections::{self, Renewed, TokenState},
        credentials::{self, CredentialKind},
        mails::{self, Mail},
        token_warnings::{self, EndingClock},
    },
    ids::{ConnectionId, CredentialId, MailId, TenantId},
};

use crate::support::{SAID, START, Store, sealed};

const DAY: Duration = Duration::from_secs(86_400);

async fn standing(store: &Store, who: &(TenantId, server::ids::UserId)) -> ConnectionId {
    let id = store.connection(who, "77").await;
    store.storage.tamper(&format!("UPDATE connections SET status = 'connected' WHERE id = '{id}'")).await;
    id
}

async fn main(store: &Store, tenant: &TenantId, id: &ConnectionId) -> CredentialId {
    credentials::find_main(store.db(), tenant, id).await.unwrap().unwrap().id
}

fn state() -> TokenState<'static> {
    TokenState {
        kind: CredentialKind::User,
        permissions: "{\"renewed\":1}",
        expires_at: Some(START.plus(DAY * 90)),
        data_access_expires_at: None,
        renew_at: Some(START.plus(DAY * 60)),
    }
}

db_test! {
    async fn a_turn_is_taken_once_and_in_its_time(store: &Store) {
        let (tenant, user) = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let id = standing(store, &(tenant.clone(), user)).await;
        let (db, now) = (store.db(), store.now());
        let listed = |until| connections::list_to_look_after_across_tenants(db, until, None, 10);
        assert_eq!(listed(now).await.unwrap()[0].look_at, None, "not planned yet");
        assert!(!connections::claim_look(db, &tenant, &id, now, now).await.unwrap(), "nor may it be taken");
        connections::update_first_look(db, &tenant, &id, now).await.unwrap();
        connections::update_first_look(db, &tenant, &id, now.plus(DAY)).await.unwrap();
        assert_eq!(listed(now).await.unwrap()[0].look_at, Some(now.as_millis()), "the first process decided");
        assert!(!connections::claim_look(db, &foreign, &id, now, now.plus(DAY)).await.unwrap());
        assert!(connections::claim_look(db, &tenant, &id, now, now.plus(DAY)).await.unwrap());
        assert!(!connections::claim_look(db, &tenant, &id, now, now.plus(DAY)).await.unwrap());
        assert!(listed(now).await.unwrap().is_empty());
        connections::update_look(db, &foreign, &id, now).await.unwrap();
        assert!(listed(now).await.unwrap().is_empty(), "another tenant moves nothing");
    }
}

db_test! {
    async fn meta_is_asked_for_a_token_once_a_day(store: &Store) {
        let (tenant, user) = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let id = standing(store, &(tenant.clone(), user)).await;
        let (db, now) = (store.db(), store.now());
        assert!(!connections::claim_renewal(db, &tenant, &id, DAY, now).await.unwrap(), "it was given just now");
        let later = now.plus(DAY);
        assert!(!connections::claim_renewal(db, &foreign, &id, DAY, later).await.unwrap());
        let claims = futures::future::join_all((0..4).map(|_| connections::claim_renewal(db, &tenant, &id, DAY, later))).await;
        assert_eq!(claims.into_iter().filter(|claim| *claim.as_ref().unwrap()).count(), 1);
        store.storage.tamper("UPDATE connections SET status = 'error'").await;
        assert!(!connections::claim_renewal(db, &tenant, &id, DAY, now.plus(DAY * 3)).await.unwrap());
    }
}

db_test! {
    async fn a_renewed_token_is_kept_only_in_place_of_the_one_it_came_from(store: &Store) {
        let (tenant, user) = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let id = standing(store, &(tenant.clone(), user.clone())).await;
        let pages = vec![(CredentialId::new(&store.ids), "10".to_owned(), sealed("old"))];
        connections::upsert_page_tokens(store.db(), &tenant, &id, &pages, store.now()).await.unwrap();
        let old = main(store, &tenant, &id).await;
        let (new, secret) = (CredentialId::new(&store.ids), sealed("new"));
        let fresh = vec![
            (CredentialId::new(&store.ids), "10".to_owned(), sealed("fresh")),
            (CredentialId::new(&store.ids), "11".to_owned(), sealed("never kept")),
        ];
        let renewed = Renewed { id: &id, old: &old, credential: &new, sealed: &secret, token: state(), pages: &fresh };
        assert!(!connections::renew(store.db(), &foreign, &renewed, store.now()).await.unwrap());
        assert!(connections::renew(store.db(), &tenant, &renewed, store.now()).await.unwrap());
        let all = credentials::list(store.db(), &tenant, &id).await.unwrap();
        assert_eq!(all.len(), 2, "a Page that nobody holds gets no token");
        assert!(all.iter().any(|one| one.id == new) && all.iter().any(|one| one.id == fresh[0].0));
        let kept = connections::get(store.db(), &tenant, &id).await.unwrap().unwrap();
        assert_eq!((kept.expires_at, kept.renewed_at), (Some(START.plus(DAY * 90).as_millis()), Some(store.now().as_millis())));
        assert!(!connections::renew(store.db(), &tenant, &renewed, store.now()).await.unwrap(), "the old one is gone");

        // What Meta said of the former token is not taken for the new one.
        let stale = TokenState { expires_at: Some(START), ..state() };
        connections::update_token_state(store.db(), &tenant, &id, &old, &stale, store.now()).await.unwrap();
        assert!(!connections::mark_refused(store.db(), &tenant, &id, Some(&old), "{}", store.now()).await.unwrap());
        let after = connections::get(store.db(), &tenant, &id).await.unwrap().unwrap();
        assert_eq!((after.expires_at, after.status), (kept.expires_at, kept.status));
    }
}

fn mail(store: &Store) -> Mail {
    Mail {
        id: MailId::new(&store.ids),
        name: "Ada".into(),
        address: "ada@example.com".into(),
        subject: "Access ends".into(),
        plain: "soon".into(),
        html: "<p>soon</p>".into(),
        created_at: store.now().as_millis(),
    }
}

db_test! {
    async fn a_warning_its_line_and_its_mail_are_kept_together_and_once(store: &Store) {
        let (tenant, user) = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let id = standing(store, &(tenant.clone(), user)).await;
        let (db, then) = (store.db(), START.plus(DAY * 55));
        assert_eq!(token_warnings::list_tenants_across_tenants(db, then, None).await.unwrap(), std::slice::from_ref(&tenant));
        let due = token_warnings::list_due(db, &tenant, then).await.unwrap();
        let told: Vec<_> = due.iter().map(|one| (one.connection_id.clone(), one.clock, one.stage)).collect();
        assert_eq!(told, [(id.clone(), EndingClock::Token, 7)]);
        assert!(token_warnings::list_due(db, &foreign, then).await.unwrap().is_empty());
        let (first, second) = (mail(store), mail(store));
        assert!(!token_warnings::insert(db, &foreign, &due, &[], &[mail(store)], then).await.unwrap(), "not its connection");
        assert!(token_warnings::insert(db, &tenant, &due, &[], std::slice::from_ref(&first), then).await.unwrap());
        assert!(!token_warnings::insert(db, &tenant, &due, &[], std::slice::from_ref(&second), then).await.unwrap());
        assert!(token_warnings::list_due(db, &tenant, then).await.unwrap().is_empty());
        assert_eq!(mails::find_unsent(db, &tenant, &first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(mails::find_unsent(db, &tenant, &second.id).await.unwrap(), None, "all or nothing");
        assert_eq!(mails::find_unsent(db, &foreign, &first.id).await.unwrap(), None);
        mails::mark_sent(db, &foreign, &first.id, then).await.unwrap();
        assert!(mails::find_unsent(db, &tenant, &first.id).await.unwrap().is_some());
        let left = mails::list_left_over_across_tenants(db, START.minus(DAY), START.plus(DAY)).await.unwrap();
        assert_eq!(left, [(tenant.clone(), first.id.clone())]);
        mails::mark_sent(db, &tenant, &first.id, then).await.unwrap();
        assert_eq!(mails::find_unsent(db, &tenant, &first.id).await.unwrap(), None);
        assert_eq!(mails::delete_before_across_tenants(db, START.plus(DAY)).await.unwrap(), 1);
    }
}

db_test! {
    async fn a_deleted_persons_mails_go_and_no_others(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = standing(store, &ada).await;
        let (db, tenant) = (store.db(), ada.0.clone());
        let about = Mail { plain: format!("https://attache.example/connect?connection={id}"), ..mail(store) };
        let other = mail(store);
        assert!(token_warnings::insert(db, &tenant, &[], &[], &[about.clone(), other.clone()], START).await.unwrap());
        let grant = connections::PersonsGrant { tenant_id: tenant.clone(), id, meta_user_name: "Lucía Brasa".into() };
        let words = connections::ErasedWords { name: "Somebody", granted: "Granted.", problem: "{}", said: *SAID };
        connections::erase_person(db, &grant, &words, START).await.unwrap();
        assert_eq!(mails::find_unsent(db, &tenant, &about.id).await.unwrap(), None);
        assert_eq!(mails::find_unsent(db, &tenant, &other.id).await.unwrap(), Some(other));
    }
}

db_test! {
    async fn health_keeps_changes_and_no_more_than_thirty(store: &Store) {
        let ada = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let id = standing(store, &ada).await;
        let assets = store.assets(&ada.0, &id, &[(AssetKind::FacebookPage, "10", None)]).await;
        store.storage.tamper("UPDATE assets SET selected = TRUE").await;
        let (db, tenant) = (store.db(), &ada.0);
        let state = |n: i64| vec![(assets[0].clone(), format!("{{\"n\":{n}}}"))];
        let at = |n: i64| START.plus(Duration::from_secs(u64::try_from(n).unwrap()));
        assert_eq!(asset_health::record(db, &foreign, &state(0), at(0)).await.unwrap(), 1);
        assert!(asset_health::list(db, tenant, &assets[0]).await.unwrap().is_empty(), "another tenant writes nothing");
        for n in 0..40 {
            assert_eq!(asset_health::record(db, tenant, &state(n / 2), at(n)).await.unwrap(), usize::from(n % 2 == 0));
        }
        let latest = asset_health::find_latest(db, tenant, &assets[0]).await.unwrap().unwrap();
        assert_eq!((latest.state.as_str(), latest.since, latest.seen_at), ("{\"n\":19}", at(38).as_millis(), at(39).as_millis()));
        for n in 40..80 {
            asset_health::record(db, tenant, &state(n), at(n)).await.unwrap();
        }
        assert_eq!(asset_health::list(db, tenant, &assets[0]).await.unwrap().len(), 30);
        assert_eq!(asset_health::list_latest(db, tenant).await.unwrap().len(), 1);
        assert!(asset_health::list(db, &foreign, &assets[0]).await.unwrap().is_empty());
        assert!(asset_health::find_latest(db, &foreign, &assets[0]).await.unwrap().is_none());
        assert!(asset_health::list_latest(db, &foreign).await.unwrap().is_empty());
    }
}
