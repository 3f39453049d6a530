//! Our own identifiers: a prefix that says what it names, then a time-ordered UUID (version 7) in hex.
//!
//! Meta's identifiers are in [`crate::meta::ids`].

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{clock::Clock, entropy::Entropy};

/// Makes identifiers from the injected clock and randomness, so that a test's ids repeat. Identifiers of one source
/// ascend, within a millisecond too. Clones share the source.
#[derive(Clone, Debug)]
pub struct IdSource {
    clock: Clock,
    entropy: Entropy,
    last: Arc<Mutex<(u64, u16)>>,
}

impl IdSource {
    /// A source that stamps ids with `clock` and fills the rest from `entropy`.
    pub fn new(clock: Clock, entropy: Entropy) -> Self {
        Self { clock, entropy, last: Arc::default() }
    }

    fn next_hex(&self) -> String {
        let (millis, counter) = self.next_moment();
        let mut tail: [u8; 10] = self.entropy.bytes();
        // The 12 bits after the version number come right after the time in sort order.
        tail[..2].copy_from_slice(&counter.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().simple().to_string()
    }

    /// A moment and a count within it, later than every one before, even when the clock stands or goes back.
    fn next_moment(&self) -> (u64, u16) {
        let now = u64::try_from(self.clock.now().as_millis()).unwrap_or(0);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = match *last {
            (millis, _) if now > millis => (now, 0),
            (millis, 0xFFF) => (millis + 1, 0),
            (millis, count) => (millis, count + 1),
        };
        *last
    }
}

/// A text that is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an identifier that begins with `{prefix}_`")]
pub struct InvalidId {
    /// The prefix that the identifier should have.
    pub prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(try_from = "String", into = "String")]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// The prefix of this kind of identifier, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new identifier.
            pub fn new(source: &IdSource) -> Self {
                Self(format!("{}_{}", $prefix, source.next_hex()))
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let rest = text.strip_prefix(concat!($prefix, "_")).unwrap_or_default();
                if rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidId { prefix: $prefix })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
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

ids! {
    /// A tenant: one business that uses this installation.
    TenantId = "ten";
    /// A place of a tenant, such as a shop.
    LocationId = "loc";
    /// A person who signs in.
    UserId = "usr";
    /// An invitation to join a tenant.
    InvitationId = "inv";
    /// A connection: one person's grant to a Meta app.
    ConnectionId = "con";
    /// A sealed token of a connection.
    CredentialId = "crd";
    /// An asset found at Meta.
    AssetId = "ast";
    /// One attempt to connect, from the button to the chosen assets.
    AttemptId = "att";
    /// An entry of the connection log.
    LogId = "log";
    /// A customer of a tenant.
    ContactId = "ctc";
    /// A conversation with a customer, or under a post.
    ConversationId = "cnv";
    /// A message in a conversation.
    MessageId = "msg";
    /// Something that Meta said about an asset.
    AssetEventId = "evt";
    /// Durable work.
    JobId = "job";
    /// A call by which Meta verified our callback.
    HandshakeId = "hsk";
    /// A request to delete a person's data.
    DeletionId = "del";
    /// A link by which somebody without an account connects assets for a tenant.
    SetUpLinkId = "sul";
    /// What a program signs in with.
    ApiKeyId = "key";
    /// A mail to a person.
    MailId = "mal";
    /// Where a tenant's own systems take events.
    WebhookEndpointId = "whe";
    /// A sealed secret of such an endpoint.
    WebhookSecretId = "whs";
    /// An event for a tenant's own systems.
    OutgoingEventId = "oev";
    /// A request for a link by which a person chooses a new password.
    PasswordResetId = "pwr";
}

impl OutgoingEventId {
    /// The identifier of something that happened at `at`: `tail` tells it from what else happened then.
    pub(crate) fn of_moment(at: crate::clock::Timestamp, tail: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_millis()).unwrap_or(0);
        Self(format!(
            "{}_{}",
            Self::PREFIX,
            uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().simple()
        ))
    }
}

/// A delivery: the number of one webhook body in the journal. Its text is the number, which is too long for JavaScript's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(try_from = "String", into = "String")]
#[sqlx(transparent)]
pub struct DeliveryId(i64);

impl DeliveryId {
    /// The delivery of that number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl FromStr for DeliveryId {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl TryFrom<String> for DeliveryId {
    type Error = std::num::ParseIntError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DeliveryId> for String {
    fn from(id: DeliveryId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
