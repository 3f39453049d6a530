#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::json;

use super::*;
use crate::meta::{
    ConfigProblem, CredentialProblem, MetaErrorKind as Kind,
    stub::{Stub, json as answer, token},
};

async fn debug(data: Value) -> Result<TokenFacts, MetaError> {
    let body = json!([{"code": 200, "body": json!({ "data": data }).to_string()}]);
    let stub = Stub::serve(move |_, _| answer(200, &body)).await;
    stub.client().debug_token(&token()).await
}

#[tokio::test]
async fn the_token_travels_in_the_body_and_the_app_asks() {
    let data = json!({"app_id": "4242", "type": "USER", "is_valid": true, "scopes": []}).to_string();
    let body = json!([{"code": 200, "body": format!("{{\"data\":{data}}}")}]);
    let stub = Stub::serve(move |_, _| answer(200, &body)).await;
    stub.client().debug_token(&token()).await.unwrap();
    let asked = &stub.asked()[0];
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", "/v26.0/"));
    assert_eq!(asked.authorization.as_deref(), Some("Bearer 4242|canary-app-secret"));
    assert_eq!(asked.form["access_token"], "4242|canary-app-secret");
    assert!(asked.form["batch"].contains("debug_token?input_token=EAAcanarytoken&appsecret_proof="));
}

#[tokio::test]
async fn every_fact_is_read() {
    let facts = debug(json!({
        "app_id": "138483919580948", "type": "USER", "application": "My App", "expires_at": 1_731_324_200,
        "data_access_expires_at": 1_739_100_200, "is_valid": true, "issued_at": 1_726_140_200,
        "scopes": ["pages_show_list", "whatsapp_business_management", "public_profile"],
        "granular_scopes": [
            {"scope": "pages_show_list", "target_ids": ["1755847768034402"]},
            {"scope": "whatsapp_business_management"}],
        "user_id": "1207059"}))
    .await
    .unwrap();
    assert_eq!((facts.kind, facts.is_valid), (TokenKind::User, true));
    assert_eq!(facts.expires_at, Expiry::At(Timestamp::from_seconds(1_731_324_200)));
    assert_eq!(facts.data_access_expires_at, Expiry::At(Timestamp::from_seconds(1_739_100_200)));
    assert_eq!(facts.issued_at, Some(Timestamp::from_seconds(1_726_140_200)));
    assert_eq!(facts.user_id, Some("1207059".parse().unwrap()));
    assert!(facts.has(&Permission::PAGES_SHOW_LIST) && !facts.has(&Permission::ADS_READ));
    let granular = &facts.granular;
    assert!(granular.covers(&Permission::PAGES_SHOW_LIST, "1755847768034402"));
    assert!(!granular.covers(&Permission::PAGES_SHOW_LIST, "1"));
    assert_eq!(granular.targets(&Permission::WHATSAPP_BUSINESS_MANAGEMENT), Some(&Targets::All));
    assert!(granular.covers(&Permission::WHATSAPP_BUSINESS_MANAGEMENT, "any"));
    assert!(granular.covers(&Permission::EMAIL, "any"), "a permission that is not about assets is not limited");
}

#[tokio::test]
async fn missing_targets_are_all_and_empty_targets_are_none() {
    let facts = debug(json!({"app_id": "1", "type": "SYSTEM_USER", "is_valid": true, "scopes": [],
        "granular_scopes": [{"scope": "ads_read"}, {"scope": "email", "target_ids": []}]}))
    .await
    .unwrap();
    assert!(facts.granular.covers(&Permission::ADS_READ, "5"));
    assert!(!facts.granular.covers(&Permission::EMAIL, "5"));
}

#[tokio::test]
async fn zero_is_never_and_nothing_is_unknown() {
    let facts = debug(json!({"app_id": "1", "type": "SYSTEM_USER", "is_valid": true, "expires_at": 0, "scopes": []}));
    let facts = facts.await.unwrap();
    assert_eq!((facts.kind, facts.expires_at), (TokenKind::SystemUser, Expiry::Never));
    assert_eq!((facts.data_access_expires_at, facts.issued_at), (Expiry::Unknown, None));
}

#[tokio::test]
async fn an_invalid_token_says_why() {
    let facts = debug(json!({"app_id": "1", "type": "PAGE", "profile_id": "5", "is_valid": false, "scopes": [],
        "error": {"code": 190, "message": "The session has been invalidated", "subcode": 460}}))
    .await
    .unwrap();
    assert!(!facts.is_valid);
    assert_eq!(facts.profile_id, Some("5".parse().unwrap()));
    assert_eq!(facts.invalid.unwrap().kind, Kind::Credential(CredentialProblem::PasswordChanged));

    let garbage = debug(json!({"is_valid": false, "scopes": [], "error": {"code": 190, "message": "Bad signature"}}));
    let garbage = garbage.await.unwrap();
    assert_eq!(garbage.invalid.unwrap().kind, Kind::Credential(CredentialProblem::Malformed));
}

#[tokio::test]
async fn a_valid_token_without_an_app_is_not_believed() {
    let error = debug(json!({"is_valid": true, "type": "USER", "scopes": []})).await.unwrap_err();
    assert!(matches!(error.kind, Kind::Unintelligible(_)));
}

#[tokio::test]
async fn a_refused_app_is_a_fault_of_the_set_up() {
    let inner = json!({"error": {"code": 190, "message": "Invalid OAuth access token signature."}}).to_string();
    let body = json!([{"code": 400, "body": inner}]);
    let stub = Stub::serve(move |_, _| answer(200, &body)).await;
    let error = stub.client().debug_token(&token()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Configuration(ConfigProblem::AppSecret));
}

#[test]
fn named_assets_come_once_and_in_order() {
    let these = |ids: &[&str]| Targets::These(ids.iter().map(ToString::to_string).collect());
    let granular = GranularScopes::from_pairs([
        (Permission::PAGES_SHOW_LIST, these(&["3", "1"])),
        (Permission::PAGES_MESSAGING, these(&["1", "2"])),
        (Permission::ADS_READ, Targets::All),
    ]);
    let named = granular.named_for(&[Permission::PAGES_SHOW_LIST, Permission::PAGES_MESSAGING, Permission::ADS_READ]);
    assert_eq!(named, ["3", "1", "2"]);
}
