//! What becomes of a WhatsApp message after it was accepted (Meta reference §7.6.2, §8.4).

use super::typed::Outgoing;
use crate::state::{Progress, State, thread_key};
use crate::webhooks::whatsapp::{Outcome, status};
use crate::webhooks::{Parties, Update};
use crate::world::Customer;

/// Code, title and details of an error.
pub(super) type Problem = (u32, &'static str, &'static str);

/// Outside the window.
pub(super) const WINDOW: Problem = (
    131_047,
    "Re-engagement message",
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
);
const UNDELIVERABLE: Problem = (131_026, "Message undeliverable", "Message Undeliverable.");

/// Problems that are reported later whatever was sent, by code.
fn problem(code: u32) -> Problem {
    match code {
        131_026 => UNDELIVERABLE,
        131_047 => WINDOW,
        131_042 => {
            (131_042, "Business eligibility payment issue", "There was an error related to your payment method.")
        }
        131_049 => (
            131_049,
            "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        ),
        131_050 => {
            (131_050, "User's number is part of an opt-out", "The user stopped marketing messages from your business.")
        }
        132_015 => (132_015, "Template is Paused", "Template is paused due to low quality so it cannot be sent."),
        code => (code, "Message failed", "Made by the simulator."),
    }
}

/// Queue the statuses, and keep what the customer's phone shows.
pub(super) fn follow(
    state: &mut State,
    parties: &Parties,
    customer: Option<&Customer>,
    outgoing: &Outgoing,
    outside: bool,
    data: Option<&str>,
) {
    let unreachable = customer.is_none_or(|customer| customer.unreachable);
    let failure = match state.switches.webhooks.fail_with {
        Some(code) => Some(problem(code)),
        None if outside => Some(WINDOW),
        None if unreachable => Some(UNDELIVERABLE),
        None => None,
    };
    let outcomes = match failure {
        Some((code, title, details)) => vec![Outcome::Failed(code, title.into(), details.into())],
        None if state.switches.webhooks.read_at_once => vec![Outcome::Sent, Outcome::Delivered, Outcome::Read],
        None => vec![Outcome::Sent, Outcome::Delivered],
    };
    let category = if outgoing.kind == "template" { "utility" } else { "service" };
    let thread = customer.map(|customer| thread_key(&parties.asset, &customer.id));
    for outcome in &outcomes {
        let mut value = status(parties, &parties.message_id, outcome, category, data);
        // Statuses of the same message follow each other in time.
        value["statuses"][0]["timestamp"] = serde_json::json!((state.now_ms() / 1000).to_string());
        let mut update = Update::change("whatsapp_business_account", &parties.waba, "messages", value);
        update.thread.clone_from(&thread);
        // Nobody hearing of it changes nothing for the sender.
        let _ = state.emit(update);
    }
    if let Some(message) = thread.and_then(|key| state.conversations.open(&key).message(&parties.message_id)) {
        message.progress = match outcomes.last() {
            Some(Outcome::Failed(..)) => Progress::Failed,
            Some(Outcome::Read) => Progress::Read,
            _ => Progress::Delivered,
        };
        message.problem = failure.map(|(code, title, _)| format!("{code}: {title}"));
    }
}
