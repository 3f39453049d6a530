//! From the dialog's code to a token, what Meta says of it, and subscriptions, against the simulator.

use std::time::Duration;

use secrecy::SecretString;
use server::meta::{
    AuthType, BadRequestProblem, ConfigProblem, CredentialProblem, DialogRequest, Display, Expiry, GrantState, Login,
    MetaErrorKind as Kind, Permission, RedirectBinding, TokenKind,
};
use simulator::{CodeFlow, Consent, Revocation, World};

use super::Meta;

const CALLBACK: &str = "http://127.0.0.1:3000/oauth/meta/callback";

fn request() -> DialogRequest {
    DialogRequest {
        redirect_uri: CALLBACK.parse().unwrap(),
        state: SecretString::from("an-unguessable-state".to_owned()),
        login: Login::Scopes(vec![Permission::PAGES_SHOW_LIST, Permission::PAGES_MESSAGING]),
        auth_type: Some(AuthType::Rerequest),
        display: Display::Page,
    }
}

fn exactly() -> RedirectBinding {
    RedirectBinding::Exactly(CALLBACK.parse().unwrap())
}

#[tokio::test]
async fn the_redirect_flow_gives_a_long_lived_token() {
    let meta = Meta::start(World::corner_shop()).await;
    let dialog = meta.graph.dialog_url(&request());
    let back = meta.control().approve(dialog.as_str(), &Consent::everything()).unwrap();
    let pairs: Vec<(String, String)> = back.query_pairs().into_owned().collect();
    assert!(pairs.contains(&("state".into(), "an-unguessable-state".into())));
    let code = SecretString::from(pairs.iter().find(|(name, _)| name == "code").unwrap().1.clone());

    let short = meta.graph.exchange_code(&code, &exactly()).await.unwrap();
    let long = meta.graph.exchange_long_lived(&short.token).await.unwrap();
    assert!(long.expires_in.unwrap() > Duration::from_secs(50 * 86_400));
    let facts = meta.facts(&long.token).await;
    assert_eq!((facts.kind, facts.is_valid), (TokenKind::User, true));
    assert_eq!(facts.app_id, meta.graph.app().app_id);
    assert!(matches!(facts.expires_at, Expiry::At(_)) && matches!(facts.data_access_expires_at, Expiry::At(_)));
    assert!(facts.has(&Permission::PAGES_MESSAGING) && !facts.has(&Permission::ADS_READ));
    assert_eq!(meta.graph.me(&long.token).await.unwrap().id, facts.user_id.unwrap());

    let used = meta.graph.exchange_code(&code, &exactly()).await.unwrap_err();
    assert_eq!(used.kind, Kind::BadRequest(BadRequestProblem::CodeUsed));
}

#[tokio::test]
async fn each_way_an_exchange_can_fail_has_its_name() {
    let meta = Meta::start(World::corner_shop()).await;
    let code = || {
        let flow = CodeFlow::Redirect { redirect_uri: CALLBACK.into(), scope: "pages_show_list".into() };
        SecretString::from(meta.control().mint_code(&meta.person(0), &flow).unwrap())
    };
    let other = RedirectBinding::Exactly("http://127.0.0.1:3000/oauth/meta/callback/".parse().unwrap());
    let error = meta.graph.exchange_code(&code(), &other).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::RedirectMismatch));

    let error = meta.graph.exchange_code(&SecretString::from("nonsense".to_owned()), &exactly()).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::CodeInvalid));

    let late = code();
    meta.control().advance(Duration::from_secs(3600));
    let error = meta.graph.exchange_code(&late, &exactly()).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::CodeExpired));

    let now = code();
    meta.control().edit_world(|world| world.app.secret = "0f1c0d3b7a9e42868d1e4c6b0a2f9e30".into()).unwrap();
    let error = meta.graph.exchange_code(&now, &exactly()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Configuration(ConfigProblem::AppSecret));
}

#[tokio::test]
async fn popup_codes_of_both_kinds_are_exchanged() {
    let meta = Meta::start(World::corner_shop()).await;
    let page = "http://localhost:3000/connect".to_owned();
    let binding = RedirectBinding::Popup { page_url: page.parse().unwrap() };
    for flow in [
        CodeFlow::Popup { config_id: "700100000000001".into(), page: page.clone() },
        CodeFlow::ClassicPopup { scope: "pages_show_list".into(), page: page.clone() },
    ] {
        let code = SecretString::from(meta.control().mint_code(&meta.person(0), &flow).unwrap());
        let grant = meta.graph.exchange_code(&code, &binding).await.unwrap();
        assert!(meta.facts(&grant.token).await.is_valid, "{flow:?}");
    }
}

