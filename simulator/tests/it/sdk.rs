//! The SDK's script and the popup behind it (Meta reference §2). What it does in a browser is shown end to end elsewhere.

use serde_json::Value;
use simulator::{CodeFlow, Consent, Options, SignupMessage};

use crate::harness::{Meta, param};

const SIGNUP: &str = "700100000000002";
const PAGE: &str = "https://localhost/connect";

#[tokio::test]
async fn the_script_is_served_for_any_locale_with_this_address_in_it() {
    let meta = Meta::with(Options { refuse_http_pages: false, ..Options::default() }).await;
    let reply = meta.get("ro_RO/sdk.js", &[]).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-type").contains("javascript"));
    assert!(reply.text.contains(meta.running.url.as_str().trim_end_matches('/')));
    assert!(reply.text.contains("\"refuseHttp\":false"));
    for text in [
        "The method FB.",
        "can no longer be called from http pages.",
        "() called before FB.init().",
        "Invalid App Id: Must be a number or numeric string representing the application id.",
        "init not called with valid version",
        "Expression is of type asyncfunction, not function",
        "not_authorized",
    ] {
        assert!(reply.text.contains(text), "{text}");
    }
}

fn popup(meta: &Meta, extras: &str) -> String {
    let flow = CodeFlow::Popup { config_id: SIGNUP.into(), page: PAGE.into() };
    let mut url: url::Url = meta.control.dialog_url(&flow).parse().unwrap();
    url.query_pairs_mut().append_pair("extras", extras);
    url.into()
}

fn session(url: &url::Url) -> Value {
    serde_json::from_str(&param(url, "session").unwrap()).unwrap()
}

