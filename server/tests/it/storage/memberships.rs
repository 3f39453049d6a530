use server::{
    db::memberships::{self, MemberChange, Role},
    ids::{TenantId, UserId},
};

use crate::support::{SAID, Store};

async fn join(store: &Store, tenant: &TenantId, user: &UserId, role: &str) {
    let sql = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{tenant}', '{user}', '{role}', 1)"
    );
    store.storage.tamper(&sql).await;
}

async fn roles(store: &Store, tenant: &TenantId) -> Vec<(String, Role)> {
    let members = memberships::list(store.db(), tenant).await.unwrap();
    members.into_iter().map(|member| (member.name, member.role)).collect()
}

db_test! {
    async fn people_are_listed_by_name_and_by_tenant(store: &Store) {
        let (brasa, zoe) = store.tenant("zoe").await;
        let (asado, _) = store.tenant("eve").await;
        let ada = store.user("ada").await;
        join(store, &brasa, &ada, "agent").await;
        assert_eq!(roles(store, &brasa).await, [("ada".into(), Role::Agent), ("zoe".into(), Role::Owner)]);
        assert_eq!(roles(store, &asado).await, [("eve".into(), Role::Owner)]);

        join(store, &asado, &zoe, "admin").await;
        let mine = memberships::list_by_user_across_tenants(store.db(), &zoe).await.unwrap();
        let mine: Vec<_> = mine.iter().map(|m| (m.tenant_name.as_str(), m.role)).collect();
        assert_eq!(mine, [("eve", Role::Admin), ("zoe", Role::Owner)]);
    }
}

db_test! {
    async fn the_last_owner_stays(store: &Store) {
        let (tenant, owner) = store.tenant("ada").await;
        let db = store.db();
        let agent = store.user("bob").await;
        join(store, &tenant, &agent, "agent").await;
        assert_eq!(memberships::delete(db, &tenant, &owner, &SAID, store.now()).await.unwrap(), MemberChange::LastOwner);
        assert_eq!(memberships::update_role(db, &tenant, &owner, Role::Admin, &SAID, store.now()).await.unwrap(), MemberChange::LastOwner);
        assert_eq!(memberships::update_role(db, &tenant, &owner, Role::Owner, &SAID, store.now()).await.unwrap(), MemberChange::Done);
        assert_eq!(memberships::update_role(db, &tenant, &agent, Role::Owner, &SAID, store.now()).await.unwrap(), MemberChange::Done);
        assert_eq!(memberships::update_role(db, &tenant, &owner, Role::Agent, &SAID, store.now()).await.unwrap(), MemberChange::Done);
        assert_eq!(memberships::delete(db, &tenant, &owner, &SAID, store.now()).await.unwrap(), MemberChange::Done);
        assert_eq!(memberships::delete(db, &tenant, &agent, &SAID, store.now()).await.unwrap(), MemberChange::LastOwner);
        assert_eq!(roles(store, &tenant).await, [("bob".into(), Role::Owner)]);
    }
}

db_test! {
    async fn two_owners_who_leave_at_once_leave_one_behind(store: &Store) {
        let (tenant, ada) = store.tenant("ada").await;
        let bob = store.user("bob").await;
        join(store, &tenant, &bob, "owner").await;
        let (first, second) = tokio::join!(
            memberships::delete(store.db(), &tenant, &ada, &SAID, store.now()),
            memberships::delete(store.db(), &tenant, &bob, &SAID, store.now()),
        );
        let mut changes = [first.unwrap(), second.unwrap()].map(|change| format!("{change:?}"));
        changes.sort();
        assert_eq!(changes, ["Done", "LastOwner"]);
        assert_eq!(roles(store, &tenant).await.len(), 1);
    }
}

db_test! {
    async fn another_tenants_member_is_no_member(store: &Store) {
        let (_, ada) = store.tenant("ada").await;
        let (foreign, _) = store.tenant("eve").await;
        let db = store.db();
        assert_eq!(memberships::update_role(db, &foreign, &ada, Role::Agent, &SAID, store.now()).await.unwrap(), MemberChange::NoSuchMember);
        assert_eq!(memberships::delete(db, &foreign, &ada, &SAID, store.now()).await.unwrap(), MemberChange::NoSuchMember);
        let mine = memberships::list_by_user_across_tenants(db, &ada).await.unwrap();
        assert_eq!(mine[0].role, Role::Owner);
    }
}
