//! Multipart bodies: fields become parameters, one file goes beside them.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::params::Params;
use super::send::Upload;

/// The boundary, when this is a multipart body.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// Its fields and its first file. What cannot be read is left out, as a missing parameter then says.
pub(super) async fn read(boundary: String, body: Bytes) -> (Params, Option<Upload>) {
    let stream = tokio_stream::once(Ok::<_, std::io::Error>(body));
    let mut parts = multer::Multipart::new(stream, boundary);
    let (mut params, mut upload) = (Params::default(), None);
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(ToString::to_string);
        let Ok(bytes) = part.bytes().await else { break };
        match file {
            Some(file) => {
                let mime = mime.unwrap_or_else(|| "application/octet-stream".into());
                upload.get_or_insert(Upload { mime, name: file, bytes });
            }
            None => {
                params.0.insert(name, Value::String(String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    (params, upload)
}
