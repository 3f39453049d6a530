//! The Graph client: makes calls, repeats what may be repeated, and turns every answer into a value or a classified
//! error.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tracing::{Instrument as _, Span, field::Empty};

use super::{
    call::{GraphCall, Secrets},
    client::{Incoming, Outgoing, Transport},
    error::{BadRequestProblem, Garble, MetaError, MetaErrorKind, fault_in},
    token::MetaApp,
    usage::Advice,
    version::GraphVersion,
};
use crate::clock::Clock;

/// The Graph API as one app sees it. Clones are cheap.
#[derive(Clone, Debug)]
pub struct GraphClient {
    pub(super) transport: Transport,
    pub(super) app: Arc<MetaApp>,
    pub(super) clock: Clock,
}

impl GraphClient {
    /// A client for `app`.
    pub fn new(transport: Transport, app: Arc<MetaApp>, clock: Clock) -> Self {
        Self { transport, app, clock }
    }

    /// The app that this client speaks for.
    pub fn app(&self) -> &MetaApp {
        &self.app
    }

    /// The version that Meta served last, which is older or newer than the one asked for when that one is over
    /// (Meta reference §1); `None` before the first answer.
    pub fn served_version(&self) -> Option<GraphVersion> {
        self.transport.versions().served(&self.app.app_id)
    }

    /// How much of the app's own budget is used, in percent, as Meta said within the last hour; 0 when it said nothing
    /// (Meta reference §9.3).
    pub fn app_budget_used(&self) -> f64 {
        self.transport.usage().app_percent_lately(&self.app.app_id, self.clock.now()).unwrap_or(0.0)
    }

    /// How far Meta's clock was ahead of ours at its last answer, in seconds; `None` before the first answer.
    pub fn clock_skew(&self) -> Option<i64> {
        self.transport.skew().seconds()
    }

    /// Makes a call and reads its answer as a `T`.
    ///
    /// Reads are repeated at most twice when Meta has a passing fault or cannot be reached; changes never are.
    ///
    /// # Errors
    /// Everything that Meta refuses, classified; answers of another shape are `Unintelligible(WrongType)` with the
    /// place in the answer, but not its content.
    pub async fn call<T: DeserializeOwned>(&self, call: GraphCall<'_>) -> Result<T, MetaError> {
        decode(self.call_raw(&call).await?).map_err(|error| settle(error, call.reads))
    }

    /// Makes a change whose answer is `{"success": true}` or, on older edges, `true`.
    ///
    /// # Errors
    /// As [`GraphClient::call`]; `false` is an error too.
    pub async fn change(&self, call: GraphCall<'_>) -> Result<(), MetaError> {
        let answer = self.call_raw(&call).await?;
        let success = answer.get("success").unwrap_or(&answer);
        match success {
            Value::Bool(true) => Ok(()),
            Value::Bool(false) => {
                Err(MetaError::own(MetaErrorKind::BadRequest(BadRequestProblem::Other), "Meta answered: no success"))
            }
            _ => Err(settle(wrong_type("success"), call.reads)),
        }
    }

    pub(super) async fn call_raw(&self, call: &GraphCall<'_>) -> Result<Value, MetaError> {
        let settings = self.transport.settings();
        let mut attempt = 0;
        loop {
            let error = match self.once(call).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let repeatable = call.reads && error.is_passing();
            match settings.backoff.wait(attempt, &settings.entropy).filter(|_| repeatable) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
            attempt += 1;
        }
    }

    /// One attempt, in a span that tells what became of it and holds neither ids of people nor tokens.
    async fn once(&self, call: &GraphCall<'_>) -> Result<Value, MetaError> {
        let span = tracing::info_span!(
            "meta.call",
            edge = call.edge,
            method = call.verb.as_str(),
            status = Empty,
            code = Empty,
            subcode = Empty,
            fbtrace_id = Empty,
            duration_ms = Empty,
        );
        let started = self.clock.now();
        async {
            self.heed_budget(call).await?;
            let (outgoing, secrets) = call.prepare(&self.app);
            let result = self.exchange(call, &outgoing, &secrets).await;
            let span = Span::current();
            span.record("duration_ms", u64::try_from(self.clock.now().since(started).as_millis()).unwrap_or(u64::MAX));
            if let Err(error) = &result {
                error.http_status.map(|status| span.record("status", status));
                error.code.map(|code| span.record("code", code));
                error.subcode.map(|subcode| span.record("subcode", subcode));
                error.fbtrace_id.as_deref().map(|id| span.record("fbtrace_id", id));
                tracing::info!(reason = error.stable_code(), "Meta refused or could not be understood");
            }
            result
        }
        .instrument(span)
        .await
    }

