//! How often Meta is asked when a choice is applied, and with which token.

use std::{pin::pin, time::Duration};

use server::{
    connect::{self, status},
    db::{attempts::Phase, connections::ConnectionStatus},
};
use simulator::{Consent, Effect, Fault, PhoneNumber, Revocation, World};

use crate::support::{Person, Setup, TestApp, ids_of, usable};

const LUCIA: &str = "10215550001110001";
const PAGE: &str = "110220330440551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// The shop with twenty numbers.
fn twenty_numbers() -> Setup {
    let mut world = World::corner_shop();
    let first = world.phone_numbers.remove(0);
    let number = |n: usize| PhoneNumber {
        id: format!("1906385232745{n:02}"),
        display_phone_number: format!("+34 600 555 5{n:02}"),
        ..first.clone()
    };
    world.phone_numbers = (0..20).map(number).collect();
    Setup::world(world)
}

/// What Meta was asked about assets, sorted: method and path, without the version. A batch has no path.
fn asked(app: &TestApp) -> Vec<String> {
    let requests = app.meta().requests().into_iter().filter(|request| !request.path.ends_with("/subscriptions"));
    let line = |request: simulator::RecordedRequest| {
        let path = request.path.splitn(3, '/').nth(2).unwrap().to_owned();
        format!("{} {path}", request.method)
    };
    let mut asked: Vec<String> = requests.map(line).collect();
    asked.sort();
    asked
}

/// Whether everything that is chosen is proven, and nothing waits.
async fn proven(app: &TestApp, who: &Person) -> bool {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    overview.assets.iter().all(|status| !status.asset.pending && status.ladder.problem().is_none())
        && overview.assets.iter().any(|status| status.asset.subscribed_at.is_some())
}

db_test! {
    async fn what_receives_through_the_same_is_subscribed_once_and_not_again(app: &TestApp, twenty_numbers()) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let all = usable(&view);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        app.meta().clear_requests();
        assert_eq!(app.choose(&ada, &view, &all).await, 24, "a Page, Instagram, an account with 20 numbers, ads");
        let page = |method: &str| format!("{method} {PAGE}/subscribed_apps");
        let account = |method: &str| format!("{method} {ACCOUNT}/subscribed_apps");
        // The numbers are read in one request, what is only read in another.
        let expected = [account("GET"), page("GET"), "POST ".into(), "POST ".into(), account("POST"), page("POST")];
        assert_eq!(asked(app), expected);
        assert!(proven(app, &ada).await);

        // The same choice once more is proven already.
        let again = app.discovered(&ada).await;
        app.meta().clear_requests();
        assert_eq!(app.choose(&ada, &again, &all).await, 24);
        assert_eq!(asked(app), Vec::<String>::new());
        assert_eq!(app.view(&ada, &again.id).await.phase, Phase::Done);
        assert!(proven(app, &ada).await);
    }
}

db_test! {
    async fn a_number_that_has_to_be_registered_by_now_is_when_it_is_chosen_again(app: &TestApp) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        app.meta().edit_world(|world| {
            world.phone_numbers[0].platform_type = "NOT_APPLICABLE".into();
            world.phone_numbers[0].status = "PENDING".into();
        }).unwrap();
        let again = app.discovered(&ada).await;
        app.meta().clear_requests();
        app.choose(&ada, &again, &[NUMBER]).await;
        assert_eq!(asked(app), [format!("POST {NUMBER}/register")]);
    }
}

db_test! {
    async fn a_number_that_meta_does_not_show_any_more_is_told_apart_from_the_others(app: &TestApp, twenty_numbers()) {
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let all = usable(&view);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        app.meta().edit_world(|world| world.phone_numbers.truncate(19)).unwrap();
        app.choose(&ada, &view, &all).await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let lost: Vec<_> = overview.assets.iter().filter(|status| status.ladder.problem().is_some()).collect();
        assert_eq!(lost.iter().map(|status| status.asset.meta_id.as_str()).collect::<Vec<_>>(), ["190638523274519"]);
        assert_eq!(lost[0].ladder.problem().unwrap().1.code, "asset.not_visible");
    }
}

