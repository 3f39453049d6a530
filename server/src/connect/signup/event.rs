//! What Meta's window says to the page that opened it (Meta reference §2.6). It comes from a browser: every text is bounded,
//! and every id is a hint.

use serde::Deserialize;

use crate::meta::{BusinessId, PhoneNumberId, WabaId};

/// How the window ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignupOutcome {
    /// `FINISH`: an account with a number.
    Finished,
    /// `FINISH_ONLY_WABA`: an account without a number.
    AccountOnly,
    /// `FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING`: a number that stays in the app.
    BusinessApp,
    /// `FINISH_GRANT_ONLY_API_ACCESS`: access to what exists.
    AccessOnly,
    /// `CANCEL`, or `ERROR` of older windows: the person left, or reported an error.
    Cancelled,
}

/// The `WA_EMBEDDED_SIGNUP` message, as far as it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignupEvent {
    /// How it ended.
    pub outcome: SignupOutcome,
    /// The number that was set up, as the browser says.
    pub phone_number_id: Option<PhoneNumberId>,
    /// Its account, as the browser says.
    pub waba_id: Option<WabaId>,
    /// The portfolio, as the browser says.
    pub business_id: Option<BusinessId>,
    /// Where the person left, such as `PHONE_NUMBER_SETUP`.
    pub current_step: Option<String>,
    /// Meta's number for the error that was shown.
    pub error_id: Option<String>,
    /// Meta's own words for it, for the person alone.
    pub error_message: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    event: String,
    #[serde(default)]
    data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    phone_number_id: Option<String>,
    waba_id: Option<String>,
    business_id: Option<String>,
    current_step: Option<String>,
    error_id: Option<String>,
    error_code: Option<serde_json::Value>,
    error_message: Option<String>,
}

/// The longest message that is read, in bytes.
const LONGEST: usize = 8 * 1024;

impl SignupEvent {
    /// Reads `{"event": …, "data": {…}}`; nothing for an event that is not known, or anything else.
    pub fn parse(json: &str) -> Option<Self> {
        if json.len() > LONGEST {
            return None;
        }
        let Message { event, data } = serde_json::from_str(json).ok()?;
        let outcome = match event.as_str() {
            "FINISH" => SignupOutcome::Finished,
            "FINISH_ONLY_WABA" => SignupOutcome::AccountOnly,
            "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" => SignupOutcome::BusinessApp,
            "FINISH_GRANT_ONLY_API_ACCESS" => SignupOutcome::AccessOnly,
            "CANCEL" | "ERROR" => SignupOutcome::Cancelled,
            _ => return None,
        };
        let number =
            |value: serde_json::Value| value.as_i64().map(|n| n.to_string()).or(value.as_str().map(str::to_owned));
        Some(Self {
            outcome,
            phone_number_id: data.phone_number_id.and_then(|id| id.parse().ok()),
            waba_id: data.waba_id.and_then(|id| id.parse().ok()),
            business_id: data.business_id.and_then(|id| id.parse().ok()),
            current_step: data.current_step.and_then(|step| word(&step)),
            error_id: data.error_id.or(data.error_code.and_then(number)).and_then(|id| word(&id)),
            error_message: data.error_message.map(|text| plain(&text)).filter(|text| !text.is_empty()),
        })
    }
}

/// A name in capitals or an error's number: nothing that could be anything else, such as somebody's name.
fn word(text: &str) -> Option<String> {
    let fits = (1..=64).contains(&text.len());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    (fits && plain).then(|| text.to_owned())
}

/// Meta's words, as long as a sentence is.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_ending_is_read() {
        let read = |event: &str| SignupEvent::parse(&format!(r#"{{"event":"{event}"}}"#)).map(|event| event.outcome);
        assert_eq!(read("FINISH"), Some(SignupOutcome::Finished));
        assert_eq!(read("FINISH_ONLY_WABA"), Some(SignupOutcome::AccountOnly));
        assert_eq!(read("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"), Some(SignupOutcome::BusinessApp));
        assert_eq!(read("FINISH_GRANT_ONLY_API_ACCESS"), Some(SignupOutcome::AccessOnly));
        assert_eq!((read("CANCEL"), read("ERROR")), (Some(SignupOutcome::Cancelled), Some(SignupOutcome::Cancelled)));
        assert_eq!(read("SOMETHING_NEW"), None);
    }

    #[test]
    fn ids_and_steps_that_are_none_are_left_out() {
        let event = SignupEvent::parse(
            r#"{"event":"CANCEL","data":{"waba_id":"1 OR 1","phone_number_id":"190","current_step":"Ada <ada@x>",
                "error_id":"524126","error_message":"Too\nnew"}}"#,
        );
        let event = event.unwrap();
        assert_eq!((event.waba_id, event.current_step), (None, None));
        assert_eq!(event.phone_number_id.unwrap().as_str(), "190");
        assert_eq!((event.error_id.as_deref(), event.error_message.as_deref()), (Some("524126"), Some("Too new")));
        let older = SignupEvent::parse(r#"{"event":"ERROR","data":{"error_message":"No","error_code":2655}}"#).unwrap();
        assert_eq!(older.error_id.as_deref(), Some("2655"));
    }

    proptest! {
        #[test]
        fn whatever_a_browser_sends_is_read_or_left(text in ".{0,400}", id in ".{0,80}") {
            let _ = SignupEvent::parse(&text);
            let json = serde_json::json!({"event": "CANCEL", "data": {"current_step": id, "error_message": text}});
            let event = SignupEvent::parse(&json.to_string()).unwrap();
            prop_assert!(event.current_step.is_none_or(|step| step.len() <= 64));
            prop_assert!(event.error_message.is_none_or(|text| text.chars().count() <= 300));
        }
    }
}
