//! WhatsApp: what is in a change decides what it is, for Meta's samples misname fields (Meta reference §7.6).

mod account;
mod business_app;
mod content;
mod history;
mod messages;
mod notices;
mod number;
mod statuses;
mod template;

use serde_json::Value;

use super::{
    envelope::Change,
    events::{Events, Read},
    lenient::{hint, list, word},
    participant::{Contacts, digits},
    scene::{Scene, notice},
};
use crate::asset_kind::AssetKind;

/// A change about one phone number, with what its items share.
struct Line<'a> {
    /// Meta's name of the field.
    field: &'a str,
    /// Who is named in it.
    contacts: Contacts<'a>,
    /// The business's own number, only digits.
    own: Option<String>,
    scene: Scene,
}

/// A change of a WhatsApp account, whose entry names `entry_id`.
pub(super) fn read_change(change: &Change<'_>, entry_id: Option<String>, scene: &Scene, out: &mut Events) -> Read {
    let value = change.value;
    let line = Line {
        field: change.field,
        contacts: Contacts::new(list(value, "contacts")),
        own: hint(&value["metadata"], "display_phone_number").map(|phone| digits(&phone)).filter(|own| !own.is_empty()),
        scene: scene.about(candidates(value, entry_id)),
    };
    let before = out.len();
    line.read_items(value, out)?;
    if out.len() == before {
        out.push(notices::read(change, &line.scene))?;
    }
    Ok(())
}

impl Line<'_> {
    fn read_items(&self, value: &Value, out: &mut Events) -> Read {
        for message in list(value, "messages") {
            messages::read(message, self, out)?;
        }
        for status in list(value, "statuses") {
            statuses::read(status, self, out)?;
        }
        for echo in list(value, "message_echoes") {
            business_app::echo(echo, self, out)?;
        }
        for contact in list(value, "state_sync") {
            business_app::contact(contact, self, out)?;
        }
        for chunk in list(value, "history") {
            history::read(chunk, self, out)?;
        }
        for call in list(value, "calls") {
            out.push(notices::call(call, &self.scene))?;
        }
        for preference in list(value, "user_preferences") {
            out.push(notices::preference(preference, &self.scene))?;
        }
        for error in list(value, "errors") {
            let sentence = format!("WhatsApp reports a problem: {}.", error_words(error));
            out.push(self.scene.event(None, notice(format!("{}.errors", self.field), sentence), error))?;
        }
        Ok(())
    }
}

/// Whom a change concerns, by the table of §7.3.
fn candidates(value: &Value, entry_id: Option<String>) -> [(AssetKind, Option<String>); 3] {
    use AssetKind::{Business, WhatsappAccount, WhatsappNumber};
    if let Some(number) = hint(&value["metadata"], "phone_number_id") {
        return [(WhatsappNumber, Some(number)), (WhatsappAccount, entry_id), (WhatsappAccount, None)];
    }
    let info = &value["waba_info"];
    let account = hint(info, "waba_id");
    let owner = (Business, hint(info, "owner_business_id"));
    if is_about_partner(value) && account.is_some() {
        // The entry is then the partner's own business, not the customer's account.
        return [(WhatsappAccount, account), owner, (Business, None)];
    }
    if value["max_phone_numbers_per_business"].is_null() && value["max_daily_conversations_per_business"].is_null() {
        return [(WhatsappAccount, entry_id), (WhatsappAccount, account), (Business, None)];
    }
    [(WhatsappAccount, entry_id.clone()), (WhatsappAccount, account), (Business, entry_id)]
}

fn is_about_partner(value: &Value) -> bool {
    let event = word(value, "event");
    event.starts_with("PARTNER_") || matches!(event, "AD_ACCOUNT_LINKED" | "MM_LITE_TERMS_SIGNED")
}

/// What Meta says about an error: the most telling of its texts, without the full stop, and its number.
fn error_words(error: &Value) -> String {
    let details = hint(&error["error_data"], "details");
    let words = details.or_else(|| hint(error, "message")).or_else(|| hint(error, "title"));
    let words = words.unwrap_or_else(|| "Meta does not say which".to_owned());
    let words = words.trim_end_matches('.');
    hint(error, "code").map_or_else(|| words.to_owned(), |code| format!("{words} ({code})"))
}
