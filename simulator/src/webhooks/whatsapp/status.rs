//! What became of a message a business sent (Meta reference §7.6.2).

use serde_json::{Value, json};

use super::{contacts, value};
use crate::webhooks::parties::Parties;

/// A status and what it brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Sent,
    Delivered,
    Read,
    Played,
    /// Error code, title and details.
    Failed(u32, String, String),
}

impl Outcome {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed(..) => "failed",
        }
    }
}

/// The `value` of the `messages` field for the status of one message. `category` is that of its price.
pub(crate) fn status(
    parties: &Parties,
    message: &str,
    outcome: &Outcome,
    category: &str,
    callback_data: Option<&str>,
) -> Value {
    let mut status = json!({
        "id": message,
        "status": outcome.name(),
        "timestamp": (parties.at_ms / 1000).to_string(),
        "recipient_user_id": parties.bsuid,
    });
    if !parties.hides_phone {
        status["recipient_id"] = json!(parties.customer);
    }
    if let Some(data) = callback_data {
        status["biz_opaque_callback_data"] = json!(data);
    }
    match outcome {
        Outcome::Sent | Outcome::Delivered => {
            let kind = if category == "service" { "free_customer_service" } else { "regular" };
            status["pricing"] = json!({
                "billable": category != "service",
                "pricing_model": "PMP",
                "type": kind,
                "category": category,
            });
        }
        Outcome::Failed(code, title, details) => {
            status["errors"] = json!([{
                "code": code,
                "title": title,
                "message": title,
                "error_data": {"details": details},
                "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
            }]);
        }
        Outcome::Read | Outcome::Played => {}
    }
    let mut value = value(parties);
    if !matches!(outcome, Outcome::Failed(..)) {
        value["contacts"] = contacts(parties);
    }
    value["statuses"] = json!([status]);
    value
}
