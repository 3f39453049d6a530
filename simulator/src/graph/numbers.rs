//! What can be done with a WhatsApp number (Meta reference §6.3, §2.9).

use serde_json::{Value, json};

use super::dispatch::Step;
use super::errors::GraphError;
use super::handshake::{Change, Pending};
use super::params::Params;
use super::render::View;
use super::subscribed_apps::{override_allowed, override_parameters};
use crate::secrets;
use crate::world::{Node, PhoneNumber};

/// Register and deregister attempts allowed in [`ATTEMPT_WINDOW`].
const ATTEMPTS: usize = 10;
/// 72 hours.
const ATTEMPT_WINDOW: i64 = 72 * 3600;
/// Wrong PINs before guessing is stopped.
const WRONG_PINS: u32 = 5;

/// `POST /{phone}/{action}`.
pub(crate) fn act(view: &mut View<'_>, node: Node, action: &str, params: &Params) -> Result<Value, GraphError> {
    let Node::Phone(i) = node else { return Err(GraphError::unknown_field(action, super::nodes::type_name(node))) };
    match action {
        "register" => register(view, i, params),
        "deregister" => deregister(view, i),
        "request_code" => request_code(view, i, params),
        "verify_code" => verify_code(view, i, params),
        "smb_app_data" => smb_app_data(view, i, params),
        _ => Err(GraphError::unknown_field(action, super::nodes::type_name(node))),
    }
}

fn whatsapp(code: u32, title: &str, details: &str) -> GraphError {
    GraphError::new(code, format!("(#{code}) {title}")).details(details)
}

fn number(view: &View<'_>, i: usize) -> PhoneNumber {
    view.state.world.phone_numbers.get(i).cloned().unwrap_or_default()
}

fn update(view: &mut View<'_>, i: usize, change: impl FnOnce(&mut PhoneNumber)) -> Value {
    if let Some(number) = view.state.world_mut().phone_numbers.get_mut(i) {
        change(number);
    }
    json!({"success": true})
}

fn needs_whatsapp_product(params: &Params) -> Result<(), GraphError> {
    match params.text("messaging_product").as_deref() {
        Some("whatsapp") => Ok(()),
        Some(_) => Err(GraphError::new(100, "(#100) Param messaging_product must be one of {WHATSAPP}")),
        None => Err(GraphError::missing_parameter("messaging_product")),
    }
}

fn pin(params: &Params) -> Result<String, GraphError> {
    let pin = params.filled("pin").ok_or_else(|| GraphError::missing_parameter("pin"))?;
    if pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(pin);
    }
    Err(GraphError::new(100, "(#100) Param pin must be 6 digits long."))
}

/// At most ten in 72 hours, registering and deregistering together.
fn attempt(view: &mut View<'_>, id: &str) -> Result<(), GraphError> {
    let now = view.state.now();
    let attempts = view.state.subscriptions.attempts.entry(id.to_owned()).or_default();
    attempts.retain(|at| now < at + ATTEMPT_WINDOW);
    if attempts.len() >= ATTEMPTS {
        return Err(whatsapp(
            133_016,
            "Account register deregister rate limit exceeded",
            "Registration or Deregistration failed because there were too many attempts for this phone number in a short \
             period of time.",
        ));
    }
    attempts.push(now);
    Ok(())
}

fn register(view: &mut View<'_>, i: usize, params: &Params) -> Result<Value, GraphError> {
    needs_whatsapp_product(params)?;
    let pin = pin(params)?;
    let number = number(view, i);
    attempt(view, &number.id)?;
    if number.deregistration_incomplete {
        return Err(
            whatsapp(133_000, "Incomplete deregistration", "A previous deregistration attempt failed.").status(500)
        );
    }
    if number.deleted_at.is_some_and(|at| view.state.now() < at + 300) {
        return Err(whatsapp(
            133_015,
            "Please wait a few minutes before attempting to register this phone number",
            "The phone number you are attempting to register was recently deleted, and deletion has not yet completed.",
        ));
    }
    if number.code_verification_status != "VERIFIED" {
        return Err(whatsapp(
            133_006,
            "Phone number re-verification needed",
            "Phone number needs to be verified before registering.",
        ));
    }
    check_pin(view, &number, &pin)?;
    Ok(update(view, i, |number| {
        number.pin = Some(pin);
        number.status = "CONNECTED".into();
        number.platform_type = "CLOUD_API".into();
        number.can_send_message = "AVAILABLE".into();
        if number.throughput == "NOT_APPLICABLE" {
            number.throughput = "STANDARD".into();
        }
    }))
}

fn check_pin(view: &mut View<'_>, number: &PhoneNumber, pin: &str) -> Result<(), GraphError> {
    let (now, pause) = (view.state.now(), view.state.switches.pin_pause);
    let wrong = view.state.subscriptions.wrong_pins.entry(number.id.clone()).or_default();
    if *wrong >= WRONG_PINS {
        return Err(whatsapp(
            133_008,
            "Too Many two step verification PIN Guesses",
            "Wait 3600 seconds and try again.",
        ));
    }
    let wrong_at = &mut view.state.subscriptions.wrong_pin_at;
    if wrong_at.get(&number.id).is_some_and(|at| now < at + pause) {
        return Err(whatsapp(
            133_009,
            "Two step verification PIN Guessed Too Fast",
            &format!("Wait {pause} seconds before trying again."),
        ));
    }
    if number.pin.as_ref().is_some_and(|known| !secrets::same(known, pin)) {
        *wrong += 1;
        wrong_at.insert(number.id.clone(), now);
        return Err(whatsapp(
            133_005,
            "Two step verification PIN Mismatch",
            "The two-step verification PIN is incorrect.",
        ));
    }
    *wrong = 0;
    Ok(())
}

