//! A way back in for who forgot their password.

use std::time::Duration;

use axum::{Router, body::Body, http::Request};
use secrecy::{ExposeSecret as _, SecretString};
use server::{
    accounts,
    error::{Error, Result},
    http,
    observe::{self, Verification},
};
use tower::ServiceExt as _;

use crate::support::{Logs, Person, TestApp, link_token, password};

const VISITOR: &str = "192.0.2.1";
const ADA: &str = "ada@example.com";
const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

fn new_password() -> SecretString {
    SecretString::from("a new password".to_owned())
}

async fn ask(app: &TestApp, email: &str) -> Result<()> {
    accounts::ask_for_reset(&app.services, email, VISITOR).await
}

/// The secret of a link that was asked for and sent just now.
async fn link(app: &TestApp, email: &str) -> SecretString {
    let before = app.reset_tokens().len();
    ask(app, email).await.unwrap();
    app.run_jobs().await;
    let mut sent = app.reset_tokens();
    assert_eq!(sent.len(), before + 1);
    sent.pop().unwrap()
}

async fn reset(app: &TestApp, link: &SecretString) -> Result<()> {
    accounts::reset_password(&app.services, link, new_password(), VISITOR).await
}

/// Asserts that a link neither shows nor sets anything.
async fn ended(app: &TestApp, link: &SecretString) {
    let found = accounts::find_reset(&app.services, link, VISITOR).await.map(drop);
    for refused in [found, reset(app, link).await] {
        assert!(matches!(&refused, Err(Error::Refused(why)) if why.code == "password.link_ended"), "{refused:?}");
    }
}

async fn signs_in(app: &TestApp, email: &str, password: SecretString) -> bool {
    accounts::sign_in(&app.services, email, password, VISITOR).await.is_ok()
}

async fn is_in(who: &Person) -> bool {
    who.browser.get("/test/who").await.status == 200
}

/// What the audit log of each tenant says of passwords.
async fn audit(app: &TestApp) -> Vec<String> {
    const SQL: &str = "SELECT t.name || ': ' || a.actor_name || ' ' || a.action || ' ' || a.target FROM audit_log a
        JOIN tenants t ON t.id = a.tenant_id WHERE a.action LIKE 'account.%' ORDER BY t.name, a.seq";
    app.storage.texts(SQL).await
}

db_test! {
    async fn a_link_by_mail_sets_a_new_password_once(app: &TestApp) {
        app.owner("ada").await;
        let link = link(app, " Ada@Example.com").await;
        assert_eq!(link.expose_secret().len(), 43, "256 bits");
        let mail = app.mails().remove(0).replace("=\r\n", "");
        assert!(mail.contains("<ada@example.com>") && mail.contains("Subject: Choose a new password"), "{mail}");
        assert!(mail.contains(&format!("{}reset-password/{}\r\n", app.base, link.expose_secret())), "{mail}");

        for _ in 0..3 {
            let found = accounts::find_reset(&app.services, &link, VISITOR).await.unwrap();
            assert_eq!(found.email, ADA, "looking does not use it up");
            assert_eq!(found.expires_at, app.services.clock().now().plus(HOUR).as_millis());
        }
        app.advance(SECOND);
        reset(app, &link).await.unwrap();
        assert!(signs_in(app, ADA, new_password()).await && !signs_in(app, ADA, password("ada")).await);
        ended(app, &link).await;

        app.run_jobs().await;
        assert_eq!(app.subjects(), ["Choose a new password", "Your password was changed"]);
        let told = app.mails().remove(1).replace("=\r\n", "");
        assert!(told.contains("<ada@example.com>") && told.contains("on 1 June 2026 at 10:00 UTC"), "{told}");
        assert!(!told.contains(link.expose_secret()));
    }
}

db_test! {
    async fn whether_there_is_an_account_is_not_told(app: &TestApp) {
        app.owner("ada").await;
        let mut left = Vec::new();
        for email in [ADA, "nobody@example.com"] {
            ask(app, email).await.unwrap();
            left.push(app.storage.texts("SELECT COALESCE(user_id, 'nobody looked yet') FROM password_resets").await);
            assert_eq!(app.run_jobs().await, 1);
        }
        assert_eq!(left[0], ["nobody looked yet"]);
        assert_eq!((left[1].len(), left[1].contains(&left[0][0])), (2, true), "the link of Ada, and the same row");
        assert_eq!(app.storage.texts("SELECT email FROM password_resets").await, [ADA], "nothing is kept of nobody");
        assert_eq!(app.mails().len(), 1);
        assert!(app.mails()[0].contains(ADA));
        assert_eq!(app.storage.texts("SELECT state FROM jobs").await, ["done", "done"]);
        assert!(app.storage.texts("SELECT subject FROM jobs").await.iter().all(|subject| subject.starts_with("pwr_")));

        let refused = ask(app, "not an address").await;
        assert!(matches!(refused, Err(Error::Invalid { field: "email", .. })), "{refused:?}");
    }
}

