//! A customer does something: the conversation changes, and an update is queued.

use serde_json::{Value, json};

use super::audience::Silence;
use super::content::{Circumstances, Content};
use super::parties::{Parties, Platform};
use super::people::NoSuchParty;
use super::update::{Shape, Update};
use super::whatsapp::{self, Outcome};
use super::{comments, instagram, messenger};
use crate::state::{ChatMessage, Progress, State, thread_key};
use crate::world::Customer;

/// What came of something a customer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Id of the message or comment it made.
    pub message_id: String,
    /// The customer's id as the business gets to know it: PSID, IGSID or number.
    pub customer: String,
    /// Whether a webhook was queued, or why none was.
    pub heard: Result<(), Silence>,
}

impl State {
    /// Let a customer do something in the conversation with an asset.
    pub(crate) fn customer_does(
        &mut self,
        asset: &str,
        customer: &str,
        content: &Content,
        with: &Circumstances,
    ) -> Result<Done, NoSuchParty> {
        let (platform, _) = self.platform(asset)?;
        let someone = self.customer(customer).cloned().ok_or_else(|| NoSuchParty::Customer(customer.to_owned()))?;
        let mut parties =
            self.parties(asset, &someone, with.bsuid_only).ok_or_else(|| NoSuchParty::Asset(asset.to_owned()))?;
        if let Content::Media { kind, media, .. } = content {
            let id = media.clone().unwrap_or_else(|| self.sample_file(*kind));
            parties.media = self.media_ref(&id);
        }
        let key = thread_key(asset, customer);
        if let Content::Edit { to, .. } = content {
            parties.edits = self.conversations.open(&key).message(to).map_or(0, |message| message.edits);
        }
        let mut updates = updates(self, platform, &parties, content, with)?;
        self.note(&key, &parties, content, with);
        if let Content::ChangedNumber { phone } = content {
            self.change_number(&someone, phone);
        }
        let mut heard = Ok(());
        for update in &mut updates {
            update.thread = Some(key.clone());
            update.actor = Some(someone.id.clone());
            heard = self.emit(update.clone());
        }
        Ok(Done { message_id: parties.message_id, customer: parties.customer, heard })
    }

    fn change_number(&mut self, customer: &Customer, phone: &str) {
        if let Some(someone) = self.world_mut().customers.iter_mut().find(|someone| someone.id == customer.id) {
            someone.phone = phone.to_owned();
        }
    }

    /// Keep it in the conversation.
    fn note(&mut self, key: &str, parties: &Parties, content: &Content, with: &Circumstances) {
        let now = self.now();
        let thread = self.conversations.open(key);
        match content {
            Content::Comment { .. } | Content::Referral { .. } | Content::Optin(_) | Content::ChangedNumber { .. } => {
                return;
            }
            Content::Reaction { to, emoji } => {
                if let Some(message) = thread.message(to) {
                    message.customer_reaction.clone_from(emoji);
                }
            }
            Content::Edit { to, text } => {
                if let Some(message) = thread.message(to) {
                    message.text.clone_from(text);
                    message.edits += 1;
                }
            }
            Content::Unsend { to } => {
                if let Some(message) = thread.message(to) {
                    message.unsent = true;
                }
            }
            Content::Seen => {
                let unread = |message: &&mut ChatMessage| !message.from_customer && message.progress < Progress::Read;
                thread.messages.iter_mut().filter(unread).for_each(|message| message.progress = Progress::Read);
                return;
            }
            content => {
                let (kind, text) = shown(content);
                let mut message = ChatMessage::new(&parties.message_id, true, parties.at_ms, &kind, &text);
                message.media = parties.media.as_ref().map(|media| media.id.clone());
                message.reply_to.clone_from(&with.reply_to);
                thread.add(message);
            }
        }
        thread.last_inbound = Some(now);
    }
}

