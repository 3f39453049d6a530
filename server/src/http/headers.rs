//! Security headers, the same on every answer.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::identity::before_secret;
use crate::services::Services;

/// The nonce of this answer's Content-Security-Policy, in the request's extensions for whoever writes a script tag.
#[derive(Clone, Debug)]
pub struct CspNonce(pub Arc<str>);

const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    // `same-origin` would cut the popup off from the page that opened it (Meta reference §2.4).
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin-allow-popups")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ),
];

/// Puts the security headers on the answer.
pub(super) async fn secure(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let nonce: Arc<str> = services.entropy().token().into();
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    // What is meant for everybody to find. Links that open something once must not end up in an index.
    let public = matches!(request.uri().path(), "/privacy" | "/terms" | "/help/errors");
    let secret = before_secret(request.uri().path()).is_some();
    let mut response = next.run(request).await;
    let policy = policy(&services, &nonce);
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if !public {
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    }
    if secret {
        // The next request would tell the path in `Referer`. `no-referrer` would take `Origin` from forms as well.
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    }
    if services.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Our own scripts by nonce or address, Meta's SDK and what it loads, and a form that may lead to Meta's dialog.
fn policy(services: &Services, nonce: &str) -> String {
    let (mut sdk, mut dialog) = (String::new(), String::new());
    if services.apps().any() {
        let setup = services.apps().setup();
        sdk = setup.sdk_url.origin().ascii_serialization();
        dialog = setup.dialog_url.origin().ascii_serialization();
        if sdk == "https://connect.facebook.net" {
            dialog.push_str(" https://*.facebook.com");
            sdk.push_str(" https://*.facebook.net");
        }
    }
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval' {sdk}; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self' {dialog}; frame-src {dialog}; manifest-src 'self'; \
         form-action 'self' {dialog}; base-uri 'none'; frame-ancestors 'none'"
    )
}
