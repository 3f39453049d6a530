//! Live progress over HTTP.

use server::db::attempts::Phase;
use simulator::Consent;

use crate::support::TestApp;

/// The data of each event of a stream, as JSON.
fn events(body: &str) -> Vec<serde_json::Value> {
    body.lines().filter_map(|line| line.strip_prefix("data: ")).map(json).collect()
}

fn json(data: &str) -> serde_json::Value {
    serde_json::from_str(data).unwrap()
}

db_test! {
    async fn a_watcher_hears_how_it_goes_on_until_a_person_is_asked(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        let path = format!("/events?attempt={}", begun.attempt);
        let mut stream = ada.browser.listen(&path).await;
        let first = json(&stream.next().await.unwrap().data);
        assert_eq!(first["phase"], "waiting");
        app.come_back(&ada, &back).await;
        let events: Vec<_> = stream.rest().await.iter().map(|(_, data)| json(data)).collect();
        let last = events.last().unwrap();
        assert_eq!((&last["phase"], &last["pages"], &last["numbers"]), (&"choosing".into(), &1.into(), &1.into()));
        for kind in ["businesses", "pages", "instagram", "wabas", "numbers", "ad_accounts"] {
            let counts: Vec<_> = events.iter().map(|event| event[kind].as_u64().unwrap()).collect();
            assert!(counts.is_sorted(), "{kind}: {counts:?}");
        }
    }
}

db_test! {
    async fn a_watcher_hears_of_the_applied(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let chosen = crate::support::ids_of(&view, &["110220330440551", "190638523274551"]);
        server::connect::choose(&app.services, &ada.actor, &view.id, &chosen).await.unwrap();
        let path = format!("/events?attempt={}", view.id);
        let (stream, ()) = tokio::join!(ada.browser.get(&path), app.idle());
        let events = events(&stream.body);
        assert_eq!(events[events.len() - 1]["phase"], "done");
        assert!(events.iter().all(|event| event["applied"].as_u64() <= event["chosen"].as_u64()), "{events:?}");
    }
}

db_test! {
    async fn an_ended_attempt_is_one_event(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        app.finished(&ada, &begun, &Consent::cancel()).await;
        let stream = ada.browser.get(&format!("/events?attempt={}", begun.attempt)).await;
        let phases: Vec<_> = events(&stream.body).into_iter().map(|event| event["phase"].clone()).collect();
        assert_eq!(phases, ["cancelled"]);
        assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Cancelled);
    }
}

db_test! {
    async fn strangers_hear_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let begun = app.begin(&ada).await;
        let path = format!("/events?attempt={}", begun.attempt);
        let foreign = eve.browser.get(&path).await;
        assert_eq!((foreign.status, foreign.code().as_str()), (404, "not_found"));
        for wrong in ["att_0", "", "con_019e82a03d00700484caa8cd7b63c7cb"] {
            let unknown = ada.browser.get(&format!("/events?attempt={wrong}")).await;
            assert_eq!((unknown.status, unknown.code().as_str()), (404, "not_found"));
        }
        let stranger = app.visitor().get(&path).await;
        assert_eq!((stranger.status, stranger.code().as_str()), (401, "signed_out"));
        let agent = app.member(&ada, "bob", server::accounts::Role::Agent).await;
        let agent = agent.browser.get(&path).await;
        assert_eq!((agent.status, agent.code().as_str()), (403, "forbidden"));
    }
}
