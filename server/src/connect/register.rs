//! Registering a WhatsApp number for the Cloud API, with a PIN (Meta reference §6.3).

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{credentials, found_assets::AssetDetail};
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset},
        connections::{self, Entered},
        from_json, to_json,
    },
    entropy::Entropy,
    error::{Error, Result},
    explanation::Explanation,
    ids::{AssetId, JobId, TenantId},
    jobs::{self, Asked, Kind, Outcome},
    live::Hint,
    meta::{AccessToken, BadRequestProblem, GraphClient, LimitScope, MetaError, MetaErrorKind, PhoneNumberId},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log},
};

/// The step of an asset's problem while a number is not registered.
pub(super) const STEP: &str = "registered";

/// How long Meta needs to finish the deletion of a number (133015).
const DELETION: Duration = Duration::from_secs(5 * 60);
/// How long to wait when Meta allows no further attempts (133008, 133009, 133016) and does not say how long.
const BLOCKED: Duration = Duration::from_secs(3600);

/// Whether a chosen number is to be registered: Meta said it is not, and it is verified. A number of the WhatsApp Business
/// app (coexistence) is registered there and never here (Meta reference §2.9).
pub(super) fn is_due(asset: &Asset) -> Result<bool> {
    if asset.kind != AssetKind::WhatsappNumber || !asset.selected || asset.registered_at.is_some() {
        return Ok(false);
    }
    let detail: AssetDetail = from_json(&asset.detail)?;
    let unregistered = detail.next_step.is_some_and(|step| step.code == "number.not_registered");
    Ok(unregistered && !detail.on_business_app)
}

/// Asks for the registration of every number of a choice that needs it.
pub(super) async fn ask_where_due(services: &Services, tenant: &TenantId, assets: &[Asset]) -> Result<()> {
    for asset in assets {
        if is_due(asset)? {
            let subject = asset.id.as_str();
            jobs::ask(services, &Asked { tenant: Some(tenant), kind: Kind::RegisterNumber, subject }).await?;
        }
    }
    Ok(())
}

/// Keeps the number's own PIN, as a person entered it, and registers the number with it soon.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`] unless it is six digits.
pub async fn enter_pin(services: &Services, actor: &Actor, asset: &AssetId, pin: SecretString) -> Result<()> {
    let actor = actor.admin()?;
    let digits = pin.expose_secret().trim();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::invalid("pin", "A PIN is six digits."));
    }
    let number = assets::get(services.db(), &actor.tenant_id, asset).await?;
    let number = number.filter(|number| number.selected && number.kind == AssetKind::WhatsappNumber);
    let number = number.ok_or(Error::NotFound("number"))?;
    let pin = SecretString::from(digits.to_owned());
    let said = actor.did(services, "number.pin_entered", &number.name).await?;
    let (id, subject) = (JobId::new(services.ids()), asset.as_str());
    let asked = Asked { tenant: Some(&actor.tenant_id), kind: Kind::RegisterNumber, subject };
    let job = asked.as_new(&id, services.clock().now());
    let entered = Entered { said: &said, asset, job: &job };
    credentials::keep_pin(services, &actor.tenant_id, &number, &pin, Some(&entered)).await?;
    jobs::wake(services);
    services.live().tenant_changed(&actor.tenant_id, Hint::Asset);
    Ok(())
}

