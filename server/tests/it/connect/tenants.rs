//! Two tenants that reach for the same assets at Meta.

use std::{future::Future, pin::Pin, time::Duration};

use server::{
    connect::{self, status},
    db::attempts::Phase,
    error::Error,
};
use simulator::{Consent, Effect, Fault};

use crate::support::{Person, TestApp, ids_of};

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

/// Follows `work` until Meta has been asked to end a subscription, and, where `carried_out`, until it has.
async fn until_unsubscribing(app: &TestApp, work: &mut Pin<&mut impl Future<Output = usize>>, carried_out: bool) {
    let asked = || {
        let requests = app.meta().requests();
        requests.iter().any(|request| request.method == "DELETE" && (request.ended.is_some() || !carried_out))
    };
    while !asked() {
        // Once Meta is about to carry it out, the work stands still, as that of a process that dies.
        if !carried_out {
            assert!(futures::poll!(work.as_mut()).is_pending(), "it ended before Meta was asked");
        }
        tokio::task::yield_now().await;
    }
}

/// Whether a person's chosen assets are all proven to be subscribed.
async fn proven(app: &TestApp, who: &Person) -> bool {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    overview.assets.iter().all(|status| status.asset.subscribed_at.is_some() && status.ladder.problem().is_none())
}

db_test! {
    async fn who_claims_a_page_while_it_is_unsubscribed_has_it_subscribed(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE, NUMBER]).await;
        for dies in [false, true] {
            // Ada leaves the Page, and Meta takes its time to unsubscribe it.
            let left = app.discovered(&ada).await;
            connect::choose(&app.services, &ada.actor, &left.id, &ids_of(&left, &[NUMBER])).await.unwrap();
            let held = app.meta().set_fault(Fault::new(Effect::Hold).on_method("DELETE").on_edge("subscribed_apps"));
            let theirs = {
                let mut leaving = std::pin::pin!(app.run_jobs());
                until_unsubscribing(app, &mut leaving, false).await;
                // Meanwhile Eve connects it.
                let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
                app.choose(&eve, &theirs, &[PAGE]).await;
                assert!(app.subscribed().contains(&PAGE.to_owned()));
                app.meta().remove_fault(held);
                if dies {
                    until_unsubscribing(app, &mut leaving, true).await;
                } else {
                    leaving.await;
                }
                theirs
            };
            if dies {
                assert!(!app.subscribed().contains(&PAGE.to_owned()), "Meta has carried it out");
                app.advance(Duration::from_secs(61));
            }
            app.idle().await;
            assert!(app.subscribed().contains(&PAGE.to_owned()), "dies: {dies}");
            assert!(proven(app, &eve).await && proven(app, &ada).await);

            // As it was before, for the other way.
            let id = theirs.connection.unwrap().id;
            app.disconnect(&eve, &id).await;
            let back = app.discovered(&ada).await;
            app.choose(&ada, &back, &[PAGE, NUMBER]).await;
            app.meta().clear_requests();
        }
    }
}

db_test! {
    async fn who_claims_a_page_while_its_connection_is_taken_apart_has_it_subscribed(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let hers = app.discovered(&ada).await;
        let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &hers, &[PAGE]).await;
        let held = app.meta().set_fault(Fault::new(Effect::Hold).on_method("DELETE").on_edge("subscribed_apps"));
        let id = hers.connection.as_ref().unwrap().id.clone();
        connect::disconnect(&app.services, &ada.actor, &id, connect::DisconnectChoices::default(), "").await.unwrap();
        let mut leaving = std::pin::pin!(app.run_jobs());
        until_unsubscribing(app, &mut leaving, false).await;
        connect::choose(&app.services, &eve.actor, &theirs.id, &ids_of(&theirs, &[PAGE])).await.unwrap();
        app.run_jobs().await;
        app.meta().remove_fault(held);
        leaving.await;
        app.idle().await;
        assert_eq!(app.subscribed(), [PAGE]);
        assert!(proven(app, &eve).await);
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
        not_found!(connect::continue_without(services, actor, &choosing.id));
        not_found!(connect::move_here(services, actor, &choosing.id, &chosen[0]));
        not_found!(connect::check_connection(services, actor, &connection));
        not_found!(connect::plan_disconnect(services, actor, &connection));
        not_found!(connect::disconnect(services, actor, &connection, connect::DisconnectChoices::default(), ""));
        not_found!(connect::view_disconnection(services, actor, &connection));
        not_found!(connect::retry_disconnect(services, actor, &connection));
        let popup = connect::PopupOutcome::Cancelled;
        not_found!(connect::report_popup(services, actor, &eve.session, &hers.id, popup));
        not_found!(connect::try_again(services, actor, &chosen[0]));
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
