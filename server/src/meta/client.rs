//! The one place that speaks HTTP to Meta.

use std::{sync::Arc, time::Duration};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{
    clock_skew::ClockSkew,
    error::{Garble, MetaError, MetaErrorKind, Unreachability},
    retry::Backoff,
    usage::{Reading, UsageGauge},
    versions::ServedVersions,
};
use crate::entropy::Entropy;

/// How the client behaves towards the network.
#[derive(Debug, Clone)]
pub struct TransportSettings {
    /// Longest time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Longest time for making a connection.
    pub connect_timeout: Duration,
    /// Largest answer that is read, in bytes.
    pub body_limit: usize,
    /// Waiting between repeated reads.
    pub backoff: Backoff,
    /// Randomness for the waiting.
    pub entropy: Entropy,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            body_limit: 8 * 1024 * 1024,
            backoff: Backoff::default(),
            entropy: Entropy::os(),
        }
    }
}

/// The connection pool to Meta and what is known of its budgets, shared by all apps. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Transport {
    http: reqwest::Client,
    settings: Arc<TransportSettings>,
    usage: UsageGauge,
    versions: ServedVersions,
    skew: ClockSkew,
}

/// The client could not be set up, which means that the TLS library found no usable certificates.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client for Meta could not be set up: {0}")]
pub struct TransportError(#[source] reqwest::Error);

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A request, ready to go. The token travels in a header and other secrets in the form, never in the address.
pub(super) struct Outgoing {
    pub(super) verb: Verb,
    pub(super) url: Url,
    pub(super) authorization: Option<SecretString>,
    pub(super) form: Option<SecretString>,
    /// Whether an unknown outcome matters.
    pub(super) changes: bool,
}

/// An answer, whole.
pub(super) struct Incoming {
    pub(super) status: u16,
    pub(super) html: bool,
    pub(super) version: Option<String>,
    pub(super) date: Option<String>,
    pub(super) usage: Reading,
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

impl Transport {
    /// Sets up the client. Redirects are never followed: the Graph API has none, and a token must not travel on.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(settings: TransportSettings) -> Result<Self, TransportError> {
        // Whoever comes first chooses the cryptography; a second choice is refused, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        #[allow(clippy::disallowed_methods, reason = "this is the file")]
        let http = reqwest::Client::builder()
            .timeout(settings.timeout)
            .connect_timeout(settings.connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Attache/", env!("CARGO_PKG_VERSION")))
            .pool_idle_timeout(Duration::from_secs(60))
            .build()
            .map_err(|error| TransportError(error.without_url()))?;
        Ok(Self {
            http,
            settings: Arc::new(settings),
            usage: UsageGauge::default(),
            versions: ServedVersions::default(),
            skew: ClockSkew::default(),
        })
    }

    /// What Meta says of used budgets.
    pub fn usage(&self) -> &UsageGauge {
        &self.usage
    }

    pub(super) fn skew(&self) -> &ClockSkew {
        &self.skew
    }

    pub(super) fn versions(&self) -> &ServedVersions {
        &self.versions
    }

    pub(super) fn settings(&self) -> &TransportSettings {
        &self.settings
    }

    /// Sends one request, once, and reads the whole answer.
    pub(super) async fn send(&self, outgoing: &Outgoing) -> Result<Incoming, MetaError> {
        let method = match outgoing.verb {
            Verb::Get => reqwest::Method::GET,
            Verb::Post => reqwest::Method::POST,
            Verb::Delete => reqwest::Method::DELETE,
        };
        let mut request = self.http.request(method, outgoing.url.clone());
        if let Some(token) = &outgoing.authorization {
            request = request.header(AUTHORIZATION, bearer(token)?);
        }
        if let Some(form) = &outgoing.form {
            request =
                request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.expose_secret().to_owned());
        }
        let changes = outgoing.changes;
        let response = request.send().await.map_err(|error| failed(&error, changes))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = self.read(response).await.map_err(|error| {
            let error = error.with_status(status);
            if changes { error.made_ambiguous() } else { error }
        })?;
        if headers.contains_key(LOCATION) && (300..400).contains(&status) {
            let kind = MetaErrorKind::Unintelligible(Garble::Redirect);
            return Err(MetaError::own(kind, "the answer was a redirect").with_status(status));
        }
        Ok(Incoming {
            status,
            html: is_html(&headers, &body),
            version: text(&headers, "facebook-api-version"),
            date: text(&headers, "date"),
            usage: Reading::from_headers(|name| {
                headers.get_all(name).iter().filter_map(|value| value.to_str().ok().map(str::to_owned)).collect()
            }),
            retry_after: text(&headers, "retry-after").and_then(|s| s.parse().ok()).map(Duration::from_secs),
            body,
        })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Vec<u8>, MetaError> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= self.settings.body_limit => {
                    body.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => {
                    let kind = MetaErrorKind::Unintelligible(Garble::TooLarge);
                    return Err(MetaError::own(kind, "the answer was larger than the limit"));
                }
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => return Err(failed(&error, false)),
                Err(_) => {
                    let kind = MetaErrorKind::Unintelligible(Garble::Truncated);
                    return Err(MetaError::own(kind, "the answer broke off"));
                }
            }
        }
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue, MetaError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| {
        let kind = MetaErrorKind::Credential(super::error::CredentialProblem::Malformed);
        MetaError::own(kind, "the stored token has characters that no token has")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// A request without an answer. The library's own words hold the address, so they are not kept.
fn failed(error: &reqwest::Error, changes: bool) -> MetaError {
    let (problem, words) = match (error.is_connect(), error.is_timeout()) {
        (true, _) => (Unreachability::Connect, "no connection could be made"),
        (false, true) => (Unreachability::Timeout, "no answer came in time"),
        (false, false) => (Unreachability::Interrupted, "the connection broke before the answer"),
    };
    let failure = MetaError::own(MetaErrorKind::Unreachable(problem), words);
    // Without a connection nothing was sent; in every other case the bytes may have arrived.
    if changes && !error.is_connect() { failure.made_ambiguous() } else { failure }
}

fn is_html(headers: &HeaderMap, body: &[u8]) -> bool {
    let declared = text(headers, "content-type").is_some_and(|kind| kind.starts_with("text/html"));
    declared || body.trim_ascii_start().first() == Some(&b'<')
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
