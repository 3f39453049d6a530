//! Sessions over HTTP: how they begin, whom they belong to, and how they end.

use std::time::Duration;

use secrecy::SecretString;
use server::accounts;

use crate::support::{Person, TestApp, password};

async fn is_in(who: &Person) -> bool {
    let answer = who.browser.get("/test/who").await;
    match answer.status {
        200 => true,
        401 => false,
        _ => panic!("{answer:?}"),
    }
}

db_test! {
    async fn signing_out_ends_one_session(app: &TestApp) {
        let ada = app.owner("ada").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, None).await;
        assert_ne!(ada.session, elsewhere.session, "each has a secret of its own");
        assert_eq!(ada.browser.post("/test/sign-out").await.status, 200);
        assert!(!is_in(&ada).await);
        assert!(is_in(&elsewhere).await);
    }
}

db_test! {
    async fn a_new_password_ends_the_others(app: &TestApp) {
        let ada = app.owner("ada").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, None).await;
        let eve = app.owner("eve").await;
        app.advance(Duration::from_secs(1));
        let new = SecretString::from("a new password".to_owned());
        accounts::change_password(&app.services, &ada.actor, password("ada"), new).await.unwrap();
        let renewed = app.sign_in(&ada.actor.user_id, None).await;
        assert!(!is_in(&ada).await && !is_in(&elsewhere).await);
        assert!(is_in(&renewed).await && is_in(&eve).await);
    }
}

db_test! {
    async fn signing_out_everywhere_ends_all(app: &TestApp) {
        let ada = app.owner("ada").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, None).await;
        app.advance(Duration::from_secs(1));
        accounts::sign_out_everywhere(&app.services, &ada.actor).await.unwrap();
        assert!(!is_in(&ada).await && !is_in(&elsewhere).await);
    }
}

db_test! {
    async fn a_session_ends_after_two_weeks_by_our_clock(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.advance(Duration::from_secs(13 * 86_400));
        assert!(is_in(&ada).await);
        app.advance(Duration::from_secs(86_400));
        assert!(!is_in(&ada).await);
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.storage.rows().await.get("sessions"), None);
    }
}

db_test! {
    async fn a_session_whose_person_is_gone_is_nobodys(app: &TestApp) {
        let op = app.operator().await;
        app.storage.tamper("DELETE FROM users").await;
        assert!(!is_in(&op).await);
    }
}

db_test! {
    async fn signing_in_changes_the_id_of_the_session(app: &TestApp) {
        let ada = app.owner("ada").await;
        let again = format!("/test/sign-in?user={}", ada.actor.user_id);
        let first = app.visitor().post(&again).await;
        let cookie = first.header("set-cookie").split(';').next().unwrap().to_owned();
        let planted = app.visitor();
        let request = planted.request(reqwest::Method::POST, &again).header("cookie", &cookie);
        let second = planted.send(request).await;
        assert_ne!(second.header("set-cookie").split(';').next().unwrap(), cookie);
        let old = planted.send(app.visitor().request(reqwest::Method::GET, "/test/who").header("cookie", &cookie)).await;
        assert_eq!(old.status, 401, "the planted one is worth nothing");
    }
}

db_test! {
    async fn a_person_of_two_businesses_acts_for_the_one_they_chose(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let invited = accounts::invite(&app.services, &eve.actor, "ada@example.com", accounts::Role::Agent).await.unwrap();
        let token = crate::support::link_token(&invited.link);
        accounts::join_as_self(&app.services, &token, &ada.actor).await.unwrap();
        for tenant in [ada.tenant(), eve.tenant()] {
            let person = app.sign_in(&ada.actor.user_id, Some(tenant)).await;
            assert_eq!(person.tenant(), tenant);
            let answer = person.browser.get("/test/who").await;
            assert!(answer.body.contains(tenant.as_str()), "{}", answer.body);
        }
        // A business that they do not belong to is not theirs, whatever the session says.
        let zoe = app.owner("zoe").await;
        let person = app.sign_in(&ada.actor.user_id, Some(zoe.tenant())).await;
        assert!(!person.browser.get("/test/who").await.body.contains(zoe.tenant().as_str()));
    }
}
