//! The window's answer: a code to exchange at once, or why there is none.

use secrecy::SecretString;
use url::Url;

use super::{Onboarded, SignupEvent, SignupOutcome, texts};
use crate::{
    accounts::Actor,
    connect::{
        callback::{end, owned_attempt},
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
    if let Some(event) = event {
        let tenant = actor.admin()?.tenant_id;
        let attempt = owned_attempt(services, session, state).await?;
        if attempt.tenant_id == tenant && attempt.consumed_at.is_none() {
            let hint = Onboarded::hinted(event).as_ref().map(to_json).transpose()?;
            attempts::update_onboarded(services.db(), &tenant, &attempt.id, hint.as_deref()).await?;
        }
    }
    popup::exchange_popup_code(services, actor, session, state, code, page_url).await
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
        (PopupOutcome::Cancelled, _) => texts::CANCELLED,
        (PopupOutcome::Unavailable, _) => texts::UNHEARD,
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
    if event.error_id.is_some() || event.error_message.is_some() {
        let said =
            event.error_message.as_deref().map(|text| format!("Meta's window said: “{text}”")).unwrap_or_default();
        let number = event.error_id.as_deref().map(|id| format!(" (error {id})")).unwrap_or_default();
        let why = if said.is_empty() {
            format!("Meta's window showed an error{number}.")
        } else {
            format!("{said}{number}.")
        };
        return Explanation { why: why.into(), ..texts::REFUSED };
    }
    let place = event.current_step.as_deref().and_then(step).unwrap_or("before the last step");
    Explanation { why: format!("You left Meta's window {place}.").into(), ..texts::CANCELLED }
}

/// Where a step is, for people (Meta reference §2.6).
fn step(name: &str) -> Option<&'static str> {
    Some(match name {
        "BUSINESS_ACCOUNT_SELECTION" => "where the business is chosen",
        "WABA_PHONE_PROFILE_PICKER" => "where the WhatsApp account is chosen",
        "WHATSAPP_BUSINESS_PROFILE_SETUP" => "where the business profile is filled in",
        "PHONE_NUMBER_SETUP" => "where the phone number is entered",
        "PHONE_NUMBER_VERIFICATION" => "where the number is verified with a code",
        "PERMISSIONS" => "where the access is confirmed",
        _ => return None,
    })
}