#[tokio::test]
async fn embedded_signup_ends_on_the_arbiter_with_its_message() {
    let meta = Meta::shop().await;
    let url = meta.control.approve(&popup(&meta, r#"{"setup":{}}"#), &Consent::everything()).unwrap();
    assert_eq!(url.path(), "/x/connect/xd_arbiter/");
    assert_eq!(param(&url, "origin").as_deref(), Some("https://localhost"));
    assert!(param(&url, "code").unwrap().starts_with("AQ"));
    assert!(!url.query().unwrap().contains("code="), "the answer stays in the fragment");
    let message = session(&url);
    assert_eq!((message["type"].as_str(), message["event"].as_str()), (Some("WA_EMBEDDED_SIGNUP"), Some("FINISH")));
    assert_eq!(message["data"]["phone_number_id"], "190638523274551");
    assert_eq!(message["data"]["waba_id"], "102290129340551");
    assert_eq!(param(&url, "order").as_deref(), Some("before"));
    let code = param(&url, "code").unwrap();
    let token = meta.exchange(&code, None).await.json["access_token"].as_str().unwrap().to_owned();
    assert_eq!(meta.debug(&token).await["type"], "SYSTEM_USER");
    assert_eq!(meta.read(&token, "v25.0/102290129340551/phone_numbers", &[]).await.ids(), ["190638523274551"]);
}

#[tokio::test]
async fn the_other_endings_of_embedded_signup() {
    let meta = Meta::shop().await;
    let coexistence = popup(&meta, r#"{"setup":{},"featureType":"whatsapp_business_app_onboarding"}"#);
    let message = session(&meta.control.approve(&coexistence, &Consent::everything()).unwrap());
    assert_eq!(message["event"], "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING");
    assert_eq!(message["data"], serde_json::json!({"waba_id": "102290129340551"}));
    let none = Consent { phone: Some(String::new()), ..Consent::default() };
    let plain = popup(&meta, r#"{"setup":{}}"#);
    assert_eq!(session(&meta.control.approve(&plain, &none).unwrap())["event"], "FINISH_ONLY_WABA");
    let cancelled = meta.control.approve(&plain, &Consent::cancel()).unwrap();
    assert_eq!(session(&cancelled)["data"]["current_step"], "PHONE_NUMBER_SETUP");
    assert_eq!(param(&cancelled, "error").as_deref(), Some("access_denied"));
    meta.control.switch(|switches| switches.signup_error = Some("Your account is too new".into()));
    let reported = session(&meta.control.approve(&plain, &Consent::cancel()).unwrap());
    assert_eq!(
        (&reported["event"], &reported["data"]["error_message"]),
        (&"CANCEL".into(), &"Your account is too new".into())
    );
    meta.control.switch(|switches| switches.signup_message = SignupMessage::After);
    let url = meta.control.approve(&plain, &Consent::everything()).unwrap();
    assert_eq!(param(&url, "order").as_deref(), Some("after"));
}

#[tokio::test]
async fn a_person_leaves_at_a_step_or_with_an_error() {
    let meta = Meta::shop().await;
    let page = popup(&meta, r#"{"setup":{}}"#);
    let query = url::Url::parse(&page).unwrap().query().unwrap().to_owned();
    let shown = meta.send(meta.http.get(&page)).await;
    assert!(shown.text.contains("Set up WhatsApp with") && shown.text.contains("PHONE_NUMBER_VERIFICATION"));
    let leave = async |fields: &[(&str, &str)]| {
        let form = [&[("request", query.as_str())], fields].concat();
        let reply = meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&form)).await;
        let url: url::Url = reply.header("location").parse().unwrap();
        assert_eq!(param(&url, "error").as_deref(), Some("access_denied"));
        session(&url)
    };
    let message = leave(&[("action", "leave"), ("step", "PERMISSIONS"), ("error", "Not this")]).await;
    assert_eq!(
        (&message["event"], &message["data"]),
        (&"CANCEL".into(), &serde_json::json!({"current_step": "PERMISSIONS"}))
    );
    let message = leave(&[("action", "report"), ("step", "PERMISSIONS"), ("error", "Too new")]).await;
    assert_eq!(
        (&message["data"]["error_message"], &message["data"]["error_id"]),
        (&"Too new".into(), &"524126".into())
    );
    assert_eq!(message["data"]["current_step"], Value::Null);
}

#[tokio::test]
async fn coexistence_puts_the_number_into_the_app_and_opens_its_day_of_sync() {
    let meta = Meta::shop().await;
    let before = meta.control.world().phone_numbers[0].clone();
    assert!(!before.is_on_biz_app);
    let coexistence = popup(&meta, r#"{"setup":{},"featureType":"whatsapp_business_app_onboarding"}"#);
    let url = meta.control.approve(&coexistence, &Consent::everything()).unwrap();
    let number = meta.control.world().phone_numbers[0].clone();
    assert!(number.is_on_biz_app && number.last_onboarded_time > before.last_onboarded_time);
    let code = param(&url, "code").unwrap();
    let token = meta.exchange(&code, None).await.json["access_token"].as_str().unwrap().to_owned();
    let path = format!("v25.0/{}", number.id);
    let fields = [("fields", "is_on_biz_app,platform_type")];
    let read = meta.read(&token, &path, &fields).await.json;
    assert_eq!((&read["is_on_biz_app"], &read["platform_type"]), (&true.into(), &"CLOUD_API".into()));
}

#[tokio::test]
async fn a_page_outside_the_domains_hears_nothing_and_a_switched_off_sdk_shows_a_page() {
    let meta = Meta::shop().await;
    let flow = CodeFlow::Popup { config_id: SIGNUP.into(), page: "https://elsewhere.example/".into() };
    let url = meta.control.approve(&meta.control.dialog_url(&flow), &Consent::everything()).unwrap();
    assert_eq!(param(&url, "blocked").as_deref(), Some("1"));
    meta.control.edit_world(|world| world.app.jssdk_enabled = false).unwrap();
    assert_eq!(meta.control.approve(&popup(&meta, "{}"), &Consent::everything()), Err(simulator::ErrorPage::JsSdkOff));
}

#[tokio::test]
async fn the_popup_posts_only_to_the_simulators_own_page() {
    let meta = Meta::shop().await;
    let foreign = popup(&meta, "{}").replace("xd_arbiter", "elsewhere");
    assert_eq!(meta.control.approve(&foreign, &Consent::everything()), Err(simulator::ErrorPage::UrlBlocked));
    let arbiter = meta.get("x/connect/xd_arbiter/", &[("version", "46")]).await;
    assert!(arbiter.text.contains("postMessage"));
}

#[tokio::test]
async fn a_chosen_waba_is_the_only_one_granted() {
    let meta = Meta::agency().await;
    let waba = meta.control.world().whatsapp_accounts[3].clone();
    let consent = Consent { waba: Some(waba.id.clone()), ..Consent::default() };
    let url = meta.control.approve(&popup(&meta, "{}"), &consent).unwrap();
    let token =
        meta.exchange(&param(&url, "code").unwrap(), None).await.json["access_token"].as_str().unwrap().to_owned();
    let data = meta.debug(&token).await;
    let entry =
        data["granular_scopes"].as_array().unwrap().iter().find(|e| e["scope"] == "whatsapp_business_management");
    assert_eq!(entry.unwrap()["target_ids"], serde_json::json!([waba.id]));
    assert_eq!(data["data_access_expires_at"], 0);
    let me = meta.read(&token, "v25.0/me", &[("fields", "client_business_id")]).await;
    assert_eq!(me.json["client_business_id"], serde_json::json!(waba.business));
}

#[tokio::test]
async fn a_chosen_number_decides_the_account() {
    let meta = Meta::agency().await;
    let number = meta.control.world().phone_numbers[17].clone();
    let query = url::Url::parse(&popup(&meta, r#"{"setup":{}}"#)).unwrap().query().unwrap().to_owned();
    let choice = format!("{}:{}", number.waba, number.id);
    let form = [("request", query.as_str()), ("signup", &choice), ("action", "continue")];
    let reply = meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&form)).await;
    let message = session(&reply.header("location").parse().unwrap());
    assert_eq!(
        (&message["data"]["waba_id"], &message["data"]["phone_number_id"]),
        (&number.waba.into(), &number.id.into())
    );
}

#[tokio::test]
async fn the_sdk_can_be_missing_and_the_opener_lost() {
    let meta = Meta::shop().await;
    meta.control.switch(|switches| {
        switches.sdk_missing = true;
        switches.sever_opener = true;
    });
    assert_eq!(meta.get("en_US/sdk.js", &[]).await.status, 404);
    let dialog = meta.send(meta.http.get(popup(&meta, "{}"))).await;
    assert_eq!(dialog.header("cross-origin-opener-policy"), "same-origin");
}
