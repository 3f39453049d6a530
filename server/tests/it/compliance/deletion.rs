//! A person asks that their data be deleted.

use std::time::Duration;

use server::{
    compliance::{find_deletion, resume_deletions},
    connect::status::{Banner, overview},
    observe,
};

use super::{about, actions, person_of, send};
use crate::support::TestApp;

const PATH: &str = "/meta/data-deletion";

fn code_of(answer: &crate::support::Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let code = told["confirmation_code"].as_str().unwrap().to_owned();
    assert!(told["url"].as_str().unwrap().ends_with(&format!("/deletion/{code}")), "{told}");
    code
}

db_test! {
    async fn nothing_is_left_of_the_person_but_the_business_keeps_its_log(app: &TestApp) {
        let ada = app.owner("ada").await;
        let connection = app.connected(&ada).await.connection.unwrap();
        let (person, name) = (person_of(app, &ada).await, connection.meta_user_name.clone());
        let known = |all: Vec<(String, String)>| all.into_iter().filter(|(_, value)| value.contains(&person) || value.contains(&name)).map(|(place, _)| place).collect::<Vec<_>>();
        let before = known(app.storage.dump().await);
        assert!(before.contains(&"audit_log.target".to_owned()) && before.contains(&"connection_log.sentence".to_owned()), "{before:?}");

        let code = code_of(&send(app, PATH, &about(app, &person, app.clock.now())).await);
        assert_eq!(known(app.storage.dump().await), Vec::<String>::new());
        let rows = app.storage.rows().await;
        assert_eq!((rows.get("credentials"), rows.get("routes"), rows.get("assets")), (None, None, None));
        assert!(matches!(overview(&app.services, &ada.actor).await.unwrap().banner, Banner::Disconnected));
        assert_eq!(actions(app, &ada).await[0], "person.erased");
        assert!(observe::verify_audit(&app.services).await.unwrap().broken.is_empty(), "what was erased breaks no chain");

        let view = find_deletion(&app.services, &code, "somewhere").await.unwrap().unwrap();
        assert_eq!(view.finished_at, Some(app.clock.now()));
        let stored = app.storage.dump().await;
        assert!(stored.iter().all(|(_, value)| !value.contains(&code)), "only the code's hash is kept");
    }
}

db_test! {
    async fn the_same_request_has_the_same_code_and_another_has_another(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let person = person_of(app, &ada).await;
        let request = about(app, &person, app.clock.now());
        let code = code_of(&send(app, PATH, &request).await);
        app.advance(Duration::from_secs(3600));
        assert_eq!(code_of(&send(app, PATH, &request).await), code);
        assert_eq!(app.storage.texts("SELECT id FROM deletion_requests").await.len(), 1);
        let later = code_of(&send(app, PATH, &about(app, &person, app.clock.now())).await);
        assert_ne!(later, code);
        for code in [code, later] {
            assert!(find_deletion(&app.services, &code, "somewhere").await.unwrap().is_some());
        }
    }
}

db_test! {
    async fn an_old_request_does_not_touch_what_was_granted_since(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let person = person_of(app, &ada).await;
        let request = about(app, &person, app.clock.now());
        let code = code_of(&send(app, PATH, &request).await);
        app.advance(Duration::from_secs(3600));
        app.connected(&ada).await;
        assert_eq!(code_of(&send(app, PATH, &request).await), code);
        assert!(app.storage.rows().await.contains_key("credentials"));
        // Not even under a new code, as for another secret of the same app.
        app.storage.tamper("DELETE FROM deletion_requests").await;
        send(app, PATH, &request).await;
        assert!(app.storage.rows().await.contains_key("credentials"));
    }
}

db_test! {
    async fn somebody_unknown_gets_a_code_too(app: &TestApp) {
        let code = code_of(&send(app, PATH, &about(app, "424242424242", app.clock.now())).await);
        let view = find_deletion(&app.services, &code, "somewhere").await.unwrap().unwrap();
        assert!(view.finished_at.is_some());
        assert!(app.storage.dump().await.iter().all(|(_, value)| !value.contains("424242424242")));
    }
}

db_test! {
    async fn what_a_process_did_not_finish_another_does(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let person = person_of(app, &ada).await;
        // The grant cannot be looked up while the request is carried out.
        app.storage.tamper("ALTER TABLE connections RENAME TO connections_away").await;
        let code = code_of(&send(app, PATH, &about(app, &person, app.clock.now())).await);
        app.storage.tamper("ALTER TABLE connections_away RENAME TO connections").await;
        let view = find_deletion(&app.services, &code, "somewhere").await.unwrap().unwrap();
        assert_eq!(view.finished_at, None, "it is said as it is");
        resume_deletions(&app.restarted()).await.unwrap();
        let view = find_deletion(&app.services, &code, "somewhere").await.unwrap().unwrap();
        assert!(view.finished_at.is_some());
        assert!(!app.storage.rows().await.contains_key("credentials"));
        assert_eq!(app.storage.texts("SELECT subject FROM deletion_requests").await, ["-"]);
    }
}

db_test! {
    async fn codes_cannot_be_tried_out(app: &TestApp) {
        for _ in 0..60 {
            assert!(find_deletion(&app.services, "00000000000000000000000000000000", "somewhere").await.unwrap().is_none());
        }
        assert!(matches!(find_deletion(&app.services, "0", "somewhere").await, Err(server::error::Error::Busy { .. })));
        assert!(find_deletion(&app.services, "0", "elsewhere").await.unwrap().is_none());
    }
}
