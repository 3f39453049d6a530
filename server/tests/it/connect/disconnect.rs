//! Taking connections apart.

use server::{
    connect::{self, status},
    db::{
        attempts::Phase,
        connections::ConnectionStatus,
        credentials,
        disconnections::{StepKind, StepState},
    },
    error::Error,
    observe,
};
use simulator::Consent;

use crate::support::{Person, TestApp, describe, ids_of};

const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// The connection log, sorted: assets are asked about side by side, and what comes first is chance.
async fn log(app: &TestApp, who: &Person) -> String {
    let entries = observe::list_log(&app.services, &who.actor, None, false).await.unwrap();
    let lines = entries.into_iter().map(|entry| {
        let about = entry.asset_name.map(|name| format!("{name}: ")).unwrap_or_default();
        format!("{:?} {} {about}{}\n", entry.outcome, entry.kind, entry.sentence)
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.concat()
}

db_test! {
    async fn disconnecting_unsubscribes_drops_tokens_and_keeps_the_log(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let plan = connect::plan_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        let planned: Vec<_> = plan.steps.iter().map(|step| (step.kind, step.name.as_str())).collect();
        assert_eq!(
            planned,
            [
                (StepKind::Unsubscribe, "Brasa Café"),
                (StepKind::ClearOverride, "Brasa Café"),
                (StepKind::ClearOverride, "+34 600 555 551"),
                (StepKind::Unsubscribe, "Brasa Café"),
                (StepKind::Deregister, "+34 600 555 551"),
                (StepKind::Revoke, "Lucía Brasa"),
                (StepKind::DropTokens, "Lucía Brasa"),
                (StepKind::Erase, "Brasa Café"),
                (StepKind::Erase, "@brasacafe"),
                (StepKind::Erase, "Brasa Café"),
                (StepKind::Erase, "+34 600 555 551"),
            ]
        );
        app.disconnect(&ada, &id).await;

        assert_eq!(app.subscribed(), Vec::<String>::new());
        assert!(credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap().is_empty());
        assert_eq!(app.storage.rows().await.get("routes"), None);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        insta::assert_snapshot!("disconnected_overview", describe::overview(&overview));
        insta::assert_snapshot!("disconnected_log", log(app, &ada).await);
        let again = connect::disconnect(&app.services, &ada.actor, &id, connect::DisconnectChoices::default(), "").await;
        assert!(matches!(again, Err(Error::NotFound("connection"))), "{again:?}");
        let check = connect::check_connection(&app.services, &ada.actor, &id).await;
        assert!(matches!(check, Err(Error::NotFound("connection"))), "{check:?}");
    }
}

db_test! {
    async fn siblings_keep_what_they_receive_through(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.discovered(&ada).await;
        app.choose(&ada, &first, &[PAGE, NUMBER]).await;
        let second = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &second, &[INSTAGRAM]).await;

        let id = first.connection.unwrap().id;
        let plan = connect::plan_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        let page = plan.steps.iter().find(|step| step.kind == StepKind::Unsubscribe && step.meta_id == PAGE).unwrap();
        assert_eq!(page.state, StepState::Skipped, "{:?}", plan.steps);
        app.disconnect(&ada, &id).await;
        assert_eq!(app.subscribed(), [PAGE], "the account went, the Page stays for the Instagram account");
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.assets.len(), 1);
        assert!(overview.assets[0].asset.subscribed_at.is_some());

        app.disconnect(&ada, &second.connection.unwrap().id).await;
        assert_eq!(app.subscribed(), Vec::<String>::new());
    }
}

db_test! {
    async fn two_connections_with_a_number_each_share_an_account(app: &TestApp) {
        app.meta().edit_world(|world| {
            let mut second = world.phone_numbers[0].clone();
            second.id = "190638523274552".into();
            second.display_phone_number = "+34 600 555 552".into();
            world.phone_numbers.push(second);
        }).unwrap();
        let ada = app.owner("ada").await;
        let first = app.discovered(&ada).await;
        app.choose(&ada, &first, &[NUMBER]).await;
        let second = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &second, &["190638523274552"]).await;

        app.disconnect(&ada, &second.connection.unwrap().id).await;
        assert_eq!(app.subscribed(), [ACCOUNT]);
        app.disconnect(&ada, &first.connection.unwrap().id).await;
        assert_eq!(app.subscribed(), Vec::<String>::new());
    }
}

db_test! {
    async fn other_tenants_keep_what_they_have(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE]).await;
        let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        app.choose(&eve, &theirs, &[INSTAGRAM, NUMBER]).await;
        app.disconnect(&eve, &theirs.connection.unwrap().id).await;
        assert_eq!(app.subscribed(), [PAGE]);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(overview.assets[0].asset.subscribed_at.is_some());
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Connected);
    }
}

db_test! {
    async fn after_it_the_same_person_connects_anew(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await.connection.unwrap().id;
        app.disconnect(&ada, &first).await;
        let again = app.connected(&ada).await;
        assert_ne!(again.connection.unwrap().id, first);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
    }
}

db_test! {
    async fn an_attempt_that_still_chooses_is_over_with_its_connection(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.disconnect(&ada, &view.connection.as_ref().unwrap().id).await;
        let chosen = ids_of(&view, &[PAGE]);
        let refused = connect::choose(&app.services, &ada.actor, &view.id, &chosen).await;
        app.idle().await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "connection.disconnected"), "{refused:?}");
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Cancelled);
        assert_eq!(connect::find_unfinished(&app.services, &ada.actor).await.unwrap(), None);
        let again = connect::read_assets_again(&app.services, &ada.actor, &view.id).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        assert_eq!(app.storage.rows().await.get("routes"), None);
        assert_eq!(app.subscribed(), Vec::<String>::new());
    }
}

db_test! {
    async fn reading_that_ends_after_it_brings_nothing_back(app: &TestApp) {
        let ada = app.owner("ada").await;
        let begun = app.begin(&ada).await;
        // The person disconnects while the assets are still being read.
        app.meta().set_latency(std::time::Duration::from_millis(200));
        let back = app.answer_dialog(&begun, &Consent::everything());
        app.come_back(&ada, &back).await;
        let id = app.view(&ada, &begun.attempt).await.connection.unwrap().id;
        app.disconnect(&ada, &id).await;
        app.meta().set_latency(std::time::Duration::ZERO);
        app.idle().await;
        let phase = app.view(&ada, &begun.attempt).await.phase;
        assert!(matches!(phase, Phase::Failed | Phase::Cancelled), "{phase:?}");
        let rows = app.storage.rows().await;
        assert_eq!((rows.get("credentials"), rows.get("routes")), (None, None));
    }
}
