//! Grants that wait beside what their connection has.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        assets,
        attempts::{self, Phase},
        connections::{self, ConnectionStatus, Grant, TokenState},
        credentials::{self, CredentialKind},
        jobs::NewJob,
        staged_grants::{self, GivenUp},
    },
    error::Error,
    ids::{AttemptId, ConnectionId, CredentialId, JobId, TenantId, UserId},
    words::failures::{connect as failures, meta as refusals},
};

use crate::support::{SAID, Store, sealed};

async fn stage(
    store: &Store,
    (tenant, user): &(TenantId, UserId),
    attempt: &AttemptId,
    id: &ConnectionId,
) -> server::error::Result<bool> {
    let credential = CredentialId::new(&store.ids);
    let sealed = sealed(credential.as_str());
    let grant = Grant {
        id,
        connected_by: user,
        meta_app_id: "1029384756102938",
        meta_user_id: "77",
        meta_user_name: "Lucía B.",
        token: TokenState {
            kind: CredentialKind::SystemUser,
            permissions: "{\"new\":1}",
            expires_at: None,
            data_access_expires_at: None,
            renew_at: Some(store.now().plus(Duration::from_secs(60))),
        },
        credential: &credential,
        sealed: &sealed,
    };
    staged_grants::insert(store.db(), tenant, attempt, &grant, "\"gone\"", store.now()).await
}

/// A connection that stands, with two Pages chosen and their tokens.
async fn standing(store: &Store, ada: &(TenantId, UserId)) -> ConnectionId {
    let id = store.connection(ada, "77").await;
    let pages = [(AssetKind::FacebookPage, "1", None), (AssetKind::FacebookPage, "2", None)];
    let found = store.assets(&ada.0, &id, &pages).await;
    let tokens = ["1", "2"].map(|page| {
        let credential = CredentialId::new(&store.ids);
        let sealed = sealed(credential.as_str());
        (credential, page.to_owned(), sealed)
    });
    connections::upsert_page_tokens(store.db(), &ada.0, &id, &tokens, store.now()).await.unwrap();
    let attempt = store.choosing(ada, &id).await;
    store.select(&ada.0, &attempt, &id, &found).await;
    id
}

/// Puts a grant in the place of the one before it, with the job that follows.
async fn promote(store: &Store, tenant: &TenantId, attempt: &AttemptId, given_up: &GivenUp<'_>) -> bool {
    let id = JobId::new(&store.ids);
    let (tenant_id, subject) = (Some(tenant), "the connection");
    let job = NewJob { id: &id, tenant_id, kind: "apply_choice", subject, run_at: store.now() };
    staged_grants::promote(store.db(), tenant, attempt, given_up, &SAID, &job, store.now()).await.unwrap()
}

async fn kinds(store: &Store, tenant: &TenantId, id: &ConnectionId) -> Vec<(CredentialKind, String)> {
    let all = credentials::list(store.db(), tenant, id).await.unwrap();
    all.into_iter().map(|one| (one.kind, one.subject)).collect()
}

db_test! {
    async fn it_waits_and_then_takes_the_place_of_the_one_before_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let id = standing(store, &ada).await;
        let before = credentials::list(store.db(), &ada.0, &id).await.unwrap();
        let attempt = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &attempt, &id).await.unwrap());
        let page = CredentialId::new(&store.ids);
        let tokens = [(page.clone(), "1".to_owned(), sealed(page.as_str()))];
        staged_grants::update_found(store.db(), &ada.0, &attempt, (&tokens, "{}"), store.now()).await.unwrap();
        let main = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((main.kind, &main.id), (CredentialKind::User, &before.iter().find(|one| one.kind == CredentialKind::User).unwrap().id));
        let waiting = staged_grants::find_token(store.db(), &ada.0, &attempt).await.unwrap().unwrap();
        assert_eq!(staged_grants::get(store.db(), &ada.0, &attempt).await.unwrap().unwrap().losses.as_deref(), Some("{}"));

        // Another tenant sees and changes nothing.
        assert_eq!(staged_grants::get(store.db(), &eve.0, &attempt).await.unwrap(), None);
        assert!(staged_grants::find_token(store.db(), &eve.0, &attempt).await.unwrap().is_none());
        let foreign = staged_grants::update_found(store.db(), &eve.0, &attempt, (&tokens, "{}"), store.now()).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        assert!(!promote(store, &eve.0, &attempt, &GivenUp::default()).await);
        staged_grants::delete(store.db(), &eve.0, &attempt).await.unwrap();
        assert!(!stage(store, &eve, &attempt, &id).await.unwrap());

        let known = assets::list_by_connection(store.db(), &ada.0, &id).await.unwrap();
        let lost = [known.iter().find(|asset| asset.meta_id == "2").unwrap().id.clone()];
        let given_up = GivenUp { assets: &lost, why: "\"why\"" };
        assert!(promote(store, &ada.0, &attempt, &given_up).await);
        let main = credentials::find_main(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((main.kind, main.id), (CredentialKind::SystemUser, waiting.id), "a token stays sealed for its row");
        let kept = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!((kept.meta_user_name.as_str(), kept.permissions.as_str()), ("Lucía B.", "{\"new\":1}"));
        assert_eq!((kept.status, kept.token_kind), (ConnectionStatus::Connected, CredentialKind::SystemUser));
        assert_eq!(kept.renew_at, Some(store.now().as_millis() + 60_000), "with the clocks of the new token");
        let pages = credentials::list(store.db(), &ada.0, &id).await.unwrap();
        assert!(pages.iter().any(|one| one.subject == "1" && one.id == page));
        assert!(pages.iter().any(|one| one.subject == "2"), "its former token can still unsubscribe it");
        let after = assets::list_by_connection(store.db(), &ada.0, &id).await.unwrap();
        let of = |meta_id: &str| after.iter().find(|asset| asset.meta_id == meta_id).map(|asset| (asset.selected, asset.pending, asset.unusable.is_some())).unwrap();
        assert_eq!((of("1").0, of("2")), (true, (false, true, true)));
        assert_eq!(store.storage.texts("SELECT meta_id FROM routes").await, ["1"]);
        let jobs = "SELECT kind FROM jobs WHERE subject = 'the connection'";
        assert_eq!(store.storage.texts(jobs).await, ["apply_choice"], "what is pending is done now");
        // Once.
        assert!(!promote(store, &ada.0, &attempt, &given_up).await);
    }
}

