//! The synchronous GET that proves a callback belongs to whoever configures it (Meta reference §7.1, §6.2).

use std::net::IpAddr;
use std::time::Duration;

use rand::RngExt as _;
use url::{Host, Url};

use super::errors::GraphError;
use crate::state::{AppSubscription, Shared, State};

/// How long a callback may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A change that waits for its callback to answer.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) callback_url: String,
    pub(crate) verify_token: String,
    pub(crate) challenge: u64,
    pub(crate) change: Change,
}

/// What is stored when it does.
#[derive(Debug)]
pub(crate) enum Change {
    App(AppSubscription),
    Waba(String),
    Phone(String),
}

impl Pending {
    /// A change with a fresh challenge.
    pub(crate) fn new(state: &mut State, callback_url: String, verify_token: String, change: Change) -> Box<Self> {
        let challenge = state.rng.random_range(100_000_000..2_000_000_000);
        Box::new(Self { callback_url, verify_token, challenge, change })
    }

    /// Store the change.
    pub(crate) fn commit(self, state: &mut State) {
        let subscriptions = &mut state.subscriptions;
        match self.change {
            Change::App(subscription) => {
                subscriptions.app.insert(subscription.object.clone(), subscription);
            }
            Change::Waba(id) => {
                let waba = subscriptions.assets.entry(id).or_default();
                waba.override_callback_uri = Some(self.callback_url);
                waba.override_verify_token = Some(self.verify_token);
            }
            Change::Phone(id) => {
                subscriptions.phones.insert(id, (self.callback_url, self.verify_token));
            }
        }
    }
}

/// The client callbacks are asked with: no redirects, short patience.
pub(crate) fn client() -> Option<reqwest::Client> {
    // Another part of the process may have chosen a provider already; then that one serves here too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[allow(clippy::disallowed_methods, reason = "the simulator calls callbacks on this machine, from here alone")]
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .tls_danger_accept_invalid_certs(true)
        .no_proxy()
        .user_agent("facebookplatform/1.0 (+http://developers.facebook.com)")
        .build();
    client.ok()
}

/// Ask the callback; only the raw challenge with status 200 is a yes.
pub(crate) async fn verify(shared: &Shared, pending: &Pending) -> Result<(), GraphError> {
    let mut url =
        Url::parse(&pending.callback_url).map_err(|_| failed("curl_errno = 3; curl_error = URL malformed"))?;
    // The simulator never leaves the machine.
    if !is_loopback(&url) {
        return Err(failed("curl_errno = 7; curl_error = the simulator reaches callbacks on this machine only"));
    }
    if url.scheme() == "https" && !shared.lock().switches.allow_self_signed {
        return Err(failed("curl_errno = 60; curl_error = SSL certificate problem: self signed certificate"));
    }
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &pending.challenge.to_string())
        .append_pair("hub.verify_token", &pending.verify_token);
    let Some(client) = shared.http() else { return Err(failed("curl_errno = 2; curl_error = Failed initialization")) };
    let response = client.get(url).send().await.map_err(|error| failed(curl_words(&error)))?;
    let status = response.status();
    if status.as_u16() != 200 {
        let reason = status.canonical_reason().unwrap_or_default();
        return Err(failed(&format!("HTTP Status Code = {}; HTTP Message = {reason}", status.as_u16())));
    }
    let body = response.text().await.map_err(|error| failed(curl_words(&error)))?;
    if body == pending.challenge.to_string() {
        return Ok(());
    }
    let received: String = body.chars().take(60).collect();
    Err(GraphError::new(
        2201,
        format!(
            "(#2201) response does not match challenge, expected value=\"{}\", received=\"{received}\"",
            pending.challenge
        ),
    ))
}

fn failed(why: &str) -> GraphError {
    GraphError::new(2200, format!("(#2200) Callback verification failed with the following errors: {why}"))
}

fn curl_words(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "curl_errno = 28; curl_error = Connection timed out"
    } else if error.is_connect() {
        "curl_errno = 7; curl_error = Failed to connect"
    } else {
        "curl_errno = 52; curl_error = Empty reply from server"
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}
