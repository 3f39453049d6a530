//! The body of a Messenger or Instagram message, and Messenger's rules (Meta reference §8.2, §8.4).

use serde_json::{Value, json};
use url::Url;

use super::Upload;
use crate::graph::dispatch::Call;
use crate::graph::errors::GraphError;
use crate::state::{File, State};
use crate::webhooks::{Parties, Update};

/// 24 hours, and the seven days of `HUMAN_AGENT`.
pub(super) const WINDOW: i64 = 24 * 3_600;
pub(super) const HUMAN_AGENT: i64 = 7 * 24 * 3_600;
/// Longest text.
const TEXT: usize = 2_000;

/// A message as it was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) recipient: String,
    pub(super) messaging_type: String,
    pub(super) tag: Option<String>,
    pub(super) sender_action: Option<String>,
    pub(super) reaction: Option<String>,
    pub(super) reaction_to: Option<String>,
    /// `text` as sent; null when there is none.
    pub(super) said: Value,
    pub(super) attachments: Value,
    pub(super) metadata: Value,
    pub(super) reply_to: Option<String>,
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) media: Option<String>,
    pub(super) buttons: Vec<(String, String)>,
    pub(super) reusable: bool,
    upload: Option<Upload>,
}

/// Read and check it.
pub(super) fn read(call: &Call) -> Result<Body, GraphError> {
    let params = &call.params;
    let recipient = params.json("recipient").ok_or_else(|| GraphError::missing_parameter("recipient"))?;
    let id = match &recipient["id"] {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return Err(GraphError::missing_parameter("recipient[id]")),
    };
    let message = params.json("message").unwrap_or_default();
    let sender_action = params.filled("sender_action");
    if sender_action.is_some() && !message.is_null() {
        return Err(GraphError::new(100, "(#100) Only one of message or sender_action can be given"));
    }
    let action = params.json("payload").unwrap_or_default();
    let mut body = Body {
        recipient: id,
        messaging_type: params.filled("messaging_type").unwrap_or_else(|| "RESPONSE".into()),
        tag: params.filled("tag"),
        reaction: owned(&action["reaction"]),
        reaction_to: owned(&action["message_id"]),
        metadata: message["metadata"].clone(),
        reply_to: owned(&params.json("reply_to").unwrap_or_default()["mid"]),
        kind: "text".into(),
        upload: call.upload.as_deref().cloned(),
        sender_action,
        ..Body::default()
    };
    if body.sender_action.is_none() {
        contents(&mut body, &message)?;
    }
    Ok(body)
}

fn contents(body: &mut Body, message: &Value) -> Result<(), GraphError> {
    if let Some(text) = owned(&message["text"]) {
        body.said = json!(text);
        body.text = text;
    }
    let attachments: Vec<Value> = match (&message["attachment"], &message["attachments"]) {
        (Value::Object(one), _) => vec![Value::Object(one.clone())],
        (_, Value::Array(several)) => several.clone(),
        _ => Vec::new(),
    };
    if body.text.is_empty() && attachments.is_empty() {
        return Err(GraphError::new(100, "(#100) Message cannot be empty, must provide valid attachment or text")
            .subcode(2_018_034));
    }
    for attachment in &attachments {
        attach(body, attachment)?;
    }
    if !attachments.is_empty() {
        body.attachments = Value::Array(attachments);
    }
    let replies = message["quick_replies"].as_array().cloned().unwrap_or_default();
    if replies.len() > 13 {
        return Err(GraphError::new(100, "(#100) Param message[quick_replies] has too many elements."));
    }
    for reply in &replies {
        let (Some(title), payload) = (owned(&reply["title"]), owned(&reply["payload"])) else { continue };
        if title.chars().count() > 20 {
            return Err(GraphError::new(100, "(#100) Length of param title must be less than or equal to 20"));
        }
        body.buttons.push((title, payload.unwrap_or_default()));
    }
    Ok(())
}

fn attach(body: &mut Body, attachment: &Value) -> Result<(), GraphError> {
    let payload = &attachment["payload"];
    body.kind = owned(&attachment["type"]).unwrap_or_else(|| "file".into());
    body.reusable |= payload["is_reusable"] == true;
    if body.kind == "template" {
        return template(body, payload);
    }
    if let Some(id) = owned(&payload["attachment_id"]) {
        body.media = Some(id);
    } else if let Some(url) = owned(&payload["url"]) {
        let fetchable = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !fetchable {
            return Err(GraphError::new(100, "(#100) Upload attachment failure.").subcode(2_018_047));
        }
        body.text = [std::mem::take(&mut body.text), url].join("\n").trim().to_owned();
    } else if body.upload.is_none() && body.kind != "like_heart" && payload["id"].is_null() {
        return Err(GraphError::new(100, "(#100) Upload attachment failure.").subcode(2_018_047));
    }
    Ok(())
}

