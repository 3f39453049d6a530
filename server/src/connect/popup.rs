//! The JavaScript SDK's popup: the page hands over the code, or says what happened instead.

use secrecy::SecretString;
use url::Url;

use super::{
    callback::{end, owned_attempt},
    finish,
};
use crate::{
    accounts::Actor,
    db::attempts::{self, Attempt, Flow, Phase},
    error::{Error, Result},
    ids::AttemptId,
    meta::RedirectBinding,
    services::Services,
    words::failures::connect as failures,
};

/// What became of a popup that brought no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopupOutcome {
    /// The person closed it or said no.
    Cancelled,
    /// It could not answer its page: the SDK did not load, the browser opened no popup, or Meta cut it off (Meta reference
    /// §2.4). The page goes on by redirect with a new attempt.
    Unavailable,
}

/// Exchanges the code that the popup brought. A second call with the same state does nothing again.
///
/// # Errors
/// [`Error::Refused`] when the state is unknown, foreign, expired or that of a redirect; [`Error::Invalid`] for a page that
/// is not ours.
pub async fn exchange_popup_code(
    services: &Services,
    actor: &Actor,
    session: &str,
    state: &SecretString,
    code: &SecretString,
    page_url: &Url,
) -> Result<AttemptId> {
    let attempt = admitted(services, actor, session, state, page_url).await?;
    exchange(services, attempt, code, page_url).await
}

/// The attempt for which a popup's page brings a code; nothing is changed.
///
/// # Errors
/// As [`exchange_popup_code`].
pub(super) async fn admitted(
    services: &Services,
    actor: &Actor,
    session: &str,
    state: &SecretString,
    page_url: &Url,
) -> Result<Attempt> {
    let actor = actor.admin()?;
    let attempt = owned_attempt(services, session, state).await?;
    let own = attempt.tenant_id == actor.tenant_id && attempt.user_id == actor.user_id;
    // The state of a redirect stands in addresses; that of a popup never leaves its page.
    if !own || attempt.flow != Flow::Popup {
        return Err(Error::Refused(failures::state_invalid()));
    }
    if page_url.origin() != services.public_url().origin() {
        return Err(Error::invalid("page_url", "The popup was opened on a page that is not this installation's."));
    }
    if attempt.consumed_at.is_none() && services.clock().now().as_millis() >= attempt.expires_at {
        return Err(Error::Refused(failures::state_expired()));
    }
    Ok(attempt)
}

/// Uses the state of an [`admitted`] attempt up and exchanges the code, once.
///
/// # Errors
/// [`Error::Refused`] when its time ended just now.
pub(super) async fn exchange(
    services: &Services,
    attempt: Attempt,
    code: &SecretString,
    page_url: &Url,
) -> Result<AttemptId> {
    if attempt.consumed_at.is_some() {
        return Ok(attempt.id);
    }
    if !attempts::claim(services.db(), &attempt.tenant_id, &attempt.id, services.clock().now()).await? {
        return if services.clock().now().as_millis() >= attempt.expires_at {
            Err(Error::Refused(failures::state_expired()))
        } else {
            Ok(attempt.id)
        };
    }
    // A popup's code lives 30 seconds (Meta reference §2.7), so it is exchanged here and now.
    let binding = RedirectBinding::Popup { page_url: page_url.clone() };
    finish::finish(services, attempt.clone(), code.clone(), binding).await?;
    Ok(attempt.id)
}

/// Records that the popup brought no code. `false` when the attempt had gone on already, in whatever way.
///
/// # Errors
/// [`Error::NotFound`] unless this person began the attempt in this session.
pub async fn report_popup(
    services: &Services,
    actor: &Actor,
    session: &str,
    id: &AttemptId,
    outcome: PopupOutcome,
) -> Result<bool> {
    let actor = actor.admin()?;
    let attempt = attempts::get(services.db(), &actor.tenant_id, id).await?;
    let attempt =
        attempt.filter(|attempt| attempt.session_hash == session).ok_or(Error::NotFound("attempt to connect"))?;
    if attempt.phase != Phase::Waiting {
        return Ok(false);
    }
    tracing::info!(attempt = %attempt.id, ?outcome, "a popup brought no code");
    let why = match outcome {
        PopupOutcome::Cancelled => failures::cancelled(),
        PopupOutcome::Unavailable => failures::popup_cut_off(),
    };
    end(services, &attempt, Phase::Cancelled, &why).await?;
    Ok(true)
}
