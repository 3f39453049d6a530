//! Who writes to whom, with the ids of their platform.

use crate::world::Node;

/// A platform customers write on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    Messenger,
    Instagram,
    Whatsapp,
}

impl Platform {
    /// The platform of an asset that can be written to.
    pub(crate) fn of(node: Node) -> Option<Self> {
        match node {
            Node::Page(_) => Some(Self::Messenger),
            Node::Instagram(_) => Some(Self::Instagram),
            Node::Phone(_) => Some(Self::Whatsapp),
            _ => None,
        }
    }
}

/// A stored file as a message names it.
#[derive(Debug, Clone)]
pub(crate) struct MediaRef {
    pub(crate) id: String,
    pub(crate) mime: String,
    pub(crate) name: String,
    /// Base64, as WhatsApp's webhooks write it.
    pub(crate) sha256: String,
    /// Where anybody can fetch it: Messenger and Instagram.
    pub(crate) link: String,
    /// Where it can be fetched for five minutes with a token: WhatsApp.
    pub(crate) short_link: String,
}

/// Both sides of a conversation at the moment of an event.
#[derive(Debug, Clone)]
pub(crate) struct Parties {
    /// Page, Instagram account or phone number id.
    pub(crate) asset: String,
    /// The customer's id as this asset knows it: PSID, IGSID, number.
    pub(crate) customer: String,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    /// WhatsApp: BSUID.
    pub(crate) bsuid: String,
    /// WhatsApp: the number stays hidden.
    pub(crate) hides_phone: bool,
    /// WhatsApp: WABA of the number.
    pub(crate) waba: String,
    /// WhatsApp: digits of the business's number.
    pub(crate) business_phone: String,
    /// Unix milliseconds.
    pub(crate) at_ms: i64,
    /// Id of the message this event makes.
    pub(crate) message_id: String,
    /// Earlier edits of the message that is edited.
    pub(crate) edits: u32,
    /// Kind of the edited message on WhatsApp is text always; others cannot be edited here.
    pub(crate) media: Option<MediaRef>,
    /// The newest message of the business.
    pub(crate) last_from_business: Option<String>,
}
