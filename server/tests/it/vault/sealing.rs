use proptest::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use server::{
    entropy::Entropy,
    vault::{KeyRing, Place, Sealed, Vault, VaultError},
};

use crate::support::KEY;

const OTHER_KEY: &str = "k2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn vault(ring: &str) -> Vault {
    Vault::new(KeyRing::parse(&SecretString::from(ring.to_owned())).unwrap(), Entropy::seeded(1))
}

fn place(tenant: &'static str, row: &'static str) -> Place<'static> {
    Place { tenant, purpose: "credential", row }
}

fn seal(vault: &Vault, secret: &str) -> Sealed {
    vault.seal(place("ten_1", "crd_1"), &SecretString::from(secret.to_owned())).unwrap()
}

fn stored(sealed: &Sealed) -> String {
    format!("{sealed:?}").split('"').nth(1).unwrap().to_owned()
}

#[test]
fn what_was_sealed_opens_where_it_belongs_and_nowhere_else() {
    let vault = vault(KEY);
    let sealed = seal(&vault, "EAAcanary");
    assert_eq!(vault.open(place("ten_1", "crd_1"), &sealed).unwrap().expose_secret(), "EAAcanary");
    assert_eq!(sealed.key_id(), "k1");
    let elsewhere = [
        place("ten_2", "crd_1"),
        place("ten_1", "crd_2"),
        place("ten_1c", "rd_1"),
        Place { purpose: "invitation", ..place("ten_1", "crd_1") },
    ];
    for wrong in elsewhere {
        assert_eq!(vault.open(wrong, &sealed).unwrap_err(), VaultError::NotAuthentic, "{wrong:?}");
    }
}

#[test]
fn equal_secrets_look_different_and_show_nothing() {
    let vault = vault(KEY);
    let (one, two) = (seal(&vault, "EAAcanary"), seal(&vault, "EAAcanary"));
    assert_ne!(one, two);
    assert!(!stored(&one).contains("EAAcanary"));
}

#[test]
fn another_key_opens_nothing() {
    let sealed = seal(&vault(KEY), "EAAcanary");
    let stranger = vault(OTHER_KEY);
    assert_eq!(stranger.open(place("ten_1", "crd_1"), &sealed).unwrap_err(), VaultError::UnknownKey("k1".into()));
    let namesake = vault("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assert_eq!(namesake.open(place("ten_1", "crd_1"), &sealed).unwrap_err(), VaultError::NotAuthentic);
    let both = vault(&format!("{OTHER_KEY},{KEY}"));
    assert_eq!(both.open(place("ten_1", "crd_1"), &sealed).unwrap().expose_secret(), "EAAcanary");
    assert_eq!(seal(&both, "x").key_id(), "k2", "the first key seals");
}

#[test]
fn an_empty_secret_is_one() {
    let vault = vault(KEY);
    let sealed = seal(&vault, "");
    assert_eq!(vault.open(place("ten_1", "crd_1"), &sealed).unwrap().expose_secret(), "");
}

proptest! {
    #[test]
    fn any_secret_comes_back_as_it_was(secret in ".*") {
        let vault = vault(KEY);
        let sealed = seal(&vault, &secret);
        let opened = vault.open(place("ten_1", "crd_1"), &sealed).unwrap();
        prop_assert_eq!(opened.expose_secret(), secret);
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text in ".*") {
        let sealed = Sealed::from_stored(text);
        let _ = sealed.key_id();
        prop_assert!(vault(KEY).open(place("ten_1", "crd_1"), &sealed).is_err());
    }

    #[test]
    fn any_text_of_the_right_form_is_refused(version in "v[0-9]", key in "[a-z0-9]{0,3}|k1", body in "[A-Za-z0-9_-]{0,80}", tail in "(\\..*)?") {
        let sealed = Sealed::from_stored(format!("{version}.{key}.{body}{tail}"));
        prop_assert!(vault(KEY).open(place("ten_1", "crd_1"), &sealed).is_err());
    }

    #[test]
    fn one_changed_character_spoils_it(position in 0usize..1000, replacement in "[A-Za-z0-9_.-]") {
        let vault = vault(KEY);
        let text = stored(&seal(&vault, "EAAcanary"));
        let position = position % text.len();
        let mut changed = text.clone();
        changed.replace_range(position..=position, &replacement);
        prop_assume!(changed != text);
        prop_assert!(vault.open(place("ten_1", "crd_1"), &Sealed::from_stored(changed)).is_err());
    }
}
