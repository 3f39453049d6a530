//! A system user's token that is pasted.

use secrecy::SecretString;
use server::{
    connect,
    db::{attempts::Phase, connections::ConnectionStatus, credentials::CredentialKind},
    error::Error,
};

use simulator::{Effect, Fault};

use crate::support::{Person, TestApp, usable};

const LUCIA: &str = "10215550001110001";
const BUSINESS: &str = "506070809010203";

/// What a shop needs.
const PERMISSIONS: [&str; 10] = [
    "pages_show_list",
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "instagram_basic",
    "instagram_manage_messages",
    "whatsapp_business_management",
    "whatsapp_business_messaging",
    "business_management",
    "ads_read",
];

async fn paste(app: &TestApp, who: &Person, token: &str) -> server::error::Result<server::ids::AttemptId> {
    connect::paste_token(&app.services, &who.actor, &who.session, &SecretString::from(token.to_owned())).await
}

async fn refused(app: &TestApp, who: &Person, token: &str, code: &str) {
    let outcome = paste(app, who, token).await;
    let Err(error) = &outcome else { panic!("{outcome:?}") };
    let why = error.explain();
    assert_eq!(why.code, code);
    assert!(!format!("{error:?} {why:?}").contains(token), "the token is not in the error");
    assert_eq!(app.storage.rows().await.get("credentials"), None);
    assert_eq!(app.storage.rows().await.get("connect_attempts"), None);
}

db_test! {
    async fn it_becomes_a_connection_like_any_other(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = app.meta().mint_system_user_token(BUSINESS, &PERMISSIONS, 0);
        let attempt = paste(app, &ada, &format!("  {token}\n")).await.unwrap();
        app.idle().await;
        let view = app.view(&ada, &attempt).await;
        assert_eq!((view.phase, view.unread.len()), (Phase::Choosing, 0));
        let connection = view.connection.as_ref().unwrap();
        assert_eq!((connection.token_kind, connection.expires_at), (CredentialKind::SystemUser, None));
        let all = usable(&view);
        assert_eq!(all.len(), 5, "no list of targets means all: {all:?}");
        app.choose(&ada, &view, &all.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Connected);
        assert!(overview.assets.iter().all(|status| status.ladder.problem().is_none()));

        // Pasted once more, it renews the connection and loses nothing.
        let again = app.meta().mint_system_user_token(BUSINESS, &PERMISSIONS, 0);
        let attempt = paste(app, &ada, &again).await.unwrap();
        app.idle().await;
        assert_eq!(app.view(&ada, &attempt).await.losses, None);
        assert_eq!(app.storage.rows().await["connections"], 1);
    }
}

db_test! {
    async fn what_will_not_do_is_refused_with_the_reason(app: &TestApp) {
        let ada = app.owner("ada").await;
        refused(app, &ada, &app.meta().mint_temporary_token(LUCIA), "paste.temporary").await;
        refused(app, &ada, &app.meta().mint_system_user_token(BUSINESS, &PERMISSIONS, 3600), "paste.temporary").await;
        refused(app, &ada, &app.meta().mint_user_token(LUCIA), "paste.persons_token").await;
        refused(app, &ada, "EAAnonsense", "paste.invalid").await;
        let other = serde_json::json!({"data": {"app_id": "42", "type": "SYSTEM_USER", "is_valid": true, "user_id": "1", "scopes": []}});
        let answer = serde_json::json!([{"code": 200, "body": other.to_string()}]).to_string();
        let fault = app.meta().set_fault(Fault::new(Effect::Body { status: 200, body: answer }).on_path("/").on_method("POST"));
        refused(app, &ada, "EAAofanotherapp", "paste.other_app").await;
        app.meta().remove_fault(fault);
        refused(app, &ada, "two words", "invalid").await;
    }
}

db_test! {
    async fn a_token_that_may_nothing_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        refused(app, &ada, &app.meta().mint_system_user_token(BUSINESS, &["email"], 0), "paste.powerless").await;
    }
}

db_test! {
    async fn only_managers_paste_and_not_without_end(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", server::accounts::Role::Agent).await;
        let outcome = paste(app, &bob, "EAA").await;
        assert!(matches!(outcome, Err(Error::Forbidden(_))), "{outcome:?}");
        let mut last = None;
        for _ in 0..21 {
            last = Some(paste(app, &ada, "EAAnonsense").await);
        }
        assert!(matches!(last, Some(Err(Error::Busy { .. }))), "{last:?}");
    }
}

db_test! {
    async fn what_is_assigned_and_cannot_be_read_now_is_told_and_an_edge_that_is_not_there_is_not(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let token = app.meta().mint_system_user_token(BUSINESS, &PERMISSIONS, 0);
        for (status, code, unread) in [(500, 2, vec!["your Pages"]), (400, 80_008, vec!["your Pages"]), (400, 100, vec![]), (403, 10, vec![])] {
            let fault = app.meta().set_fault(Fault::error("assigned_pages", status, code));
            let attempt = paste(app, &ada, &token).await.unwrap();
            app.idle().await;
            app.meta().remove_fault(fault);
            let view = app.view(&ada, &attempt).await;
            let told: Vec<_> = view.unread.iter().map(|unread| unread.what.as_str()).collect();
            assert_eq!((view.phase, told), (Phase::Choosing, unread), "{code}");
        }
    }
}
