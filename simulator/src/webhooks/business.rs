//! What happens on the business's side without the app: answers from an inbox, handovers, coexistence.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::customer::{Done, item};
use super::parties::{Parties, Platform};
use super::people::NoSuchParty;
use super::update::Update;
use super::whatsapp::smb;
use crate::state::{ChatMessage, State, thread_key};

/// The app id of the Page inbox, which echoes and handovers name.
const INBOX: u64 = 263_902_037_430_900;

/// What happens on the business's side of a conversation, not by the app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Deed {
    /// Somebody answers from the Page inbox, the Instagram app or the WhatsApp Business app: an echo.
    Reply(String),
    /// The thread goes to another app (Messenger, Instagram).
    PassThread,
    /// Another app takes the thread.
    TakeThread,
    /// Another app asks for the thread.
    RequestThread,
    /// The roles of the app for this Page.
    AppRoles(Vec<String>),
    /// WhatsApp coexistence: the customer is added to, changed in or removed from the address book.
    Contact {
        /// `add`, `edit` or `remove`.
        action: String,
    },
    /// WhatsApp coexistence: a chunk of old messages.
    History {
        /// 0: the last day, 1: ninety days, 2: half a year.
        phase: u8,
        /// Position of the chunk.
        chunk: u32,
        /// Percent.
        progress: u8,
    },
    /// WhatsApp coexistence: the business did not share its history.
    HistoryRefused,
}

impl State {
    /// Let something happen on the business's side.
    pub(crate) fn business_does(&mut self, asset: &str, customer: &str, deed: &Deed) -> Result<Done, NoSuchParty> {
        let (platform, _) = self.platform(asset)?;
        let someone = self.customer(customer).cloned().ok_or_else(|| NoSuchParty::Customer(customer.to_owned()))?;
        let parties = self.parties(asset, &someone, false).ok_or_else(|| NoSuchParty::Asset(asset.to_owned()))?;
        let key = thread_key(asset, customer);
        let mut update = match platform {
            Platform::Whatsapp => on_whatsapp(&parties, deed)?,
            platform => self.on_page(platform, &parties, deed)?,
        };
        if let Deed::Reply(text) = deed {
            let message = ChatMessage::new(&parties.message_id, false, parties.at_ms, "text", text);
            self.conversations.open(&key).add(message);
        }
        update.thread = Some(key);
        let heard = self.emit(update);
        Ok(Done { message_id: parties.message_id, customer: parties.customer, heard })
    }

    fn on_page(&self, platform: Platform, parties: &Parties, deed: &Deed) -> Result<Update, NoSuchParty> {
        let instagram = platform == Platform::Instagram;
        let object = if instagram { "instagram" } else { "page" };
        let app: Value = self.world.app.id.parse::<u64>().map_or(json!(self.world.app.id), Value::from);
        let event = match deed {
            Deed::Reply(text) => {
                let message = json!({"mid": parties.message_id, "text": text, "is_echo": true, "app_id": INBOX});
                return Ok(echo(object, parties, message));
            }
            Deed::PassThread => json!({"pass_thread_control": {
                "previous_owner_app_id": app, "new_owner_app_id": INBOX, "metadata": ""}}),
            Deed::TakeThread => json!({"take_thread_control": {
                "previous_owner_app_id": app, "new_owner_app_id": INBOX, "metadata": ""}}),
            Deed::RequestThread => {
                json!({"request_thread_control": {"requested_owner_app_id": INBOX, "metadata": ""}})
            }
            Deed::AppRoles(roles) => json!({"app_roles": {self.world.app.id.as_str(): roles}}),
            _ => return Err(NoSuchParty::Platform("this platform")),
        };
        let field = if instagram { "messaging_handover" } else { "messaging_handovers" };
        let item = item(&parties.customer, &parties.asset, parties.at_ms, event);
        Ok(Update::messaging(object, &parties.asset, field, item))
    }
}

/// A message of the business as the other side of its webhooks sees it. On Instagram echoes belong to `messages`.
pub(crate) fn echo(object: &str, parties: &Parties, message: Value) -> Update {
    let item = item(&parties.asset, &parties.customer, parties.at_ms, json!({ "message": message }));
    let field = if object == "instagram" { "messages" } else { "message_echoes" };
    Update::messaging(object, &parties.asset, field, item)
}

fn on_whatsapp(parties: &Parties, deed: &Deed) -> Result<Update, NoSuchParty> {
    let (field, value) = match deed {
        Deed::Reply(text) => ("smb_message_echoes", smb::echo(parties, text)),
        Deed::Contact { action } => ("smb_app_state_sync", smb::state_sync(parties, action)),
        Deed::History { phase, chunk, progress } => ("history", smb::history(parties, *phase, *chunk, *progress)),
        Deed::HistoryRefused => ("history", smb::history_refused(parties)),
        _ => return Err(NoSuchParty::Platform("WhatsApp")),
    };
    Ok(Update::change("whatsapp_business_account", &parties.waba, field, value))
}