db_test! {
    async fn what_was_refused_for_a_token_is_pending_once_more(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = standing(store, &ada).await;
        for why in [refusals::token_page_role_lost(), refusals::token_expired(), failures::no_page_token()] {
            for asset in assets::list_by_connection(store.db(), &ada.0, &id).await.unwrap() {
                // What the other lacks no token gives.
                let why = if asset.meta_id == "1" { why.clone() } else { failures::asset_not_visible() };
                let why = serde_json::to_string(&why).unwrap();
                assets::mark_problem(store.db(), &ada.0, &asset.id, "verified", &why, store.now()).await.unwrap();
                assets::mark_applied(store.db(), &ada.0, &asset.id).await.unwrap();
            }
            let attempt = store.choosing(&ada, &id).await;
            assert!(stage(store, &ada, &attempt, &id).await.unwrap());
            assert!(promote(store, &ada.0, &attempt, &GivenUp::default()).await);
            let pending = store.storage.texts("SELECT meta_id FROM assets WHERE pending").await;
            assert_eq!(pending, ["1"], "{}", why.code);
        }
    }
}

db_test! {
    async fn a_later_one_takes_its_place(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = standing(store, &ada).await;
        let first = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &first, &id).await.unwrap());
        let second = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &second, &id).await.unwrap());
        assert_eq!(staged_grants::get(store.db(), &ada.0, &first).await.unwrap(), None);
        let given_way = attempts::get(store.db(), &ada.0, &first).await.unwrap().unwrap();
        assert_eq!((given_way.phase, given_way.problem.as_deref()), (Phase::Failed, Some("\"gone\"")));
        let waiting = kinds(store, &ada.0, &id).await.into_iter().filter(|(kind, _)| *kind == CredentialKind::Staged).count();
        assert_eq!(waiting, 1);
        staged_grants::delete(store.db(), &ada.0, &second).await.unwrap();
        let left = kinds(store, &ada.0, &id).await;
        assert_eq!(left.len(), 3, "{left:?}");
        assert!(left.iter().all(|(kind, _)| !matches!(kind, CredentialKind::Staged | CredentialKind::StagedPage)));
    }
}

db_test! {
    async fn it_goes_with_its_connection_and_with_time(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = standing(store, &ada).await;
        let attempt = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &attempt, &id).await.unwrap());
        assert_eq!(staged_grants::delete_abandoned_across_tenants(store.db(), store.now()).await.unwrap(), 0);
        store.clock.advance(Duration::from_secs(1));
        assert_eq!(staged_grants::delete_abandoned_across_tenants(store.db(), store.now()).await.unwrap(), 1);
        assert_eq!(kinds(store, &ada.0, &id).await.len(), 3);

        let attempt = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &attempt, &id).await.unwrap());
        assert!(store.disconnect(&ada, &id).await);
        assert_eq!(staged_grants::get(store.db(), &ada.0, &attempt).await.unwrap(), None);
        assert!(!stage(store, &ada, &attempt, &id).await.unwrap(), "what was taken apart is not renewed");
    }
}

db_test! {
    async fn nobody_waits_in_a_circle_for_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = standing(store, &ada).await;
        let attempt = store.choosing(&ada, &id).await;
        assert!(stage(store, &ada, &attempt, &id).await.unwrap());
        // Somebody takes the connection apart: first its row, then the grant that waits for it. SQLite has one writer.
        let first = format!("UPDATE connections SET status = status WHERE id = '{id}'");
        let Some(mut holder) = store.storage.hold_rows(&first).await else { return };
        let other = async {
            holder.somebody_waits(&store.storage).await;
            assert_eq!(holder.run(&format!("DELETE FROM staged_grants WHERE connection_id = '{id}'")).await, 1);
            holder.let_go().await;
        };
        let nothing = GivenUp::default();
        let (promoted, ()) = tokio::join!(promote(store, &ada.0, &attempt, &nothing), other);
        assert!(!promoted, "it does not wait any more");
    }
}
