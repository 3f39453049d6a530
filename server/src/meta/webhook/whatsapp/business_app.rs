//! A number that is also in the WhatsApp Business app (coexistence): what was written there, and its phone book (Meta
//! reference §2.9, §7.6.3).

use serde_json::Value;

use super::{Line, messages};
use crate::meta::webhook::{
    event::{Direction, Happening, Participant, SentStatus},
    events::{Events, Read},
    lenient::{Odd, moment, object, text_of, word},
    participant::{Contacts, WhatsappIds},
    scene::notice,
};

/// A message that the business wrote in the app.
pub(super) fn echo(message: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    let way = messages::receiver(message).map(|to| messages::Way {
        direction: Direction::Out,
        with: to.person(&line.contacts),
        status: Some(SentStatus::Sent),
    });
    messages::told(message, way, line, out)
}

/// A contact of the phone book.
pub(super) fn contact(item: &Value, line: &Line<'_>, out: &mut Events) -> Read {
    let at = moment(&item["metadata"], "timestamp");
    out.push(line.scene.told(at, contact_of(item), "state_sync", item))
}

fn contact_of(item: &Value) -> Result<Happening, Odd> {
    if word(item, "action") == "remove" {
        return Ok(notice("smb_app_state_sync.remove", "A contact was removed from the phone book on the phone."));
    }
    let contact = object(item, "contact")?.ok_or(Odd("contact"))?;
    let ids = WhatsappIds::of(contact, &["user_id", "parent_user_id"], &["phone_number", "wa_id"])?;
    if ids.is_empty() {
        return Err(Odd("contact.phone_number"));
    }
    let name = text_of(contact, &["full_name", "first_name"])?;
    let username = text_of(contact, &["username"])?;
    Ok(Happening::Contact(Participant { name, username, ..ids.person(&Contacts::default()) }))
}
