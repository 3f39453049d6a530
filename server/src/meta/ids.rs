//! Meta's own identifiers: decimal texts, longer than 2^53, so never numbers (Meta reference §0.2).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The longest identifier that is taken for one; Meta's are at most 20 digits today.
const MAX_DIGITS: usize = 32;

/// A text that is not an identifier of Meta's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct InvalidMetaId {
    expected: &'static str,
}

fn digits(text: &str) -> bool {
    (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

macro_rules! meta_ids {
    ($($(#[$doc:meta])* $name:ident: $prefix:literal, $expected:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(try_from = "String", into = "String")]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as Meta writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidMetaId;
            fn from_str(text: &str) -> Result<Self, InvalidMetaId> {
                match text.strip_prefix($prefix) {
                    Some(rest) if digits(rest) => Ok(Self(text.to_owned())),
                    _ => Err(InvalidMetaId { expected: $expected }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidMetaId;
            fn try_from(text: String) -> Result<Self, InvalidMetaId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

meta_ids! {
    /// A Meta app, from its dashboard.
    AppId: "", "an App ID, which is digits only";
    /// A person or a system user, as one app sees them: another app knows the same person by another id.
    MetaUserId: "", "a Meta user id, which is digits only";
    /// A business portfolio.
    BusinessId: "", "a business portfolio id, which is digits only";
    /// A Facebook Page.
    PageId: "", "a Page id, which is digits only";
    /// An Instagram professional account.
    IgUserId: "", "an Instagram account id, which is digits only";
    /// A WhatsApp Business account.
    WabaId: "", "a WhatsApp Business account id, which is digits only";
    /// A WhatsApp phone number, not the number that people dial.
    PhoneNumberId: "", "a phone number id, which is digits only";
    /// An ad account, with its prefix `act_`.
    AdAccountId: "act_", "an ad account id: `act_` and digits";
}

impl AdAccountId {
    /// The identifier from either form that Meta uses, `act_123` or the bare `123` of `account_id` and of granular
    /// scopes.
    ///
    /// # Errors
    /// When `text` is neither.
    pub fn from_either(text: &str) -> Result<Self, InvalidMetaId> {
        if text.starts_with("act_") { text.parse() } else { format!("act_{text}").parse() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_digits_are_an_id() {
        assert_eq!("1353269864728879".parse::<PageId>().unwrap().as_str(), "1353269864728879");
        for wrong in ["", "12a", " 12", "12/34", "-1", "../me", &"9".repeat(33)] {
            assert!(wrong.parse::<PageId>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_ad_account_keeps_its_prefix() {
        assert!("123".parse::<AdAccountId>().is_err());
        assert!("act_".parse::<AdAccountId>().is_err());
        assert_eq!(AdAccountId::from_either("123").unwrap(), "act_123".parse().unwrap());
        assert_eq!(AdAccountId::from_either("act_123").unwrap(), "act_123".parse().unwrap());
    }

    #[test]
    fn json_is_validated() {
        assert!(serde_json::from_str::<WabaId>("\"12\"").is_ok());
        assert!(serde_json::from_str::<WabaId>("\"me\"").is_err());
        assert!(serde_json::from_str::<WabaId>("12").is_err());
    }
}