/// Kind and words of a message as the conversation shows it.
fn shown(content: &Content) -> (String, String) {
    let (kind, text) = match content {
        Content::Text(text) => ("text", text.clone()),
        Content::QuickReply { title, .. } | Content::ListReply { title, .. } => ("text", title.clone()),
        Content::TemplateButton { text, .. } => ("text", text.clone()),
        Content::Postback { title, .. } => ("postback", title.clone()),
        Content::Media { kind, caption, .. } => {
            let name = serde_json::to_value(kind).ok().and_then(|name| Some(name.as_str()?.to_owned()));
            return (name.unwrap_or_default(), caption.clone().unwrap_or_default());
        }
        Content::Attachment { kind, .. } => return ("attachment".into(), kind.replace('_', " ")),
        Content::Location { name, latitude, longitude } => {
            ("location", name.clone().unwrap_or_else(|| format!("{latitude:.4}, {longitude:.4}")))
        }
        Content::Contacts(_) => ("contacts", "Contact card".into()),
        Content::Order(_) => ("order", "Order".into()),
        Content::FlowReply { .. } => ("text", "Form sent".into()),
        _ => ("unsupported", "Something this platform does not hand on".into()),
    };
    (kind.into(), text)
}

fn updates(
    state: &State,
    platform: Platform,
    parties: &Parties,
    content: &Content,
    with: &Circumstances,
) -> Result<Vec<Update>, NoSuchParty> {
    if platform == Platform::Whatsapp {
        let value = match content {
            Content::Seen => return Ok(read_statuses(state, parties)),
            content => whatsapp::message(parties, content, with).ok_or(NoSuchParty::Platform("WhatsApp"))?,
        };
        return Ok(vec![Update::change("whatsapp_business_account", &parties.waba, "messages", value)]);
    }
    let on_instagram = platform == Platform::Instagram;
    let object = if on_instagram { "instagram" } else { "page" };
    if let Some((field, value)) = comments::change(on_instagram, parties, content) {
        let direct = state.switches.webhooks.instagram_login || state.subscriptions.assets.contains_key(&parties.asset);
        let shape = if on_instagram && direct { Shape::Direct } else { Shape::Change };
        return Ok(vec![Update { shape, ..Update::change(object, &parties.asset, field, value) }]);
    }
    let event = if on_instagram { instagram::event } else { messenger::event };
    let name = if on_instagram { "Instagram" } else { "Messenger" };
    let (field, event) = event(parties, content, with).ok_or(NoSuchParty::Platform(name))?;
    let item = item(&parties.customer, &parties.asset, parties.at_ms, circumstances(event, with));
    let update = Update::messaging(object, &parties.asset, field, item);
    Ok(vec![if with.standby { Update { shape: Shape::Standby, field: "standby".into(), ..update } } else { update }])
}

/// An item of `messaging[]`.
pub(super) fn item(sender: &str, recipient: &str, at_ms: i64, event: Value) -> Value {
    let mut item = json!({"sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": at_ms});
    if let (Some(item), Value::Object(event)) = (item.as_object_mut(), event) {
        item.extend(event);
    }
    item
}

fn circumstances(mut event: Value, with: &Circumstances) -> Value {
    if let Some(message) = event.get_mut("message").and_then(Value::as_object_mut) {
        if let Some(to) = &with.reply_to {
            message.insert("reply_to".into(), json!({ "mid": to }));
        }
        message.extend(with.extra.clone());
    }
    event
}

/// Every message of the business that was not read yet is.
fn read_statuses(state: &State, parties: &Parties) -> Vec<Update> {
    let scoped = &parties.customer;
    let customer = state.customer_known_as(&parties.asset, scoped).map(|customer| customer.id).unwrap_or_default();
    let thread = state.conversations.get(&thread_key(&parties.asset, &customer));
    let messages = thread.map(|thread| thread.messages.as_slice()).unwrap_or_default();
    messages
        .iter()
        .filter(|message| !message.from_customer && message.progress < Progress::Read)
        .flat_map(|message| {
            let heard = (message.kind == "audio").then_some(Outcome::Played);
            [Some(Outcome::Read), heard].into_iter().flatten().map(|outcome| {
                let value = whatsapp::status(parties, &message.id, &outcome, "service", None);
                Update::change("whatsapp_business_account", &parties.waba, "messages", value)
            })
        })
        .collect()
}
