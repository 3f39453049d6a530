//! The synchronous GET that proves a callback belongs to whoever configures it (Meta reference §7.1, §6.2).

use rand::RngExt as _;

use super::errors::GraphError;
use crate::callback::{curl_words, reach};
use crate::state::{AppSubscription, Shared, State};

/// A change that waits for its callback to answer.
#[derive(Debug)]
pub(crate) struct Pending {
    /// Whose change it is.
    app: String,
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
        let app = state.world.app.id.clone();
        Box::new(Self { app, callback_url, verify_token, challenge, change })
    }

    /// Store the change.
    pub(crate) fn commit(self, state: &mut State) {
        let app = self.app.clone();
        state.acting(&app, |state| self.keep(state));
    }

    fn keep(self, state: &mut State) {
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

/// Ask the callback; only the raw challenge with status 200 is a yes.
pub(crate) async fn verify(shared: &Shared, pending: &Pending) -> Result<(), GraphError> {
    let (mut url, client) = reach(shared, &pending.callback_url).map_err(failed)?;
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &pending.challenge.to_string())
        .append_pair("hub.verify_token", &pending.verify_token);
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
