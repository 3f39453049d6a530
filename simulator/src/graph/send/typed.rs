//! The body of a WhatsApp message: what it is and what it says (Meta reference §8.1).

use serde_json::Value;

use crate::graph::errors::GraphError;
use crate::graph::params::Params;

/// Longest text.
const TEXT: usize = 4_096;
/// Longest caption.
const CAPTION: usize = 1_024;

/// A message a business sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Outgoing {
    pub(super) kind: String,
    pub(super) text: String,
    /// A stored file.
    pub(super) media: Option<String>,
    pub(super) buttons: Vec<(String, String)>,
    pub(super) reply_to: Option<String>,
    /// The message reacted to, and the emoji; empty takes it back.
    pub(super) reaction: Option<(String, String)>,
    /// Name of the template.
    pub(super) template: Option<String>,
    pub(super) language: String,
}

/// Read and check it.
pub(super) fn read(params: &Params) -> Result<Outgoing, GraphError> {
    let kind = params.filled("type").unwrap_or_else(|| "text".into());
    let body = params
        .json(&kind)
        .filter(|body| body.is_object() || body.is_array())
        .ok_or_else(|| GraphError::missing_parameter(&kind))?;
    let context = params.json("context").unwrap_or_default();
    let mut outgoing = Outgoing { kind: kind.clone(), reply_to: owned(&context["message_id"]), ..Outgoing::default() };
    match kind.as_str() {
        "text" => outgoing.text = bounded(required(&body, "body", "text[body]")?, TEXT, "text['body']")?,
        "image" | "video" | "audio" | "document" | "sticker" => media(&mut outgoing, &body)?,
        "location" => {
            let name = owned(&body["name"]).unwrap_or_default();
            if body["latitude"].is_null() || body["longitude"].is_null() {
                return Err(GraphError::missing_parameter("location['latitude']"));
            }
            outgoing.text = if name.is_empty() { format!("{}, {}", body["latitude"], body["longitude"]) } else { name };
        }
        "contacts" => outgoing.text = "Contact card".into(),
        "reaction" => {
            let to = required(&body, "message_id", "reaction['message_id']")?;
            outgoing.reaction = Some((to, owned(&body["emoji"]).unwrap_or_default()));
        }
        "interactive" => interactive(&mut outgoing, &body)?,
        "template" => template(&mut outgoing, &body)?,
        _ => {
            return Err(GraphError::new(
                100,
                "(#100) Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, \
                 TEMPLATE, TEXT, VIDEO}",
            ));
        }
    }
    Ok(outgoing)
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn required(body: &Value, key: &str, name: &str) -> Result<String, GraphError> {
    owned(&body[key]).filter(|text| !text.is_empty()).ok_or_else(|| GraphError::missing_parameter(name))
}

fn bounded(text: String, most: usize, name: &str) -> Result<String, GraphError> {
    if text.chars().count() <= most {
        return Ok(text);
    }
    Err(GraphError::new(100, format!("(#100) Param {name} must be at most {most} characters long.")))
}

fn media(outgoing: &mut Outgoing, body: &Value) -> Result<(), GraphError> {
    outgoing.media = owned(&body["id"]);
    let link = owned(&body["link"]);
    if outgoing.media.is_none() && link.is_none() {
        return Err(GraphError::new(100, "(#100) Invalid parameter").details("Either id or link must be given."));
    }
    let caption = bounded(owned(&body["caption"]).unwrap_or_default(), CAPTION, "caption")?;
    if !caption.is_empty() && matches!(outgoing.kind.as_str(), "audio" | "sticker") {
        return Err(GraphError::new(100, "(#100) Unexpected key \"caption\" on param"));
    }
    outgoing.text =
        [Some(caption), link].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    Ok(())
}

fn interactive(outgoing: &mut Outgoing, body: &Value) -> Result<(), GraphError> {
    outgoing.text = required(&body["body"], "text", "interactive['body']['text']")?;
    let action = &body["action"];
    let rows = action["sections"].as_array().into_iter().flatten().flat_map(|section| section["rows"].as_array());
    let rows: Vec<(String, String)> = rows.flatten().filter_map(|row| pair(row, "title", "id")).collect();
    let buttons: Vec<(String, String)> = action["buttons"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| pair(&one["reply"], "title", "id"))
        .collect();
    if buttons.len() > 3 {
        return Err(
            GraphError::new(100, "(#100) Invalid parameter").details("Buttons count is not allowed, expected 1..3.")
        );
    }
    if rows.len() > 10 {
        return Err(
            GraphError::new(100, "(#100) Invalid parameter").details("Total row count exceed max allowed count: 10")
        );
    }
    if buttons.iter().any(|(title, id)| title.chars().count() > 20 || id.chars().count() > 256) {
        return Err(
            GraphError::new(100, "(#100) Invalid parameter").details("Button title length invalid. Min: 1, Max: 20")
        );
    }
    outgoing.buttons = if buttons.is_empty() { rows } else { buttons };
    Ok(())
}

fn template(outgoing: &mut Outgoing, body: &Value) -> Result<(), GraphError> {
    let name = required(body, "name", "template['name']")?;
    outgoing.language = required(&body["language"], "code", "template['language']")?;
    let parameters = body["components"].as_array().into_iter().flatten().flat_map(|one| one["parameters"].as_array());
    let words: Vec<&str> = parameters.flatten().filter_map(|one| one["text"].as_str()).collect();
    outgoing.text = if words.is_empty() { name.clone() } else { format!("{name}: {}", words.join(", ")) };
    outgoing.template = Some(name);
    Ok(())
}

fn pair(object: &Value, first: &str, second: &str) -> Option<(String, String)> {
    Some((owned(&object[first])?, owned(&object[second])?))
}