db_test! {
    async fn the_refusal_of_a_token_that_was_replaced_meanwhile_breaks_nothing(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let id = view.connection.as_ref().unwrap().id.clone();
        connect::choose(&app.services, &ada.actor, &view.id, &ids_of(&view, &[NUMBER])).await.unwrap();
        let old = app.meta().tokens().into_iter().rfind(|token| token.kind == "user_long").unwrap().fingerprint;
        // Meta takes its time. Meanwhile Lucía confirms again, and the token that it was asked with ends.
        let path = format!("/{ACCOUNT}/subscribed_apps");
        let held = app.meta().set_fault(Fault::new(Effect::Hold).on_path(&path).on_method("POST"));
        {
            let mut applying = pin!(app.run_jobs());
            while !app.meta().requests().iter().any(|request| request.path.ends_with(&path)) {
                assert!(futures::poll!(applying.as_mut()).is_pending(), "it ended before Meta was asked");
                tokio::task::yield_now().await;
            }
            let begun = app.begin_again(&ada, &id).await;
            app.finished(&ada, &begun, &Consent::everything()).await;
            assert!(app.meta().revoke(&old, Revocation::Expired));
            app.meta().remove_fault(held);
            applying.await;
        }
        app.idle().await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Connected);
        assert_eq!(app.subscribed(), [ACCOUNT], "it is asked again with the new one");
        assert!(proven(app, &ada).await);
    }
}

db_test! {
    async fn what_is_pending_waits_for_a_token_that_works_and_not_longer(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let id = view.connection.as_ref().unwrap().id.clone();
        connect::choose(&app.services, &ada.actor, &view.id, &ids_of(&view, &[NUMBER])).await.unwrap();
        app.meta().revoke_person(LUCIA, Revocation::PasswordChanged);
        app.idle().await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Error);
        assert!(overview.assets.iter().all(|status| status.asset.pending));
        let refused = async || app.see("SELECT id FROM connection_log WHERE kind = 'refused'").await.len();
        let (calls, lines) = (app.meta().call_count(), refused().await);
        for _ in 0..3 {
            app.advance(Duration::from_secs(3600));
            connect::resume_applying(&app.services).await.unwrap();
            assert_eq!(app.run_jobs().await, 0, "it would be refused again");
        }
        assert_eq!((app.meta().call_count(), refused().await), (calls, lines));

        let begun = app.begin_again(&ada, &id).await;
        app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!(app.subscribed(), [ACCOUNT], "confirming again goes on with it at once");
        assert!(proven(app, &ada).await);
    }
}

db_test! {
    async fn a_page_whose_own_token_was_refused_is_tried_once_more_with_the_next_grant(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let view = app.discovered(&ada).await;
        let id = view.connection.as_ref().unwrap().id.clone();
        connect::choose(&app.services, &ada.actor, &view.id, &ids_of(&view, &[PAGE])).await.unwrap();
        let own = app.meta().tokens().into_iter().rfind(|token| token.page.as_deref() == Some(PAGE)).unwrap();
        assert!(app.meta().revoke(&own.fingerprint, Revocation::RoleLost));
        app.idle().await;
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Connected, "it died alone");
        let page = &overview.assets[0];
        assert_eq!(page.ladder.problem().unwrap().1.code, "meta.token.page_role_lost");
        assert!(!page.asset.pending && app.subscribed().is_empty());
        app.advance(Duration::from_secs(3600));
        connect::resume_applying(&app.services).await.unwrap();
        assert_eq!(app.run_jobs().await, 0, "it would be refused again");

        let begun = app.begin_again(&ada, &id).await;
        app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!(app.subscribed(), [PAGE], "the new grant brought another token of it");
        assert!(proven(app, &ada).await);
    }
}
