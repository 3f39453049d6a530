//! The signature headers of a delivery (Meta reference §7.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::Sha256;

/// How a delivery is signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// With the app's secret, as Meta does.
    #[default]
    Right,
    /// With another secret, as a forger would.
    Secret(String),
    /// This header as it is.
    Header(String),
    /// No header at all.
    Missing,
}

impl Signature {
    /// The headers over exactly these bytes; the older SHA-1 one when asked for.
    pub(crate) fn headers(&self, app_secret: &str, body: &[u8], sha1: bool) -> Vec<(&'static str, String)> {
        let secret = match self {
            Self::Right => app_secret,
            Self::Secret(secret) => secret,
            Self::Header(header) => return vec![("X-Hub-Signature-256", header.clone())],
            Self::Missing => return Vec::new(),
        };
        let mut headers = Vec::new();
        // HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
            mac.update(body);
            headers.push(("X-Hub-Signature-256", format!("sha256={}", hex::encode(mac.finalize().into_bytes()))));
        }
        if sha1 && let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) {
            mac.update(body);
            headers.push(("X-Hub-Signature", format!("sha1={}", hex::encode(mac.finalize().into_bytes()))));
        }
        headers
    }
}
