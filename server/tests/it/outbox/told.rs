//! What is told, when, and that it is written as `docs/EVENTS.md` says it.

use std::{collections::BTreeMap, time::Duration};

use serde_json::Value;
use server::{
    connect::{check_connection, move_here, plan_upkeep, warn_of_ends},
    db::{asset_health, assets, connections, credentials, disconnections},
    event::EventType,
    ids::ConnectionId,
    outbox,
};
use simulator::{Consent, Revocation};

use super::{endpoint, endpoint_for};
use crate::support::{Person, Received, Receiver, SAID, TestApp, ids_of};

const DOCS: &str = include_str!("../../../../docs/EVENTS.md");
const LUCIA: &str = "10215550001110001";
const DAY: Duration = Duration::from_secs(86_400);

/// The examples of the documentation, by type.
fn examples() -> BTreeMap<String, Value> {
    let blocks = DOCS.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|block| {
            let example: Value = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}"));
            (example["type"].as_str().unwrap().to_owned(), example)
        })
        .collect()
}

/// Whether both have the same fields with values of the same kinds; a null stands for any.
fn alike(place: &str, one: &Value, other: &Value) {
    match (one, other) {
        (Value::Null, _) | (_, Value::Null) => {}
        // What is known differs from kind to kind of asset.
        (Value::Object(_), Value::Object(_)) if place.ends_with(".health") => {}
        (Value::Object(one), Value::Object(other)) => {
            assert!(one.keys().eq(other.keys()), "{place}: {:?} and {:?}", one.keys(), other.keys());
            for (key, value) in one {
                alike(&format!("{place}.{key}"), value, &other[key]);
            }
        }
        (Value::String(one), Value::String(other)) => {
            let stamp = |text: &str| text.parse::<jiff::Timestamp>().is_ok();
            assert_eq!(stamp(one), stamp(other), "{place}: {one} and {other}");
            let id =
                |text: &str| text.split_once('_').filter(|(_, id)| id.len() == 32).map(|(prefix, _)| prefix.to_owned());
            assert_eq!(id(one), id(other), "{place}: {one} and {other}");
        }
        (one, other) => {
            assert_eq!(std::mem::discriminant(one), std::mem::discriminant(other), "{place}: {one} and {other}");
        }
    }
}

async fn warn(app: &TestApp) {
    warn_of_ends(&app.services).await.unwrap();
    app.run_jobs().await;
    app.send_events().await;
}

async fn confirm_again(app: &TestApp, who: &Person, id: &ConnectionId) {
    let begun = app.begin_again(who, id).await;
    app.finished(who, &begun, &Consent::everything()).await;
    app.send_events().await;
}

/// The end of the only connection.
async fn ends_in(app: &TestApp, wait: Duration) {
    let end = app.clock.now().plus(wait).as_millis();
    app.storage.tamper(&format!("UPDATE connections SET expires_at = {end}")).await;
}

/// What Meta says of the first chosen asset.
async fn health(app: &TestApp, who: &Person, id: &ConnectionId, state: &str) {
    let all = assets::list_by_connection(app.services.db(), who.tenant(), id).await.unwrap();
    let asset = all.into_iter().find(|asset| asset.selected).unwrap().id;
    let states = [(asset, state.to_owned())];
    asset_health::record(app.services.db(), who.tenant(), &states, app.clock.now()).await.unwrap();
    app.send_events().await;
}

fn last(receiver: &Receiver) -> Received {
    receiver.received().pop().unwrap()
}

