//! Instagram events (Meta reference §7.5).

use serde_json::{Value, json};

use super::content::{Circumstances, Content, MediaKind};
use super::messenger;
use super::parties::Parties;

/// The field an event belongs to, and what joins `sender`, `recipient` and `timestamp`. `None`: not on Instagram.
pub(super) fn event(parties: &Parties, content: &Content, with: &Circumstances) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Optin(_) | Content::Media { kind: MediaKind::Sticker, .. } | Content::Location { .. } => return None,
        Content::Referral { reference, source } => {
            ("messaging_referral", json!({"referral": {"ref": reference, "source": source, "type": "OPEN_THREAD"}}))
        }
        Content::Edit { to, text } => {
            ("message_edit", json!({"message_edit": {"mid": to, "text": text, "num_edit": parties.edits + 1}}))
        }
        // The message read last, not a watermark.
        Content::Seen => ("messaging_seen", json!({"read": {"mid": parties.last_from_business}})),
        Content::Unsend { to } => ("messages", json!({"message": {"mid": to, "is_deleted": true}})),
        Content::Unsupported { .. } => {
            ("messages", json!({"message": {"mid": parties.message_id, "is_unsupported": true}}))
        }
        content => messenger::event(parties, content, with)?,
    })
}
