//! `POST /{page}/messages` for Messenger and Instagram (Meta reference §8.2, §8.3).

use serde_json::{Value, json};

use super::messenger::{self, Body};
use super::{instagram, messenger as rules};
use crate::graph::auth::Caller;
use crate::graph::dispatch::Call;
use crate::graph::errors::GraphError;
use crate::graph::render::View;
use crate::state::{ChatMessage, Progress, State, thread_key};
use crate::webhooks::{Parties, Platform, Update, echo};
use crate::world::Customer;

/// Through the Page: its own customers, or those of its Instagram account.
pub(super) fn from_page(view: &mut View<'_>, i: usize, call: &Call) -> Result<Value, GraphError> {
    if !matches!(view.caller, Caller::Page { .. }) {
        return Err(GraphError::new(210, "(#210) A page access token is required to request this resource.")
            .status(403)
            .challenge("invalid_token"));
    }
    let Some(page) = view.world.pages.get(i).cloned() else { return Err(GraphError::unknown_path("")) };
    let body = messenger::read(call)?;
    let on_instagram =
        page.instagram.filter(|account| view.state.customer_known_as(account, &body.recipient).is_some());
    match on_instagram {
        Some(account) => send(view, Platform::Instagram, &account, &body),
        None => send(view, Platform::Messenger, &page.id, &body),
    }
}

/// As the Instagram account itself.
pub(super) fn from_instagram(view: &mut View<'_>, i: usize, call: &Call) -> Result<Value, GraphError> {
    let Some(account) = view.world.instagram_accounts.get(i).map(|account| account.id.clone()) else {
        return Err(GraphError::unknown_path(""));
    };
    let body = messenger::read(call)?;
    send(view, Platform::Instagram, &account, &body)
}

fn send(view: &mut View<'_>, platform: Platform, asset: &str, body: &Body) -> Result<Value, GraphError> {
    let (permission, absent) = match platform {
        Platform::Instagram => ("instagram_manage_messages", instagram::no_such_user as fn() -> GraphError),
        _ => ("pages_messaging", rules::no_such_user as fn() -> GraphError),
    };
    let of_itself = platform == Platform::Instagram && view.access.granted("instagram_business_manage_messages");
    if !of_itself && !view.access.granted(permission) {
        let code = if platform == Platform::Instagram { 200 } else { 230 };
        let message = format!("(#{code}) Requires {permission} permission to manage the object");
        return Err(GraphError::new(code, message).status(403));
    }
    let Some(customer) = view.state.customer_known_as(asset, &body.recipient) else { return Err(absent()) };
    if customer.unreachable {
        return Err(GraphError::new(551, "(#551) This person isn't available right now.").subcode(1_545_041));
    }
    let key = thread_key(asset, &customer.id);
    if let Some(action) = &body.sender_action {
        act(view.state, &key, action, body)?;
        return Ok(json!({"recipient_id": body.recipient}));
    }
    let silent_for = view.state.conversations.get(&key).and_then(|thread| thread.silent_for(view.state.now()));
    let utility = view.access.granted("pages_utility_messaging");
    match platform {
        Platform::Instagram => instagram::allowed(body, silent_for)?,
        _ => rules::allowed(body, silent_for, utility)?,
    }
    accept(view.state, platform, asset, &customer, body)
}

/// `typing_on`, `typing_off`, `mark_seen`, `react`, `unreact`.
fn act(state: &mut State, key: &str, action: &str, body: &Body) -> Result<(), GraphError> {
    let now = state.now();
    let thread = state.conversations.open(key);
    match action {
        "typing_on" => thread.typing_until = now + 20,
        "typing_off" => thread.typing_until = 0,
        "mark_seen" => {
            let theirs = thread.messages.iter_mut().filter(|message| message.from_customer);
            theirs.for_each(|message| message.progress = Progress::Read);
        }
        "react" | "unreact" => {
            let emoji = (action == "react").then(|| body.reaction.clone().unwrap_or_else(|| "❤️".into()));
            if let Some(message) = body.reaction_to.as_deref().and_then(|id| thread.message(id)) {
                message.business_reaction = emoji;
            }
        }
        _ => {
            return Err(GraphError::new(
                100,
                "(#100) Param sender_action must be one of {MARK_SEEN, REACT, TYPING_OFF, TYPING_ON, UNREACT}",
            ));
        }
    }
    state.touch();
    Ok(())
}

fn accept(
    state: &mut State,
    platform: Platform,
    asset: &str,
    customer: &Customer,
    body: &Body,
) -> Result<Value, GraphError> {
    let mut body = body.clone();
    let attachment_id = body.keep(state);
    let parties = state.parties(asset, customer, false).ok_or_else(|| GraphError::no_such_object("post", asset))?;
    let key = thread_key(asset, &customer.id);
    let mut message = ChatMessage::new(&parties.message_id, false, parties.at_ms, &body.kind, &body.text);
    message.media.clone_from(&body.media);
    message.buttons.clone_from(&body.buttons);
    message.reply_to.clone_from(&body.reply_to);
    let read = state.switches.webhooks.read_at_once;
    message.progress = if read { Progress::Read } else { Progress::Delivered };
    let thread = state.conversations.open(&key);
    thread.typing_until = 0;
    thread.add(message);
    for mut update in told(state, platform, &parties, &body, read) {
        update.thread = Some(key.clone());
        // Nobody hearing of it changes nothing for the sender.
        let _ = state.emit(update);
    }
    state.touch();
    let mut answer = json!({"recipient_id": body.recipient, "message_id": parties.message_id});
    if let Some(id) = attachment_id {
        answer["attachment_id"] = json!(id);
    }
    Ok(answer)
}

/// The echo, and what the customer's phone reports (Meta reference §7.4).
fn told(state: &State, platform: Platform, parties: &Parties, body: &Body, read: bool) -> Vec<Update> {
    let app: Value = state.world.app.id.parse::<u64>().map_or(json!(state.world.app.id), Value::from);
    let mut message = json!({"mid": parties.message_id, "is_echo": true, "app_id": app});
    let said = [("text", &body.said), ("attachments", &body.attachments), ("metadata", &body.metadata)];
    for (name, value) in said {
        if !value.is_null() {
            message[name] = value.clone();
        }
    }
    if platform == Platform::Instagram {
        let mut updates = vec![echo("instagram", parties, message)];
        if read {
            updates.push(rules::event(
                parties,
                "instagram",
                "messaging_seen",
                json!({"read": {"mid": parties.message_id}}),
            ));
        }
        return updates;
    }
    let delivery = json!({"delivery": {"mids": [parties.message_id], "watermark": parties.at_ms}});
    let mut updates =
        vec![echo("page", parties, message), rules::event(parties, "page", "message_deliveries", delivery)];
    if read {
        updates.push(rules::event(parties, "page", "message_reads", json!({"read": {"watermark": parties.at_ms}})));
    }
    updates
}
