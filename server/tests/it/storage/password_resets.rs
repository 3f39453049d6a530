//! Links for a new password, and passwords that are set.

use std::time::Duration;

use server::{
    clock::Timestamp,
    db::{
        audit::{self, AuditFilter},
        jobs::{self, NewJob},
        password_resets::{self, AskedReset, NewLink, NewPassword, NewReset},
        users,
    },
    ids::{JobId, PasswordResetId, TenantId, UserId},
};

use crate::support::{SAID, Store};

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

async fn ask(store: &Store, email: &str) -> PasswordResetId {
    let (id, job_id) = (PasswordResetId::new(&store.ids), JobId::new(&store.ids));
    let (kind, subject) = ("send_reset_link", id.as_str());
    let job = NewJob { id: &job_id, tenant_id: None, kind, subject, run_at: store.now() };
    password_resets::insert(store.db(), &NewReset { id: &id, email, job: &job }, store.now()).await.unwrap();
    id
}

async fn asked(store: &Store, id: &PasswordResetId) -> Option<AskedReset> {
    password_resets::find_asked(store.db(), id).await.unwrap()
}

async fn write(store: &Store, id: &PasswordResetId, user: &UserId, token_hash: &str) -> bool {
    let link = NewLink { user, token_hash, expires_at: store.now().plus(HOUR) };
    password_resets::mark_written(store.db(), id, &link).await.unwrap()
}

async fn live(store: &Store, token_hash: &str, at: Timestamp) -> Option<UserId> {
    password_resets::find_live(store.db(), token_hash, at).await.unwrap().map(|link| link.user_id)
}

async fn set(store: &Store, user: &UserId, link: Option<&str>, now: Timestamp) -> bool {
    let job_id = JobId::new(&store.ids);
    let (kind, subject) = ("tell_password_changed", user.as_str());
    let job = NewJob { id: &job_id, tenant_id: None, kind, subject, run_at: now };
    let new = NewPassword { hash: "$argon2id$new", link, said: &SAID, job: &job };
    password_resets::update_password_across_tenants(store.db(), user, &new, now).await.unwrap()
}

/// The hash of the password, since when sessions count, and when the password was changed.
async fn stands(store: &Store, user: &UserId) -> (String, i64, Option<i64>) {
    let user = users::get(store.db(), user).await.unwrap().unwrap();
    (user.password_hash, user.sessions_valid_from, user.password_changed_at)
}

async fn entries(store: &Store, tenant: &TenantId) -> usize {
    audit::list(store.db(), tenant, &AuditFilter::default(), 10).await.unwrap().len()
}

db_test! {
    async fn a_request_becomes_the_one_link_of_its_person(store: &Store) {
        let (ada, eve) = (store.user("ada").await, store.user("eve").await);
        let (first, foreign) = (ask(store, "ada@example.com").await, ask(store, "eve@example.com").await);
        let expected = AskedReset { email: "ada@example.com".into(), asked_at: store.now().as_millis() };
        assert_eq!(asked(store, &first).await, Some(expected));
        assert!(write(store, &first, &ada, "one").await && write(store, &foreign, &eve, "other").await);
        assert_eq!(live(store, "one", store.now()).await, Some(ada.clone()));
        assert!(write(store, &first, &ada, "two").await, "a later run of the same job");
        assert_eq!(live(store, "one", store.now()).await, None);

        let second = ask(store, "ada@example.com").await;
        assert_eq!(live(store, "two", store.now()).await, Some(ada.clone()), "until the newer mail is written");
        assert!(write(store, &second, &ada, "three").await);
        assert_eq!(live(store, "two", store.now()).await, None);
        assert!(!write(store, &first, &ada, "four").await, "it is void");
        assert_eq!(live(store, "three", store.now()).await, Some(ada));
        assert_eq!(live(store, "three", store.now().plus(HOUR)).await, None, "it ended");
        assert_eq!(live(store, "other", store.now()).await, Some(eve));
    }
}

