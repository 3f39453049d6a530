//! A person removes the app at Facebook.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    connect::{
        self, numbers,
        status::{Banner, overview},
    },
    db::{
        connections::ConnectionStatus,
        credentials::{self, CredentialKind},
    },
};

use super::{about, actions, person_of, send};
use crate::support::TestApp;

const PATH: &str = "/meta/deauthorize";

db_test! {
    async fn access_ends_in_every_tenant_and_says_why(app: &TestApp) {
        let ada = app.owner("ada").await;
        let connection = app.connected(&ada).await.connection.unwrap();
        let routes = app.storage.texts("SELECT meta_id FROM routes ORDER BY meta_id").await;
        let request = about(app, &person_of(app, &ada).await, app.clock.now());
        let answer = send(app, PATH, &request).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
        let view = overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(view.connections[0].connection.status, ConnectionStatus::Error);
        assert!(matches!(&view.banner, Banner::Error { problem, .. } if problem.code == "meta.removed_by_person"), "{:?}", view.banner);
        assert!(credentials::list(app.services.db(), ada.tenant(), &connection.id).await.unwrap().is_empty());
        assert_eq!(app.storage.texts("SELECT meta_id FROM routes ORDER BY meta_id").await, routes, "what comes still belongs to the tenant");
        assert_eq!(actions(app, &ada).await[0], "connection.removed_at_meta");
        let tested = connect::check_connection(&app.services, &ada.actor, &connection.id).await.unwrap();
        assert_eq!(tested.problem.unwrap().code, "meta.removed_by_person", "a test does not forget the reason");
        // Once more: nothing more.
        let before = app.storage.rows().await;
        assert_eq!(send(app, PATH, &request).await.status, 200);
        assert_eq!(app.storage.rows().await, before);
    }
}

db_test! {
    async fn confirming_again_brings_everything_back_and_an_old_request_does_not_end_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let connection = app.connected(&ada).await.connection.unwrap();
        let (person, then) = (person_of(app, &ada).await, app.clock.now());
        let old = about(app, &person, then);
        assert_eq!(send(app, PATH, &old).await.status, 200);
        app.advance(Duration::from_secs(3600));
        let begun = app.begin_again(&ada, &connection.id).await;
        let view = app.finished(&ada, &begun, &simulator::Consent::everything()).await;
        assert_eq!(view.connection.as_ref().unwrap().status, ConnectionStatus::Connected);
        assert_eq!(send(app, PATH, &old).await.status, 200);
        let tokens = credentials::list(app.services.db(), ada.tenant(), &connection.id).await.unwrap();
        assert!(!tokens.is_empty(), "sent again, it means what it meant then");
        assert_eq!(send(app, PATH, &about(app, &person, app.clock.now())).await.status, 200);
        assert!(credentials::list(app.services.db(), ada.tenant(), &connection.id).await.unwrap().is_empty());
    }
}

db_test! {
    async fn others_keep_their_access(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let before = app.storage.rows().await;
        assert_eq!(send(app, PATH, &about(app, "999999999", app.clock.now())).await.status, 200);
        assert_eq!(app.storage.rows().await, before);
        let plan = connect::plan_disconnect(&app.services, &ada.actor, &overview(&app.services, &ada.actor).await.unwrap().connections[0].connection.id).await.unwrap();
        assert_eq!(plan.connection.status, ConnectionStatus::Connected);
    }
}

db_test! {
    async fn the_pin_of_a_number_stays_and_makes_no_grant_look_younger(app: &TestApp) {
        app.meta().edit_world(|world| {
            world.phone_numbers[0].platform_type = "NOT_APPLICABLE".into();
            world.phone_numbers[0].status = "PENDING".into();
        }).unwrap();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &["190638523274551"]).await;
        let id = view.connection.unwrap().id;
        app.advance(Duration::from_secs(1800));
        let request = about(app, &person_of(app, &ada).await, app.clock.now());
        // The number gets another PIN before the request arrives.
        app.advance(Duration::from_secs(1800));
        let number = numbers::list(&app.services, &ada.actor).await.unwrap().remove(0).status.asset.id;
        numbers::set_pin(&app.services, &ada.actor, &number, SecretString::from("246810".to_owned())).await.unwrap();
        assert_eq!(send(app, PATH, &request).await.status, 200);
        let left = credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap();
        assert_eq!(left.iter().map(|one| one.kind).collect::<Vec<_>>(), [CredentialKind::Pin]);
        // Sent again, it means nothing more.
        let before = app.storage.rows().await;
        assert_eq!(send(app, PATH, &request).await.status, 200);
        assert_eq!(app.storage.rows().await, before);
    }
}