fn deregister(view: &mut View<'_>, i: usize) -> Result<Value, GraphError> {
    let number = number(view, i);
    if number.is_on_biz_app {
        return Err(whatsapp(
            100,
            "Invalid parameter",
            "This number is also used with the WhatsApp Business app; it can only be disconnected there.",
        ));
    }
    if number.platform_type == "NOT_APPLICABLE" {
        return Err(whatsapp(133_010, "Phone number Not Registered", "Account does not exist in Cloud API."));
    }
    attempt(view, &number.id)?;
    Ok(update(view, i, |number| {
        number.status = "DISCONNECTED".into();
        number.platform_type = "NOT_APPLICABLE".into();
        number.throughput = "NOT_APPLICABLE".into();
        number.can_send_message = "BLOCKED".into();
        number.deregistration_incomplete = false;
    }))
}

fn request_code(view: &mut View<'_>, i: usize, params: &Params) -> Result<Value, GraphError> {
    match params.text("code_method").as_deref() {
        Some("SMS" | "VOICE") => {}
        Some(_) => return Err(GraphError::new(100, "(#100) Param code_method must be one of {SMS, VOICE}")),
        None => return Err(GraphError::missing_parameter("code_method")),
    }
    params.filled("language").ok_or_else(|| GraphError::missing_parameter("language"))?;
    let number = number(view, i);
    if number.code_verification_status == "VERIFIED" {
        return Err(whatsapp(136_024, "Request code error", "Phone number is already verified."));
    }
    *view.state.subscriptions.codes_requested.entry(number.id).or_default() += 1;
    Ok(json!({"success": true}))
}

fn verify_code(view: &mut View<'_>, i: usize, params: &Params) -> Result<Value, GraphError> {
    let code = params.filled("code").ok_or_else(|| GraphError::missing_parameter("code"))?;
    let number = number(view, i);
    if !view.state.subscriptions.codes_requested.contains_key(&number.id) {
        return Err(whatsapp(136_025, "Verify code error", "No code was requested for this phone number."));
    }
    if !secrets::same(&code.replace('-', ""), &number.verification_code) {
        return Err(whatsapp(136_025, "Verify code error", "Code couldn't be verified because it is incorrect."));
    }
    view.state.subscriptions.codes_requested.remove(&number.id);
    Ok(update(view, i, |number| {
        number.code_verification_status = "VERIFIED".into();
        if number.status == "UNVERIFIED" {
            number.status = "PENDING".into();
        }
    }))
}

/// Coexistence: contacts and history, each once and within a day (Meta reference §2.9).
fn smb_app_data(view: &mut View<'_>, i: usize, params: &Params) -> Result<Value, GraphError> {
    needs_whatsapp_product(params)?;
    let sync = params.filled("sync_type").ok_or_else(|| GraphError::missing_parameter("sync_type"))?;
    if !matches!(sync.as_str(), "smb_app_state_sync" | "history") {
        return Err(GraphError::new(100, "(#100) Param sync_type must be one of {smb_app_state_sync, history}"));
    }
    let number = number(view, i);
    if !number.is_on_biz_app {
        return Err(whatsapp(100, "Invalid parameter", "This number is not used with the WhatsApp Business app."));
    }
    if view.state.now() > number.last_onboarded_time + 86_400 {
        return Err(whatsapp(
            2_593_108,
            "Sync window over",
            "Synchronisation must be requested within 24 hours of onboarding.",
        ));
    }
    if !view.state.subscriptions.syncs.insert((number.id, sync)) {
        return Err(whatsapp(2_593_107, "Sync already used", "This synchronisation was already requested."));
    }
    let request = secrets::opaque(&mut view.state.rng, 24);
    Ok(json!({"messaging_product": "whatsapp", "request_id": request}))
}

/// `POST /{phone}`: a new PIN, or the number's own webhook.
pub(crate) fn settings(view: &mut View<'_>, node: Node, params: &Params) -> Result<Step, GraphError> {
    let Node::Phone(i) = node else { return Err(GraphError::unknown_path("")) };
    let number = number(view, i);
    if let Some(configuration) = params.json("webhook_configuration") {
        let nested = Params(configuration.as_object().cloned().unwrap_or_default());
        let uri = nested.text("override_callback_uri").unwrap_or_default();
        if uri.is_empty() {
            view.state.subscriptions.phones.remove(&number.id);
            return Ok(Step::Done(json!({"success": true})));
        }
        override_allowed(view, &number.waba)?;
        let verify_token = override_parameters(&nested, &uri)?;
        return Ok(Step::Handshake(Pending::new(view.state, uri, verify_token, Change::Phone(number.id))));
    }
    if params.0.contains_key("pin") {
        let pin = pin(params)?;
        view.state.subscriptions.wrong_pins.remove(&number.id);
        return Ok(Step::Done(update(view, i, |number| number.pin = Some(pin))));
    }
    Err(GraphError::new(100, "(#100) No setting to change was given"))
}
