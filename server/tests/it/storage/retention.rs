//! What is forgotten once it ended long ago, and what stays as a proof.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        asset_events, attempts,
        invitations::{self, NewInvitation},
        memberships::Role,
        set_up_links::{self, NewSetUpLink},
    },
    ids::{InvitationId, SetUpLinkId},
};

use crate::support::{SAID, Store};

const DAY: Duration = Duration::from_secs(86_400);

db_test! {
    async fn of_attempts_the_last_proof_of_each_connection_stays(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let cancelled = store.attempt(&ada).await;
        let mut became = Vec::new();
        for _ in 0..2 {
            let id = store.attempt(&ada).await;
            attempts::claim(store.db(), &ada.0, &id, store.now()).await.unwrap();
            attempts::mark_connected(store.db(), &ada.0, &id, &connection, store.now()).await.unwrap();
            became.push(id);
            store.clock.advance(Duration::from_secs(1));
        }
        let recent = store.attempt(&ada).await;
        store.storage.tamper(&format!("UPDATE connect_attempts SET phase = 'done' WHERE id <> '{cancelled}'")).await;
        store.storage.tamper(&format!("UPDATE connect_attempts SET phase = 'cancelled' WHERE id = '{cancelled}'")).await;
        let running = store.attempt(&ada).await;
        store.storage.tamper(&format!("UPDATE connect_attempts SET beat_at = beat_at - 1000000 WHERE id <> '{recent}'")).await;
        let moment = store.now().minus(Duration::from_secs(1));
        assert_eq!(attempts::delete_ended_across_tenants(store.db(), moment, 100).await.unwrap(), 2);
        let mut left = vec![became[1].to_string(), recent.to_string(), running.to_string()];
        left.sort();
        assert_eq!(store.storage.texts("SELECT id FROM connect_attempts ORDER BY id").await, left);
    }
}

db_test! {
    async fn invitations_and_links_go_some_time_after_their_end(store: &Store) {
        let ada = store.tenant("ada").await;
        for (n, days) in [(1, 1), (2, 5)] {
            let (hash, expires_at) = (format!("hash {n}"), store.now().plus(DAY * days));
            let (id, email) = (InvitationId::new(&store.ids), format!("stranger-{n}@example.com"));
            let new = NewInvitation { id: &id, email: &email, role: Role::Agent, token_hash: &hash, created_by: &ada.1, expires_at };
            invitations::insert(store.db(), &ada.0, &new, &SAID, store.now()).await.unwrap();
            let id = SetUpLinkId::new(&store.ids);
            let new = NewSetUpLink { id: &id, name: &email, token_hash: &hash, created_by: &ada.1, expires_at };
            set_up_links::insert(store.db(), &ada.0, &new, &SAID, store.now()).await.unwrap();
        }
        let moment = store.now().plus(DAY * 2);
        assert_eq!(invitations::delete_ended_across_tenants(store.db(), moment, 100).await.unwrap(), 1);
        assert_eq!(set_up_links::delete_ended_across_tenants(store.db(), moment, 100).await.unwrap(), 1);
        assert_eq!(store.storage.texts("SELECT email FROM invitations").await, ["stranger-2@example.com"]);
        assert_eq!(store.storage.texts("SELECT name FROM set_up_links").await, ["stranger-2@example.com"]);
    }
}

db_test! {
    async fn what_meta_said_outlives_the_body_that_it_was_in(store: &Store) {
        let (ada, _) = store.tenant("ada").await;
        for at in 1..=3 {
            let kind = AssetKind::FacebookPage.name();
            store.storage.tamper(&format!(
                "INSERT INTO asset_events (id, tenant_id, asset_kind, asset_meta_id, key, kind, at, sentence, raw, created_at)
                VALUES ('{at}', '{ada}', '{kind}', '7', '{at}', 'ratings', {at}, 'A review.', '{{}}', {at})"
            )).await;
        }
        let moment = server::clock::Timestamp::from_millis(3);
        let clear = async || asset_events::clear_raw_before_across_tenants(store.db(), moment, 1).await.unwrap();
        assert_eq!((clear().await, clear().await, clear().await), (1, 1, 0));
        assert_eq!(store.storage.texts("SELECT sentence || raw FROM asset_events ORDER BY at").await, ["A review.", "A review.", "A review.{}"]);
    }
}
