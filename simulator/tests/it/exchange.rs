//! Code exchange (Meta reference §2.7, §4.1, §4.2).

use std::time::Duration;

use serde_json::json;
use simulator::{CodeFlow, Consent};

use crate::harness::{CALLBACK, EVERYTHING, Meta};

fn redirect() -> CodeFlow {
    CodeFlow::Redirect { redirect_uri: CALLBACK.into(), scope: EVERYTHING.into() }
}

const PAGE: &str = "https://localhost/connect";

fn popup() -> CodeFlow {
    CodeFlow::Popup { config_id: "700100000000002".into(), page: PAGE.into() }
}

async fn code(meta: &Meta, flow: &CodeFlow) -> String {
    meta.control.mint_code(&meta.owner(), flow).unwrap()
}

#[tokio::test]
async fn a_code_becomes_a_short_token_and_that_a_long_one() {
    let meta = Meta::shop().await;
    let code = code(&meta, &redirect()).await;
    let reply = meta.exchange(&code, Some(CALLBACK)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.json["token_type"], "bearer");
    let short = reply.json["access_token"].as_str().unwrap();
    assert!(short.starts_with("EAA"));
    let life = reply.json["expires_in"].as_i64().unwrap();
    assert!((3600..=7200).contains(&life), "{life}");
    let long = meta
        .get(
            "v25.0/oauth/access_token",
            &[
                ("grant_type", "fb_exchange_token"),
                ("client_id", &meta.app_id),
                ("client_secret", &meta.secret),
                ("fb_exchange_token", short),
            ],
        )
        .await;
    assert_eq!(long.json["expires_in"], 5_183_944);
    assert_ne!(long.json["access_token"], json!(short));
}

#[tokio::test]
async fn the_exact_error_of_a_second_use() {
    let meta = Meta::shop().await;
    let code = code(&meta, &redirect()).await;
    assert_eq!(meta.exchange(&code, Some(CALLBACK)).await.status, 200);
    let reply = meta.exchange(&code, Some(CALLBACK)).await;
    assert_eq!(reply.status, 400);
    let trace = reply.json["error"]["fbtrace_id"].clone();
    assert_eq!(
        reply.json,
        json!({"error": {
            "message": "This authorization code has been used.",
            "type": "OAuthException",
            "code": 100,
            "error_subcode": 36009,
            "fbtrace_id": trace,
        }})
    );
    assert_eq!(
        reply.header("www-authenticate"),
        "OAuth \"Facebook Platform\" \"invalid_code\" \"This authorization code has been used.\""
    );
}

#[tokio::test]
async fn a_redirect_code_wants_its_own_redirect_uri_and_survives_a_wrong_one() {
    let meta = Meta::shop().await;
    let code = code(&meta, &redirect()).await;
    let slash = format!("{CALLBACK}/");
    let wrong = meta.exchange(&code, Some(&slash)).await;
    assert_eq!(wrong.error(), (100, Some(36008)));
    assert_eq!(
        wrong.message(),
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth \
         dialog request"
    );
    let missing = meta.exchange(&code, None).await;
    assert_eq!((missing.error(), missing.message()), ((191, None), "Missing redirect_uri parameter."));
    assert_eq!(meta.exchange(&code, Some(CALLBACK)).await.status, 200);
}

#[tokio::test]
async fn a_configuration_popup_code_is_bound_to_nothing_and_lives_thirty_seconds() {
    let meta = Meta::shop().await;
    let first = code(&meta, &popup()).await;
    assert_eq!(meta.exchange(&first, Some(PAGE)).await.error(), (100, Some(36008)));
    let reply = meta.exchange(&first, None).await;
    assert_eq!(reply.status, 200);
    assert!(reply.json.get("expires_in").is_none(), "a configuration that never expires says nothing of it");
    let second = code(&meta, &popup()).await;
    meta.control.advance(Duration::from_secs(31));
    let late = meta.exchange(&second, None).await;
    assert_eq!((late.error(), late.message()), ((100, Some(36007)), "This authorization code has expired."));
}

