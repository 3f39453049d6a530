//! Meta sends the browser back: every way the return can be, as a named outcome (Meta reference §3.1).

use secrecy::SecretString;
use url::form_urlencoded;

use super::{
    finish,
    set_up_links::{Guest, owns},
};
use crate::{
    accounts::Actor,
    db::{
        attempts::{self, Attempt, Flow, Phase},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    hashing::hash_token,
    ids::AttemptId,
    meta::RedirectBinding,
    services::Services,
    words::failures::connect as failures,
};

/// What Meta appends to the redirect URI. Everything may be missing.
#[derive(Debug, Clone, Default)]
pub struct CallbackQuery {
    /// The code, when the person said yes.
    pub code: Option<SecretString>,
    /// Our state.
    pub state: Option<SecretString>,
    /// `access_denied` when the person said no, or another error.
    pub error: Option<String>,
    /// Some platform errors come with a number alone.
    pub error_code: Option<String>,
    /// Meta's words about `error_code`.
    pub error_message: Option<String>,
    /// `user_denied` when the person said no.
    pub error_reason: Option<String>,
}

impl CallbackQuery {
    /// Reads a query without its `?`. What Meta does not append is left out, and empty counts as missing. A query that
    /// names one thing twice is not Meta's, and says nothing at all.
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let value = value.into_owned();
            let twice = match key.as_ref() {
                "code" => read.code.replace(value.into()).is_some(),
                "state" => read.state.replace(value.into()).is_some(),
                "error" => read.error.replace(value).is_some(),
                "error_code" => read.error_code.replace(value).is_some(),
                "error_message" => read.error_message.replace(value).is_some(),
                "error_reason" => read.error_reason.replace(value).is_some(),
                _ => false,
            };
            if twice {
                return Self::default();
            }
        }
        read
    }
}

/// Where the browser goes next: the page of the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing(pub AttemptId);

/// Takes the person back from Meta. A return that was handled before (a prefetch, a double click, the back button) leads
/// to the same page and does nothing again.
///
/// # Errors
/// [`Error::Refused`] when the state is missing, unknown, foreign, expired or that of a popup. What goes wrong after that is kept
/// with the attempt and told on its page.
pub async fn callback(services: &Services, actor: &Actor, session: &str, query: CallbackQuery) -> Result<Landing> {
    let actor = actor.admin()?;
    let attempt = match &query.state {
        Some(state) => owned_attempt(services, session, state).await?,
        None if query.code.is_none() && query.error.is_none() && query.error_code.is_none() => {
            return Err(Error::Refused(failures::empty_return()));
        }
        None => return Err(Error::Refused(failures::state_invalid())),
    };
    if attempt.tenant_id != actor.tenant_id || attempt.user_id != actor.user_id || attempt.set_up_link_id.is_some() {
        return Err(Error::Refused(failures::state_invalid()));
    }
    come_back(services, attempt, query).await
}

/// Takes a guest back from Meta. `None` when the state is not theirs, but perhaps somebody's who is signed in.
///
/// # Errors
/// [`Error::Refused`] when the state is expired. What goes wrong after that is kept with the attempt and told on its page.
pub async fn callback_of_guest(services: &Services, guest: &Guest, query: &CallbackQuery) -> Result<Option<Landing>> {
    use secrecy::ExposeSecret as _;
    let Some(state) = &query.state else { return Ok(None) };
    let hash = hash_token(state.expose_secret());
    let attempt = attempts::find_by_state_across_tenants(services.db(), &hash).await?;
    match attempt.filter(|attempt| owns(guest, attempt)) {
        Some(attempt) => come_back(services, attempt, query.clone()).await.map(Some),
        None => Ok(None),
    }
}

async fn come_back(services: &Services, attempt: Attempt, query: CallbackQuery) -> Result<Landing> {
    // The state of a popup comes back by its page alone.
    if attempt.flow != Flow::Redirect {
        return Err(Error::Refused(failures::state_invalid()));
    }
    if attempt.consumed_at.is_some() {
        return Ok(Landing(attempt.id));
    }
    if !attempts::claim(services.db(), &attempt.tenant_id, &attempt.id, services.clock().now()).await? {
        // Another request took it between our look and our claim, unless its time was up.
        return if services.clock().now().as_millis() >= attempt.expires_at {
            Err(Error::Refused(failures::state_expired()))
        } else {
            Ok(Landing(attempt.id))
        };
    }
    match query.code {
        Some(code) if query.error.is_none() && query.error_code.is_none() => {
            let redirect_uri = attempt.redirect_uri.parse().map_err(Error::internal)?;
            finish::finish(services, attempt.clone(), code, RedirectBinding::Exactly(redirect_uri)).await?;
        }
        _ => {
            let (phase, explanation) = told_by_meta(&query);
            end(services, &attempt, phase, &explanation).await?;
        }
    }
    Ok(Landing(attempt.id))
}

/// The attempt behind a state, when this session began it.
pub(super) async fn owned_attempt(services: &Services, session: &str, state: &SecretString) -> Result<Attempt> {
    use secrecy::ExposeSecret as _;
    let attempt = attempts::find_by_state_across_tenants(services.db(), &hash_token(state.expose_secret())).await?;
    let attempt = attempt.ok_or_else(|| Error::Refused(failures::state_invalid()))?;
    if attempt.session_hash != session {
        tracing::warn!(attempt = %attempt.id, "a state came back in another session than it was given to");
        return Err(Error::Refused(failures::state_invalid()));
    }
    Ok(attempt)
}

/// Ends an attempt that did not lead to a token.
pub(super) async fn end(services: &Services, attempt: &Attempt, phase: Phase, why: &Explanation) -> Result<()> {
    tracing::info!(attempt = %attempt.id, code = %why.code, "an attempt to connect ended");
    let now = services.clock().now();
    attempts::mark_ended(services.db(), &attempt.tenant_id, &attempt.id, phase, Some(&to_json(why)?), now).await?;
    services.live().attempt_changed(&attempt.id);
    Ok(())
}

fn told_by_meta(query: &CallbackQuery) -> (Phase, Explanation) {
    let denied =
        query.error.as_deref() == Some("access_denied") || query.error_reason.as_deref() == Some("user_denied");
    if denied {
        return (Phase::Cancelled, failures::cancelled());
    }
    if query.error.is_none() && query.error_code.is_none() {
        return (Phase::Failed, failures::empty_return());
    }
    let number = query.error_code.as_deref().or(query.error.as_deref()).unwrap_or_default();
    let number: String =
        number.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).take(40).collect();
    let explanation = if number == "1349126" { failures::app_not_active() } else { failures::dialog_error(number) };
    (Phase::Failed, explanation)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn what_meta_appends_is_read() {
        let query = CallbackQuery::parse("code=AQ%2Bx&state=s+1&granted_scopes=email&error=");
        assert_eq!(query.code.unwrap().expose_secret(), "AQ+x");
        assert_eq!(query.state.unwrap().expose_secret(), "s 1");
        assert_eq!(query.error, None);
        let query = CallbackQuery::parse("error=access_denied&error_code=200&error_message=m&error_reason=user_denied");
        let told = [query.error, query.error_code, query.error_message, query.error_reason].map(Option::unwrap);
        assert_eq!(told, ["access_denied", "200", "m", "user_denied"]);
    }

    #[test]
    fn a_query_that_says_something_twice_says_nothing() {
        let query = CallbackQuery::parse("state=mine&code=one&code=two");
        assert!(query.code.is_none() && query.state.is_none());
    }
}
