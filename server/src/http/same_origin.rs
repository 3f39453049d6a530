//! Changes must come from our own pages: a request that a browser marks as coming from elsewhere is refused.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use url::Url;

use super::identity::Problem;
use crate::{error::Error, services::Services, words::failures};

/// Refuses changes that another site's page sends. Programs that are not browsers send neither header and carry no
/// cookie of a victim.
pub(super) async fn require(State(services): State<Services>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_ours(request.headers(), services.public_url().scheme()) {
        next.run(request).await
    } else {
        Problem(Error::Refused(failures::accounts::cross_origin())).into_response()
    }
}

/// Whether the page that sends this is ours. `scheme` is the one by which people reach us: behind a proxy the request itself
/// does not tell.
fn is_ours(headers: &HeaderMap, scheme: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.parse::<Url>().ok());
    let ours = text("host").and_then(|host| format!("{scheme}://{host}/").parse::<Url>().ok());
    match (origin, ours) {
        // Scheme, host and port; a port that the scheme implies may be written or not.
        (Some(origin), Some(ours)) => origin.origin().is_tuple() && origin.origin() == ours.origin(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::http::HeaderValue;

    use super::*;

    fn ours_by(scheme: &str, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_static(v))).collect();
        is_ours(&headers, scheme)
    }

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        ours_by("https", pairs)
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(ours(&[("origin", "https://attache.example.com"), ("host", "attache.example.com")]));
        assert!(ours(&[("origin", "https://attache.example.com"), ("host", "attache.example.com:443")]));
        assert!(!ours(&[("origin", "http://attache.example.com"), ("host", "attache.example.com")]));
        assert!(!ours(&[("origin", "https://attache.example.com:8443"), ("host", "attache.example.com")]));
        assert!(ours_by("http", &[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!ours_by("http", &[("origin", "http://127.0.0.1:3001"), ("host", "127.0.0.1:3000")]));
        assert!(!ours_by("http", &[("origin", "https://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!ours(&[("origin", "https://attache.example.com.evil.example"), ("host", "attache.example.com")]));
        assert!(!ours(&[("origin", "null"), ("host", "attache.example.com")]));
        assert!(ours(&[("host", "attache.example.com")]));
    }
}
