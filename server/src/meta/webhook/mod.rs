//! What Meta's webhooks say (Meta reference §7): a body becomes events. Pure: no database, no clock.

mod event;

pub use event::{
    Attachment, Content, Direction, Event, Happening, Identity, IdentityKind, Participant, Reach, SentStatus,
};

/// Stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("x")]
pub struct Unreadable;
impl Unreadable {
    /// For people.
    pub fn explanation(&self) -> crate::explanation::Explanation {
        crate::explanation::Explanation::new("a", "b", "c", "d")
    }
}
/// Stand-in.
pub fn read(body: &[u8], received: crate::clock::Timestamp) -> Result<Vec<Event>, Unreadable> {
    use serde_json::Value;
    use crate::asset_kind::AssetKind;
    let body: Value = serde_json::from_slice(body).map_err(|_| Unreadable)?;
    let mut events = Vec::new();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    for entry in body["entry"].as_array().ok_or(Unreadable)? {
        for change in entry["changes"].as_array().into_iter().flatten() {
            let value = &change["value"];
            let about = vec![
                (AssetKind::WhatsappNumber, value["metadata"]["phone_number_id"].as_str().unwrap_or("").to_owned()),
                (AssetKind::WhatsappAccount, entry["id"].as_str().unwrap_or("").to_owned()),
            ];
            let at = |value: &Value| value["timestamp"].as_str().and_then(|t| t.parse().ok()).map_or(received, crate::clock::Timestamp::from_seconds);
            let who = |user: &Value, wa: &Value, name: Option<String>| Participant {
                identities: [(IdentityKind::UserId, user), (IdentityKind::WaId, wa)].into_iter().filter_map(|(kind, v)| Some(Identity { kind, scope: String::new(), value: text(v)? })).collect(),
                name, username: None, phone: text(wa),
            };
            for message in value["messages"].as_array().into_iter().flatten() {
                events.push(Event { about: about.clone(), at: at(message), raw: message.clone(), what: Happening::Message(Content {
                    id: text(&message["id"]).unwrap_or_default(), direction: Direction::In,
                    with: who(&message["from_user_id"], &message["from"], text(&value["contacts"][0]["profile"]["name"])),
                    thread: None, kind: text(&message["type"]).unwrap_or_default(), text: text(&message["text"]["body"]),
                    reply_to: None, attachments: vec![], detail: None, status: None }) });
            }
            for status in value["statuses"].as_array().into_iter().flatten() {
                events.push(Event { about: about.clone(), at: at(status), raw: status.clone(), what: Happening::Status {
                    message: text(&status["id"]).unwrap_or_default(), status: SentStatus::Delivered,
                    to: who(&status["recipient_user_id"], &status["recipient_id"], None), thread: None, error: None } });
            }
        }
    }
    Ok(events)
}