    /// Waits or refuses when Meta's last readings say that a budget is nearly used up.
    async fn heed_budget(&self, call: &GraphCall<'_>) -> Result<(), MetaError> {
        match self.transport.usage().advice(&self.app.app_id, call.object(), self.clock.now()) {
            Advice::Go => Ok(()),
            Advice::Pause(pause) => {
                tokio::time::sleep(pause).await;
                Ok(())
            }
            Advice::Stop { percent, wait, scope } => {
                let words = format!("held back: Meta reports {percent:.0} % of the budget as used");
                Err(MetaError::own(MetaErrorKind::Limit(scope), words).with_retry_after(Some(wait)))
            }
        }
    }

    async fn exchange(&self, call: &GraphCall<'_>, outgoing: &Outgoing, secrets: &Secrets) -> Result<Value, MetaError> {
        let incoming = self.transport.send(outgoing).await?;
        Span::current().record("status", incoming.status);
        let app = &self.app.app_id;
        self.transport.usage().note(app, &incoming.usage, self.clock.now());
        self.transport.skew().note(incoming.date.as_deref(), self.clock.now());
        if self.transport.versions().note(app, self.app.graph_version, incoming.version.as_deref()) {
            tracing::warn!(
                asked = %self.app.graph_version,
                served = incoming.version.as_deref().unwrap_or_default(),
                "Meta serves another Graph API version than the one in the settings"
            );
        }
        let answer = read(&incoming).map_err(|error| settle(error, call.reads))?;
        let Some(fault) = fault_in(&answer) else {
            return if incoming.status < 400 { Ok(answer) } else { Err(settle(bare(&incoming), call.reads)) };
        };
        let error = MetaError::from_fault(&fault, Some(incoming.status), call.context, &secrets.texts());
        let error = match error.kind {
            MetaErrorKind::Limit(_) => error.with_retry_after(incoming.usage.retry_after().or(incoming.retry_after)),
            MetaErrorKind::Transient => settle(error, call.reads),
            _ => error,
        };
        Err(error)
    }
}

/// The answer as JSON.
fn read(incoming: &Incoming) -> Result<Value, MetaError> {
    serde_json::from_slice(&incoming.body).map_err(|error| {
        let garble = match (incoming.html, error.is_eof() && !incoming.body.is_empty()) {
            (true, _) => Garble::Html,
            (false, true) => Garble::Truncated,
            (false, false) => Garble::NotJson,
        };
        if incoming.status >= 400 && garble != Garble::Html || incoming.status >= 500 {
            return bare(incoming);
        }
        let words = match garble {
            Garble::Html => "the answer was a web page",
            Garble::Truncated => "the answer broke off",
            _ => "the answer was not JSON",
        };
        MetaError::own(MetaErrorKind::Unintelligible(garble), words).with_status(incoming.status)
    })
}

/// A refusal that says nothing but its HTTP status.
fn bare(incoming: &Incoming) -> MetaError {
    MetaError::bare(incoming.status).with_retry_after(incoming.retry_after)
}

/// The outcome of a change is unknown unless Meta said plainly that it refused.
fn settle(error: MetaError, reads: bool) -> MetaError {
    let unclear = matches!(error.kind, MetaErrorKind::Transient | MetaErrorKind::Unintelligible(_));
    if !reads && unclear { error.made_ambiguous() } else { error }
}

/// Reads `value` as a `T`. An error names the place, not what stands there.
pub(super) fn decode<T: DeserializeOwned>(value: Value) -> Result<T, MetaError> {
    serde_path_to_error::deserialize(value).map_err(|error| wrong_type(&error.path().to_string()))
}

pub(super) fn wrong_type(place: &str) -> MetaError {
    MetaError::unexpected_shape(place)
}

#[cfg(test)]
#[path = "graph_tests.rs"]
mod tests;
