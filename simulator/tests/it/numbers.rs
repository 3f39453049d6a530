//! WhatsApp numbers (Meta reference §6.3, §2.9).

use std::time::Duration;

use serde_json::{Value, json};
use simulator::PhoneNumber;

use crate::harness::Meta;

const PHONE: &str = "190638523274551";

async fn with(edit: impl FnOnce(&mut PhoneNumber)) -> (Meta, String) {
    let meta = Meta::shop().await;
    meta.control.edit_world(|world| edit(&mut world.phone_numbers[0])).unwrap();
    let token = meta.token();
    (meta, token)
}

async fn act(meta: &Meta, token: &str, action: &str, body: Value) -> crate::harness::Reply {
    let request = meta
        .http
        .post(meta.url(&format!("v25.0/{PHONE}/{action}")))
        .query(&[("appsecret_proof", meta.proof(token))])
        .bearer_auth(token)
        .json(&body);
    meta.send(request).await
}

fn register(pin: &str) -> Value {
    json!({"messaging_product": "whatsapp", "pin": pin})
}

#[tokio::test]
async fn registering_sets_the_pin_and_connects_the_number() {
    let (meta, token) = with(|number| {
        number.status = "PENDING".into();
        number.platform_type = "NOT_APPLICABLE".into();
        number.throughput = "NOT_APPLICABLE".into();
    })
    .await;
    assert_eq!(act(&meta, &token, "register", register("123456")).await.json, json!({"success": true}));
    let fields = "status,platform_type,throughput,is_pin_enabled";
    let number = meta.read(&token, &format!("v25.0/{PHONE}"), &[("fields", fields)]).await.json;
    assert_eq!(
        number,
        json!({"id": PHONE, "status": "CONNECTED", "platform_type": "CLOUD_API", "throughput": {"level": "STANDARD"},
               "is_pin_enabled": true})
    );
}

#[tokio::test]
async fn a_number_with_a_pin_refuses_another_one_and_then_stops_guessing() {
    let (meta, token) = with(|number| number.pin = Some("246810".into())).await;
    let wrong = act(&meta, &token, "register", register("000000")).await;
    assert_eq!((wrong.status, wrong.error().0), (400, 133_005));
    assert_eq!(wrong.json["error"]["error_data"]["messaging_product"], "whatsapp");
    for _ in 0..4 {
        assert_eq!(act(&meta, &token, "register", register("000000")).await.error().0, 133_005);
    }
    assert_eq!(act(&meta, &token, "register", register("246810")).await.error().0, 133_008);
}

#[tokio::test]
async fn the_other_ways_registration_fails() {
    let (meta, token) = with(|number| number.code_verification_status = "EXPIRED".into()).await;
    assert_eq!(act(&meta, &token, "register", register("123456")).await.error().0, 133_006);
    assert_eq!(act(&meta, &token, "register", json!({"pin": "123456"})).await.error().0, 100);
    assert_eq!(act(&meta, &token, "register", register("12ab56")).await.error().0, 100);
    let (meta, token) = with(|number| number.deregistration_incomplete = true).await;
    let reply = act(&meta, &token, "register", register("123456")).await;
    assert_eq!((reply.status, reply.error().0), (500, 133_000));
    let (meta, token) = with(|number| number.deleted_at = Some(crate::harness::NOW - 10)).await;
    assert_eq!(act(&meta, &token, "register", register("123456")).await.error().0, 133_015);
    meta.control.advance(Duration::from_secs(300));
    assert_eq!(act(&meta, &token, "register", register("123456")).await.status, 200);
}

#[tokio::test]
async fn ten_attempts_in_seventy_two_hours() {
    let (meta, token) = with(|_| {}).await;
    for _ in 0..10 {
        assert_eq!(act(&meta, &token, "register", register("123456")).await.status, 200);
    }
    assert_eq!(act(&meta, &token, "register", register("123456")).await.error().0, 133_016);
    meta.control.advance(Duration::from_secs(73 * 3600));
    assert_eq!(act(&meta, &token, "register", register("123456")).await.status, 200);
}

#[tokio::test]
async fn deregistering_is_refused_for_coexistence_and_for_unregistered_numbers() {
    let (meta, token) = with(|_| {}).await;
    assert_eq!(act(&meta, &token, "deregister", json!({})).await.json, json!({"success": true}));
    assert_eq!(act(&meta, &token, "deregister", json!({})).await.error().0, 133_010);
    let (meta, token) = with(|number| number.is_on_biz_app = true).await;
    assert_eq!(act(&meta, &token, "deregister", json!({})).await.error().0, 100);
}

#[tokio::test]
async fn a_number_is_verified_by_code() {
    let (meta, token) = with(|number| {
        number.code_verification_status = "NOT_VERIFIED".into();
        number.verification_code = "654321".into();
    })
    .await;
    assert_eq!(act(&meta, &token, "verify_code", json!({"code": "654321"})).await.error().0, 136_025);
    let request = json!({"code_method": "SMS", "language": "en_US"});
    assert_eq!(act(&meta, &token, "request_code", request.clone()).await.json, json!({"success": true}));
    assert_eq!(act(&meta, &token, "verify_code", json!({"code": "000000"})).await.error().0, 136_025);
    assert_eq!(act(&meta, &token, "verify_code", json!({"code": "654-321"})).await.json, json!({"success": true}));
    assert_eq!(act(&meta, &token, "request_code", request).await.error().0, 136_024);
    assert_eq!(act(&meta, &token, "register", register("123456")).await.status, 200);
}

#[tokio::test]
async fn coexistence_syncs_work_once_each_and_within_a_day() {
    let (meta, token) = with(|number| {
        number.is_on_biz_app = true;
        number.last_onboarded_time = crate::harness::NOW - 60;
    })
    .await;
    let sync = |kind: &str| json!({"messaging_product": "whatsapp", "sync_type": kind});
    let first = act(&meta, &token, "smb_app_data", sync("smb_app_state_sync")).await;
    assert!(first.json["request_id"].is_string());
    assert_eq!(act(&meta, &token, "smb_app_data", sync("smb_app_state_sync")).await.error().0, 2_593_107);
    meta.control.advance(Duration::from_secs(86_400));
    assert_eq!(act(&meta, &token, "smb_app_data", sync("history")).await.error().0, 2_593_108);
}

#[tokio::test]
async fn a_new_pin_can_be_set() {
    let (meta, token) = with(|number| number.pin = Some("111111".into())).await;
    let request = meta
        .http
        .post(meta.url(&format!("v25.0/{PHONE}")))
        .query(&[("appsecret_proof", meta.proof(&token))])
        .bearer_auth(&token)
        .json(&json!({"pin": "654321"}));
    assert_eq!(meta.send(request).await.json, json!({"success": true}));
    assert_eq!(act(&meta, &token, "register", register("654321")).await.status, 200);
}
