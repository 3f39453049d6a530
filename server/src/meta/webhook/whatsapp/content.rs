//! What a message says and carries, by its type (Meta reference §7.6.1).

use serde_json::Value;

use crate::meta::webhook::{
    event::Attachment,
    lenient::{Odd, hint, list, number, pick, text, text_of, word},
};

/// Text and attachments of one message.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: Option<String>,
    pub(super) attachments: Vec<Attachment>,
}

/// Whether Attaché knows this type.
pub(super) fn is_known(kind: &str) -> bool {
    is_media(kind)
        || matches!(
            kind,
            "text"
                | "location"
                | "contacts"
                | "interactive"
                | "button"
                | "order"
                | "unsupported"
                | "unknown"
                | "template"
                | "media_placeholder"
                | "request_welcome"
                | "errors"
        )
}

fn is_media(kind: &str) -> bool {
    matches!(kind, "image" | "video" | "audio" | "voice" | "document" | "sticker")
}

impl Body {
    /// Reads the object that a message holds under the name of its type.
    pub(super) fn read(kind: &str, body: &Value) -> Result<Self, Odd> {
        if is_media(kind) {
            return Ok(Self { text: text(body, "caption")?, attachments: vec![media(kind, body)?] });
        }
        let text = match kind {
            "text" => text(body, "body")?,
            "button" => text_of(body, &["text", "payload"])?,
            "location" => location(body)?,
            "contacts" => contacts(body),
            "interactive" => interactive(body)?,
            "order" => order(body)?,
            "template" => text(body, "name")?,
            _ => None,
        };
        Ok(Self { text, attachments: Vec::new() })
    }
}

fn media(kind: &str, media: &Value) -> Result<Attachment, Odd> {
    Ok(Attachment {
        kind: kind.to_owned(),
        media_id: text(media, "id")?,
        url: text_of(media, &["url", "link"])?,
        mime_type: text(media, "mime_type")?,
        sha256: text(media, "sha256")?,
        filename: text(media, "filename")?,
        detail: pick(media, &["voice", "animated", "status"]),
    })
}

/// Its name and address, or else where it is.
fn location(location: &Value) -> Result<Option<String>, Odd> {
    let named: Vec<String> = [text(location, "name")?, text(location, "address")?].into_iter().flatten().collect();
    if !named.is_empty() {
        return Ok(Some(named.join(", ")));
    }
    let place = (text(location, "latitude")?, text(location, "longitude")?);
    Ok(if let (Some(latitude), Some(longitude)) = place { Some(format!("{latitude}, {longitude}")) } else { None })
}

/// Whom they name.
fn contacts(contacts: &Value) -> Option<String> {
    let contacts = contacts.as_array().map_or(std::slice::from_ref(contacts), Vec::as_slice);
    let names: Vec<String> = contacts.iter().filter_map(|contact| hint(&contact["name"], "formatted_name")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What was chosen, or filled in; for what the business sent, what it asked.
fn interactive(interactive: &Value) -> Result<Option<String>, Odd> {
    let kind = word(interactive, "type");
    let reply = &interactive[kind];
    match kind {
        "nfm_reply" => text_of(reply, &["body", "name"]),
        "call_permission_reply" => text(reply, "response"),
        "" => Ok(None),
        _ => match text_of(reply, &["title", "description", "id"])? {
            Some(title) => Ok(Some(title)),
            None => Ok(hint(&interactive["body"], "text")),
        },
    }
}

/// The customer's words, and what is ordered.
fn order(order: &Value) -> Result<Option<String>, Odd> {
    let items = list(order, "product_items").iter().filter_map(|item| {
        let product = hint(item, "product_retailer_id")?;
        Some(format!("{} × {product}", number(item, "quantity").unwrap_or(1)))
    });
    let lines: Vec<String> = text(order, "text")?.into_iter().chain(items).collect();
    Ok((!lines.is_empty()).then(|| lines.join("\n")))
}