db_test! {
    async fn it_ends_by_time_by_a_newer_one_and_by_a_changed_password(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.owner("eve").await;
        let foreign = link(app, "eve@example.com").await;
        let older = link(app, ADA).await;
        let newer = link(app, ADA).await;
        ended(app, &older).await;
        accounts::find_reset(&app.services, &newer, VISITOR).await.unwrap();
        ask(app, ADA).await.unwrap();
        let changed = accounts::change_password(&app.services, &ada.actor, password("ada"), new_password()).await;
        changed.unwrap();
        ended(app, &newer).await;
        app.run_jobs().await;
        assert_eq!(app.reset_tokens().len(), 3, "what was asked for before is void too");
        accounts::find_reset(&app.services, &foreign, VISITOR).await.unwrap();

        let late = link(app, ADA).await;
        app.advance(HOUR - SECOND);
        accounts::find_reset(&app.services, &late, VISITOR).await.unwrap();
        app.advance(SECOND);
        for link in [&late, &foreign, &SecretString::from("forged".to_owned())] {
            ended(app, link).await;
        }
        assert!(signs_in(app, "eve@example.com", password("eve")).await);
        app.advance(HOUR * 24);
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.storage.texts("SELECT id FROM password_resets").await, Vec::<String>::new());
    }
}

db_test! {
    async fn every_session_of_the_person_ends_and_nobody_elses(app: &TestApp) {
        let ada = app.owner("ada").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, None).await;
        let eve = app.owner("eve").await;
        let link = link(app, ADA).await;
        app.advance(SECOND);
        reset(app, &link).await.unwrap();
        assert!(!is_in(&ada).await && !is_in(&elsewhere).await);
        assert!(is_in(&eve).await && signs_in(app, "eve@example.com", password("eve")).await);
    }
}

db_test! {
    async fn each_business_of_the_person_has_it_in_its_log(app: &TestApp) {
        let (ada, eve, zoe) = (app.owner("ada").await, app.owner("eve").await, app.owner("zoe").await);
        for owner in [&eve, &zoe] {
            let invited = accounts::invite(&app.services, &owner.actor, ADA, accounts::Role::Agent).await.unwrap();
            accounts::join_as_self(&app.services, &link_token(&invited.link), &ada.actor).await.unwrap();
        }
        app.owner("kim").await;
        reset(app, &link(app, ADA).await).await.unwrap();
        let line = |business: &str| format!("{business}'s business: ada account.password_reset {ADA}");
        assert_eq!(audit(app).await, ["ada", "eve", "zoe"].map(line));
        accounts::change_password(&app.services, &ada.actor, new_password(), password("ada")).await.unwrap();
        assert_eq!(audit(app).await[1], format!("ada's business: ada account.password_changed {ADA}"));
        let verified = observe::verify_audit(&app.services).await.unwrap();
        assert_eq!(verified, Verification { chains: 4, broken: Vec::new() });
    }
}

db_test! {
    async fn an_operator_gets_back_in_too(app: &TestApp) {
        let op = app.operator().await;
        let link = link(app, "op@example.com").await;
        app.advance(SECOND);
        reset(app, &link).await.unwrap();
        assert!(!is_in(&op).await && signs_in(app, "op@example.com", new_password()).await);
        app.run_jobs().await;
        assert_eq!(app.subjects()[1], "Your password was changed");
        assert_eq!(audit(app).await, Vec::<String>::new());
    }
}

db_test! {
    async fn a_password_that_is_not_good_enough_leaves_the_link(app: &TestApp) {
        app.owner("ada").await;
        let link = link(app, ADA).await;
        let short = SecretString::from("short".to_owned());
        let refused = accounts::reset_password(&app.services, &link, short, VISITOR).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "password", .. })), "{refused:?}");
        assert!(signs_in(app, ADA, password("ada")).await);
        reset(app, &link).await.unwrap();
    }
}

db_test! {
    async fn an_account_is_asked_for_five_times_an_hour_whether_it_exists_or_not(app: &TestApp) {
        app.owner("ada").await;
        let mut refused = Vec::new();
        for email in [ADA, "nobody@example.com"] {
            for n in 0..5 {
                // From elsewhere each time: a mailbox is not filled by many either.
                accounts::ask_for_reset(&app.services, email, &format!("198.51.100.{n}")).await.unwrap();
            }
            let error = accounts::ask_for_reset(&app.services, email, "198.51.100.9").await.unwrap_err();
            refused.push((error.status(), error.explain()));
        }
        assert_eq!((refused[0].0, &refused[0]), (429, &refused[1]));
        app.run_jobs().await;
        let last = app.reset_tokens().pop().unwrap();
        accounts::find_reset(&app.services, &last, VISITOR).await.unwrap();
        app.advance(HOUR);
        ask(app, ADA).await.unwrap();
    }
}

