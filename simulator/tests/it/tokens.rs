//! `debug_token`, Page tokens, proofs, revocation (Meta reference §4.3 to §4.9).

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use simulator::{AssetKind, CodeFlow, Consent, Revocation};

use crate::harness::{CALLBACK, EVERYTHING, Meta, NOW};

#[tokio::test]
async fn debug_token_describes_a_user_token() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let data = meta.debug(&token).await;
    assert_eq!(data["app_id"], json!(meta.app_id));
    assert_eq!(data["type"], "USER");
    assert_eq!(data["is_valid"], true);
    assert_eq!(data["user_id"], json!(meta.owner()));
    assert_eq!(data["expires_at"], NOW + 60 * 86_400);
    assert_eq!(data["data_access_expires_at"], NOW + 90 * 86_400);
    let granular = data["granular_scopes"].as_array().unwrap();
    let entry = |scope: &str| granular.iter().find(|entry| entry["scope"] == scope).unwrap().clone();
    assert_eq!(entry("pages_show_list")["target_ids"], json!(["110220330440551"]));
    assert_eq!(entry("instagram_basic")["target_ids"], json!(["17841400000000551"]));
    assert_eq!(entry("ads_read")["target_ids"], json!(["880770660550551"]));
    assert!(!granular.iter().any(|entry| entry["scope"] == "public_profile"));
}

#[tokio::test]
async fn all_current_and_future_has_no_target_ids() {
    let meta = Meta::shop().await;
    meta.control.grant(&meta.owner(), Consent::everything().all_future(AssetKind::Whatsapp));
    let data = meta.debug(&meta.token()).await;
    let entry = data["granular_scopes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["scope"] == "whatsapp_business_management")
        .unwrap();
    assert_eq!(entry, &json!({"scope": "whatsapp_business_management"}));
}

#[tokio::test]
async fn granular_scopes_list_the_newest_waba_first() {
    let meta = Meta::agency().await;
    let data = meta.debug(&meta.token()).await;
    let entry = data["granular_scopes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["scope"] == "whatsapp_business_management")
        .unwrap();
    let world = meta.control.world();
    let newest = world.whatsapp_accounts.iter().max_by_key(|account| account.creation_time).unwrap();
    assert_eq!(entry["target_ids"][0], json!(newest.id));
    assert_eq!(entry["target_ids"].as_array().unwrap().len(), 40);
}

#[tokio::test]
async fn an_invalid_input_token_is_still_http_200() {
    let meta = Meta::shop().await;
    let token = meta.token();
    assert!(meta.control.revoke(&token, Revocation::PasswordChanged));
    let data = meta.debug(&token).await;
    assert_eq!(data["is_valid"], false);
    assert_eq!((&data["error"]["code"], &data["error"]["subcode"]), (&json!(190), &json!(460)));
    assert!(data["error"].get("error_subcode").is_none());
    assert_eq!(meta.debug("garbage").await["is_valid"], false);
}

#[tokio::test]
async fn only_the_app_or_its_developers_may_debug() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let reply = meta.read(&token, "v25.0/debug_token", &[("input_token", &token)]).await;
    assert_eq!(
        reply.message(),
        "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app"
    );
    let owner = meta.owner();
    meta.control.edit_world(|world| world.app.roles.push(owner)).unwrap();
    assert_eq!(meta.read(&token, "v25.0/debug_token", &[("input_token", &token)]).await.status, 200);
    let bearer = meta.http.get(meta.url("debug_token")).query(&[("input_token", &token)]).bearer_auth(meta.app_token());
    assert_eq!(meta.send(bearer).await.status, 200);
}

#[tokio::test]
async fn page_tokens_of_a_long_token_never_expire_and_those_of_a_short_one_do() {
    let meta = Meta::shop().await;
    let page = "110220330440551";
    let long = meta.page_token(&meta.token(), page).await;
    let data = meta.debug(&long).await;
    assert_eq!((&data["type"], &data["expires_at"], &data["profile_id"]), (&json!("PAGE"), &json!(0), &json!(page)));
    let flow = CodeFlow::Redirect { redirect_uri: CALLBACK.into(), scope: EVERYTHING.into() };
    let code = meta.control.mint_code(&meta.owner(), &flow).unwrap();
    let short = meta.exchange(&code, Some(CALLBACK)).await.json["access_token"].as_str().unwrap().to_owned();
    let short_page = meta.page_token(&short, page).await;
    assert_eq!(meta.debug(&short_page).await["expires_at"], NOW + 7200);
    meta.control.advance(Duration::from_secs(7201));
    assert_eq!(meta.read(&short_page, "v25.0/me", &[]).await.error(), (190, Some(463)));
    assert_eq!(meta.read(&long, "v25.0/me", &[]).await.json["id"], page);
    assert_eq!(meta.page_token(&meta.token(), page).await.len(), 180);
}

#[tokio::test]
async fn each_revocation_has_its_subcode_and_reaches_what_it_should() {
    for (why, subcode, page_too) in [
        (Revocation::AppRemoved, 458, true),
        (Revocation::Checkpoint, 459, true),
        (Revocation::PasswordChanged, 460, true),
        (Revocation::Expired, 463, false),
        (Revocation::LoggedOut, 467, false),
    ] {
        let meta = Meta::shop().await;
        let token = meta.token();
        let page = meta.page_token(&token, "110220330440551").await;
        assert!(meta.control.revoke(&token, why));
        let reply = meta.read(&token, "v25.0/me", &[]).await;
        assert_eq!((reply.status, reply.error()), (400, (190, Some(subcode))), "{why:?}");
        assert!(reply.header("www-authenticate").contains("\"invalid_token\""));
        assert_eq!(meta.read(&page, "v25.0/me", &[]).await.status == 400, page_too, "{why:?}");
    }
    let meta = Meta::shop().await;
    let page = meta.page_token(&meta.token(), "110220330440551").await;
    assert!(meta.control.revoke(&page, Revocation::RoleLost));
    assert_eq!(meta.read(&page, "v25.0/me", &[]).await.error(), (190, Some(492)));
}

#[tokio::test]
async fn lapsed_data_access_validates_but_shows_nothing() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let page = meta.page_token(&token, "110220330440551").await;
    meta.control.advance(Duration::from_secs(91 * 86_400));
    assert_eq!(meta.debug(&page).await["is_valid"], true);
    assert_eq!(meta.read(&page, "v25.0/110220330440551", &[]).await.error(), (100, Some(33)));
}

