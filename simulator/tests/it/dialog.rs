//! The dialog (Meta reference §3).

use simulator::{AssetKind, Consent, DialogOutcome, ErrorPage, World};
use url::Url;

use crate::harness::{CALLBACK, Meta, param};

const SCOPE: (&str, &str) = ("scope", "pages_show_list,pages_messaging instagram_basic");

#[tokio::test]
async fn continue_brings_a_code_the_state_and_facebooks_fragment() {
    let meta = Meta::shop().await;
    let url = meta.control.approve(&meta.dialog(&[SCOPE]), &Consent::everything()).unwrap();
    assert!(url.as_str().starts_with(&format!("{CALLBACK}?code=AQ")), "{url}");
    assert_eq!(param(&url, "state").as_deref(), Some("s%t ate"));
    assert_eq!(url.fragment(), Some("_=_"));
}

#[tokio::test]
async fn cancel_says_user_denied() {
    let meta = Meta::shop().await;
    let url = meta.control.approve(&meta.dialog(&[SCOPE]), &Consent::cancel()).unwrap();
    assert_eq!(
        url.as_str(),
        format!(
            "{CALLBACK}?error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied\
             &state=s%25t+ate#_=_"
        )
    );
}

#[tokio::test]
async fn token_and_granted_scopes_response_types() {
    let meta = Meta::shop().await;
    let consent = Consent::everything().declining(["pages_messaging"]);
    let token = meta.control.approve(&meta.dialog(&[SCOPE, ("response_type", "token")]), &consent).unwrap();
    assert!(token.query().is_none() && param(&token, "access_token").unwrap().starts_with("EAA"));
    let both = meta.dialog(&[SCOPE, ("response_type", "code granted_scopes"), ("auth_type", "rerequest")]);
    let url = meta.control.approve(&both, &consent).unwrap();
    assert_eq!(param(&url, "denied_scopes").as_deref(), Some("pages_messaging"));
    assert!(param(&url, "granted_scopes").unwrap().contains("pages_show_list"));
    assert!(param(&url, "code").is_some());
}

