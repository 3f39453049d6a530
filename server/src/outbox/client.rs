//! The one place that speaks HTTP to the tenants' endpoints.

use std::{
    error::Error as _,
    time::{Duration, Instant},
};

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use url::Url;

use super::{
    OutboxSettings,
    address::may_be_public,
    names::{CheckedNames, NameError},
};
use crate::{explanation::Explanation, words::failures::events as failures};

/// The longest time for making a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// The most bytes of an answer that are read.
const MOST_ANSWER: usize = 64 * 1024;
/// How long the rest of an answer may take after its head: its words matter to nobody but whoever looks for a fault.
const REST: Duration = Duration::from_secs(2);
/// How many characters of an answer are kept.
const KEPT: usize = 1_000;

/// The client could not be set up, which means that the TLS library found no usable certificates.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client for outgoing events could not be set up: {0}")]
pub struct ClientError(#[source] reqwest::Error);

/// Sends events.
#[derive(Debug, Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    allow_private: bool,
    patience: Duration,
}

/// An event ready to be sent.
pub(super) struct Outgoing<'a> {
    pub(super) url: &'a str,
    pub(super) id: &'a str,
    /// Seconds since the Unix epoch.
    pub(super) seconds: i64,
    pub(super) signature: &'a str,
    pub(super) body: &'a str,
}

/// What became of it.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status, when there was an answer.
    pub(super) status: Option<u16>,
    /// Why that is no success.
    pub(super) problem: Option<Explanation>,
    /// How the answer began, when it was no success.
    pub(super) text: Option<String>,
    /// How long the endpoint asks to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// How long it took.
    pub(super) took: Duration,
}

impl Client {
    /// Sets the client up. It follows no redirect, and asks no proxy that the environment names: both would lead past the
    /// check of addresses.
    pub(super) fn new(settings: &OutboxSettings) -> Result<Self, ClientError> {
        // Whoever comes first chooses the cryptography; a second choice is refused, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let names = CheckedNames { lookup: settings.lookup.clone(), allow_private: settings.allow_private };
        #[allow(clippy::disallowed_methods, reason = "this is the file")]
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT.min(settings.patience))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(names)
            .user_agent(concat!("Attache/", env!("CARGO_PKG_VERSION")))
            .pool_idle_timeout(Duration::from_secs(30))
            .pool_max_idle_per_host(4)
            .build()
            .map_err(|error| ClientError(error.without_url()))?;
        Ok(Self { http, allow_private: settings.allow_private, patience: settings.patience })
    }

    pub(super) fn allows_private(&self) -> bool {
        self.allow_private
    }

    /// Sends an event, once.
    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Answer {
        let begun = Instant::now();
        let mut answer = self.post(outgoing, begun).await;
        answer.took = begun.elapsed();
        answer
    }

    async fn post(&self, outgoing: &Outgoing<'_>, begun: Instant) -> Answer {
        let Ok(url) = outgoing.url.parse::<Url>() else { return failed(failures::name_unknown(String::new())) };
        let host = url.host_str().unwrap_or_default().to_owned();
        // An address in numbers is never looked up.
        if !self.allow_private && (url.scheme() != "https" || !may_be_public(&url)) {
            return failed(failures::not_public(host));
        }
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", outgoing.id)
            .header("webhook-timestamp", outgoing.seconds)
            .header("webhook-signature", outgoing.signature)
            .body(outgoing.body.to_owned());
        match tokio::time::timeout(self.patience, request.send()).await {
            Ok(Ok(response)) => read(response, REST.min(self.patience.saturating_sub(begun.elapsed()))).await,
            Ok(Err(error)) => failed(self.why(&error, host)),
            Err(_) => failed(failures::too_slow(seconds(self.patience))),
        }
    }

    /// Why there was no answer. The library's own words hold the address, so they are not kept.
    fn why(&self, error: &reqwest::Error, host: String) -> Explanation {
        let mut cause = error.source();
        while let Some(inner) = cause {
            match inner.downcast_ref::<NameError>() {
                Some(NameError::NotPublic) => return failures::not_public(host),
                Some(NameError::Unknown) => return failures::name_unknown(host),
                None => cause = inner.source(),
            }
        }
        match (error.is_connect(), error.is_timeout()) {
            (_, true) => failures::too_slow(seconds(self.patience)),
            (true, _) => failures::no_connection(host),
            (false, false) => failures::interrupted(),
        }
    }
}

fn failed(problem: Explanation) -> Answer {
    Answer { status: None, problem: Some(problem), text: None, retry_after: None, took: Duration::ZERO }
}

async fn read(response: reqwest::Response, patience: Duration) -> Answer {
    let status = response.status();
    let code = i64::from(status.as_u16());
    let problem = match status.as_u16() {
        200..=299 => None,
        300..=399 => Some(failures::redirected(code)),
        410 => Some(failures::gone()),
        _ => Some(failures::refused(code)),
    };
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let retry_after = retry_after.map(Duration::from_secs);
    // Read for a connection that can be used again, too; what takes long or is large is left unread.
    let body = tokio::time::timeout(patience, beginning(response)).await.unwrap_or_default();
    let text = problem.is_some().then(|| kept(&body)).filter(|text| !text.is_empty());
    Answer { status: Some(status.as_u16()), problem, text, retry_after, took: Duration::ZERO }
}

async fn beginning(mut response: reqwest::Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = MOST_ANSWER - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MOST_ANSWER {
            break;
        }
    }
    body
}

/// What people are shown of an answer: its first characters, without those that are none.
fn kept(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let plain = text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'));
    plain.take(KEPT).collect::<String>().trim().to_owned()
}

fn seconds(length: Duration) -> i64 {
    i64::try_from(length.as_secs().max(1)).unwrap_or(i64::MAX)
}