#[tokio::test]
async fn debug_token_tells_when_data_access_lapsed_and_the_next_login_lifts_it() {
    let meta = Meta::shop().await;
    let token = meta.token();
    assert!(meta.control.revoke(&token, Revocation::DataAccess));
    meta.control.advance(Duration::from_secs(60));
    let data = meta.debug(&token).await;
    assert_eq!((&data["is_valid"], &data["data_access_expires_at"]), (&json!(true), &json!(NOW)));
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.json, json!({"data": []}));
    meta.control.approve(&meta.dialog(&[("scope", EVERYTHING)]), &Consent::everything()).unwrap();
    assert_eq!(meta.debug(&token).await["data_access_expires_at"], NOW + 60 + 90 * 86_400);
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.ids(), ["110220330440551"]);
}

#[tokio::test]
async fn the_proof_must_be_there_and_must_fit() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let missing = meta.get("v25.0/me", &[("access_token", &token)]).await;
    assert_eq!(missing.message(), "API calls from the server require an appsecret_proof argument");
    assert_eq!(missing.json["error"]["type"], "GraphMethodException");
    assert_eq!((missing.status, missing.error()), (400, (100, None)));
    let wrong = meta.get("v25.0/me", &[("access_token", &token), ("appsecret_proof", &meta.proof("other"))]).await;
    assert_eq!(wrong.message(), "Invalid appsecret_proof provided in the API argument");
    meta.control.edit_world(|world| world.app.require_appsecret_proof = false).unwrap();
    assert_eq!(meta.get("v25.0/me", &[("access_token", &token)]).await.status, 200);
}

#[tokio::test]
async fn permissions_can_be_read_and_taken_back() {
    let meta = Meta::shop().await;
    meta.control.grant(&meta.owner(), Consent::everything().declining(["pages_messaging"]));
    let token = meta.token();
    let rows = meta.read(&token, "v25.0/me/permissions", &[]).await.json["data"].clone();
    let of = |status: &str| -> BTreeSet<String> {
        let rows = rows.as_array().unwrap().iter().filter(|row| row["status"] == status);
        rows.map(|row| row["permission"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of("declined"), BTreeSet::from(["pages_messaging".to_owned()]));
    assert!(of("granted").contains("pages_show_list"));
    assert_eq!(meta.delete(&token, "v25.0/me/permissions/pages_show_list").await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.json, json!({"data": []}));
    assert_eq!(meta.delete(&token, "v25.0/me/permissions").await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.error(), (190, Some(458)));
}

#[tokio::test]
async fn the_app_may_remove_a_persons_permissions_and_a_page_may_not() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let page = meta.page_token(&token, "110220330440551").await;
    let path = format!("v25.0/{}/permissions", meta.owner());
    assert_eq!(meta.delete(&page, &path).await.status, 400);
    let app = meta.app_token();
    let listed = meta.get(&path, &[("access_token", &app)]).await;
    assert!(!listed.json["data"].as_array().unwrap().is_empty());
    assert_eq!(meta.delete(&app, &path).await.json, json!({"success": true}));
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.error(), (190, Some(458)));
}
