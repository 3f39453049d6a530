//! Moving sealed values to another key while the product runs.

use secrecy::{ExposeSecret as _, SecretString};
use server::{
    db::{
        connections,
        credentials::{self, PURPOSE},
    },
    entropy::Entropy,
    ids::{ConnectionId, CredentialId, TenantId, UserId},
    vault::{KeyRing, Place, Rotation, Sealed, Vault, rotate},
};

use crate::support::Store;

const OLD: &str = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn vault(ring: &str) -> Vault {
    Vault::new(KeyRing::parse(&SecretString::from(ring.to_owned())).unwrap(), Entropy::seeded(3))
}

fn both() -> Vault {
    vault(&format!("{NEW},{OLD}"))
}

fn sealed(vault: &Vault, tenant: &TenantId, id: &CredentialId, secret: &str) -> Sealed {
    let place = Place { tenant: tenant.as_str(), purpose: PURPOSE, row: id.as_str() };
    vault.seal(place, &SecretString::from(secret.to_owned())).unwrap()
}

/// A connection with `count` Page tokens that the old key sealed; the token of Page n is `token-n`.
async fn old_tokens(store: &Store, who: &(TenantId, UserId), count: usize) -> ConnectionId {
    let connection = store.connection(who, "77").await;
    let old = vault(OLD);
    let tokens: Vec<_> = (0..count)
        .map(|n| {
            let id = CredentialId::new(&store.ids);
            let value = sealed(&old, &who.0, &id, &format!("token-{n}"));
            (id, n.to_string(), value)
        })
        .collect();
    connections::upsert_page_tokens(store.db(), &who.0, &connection, &tokens, store.now()).await.unwrap();
    // The person's own token in the store is not really sealed.
    store.storage.tamper("DELETE FROM credentials WHERE kind = 'user'").await;
    connection
}

async fn opened(store: &Store, vault: &Vault, tenant: &TenantId, connection: &ConnectionId) -> Vec<(String, String)> {
    let all = credentials::list(store.db(), tenant, connection).await.unwrap();
    let mut opened: Vec<_> = all
        .iter()
        .map(|row| {
            let place = Place { tenant: row.tenant_id.as_str(), purpose: PURPOSE, row: row.id.as_str() };
            (row.subject.clone(), vault.open(place, &row.sealed).unwrap().expose_secret().to_owned())
        })
        .collect();
    opened.sort_by_key(|(page, _)| page.parse::<usize>().unwrap());
    opened
}

db_test! {
    async fn every_value_of_every_tenant_moves_in_batches(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (hers, theirs) = (old_tokens(store, &ada, 450).await, old_tokens(store, &eve, 3).await);
        assert_eq!(rotate(store.db(), &both()).await.unwrap(), Rotation { moved: 453, unreadable: 0 });
        assert_eq!(credentials::count_by_key_across_tenants(store.db()).await.unwrap(), [("new".to_owned(), 453)]);
        let new = vault(NEW);
        let expected: Vec<_> = (0..450).map(|n| (n.to_string(), format!("token-{n}"))).collect();
        assert_eq!(opened(store, &new, &ada.0, &hers).await, expected);
        assert_eq!(opened(store, &new, &eve.0, &theirs).await.len(), 3);
        assert_eq!(rotate(store.db(), &both()).await.unwrap(), Rotation::default(), "once more is nothing");
    }
}

db_test! {
    async fn what_does_not_open_is_counted_and_stays(store: &Store) {
        let ada = store.tenant("ada").await;
        old_tokens(store, &ada, 3).await;
        store.storage.tamper("UPDATE credentials SET sealed = 'v1.lost.AAAA', key_id = 'lost' WHERE subject = '1'").await;
        assert_eq!(rotate(store.db(), &both()).await.unwrap(), Rotation { moved: 2, unreadable: 1 });
        assert_eq!(store.storage.texts("SELECT sealed FROM credentials WHERE subject = '1'").await, ["v1.lost.AAAA"]);
        assert_eq!(rotate(store.db(), &both()).await.unwrap(), Rotation { moved: 0, unreadable: 1 });
    }
}

db_test! {
    async fn two_rotations_at_once_move_each_value_once(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = old_tokens(store, &ada, 250).await;
        let (one, two) = (both(), both());
        let (first, second) = tokio::join!(rotate(store.db(), &one), rotate(store.db(), &two));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!((first.moved + second.moved, first.unreadable + second.unreadable), (250, 0));
        assert_eq!(opened(store, &vault(NEW), &ada.0, &connection).await.len(), 250);
    }
}

db_test! {
    async fn a_value_that_changes_meanwhile_is_not_overwritten(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = old_tokens(store, &ada, 300).await;
        let renewed: Vec<_> = (0..300)
            .map(|n| {
                let id = CredentialId::new(&store.ids);
                let value = sealed(&vault(OLD), &ada.0, &id, &format!("renewed-{n}"));
                (id, n.to_string(), value)
            })
            .collect();
        // A reconnect replaces every token while they are being moved: it may come before, between or after.
        let vault = both();
        let (rotation, replaced) = tokio::join!(
            rotate(store.db(), &vault),
            connections::upsert_page_tokens(store.db(), &ada.0, &connection, &renewed, store.now()),
        );
        replaced.unwrap();
        assert_eq!(rotation.unwrap().unreadable, 0);
        let expected: Vec<_> = (0..300).map(|n| (n.to_string(), format!("renewed-{n}"))).collect();
        assert_eq!(opened(store, &vault, &ada.0, &connection).await, expected);
        rotate(store.db(), &vault).await.unwrap();
        assert_eq!(opened(store, &self::vault(NEW), &ada.0, &connection).await, expected);
    }
}
