//! Coexistence with the WhatsApp Business app: echoes, contacts, history (Meta reference §7.6.3).

use serde_json::{Value, json};

use super::value;
use crate::webhooks::parties::Parties;

/// `smb_message_echoes`: the business answered from its phone.
pub(crate) fn echo(parties: &Parties, text: &str) -> Value {
    let mut value = value(parties);
    let mut echo = json!({
        "from": parties.business_phone,
        "to_user_id": parties.bsuid,
        "id": parties.message_id,
        "timestamp": (parties.at_ms / 1000).to_string(),
        "type": "text",
        "text": {"body": text},
    });
    if !parties.hides_phone {
        echo["to"] = json!(parties.customer);
    }
    value["message_echoes"] = json!([echo]);
    value
}

/// `smb_app_state_sync`: one contact of the phone's address book. `action` is `add`, `edit` or `remove`.
pub(crate) fn state_sync(parties: &Parties, action: &str) -> Value {
    let first = parties.name.split(' ').next().unwrap_or_default();
    let mut value = value(parties);
    value["state_sync"] = json!([{
        "type": "contact",
        "contact": {"full_name": parties.name, "first_name": first, "phone_number": parties.customer},
        "action": action,
        "metadata": {"timestamp": parties.at_ms.to_string()},
    }]);
    value
}

/// `history`: one chunk with one thread of two old messages.
pub(crate) fn history(parties: &Parties, phase: u8, chunk: u32, progress: u8) -> Value {
    let old = parties.at_ms / 1000 - 86_400 * (i64::from(phase) * 90 + 1);
    let mut value = value(parties);
    value["history"] = json!([{
        "metadata": {"phase": phase, "chunk_order": chunk, "progress": progress},
        "threads": [{
            "id": parties.customer,
            "messages": [
                {"from": parties.customer, "id": format!("{}0", parties.message_id), "timestamp": old.to_string(),
                 "type": "text", "text": {"body": "Are you open on Sunday?"},
                 "history_context": {"status": "READ"}},
                {"from": parties.business_phone, "to": parties.customer, "id": format!("{}1", parties.message_id),
                 "timestamp": (old + 60).to_string(), "type": "text", "text": {"body": "Yes, from ten."},
                 "history_context": {"status": "READ", "from_me": true}},
            ],
        }],
    }]);
    value
}

/// `history` when the business did not agree to share it.
pub(crate) fn history_refused(parties: &Parties) -> Value {
    let mut value = value(parties);
    value["history"] = json!([{"errors": [{
        "code": 2_593_109,
        "title": "History sync is turned off by the business from the WhatsApp Business App",
        "message": "History sync is turned off by the business from the WhatsApp Business App",
        "error_data": {"details": "History sharing is turned off by the business"},
    }]}]);
    value
}