/// The job: registers a number. Its PIN is kept before Meta hears it, so that no end in the middle loses it.
///
/// # Errors
/// When the database fails, or Meta cannot be asked just now.
pub(crate) async fn register_number(services: &Services, tenant: &TenantId, id: &AssetId) -> Result<Outcome> {
    let Some(asset) = assets::get(services.db(), tenant, id).await? else { return Ok(Outcome::Done) };
    let connection = connections::get(services.db(), tenant, &asset.connection_id).await?;
    let Some(connection) = connection else { return Ok(Outcome::Done) };
    if !is_due(&asset)? {
        return Ok(Outcome::Done);
    }
    let token = match credentials::main_token(services, tenant, &asset.connection_id).await {
        Ok(token) => token,
        // Without a token the connection itself says what to do; a reconnect asks for the registration again.
        Err(Error::Conflict(_)) => return Ok(Outcome::Done),
        Err(error) => return Err(error),
    };
    let Ok(number) = asset.meta_id.parse::<PhoneNumberId>() else { return Ok(Outcome::Done) };
    let (pin, wrong) = match credentials::find_pin(services, tenant, &asset).await? {
        Some(pin) => (pin, failures::number_wrong_pin()),
        None => {
            let pin = random_pin(services.entropy());
            credentials::keep_pin(services, tenant, &asset, &pin, None).await?;
            (pin, failures::number_needs_pin())
        }
    };
    let done = register(&services.app_of(&connection.meta_app_id)?.graph, &number, &token, &pin).await;
    let outcome = write_down(services, tenant, &asset, done, wrong).await;
    services.live().tenant_changed(tenant, Hint::Asset);
    outcome
}

/// Registers; a deregistration that did not finish is finished first (133000).
pub(super) async fn register(
    graph: &GraphClient,
    number: &PhoneNumberId,
    token: &AccessToken,
    pin: &SecretString,
) -> std::result::Result<(), MetaError> {
    let unfinished = MetaErrorKind::BadRequest(BadRequestProblem::DeregistrationUnfinished);
    match graph.register_number(number, token, pin).await {
        Err(error) if error.kind == unfinished => {
            match graph.deregister_number(number, token).await {
                // Meta may have finished it by itself.
                Err(error) if error.kind != MetaErrorKind::BadRequest(BadRequestProblem::NumberNotRegistered) => {
                    return Err(error);
                }
                _ => {}
            }
            graph.register_number(number, token, pin).await
        }
        done => done,
    }
}

async fn write_down(
    services: &Services,
    tenant: &TenantId,
    asset: &Asset,
    done: std::result::Result<(), MetaError>,
    wrong_pin: Explanation,
) -> Result<Outcome> {
    let (db, now) = (services.db(), services.clock().now());
    let Err(error) = done else {
        assets::mark_registered(db, tenant, &asset.id, now).await?;
        let note = Note::ok("registered", log::registered()).about(asset.name.clone());
        observe::log(services, tenant, &asset.connection_id, vec![note]).await?;
        return Ok(Outcome::Done);
    };
    let (why, outcome) = judge(&error, wrong_pin);
    assets::mark_problem(db, tenant, &asset.id, STEP, &to_json(&why)?, now).await?;
    let note = Note::problem("not_registered", why.clone()).about(asset.name.clone());
    observe::log(services, tenant, &asset.connection_id, vec![note]).await?;
    Ok(outcome.map_or(Outcome::Done, |wait| Outcome::Again(wait, why)))
}

/// What a refusal means for the number (`wrong_pin` when it has another PIN), and whether to come back by ourselves, and when.
fn judge(error: &MetaError, wrong_pin: Explanation) -> (Explanation, Option<Option<Duration>>) {
    match error.kind {
        MetaErrorKind::BadRequest(BadRequestProblem::WrongPin) => (wrong_pin, None),
        MetaErrorKind::BadRequest(
            BadRequestProblem::DeregistrationUnfinished | BadRequestProblem::NumberNotRegistered,
        ) => (error.explain(), Some(None)),
        MetaErrorKind::Limit(LimitScope::Registration) => {
            (error.explain(), Some(Some(error.retry_after.unwrap_or(BLOCKED))))
        }
        MetaErrorKind::Limit(_) => (error.explain(), Some(error.retry_after)),
        _ if error.code == Some(133_015) => (failures::number_deleted_a_moment_ago(), Some(Some(DELETION))),
        _ if error.is_passing() => (error.explain(), Some(None)),
        _ => (error.explain(), None),
    }
}

/// Six digits, each PIN as likely as any other.
fn random_pin(entropy: &Entropy) -> SecretString {
    const PINS: u32 = 1_000_000;
    const FAIR: u32 = u32::MAX - u32::MAX % PINS;
    loop {
        let number = u32::from_be_bytes(entropy.bytes());
        if number < FAIR {
            return SecretString::from(format!("{:06}", number % PINS));
        }
    }
}
