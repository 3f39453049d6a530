//! Whether the keys that are given open what the database holds.

use secrecy::SecretString;
use server::{
    config::{make_key_file, read_key_file},
    db::{connections, credentials::PURPOSE},
    entropy::Entropy,
    error::Error,
    ids::{CredentialId, TenantId, UserId},
    vault::{KeyRing, Place, Vault, check_keys, holds_sealed_values},
};

use crate::support::Store;

const OLD: &str = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const FALSE_OLD: &str = "old:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

fn vault(ring: &str) -> Vault {
    Vault::new(KeyRing::parse(&SecretString::from(ring.to_owned())).unwrap(), Entropy::seeded(3))
}

/// A connection of `who` with a Page token that `ring` sealed.
async fn token(store: &Store, who: &(TenantId, UserId), person: &str, ring: &str) {
    let connection = store.connection(who, person).await;
    let id = CredentialId::new(&store.ids);
    let place = Place { tenant: who.0.as_str(), purpose: PURPOSE, row: id.as_str() };
    let sealed = vault(ring).seal(place, &SecretString::from("token".to_owned())).unwrap();
    connections::upsert_page_tokens(store.db(), &who.0, &connection, &[(id, "1".into(), sealed)], store.now())
        .await
        .unwrap();
    // The person's own token in the store is not really sealed.
    store.storage.tamper("DELETE FROM credentials WHERE kind = 'user'").await;
}

async fn refusal(store: &Store, ring: &str) -> (String, String) {
    match check_keys(store.db(), &vault(ring)).await {
        Err(Error::Conflict(told)) => (told.code.to_string(), told.told(server::words::Language::En).what),
        other => panic!("{other:?}"),
    }
}

db_test! {
    async fn a_key_that_is_missing_or_wrong_is_named(store: &Store) {
        assert!(!holds_sealed_values(store.db()).await.unwrap());
        check_keys(store.db(), &vault(NEW)).await.unwrap();
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        token(store, &ada, "1", OLD).await;
        token(store, &eve, "2", NEW).await;
        assert!(holds_sealed_values(store.db()).await.unwrap());
        check_keys(store.db(), &vault(&format!("{NEW},{OLD}"))).await.unwrap();
        let (code, what) = refusal(store, NEW).await;
        assert_eq!((code.as_str(), what.as_str()), ("vault.key_missing", "The encryption key `old` is missing from the key ring."));
        let (code, what) = refusal(store, &format!("{NEW},{FALSE_OLD}")).await;
        assert_eq!((code.as_str(), what.as_str()), ("vault.key_wrong", "The encryption key `old` is wrong."));
    }
}

#[test]
fn no_two_generated_keys_have_one_name() {
    let entropy = Entropy::seeded(1);
    let folder = tempfile::tempdir().unwrap();
    let name = |file: &str| {
        let ring = make_key_file(&folder.path().join(file), &entropy).unwrap();
        vault(secrecy::ExposeSecret::expose_secret(&ring)).active_key_id().to_owned()
    };
    assert_ne!(name("one"), name("two"));
}

#[test]
fn a_key_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    assert!(read_key_file(&path).unwrap().is_none());
    std::fs::write(&path, OLD).unwrap();
    let read = make_key_file(&path, &Entropy::seeded(1)).unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&read), OLD);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), OLD);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
}
