//! Tokens and the app they belong to: secrets that cannot be written down by accident.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{ids::AppId, version::GraphVersion};

/// An access token of Meta's: opaque, of any length. It has no `Serialize` and no `Display`, and its `Debug` tells
/// nothing; memory is wiped when it is dropped.
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// Wraps a token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(SecretString::from(token.into()))
    }

    /// The token itself, for the vault and for the request that carries it. Nothing else has a use for it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The first eight hexadecimal digits of the token's SHA-256: enough to see in a log that two tokens differ, useless
    /// to anyone else.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.expose().as_bytes());
        hex::encode(digest.get(..4).unwrap_or_default())
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(hidden)")
    }
}

impl<'de> Deserialize<'de> for AccessToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Which of Meta's logins an app's id and secret are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Product {
    /// Facebook Login, and the Graph API of Pages, WhatsApp and ads.
    Facebook,
    /// Instagram API with Instagram Login. It has an id and a secret of its own in the same Meta app.
    Instagram {
        /// Where the dialog's code is exchanged: `https://api.instagram.com`.
        token_url: Url,
    },
}

/// A Meta app as the client needs it. `Debug` hides the secret.
#[derive(Clone, Debug)]
pub struct MetaApp {
    /// Which login the id and the secret are for.
    pub product: Product,
    /// App ID.
    pub app_id: AppId,
    /// App secret.
    pub app_secret: SecretString,
    /// The version that calls name.
    pub graph_version: GraphVersion,
    /// Where the Graph API is, without a version: `https://graph.facebook.com`, or `https://graph.instagram.com`.
    pub graph_url: Url,
    /// Where the dialog is, without a version: `https://www.facebook.com`, or `https://www.instagram.com`.
    pub dialog_url: Url,
}

impl MetaApp {
    /// Whether the Graph API is Meta's own, and not something that stands in for it.
    pub fn is_meta(&self) -> bool {
        const HOSTS: [&str; 2] = ["facebook.com", "instagram.com"];
        let is_of =
            |host: &str, name: &str| host.strip_suffix(name).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        self.graph_url.host_str().is_some_and(|host| HOSTS.iter().any(|name| is_of(host, name)))
    }

    /// Whether this is Instagram Login's part of an app.
    pub fn is_instagram(&self) -> bool {
        matches!(self.product, Product::Instagram { .. })
    }

    /// The app access token, `APP_ID|APP_SECRET`, which speaks for the app itself (Meta reference §4.6).
    pub(super) fn app_token(&self) -> AccessToken {
        AccessToken::new(format!("{}|{}", self.app_id, self.app_secret.expose_secret()))
    }

    /// `appsecret_proof`: HMAC-SHA256 of exactly the token that travels with it, keyed by the app secret, in
    /// lower-case hexadecimal (Meta reference §4.7).
    pub(super) fn proof(&self, token: &AccessToken) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.app_secret.expose_secret().as_bytes()) else {
            // HMAC takes keys of any length, so there is no way here; Meta would refuse an empty proof.
            return String::new();
        };
        mac.update(token.expose().as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn app() -> MetaApp {
        MetaApp {
            product: Product::Facebook,
            app_id: "138483919580948".parse().unwrap(),
            app_secret: SecretString::from("canary-secret".to_owned()),
            graph_version: GraphVersion::TESTED,
            graph_url: Url::parse("https://graph.facebook.com").unwrap(),
            dialog_url: Url::parse("https://www.facebook.com").unwrap(),
        }
    }

    #[test]
    fn debug_hides_token_and_secret() {
        let shown = format!("{:?} {:?}", AccessToken::new("EAAcanary"), app());
        assert!(!shown.contains("canary"), "{shown}");
    }

    #[test]
    fn proof_is_hmac_sha256_keyed_by_the_secret() {
        // Computed with: printf %s EAAtoken | openssl dgst -sha256 -hmac canary-secret
        let proof = app().proof(&AccessToken::new("EAAtoken"));
        assert_eq!(proof.len(), 64);
        assert_eq!(proof, "4186d6eb3c01c8b1dede5c53ba5731eb148eea63ed823cd29552b64bfa9a4ca6");
        assert_ne!(proof, app().proof(&AccessToken::new("EAAtokem")));
    }

    #[test]
    fn fingerprint_is_the_head_of_sha256() {
        // Computed with: printf %s EAAtoken | sha256sum
        assert_eq!(AccessToken::new("EAAtoken").fingerprint(), "105750d5");
    }
}