#[tokio::test]
async fn a_classic_popup_code_wants_the_empty_string_or_the_page() {
    let meta = Meta::shop().await;
    let flow = CodeFlow::ClassicPopup { scope: "pages_show_list".into(), page: PAGE.into() };
    let first = code(&meta, &flow).await;
    assert_eq!(meta.exchange(&first, None).await.error(), (100, Some(36008)));
    assert_eq!(meta.exchange(&first, Some("")).await.status, 200);
    let second = code(&meta, &flow).await;
    assert_eq!(meta.exchange(&second, Some("https://localhost/")).await.error(), (100, Some(36008)));
    assert_eq!(meta.exchange(&second, Some(PAGE)).await.status, 200);
}

#[tokio::test]
async fn wrong_app_wrong_secret_and_garbage() {
    let meta = Meta::shop().await;
    let code = code(&meta, &redirect()).await;
    let ask = async |id: &str, secret: &str, code: &str| {
        meta.get(
            "oauth/access_token",
            &[("client_id", id), ("client_secret", secret), ("code", code), ("redirect_uri", CALLBACK)],
        )
        .await
    };
    let app = ask("12", &meta.secret, &code).await;
    assert_eq!(app.error(), (101, None));
    assert_eq!(app.message(), "Error validating application. Invalid application ID.");
    let secret = ask(&meta.app_id, "nope", &code).await;
    assert_eq!((secret.error(), secret.message()), ((1, None), "Error validating client secret."));
    let garbage = ask(&meta.app_id, &meta.secret, "AQnonsense").await;
    assert_eq!((garbage.error(), garbage.message()), ((100, None), "Invalid verification code format."));
    // None of this used the code up; a POST form works too.
    let form = [
        ("client_id", meta.app_id.as_str()),
        ("client_secret", &meta.secret),
        ("code", &code),
        ("redirect_uri", CALLBACK),
    ];
    let reply = meta.send(meta.http.post(meta.url("v25.0/oauth/access_token")).form(&form)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn an_expired_token_cannot_be_exchanged() {
    let meta = Meta::shop().await;
    let token = meta.token();
    meta.control.advance(Duration::from_secs(61 * 86_400));
    let reply = meta
        .get(
            "v25.0/oauth/access_token",
            &[
                ("grant_type", "fb_exchange_token"),
                ("client_id", &meta.app_id),
                ("client_secret", &meta.secret),
                ("fb_exchange_token", &token),
            ],
        )
        .await;
    assert_eq!(reply.error(), (190, Some(463)));
}

#[tokio::test]
async fn client_credentials_give_a_working_app_token() {
    let meta = Meta::shop().await;
    let params = [("grant_type", "client_credentials"), ("client_id", &meta.app_id), ("client_secret", &meta.secret)];
    let reply = meta.get("oauth/access_token", &params).await;
    let token = reply.json["access_token"].as_str().unwrap().to_owned();
    assert!(!token.contains(&meta.secret));
    assert_eq!(meta.get("v25.0/app", &[("access_token", &token)]).await.json["id"], json!(meta.app_id));
}

#[tokio::test]
async fn a_switch_makes_a_wrong_redirect_uri_burn_the_code() {
    let meta = Meta::shop().await;
    meta.control.switch(|switches| switches.mismatch_burns_code = true);
    let code = code(&meta, &redirect()).await;
    assert_eq!(meta.exchange(&code, Some("http://127.0.0.1/x")).await.error(), (100, Some(36008)));
    assert_eq!(meta.exchange(&code, Some(CALLBACK)).await.error(), (100, Some(36009)));
}

#[tokio::test]
async fn a_system_user_token_knows_its_client_business() {
    let meta = Meta::shop().await;
    let flow = CodeFlow::RedirectConfiguration { redirect_uri: CALLBACK.into(), config_id: "700100000000003".into() };
    let code = meta.control.mint_code(&meta.owner(), &flow).unwrap();
    let token = meta.exchange(&code, Some(CALLBACK)).await.json["access_token"].as_str().unwrap().to_owned();
    let me = meta.read(&token, "v25.0/me", &[("fields", "client_business_id")]).await;
    assert_eq!(me.json["client_business_id"], "506070809010203");
    let pages = meta.read(&token, "v25.0/me/accounts", &[]).await;
    assert_eq!(pages.ids(), ["110220330440551"]);
    let again = meta.post(&token, "v25.0/506070809010203/system_user_access_tokens", &[("fetch_only", "true")]).await;
    assert_eq!(again.json["access_token"], json!(token));
    let no_business = Consent::everything().ticking(simulator::AssetKind::Business, Vec::<String>::new());
    assert!(meta.control.approve(&meta.control.dialog_url(&flow), &no_business).is_err());
}