#[tokio::test]
async fn every_way_a_token_dies_is_told() {
    for (why, problem) in [
        (Revocation::PasswordChanged, CredentialProblem::PasswordChanged),
        (Revocation::Checkpoint, CredentialProblem::Checkpoint),
        (Revocation::AppRemoved, CredentialProblem::AppRemoved),
        (Revocation::Expired, CredentialProblem::Expired),
    ] {
        let meta = Meta::start(World::corner_shop()).await;
        let token = meta.token();
        assert!(meta.control().revoke(token.expose(), why));
        let facts = meta.facts(&token).await;
        assert!(!facts.is_valid);
        assert_eq!(facts.invalid.unwrap().kind, Kind::Credential(problem), "{why:?}");
        assert_eq!(meta.graph.me(&token).await.unwrap_err().kind, Kind::Credential(problem), "{why:?}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_the_operators_business_and_not_the_connections() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token();
    meta.control().edit_world(|world| world.app.secret = "0f1c0d3b7a9e42868d1e4c6b0a2f9e30".into()).unwrap();
    let error = meta.graph.me(&token).await.unwrap_err();
    assert_eq!(error.kind, Kind::Configuration(ConfigProblem::ProofInvalid));
    let error = meta.graph.debug_token(&token).await.unwrap_err();
    assert!(matches!(error.kind, Kind::Configuration(_)), "{error:?}");
}

#[tokio::test]
async fn permissions_are_read_and_withdrawn() {
    let meta = Meta::start(World::declined()).await;
    let token = meta.token();
    let permissions = meta.graph.permissions(&token).await.unwrap();
    let state = |wanted: &Permission| permissions.iter().find(|one| one.permission == *wanted).map(|one| one.status);
    assert_eq!(state(&Permission::PAGES_SHOW_LIST), Some(GrantState::Granted));
    assert_eq!(state(&Permission::PAGES_MESSAGING), Some(GrantState::Declined));

    meta.graph.revoke_permission(&token, &Permission::PAGES_SHOW_LIST).await.unwrap();
    assert!(!meta.facts(&token).await.has(&Permission::PAGES_SHOW_LIST));
    let user = meta.graph.me(&token).await.unwrap().id;
    meta.graph.revoke_permissions_of(&user).await.unwrap();
    let error = meta.graph.me(&token).await.unwrap_err();
    assert_eq!(error.kind, Kind::Credential(CredentialProblem::AppRemoved));
}

#[tokio::test]
async fn a_page_is_subscribed_read_back_and_released() {
    let meta = Meta::start(World::corner_shop()).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    let page = &found.pages[0];
    let token = page.token.as_ref().unwrap();
    assert_eq!(meta.graph.page_subscription(&page.id, token).await.unwrap(), None);
    meta.graph.subscribe_page(&page.id, token, &["messages", "feed"]).await.unwrap();
    let mut fields = meta.graph.page_subscription(&page.id, token).await.unwrap().unwrap().subscribed_fields;
    fields.sort();
    assert_eq!(fields, ["feed", "messages"]);
    let error = meta.graph.subscribe_page(&page.id, token, &["messages", "no_such_field"]).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::Parameter));
    meta.graph.unsubscribe_page(&page.id, token).await.unwrap();
    assert_eq!(meta.graph.page_subscription(&page.id, token).await.unwrap(), None);
}

#[tokio::test]
async fn a_whatsapp_account_is_subscribed_and_its_number_registered() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token();
    let found = meta.discover(&token).await.unwrap();
    let (waba, number) = (&found.wabas[0].id, &found.wabas[0].numbers[0].id);
    assert_eq!(meta.graph.waba_subscription(waba, &token).await.unwrap(), None);
    meta.graph.subscribe_waba(waba, &token).await.unwrap();
    let subscription = meta.graph.waba_subscription(waba, &token).await.unwrap().unwrap();
    assert_eq!((subscription.id, subscription.override_callback_uri), (meta.graph.app().app_id.clone(), None));
    meta.graph.unsubscribe_waba(waba, &token).await.unwrap();
    assert_eq!(meta.graph.waba_subscription(waba, &token).await.unwrap(), None);

    meta.control().edit_world(|world| world.phone_numbers[0].pin = Some("135790".into())).unwrap();
    let wrong = meta.graph.register_number(number, &token, &SecretString::from("000000".to_owned())).await.unwrap_err();
    assert_eq!(wrong.kind, Kind::BadRequest(BadRequestProblem::WrongPin));
    meta.graph.register_number(number, &token, &SecretString::from("135790".to_owned())).await.unwrap();
}

#[tokio::test]
async fn an_expired_version_is_noticed_by_its_answer() {
    let meta = Meta::start(World::corner_shop()).await;
    let mut app = meta.graph.app().clone();
    app.graph_version = "v18.0".parse().unwrap();
    let transport = server::meta::Transport::new(server::meta::TransportSettings::default()).unwrap();
    let clock = server::clock::Clock::system();
    let old = server::meta::GraphClient::new(transport, std::sync::Arc::new(app), clock);
    old.me(&meta.token()).await.unwrap();
    assert!(old.served_version().unwrap() > "v18.0".parse().unwrap());
}
