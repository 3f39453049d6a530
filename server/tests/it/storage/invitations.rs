use std::time::Duration;

use server::{
    clock::Timestamp,
    db::{
        invitations::{self, NewInvitation},
        memberships::{self, Role},
    },
    ids::{InvitationId, TenantId, UserId},
};

use crate::support::{SAID, Store};

const DAY: Duration = Duration::from_secs(86_400);

async fn invite(store: &Store, (tenant, by): &(TenantId, UserId), email: &str, hash: &str) -> InvitationId {
    let id = InvitationId::new(&store.ids);
    let expires_at = store.now().plus(DAY);
    let new = NewInvitation { id: &id, email, role: Role::Agent, token_hash: hash, created_by: by, expires_at };
    invitations::insert(store.db(), tenant, &new, &SAID, store.now()).await.unwrap();
    id
}

async fn open(store: &Store, tenant: &TenantId, at: Timestamp) -> Vec<String> {
    let open = invitations::list_open(store.db(), tenant, at).await.unwrap();
    open.into_iter().map(|invitation| invitation.email).collect()
}

db_test! {
    async fn an_open_invitation_is_listed_and_found_by_its_secret(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let id = invite(store, &ada, "bob@example.com", "hash").await;
        let found = invitations::find_open_by_token_across_tenants(store.db(), "hash", store.now()).await.unwrap();
        let found = found.unwrap();
        assert_eq!((&found.id, &found.tenant_id, found.tenant_name.as_str()), (&id, &ada.0, "ada"));
        assert_eq!((found.email.as_str(), found.role), ("bob@example.com", Role::Agent));
        assert!(invitations::find_open_by_token_across_tenants(store.db(), "hush", store.now()).await.unwrap().is_none());
        assert_eq!(open(store, &ada.0, store.now()).await, ["bob@example.com"]);
        assert!(open(store, &eve.0, store.now()).await.is_empty());
    }
}

db_test! {
    async fn it_ends_with_time_and_with_a_newer_one(store: &Store) {
        let ada = store.tenant("ada").await;
        invite(store, &ada, "bob@example.com", "old").await;
        invite(store, &ada, "bob@example.com", "new").await;
        invite(store, &ada, "cid@example.com", "other").await;
        let find = |hash: &'static str, at| invitations::find_open_by_token_across_tenants(store.db(), hash, at);
        assert!(find("old", store.now()).await.unwrap().is_none());
        assert!(find("new", store.now()).await.unwrap().is_some());
        assert!(find("other", store.now()).await.unwrap().is_some());
        assert!(find("new", store.now().plus(DAY)).await.unwrap().is_none());
        assert!(open(store, &ada.0, store.now().plus(DAY)).await.is_empty());
    }
}

db_test! {
    async fn accepting_joins_once(store: &Store) {
        let ada = store.tenant("ada").await;
        let (bob, cid) = (store.user("bob").await, store.user("cid").await);
        let id = invite(store, &ada, "bob@example.com", "hash").await;
        assert!(invitations::mark_accepted(store.db(), &ada.0, &id, &bob, &SAID, store.now()).await.unwrap());
        assert!(!invitations::mark_accepted(store.db(), &ada.0, &id, &cid, &SAID, store.now()).await.unwrap());
        let members = memberships::list(store.db(), &ada.0).await.unwrap();
        let members: Vec<_> = members.iter().map(|m| (m.name.as_str(), m.role, m.created_at)).collect();
        let now = store.now().as_millis();
        assert_eq!(members, [("ada", Role::Owner, now), ("bob", Role::Agent, now)]);
    }
}

db_test! {
    async fn accepting_too_late_or_after_it_was_revoked_changes_nothing(store: &Store) {
        let ada = store.tenant("ada").await;
        let bob = store.user("bob").await;
        let late = invite(store, &ada, "bob@example.com", "late").await;
        assert!(!invitations::mark_accepted(store.db(), &ada.0, &late, &bob, &SAID, store.now().plus(DAY)).await.unwrap());
        assert!(invitations::mark_revoked(store.db(), &ada.0, &late, &SAID, store.now()).await.unwrap());
        assert!(!invitations::mark_revoked(store.db(), &ada.0, &late, &SAID, store.now()).await.unwrap(), "once");
        assert!(!invitations::mark_accepted(store.db(), &ada.0, &late, &bob, &SAID, store.now()).await.unwrap());
        assert_eq!(memberships::list(store.db(), &ada.0).await.unwrap().len(), 1);
    }
}

db_test! {
    async fn a_member_who_accepts_again_keeps_their_role(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = invite(store, &ada, "ada@example.com", "hash").await;
        assert!(invitations::mark_accepted(store.db(), &ada.0, &id, &ada.1, &SAID, store.now()).await.unwrap());
        assert_eq!(memberships::list(store.db(), &ada.0).await.unwrap()[0].role, Role::Owner);
    }
}

db_test! {
    async fn another_tenant_neither_accepts_nor_revokes_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let (foreign, eve) = store.tenant("eve").await;
        let id = invite(store, &ada, "bob@example.com", "hash").await;
        assert!(!invitations::mark_accepted(store.db(), &foreign, &id, &eve, &SAID, store.now()).await.unwrap());
        assert!(!invitations::mark_revoked(store.db(), &foreign, &id, &SAID, store.now()).await.unwrap());
        assert_eq!(open(store, &ada.0, store.now()).await, ["bob@example.com"]);
        assert_eq!(memberships::list(store.db(), &ada.0).await.unwrap().len(), 1);
        assert_eq!(memberships::list(store.db(), &foreign).await.unwrap().len(), 1);
    }
}
