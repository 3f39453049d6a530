//! The window's answer: a code to exchange at once, or why there is none.

use secrecy::SecretString;
use url::Url;

use super::{Onboarded, SignupEvent, SignupOutcome};
use crate::{
    accounts::Actor,
    connect::{
        callback::end,
        popup::{self, PopupOutcome},
    },
    db::{
        attempts::{self, Phase},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{AttemptId, TenantId},
    observe::{self, Note},
    services::Services,
    words::failures::connect as failures,
};

/// Exchanges the code of Embedded Signup, which lives 30 seconds (Meta reference §2.7), and keeps what the window said was
/// onboarded until the token tells whether that is so.
///
/// # Errors
/// As [`popup::exchange_popup_code`].
pub async fn exchange_signup_code(
    services: &Services,
    actor: &Actor,
    session: &str,
    (state, code): (&SecretString, &SecretString),
    page_url: &Url,
    event: Option<&SignupEvent>,
) -> Result<AttemptId> {
    let attempt = popup::admitted(services, actor, session, state, page_url).await?;
    if let Some(event) = event.filter(|_| attempt.consumed_at.is_none()) {
        let hint = Onboarded::hinted(event).as_ref().map(to_json).transpose()?;
        attempts::update_onboarded(services.db(), &attempt.tenant_id, &attempt.id, hint.as_deref()).await?;
    }
    popup::exchange(services, attempt, code, page_url).await
}

/// Ends an attempt whose window brought no code, with what the window said. A step and an error's number are written into
/// the connection log; Meta's words are for the person alone.
///
/// # Errors
/// [`Error::NotFound`] unless this person began the attempt in this session.
pub async fn report_signup(
    services: &Services,
    actor: &Actor,
    session: &str,
    id: &AttemptId,
    outcome: PopupOutcome,
    event: Option<&SignupEvent>,
) -> Result<()> {
    let tenant = actor.admin()?.tenant_id;
    let attempt = attempts::get(services.db(), &tenant, id).await?;
    let attempt =
        attempt.filter(|attempt| attempt.session_hash == session).ok_or(Error::NotFound("attempt to connect"))?;
    if attempt.phase != Phase::Waiting {
        return Ok(());
    }
    let why = match (outcome, event) {
        (_, Some(event)) if event.outcome == SignupOutcome::Cancelled => left(event),
        (PopupOutcome::Cancelled, _) => failures::signup_cancelled("closed".to_owned()),
        (PopupOutcome::Unavailable, _) => failures::signup_unheard(),
    };
    log(services, &tenant, outcome, event).await?;
    end(services, &attempt, Phase::Cancelled, &why).await
}

async fn log(services: &Services, tenant: &TenantId, outcome: PopupOutcome, event: Option<&SignupEvent>) -> Result<()> {
    let cancelled = event.filter(|event| event.outcome == SignupOutcome::Cancelled);
    let note = match (cancelled, event, outcome) {
        (Some(event), ..) => match (&event.error_id, &event.current_step) {
            (Some(number), step) => {
                let step = step.as_deref().map(|step| format!(" at the step {step}")).unwrap_or_default();
                Note::problem("signup_error", format!("WhatsApp was not set up: Meta showed its error {number}{step}."))
            }
            (None, Some(step)) => {
                Note::ok("signup_left", format!("WhatsApp was not set up: Meta's window was left at the step {step}."))
            }
            (None, None) => Note::ok("signup_left", "WhatsApp was not set up: Meta's window was left."),
        },
        (None, Some(_), _) => {
            Note::problem("signup_unheard", "Meta's window said that WhatsApp is set up, but gave no code.")
        }
        (None, None, PopupOutcome::Cancelled) => {
            Note::ok("signup_left", "WhatsApp was not set up: Meta's window was left.")
        }
        (None, None, PopupOutcome::Unavailable) => {
            Note::problem("signup_unheard", "Meta's window closed without an answer.")
        }
    };
    observe::log_attempt(services, tenant, note).await
}

/// Why the person is not where they wanted to be.
fn left(event: &SignupEvent) -> Explanation {
    let (words, number) = (event.error_message.clone(), event.error_id.clone());
    let told = match (&words, &number) {
        (Some(_), Some(_)) => "both",
        (Some(_), None) => "words",
        (None, Some(_)) => "number",
        // Where a step is, is in the message (Meta reference §2.6).
        (None, None) => return failures::signup_cancelled(event.current_step.clone().unwrap_or_default()),
    };
    failures::signup_refused(told.to_owned(), words.unwrap_or_default(), number.unwrap_or_default())
}
