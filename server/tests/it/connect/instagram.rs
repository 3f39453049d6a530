//! Instagram Login: an account without a Page connects, is kept alive, and goes, as any other does.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::{
    asset_kind::AssetKind,
    connect::{self, AttemptView, Begun, status},
    db::{
        attempts::{Flow, Phase},
        connections::{self, Connection, ConnectionStatus},
        credentials::{self, CredentialKind, PURPOSE},
        disconnections::{StepKind, StepState},
    },
    error::Error,
    ids::ConnectionId,
    ingest, observe,
    vault::Place,
};
use simulator::{Content, Fault, Revocation, SignedRequestForm};

use crate::support::{Person, Setup, TestApp, describe, ids_of};

/// Linked to no Page.
const VAN: &str = "17841400000000777";
/// Linked to a Page.
const CAFE: &str = "17841400000000551";
/// After the middle of a token of 60 days, wherever a connection has its place.
const LATE: Duration = Duration::from_secs(37 * 86_400);

fn setup() -> Setup {
    Setup { instagram: true, ..Setup::default() }
}

async fn begin(app: &TestApp, who: &Person) -> Begun {
    connect::begin_instagram(&app.services, &who.actor, &who.session).await.unwrap()
}

/// From the dialog, where `account` declines some things, to what can be chosen.
async fn returned(app: &TestApp, who: &Person, begun: &Begun, account: &str, declined: &[&str]) -> AttemptView {
    let back = app.meta().approve_instagram(begun.dialog_url.as_str(), account, Some(declined)).unwrap();
    let answer = app.come_back(who, &back).await;
    assert_eq!((answer.status, answer.header("location")), (303, format!("/connect/{}", begun.attempt).as_str()));
    app.idle().await;
    app.view(who, &begun.attempt).await
}

/// The whole way.
async fn connected(app: &TestApp, who: &Person, account: &str) -> ConnectionId {
    let begun = begin(app, who).await;
    let view = returned(app, who, &begun, account, &[]).await;
    app.choose(who, &view, &[account]).await;
    app.view(who, &view.id).await.connection.unwrap().id
}

async fn get(app: &TestApp, who: &Person, id: &ConnectionId) -> Connection {
    connections::get(app.services.db(), who.tenant(), id).await.unwrap().unwrap()
}

/// The one token of a connection, opened.
async fn token(app: &TestApp, who: &Person, id: &ConnectionId) -> String {
    let rows = credentials::list(app.services.db(), who.tenant(), id).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.kind).collect::<Vec<_>>(), [CredentialKind::Instagram]);
    let place = Place { tenant: rows[0].tenant_id.as_str(), purpose: PURPOSE, row: rows[0].id.as_str() };
    app.services.vault().open(place, &rows[0].sealed).unwrap().expose_secret().to_owned()
}

/// Gives the connection its turn now.
async fn look(app: &TestApp) {
    app.storage.tamper("UPDATE connections SET look_at = 0").await;
    assert_eq!(connect::plan_upkeep(&app.services).await.unwrap(), 1);
    app.run_jobs().await;
}

/// How often Meta was asked for this since the record was cleared.
fn asked(app: &TestApp, path: &str) -> usize {
    app.meta().requests().iter().filter(|request| request.path.ends_with(path)).count()
}

db_test! {
    async fn an_account_without_a_page_connects_from_the_button_to_an_honest_status(app: &TestApp, setup()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let asked_for = begun.dialog_url.query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
        assert_eq!(
            asked_for,
            "instagram_business_basic,instagram_business_manage_messages,instagram_business_manage_comments"
        );
        let view = returned(app, &ada, &begun, VAN, &[]).await;
        insta::assert_snapshot!("instagram_choosing", describe::attempt(&view));
        let kept = view.connection.clone().unwrap();
        assert_eq!((kept.token_kind, kept.meta_user_name.as_str()), (CredentialKind::Instagram, "@brasa.to.go"));
        assert_eq!(kept.meta_app_id, app.app_id(), "it is a part of that app");
        app.choose(&ada, &view, &[VAN]).await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("instagram_overview", describe::overview(&overview));
        assert_eq!(app.subscribed(), [VAN]);
        let kept = get(app, &ada, &kept.id).await;
        let sixty_days = Duration::from_secs(60 * 86_400 - 56);
        assert_eq!(kept.expires_at, Some(app.clock.now().plus(sixty_days).as_millis()));
        assert!(kept.renew_at.is_some());
        let report = connect::check_connection(&app.services, &ada.actor, &kept.id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (1, 1, None));
    }
}

