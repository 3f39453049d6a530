//! Embedded Signup: what was chosen, and the message that says so (Meta reference §2.5, §2.6).

use serde_json::json;

use super::consent::Consent;
use super::request::DialogRequest;
use crate::graph::assets;
use crate::state::State;
use crate::world::{AssetKind, Persona};

/// The account and number of a finished signup.
pub(super) struct Choice {
    pub(super) waba: String,
    pub(super) business: String,
    pub(super) phone: Option<String>,
}

/// What this consent chose: the number's account, the named account, or the newest one; `None` when there is none.
pub(super) fn choice(state: &State, person: &Persona, consent: &Consent) -> Option<Choice> {
    let mine = assets(&state.world, person, AssetKind::Whatsapp);
    let numbers = &state.world.phone_numbers;
    let asked = consent.phone.as_deref().filter(|phone| !phone.is_empty());
    let number = numbers.iter().find(|number| Some(number.id.as_str()) == asked && mine.contains(&number.waba));
    let waba = number
        .map(|number| number.waba.clone())
        .or_else(|| consent.waba.clone().filter(|waba| mine.contains(waba)))
        .or_else(|| mine.first().cloned())?;
    let account = state.world.whatsapp_accounts.iter().find(|account| account.id == waba)?;
    // Where the owner is out of sight, the window lists the account under a portfolio that it is shared with.
    let business = account.business.as_ref().or(account.clients.first())?.clone();
    let newest = || numbers.iter().filter(|number| number.waba == waba).max_by_key(|number| number.last_onboarded_time);
    let phone = match consent.phone.as_deref() {
        Some("") => None,
        _ => number.or_else(newest).map(|number| number.id.clone()),
    };
    Some(Choice { waba, business, phone })
}

/// The `WA_EMBEDDED_SIGNUP` message of a finished popup.
pub(super) fn finished(state: &State, request: &DialogRequest, person: &Persona, consent: &Consent) -> Option<String> {
    let signup = request.signup.as_ref().filter(|_| request.popup.is_some())?;
    let Choice { waba, business, phone } = choice(state, person, consent)?;
    let (event, data) = if signup.coexistence {
        ("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", json!({"waba_id": waba}))
    } else if signup.app_only {
        ("FINISH_GRANT_ONLY_API_ACCESS", json!({"waba_id": waba, "business_id": business}))
    } else if let Some(phone) = phone {
        ("FINISH", json!({"phone_number_id": phone, "waba_id": waba, "business_id": business}))
    } else {
        ("FINISH_ONLY_WABA", json!({"waba_id": waba, "business_id": business}))
    };
    Some(json!({"type": "WA_EMBEDDED_SIGNUP", "event": event, "version": 3, "data": data}).to_string())
}

/// What the window does to the number that was chosen: it is onboarded now, and one of the app stays in it.
pub(super) fn onboard(state: &mut State, request: &DialogRequest, person: &Persona, consent: &Consent) {
    let Some(signup) = request.signup.clone() else { return };
    let Some(phone) = choice(state, person, consent).and_then(|choice| choice.phone) else { return };
    let now = state.now();
    let chosen = |number: &&mut crate::world::PhoneNumber| number.id == phone;
    if let Some(number) = state.world_mut().phone_numbers.iter_mut().find(chosen) {
        number.last_onboarded_time = now;
        if signup.coexistence {
            number.is_on_biz_app = true;
            number.platform_type = "CLOUD_API".into();
            number.status = "CONNECTED".into();
            number.can_send_message = "AVAILABLE".into();
        }
    }
}

/// The steps at which a person can leave (Meta reference §2.6), and what each asks.
pub(super) const STEPS: [(&str, &str); 6] = [
    ("BUSINESS_ACCOUNT_SELECTION", "Business"),
    ("WABA_PHONE_PROFILE_PICKER", "WhatsApp account"),
    ("WHATSAPP_BUSINESS_PROFILE_SETUP", "Business profile"),
    ("PHONE_NUMBER_SETUP", "Phone number"),
    ("PHONE_NUMBER_VERIFICATION", "Verification"),
    ("PERMISSIONS", "Access"),
];

/// The message of an abandoned popup.
pub(super) fn abandoned(state: &State, request: &DialogRequest, consent: Option<&Consent>) -> Option<String> {
    request.signup.as_ref().filter(|_| request.popup.is_some())?;
    let step = consent.and_then(|consent| consent.step.as_ref());
    let error = consent.and_then(|consent| consent.error.as_ref());
    // A step that was picked is left without an error.
    let error = error.or(state.switches.signup_error.as_ref().filter(|_| step.is_none()));
    let data = match error {
        None => json!({"current_step": step.unwrap_or(&state.switches.signup_cancel_step)}),
        Some(text) => json!({
            "error_message": text,
            "error_id": "524126",
            "session_id": "f34b51dab5e0498",
            "timestamp": state.now().to_string(),
        }),
    };
    let message = json!({"type": "WA_EMBEDDED_SIGNUP", "event": "CANCEL", "version": 3, "data": data});
    Some(message.to_string())
}

/// When the message is posted, as the arbiter page reads it.
pub(super) fn order(state: &State) -> String {
    let word = serde_json::to_value(state.switches.signup_message).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
