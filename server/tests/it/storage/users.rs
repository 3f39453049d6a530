use server::{
    db::{
        memberships, tenants,
        users::{self, NewUser},
    },
    ids::{TenantId, UserId},
};

use crate::support::{SAID, Store};

fn new_user<'a>(id: &'a UserId, email: &'a str) -> NewUser<'a> {
    NewUser { id, email, name: "Ada", password_hash: "$argon2id$one", operator: false }
}

db_test! {
    async fn a_person_is_found_by_id_and_by_address(store: &Store) {
        let id = store.user("ada").await;
        let by_id = users::get(store.db(), &id).await.unwrap().unwrap();
        let by_email = users::find_by_email(store.db(), "ada@example.com").await.unwrap().unwrap();
        assert_eq!(by_id.id, by_email.id);
        assert_eq!((by_id.name.as_str(), by_id.operator), ("ada", false));
        assert_eq!(by_id.sessions_valid_from, store.now().as_millis());
        assert!(users::get(store.db(), &UserId::new(&store.ids)).await.unwrap().is_none());
        assert!(users::find_by_email(store.db(), "eve@example.com").await.unwrap().is_none());
    }
}

db_test! {
    async fn an_address_has_one_account(store: &Store) {
        let (first, second) = (UserId::new(&store.ids), UserId::new(&store.ids));
        assert!(users::insert(store.db(), &new_user(&first, "a@example.com"), store.now()).await.unwrap());
        assert!(!users::insert(store.db(), &new_user(&second, "a@example.com"), store.now()).await.unwrap());
        assert!(users::get(store.db(), &second).await.unwrap().is_none());

        let tenant = TenantId::new(&store.ids);
        let new = new_user(&second, "a@example.com");
        assert!(!users::insert_with_tenant(store.db(), &new, &tenant, "Café", &SAID, store.now()).await.unwrap());
        assert!(tenants::get(store.db(), &tenant).await.unwrap().is_none(), "the tenant was not half made");
    }
}

db_test! {
    async fn a_tenant_begins_with_its_owner(store: &Store) {
        let (tenant, user) = store.tenant("ada").await;
        let memberships = memberships::list_by_user_across_tenants(store.db(), &user).await.unwrap();
        assert_eq!(memberships.len(), 1);
        assert_eq!((&memberships[0].tenant_id, memberships[0].role), (&tenant, memberships::Role::Owner));
    }
}

db_test! {
    async fn an_operator_is_marked_as_one(store: &Store) {
        let id = UserId::new(&store.ids);
        let new = NewUser { operator: true, ..new_user(&id, "op@example.com") };
        assert!(users::insert(store.db(), &new, store.now()).await.unwrap());
        assert!(users::get(store.db(), &id).await.unwrap().unwrap().operator);
    }
}

db_test! {
    async fn changes_touch_one_person(store: &Store) {
        let (ada, bob) = (store.user("ada").await, store.user("bob").await);
        let later = store.now().plus(std::time::Duration::from_secs(5));
        users::update_name(store.db(), &ada, "Ada L.").await.unwrap();
        let changed = users::get(store.db(), &ada).await.unwrap().unwrap();
        assert_eq!((changed.name.as_str(), changed.sessions_valid_from), ("Ada L.", store.now().as_millis()));

        users::update_sessions_valid_from(store.db(), &ada, later).await.unwrap();
        let changed = users::get(store.db(), &ada).await.unwrap().unwrap();
        assert_eq!(changed.sessions_valid_from, later.as_millis());
        assert_eq!((changed.password_hash.as_str(), changed.password_changed_at), ("$argon2id$", None));

        let other = users::get(store.db(), &bob).await.unwrap().unwrap();
        assert_eq!((other.name.as_str(), other.password_hash.as_str()), ("bob", "$argon2id$"));
        assert_eq!(other.sessions_valid_from, store.now().as_millis());
    }
}