/// The page expected, what the dialog is asked beside the usual, and how the world differs.
type Case = (&'static str, Vec<(&'static str, &'static str)>, fn(&mut World));

#[tokio::test]
async fn each_in_facebook_page_is_shown_for_its_cause() {
    let config = ("config_id", "700100000000001");
    let cases: Vec<Case> = vec![
        ("url_blocked", vec![SCOPE, ("redirect_uri", "http://127.0.0.1:3000/oauth/meta/callback/")], |_| {}),
        ("domain_not_included", vec![SCOPE, ("redirect_uri", "https://elsewhere.example/cb")], |_| {}),
        ("invalid_scopes", vec![("scope", "instagram_business_basic")], |_| {}),
        ("app_not_active", vec![SCOPE], |world| world.app.active = false),
        ("feature_unavailable", vec![SCOPE], |world| world.app.feature_unavailable = true),
        ("app_not_set_up", vec![SCOPE], |world| world.app.mode = simulator::Mode::Development),
        ("something_wrong", vec![("config_id", "1")], |_| {}),
        ("no_supported_permission", vec![config], |world| {
            world.app.configurations[0].permissions = vec!["email".into()];
        }),
        ("response_type", vec![("config_id", "700100000000003"), ("response_type", "token")], |_| {}),
        ("something_wrong", vec![("config_id", "700100000000003"), ("display", "touch")], |_| {}),
    ];
    for (page, extra, edit) in cases {
        let meta = Meta::shop().await;
        meta.control.edit_world(edit).unwrap();
        let reply = meta.send(meta.http.get(meta.dialog(&extra))).await;
        assert_eq!(reply.status, 200, "{page}");
        assert!(reply.text.contains(&format!("data-error=\"{page}\"")), "{page}: {}", reply.text);
        assert!(reply.header("location").is_empty());
    }
    let meta = Meta::shop().await;
    let wrong = meta.dialog(&[SCOPE]).replace(&meta.app_id, "12345");
    assert_eq!(meta.control.approve(&wrong, &Consent::default()), Err(ErrorPage::InvalidAppId));
    // A system user's configuration is for a desk alone; a person's is for a phone too.
    for (config, display) in [("700100000000003", "page"), ("700100000000001", "touch")] {
        let dialog = meta.dialog(&[("config_id", config), ("display", display)]);
        assert!(meta.control.approve(&dialog, &Consent::everything()).is_ok(), "{config} {display}");
    }
}

#[tokio::test]
async fn development_mode_denies_a_configuration_at_once_and_lets_testers_in() {
    let meta = Meta::start(World::dev_mode()).await;
    let dialog = meta.dialog(&[("config_id", "700100000000001")]);
    let reply = meta.send(meta.http.get(&dialog)).await;
    assert_eq!(reply.status, 303);
    assert!(reply.header("location").contains("error=access_denied"));
    let tester = meta.control.world().people[1].id.clone();
    let url = meta.control.approve(&dialog, &Consent::everything().by(&tester)).unwrap();
    assert!(param(&url, "code").is_some());
}

#[tokio::test]
async fn outcomes_can_be_forced() {
    let meta = Meta::shop().await;
    let dialog = meta.dialog(&[SCOPE]);
    let code = meta.control.approve(&dialog, &Consent::instead(DialogOutcome::ErrorCode(1_349_126))).unwrap();
    assert_eq!(param(&code, "error_code").as_deref(), Some("1349126"));
    assert_eq!(param(&code, "error_message").as_deref(), Some("App not active"));
    assert!(param(&code, "error").is_none());
    let empty = meta.control.approve(&dialog, &Consent::instead(DialogOutcome::EmptyQuery)).unwrap();
    assert_eq!(empty.as_str(), format!("{CALLBACK}#_=_"));
    meta.control.force_dialog(DialogOutcome::Page("feature_unavailable".into()));
    assert_eq!(meta.control.approve(&dialog, &Consent::everything()), Err(ErrorPage::FeatureUnavailable));
    for name in ErrorPage::NAMES {
        assert_eq!(ErrorPage::named(name).unwrap().name(), name);
    }
}

async fn scopes(meta: &Meta, url: &Url) -> Vec<String> {
    let code = param(url, "code").unwrap();
    let reply = meta.exchange(&code, Some(CALLBACK)).await;
    let data = meta.debug(reply.json["access_token"].as_str().unwrap()).await;
    data["scopes"].as_array().unwrap().iter().map(|scope| scope.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_declined_permission_is_skipped_until_it_is_asked_again() {
    let meta = Meta::shop().await;
    let dialog = meta.dialog(&[SCOPE]);
    let declining = Consent::everything().declining(["pages_messaging"]);
    let first = meta.control.approve(&dialog, &declining).unwrap();
    assert!(!scopes(&meta, &first).await.contains(&"pages_messaging".to_owned()));
    // The second dialog does not even show it.
    let page = meta.send(meta.http.get(&dialog)).await;
    assert!(!page.text.contains("value=\"pages_messaging\""));
    let second = meta.control.approve(&dialog, &Consent::everything()).unwrap();
    assert!(!scopes(&meta, &second).await.contains(&"pages_messaging".to_owned()));
    let again = meta.dialog(&[SCOPE, ("auth_type", "rerequest")]);
    assert!(meta.send(meta.http.get(&again)).await.text.contains("value=\"pages_messaging\""));
    let third = meta.control.approve(&again, &Consent::everything()).unwrap();
    assert!(scopes(&meta, &third).await.contains(&"pages_messaging".to_owned()));
}

#[tokio::test]
async fn former_ticks_are_remembered() {
    let meta = Meta::agency().await;
    let page = meta.control.world().pages[0].id.clone();
    let dialog = meta.dialog(&[SCOPE]);
    meta.control.approve(&dialog, &Consent::everything().ticking(AssetKind::Page, [page.clone()])).unwrap();
    let html = meta.send(meta.http.get(&dialog)).await.text;
    let boxes = html.matches("name=\"page\"").count();
    assert_eq!(boxes, 500);
    let ticked = html.split("<input ").filter(|input| input.contains("name=\"page\"") && input.contains(" checked"));
    assert_eq!(ticked.map(|input| input.contains(&page)).collect::<Vec<_>>(), [true]);
    let url = meta.control.approve(&dialog, &Consent::everything()).unwrap();
    let token = meta.exchange(&param(&url, "code").unwrap(), Some(CALLBACK)).await;
    let token = token.json["access_token"].as_str().unwrap().to_owned();
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.ids(), [page]);
    meta.control.approve(&dialog, &Consent::everything().ticking_all()).unwrap();
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.ids().len(), 25);
}

#[tokio::test]
async fn the_form_works_without_javascript() {
    let meta = Meta::shop().await;
    let dialog = meta.dialog(&[SCOPE]);
    let html = meta.send(meta.http.get(&dialog)).await.text;
    assert!(html.contains("Meta simulator") && html.contains("Brasa Café") && !html.contains("<script"));
    let query = Url::parse(&dialog).unwrap().query().unwrap().to_owned();
    let form = [
        ("request", query.as_str()),
        ("person", &meta.owner()),
        ("scope", "pages_show_list"),
        ("mode.page", "all"),
        ("action", "continue"),
    ];
    let reply = meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&form)).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let url = Url::parse(reply.header("location")).unwrap();
    let granted = scopes(&meta, &url).await;
    assert_eq!(granted, ["pages_show_list", "public_profile"]);
    let cancel = [("request", query.as_str()), ("person", &meta.owner()), ("action", "cancel")];
    let reply = meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&cancel)).await;
    assert!(reply.header("location").contains("error_reason=user_denied"));
    let forced = [("request", query.as_str()), ("action", "instead"), ("instead", "url_blocked")];
    let reply = meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&forced)).await;
    assert!(reply.text.contains("not white-listed"));
}

#[tokio::test]
async fn a_configuration_grants_all_or_nothing() {
    let meta = Meta::start(World::declined()).await;
    let dialog = meta.dialog(&[("config_id", "700100000000001")]);
    let url = meta.control.approve(&dialog, &Consent::everything().declining(["pages_messaging"])).unwrap();
    let code = param(&url, "code").unwrap();
    let reply = meta.exchange(&code, Some(CALLBACK)).await;
    assert_eq!(reply.json["expires_in"], 5_183_944, "the configuration says sixty days");
    let data = meta.debug(reply.json["access_token"].as_str().unwrap()).await;
    assert!(data["scopes"].as_array().unwrap().iter().any(|scope| scope == "pages_messaging"));
}
