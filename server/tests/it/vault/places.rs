//! Sealed values in the wrong place, seen through the product.

use server::{
    connect::{self, status},
    ids::ConnectionId,
};
use simulator::{Consent, World};

use crate::support::{Person, Setup, TestApp};

const MATEO: &str = "10215550001110002";

async fn swap(app: &TestApp, one: &ConnectionId, two: &ConnectionId) {
    let sealed =
        |id: &ConnectionId| format!("SELECT sealed FROM credentials WHERE connection_id = '{id}' AND kind = 'user'");
    let (first, second) = (app.storage.texts(&sealed(one)).await, app.storage.texts(&sealed(two)).await);
    for (id, value) in [(one, &second[0]), (two, &first[0])] {
        let sql = format!("UPDATE credentials SET sealed = '{value}' WHERE connection_id = '{id}' AND kind = 'user'");
        assert_eq!(app.storage.tamper(&sql).await, 1);
    }
}

/// Asserts that the connection's token is lost to the product, and that the person hears so.
async fn lost(app: &TestApp, who: &Person, id: &ConnectionId) {
    let calls = app.meta().call_count();
    let report = connect::check_connection(&app.services, &who.actor, id).await.unwrap();
    assert_eq!((report.asked, report.problem.unwrap().code.as_ref()), (0, "connection.credential_lost"));
    assert_eq!(app.meta().call_count(), calls, "Meta was not asked with another's token");
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    let view = overview.connections.iter().find(|view| view.connection.id == *id).unwrap();
    assert_eq!(view.problem.as_ref().map(|why| why.code.as_ref()), Some("connection.credential_lost"));
}

db_test! {
    async fn values_swapped_between_tenants_open_for_neither(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &["110220330440551"]).await;
        let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        app.choose(&eve, &theirs, &["190638523274551"]).await;
        let (one, two) = (hers.connection.unwrap().id, theirs.connection.unwrap().id);
        swap(app, &one, &two).await;
        lost(app, &ada, &one).await;
        lost(app, &eve, &two).await;

        // Reconnecting mends it.
        let begun = app.begin_again(&ada, &one).await;
        app.finished(&ada, &begun, &Consent::everything()).await;
        let report = connect::check_connection(&app.services, &ada.actor, &one).await.unwrap();
        assert_eq!((report.proven, report.problem), (1, None));
    }
}

db_test! {
    async fn values_swapped_within_a_tenant_open_for_neither(app: &TestApp) {
        let ada = app.owner("ada").await;
        let one = app.connected(&ada).await.connection.unwrap().id;
        let second = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &second, &["110220330440551"]).await;
        let two = second.connection.unwrap().id;
        swap(app, &one, &two).await;
        lost(app, &ada, &one).await;
        lost(app, &ada, &two).await;
    }
}

db_test! {
    async fn a_lost_page_token_is_a_matter_of_its_page(app: &TestApp, Setup::world(World::corner_shop())) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.storage.tamper("UPDATE credentials SET sealed = 'v1.k1.AAAA' WHERE kind = 'page'").await;
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (5, 3, None));
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let page = overview.assets.iter().find(|status| status.asset.meta_id == "110220330440551").unwrap();
        assert_eq!(page.ladder.problem().unwrap().1.code, "asset.no_page_token");
    }
}

db_test! {
    async fn a_token_that_is_lost_before_it_is_applied_ends_the_attempt(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.storage.tamper("UPDATE credentials SET sealed = 'v1.gone.AAAA'").await;
        app.choose(&ada, &view, &["110220330440551"]).await;
        assert_eq!(app.view(&ada, &view.id).await.phase, server::db::attempts::Phase::Done);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].problem.as_ref().unwrap().code, "connection.credential_lost");
    }
}