fn template(body: &mut Body, payload: &Value) -> Result<(), GraphError> {
    let first = if payload["elements"].is_array() { &payload["elements"][0] } else { payload };
    body.text = owned(&payload["text"]).or_else(|| owned(&first["title"])).unwrap_or_default();
    if body.text.chars().count() > 640 {
        return Err(GraphError::new(100, "(#100) Length of param text must be less than or equal to 640"));
    }
    let buttons = first["buttons"].as_array().into_iter().flatten();
    body.buttons.extend(buttons.filter_map(|button| {
        let sends = owned(&button["payload"]).or_else(|| owned(&button["url"]))?;
        Some((owned(&button["title"])?, sends))
    }));
    Ok(())
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

impl Body {
    /// Keep an uploaded file; the id that can be used again, when it may be.
    pub(super) fn keep(&mut self, state: &mut State) -> Option<String> {
        if let Some(upload) = self.upload.take() {
            let at = state.now();
            let file = File { mime: upload.mime, name: upload.name, bytes: upload.bytes, phone: None, at };
            self.media = Some(state.files.add(file));
        }
        if !self.reusable {
            return None;
        }
        let at = state.now();
        let id = self.media.clone().unwrap_or_else(|| {
            let link = File {
                mime: "text/uri-list".into(),
                name: "link".into(),
                bytes: self.text.clone().into(),
                phone: None,
                at,
            };
            state.files.add(link)
        });
        Some(id)
    }

    /// Seconds the customer may have been silent; `None` when it does not matter.
    pub(super) fn patience(&self) -> Result<Option<i64>, GraphError> {
        match (self.messaging_type.as_str(), self.tag.as_deref()) {
            ("UTILITY", _) => Ok(None),
            (_, Some("HUMAN_AGENT")) => Ok(Some(HUMAN_AGENT)),
            (_, Some("CONFIRMED_EVENT_UPDATE" | "ACCOUNT_UPDATE" | "POST_PURCHASE_UPDATE")) => Err(GraphError::new(
                100,
                "(#100) This message tag is no longer supported. Use utility messages instead.",
            )),
            (_, Some(_)) => Err(GraphError::new(100, "(#100) Param tag must be one of {HUMAN_AGENT}")),
            ("RESPONSE" | "UPDATE", None) => Ok(Some(WINDOW)),
            ("MESSAGE_TAG", None) => Err(GraphError::missing_parameter("tag")),
            _ => Err(GraphError::new(
                100,
                "(#100) Param messaging_type must be one of {MESSAGE_TAG, RESPONSE, UPDATE, UTILITY}",
            )),
        }
    }
}

/// Messenger's rules.
pub(super) fn allowed(body: &Body, silent_for: Option<i64>, utility: bool) -> Result<(), GraphError> {
    if body.said.as_str().is_some_and(|text| text.chars().count() > TEXT) {
        return Err(GraphError::new(100, "(#100) Length of param message[text] must be less than or equal to 2000"));
    }
    let Some(patience) = body.patience()? else {
        let missing = "(#200) Requires pages_utility_messaging permission to manage the object";
        return if utility { Ok(()) } else { Err(GraphError::missing_permission(missing)) };
    };
    if silent_for.is_some_and(|silent| silent < patience) {
        return Ok(());
    }
    Err(GraphError::new(10, "(#10) This message is sent outside of allowed window.").subcode(2_018_278).status(403))
}

/// Nobody this Page knows.
pub(super) fn no_such_user() -> GraphError {
    GraphError::new(100, "(#100) No matching user found").subcode(2_018_001)
}

/// An event the customer's phone reports.
pub(super) fn event(parties: &Parties, object: &str, field: &str, event: Value) -> Update {
    let mut item = json!({
        "sender": {"id": parties.customer}, "recipient": {"id": parties.asset}, "timestamp": parties.at_ms,
    });
    if let (Some(item), Value::Object(event)) = (item.as_object_mut(), event) {
        item.extend(event);
    }
    Update::messaging(object, &parties.asset, field, item)
}
