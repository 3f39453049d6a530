#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;
use crate::meta::{
    ConfigProblem, MetaErrorKind as Kind,
    stub::{SECRET, Stub, json as answer},
};

fn code(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn redirect() -> Url {
    Url::parse("https://desk.example/oauth/meta/callback").unwrap()
}

fn token() -> AccessToken {
    AccessToken::new("IGAAcanarytoken")
}

#[tokio::test]
async fn the_code_is_exchanged_at_an_address_of_its_own_with_everything_in_the_body() {
    let plain = json!({"access_token": "IGAAshort", "user_id": 17_841_400_000_000_001_u64,
        "permissions": ["instagram_business_basic", "instagram_business_manage_messages"]});
    let wrapped = json!({"data": [{"access_token": "IGAAshort", "user_id": "1784",
        "permissions": "instagram_business_basic,instagram_business_manage_messages"}]});
    for body in [plain, wrapped] {
        let stub = Stub::serve(move |_, _| answer(200, &body)).await;
        let granted = stub.instagram().exchange_instagram_code(&code("AQcanary#_"), &redirect()).await.unwrap();
        assert_eq!((granted.token.expose(), granted.expires_in), ("IGAAshort", None));
        let names: Vec<String> = granted.permissions.unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["instagram_business_basic", "instagram_business_manage_messages"]);
        let asked = &stub.asked()[0];
        assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", "/codes/oauth/access_token"));
        assert_eq!(asked.form["code"], "AQcanary", "without what Meta's return ends in");
        assert_eq!(asked.form["client_secret"], SECRET);
        assert_eq!(asked.form["grant_type"], "authorization_code");
        assert_eq!(asked.form["redirect_uri"], "https://desk.example/oauth/meta/callback");
    }
}

#[tokio::test]
async fn what_meta_says_of_a_code_is_told_apart_by_its_words() {
    let said = [
        ("Matching code was not found or was already used", Kind::BadRequest(BadRequestProblem::CodeUsed)),
        ("This authorization code has expired", Kind::BadRequest(BadRequestProblem::CodeExpired)),
        ("Invalid authorization code", Kind::BadRequest(BadRequestProblem::CodeInvalid)),
        ("Invalid redirect_uri", Kind::BadRequest(BadRequestProblem::RedirectMismatch)),
        ("Invalid platform app", Kind::Configuration(ConfigProblem::AppId)),
        ("Error validating client secret.", Kind::Configuration(ConfigProblem::AppSecret)),
    ];
    for (words, kind) in said {
        let body = json!({"error_type": "OAuthException", "code": 400, "error_message": words});
        let stub = Stub::serve(move |_, _| answer(400, &body)).await;
        let refused = stub.instagram().exchange_instagram_code(&code("AQx"), &redirect()).await.unwrap_err();
        assert_eq!(refused.kind, kind, "{words}");
    }
}

#[tokio::test]
async fn a_token_is_lengthened_and_renewed_and_never_repeated_in_an_error() {
    let stub = Stub::serve(|_, _| answer(200, &json!({"access_token": "IGAAlong", "expires_in": 5_183_944}))).await;
    let client = stub.instagram();
    let long = client.exchange_instagram_long_lived(&token()).await.unwrap();
    assert_eq!((long.token.expose(), long.expires_in), ("IGAAlong", Some(Duration::from_secs(5_183_944))));
    assert_eq!(long.permissions, None);
    client.refresh_instagram(&long.token).await.unwrap();
    let asked: Vec<String> = stub.asked().iter().map(|asked| asked.target.clone()).collect();
    assert_eq!(
        asked,
        [
            format!("/access_token?grant_type=ig_exchange_token&client_secret={SECRET}&access_token=IGAAcanarytoken"),
            "/refresh_access_token?grant_type=ig_refresh_token&access_token=IGAAlong".to_owned(),
        ]
    );
    let refused =
        json!({"error": {"message": "Session of IGAAcanarytoken has expired", "code": 190, "error_subcode": 463}});
    let stub = Stub::serve(move |_, _| answer(400, &refused)).await;
    let error = stub.instagram().refresh_instagram(&token()).await.unwrap_err();
    assert!(error.is_credential() && !error.message.contains("canary"), "{}", error.message);
}

#[tokio::test]
async fn an_exchange_without_a_token_is_a_failure() {
    for body in [json!({}), json!({"data": []}), json!({"access_token": ""})] {
        let stub = Stub::serve(move |_, _| answer(200, &body)).await;
        let refused = stub.instagram().exchange_instagram_code(&code("AQx"), &redirect()).await.unwrap_err();
        assert_eq!(refused.kind, Kind::BadRequest(BadRequestProblem::NoToken));
    }
}

#[tokio::test]
async fn a_subscription_is_the_fields_of_the_one_row() {
    let stub = Stub::serve(|n, _| match n {
        0 => answer(200, &json!({"data": [{"subscribed_fields": ["messages", "comments"]}]})),
        _ => answer(200, &json!({"data": []})),
    })
    .await;
    let (client, account) = (stub.instagram(), "17841400000000001".parse().unwrap());
    let fields = client.instagram_subscription(&account, &token()).await.unwrap();
    assert_eq!(fields.unwrap(), ["messages", "comments"]);
    assert_eq!(client.instagram_subscription(&account, &token()).await.unwrap(), None);
    assert_eq!(stub.asked()[0].authorization.as_deref(), Some("Bearer IGAAcanarytoken"));
}