db_test! {
    async fn what_people_write_to_it_arrives_though_another_secret_signed_it(app: &TestApp, setup()) {
        let ada = app.owner("ada").await;
        connected(app, &ada, VAN).await;
        for content in [Content::Text("hello van".into()), Content::Comment { text: "where are you?".into(), post: None, parent: None }] {
            app.meta().customer_does(VAN, "amara", &content).unwrap().heard.unwrap();
        }
        app.meta().deliver().await;
        let attempts = app.meta().attempts();
        assert!(attempts.iter().all(|attempt| attempt.status == Some(200)), "{attempts:?}");
        let on_entry = attempts.iter().any(|attempt| attempt.json()["entry"][0]["field"] == "comments");
        assert!(on_entry, "comments stand directly on the entry: {attempts:?}");
        ingest::drain(&app.services).await.unwrap();
        let said = app.see("SELECT text FROM messages ORDER BY text").await;
        assert_eq!(said, ["hello van", "where are you?"]);
        assert_eq!(app.see("SELECT COUNT(*) || '' FROM quarantine").await, ["0"]);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(overview.assets[0].asset.last_event_at.is_some(), "it is active now");
    }
}

db_test! {
    async fn what_was_declined_is_named_and_the_account_cannot_be_chosen(app: &TestApp, setup()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let view = returned(app, &ada, &begun, VAN, &["instagram_business_manage_messages"]).await;
        let row = &view.assets[0];
        assert_eq!(row.unusable.as_ref().unwrap().code, "asset.permission_missing");
        let refused = connect::choose(&app.services, &ada.actor, &view.id, &ids_of(&view, &[VAN])).await;
        assert!(refused.is_err(), "{refused:?}");
        // Asked once more, and allowed, it takes the place of the first grant.
        let again = begin(app, &ada).await;
        let view = returned(app, &ada, &again, VAN, &[]).await;
        assert_eq!((view.assets.len(), view.assets[0].unusable.as_ref()), (1, None));
        assert_eq!(app.storage.rows().await.get("connections"), Some(&1));
    }
}

db_test! {
    async fn cancelling_and_wrong_codes_leave_nothing_behind(app: &TestApp, setup()) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let back = app.meta().approve_instagram(begun.dialog_url.as_str(), VAN, None).unwrap();
        app.come_back(&ada, &back).await;
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Cancelled, "oauth.cancelled"));

        let begun = begin(app, &ada).await;
        let back = app.meta().approve_instagram(begun.dialog_url.as_str(), VAN, Some(&[])).unwrap();
        let forged = back.as_str().replace("code=AQ", "code=AX");
        app.come_back(&ada, &forged.parse().unwrap()).await;
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Failed, "meta.code.invalid"));
        let rows = app.storage.rows().await;
        assert_eq!((rows.get("connections"), rows.get("credentials")), (None, None));
    }
}

db_test! {
    async fn a_code_of_one_login_is_none_of_the_other(app: &TestApp, setup()) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        // The state of an attempt by Facebook comes back with a code of Instagram's.
        let (facebook, instagram) = (app.begin(&ada).await, begin(app, &ada).await);
        let back = app.meta().approve_instagram(instagram.dialog_url.as_str(), VAN, Some(&[])).unwrap();
        let state = |begun: &Begun| begun.state.expose_secret().to_owned();
        let mixed = back.as_str().replace(&state(&instagram), &state(&facebook));
        app.come_back(&ada, &mixed.parse().unwrap()).await;
        assert_eq!(app.view(&ada, &facebook.attempt).await.phase, Phase::Failed);
        assert_eq!(app.storage.rows().await.get("connections"), None);
    }
}

db_test! {
    async fn its_token_is_renewed_after_its_middle_and_never_when_it_is_dead(app: &TestApp, setup()) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = connected(app, &ada, VAN).await;
        let (before, old) = (get(app, &ada, &id).await, token(app, &ada, &id).await);
        app.advance(Duration::from_secs(2 * 86_400));
        app.meta().clear_requests();
        look(app).await;
        assert_eq!(asked(app, "/refresh_access_token"), 0, "it is young");
        app.advance(LATE);
        app.meta().clear_requests();
        look(app).await;
        let (after, new) = (get(app, &ada, &id).await, token(app, &ada, &id).await);
        assert_eq!(asked(app, "/refresh_access_token"), 1);
        assert!(after.expires_at > before.expires_at && after.renew_at > before.renew_at && new != old);
        assert_eq!(after.permissions, before.permissions);
        assert_eq!(after.renewed_at, Some(app.clock.now().as_millis()));

        app.meta().revoke(&new, Revocation::AppRemoved);
        app.advance(LATE);
        app.meta().clear_requests();
        look(app).await;
        let ended = get(app, &ada, &id).await;
        assert_eq!((ended.status, asked(app, "/refresh_access_token")), (ConnectionStatus::Error, 0));
    }
}

