//! People who write to businesses, and the different ids Meta gives each of them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Somebody who writes to businesses on Messenger, Instagram or WhatsApp.
///
/// Their ids differ from one business to the next, as Meta scopes them; they are derived from the customer's own id, the same
/// every time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Short name of the simulator's own, e.g. `amara`; no id of Meta's.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Handle on Instagram and, when set, WhatsApp user name.
    #[serde(default)]
    pub username: Option<String>,
    /// WhatsApp number: country code and digits, no plus sign.
    pub phone: String,
    /// WhatsApp shows businesses the BSUID instead of the number (Meta reference §7.6.4).
    #[serde(default)]
    pub hides_phone: bool,
    /// Cannot be reached: sends answer 551 on Messenger and Instagram and fail with 131026 on WhatsApp.
    #[serde(default)]
    pub unreachable: bool,
}

impl Customer {
    /// The customers every built-in world has.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        let person = |id: &str, name: &str, username: &str, phone: &str| Self {
            id: id.into(),
            name: name.into(),
            username: Some(username.into()),
            phone: phone.into(),
            hides_phone: false,
            unreachable: false,
        };
        vec![
            person("amara", "Amara Núñez", "amara.nz", "34611555001"),
            person("jonas", "Jonas Lindqvist", "jonas_l", "46701555002"),
            person("yuki", "雪 Yuki 🌿", "yuki.leaf", "819055550003"),
            Self { hides_phone: true, ..person("nadia", "نادية Nadia", "nadia.q", "971505550004") },
        ]
    }

    /// A number that belongs to nobody.
    pub(crate) fn nobody() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            username: None,
            phone: String::new(),
            hides_phone: false,
            unreachable: true,
        }
    }

    /// Page-scoped id, PSID.
    #[must_use]
    pub fn psid(&self, page: &str) -> String {
        digits(&format!("psid:{page}:{}", self.id), 16)
    }

    /// Instagram-scoped id, IGSID.
    #[must_use]
    pub fn igsid(&self, account: &str) -> String {
        digits(&format!("igsid:{account}:{}", self.id), 16)
    }

    /// Business-scoped user id, BSUID: one per portfolio (Meta reference §7.6.4).
    #[must_use]
    pub fn bsuid(&self, portfolio: &str) -> String {
        format!("{}.{}", country(&self.phone), digits(&format!("bsuid:{portfolio}:{}", self.phone), 20))
    }
}

/// Country of a number, for the few the built-in customers come from.
fn country(phone: &str) -> &'static str {
    match phone.get(..2) {
        Some("34") => "ES",
        Some("46") => "SE",
        Some("81") => "JP",
        Some("97") => "AE",
        _ => "US",
    }
}

/// Decimal digits that depend on the text, the first never zero.
fn digits(text: &str, count: usize) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let mut digits: String = hash.iter().take(count).map(|byte| char::from(b'0' + byte % 10)).collect();
    let first = char::from(b'1' + hash[31] % 9);
    digits.replace_range(..1, &first.to_string());
    digits
}
