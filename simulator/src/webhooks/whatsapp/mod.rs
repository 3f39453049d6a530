//! WhatsApp events (Meta reference §7.6).

pub(crate) mod account;
mod message;
pub(crate) mod smb;
mod status;

use serde_json::{Value, json};

pub(super) use message::message;
pub(crate) use status::{Outcome, status};

use super::parties::Parties;

/// `messaging_product` and `metadata`, which every change about a number has.
pub(crate) fn value(parties: &Parties) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": parties.business_phone, "phone_number_id": parties.asset},
    })
}

/// `contacts` of a change; the number stays away from those who hide it (Meta reference §7.6.4).
fn contacts(parties: &Parties) -> Value {
    let mut contact = json!({"profile": {"name": parties.name}, "user_id": parties.bsuid});
    if let Some(username) = &parties.username {
        contact["profile"]["username"] = json!(username);
    }
    if !parties.hides_phone {
        contact["wa_id"] = json!(parties.customer);
    }
    json!([contact])
}
