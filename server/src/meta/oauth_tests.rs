#![allow(clippy::unwrap_used, clippy::panic)]
use std::{collections::HashMap, sync::Arc};

use serde_json::json;

use super::*;
use crate::meta::{
    ConfigProblem, CredentialProblem, MetaErrorKind as Kind,
    stub::{SECRET, Stub, html, json as answer, token},
};

fn code() -> SecretString {
    SecretString::from("AQcanarycode".to_owned())
}

fn grant() -> serde_json::Value {
    json!({"access_token": "EAAcanarylong", "token_type": "bearer", "expires_in": 5_183_944})
}

fn mismatch() -> serde_json::Value {
    json!({"error": {"message": "Error validating verification code. Please make sure your redirect_uri is identical",
        "type": "OAuthException", "code": 100, "error_subcode": 36008}})
}

fn exactly() -> RedirectBinding {
    RedirectBinding::Exactly(Url::parse("https://desk.example/oauth/meta/callback").unwrap())
}

fn popup() -> RedirectBinding {
    RedirectBinding::Popup { page_url: Url::parse("https://desk.example/connect").unwrap() }
}

#[tokio::test]
async fn the_code_and_the_secret_travel_in_the_body() {
    let stub = Stub::serve(|_, _| answer(200, &grant())).await;
    let granted = stub.client().exchange_code(&code(), &exactly()).await.unwrap();
    assert_eq!(granted.token.expose(), "EAAcanarylong");
    assert_eq!(granted.expires_in, Some(Duration::from_secs(5_183_944)));
    let asked = &stub.asked()[0];
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", "/v26.0/oauth/access_token"));
    assert_eq!(asked.authorization, None);
    assert_eq!(asked.form["client_id"], "4242");
    assert_eq!(asked.form["client_secret"], SECRET);
    assert_eq!(asked.form["code"], "AQcanarycode");
    assert_eq!(asked.form["redirect_uri"], "https://desk.example/oauth/meta/callback");
}

#[tokio::test]
async fn a_token_that_never_expires_has_no_expiry() {
    for body in [json!({"access_token": "EAAx"}), json!({"access_token": "EAAx", "expires_in": 0})] {
        let stub = Stub::serve(move |_, _| answer(200, &body)).await;
        assert_eq!(stub.client().exchange_code(&code(), &exactly()).await.unwrap().expires_in, None);
    }
}

#[tokio::test]
async fn a_popup_code_is_tried_without_with_empty_and_with_the_page_address() {
    let tried: Arc<std::sync::Mutex<Vec<Option<String>>>> = Arc::default();
    let seen = tried.clone();
    let stub = Stub::serve(move |n, asked| {
        seen.lock().unwrap().push(asked.form.get("redirect_uri").cloned());
        if n < 2 { answer(400, &mismatch()) } else { answer(200, &grant()) }
    })
    .await;
    stub.client().exchange_code(&code(), &popup()).await.unwrap();
    let expected = [None, Some(String::new()), Some("https://desk.example/connect".to_owned())];
    assert_eq!(*tried.lock().unwrap(), expected);
}

#[tokio::test]
async fn only_a_mismatch_leads_to_another_try() {
    for (subcode, problem) in [(36007, BadRequestProblem::CodeExpired), (36009, BadRequestProblem::CodeUsed)] {
        let stub = Stub::serve(move |_, _| {
            answer(400, &json!({"error": {"code": 100, "error_subcode": subcode, "message": "no"}}))
        })
        .await;
        let error = stub.client().exchange_code(&code(), &popup()).await.unwrap_err();
        assert_eq!(error.kind, Kind::BadRequest(problem));
        assert_eq!(stub.asked().len(), 1);
    }
    let stub = Stub::serve(|_, _| answer(400, &mismatch())).await;
    let error = stub.client().exchange_code(&code(), &popup()).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::RedirectMismatch));
    assert_eq!(stub.asked().len(), 3);
    let error = stub.client().exchange_code(&code(), &exactly()).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::RedirectMismatch));
    assert_eq!(stub.asked().len(), 4, "the redirect flow has one address and tries no other");
}

#[tokio::test]
async fn a_code_is_never_offered_twice_after_a_fault() {
    let stub = Stub::serve(|_, _| html(503)).await;
    let error = stub.client().exchange_code(&code(), &popup()).await.unwrap_err();
    assert!(error.ambiguous);
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn code_one_is_a_wrong_secret_or_an_outage_as_its_words_say() {
    for (message, status, kind) in [
        ("Error validating client secret.", 400, Kind::Configuration(ConfigProblem::AppSecret)),
        ("An unknown error occurred", 500, Kind::Transient),
    ] {
        let body = json!({"error": {"message": message, "type": "OAuthException", "code": 1}});
        let stub = Stub::serve(move |_, _| answer(status, &body)).await;
        let error = stub.client().exchange_code(&code(), &exactly()).await.unwrap_err();
        assert_eq!(error.kind, kind, "{message}");
        assert_eq!(stub.asked().len(), 1, "a code is not offered twice");
    }
}

#[tokio::test]
async fn an_answer_without_a_token_is_a_failure() {
    for body in [json!({}), json!({"access_token": ""}), json!({"access_token": null}), json!({"token": "EAAx"})] {
        let stub = Stub::serve(move |_, _| answer(200, &body)).await;
        let error = stub.client().exchange_code(&code(), &exactly()).await.unwrap_err();
        assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::NoToken));
    }
}

#[tokio::test]
async fn a_longer_life_is_asked_for_in_the_body() {
    let stub = Stub::serve(|_, _| answer(200, &grant())).await;
    stub.client().exchange_long_lived(&token()).await.unwrap();
    let asked = &stub.asked()[0];
    assert_eq!(asked.target, "/v26.0/oauth/access_token");
    assert_eq!(asked.form["grant_type"], "fb_exchange_token");
    assert_eq!(asked.form["fb_exchange_token"], "EAAcanarytoken");

    let body = json!({"error": {"code": 190, "error_subcode": 463, "message": "Session has expired"}});
    let stub = Stub::serve(move |_, _| answer(400, &body)).await;
    let error = stub.client().exchange_long_lived(&token()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Credential(CredentialProblem::Expired));
}

#[tokio::test]
async fn the_dialog_has_either_scopes_or_a_configuration() {
    let stub = Stub::serve(|_, _| html(200)).await;
    let request = |login, auth_type, display| DialogRequest {
        redirect_uri: Url::parse("https://desk.example/oauth/meta/callback").unwrap(),
        state: SecretString::from("s t&te".to_owned()),
        login,
        auth_type,
        display,
    };
    let scopes = Login::Scopes(vec![Permission::PAGES_SHOW_LIST, Permission::EMAIL]);
    let url = stub.client().dialog_url(&request(scopes, Some(AuthType::Rerequest), Display::Popup));
    assert!(url.as_str().starts_with("https://www.facebook.com/v26.0/dialog/oauth?"));
    let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], "4242");
    assert_eq!(query["redirect_uri"], "https://desk.example/oauth/meta/callback");
    assert_eq!(query["state"], "s t&te");
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["scope"], "pages_show_list,email");
    assert_eq!(query["auth_type"], "rerequest");
    assert_eq!(query["display"], "popup");
    assert!(!query.contains_key("config_id"));

    let login = Login::Configuration { config_id: "99".into() };
    let url = stub.client().dialog_url(&request(login, None, Display::Page));
    let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["config_id"], "99");
    assert_eq!(query["override_default_response_type"], "true");
    assert!(!query.contains_key("scope") && !query.contains_key("auth_type") && !query.contains_key("display"));
}
