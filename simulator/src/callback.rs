//! Reaching the product's callbacks: handshakes, webhooks, compliance. Never anything beyond this machine.

use std::error::Error;
use std::net::IpAddr;
use std::time::Duration;

use url::{Host, Url};

use crate::state::Shared;

/// How long a callback may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The client callbacks are asked with: no redirects, short patience, and trust in exactly these certificates (DER).
pub(crate) fn client(trusted: &[Vec<u8>]) -> Option<reqwest::Client> {
    // Another part of the process may have chosen a provider already; then that one serves here too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let trusted: Result<Vec<_>, _> = trusted.iter().map(|der| reqwest::Certificate::from_der(der)).collect();
    #[allow(clippy::disallowed_methods, reason = "the simulator calls callbacks on this machine, from here alone")]
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .tls_certs_only(trusted.ok()?)
        .no_proxy()
        .user_agent("facebookplatform/1.0 (+http://developers.facebook.com)")
        .build();
    client.ok()
}

/// The address and the client to ask it with, or why Meta would not reach it, in the words of its errors.
pub(crate) fn reach<'a>(shared: &'a Shared, address: &str) -> Result<(Url, &'a reqwest::Client), &'static str> {
    let url = Url::parse(address).map_err(|_| "curl_errno = 3; curl_error = URL malformed")?;
    // The simulator never leaves the machine.
    if !is_loopback(&url) {
        return Err("curl_errno = 7; curl_error = the simulator reaches callbacks on this machine only");
    }
    let client = shared.http().ok_or("curl_errno = 2; curl_error = Failed initialization")?;
    Ok((url, client))
}

/// A failure in curl's words, as Meta repeats them.
pub(crate) fn curl_words(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "curl_errno = 28; curl_error = Connection timed out"
    } else if is_certificate(error) {
        "curl_errno = 60; curl_error = SSL certificate problem: self signed certificate"
    } else if error.is_connect() {
        "curl_errno = 7; curl_error = Failed to connect"
    } else {
        "curl_errno = 52; curl_error = Empty reply from server"
    }
}

/// Whether the callback's certificate was not trusted.
fn is_certificate(error: &(dyn Error + 'static)) -> bool {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return matches!(tls, rustls::Error::InvalidCertificate(_));
    }
    // An input-output error passes over the error it holds when asked for its source.
    let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    held.map(|held| held as &(dyn Error + 'static)).or_else(|| error.source()).is_some_and(is_certificate)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}
