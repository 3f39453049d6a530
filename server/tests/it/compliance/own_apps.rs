//! What a business's own app signs about a person is about that business alone.

use serde_json::json;
use server::{connect::status::overview, db::connections::ConnectionStatus};

use super::{about, send, signed};
use crate::support::{OWN_APP, OWN_SECRET, Person, TestApp};

/// ada connected with the installation's app, bo with their own; the same person at Meta confirmed both.
async fn two(app: &TestApp) -> (Person, Person, String) {
    let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
    let view = app.discovered(&ada).await;
    let first = crate::support::usable(&view).remove(0);
    app.choose(&ada, &view, &[&first]).await;
    app.has_own_app(&bo).await;
    let view = app.discovered(&bo).await;
    let other = crate::support::usable(&view).into_iter().find(|id| *id != first).unwrap();
    app.choose(&bo, &view, &[&other]).await;
    let people = app.see("SELECT DISTINCT meta_user_id FROM connections").await;
    let apps = app.see("SELECT meta_app_id FROM connections ORDER BY 1").await;
    assert_eq!((people.len(), apps), (1, vec![app.app_id(), OWN_APP.to_owned()]));
    (ada, bo, people[0].clone())
}

async fn standing(app: &TestApp, who: &Person) -> Vec<ConnectionStatus> {
    let view = overview(&app.services, &who.actor).await.unwrap();
    view.connections.into_iter().map(|one| one.connection.status).collect()
}

fn by_own_app(app: &TestApp, person: &str) -> String {
    let at = app.clock.now().as_seconds();
    signed(OWN_SECRET, &json!({"algorithm": "HMAC-SHA256", "issued_at": at, "user_id": person}))
}

db_test! {
    async fn an_own_app_ends_grants_of_its_business_alone(app: &TestApp) {
        let (ada, bo, person) = two(app).await;
        let asked = by_own_app(app, &person);
        assert_eq!(send(app, "/meta/deauthorize", &asked).await.status, 403, "the plain address is the installation's");
        let of_installation = format!("/meta/deauthorize/{}", app.app_id());
        assert_eq!(send(app, &of_installation, &asked).await.status, 403);
        assert_eq!(standing(app, &bo).await, [ConnectionStatus::Connected]);

        assert_eq!(send(app, &format!("/meta/deauthorize/{OWN_APP}"), &asked).await.status, 200);
        assert_eq!(standing(app, &bo).await, [ConnectionStatus::Error]);
        assert_eq!(standing(app, &ada).await, [ConnectionStatus::Connected]);
        // And the installation's app nothing of theirs.
        let by_installation = about(app, &person, app.clock.now());
        assert_eq!(send(app, &format!("/meta/deauthorize/{OWN_APP}"), &by_installation).await.status, 403);
        assert_eq!(send(app, "/meta/deauthorize", &by_installation).await.status, 200);
        assert_eq!(standing(app, &ada).await, [ConnectionStatus::Error]);
    }
}

db_test! {
    async fn an_own_app_erases_in_its_business_alone(app: &TestApp) {
        let (ada, bo, person) = two(app).await;
        let before = app.see(&format!("SELECT id || meta_user_id FROM connections WHERE tenant_id = '{}'", ada.tenant())).await;
        let asked = by_own_app(app, &person);
        assert_eq!(send(app, "/meta/data-deletion", &asked).await.status, 403);
        let answer = send(app, &format!("/meta/data-deletion/{OWN_APP}"), &asked).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(standing(app, &bo).await.is_empty());
        assert_eq!(standing(app, &ada).await, [ConnectionStatus::Connected]);
        let after = app.see(&format!("SELECT id || meta_user_id FROM connections WHERE tenant_id = '{}'", ada.tenant())).await;
        assert_eq!(after, before);
    }
}

db_test! {
    async fn a_connection_that_mixes_two_businesses_is_not_touched(app: &TestApp) {
        let (ada, _bo, person) = two(app).await;
        // As no flow makes it: ada's connection, to bo's app.
        let mixed = format!("UPDATE connections SET meta_app_id = '{OWN_APP}' WHERE tenant_id = '{}'", ada.tenant());
        app.storage.tamper(&mixed).await;
        assert_eq!(send(app, &format!("/meta/deauthorize/{OWN_APP}"), &by_own_app(app, &person)).await.status, 200);
        assert_eq!(standing(app, &ada).await, [ConnectionStatus::Connected]);
    }
}
