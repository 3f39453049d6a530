//! The built site (script, WASM, style, fonts), embedded into the executable and served with validators.

use std::borrow::Cow;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
struct Site;

/// Whether `path` is a file of the site.
pub(crate) fn holds(path: &str) -> bool {
    Site::get(path.trim_start_matches('/')).is_some()
}

/// Answers a file of the site: compressed when the browser can read that, and `304` when it has it already.
pub(crate) async fn file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let Some(form) = form(&path, request.headers()) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response =
        if knows(request.headers(), &form.tag) { StatusCode::NOT_MODIFIED.into_response() } else { body(&path, &form) };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&form.tag) {
        headers.insert(header::ETAG, tag);
    }
    // Names do not change with content, so every use asks again; the answer is a few bytes.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// A file in the encoding that it is sent in. Each encoding has a validator of its own.
struct Form {
    data: Cow<'static, [u8]>,
    encoding: Option<&'static str>,
    tag: String,
}

fn form(path: &str, headers: &HeaderMap) -> Option<Form> {
    let plain = Site::get(path)?;
    let hash = hex(&plain.metadata.sha256_hash()[..16]);
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let compressed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| accepts(accepted, name))
        .find_map(|(name, ending)| Some((name, Site::get(&format!("{path}{ending}"))?)));
    Some(match compressed {
        Some((name, file)) => Form { data: file.data, encoding: Some(name), tag: format!("\"{hash}-{name}\"") },
        None => Form { data: plain.data, encoding: None, tag: format!("\"{hash}\"") },
    })
}

/// Whether an `Accept-Encoding` names the encoding, and does not rule it out with `q=0`.
fn accepts(accepted: &str, name: &str) -> bool {
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|one| one.eq_ignore_ascii_case(name));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        named && weight > 0.0
    })
}

/// Whether the browser has exactly this already.
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).any(|one| one.trim().trim_start_matches("W/") == tag)
}

fn body(path: &str, form: &Form) -> Response {
    let mut response = Response::new(Body::from(form.data.clone()));
    if let Some(encoding) = form.encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_only_when_it_is_named_and_not_ruled_out() {
        assert!(accepts("gzip, br", "br") && accepts("BR;q=0.5", "br"));
        assert!(!accepts("gzip;q=1, br;q=0", "br") && !accepts("", "br") && !accepts("brotli", "br"));
    }

    #[test]
    fn a_browser_that_has_one_encoding_is_sent_another_in_full() {
        let asked = |tag: &'static str| HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(tag))]);
        assert!(knows(&asked("\"ab-br\""), "\"ab-br\"") && knows(&asked("\"x\", W/\"ab\""), "\"ab\""));
        assert!(!knows(&asked("\"ab\""), "\"ab-br\"") && !knows(&HeaderMap::new(), "\"ab\""));
    }
}