db_test! {
    async fn a_newer_request_takes_the_place_of_one_that_waits(store: &Store) {
        let (first, other) = (ask(store, "ada@example.com").await, ask(store, "eve@example.com").await);
        let second = ask(store, "ada@example.com").await;
        assert_eq!(asked(store, &first).await, None);
        assert!(asked(store, &second).await.is_some() && asked(store, &other).await.is_some());
        password_resets::delete(store.db(), &second).await.unwrap();
        assert!(asked(store, &second).await.is_none() && asked(store, &other).await.is_some());
    }
}

db_test! {
    async fn a_link_sets_the_password_of_its_person_once(store: &Store) {
        let ((tenant, ada), (foreign, eve)) = (store.tenant("ada").await, store.tenant("eve").await);
        let (own, other) = (ask(store, "ada@example.com").await, ask(store, "eve@example.com").await);
        assert!(write(store, &own, &ada, "one").await && write(store, &other, &eve, "other").await);
        let (before, later) = (stands(store, &ada).await, store.now().plus(MINUTE));
        assert!(!set(store, &eve, Some("one"), later).await, "another person's");
        assert!(!set(store, &ada, Some("none"), later).await);
        assert!(!set(store, &ada, Some("one"), store.now().plus(HOUR)).await, "it ended");
        assert_eq!((stands(store, &ada).await, stands(store, &eve).await), (before.clone(), before.clone()));
        assert_eq!((entries(store, &tenant).await, entries(store, &foreign).await), (1, 1));
        assert_eq!(jobs::count_unfinished_across_tenants(store.db()).await.unwrap(), 2);

        assert!(set(store, &ada, Some("one"), later).await);
        let millis = later.as_millis();
        assert_eq!(stands(store, &ada).await, ("$argon2id$new".into(), millis, Some(millis)));
        assert_eq!(jobs::count_unfinished_across_tenants(store.db()).await.unwrap(), 3, "who tells the person");
        assert!(!set(store, &ada, Some("one"), later).await, "once");
        assert_eq!(stands(store, &eve).await, before);
        assert_eq!(live(store, "other", later).await, Some(eve));
        assert_eq!((entries(store, &tenant).await, entries(store, &foreign).await), (2, 1));
    }
}

db_test! {
    async fn a_password_set_by_other_proof_voids_links_and_requests(store: &Store) {
        let ada = store.user("ada").await;
        let written = ask(store, "ada@example.com").await;
        assert!(write(store, &written, &ada, "one").await);
        let (waiting, other) = (ask(store, "ada@example.com").await, ask(store, "eve@example.com").await);
        assert!(set(store, &ada, None, store.now()).await);
        assert_eq!(live(store, "one", store.now()).await, None);
        assert!(asked(store, &waiting).await.is_none() && asked(store, &other).await.is_some());
        assert!(!write(store, &waiting, &ada, "two").await, "no mail is written any more");
        assert!(!set(store, &UserId::new(&store.ids), None, store.now()).await, "nobody");
    }
}

db_test! {
    async fn two_who_use_one_link_at_once_are_one(store: &Store) {
        let (_, ada) = store.tenant("ada").await;
        let id = ask(store, "ada@example.com").await;
        assert!(write(store, &id, &ada, "one").await);
        let use_it = || set(store, &ada, Some("one"), store.now());
        let (one, two) = tokio::join!(use_it(), use_it());
        assert!(one != two, "{one} {two}");
    }
}

db_test! {
    async fn what_is_old_is_swept(store: &Store) {
        let (id, later) = (ask(store, "ada@example.com").await, store.now().plus(MINUTE));
        assert_eq!(password_resets::delete_before(store.db(), store.now()).await.unwrap(), 0);
        assert_eq!(password_resets::delete_before(store.db(), later).await.unwrap(), 1);
        assert_eq!(asked(store, &id).await, None);
    }
}
