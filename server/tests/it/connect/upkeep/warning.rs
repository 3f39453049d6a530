//! Warning people before access ends.

use std::time::Duration;

use server::{accounts::Role, connect::warn_of_ends, db::jobs};
use simulator::Revocation;

use super::agency::{self, Login};
use crate::support::TestApp;

const DAY: Duration = Duration::from_secs(86_400);
const SECOND: Duration = Duration::from_secs(1);

/// Warns and sends what is to be sent; answers how many tenants were told something.
async fn warn(app: &TestApp) -> usize {
    let told = warn_of_ends(&app.services).await.unwrap();
    app.run_jobs().await;
    told
}

async fn subjects(app: &TestApp) -> Vec<String> {
    app.storage.texts("SELECT subject FROM mails ORDER BY id").await
}

db_test! {
    async fn each_stage_is_told_once_to_the_second_and_in_every_process(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        agency::connect(app, &ada, 0, Login::SystemUser).await;
        let mut day = 0;
        for stage in [14, 7, 3, 1, 0] {
            app.advance(DAY * (60 - stage - day) - SECOND);
            assert_eq!(warn(app).await, 0, "a second before stage {stage}");
            app.advance(SECOND);
            assert_eq!(warn(app).await, 1, "stage {stage}");
            let restarted = app.restarted();
            assert_eq!(warn_of_ends(&restarted).await.unwrap(), 0, "told already");
            day = 60 - stage;
        }
        assert_eq!(
            subjects(app).await,
            [
                "Access ends in 14 days · ada's business",
                "Access ends in 7 days · ada's business",
                "Access ends in 3 days · ada's business",
                "Access ends within a day · ada's business",
                "Access has ended · ada's business",
            ]
        );
        let log = app.storage.texts("SELECT sentence FROM connection_log WHERE kind = 'ending' ORDER BY id").await;
        assert_eq!(log[1], "Access ends in 7 days. It ends on 31 July 2026 at 10:00 UTC.");
        assert_eq!(log.len(), 5);
    }
}

db_test! {
    async fn only_the_latest_stage_is_told_after_a_pause(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        agency::connect(app, &ada, 0, Login::SystemUser).await;
        app.advance(DAY * 58);
        assert_eq!(warn(app).await, 1);
        assert_eq!(subjects(app).await, ["Access ends in 2 days · ada's business"]);
        app.advance(DAY * 40);
        assert_eq!(warn(app).await, 0, "what ended long ago is no news");
    }
}

db_test! {
    async fn two_processes_at_once_tell_it_once(app: &TestApp, agency::setup(3)) {
        let other = app.another_process().await;
        for number in 0..3 {
            let owner = app.owner(&format!("owner{number}")).await;
            agency::connect(app, &owner, number, Login::SystemUser).await;
        }
        app.advance(DAY * 50);
        let (one, two) = tokio::join!(warn_of_ends(&app.services), warn_of_ends(&other));
        assert_eq!(one.unwrap() + two.unwrap(), 3);
        app.run_jobs().await;
        assert_eq!(subjects(app).await.len(), 3);
        assert_eq!(app.storage.texts("SELECT id FROM connection_log WHERE kind = 'ending'").await.len(), 3);
        other.close().await;
    }
}

db_test! {
    async fn a_later_end_is_told_anew(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::SystemUser).await;
        app.advance(DAY * 50);
        assert_eq!(warn(app).await, 1);
        app.storage.tamper("UPDATE connections SET look_at = 0").await;
        server::connect::plan_upkeep(&app.services).await.unwrap();
        app.run_jobs().await;
        assert!(agency::get(app, &ada, &id).await.renewed_at.is_some());
        assert_eq!(warn(app).await, 0);
        app.advance(DAY * 46);
        assert_eq!(warn(app).await, 1, "14 days before the new end");
    }
}