db_test! {
    async fn the_life_of_a_connection_is_told_as_documented(app: &TestApp) {
        app.expect_refusals();
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (endpoint, secret) = endpoint(app, &ada.actor, &receiver.url).await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.send_events().await;
        assert_eq!(receiver.kinds(), ["connection.connected"]);
        assert_eq!(last(&receiver).json()["data"]["again"], false);

        // Meta refuses it, which is told once, and takes it again.
        app.meta().revoke_person(LUCIA, Revocation::PasswordChanged);
        for _ in 0..2 {
            check_connection(&app.services, &ada.actor, &id).await.unwrap();
            app.advance(Duration::from_secs(1));
        }
        app.send_events().await;
        assert_eq!(receiver.kinds()[1..], ["connection.refused"]);
        let refused = last(&receiver).json();
        assert_eq!(refused["data"]["problem"]["code"], "meta.token.password_changed");
        assert_eq!((refused["data"]["connection"]["status"].as_str(), refused["data"]["connection"]["id"].as_str()), (Some("error"), Some(id.as_str())));
        warn(app).await;
        assert_eq!(receiver.received().len(), 2, "the warning of it is no second event");
        confirm_again(app, &ada, &id).await;
        assert_eq!(receiver.kinds()[2..], ["connection.connected"]);
        assert_eq!(last(&receiver).json()["data"]["again"], true);

        // Confirmed again while it works, and renewed by itself.
        app.advance(Duration::from_secs(1));
        confirm_again(app, &ada, &id).await;
        assert_eq!(receiver.kinds()[3..], ["connection.renewed"]);
        assert_eq!(last(&receiver).json()["data"]["by_itself"], false);
        app.advance(DAY * 45);
        app.storage.tamper("UPDATE connections SET look_at = 0").await;
        plan_upkeep(&app.services).await.unwrap();
        app.run_jobs().await;
        app.send_events().await;
        assert_eq!(receiver.kinds()[4..], ["connection.renewed"]);
        assert_eq!(last(&receiver).json()["data"]["by_itself"], true);

        // It ends.
        ends_in(app, DAY * 15).await;
        for stage in [14, 7, 3, 1] {
            let left: i64 = app.see("SELECT CAST(expires_at AS TEXT) FROM connections").await[0].parse().unwrap();
            let left = Duration::from_millis(u64::try_from(left - app.clock.now().as_millis()).unwrap());
            app.advance(left - DAY * stage);
            warn(app).await;
            warn(app).await;
            let told = last(&receiver).json();
            assert_eq!((told["type"].as_str(), told["data"]["stage"].as_u64()), (Some("connection.expiring"), Some(u64::from(stage))));
        }
        app.advance(DAY);
        warn(app).await;
        assert_eq!(receiver.kinds()[5..], ["connection.expiring", "connection.expiring", "connection.expiring", "connection.expiring", "connection.expired"]);

        // What Meta says of an asset: first known, seen again, changed.
        app.storage.tamper("DELETE FROM asset_health").await;
        for (minute, state) in ["GREEN", "GREEN", "YELLOW"].into_iter().enumerate() {
            app.advance(Duration::from_secs(60 * minute as u64));
            health(app, &ada, &id, &format!(r#"{{"quality_rating":"{state}"}}"#)).await;
        }
        assert_eq!(receiver.kinds()[10..], ["asset.health_changed"]);
        assert_eq!(last(&receiver).json()["data"]["health"]["quality_rating"], "YELLOW");

        outbox::send_test(&app.services, &ada.actor, &endpoint).await.unwrap();
        app.disconnect(&ada, &id).await;
        app.send_events().await;
        let mut kinds = receiver.kinds()[11..].to_vec();
        kinds.sort_unstable();
        assert_eq!(kinds, ["connection.disconnected", "endpoint.test"]);

        // Each is as documented, and of each type there was one.
        let examples = examples();
        let mut seen: Vec<String> = receiver.kinds();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, examples.keys().cloned().collect::<Vec<_>>());
        let kinds = EventType::ALL.into_iter().chain([EventType::EndpointTest]);
        let mut known: Vec<&str> = kinds.map(EventType::as_str).collect();
        known.sort_unstable();
        assert_eq!(seen, known);
        let name = app.see("SELECT meta_user_name FROM connections").await.remove(0);
        for one in receiver.received() {
            alike(&one.kind(), &examples[&one.kind()], &one.json());
            assert_eq!(one.signatures_by(&secret), 1);
            assert!(!one.body.contains("EAA") && !one.body.contains(&app.app_secret()) && !one.body.contains(&name), "{}", one.body);
            let happened: jiff::Timestamp = one.json()["timestamp"].as_str().unwrap().parse().unwrap();
            let sent: i64 = one.header("webhook-timestamp").parse().unwrap();
            assert!((0..=60).contains(&(sent - happened.as_second())), "one says when it happened, the other when it was sent");
        }
    }
}

db_test! {
    async fn each_endpoint_hears_what_it_asked_for_and_no_tenant_hears_of_another(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (all, some, none, foreign) = (Receiver::start().await, Receiver::start().await, Receiver::start().await, Receiver::start().await);
        endpoint(app, &ada.actor, &all.url).await;
        endpoint_for(app, &ada.actor, &some.url, Some(&["connection.connected", "asset.health_changed"])).await;
        endpoint_for(app, &ada.actor, &none.url, Some(&["connection.expiring"])).await;
        endpoint(app, &eve.actor, &foreign.url).await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.disconnect(&ada, &id).await;
        app.send_events().await;
        let mut kinds = all.kinds();
        kinds.sort_unstable();
        assert_eq!(kinds, ["connection.connected", "connection.disconnected"]);
        assert_eq!(some.kinds(), ["connection.connected"]);
        assert!(none.received().is_empty() && foreign.received().is_empty());
        assert_eq!(some.received()[0].id(), all.received().iter().find(|one| one.kind() == "connection.connected").unwrap().id(), "one event has one id");
    }
}

db_test! {
    async fn where_nobody_listens_nothing_is_written(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (id, _) = endpoint(app, &ada.actor, "https://hooks.example.com/").await;
        app.storage.tamper("UPDATE webhook_endpoints SET disabled_at = 1").await;
        let connection = app.connected(&ada).await.connection.unwrap().id;
        app.disconnect(&ada, &connection).await;
        assert!(app.see("SELECT id FROM outgoing_events").await.is_empty());
        assert_eq!(outbox::get_endpoint(&app.services, &ada.actor, &id).await.unwrap().counts, None);
    }
}

db_test! {
    async fn an_event_stands_exactly_when_its_fact_does(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        endpoint_for(app, &ada.actor, &receiver.url, Some(&["connection.disconnected", "connection.refused"])).await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let (db, now) = (app.services.db(), app.clock.now());
        let status = || async { app.see("SELECT status FROM connections").await.remove(0) };
        // What comes last in the transaction fails: nothing of it is left.
        app.storage.tamper("ALTER TABLE audit_heads RENAME TO hidden").await;
        let who = ((&ada.actor.user_id, "ada"), now);
        disconnections::insert(db, ada.tenant(), &id, who, &[], &[*SAID], now).await.unwrap_err();
        app.storage.tamper("ALTER TABLE hidden RENAME TO audit_heads").await;
        assert_eq!((status().await.as_str(), app.see("SELECT id FROM outgoing_events").await.len()), ("connected", 0));
        // The event cannot be written: nor is what it tells of.
        app.storage.tamper("ALTER TABLE outgoing_events RENAME TO hidden").await;
        let main = credentials::find_main(db, ada.tenant(), &id).await.unwrap().unwrap().id;
        connections::mark_refused(db, ada.tenant(), &id, Some(&main), "{}", now).await.unwrap_err();
        disconnections::insert(db, ada.tenant(), &id, who, &[], &[*SAID], now).await.unwrap_err();
        app.storage.tamper("ALTER TABLE hidden RENAME TO outgoing_events").await;
        assert_eq!((status().await.as_str(), app.see("SELECT id FROM outgoing_events").await.len()), ("connected", 0));
        connections::mark_refused(db, ada.tenant(), &id, Some(&main), "{}", now).await.unwrap();
        assert_eq!(app.see("SELECT kind FROM outgoing_events").await, ["connection.refused"]);
        app.send_events().await;
        assert_eq!(receiver.received()[0].json()["data"]["problem"], Value::Null, "a problem that cannot be read is left out");
    }
}

db_test! {
    async fn what_is_erased_of_a_person_takes_its_events_along(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        endpoint(app, &ada.actor, &receiver.url).await;
        app.connected(&ada).await;
        assert_eq!(app.see("SELECT kind FROM outgoing_events").await, ["connection.connected"]);
        app.advance(Duration::from_secs(60));
        let payload = serde_json::json!({ "algorithm": "HMAC-SHA256", "issued_at": app.clock.now().as_seconds(), "user_id": LUCIA });
        let request = crate::compliance::signed(&app.app_secret(), &payload);
        assert_eq!(crate::compliance::send(app, "/meta/data-deletion", &request).await.status, 200);
        assert_eq!(app.see("SELECT kind FROM outgoing_events").await, ["connection.disconnected"]);
        app.send_events().await;
        assert_eq!(receiver.kinds(), ["connection.disconnected"]);
    }
}

db_test! {
    async fn a_connection_whose_first_asset_was_taken_over_is_told_of(app: &TestApp) {
        const PAGE: &str = "110220330440551";
        let (ada, eve, receiver) = (app.owner("ada").await, app.owner("eve").await, Receiver::start().await);
        endpoint(app, &eve.actor, &receiver.url).await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE]).await;
        let theirs = app.discovered_with(&eve, &Consent::everything().by("10215550001110002")).await;
        let page = ids_of(&theirs, &[PAGE]).remove(0);
        assert_eq!(move_here(&app.services, &eve.actor, &theirs.id, &page).await.unwrap(), 1);
        app.idle().await;
        app.send_events().await;
        assert_eq!(receiver.kinds(), ["connection.connected"]);
        assert_eq!(last(&receiver).json()["data"]["again"], false);
    }
}
