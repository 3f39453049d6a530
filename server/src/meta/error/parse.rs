//! Reading an error out of anything that Meta may answer. Never panics, whatever the bytes.

use serde_json::Value;

/// What an error answer says, before it is classified.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::meta) struct Fault {
    pub(in crate::meta) code: Option<i64>,
    pub(in crate::meta) subcode: Option<i64>,
    pub(in crate::meta) message: String,
    pub(in crate::meta) user_title: Option<String>,
    pub(in crate::meta) user_message: Option<String>,
    pub(in crate::meta) is_transient: bool,
    pub(in crate::meta) fbtrace_id: Option<String>,
}

/// The error in an answer, if it is one: the `error` object (Meta reference §9.1), the same with a mere text, or the
/// older top-level `error_code`; where Instagram's codes are exchanged, a top-level `code` beside `error_type`. A batch item and `debug_token` nest the same shape.
pub(in crate::meta) fn fault_in(answer: &Value) -> Option<Fault> {
    let top = answer.as_object()?;
    match top.get("error") {
        Some(Value::Object(error)) => {
            let details = error.get("error_data").and_then(details);
            let message = text(error.get("message")).unwrap_or_default();
            let message = match details {
                Some(details) if !message.contains(&details) => format!("{message} ({details})"),
                _ => message,
            };
            Some(Fault {
                code: number(error.get("code")),
                // `debug_token` says `subcode` where everything else says `error_subcode` (Meta reference §4.6).
                subcode: number(error.get("error_subcode")).or_else(|| number(error.get("subcode"))),
                message,
                user_title: text(error.get("error_user_title")),
                user_message: text(error.get("error_user_msg")),
                is_transient: error.get("is_transient").and_then(Value::as_bool).unwrap_or(false),
                fbtrace_id: text(error.get("fbtrace_id")),
            })
        }
        Some(Value::String(short)) => Some(Fault {
            code: number(top.get("error_code")),
            message: text(top.get("error_description")).unwrap_or_else(|| short.clone()),
            ..Fault::default()
        }),
        _ => {
            let code = number(top.get("error_code"));
            let code = code.or_else(|| top.get("error_type").and_then(|_| number(top.get("code"))))?;
            let message = text(top.get("error_message")).or_else(|| text(top.get("error_msg"))).unwrap_or_default();
            Some(Fault { code: Some(code), message, ..Fault::default() })
        }
    }
}

/// `error_data.details`; WhatsApp sends an object, others a text that holds one.
fn details(data: &Value) -> Option<String> {
    match data {
        Value::Object(fields) => text(fields.get("details")),
        Value::String(inner) => text(serde_json::from_str::<Value>(inner).ok()?.get("details")),
        _ => None,
    }
}

fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::meta::error::{Context, MetaError};

    #[test]
    fn reads_every_field() {
        let fault = fault_in(&json!({"error": {
            "message": "(#32) Page request limit reached", "type": "OAuthException", "code": 32, "error_subcode": 7,
            "error_user_title": "Slow down", "error_user_msg": "Wait a bit", "is_transient": true,
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam"}}))
        .unwrap();
        assert_eq!((fault.code, fault.subcode, fault.is_transient), (Some(32), Some(7), true));
        assert_eq!(fault.user_title.as_deref(), Some("Slow down"));
        assert_eq!(fault.user_message.as_deref(), Some("Wait a bit"));
        assert_eq!(fault.fbtrace_id.as_deref(), Some("Az8or2yhqkZfEZ-_4Qn_Bam"));
    }

    #[test]
    fn details_come_as_an_object_or_as_a_text() {
        for data in [json!({"details": "PIN mismatch"}), json!("{\"details\":\"PIN mismatch\"}")] {
            let fault = fault_in(&json!({"error": {"message": "(#133005)", "code": 133005, "error_data": data}}));
            assert_eq!(fault.unwrap().message, "(#133005) (PIN mismatch)");
        }
        let odd = fault_in(&json!({"error": {"message": "m", "error_data": [1]}})).unwrap();
        assert_eq!(odd.message, "m");
    }

    #[test]
    fn older_and_nested_shapes_count_too() {
        let nested = fault_in(&json!({"error": {"code": 190, "message": "m", "subcode": 463}})).unwrap();
        assert_eq!(nested.subcode, Some(463));
        let plain = fault_in(&json!({"error": "invalid_request", "error_description": "No"})).unwrap();
        assert_eq!(plain.message, "No");
        let old = fault_in(&json!({"error_code": "1349126", "error_message": "App not active"})).unwrap();
        assert_eq!((old.code, old.message.as_str()), (Some(1_349_126), "App not active"));
        let instagram = json!({"error_type": "OAuthException", "code": 400, "error_message": "Invalid platform app"});
        let instagram = fault_in(&instagram).unwrap();
        assert_eq!((instagram.code, instagram.message.as_str()), (Some(400), "Invalid platform app"));
        assert_eq!(fault_in(&json!({"code": 400, "data": []})), None);
        assert_eq!(fault_in(&json!({"data": []})), None);
        assert_eq!(fault_in(&json!([])), None);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,40}".prop_map(Value::from),
        ];
        let key = prop_oneof![
            Just("error".to_owned()),
            Just("code".to_owned()),
            Just("error_subcode".to_owned()),
            Just("message".to_owned()),
            Just("error_data".to_owned()),
            Just("details".to_owned()),
            Just("error_code".to_owned()),
            Just("is_transient".to_owned()),
            Just("fbtrace_id".to_owned()),
            ".{0,8}",
        ];
        leaf.prop_recursive(4, 48, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((key.clone(), inner), 0..6)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_read_classified_and_explained(answer in any_json(), status in 100u16..600) {
            let wrapped = json!({ "error": answer });
            for candidate in [&answer, &wrapped] {
                if let Some(fault) = fault_in(candidate) {
                    for context in [Context::Token, Context::AppToken] {
                        let error = MetaError::from_fault(&fault, Some(status), context, &["secret"]);
                        prop_assert!(error.message.chars().count() <= 300);
                        prop_assert!(!error.to_string().contains("secret"));
                        prop_assert!(!error.explain().told(crate::words::Language::En).todo.is_empty());
                    }
                }
            }
        }
    }
}
