//! WhatsApp's media (Meta reference §8.1).

use axum::body::Bytes;
use serde_json::{Value, json};

use crate::graph::dispatch::Call;
use crate::graph::errors::GraphError;
use crate::graph::render::View;
use crate::state::File;

/// A file in a multipart body.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) mime: String,
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

const MB: usize = 1024 * 1024;
/// Days a file is kept.
const KEPT: i64 = 30 * 86_400;

/// Types and the most bytes of each.
fn largest(mime: &str) -> Option<usize> {
    let plain = mime.split(';').next().unwrap_or_default().trim();
    match plain {
        "image/jpeg" | "image/png" => Some(5 * MB),
        "image/webp" => Some(500 * 1024),
        "audio/aac" | "audio/mp4" | "audio/mpeg" | "audio/amr" | "audio/ogg" => Some(16 * MB),
        "video/mp4" | "video/3gp" | "video/3gpp" => Some(16 * MB),
        "text/plain" | "application/pdf" | "application/msword" | "application/vnd.ms-excel" => Some(100 * MB),
        plain if plain.starts_with("application/vnd.") => Some(100 * MB),
        _ => None,
    }
}

/// `POST /{phone}/media`.
pub(super) fn upload(view: &mut View<'_>, phone: usize, call: &Call) -> Result<Value, GraphError> {
    needs_messaging(view)?;
    if call.params.text("messaging_product").as_deref() != Some("whatsapp") {
        return Err(GraphError::missing_parameter("messaging_product"));
    }
    let upload = call.upload.as_deref().ok_or_else(|| GraphError::missing_parameter("file"))?;
    let mime = call.params.filled("type").unwrap_or_else(|| upload.mime.clone());
    let Some(most) = largest(&mime) else {
        return Err(GraphError::new(
            100,
            format!(
                "(#100) Param file must be a file with one of the following types: … Received file of type '{mime}'."
            ),
        ));
    };
    if upload.bytes.len() > most {
        return Err(GraphError::new(100, "(#100) Invalid parameter")
            .details(format!("The file is larger than {most} bytes, the most for {mime}.")));
    }
    let at = view.state.now();
    let phone = view.world.phone_numbers.get(phone).map(|number| number.id.clone());
    let file = File { mime, name: upload.name.clone(), bytes: upload.bytes.clone(), phone, at };
    Ok(json!({"id": view.state.files.add(file)}))
}

/// `GET /{media-id}`: where it can be fetched for five minutes.
pub(super) fn read(view: &mut View<'_>, id: &str) -> Result<Value, GraphError> {
    needs_messaging(view)?;
    let Some(file) = view.state.files.get(id).filter(|file| view.state.now() < file.at + KEPT) else {
        return Err(GraphError::no_such_object("get", id));
    };
    Ok(json!({
        "messaging_product": "whatsapp",
        "url": view.state.short_link(id),
        "mime_type": file.mime,
        "sha256": file.sha256_hex(),
        "file_size": file.bytes.len(),
        "id": id,
    }))
}

/// `DELETE /{media-id}`; files that customers sent stay.
pub(super) fn delete(view: &mut View<'_>, id: &str) -> Result<Value, GraphError> {
    needs_messaging(view)?;
    if view.state.files.get(id).is_none_or(|file| file.phone.is_none()) {
        return Err(GraphError::no_such_object("delete", id));
    }
    view.state.files.remove(id);
    Ok(json!({"success": true}))
}

fn needs_messaging(view: &View<'_>) -> Result<(), GraphError> {
    if view.access.granted_any(&["whatsapp_business_messaging", "whatsapp_business_management"]) {
        return Ok(());
    }
    Err(GraphError::missing_permission("(#200) You do not have the necessary permissions required to send messages"))
}
