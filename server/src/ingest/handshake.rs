//! The question by which Meta makes sure that a callback is ours (Meta reference §7.1).

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde::Deserialize;

use super::{Refusal, WebhookApp};
use crate::{
    clock::Timestamp,
    db::{webhook_handshakes, webhook_handshakes::Handshake},
    ids::HandshakeId,
    services::Services,
};

/// The longest challenge that is given back. Meta's have about ten digits.
const CHALLENGE: usize = 512;

/// What Meta asks with. Each part may be missing, since anybody may ask.
#[derive(Debug, Deserialize)]
pub struct HandshakeQuery {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
    #[serde(rename = "hub.verify_token")]
    verify_token: Option<secrecy::SecretString>,
}

/// Answers the challenge, to be sent back as it is, and writes down that Meta asked.
///
/// # Errors
/// [`Refusal::MalformedHandshake`] or [`Refusal::WrongVerifyToken`].
pub async fn answer_handshake(
    services: &Services,
    app: &WebhookApp,
    query: Option<HandshakeQuery>,
    address: String,
) -> Result<String, Refusal> {
    let answer = check(app, query);
    let outcome = match &answer {
        Ok(_) => "ok",
        Err(Refusal::WrongVerifyToken) => "wrong_token",
        Err(_) => "malformed",
    };
    let at = services.clock().now();
    if answer.is_ok() || services.intake().strangers.may_be_recorded(at) {
        let handshake = Handshake {
            id: HandshakeId::new(services.ids()),
            meta_app_id: app.id.clone(),
            at,
            outcome: outcome.to_owned(),
            address,
        };
        // The answer does not depend on the record: Meta asks once, and nobody would see why it failed.
        if let Err(error) = webhook_handshakes::insert(services.db(), &handshake).await {
            tracing::warn!(%error, "a handshake could not be recorded");
        }
    }
    answer
}

fn check(app: &WebhookApp, query: Option<HandshakeQuery>) -> Result<String, Refusal> {
    use secrecy::ExposeSecret as _;
    let Some(HandshakeQuery { mode: Some(mode), challenge: Some(challenge), verify_token: Some(token) }) = query else {
        return Err(Refusal::MalformedHandshake);
    };
    let plain = (1..=CHALLENGE).contains(&challenge.len()) && challenge.bytes().all(|byte| byte.is_ascii_graphic());
    if mode != "subscribe" || !plain {
        return Err(Refusal::MalformedHandshake);
    }
    if app.has_verify_token(token.expose_secret()) { Ok(challenge) } else { Err(Refusal::WrongVerifyToken) }
}

/// How many questions of strangers are written down: enough to see a mistake in the settings, too few to keep the
/// database busy. All are counted.
#[derive(Debug, Default)]
pub(super) struct Strangers(Mutex<Option<(Timestamp, u32)>>);

impl Strangers {
    const IN_A_WINDOW: u32 = 10;
    const WINDOW: Duration = Duration::from_secs(60);

    fn may_be_recorded(&self, now: Timestamp) -> bool {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, count) = window.filter(|(start, _)| now.since(*start) < Self::WINDOW).unwrap_or((now, 0));
        *window = Some((start, count.saturating_add(1)));
        count < Self::IN_A_WINDOW
    }
}