db_test! {
    async fn an_outage_changes_nothing_and_its_end_is_seen(app: &TestApp, setup()) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = connected(app, &ada, VAN).await;
        let fault = app.meta().set_fault(Fault::error("me", 500, 2));
        let report = connect::check_connection(&app.services, &ada.actor, &id).await;
        assert!(matches!(report, Err(Error::Meta(_))), "{report:?}");
        assert_eq!(get(app, &ada, &id).await.status, ConnectionStatus::Connected);
        app.meta().remove_fault(fault);
        app.meta().revoke(&token(app, &ada, &id).await, Revocation::PasswordChanged);
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(report.problem.unwrap().code, "meta.token.password_changed");
        assert_eq!(get(app, &ada, &id).await.status, ConnectionStatus::Error);

        // Confirming once more leads to Instagram, and heals it.
        let again = connect::begin(&app.services, &ada.actor, &ada.session, Flow::Redirect, Some(&id)).await.unwrap();
        assert!(again.dialog_url.path().ends_with("/oauth/authorize"), "{}", again.dialog_url);
        returned(app, &ada, &again, VAN, &[]).await;
        let healed = get(app, &ada, &id).await;
        assert_eq!((healed.status, healed.problem), (ConnectionStatus::Connected, None));
    }
}

db_test! {
    async fn disconnecting_unsubscribes_it_and_says_what_only_its_owner_can_end(app: &TestApp, setup()) {
        let ada = app.owner("ada").await;
        let id = connected(app, &ada, VAN).await;
        let plan = connect::plan_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        let steps: Vec<_> = plan.steps.iter().map(|step| (step.kind, step.state)).collect();
        assert_eq!(
            steps,
            [
                (StepKind::Unsubscribe, StepState::Waiting),
                (StepKind::Revoke, StepState::Skipped),
                (StepKind::DropTokens, StepState::Waiting),
                (StepKind::Erase, StepState::Waiting),
            ]
        );
        app.disconnect(&ada, &id).await;
        assert_eq!(app.subscribed(), Vec::<String>::new());
        assert!(credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap().is_empty());
        assert_eq!(app.storage.rows().await.get("routes"), None);
    }
}

db_test! {
    async fn an_account_that_another_business_holds_is_refused_and_can_be_proven(app: &TestApp, setup()) {
        let (ada, ben) = (app.owner("ada").await, app.owner("ben").await);
        // Ada has it with its Page; Ben signs in as the account itself.
        app.connected(&ada).await;
        let begun = begin(app, &ben).await;
        let view = returned(app, &ben, &begun, CAFE, &[]).await;
        assert!(view.assets[0].held_elsewhere);
        let chosen = ids_of(&view, &[CAFE]);
        let refused = connect::choose(&app.services, &ben.actor, &view.id, &chosen).await.unwrap_err();
        assert!(!format!("{refused:?}").contains("ada"), "{refused:?}");
        let moved = connect::move_here(&app.services, &ben.actor, &view.id, &chosen[0]).await.unwrap();
        app.idle().await;
        assert_eq!(moved, 1);
        let overview = status::overview(&app.services, &ben.actor).await.unwrap();
        assert_eq!(overview.assets[0].asset.kind, AssetKind::InstagramAccount);
    }
}

db_test! {
    async fn the_owner_takes_it_back_at_instagram(app: &TestApp, setup()) {
        let ada = app.owner("ada").await;
        let id = connected(app, &ada, VAN).await;
        let address = app.base.join("meta/deauthorize").unwrap();
        app.meta().set_compliance_callbacks(Some(address.as_str()), None);
        app.advance(Duration::from_secs(60));
        let told = app.meta().deauthorize(VAN, SignedRequestForm::Unpadded).await.unwrap();
        assert_eq!(told.status, Some(200), "{told:?}");
        app.idle().await;
        let gone = get(app, &ada, &id).await;
        assert_eq!(gone.status, ConnectionStatus::Error);
        assert!(credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap().is_empty());
        let log = observe::list_log(&app.services, &ada.actor, None, false).await.unwrap();
        assert!(log.iter().any(|entry| entry.kind == "removed_at_meta"), "{log:?}");
    }
}

db_test! {
    async fn without_an_instagram_app_nobody_can_begin(app: &TestApp) {
        let ada = app.owner("ada").await;
        let refused = connect::begin_instagram(&app.services, &ada.actor, &ada.session).await.unwrap_err();
        assert_eq!(refused.explain().code, "connect.instagram_not_set_up");
    }
}
