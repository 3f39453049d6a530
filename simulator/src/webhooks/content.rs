//! What a customer does, in words that fit every platform.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A kind of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A voice message or other sound.
    Audio,
    /// Any file: `document` on WhatsApp, `file` elsewhere.
    File,
    /// A sticker.
    Sticker,
}

/// What a customer does. Message ids are those of earlier messages of the same conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// Writes.
    Text(String),
    /// Sends a picture, film, sound, file or sticker. Without `media` a small sample is sent.
    Media {
        /// What it is.
        kind: MediaKind,
        /// Id of a stored file.
        #[serde(default)]
        media: Option<String>,
        /// Text with it.
        #[serde(default)]
        caption: Option<String>,
    },
    /// An attachment of any other type of Messenger or Instagram, as it is: `fallback`, `reel`, `ig_post`, `share`,
    /// `story_mention`, `appointment_booking`, `template`, ….
    Attachment {
        /// Its type.
        kind: String,
        /// Its payload; the key stays away when absent.
        #[serde(default)]
        payload: Option<Value>,
    },
    /// Sends a place.
    Location {
        /// Degrees.
        latitude: f64,
        /// Degrees.
        longitude: f64,
        /// What is there.
        #[serde(default)]
        name: Option<String>,
    },
    /// Sends contact cards (WhatsApp), as WhatsApp writes them.
    Contacts(Value),
    /// Presses a quick reply, a reply button or a template's button.
    QuickReply {
        /// What it says.
        title: String,
        /// What the business gave it.
        payload: String,
    },
    /// Chooses from a list (WhatsApp).
    ListReply {
        /// The row.
        id: String,
        /// What it says.
        title: String,
    },
    /// Presses the button of a message template (WhatsApp).
    TemplateButton {
        /// What it says.
        text: String,
        /// What the business gave it.
        payload: String,
    },
    /// Sends a form (WhatsApp Flows).
    FlowReply {
        /// What was filled in.
        response: Value,
    },
    /// Orders from the catalogue (WhatsApp).
    Order(Value),
    /// Presses *Get Started*, a menu item or a template's postback button.
    Postback {
        /// What it says.
        title: String,
        /// What the business gave it.
        payload: String,
    },
    /// Comes by a link to the conversation.
    Referral {
        /// The `ref` of the link.
        reference: String,
        /// `SHORTLINK`, `ADS`, ….
        source: String,
    },
    /// Agrees to something (Messenger): the `optin` object as it is.
    Optin(Value),
    /// Reacts to a message, or takes the reaction back.
    Reaction {
        /// The message.
        to: String,
        /// `None` takes it back.
        #[serde(default)]
        emoji: Option<String>,
    },
    /// Changes a message.
    Edit {
        /// The message.
        to: String,
        /// The new text.
        text: String,
    },
    /// Takes a message back: unsend, delete for everyone, revoke.
    Unsend {
        /// The message.
        to: String,
    },
    /// Has looked at what the business sent.
    Seen,
    /// Comments on a post of the Page or Instagram account.
    Comment {
        /// What it says.
        text: String,
        /// The post or media; one of the simulator's own when absent.
        #[serde(default)]
        post: Option<String>,
        /// The comment it answers.
        #[serde(default)]
        parent: Option<String>,
    },
    /// Sends something the platform does not hand on.
    Unsupported {
        /// WhatsApp's word for it: `poll`, `edit`, ….
        kind: String,
    },
    /// Has a new number (WhatsApp).
    ChangedNumber {
        /// The new one: country code and digits.
        phone: String,
    },
}

/// Circumstances of what a customer does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Circumstances {
    /// The message it answers.
    pub reply_to: Option<String>,
    /// Another app owns the conversation (Meta reference §7.4 `standby`).
    pub standby: bool,
    /// WhatsApp: forwarded, without the original's id.
    pub forwarded: bool,
    /// WhatsApp: sent in this group.
    pub group_id: Option<String>,
    /// WhatsApp: nothing but the BSUID tells who it is.
    pub bsuid_only: bool,
    /// Keys set in the message object over what is there: `referral`, `commands`, `is_unsupported`, ….
    pub extra: Map<String, Value>,
}