db_test! {
    async fn one_mail_names_every_connection_and_no_secret(app: &TestApp, agency::setup(3)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        app.member(&ada, "agent", Role::Agent).await;
        let admin = app.member(&ada, "admin", Role::Admin).await;
        agency::connect(app, &ada, 0, Login::Scopes).await;
        agency::connect(app, &ada, 1, Login::SystemUser).await;
        let refused = agency::connect(app, &admin, 2, Login::Person).await;
        app.advance(DAY * 46);
        app.meta().revoke_person(&agency::person(2), Revocation::PasswordChanged);
        server::connect::check_connection(&app.services, &ada.actor, &refused).await.unwrap();
        assert_eq!(warn(app).await, 1);
        let plain = app.storage.texts("SELECT plain FROM mails ORDER BY id").await;
        assert_eq!(plain.len(), 2, "to the owner and the admin, not to the agent");
        let text = mask(&plain[0], app.base.as_str());
        insta::assert_snapshot!("mail", text);
        let html = app.storage.texts("SELECT html FROM mails ORDER BY id").await;
        assert_eq!(html[0].matches("Confirm with Meta</a>").count(), 3);
        let sent = app.mails();
        assert_eq!(sent.len(), 2);
        for mail in &sent {
            assert!(mail.contains("Content-Type: text/plain") && mail.contains("Content-Type: text/html"), "{mail}");
            assert!(mail.contains("Message-ID: <mal_") && mail.contains("From: "), "{mail}");
        }
        for text in plain.iter().chain(&html).chain(&sent) {
            assert!(!text.contains("EAA") && !text.contains(&app.app_secret()), "{text}");
        }
        assert_eq!(warn(app).await, 0);
    }
}

/// A mail without what differs from run to run.
fn mask(text: &str, base: &str) -> String {
    let text = text.replace(base, "https://attache.example/");
    let words = text.split_inclusive(['\n', ' ']).map(|word| match word.split_once("con_") {
        Some((before, id)) => format!("{before}con_…{}", &id[32..]),
        None => word.to_owned(),
    });
    words.collect()
}

db_test! {
    async fn a_refusal_is_told_once_until_meta_accepts_the_access_again(app: &TestApp, agency::setup(1)) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = agency::connect(app, &ada, 0, Login::Scopes).await;
        for round in 1..=2 {
            app.meta().revoke_person(&agency::person(0), Revocation::PasswordChanged);
            server::connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
            assert_eq!((warn(app).await, warn(app).await), (1, 0));
            assert_eq!(subjects(app).await, vec!["Access to Meta has ended · ada's business"; round]);
            let begun = app.begin_again(&ada, &id).await;
            app.finished(&ada, &begun, &simulator::Consent::everything().by(&agency::person(0))).await;
            assert_eq!(warn(app).await, 0);
        }
    }
}

db_test! {
    async fn mail_that_cannot_be_sent_now_is_sent_later(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        agency::connect(app, &ada, 0, Login::SystemUser).await;
        app.advance(DAY * 50);
        app.break_mail(true);
        assert_eq!(warn(app).await, 1);
        assert_eq!(jobs::count_unfinished_across_tenants(app.services.db()).await.unwrap(), 1);
        app.break_mail(false);
        app.advance(Duration::from_secs(5));
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1);
        assert_eq!(app.storage.texts("SELECT subject FROM mails WHERE sent_at IS NULL").await, Vec::<String>::new());
    }
}

db_test! {
    async fn what_a_process_wrote_and_did_not_ask_for_is_sent_by_the_next(app: &TestApp, agency::setup(1)) {
        let ada = app.owner("ada").await;
        agency::connect(app, &ada, 0, Login::SystemUser).await;
        app.advance(DAY * 50);
        assert_eq!(warn_of_ends(&app.services).await.unwrap(), 1);
        app.storage.tamper("DELETE FROM jobs WHERE kind = 'send_mail'").await;
        app.advance(Duration::from_secs(301));
        server::sweep(&app.services).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1);
    }
}
