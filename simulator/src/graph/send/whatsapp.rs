//! `POST /{phone}/messages` (Meta reference §8.1, §8.4).

use serde_json::{Value, json};

use super::later;
use super::typed::{self, Outgoing};
use crate::graph::dispatch::Step;
use crate::graph::errors::GraphError;
use crate::graph::params::Params;
use crate::graph::render::View;
use crate::state::{ChatMessage, Progress, State, thread_key};
use crate::webhooks::{Parties, digits};
use crate::world::{Customer, Mode, PhoneNumber};

/// How long the typing sign lasts.
const TYPING: i64 = 25;

pub(super) fn whatsapp(code: u32, title: &str, details: &str) -> GraphError {
    GraphError::new(code, format!("(#{code}) {title}")).details(details)
}

/// Send, mark read, or show that somebody is typing.
pub(super) fn send(view: &mut View<'_>, i: usize, params: &Params) -> Result<Step, GraphError> {
    if !view.access.granted("whatsapp_business_messaging") {
        return Err(GraphError::new(10, "(#10) Application does not have permission for this action").status(403));
    }
    if params.text("messaging_product").as_deref() != Some("whatsapp") {
        return Err(GraphError::missing_parameter("messaging_product"));
    }
    let number = view.world.phone_numbers.get(i).cloned().unwrap_or_default();
    usable(&number)?;
    if params.text("status").as_deref() == Some("read") {
        return mark_read(view, &number, params).map(Step::Done);
    }
    let outgoing = typed::read(params)?;
    let (customer, input) = recipient(view.state, &number, params)?;
    templates(view.state, &number, &outgoing)?;
    let window = customer.as_ref().is_none_or(|customer| {
        let thread = view.state.conversations.get(&thread_key(&number.id, &customer.id));
        thread.is_some_and(|thread| thread.is_open(view.state.now()))
    });
    let outside = !window && outgoing.kind != "template";
    if outside && !view.state.switches.webhooks.window_error_later {
        let (code, title, details) = later::WINDOW;
        return Err(whatsapp(code, title, details));
    }
    let (parties, answer) = accept(view.state, &number, customer.as_ref(), &input, &outgoing)?;
    let data = params.filled("biz_opaque_callback_data");
    later::follow(view.state, &parties, customer.as_ref(), &outgoing, outside, data.as_deref());
    // On demand the first status overtakes the answer.
    Ok(if view.state.switches.webhooks.status_first { Step::Told(answer) } else { Step::Done(answer) })
}

/// The number can send at all.
fn usable(number: &PhoneNumber) -> Result<(), GraphError> {
    match number.status.as_str() {
        "DELETED" => {
            return Err(GraphError::new(33, "(#33) This object does not exist or does not support this action"));
        }
        "BANNED" | "RESTRICTED" => {
            return Err(
                whatsapp(131_031, "Business Account locked", "The account was restricted or disabled.").status(403)
            );
        }
        _ => {}
    }
    if number.platform_type != "CLOUD_API"
        || matches!(number.status.as_str(), "PENDING" | "DISCONNECTED" | "UNVERIFIED")
    {
        return Err(whatsapp(133_010, "Phone number Not Registered", "Account does not exist in Cloud API."));
    }
    if number.name_status == "DECLINED" {
        return Err(whatsapp(
            131_037,
            "WhatsApp provided number needs display name approval before message can be sent.",
            "",
        ));
    }
    Ok(())
}

/// Whom it is for: `to` (a number) wins over `recipient` (a BSUID).
fn recipient(state: &State, number: &PhoneNumber, params: &Params) -> Result<(Option<Customer>, String), GraphError> {
    let input = params
        .filled("to")
        .or_else(|| params.filled("recipient"))
        .ok_or_else(|| GraphError::missing_parameter("to"))?;
    let key = if input.contains('.') { input.clone() } else { digits(&input) };
    if key == digits(&number.display_phone_number) {
        return Err(whatsapp(131_021, "Recipient cannot be sender", "Sender and recipient phone number is the same."));
    }
    let customer = state.customer_known_as(&number.id, &key);
    let has_role = customer.as_ref().is_some_and(|customer| state.world.app.roles.contains(&customer.id));
    if state.world.app.mode == Mode::Development && !has_role {
        return Err(whatsapp(
            131_030,
            "Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
        ));
    }
    Ok((customer, input))
}

/// A template must exist in this WABA.
fn templates(state: &State, number: &PhoneNumber, outgoing: &Outgoing) -> Result<(), GraphError> {
    let Some(name) = &outgoing.template else { return Ok(()) };
    let waba = state.world.whatsapp_accounts.iter().find(|waba| waba.id == number.waba);
    if waba.is_some_and(|waba| waba.templates.contains(name)) {
        return Ok(());
    }
    Err(whatsapp(
        132_001,
        "Template name does not exist in the translation",
        &format!("template name ({name}) does not exist in {}", outgoing.language),
    )
    .status(404))
}

/// Keep the message and say that it was accepted.
fn accept(
    state: &mut State,
    number: &PhoneNumber,
    customer: Option<&Customer>,
    input: &str,
    outgoing: &Outgoing,
) -> Result<(Parties, Value), GraphError> {
    let stranger = Customer { phone: digits(input), ..Customer::nobody() };
    let parties = state
        .parties(&number.id, customer.unwrap_or(&stranger), false)
        .ok_or_else(|| GraphError::no_such_object("post", &number.id))?;
    if let Some(customer) = customer {
        let key = thread_key(&number.id, &customer.id);
        let thread = state.conversations.open(&key);
        thread.typing_until = 0;
        match &outgoing.reaction {
            Some((to, emoji)) => {
                if let Some(message) = thread.message(to) {
                    message.business_reaction = (!emoji.is_empty()).then(|| emoji.clone());
                }
            }
            None => {
                let mut message =
                    ChatMessage::new(&parties.message_id, false, parties.at_ms, &outgoing.kind, &outgoing.text);
                message.media.clone_from(&outgoing.media);
                message.buttons.clone_from(&outgoing.buttons);
                message.reply_to.clone_from(&outgoing.reply_to);
                thread.add(message);
            }
        }
        state.touch();
    }
    let mut contact = json!({"input": input});
    if input.contains('.') {
        contact["user_id"] = json!(input);
    } else {
        contact["wa_id"] = json!(parties.customer);
    }
    let mut message = json!({"id": parties.message_id});
    if outgoing.kind == "template" {
        message["message_status"] = json!("accepted");
    }
    let answer = json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]});
    Ok((parties, answer))
}

/// Blue ticks on the customer's phone; with `typing_indicator` also the sign that somebody writes.
fn mark_read(view: &mut View<'_>, number: &PhoneNumber, params: &Params) -> Result<Value, GraphError> {
    let id = params.filled("message_id").ok_or_else(|| GraphError::missing_parameter("message_id"))?;
    let now = view.state.now();
    let customers: Vec<String> = view.world.customers.iter().map(|customer| customer.id.clone()).collect();
    for customer in customers {
        let thread = view.state.conversations.open(&thread_key(&number.id, &customer));
        let Some(message) = thread.message(&id).filter(|message| message.from_customer) else { continue };
        let at = message.at_ms;
        let earlier = |message: &&mut ChatMessage| message.from_customer && message.at_ms <= at;
        thread.messages.iter_mut().filter(earlier).for_each(|message| message.progress = Progress::Read);
        if params.0.contains_key("typing_indicator") {
            thread.typing_until = now + TYPING;
        }
        view.state.touch();
        return Ok(json!({"success": true}));
    }
    Err(whatsapp(100, "Invalid parameter", "The message id is not one of a message this number received."))
}
