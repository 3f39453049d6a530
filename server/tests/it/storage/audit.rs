use server::{
    db::audit::{self, AuditFilter, ChainKey, NewAuditEntry, Said},
    ids::{TenantId, UserId},
};

use crate::support::{CHAIN_KEY, Store};

async fn write(store: &Store, tenant: &TenantId, user: Option<&UserId>, action: &str) {
    let entry = NewAuditEntry { actor_id: user, actor_name: "Ada", action, target: "the Page" };
    audit::insert(store.db(), tenant, &Said { key: &CHAIN_KEY, entry }, store.now()).await.unwrap();
}

async fn actions(store: &Store, tenant: &TenantId, before: Option<i64>, limit: i64) -> Vec<String> {
    let filter = AuditFilter { before, ..AuditFilter::default() };
    let entries = audit::list(store.db(), tenant, &filter, limit).await.unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

/// Three entries of one tenant after that of its beginning, and one of another.
async fn three(store: &Store) -> TenantId {
    let (tenant, ada) = store.tenant("ada").await;
    let (other, eve) = store.tenant("eve").await;
    write(store, &tenant, Some(&ada), "one").await;
    write(store, &other, Some(&eve), "foreign").await;
    write(store, &tenant, None, "two").await;
    write(store, &tenant, Some(&ada), "three").await;
    assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), None);
    assert_eq!(audit::find_break(store.db(), &other, &CHAIN_KEY).await.unwrap(), None);
    tenant
}

db_test! {
    async fn entries_are_listed_newest_first_in_pages_of_one_tenant(store: &Store) {
        let tenant = three(store).await;
        assert_eq!(actions(store, &tenant, None, 2).await, ["three", "two"]);
        assert_eq!(actions(store, &tenant, Some(3), 1).await, ["one"]);
        let all = audit::list(store.db(), &tenant, &AuditFilter::default(), 10).await.unwrap();
        assert_eq!(all.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [4, 3, 2, 1]);
        assert_eq!(all[1].actor_id, None);
        assert_eq!((all[0].actor_name.as_str(), all[0].at), ("Ada", store.now().as_millis()));
    }
}

db_test! {
    async fn an_empty_log_holds(store: &Store) {
        let (tenant, _) = store.tenant("ada").await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), None);
    }
}

db_test! {
    async fn entries_at_once_make_one_chain(store: &Store) {
        let (tenant, ada) = store.tenant("ada").await;
        futures::future::join_all((0..8).map(|_| write(store, &tenant, Some(&ada), "at once"))).await;
        assert_eq!(audit::list(store.db(), &tenant, &AuditFilter::default(), 10).await.unwrap().len(), 9);
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), None);
    }
}

db_test! {
    async fn a_changed_entry_breaks_the_chain_where_it_stands(store: &Store) {
        let tenant = three(store).await;
        for column in ["action", "actor_name", "target"] {
            let set = |to: &str| format!("UPDATE audit_log SET {column} = '{to}' WHERE tenant_id = '{tenant}' AND seq = 2");
            let old = store.storage.texts(&format!("SELECT {column} FROM audit_log WHERE tenant_id = '{tenant}' AND seq = 2")).await;
            store.storage.tamper(&set("forged")).await;
            assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(2), "{column}");
            store.storage.tamper(&set(&old[0])).await;
        }
        store.storage.tamper(&format!("UPDATE audit_log SET at = at + 1 WHERE tenant_id = '{tenant}' AND seq = 3")).await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(3));
    }
}

db_test! {
    async fn a_removed_entry_breaks_the_chain_where_it_stood(store: &Store) {
        let tenant = three(store).await;
        store.storage.tamper(&format!("DELETE FROM audit_log WHERE tenant_id = '{tenant}' AND seq = 1")).await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(1));
    }
}

db_test! {
    async fn a_removed_end_breaks_the_chain(store: &Store) {
        let tenant = three(store).await;
        store.storage.tamper(&format!("DELETE FROM audit_log WHERE tenant_id = '{tenant}' AND seq = 3")).await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(3));
        store.storage.tamper(&format!("DELETE FROM audit_heads WHERE tenant_id = '{tenant}'")).await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(3), "a head that went with it");
    }
}

db_test! {
    async fn a_chain_longer_than_a_page_holds(store: &Store) {
        let (tenant, _) = store.tenant("ada").await;
        for _ in 0..1001 {
            write(store, &tenant, None, "again").await;
        }
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), None);
        store.storage.tamper("UPDATE audit_log SET target = 'forged' WHERE seq = 1001").await;
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(1001));
    }
}

db_test! {
    async fn a_chain_made_anew_without_the_key_does_not_hold(store: &Store) {
        let tenant = three(store).await;
        assert_eq!(audit::find_break(store.db(), &tenant, &ChainKey::new([8; 32])).await.unwrap(), Some(1));
        // Whoever may write the tables writes the whole log again, as well as they can.
        store.storage.tamper(&format!("DELETE FROM audit_log WHERE tenant_id = '{tenant}'")).await;
        store.storage.tamper(&format!("DELETE FROM audit_heads WHERE tenant_id = '{tenant}'")).await;
        let forged = NewAuditEntry { actor_id: None, actor_name: "Eve", action: "one", target: "" };
        let forged = Said { key: &ChainKey::new([8; 32]), entry: forged };
        audit::insert(store.db(), &tenant, &forged, store.now()).await.unwrap();
        assert_eq!(audit::find_break(store.db(), &tenant, &CHAIN_KEY).await.unwrap(), Some(1));
    }
}

db_test! {
    async fn the_log_is_filtered_by_action_and_by_who_acted(store: &Store) {
        let tenant = three(store).await;
        let (actions, actors) = (audit::list_actions(store.db(), &tenant).await.unwrap(), audit::list_actors(store.db(), &tenant).await.unwrap());
        assert_eq!(actions, ["one", "test", "three", "two"]);
        assert_eq!(actors.len(), 3, "the person, who is none, and who made the tenant: {actors:?}");
        let nobody = AuditFilter { actor: Some("Ada".into()), ..AuditFilter::default() };
        let found = audit::list(store.db(), &tenant, &nobody, 10).await.unwrap();
        assert_eq!(found.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3]);
        let person = actors.iter().map(|(id, _)| id).find(|id| id.starts_with("usr_")).cloned();
        let third = AuditFilter { actor: person, action: Some("three".into()), before: None };
        let found = audit::list(store.db(), &tenant, &third, 10).await.unwrap();
        assert_eq!(found.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [4]);
        let earlier = AuditFilter { before: Some(4), ..third };
        assert!(audit::list(store.db(), &tenant, &earlier, 10).await.unwrap().is_empty());
    }
}