db_test! {
    async fn a_visitor_asks_twenty_times_an_hour_and_follows_sixty_links_in_five_minutes(app: &TestApp) {
        app.owner("ada").await;
        for n in 0..20 {
            ask(app, &format!("nobody{n}@example.com")).await.unwrap();
        }
        assert!(matches!(ask(app, ADA).await, Err(Error::Busy { .. })));
        accounts::ask_for_reset(&app.services, ADA, "192.0.2.2").await.unwrap();
        app.run_jobs().await;
        let link = app.reset_tokens().pop().unwrap();
        for n in 0..60 {
            let guessed = SecretString::from(format!("guessed {n}"));
            accounts::find_reset(&app.services, &guessed, VISITOR).await.unwrap_err();
        }
        assert!(matches!(accounts::find_reset(&app.services, &link, VISITOR).await, Err(Error::Busy { .. })));
        assert!(matches!(reset(app, &link).await, Err(Error::Busy { .. })));
        accounts::reset_password(&app.services, &link, new_password(), "192.0.2.2").await.unwrap();
    }
}

db_test! {
    async fn a_mail_that_cannot_be_sent_is_written_anew_within_the_hour(app: &TestApp) {
        app.owner("ada").await;
        app.break_mail(true);
        ask(app, ADA).await.unwrap();
        app.run_jobs().await;
        let unsent = app.storage.texts("SELECT token_hash FROM password_resets").await.remove(0);
        app.break_mail(false);
        app.advance(SECOND * 5);
        app.run_jobs().await;
        assert_ne!(app.storage.texts("SELECT token_hash FROM password_resets").await, [unsent], "no secret was kept");
        reset(app, &app.reset_tokens()[0]).await.unwrap();
        app.run_jobs().await;

        app.break_mail(true);
        ask(app, ADA).await.unwrap();
        app.run_jobs().await;
        app.break_mail(false);
        app.advance(HOUR);
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nobody waits for it any more");
        assert_eq!(app.storage.texts("SELECT id FROM password_resets").await, Vec::<String>::new());
    }
}

db_test! {
    async fn a_link_is_kept_as_a_hash_alone(app: &TestApp) {
        app.owner("ada").await;
        let link = link(app, ADA).await;
        let dump = app.storage.dump().await;
        assert!(dump.iter().any(|(place, value)| place == "password_resets.token_hash" && value.len() == 64));
        assert!(dump.iter().all(|(_, value)| !value.contains(link.expose_secret())));
    }
}

db_test! {
    async fn whoever_runs_the_installation_sets_a_password(app: &TestApp) {
        let (ada, op) = (app.owner("ada").await, app.operator().await);
        let link = link(app, ADA).await;
        app.advance(SECOND);
        let set = async |email: &str, password: &str| {
            let password = SecretString::from(password.to_owned());
            accounts::reset_password_of(&app.services, email, password, "Operator").await
        };
        let refused = set(ADA, "short").await;
        assert!(matches!(refused, Err(Error::Invalid { field: "password", .. })), "{refused:?}");
        let refused = set("nobody@example.com", "a new password").await;
        assert!(matches!(refused, Err(Error::Invalid { field: "email", .. })), "{refused:?}");
        assert!(is_in(&ada).await, "nothing was changed");

        assert_eq!(set(" ADA@example.com", "a new password").await.unwrap(), ada.actor.user_id);
        assert!(!is_in(&ada).await && is_in(&op).await && signs_in(app, ADA, new_password()).await);
        ended(app, &link).await;
        assert_eq!(audit(app).await, [format!("ada's business: Operator account.password_reset {ADA}")]);
        app.run_jobs().await;
        assert_eq!(app.subjects()[1], "Your password was changed");
        set("op@example.com", "a new password").await.unwrap();
        assert!(!is_in(&op).await);
    }
}

db_test! {
    async fn the_path_of_a_link_is_told_to_nobody(app: &TestApp) {
        let logs = Logs::listen();
        let pages = Router::new().fallback(|| async { "a page" });
        let site = http::protect(&app.services, pages);
        for path in ["/reset-password/canary-of-a-path", "/join/canary-of-a-path", "/set-up/canary-of-a-path"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = site.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.headers()["referrer-policy"], "strict-origin", "{path}");
            assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        }
        let logged = logs.text();
        assert!(logged.contains("path=\"/reset-password/\"") || logged.contains("path=/reset-password/"), "it was heard");
        assert!(!logged.contains("canary-of-a-path"));
    }
}
