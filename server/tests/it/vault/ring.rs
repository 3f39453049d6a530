use secrecy::{ExposeSecret as _, SecretString};
use server::{
    entropy::Entropy,
    vault::{KeyRing, KeyRingError, Vault},
};

const BYTES: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn parse(text: &str) -> Result<Vec<String>, KeyRingError> {
    let ring = KeyRing::parse(&SecretString::from(text.to_owned()))?;
    Ok(Vault::new(ring, Entropy::seeded(1)).key_ids().map(str::to_owned).collect())
}

#[test]
fn a_ring_names_its_keys_in_order() {
    assert_eq!(parse(BYTES).unwrap(), ["k1"]);
    assert_eq!(parse(&format!("2026b:{BYTES}, 2026a:{BYTES},")).unwrap(), ["2026b", "2026a"]);
    assert_eq!(parse(&format!("a:{}", BYTES.trim_end_matches('='))).unwrap(), ["a"], "without padding");
    assert_eq!(parse(&format!("a:{}__8=", &BYTES[..40])).unwrap(), ["a"], "base64 for addresses");
}

#[test]
fn what_is_wrong_is_told_by_position() {
    assert_eq!(parse(""), Err(KeyRingError::Empty));
    assert_eq!(parse(" , ,"), Err(KeyRingError::Empty));
    assert_eq!(parse("canary"), Err(KeyRingError::BadKey(1)));
    assert_eq!(parse(&format!("a:{BYTES},b:canary")), Err(KeyRingError::BadKey(2)));
    assert_eq!(parse("a:AAAA"), Err(KeyRingError::BadKey(1)), "too short");
    assert_eq!(parse(&format!("a:AAAA{BYTES}")), Err(KeyRingError::BadKey(1)), "too long");
    assert_eq!(parse(&format!(":{BYTES}")), Err(KeyRingError::BadId(1)));
    assert_eq!(parse(&format!("a b:{BYTES}")), Err(KeyRingError::BadId(1)));
    assert_eq!(parse(&format!("a.b:{BYTES}")), Err(KeyRingError::BadId(1)), "a dot would split the sealed value");
    assert_eq!(parse(&format!("{}:{BYTES}", "a".repeat(33))), Err(KeyRingError::BadId(1)));
    assert_eq!(parse(&format!("a:{BYTES},a:{BYTES}")), Err(KeyRingError::DuplicateId("a".into())));
    assert_eq!(parse(&format!("{BYTES},{BYTES}")), Err(KeyRingError::DuplicateId("k1".into())));
}

#[test]
fn errors_and_debug_never_hold_the_key() {
    for text in ["a:Y2FuYXJ5", "Y2FuYXJ5", "a:Y2FuYXJ5,b:Y2FuYXJ5"] {
        let error = parse(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Y2FuYXJ5"));
    }
    let ring = KeyRing::parse(&SecretString::from(crate::support::KEY.to_owned())).unwrap();
    assert_eq!(format!("{ring:?}"), r#"["k1"]"#);
}

#[test]
fn a_generated_key_is_a_ring_of_its_own() {
    let entropy = Entropy::seeded(1);
    let (one, two) = (KeyRing::generate("a", &entropy), KeyRing::generate("b", &entropy));
    assert_ne!(one.expose_secret(), two.expose_secret());
    let ring = format!("{},{}", one.expose_secret(), two.expose_secret());
    assert_eq!(parse(&ring).unwrap(), ["a", "b"]);
}
