//! Instagram Login: its dialog, its codes and its tokens, at addresses of its own.

use std::time::Duration;

use simulator::Revocation;

use crate::harness::{CALLBACK, Meta, Reply};

const VAN: &str = "17841400000000777";
const SCOPES: &str = "instagram_business_basic,instagram_business_manage_messages";
const DAY: Duration = Duration::from_secs(86_400);

fn dialog(meta: &Meta, client_id: &str, redirect_uri: &str, scope: &str) -> String {
    let mut url = meta.url("instagram/oauth/authorize");
    url.query_pairs_mut()
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("response_type", "code")
        .append_pair("scope", scope)
        .append_pair("state", "s");
    url.into()
}

fn own(meta: &Meta) -> (String, String) {
    let app = meta.control.world().app.instagram;
    (app.id, app.secret)
}

fn code(meta: &Meta, declined: &[&str]) -> String {
    let asked = dialog(meta, &own(meta).0, CALLBACK, SCOPES);
    let back = meta.control.approve_instagram(&asked, VAN, Some(declined)).unwrap();
    assert_eq!(back.fragment(), Some("_"), "as Instagram ends its return");
    back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

async fn exchange(meta: &Meta, code: &str, (id, secret): &(String, String), redirect_uri: &str) -> Reply {
    let form = [
        ("client_id", id.as_str()),
        ("client_secret", secret),
        ("grant_type", "authorization_code"),
        ("redirect_uri", redirect_uri),
        ("code", code),
    ];
    meta.send(meta.http.post(meta.url("instagram/oauth/access_token")).form(&form)).await
}

fn token(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["access_token"].as_str().unwrap().to_owned()
}

async fn lengthen(meta: &Meta, short: &str) -> Reply {
    let params = [("grant_type", "ig_exchange_token"), ("client_secret", &own(meta).1), ("access_token", short)];
    meta.get("instagram/access_token", &params).await
}

async fn refresh(meta: &Meta, token: &str) -> Reply {
    let params = [("grant_type", "ig_refresh_token"), ("access_token", token)];
    meta.get("instagram/refresh_access_token", &params).await
}

#[tokio::test]
async fn a_code_becomes_a_token_of_an_hour_and_that_one_of_sixty_days() {
    let meta = Meta::shop().await;
    let reply = exchange(&meta, &code(&meta, &["instagram_business_manage_messages"]), &own(&meta), CALLBACK).await;
    let short = token(&reply);
    assert!(short.starts_with("IGAA"));
    assert_eq!(reply.json["permissions"], serde_json::json!(["instagram_business_basic"]));
    let long = lengthen(&meta, &short).await;
    assert_eq!(long.json["expires_in"], 5_183_944);
    let params = [("fields", "id,user_id,username"), ("access_token", &token(&long))];
    let me = meta.get("instagram/v25.0/me", &params).await;
    assert_eq!((me.json["user_id"].as_str(), me.json["username"].as_str()), (Some(VAN), Some("brasa.to.go")));
    assert_eq!(me.json["id"], reply.json["user_id"].to_string(), "the app's own id of the account");
    assert_ne!(me.json["id"], VAN);
}

#[tokio::test]
async fn a_wrong_exchange_is_told_in_words_alone() {
    let meta = Meta::shop().await;
    let (app, other) = (own(&meta), (meta.app_id.clone(), meta.secret.clone()));
    let once = code(&meta, &[]);
    for (given, app, redirect_uri, words) in [
        (once.as_str(), &other, CALLBACK, "Invalid platform app"),
        (&once, &(app.0.clone(), meta.secret.clone()), CALLBACK, "Error validating client secret."),
        ("AQnothing", &app, CALLBACK, "Invalid authorization code"),
        (&once, &app, "http://127.0.0.1:3000/elsewhere", "Error validating verification code"),
    ] {
        let reply = exchange(&meta, given, app, redirect_uri).await;
        assert_eq!((reply.status, reply.json["code"].as_u64()), (400, Some(400)), "{}", reply.text);
        assert!(reply.json["error_message"].as_str().unwrap().starts_with(words), "{}", reply.text);
    }
    token(&exchange(&meta, &once, &app, CALLBACK).await);
    let again = exchange(&meta, &once, &app, CALLBACK).await;
    assert!(again.json["error_message"].as_str().unwrap().ends_with("already used"), "{}", again.text);
    let late = code(&meta, &[]);
    meta.control.advance(Duration::from_secs(3601));
    let late = exchange(&meta, &late, &app, CALLBACK).await;
    assert!(late.json["error_message"].as_str().unwrap().ends_with("expired"), "{}", late.text);
}

#[tokio::test]
async fn a_token_is_renewed_from_its_second_day_until_it_ends() {
    let meta = Meta::shop().await;
    let short = token(&exchange(&meta, &code(&meta, &[]), &own(&meta), CALLBACK).await);
    let long = token(&lengthen(&meta, &short).await);
    assert_eq!(refresh(&meta, &long).await.error(), (10, None), "too young");
    meta.control.advance(DAY);
    let renewed = token(&refresh(&meta, &long).await);
    meta.control.advance(DAY * 59);
    assert_eq!(refresh(&meta, &long).await.error(), (190, Some(463)), "the old one ended");
    token(&refresh(&meta, &renewed).await);
    meta.control.revoke(&renewed, Revocation::AppRemoved);
    assert_eq!(refresh(&meta, &renewed).await.error(), (190, Some(458)));
}

#[tokio::test]
async fn the_dialog_takes_its_own_app_redirects_and_scopes_alone() {
    let meta = Meta::shop().await;
    let id = own(&meta).0;
    for (asked, words) in [
        (dialog(&meta, &meta.app_id, CALLBACK, SCOPES), "Invalid platform app"),
        (dialog(&meta, &id, "http://127.0.0.1:3000/elsewhere", SCOPES), "Invalid redirect_uri"),
        (dialog(&meta, &id, CALLBACK, "instagram_basic"), "Invalid Scopes"),
    ] {
        let page = meta.get(asked.strip_prefix(meta.running.url.as_str()).unwrap(), &[]).await;
        assert!(page.text.contains(words), "{}", page.text);
        assert!(meta.control.approve_instagram(&asked, VAN, Some(&[])).is_err());
    }
    let back = meta.control.approve_instagram(&dialog(&meta, &id, CALLBACK, SCOPES), VAN, None).unwrap();
    assert!(back.query().unwrap().starts_with("error=access_denied&error_reason=user_denied"), "{back}");
}

#[tokio::test]
async fn facebooks_tokens_are_none_of_instagrams() {
    let meta = Meta::shop().await;
    let facebook = meta.token();
    let proof = meta.proof(&facebook);
    let params = [("access_token", facebook.as_str()), ("appsecret_proof", &proof)];
    assert_eq!(meta.get("instagram/v25.0/me", &params).await.error(), (190, None));
    let code = code(&meta, &[]);
    assert_eq!(meta.exchange(&code, Some(CALLBACK)).await.error().0, 100, "nor its codes Facebook's");
}
