//! Two tenants that reach for the same assets at Meta.

use server::{
    connect::{self, status},
    db::attempts::Phase,
    error::Error,
};
use simulator::Consent;

use crate::support::{TestApp, ids_of};

const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";
const NUMBER: &str = "190638523274551";

/// Everything in the database but the counters of tries.
async fn without_limits(app: &TestApp) -> Vec<(String, String)> {
    let dump = app.storage.dump().await;
    dump.into_iter().filter(|(place, _)| !place.starts_with("rate_limits.")).collect()
}

db_test! {
    async fn what_one_holds_the_other_cannot_take_and_is_not_told_who(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE, NUMBER]).await;

        let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        let held: Vec<_> =
            theirs.assets.iter().filter(|row| row.held_elsewhere).map(|row| row.asset.meta_id.as_str()).collect();
        assert_eq!(held, [PAGE, "102290129340551", NUMBER]);

        let before = app.storage.dump().await;
        let calls = app.meta().call_count();
        let chosen = ids_of(&theirs, &[INSTAGRAM, "act_880770660550551", PAGE]);
        let refused = connect::choose(&app.services, &eve.actor, &theirs.id, &chosen).await.unwrap_err();
        app.idle().await;
        let Error::Conflict(why) = &refused else { panic!("{refused:?}") };
        assert_eq!((why.code.as_ref(), why.told(server::words::Language::En).what.as_str()), ("asset.held_elsewhere", "Brasa Café is already connected elsewhere."));
        let words = format!("{why:?}").to_lowercase();
        assert!(!words.contains("ada") && !words.contains(ada.tenant().as_str()), "{words}");
        assert_eq!(app.storage.dump().await, before, "what they could have had stays unsaved too");
        assert_eq!(app.meta().call_count(), calls);

        // Without it the choice goes through, and the first tenant keeps what it has.
        app.choose(&eve, &theirs, &[INSTAGRAM]).await;
        assert_eq!(app.view(&eve, &theirs.id).await.phase, Phase::Done);
        let hers = status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(hers.assets.iter().all(|status| status.asset.selected && status.asset.subscribed_at.is_some()));
    }
}

db_test! {
    async fn two_tenants_who_choose_at_once_do_not_both_get_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        let (her_choice, their_choice) = (ids_of(&hers, &[PAGE]), ids_of(&theirs, &[PAGE]));
        let (one, two) = tokio::join!(
            connect::choose(&app.services, &ada.actor, &hers.id, &her_choice),
            connect::choose(&app.services, &eve.actor, &theirs.id, &their_choice),
        );
        app.idle().await;
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|won| **won).count(), 1, "{one:?} {two:?}");
        assert_eq!(app.storage.rows().await["routes"], 1);
    }
}

db_test! {
    async fn everything_of_another_tenant_is_not_found(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.connected(&ada).await;
        let choosing = app.discovered(&ada).await;
        let connection = hers.connection.as_ref().unwrap().id.clone();
        let chosen = ids_of(&hers, &[PAGE]);
        let before = without_limits(app).await;
        let calls = app.meta().call_count();
        let (services, actor) = (&app.services, &eve.actor);
        macro_rules! not_found {
            ($outcome:expr) => {
                let outcome = $outcome.await.map(drop);
                assert!(matches!(outcome, Err(Error::NotFound(_))), "{outcome:?}");
            };
        }
        not_found!(connect::view_attempt(services, actor, &hers.id));
        not_found!(connect::view_progress(services, actor, &hers.id));
        not_found!(connect::read_assets_again(services, actor, &choosing.id));
        not_found!(connect::choose(services, actor, &choosing.id, &chosen));
        not_found!(connect::check_connection(services, actor, &connection));
        not_found!(connect::plan_disconnect(services, actor, &connection));
        not_found!(connect::disconnect(services, actor, &connection));
        let popup = connect::PopupOutcome::Cancelled;
        not_found!(connect::report_popup(services, actor, &eve.session, &hers.id, popup));
        not_found!(server::accounts::assign_location(services, actor, &chosen[0], None));
        assert!(connect::check_all(services, actor).await.unwrap().is_empty());
        assert!(connect::find_unfinished(services, actor).await.unwrap().is_none());
        let overview = status::overview(services, actor).await.unwrap();
        assert!(overview.assets.is_empty() && overview.connections.is_empty());
        assert!(server::observe::list_log(services, actor, None, false).await.unwrap().is_empty());
        app.idle().await;
        assert_eq!(without_limits(app).await, before);
        assert_eq!(app.meta().call_count(), calls);
    }
}
