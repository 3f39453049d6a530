//! One thing that Meta told, in the product's own words.

use std::{fmt, sync::Arc};

use serde_json::Value;

use crate::{asset_kind::AssetKind, clock::Timestamp};

/// One normalised thing out of a delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Whom it concerns: the first of these that somebody holds (Meta reference §7.3). Empty only for [`Happening::Grant`]
    /// and where Meta names nothing at all, such as an entry without an id: that belongs to nobody.
    pub about: Vec<(AssetKind, String)>,
    /// Meta's time of it. The time of its entry, or else of its arrival, where Meta tells none.
    pub at: Timestamp,
    /// What happened.
    pub what: Happening,
    /// Its piece of the body, as it came.
    pub raw: Raw,
}

/// A piece of a body, as it came: JSON on one line. Events of one piece share it.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(Arc<str>);

impl Raw {
    /// The JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The JSON, read.
    pub fn to_json(&self) -> Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// Whether both are the same piece of the same body.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<&Value> for Raw {
    fn from(piece: &Value) -> Self {
        Self(piece.to_string().into())
    }
}

impl From<&Raw> for Raw {
    fn from(same: &Raw) -> Self {
        same.clone()
    }
}

impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A message, either way: also postbacks, opt-ins, referrals, comments, echoes and history.
    Message(Content),
    /// How far one that went out came (Meta reference §7.6.2).
    Status {
        /// Meta's id of the message.
        message: String,
        /// How far.
        status: SentStatus,
        /// To whom. Empty for a group.
        to: Participant,
        /// The thread when it is not the direct one: as [`Content::thread`].
        thread: Option<String>,
        /// Meta's error, when it failed: the object as it came.
        error: Option<Value>,
    },
    /// Everything that went out to `with` until `through` came so far (Messenger's watermarks, §7.4).
    Watermark {
        /// Whose conversation.
        with: Participant,
        /// Delivered or read.
        reach: Reach,
        /// Until then.
        through: Timestamp,
    },
    /// Somebody reacted to a message, or took that back.
    Reaction {
        /// Meta's id of the message.
        message: String,
        /// Whose conversation.
        with: Participant,
        /// Whether the customer or the business reacted.
        by: Direction,
        /// The thread when it is not the direct one: as [`Content::thread`].
        thread: Option<String>,
        /// The emoji; `None` when taken back.
        emoji: Option<String>,
    },
    /// A message has a new text.
    Edit {
        /// Meta's id of the message.
        message: String,
        /// Whose conversation.
        with: Participant,
        /// Who wrote it.
        by: Direction,
        /// The thread when it is not the direct one: as [`Content::thread`].
        thread: Option<String>,
        /// What it says now.
        text: Option<String>,
        /// Which edit, counting from 1. Always 1 where Meta does not count (WhatsApp, comments): of two with the same
        /// number the one with the later [`Event::at`] counts.
        number: i64,
    },
    /// A message was taken back. What it said must be deleted (§7.5).
    Unsend {
        /// Meta's id of the message.
        message: String,
        /// Whose conversation.
        with: Participant,
        /// Who wrote it.
        by: Direction,
        /// The thread when it is not the direct one: as [`Content::thread`].
        thread: Option<String>,
    },
    /// What the business's own phone book, or Meta, says about a person.
    Contact(Participant),
    /// A person is known by something new, such as after a change of number: both are one.
    SamePerson(Participant),
    /// Something about the asset itself: quality, name, template, review, restriction, handover, …
    Notice {
        /// Meta's name of the field and event, such as `account_update.DISABLED_UPDATE`.
        kind: String,
        /// What it means, in one sentence.
        sentence: String,
    },
    /// A person gave or took back what the app may do (objects `permissions` and `user`, §10): that person's connections
    /// are to be checked again.
    Grant {
        /// The person, by the app-scoped id, as of a connection.
        user: String,
        /// What happened, in one sentence.
        sentence: String,
    },
    /// A field or type that Attaché does not know: kept and shown as it came.
    Unknown {
        /// Where it stood, such as `messages.type=poll`.
        kind: String,
    },
}

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Meta's id. Where Meta gives none (opt-in, referral), one that the same event always gets again. A comment's or
    /// post's own id for those; `mention:` and that id for a mention.
    pub id: String,
    /// Which way it went.
    pub direction: Direction,
    /// With whom.
    pub with: Participant,
    /// The thread when it is not the direct one with that person: `group:…` or `comments:…`.
    pub thread: Option<String>,
    /// Meta's name of the type: `text`, `image`, `postback`, `comment`, `order`, …. What is known only as
    /// `media_placeholder` (history, §7.6.3) is replaced by the message of the same id that tells more.
    pub kind: String,
    /// What it says, in words that can be shown.
    pub text: Option<String>,
    /// The message that it answers.
    pub reply_to: Option<String>,
    /// What is attached, in order.
    pub attachments: Vec<Attachment>,
    /// What else belongs to its kind, as Meta wrote it: location, contacts, order, referral, …
    pub detail: Option<Value>,
    /// How far it came, when Meta says so with the message itself (history, echoes).
    pub status: Option<SentStatus>,
}

/// Something attached. The bytes are fetched later.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// Meta's name of the type.
    pub kind: String,
    /// Meta's id of the media.
    pub media_id: Option<String>,
    /// Where Meta keeps it for a short while. Grants access: never logged.
    pub url: Option<String>,
    /// Its media type.
    pub mime_type: Option<String>,
    /// Meta's checksum, as Meta wrote it: base64, or hex in history.
    pub sha256: Option<String>,
    /// Its file name.
    pub filename: Option<String>,
    /// What else Meta says about it.
    pub detail: Option<Value>,
}

/// A person on the other side, by everything that the event says about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Participant {
    /// By what they are known; the steadiest first. Empty when Meta does not say (§7.4, feed without `from`): there is a
    /// thread then, except for media of a history that the business sent, whose message was told before (§7.6.3).
    pub identities: Vec<Identity>,
    /// What they are called.
    pub name: Option<String>,
    /// Their user name.
    pub username: Option<String>,
    /// Their phone number, as Meta writes it.
    pub phone: Option<String>,
}

/// A name that leads to one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Whose kind of name.
    pub kind: IdentityKind,
    /// The Page or Instagram account within which it counts; empty where it counts everywhere.
    pub scope: String,
    /// The name.
    pub value: String,
}

/// The kinds of names that Meta gives people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum IdentityKind {
    /// The business-scoped user id of WhatsApp (§7.6.4).
    UserId,
    /// The WhatsApp id, which is a phone number.
    WaId,
    /// The Page-scoped id of Messenger.
    Psid,
    /// The Instagram-scoped id.
    Igsid,
}

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Direction {
    /// From the customer.
    In,
    /// From the business.
    Out,
}

/// How far one that went out came. Only climbs, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum SentStatus {
    /// Left Meta.
    Sent,
    /// Could not be delivered. Below `Delivered`: a proof of delivery counts more than an earlier failure.
    Failed,
    /// On the device.
    Delivered,
    /// Seen.
    Read,
    /// A voice message was listened to.
    Played,
}

impl SentStatus {
    /// Its name, as Meta writes it and as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
        }
    }
}

/// What a watermark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Delivered until then.
    Delivered,
    /// Read until then.
    Read,
}
