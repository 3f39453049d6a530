//! Set-up links: somebody without an account connects their own assets, once.

use std::time::Duration;

use futures::FutureExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use server::{
    connect::{
        self, AttemptView,
        set_up_links::{self, Guest, Outstanding},
    },
    db::attempts::Phase,
    error::Error,
    live::Hint,
    observe,
    words::Language,
};
use simulator::Consent;

use crate::support::{Browser, Person, TestApp, ids_of};

const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const NUMBER: &str = "190638523274551";
const DAY: Duration = Duration::from_secs(86_400);

async fn made(app: &TestApp, who: &Person) -> SecretString {
    let made = set_up_links::make_link(&app.services, &who.actor, "Mateo of the agency", 7).await.unwrap();
    crate::support::link_token(&made.link)
}

/// A browser that opened the link and pressed the button; where Meta's dialog is, and the guest.
async fn begun(app: &TestApp, token: &SecretString) -> (Browser, Guest, connect::Begun) {
    let browser = app.visitor();
    let answer = browser.post(&format!("/test/guest?token={}", token.expose_secret())).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let (link, session): (server::ids::SetUpLinkId, String) = serde_json::from_str(&answer.body).unwrap();
    let guest = set_up_links::find_guest(&app.services, &link, &session).await.unwrap().unwrap();
    let begun = set_up_links::begin_as_guest(&app.services, &guest, "guest").await.unwrap();
    (browser, guest, begun)
}

/// The way to Meta and back; waits until the assets are read.
async fn confirmed(app: &TestApp, token: &SecretString, consent: &Consent) -> (Guest, AttemptView) {
    let (browser, guest, begun) = begun(app, token).await;
    let back = app.answer_dialog(&begun, consent);
    let answer = browser.get(back.as_str()).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, format!("/connect/{}", begun.attempt).as_str()),
        "{answer:?}"
    );
    app.idle().await;
    let view = connect::view_attempt(&app.services, &guest, &begun.attempt).await.unwrap();
    (guest, view)
}

async fn outstanding(app: &TestApp, who: &Person) -> Vec<Outstanding> {
    set_up_links::list_links(&app.services, &who.actor)
        .await
        .unwrap()
        .into_iter()
        .map(|listed| listed.outstanding)
        .collect()
}

fn refused_with(outcome: server::error::Result<impl std::fmt::Debug>) -> String {
    match outcome {
        Err(Error::Refused(why)) => {
            assert!(!why.told(Language::En).todo.is_empty(), "{why:?}");
            why.code.into_owned()
        }
        other => panic!("{other:?}"),
    }
}

db_test! {
    async fn a_guest_connects_and_the_owner_sees_what_is_outstanding(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = made(app, &ada).await;
        assert_eq!(outstanding(app, &ada).await, [Outstanding::Opening]);
        let mut watch = app.services.live().watch_tenant(ada.tenant(), None);
        let opened = set_up_links::open_link(&app.services, &token, None, "guest").await.unwrap();
        let heard = watch.changed().now_or_never();
        assert!(heard.is_some_and(|hints| hints.has(Hint::Asset)), "the list of links hears that it was opened");
        set_up_links::open_link(&app.services, &token, None, "guest").await.unwrap();
        assert_eq!(watch.changed().now_or_never(), None, "and of the first time alone");
        assert_eq!((opened.tenant_name.as_str(), opened.asked_by.as_str()), ("ada's business", "ada"));
        assert_eq!(outstanding(app, &ada).await, [Outstanding::Confirming]);
        let (guest, view) = confirmed(app, &token, &Consent::everything().by(MATEO)).await;
        assert_eq!(view.phase, Phase::Choosing);
        assert_eq!(outstanding(app, &ada).await, [Outstanding::Choosing], "coming back is not finishing");
        let chosen = ids_of(&view, &[PAGE, NUMBER]);
        assert_eq!(connect::choose(&app.services, &guest, &view.id, &chosen).await.unwrap(), 3);
        app.idle().await;
        assert_eq!(outstanding(app, &ada).await, [Outstanding::Nothing]);
        let listed = set_up_links::list_links(&app.services, &ada.actor).await.unwrap().remove(0);
        assert_eq!((listed.assets, listed.link.finished_at.is_some()), ((3, 0), true));

        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!((overview.assets.len(), overview.connections[0].connection.meta_user_name.as_str()), (3, "Mateo Brasa"));
        let audit = observe::list_audit(&app.services, &ada.actor, &Default::default()).await.unwrap();
        let mut actions: Vec<_> = audit.iter().map(|entry| (entry.action.as_str(), entry.actor_name.as_str())).collect();
        actions.reverse();
        let by_guest = "Mateo of the agency (set-up link)";
        assert_eq!(actions[1..], [
            ("set_up_link.created", "ada"),
            ("set_up_link.used", by_guest),
            ("connection.granted", by_guest),
            ("assets.chosen", by_guest),
        ]);
        let log = observe::list_log(&app.services, &ada.actor, None, false).await.unwrap();
        assert!(log.iter().any(|entry| entry.kind == "granted" && entry.sentence.contains("set-up link")), "{log:#?}");
    }
}

db_test! {
    async fn a_link_works_once_and_says_what_to_do_when_it_does_not(app: &TestApp) {
        let ada = app.owner("ada").await;
        let open = async |token: &SecretString| set_up_links::open_link(&app.services, token, None, "guest").await;
        assert_eq!(refused_with(open(&SecretString::from("nonsense")).await), "set_up.unknown");

        let used = made(app, &ada).await;
        let (guest, view) = confirmed(app, &used, &Consent::everything().by(MATEO)).await;
        assert_eq!(refused_with(open(&used).await), "set_up.used");
        // The browser that used it goes on, as long as nothing is chosen.
        assert!(set_up_links::begin_as_guest(&app.services, &guest, "guest").await.is_ok());
        connect::choose(&app.services, &guest, &view.id, &ids_of(&view, &[PAGE])).await.unwrap();
        app.idle().await;
        assert_eq!(refused_with(set_up_links::begin_as_guest(&app.services, &guest, "guest").await), "set_up.used");

        let ended = made(app, &ada).await;
        app.advance(7 * DAY);
        assert_eq!(refused_with(open(&ended).await), "set_up.expired");
        assert_eq!(outstanding(app, &ada).await[0], Outstanding::Expired);

        let withdrawn = set_up_links::make_link(&app.services, &ada.actor, "Otto", 1).await.unwrap();
        set_up_links::revoke_link(&app.services, &ada.actor, &withdrawn.id).await.unwrap();
        assert_eq!(refused_with(open(&crate::support::link_token(&withdrawn.link)).await), "set_up.withdrawn");
        let again = set_up_links::revoke_link(&app.services, &ada.actor, &withdrawn.id).await;
        assert!(matches!(again, Err(Error::NotFound(_))), "{again:?}");
    }
}

db_test! {
    async fn two_guests_of_one_link_do_not_both_connect(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = made(app, &ada).await;
        let (first, first_guest, one) = begun(app, &token).await;
        let (second, second_guest, two) = begun(app, &token).await;
        let (back, other) = (app.answer_dialog(&one, &Consent::everything()), app.answer_dialog(&two, &Consent::everything().by(MATEO)));
        first.get(back.as_str()).await;
        second.get(other.as_str()).await;
        app.idle().await;
        let won = connect::view_attempt(&app.services, &first_guest, &one.attempt).await.unwrap();
        let lost = connect::view_attempt(&app.services, &second_guest, &two.attempt).await.unwrap();
        assert_eq!((won.phase, lost.phase), (Phase::Choosing, Phase::Failed));
        assert_eq!(lost.problem.unwrap().code, "set_up.used");
        assert_eq!(app.storage.rows().await["connections"], 1);
        // Nor does one go on with the other's attempt.
        let foreign = connect::choose(&app.services, &second_guest, &one.attempt, &ids_of(&won, &[PAGE])).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
    }
}

db_test! {
    async fn a_guest_sees_and_does_nothing_else(app: &TestApp) {
        let ada = app.owner("ada").await;
        let hers = app.connected(&ada).await;
        let token = made(app, &ada).await;
        let (guest, view) = confirmed(app, &token, &Consent::everything().by(MATEO)).await;
        assert_ne!(view.connection.as_ref().unwrap().id, hers.connection.as_ref().unwrap().id);
        for outcome in [
            connect::view_attempt(&app.services, &guest, &hers.id).await.map(drop),
            connect::read_assets_again(&app.services, &guest, &hers.id).await,
            connect::continue_without(&app.services, &guest, &hers.id).await,
            connect::choose(&app.services, &guest, &hers.id, &ids_of(&hers, &[PAGE])).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::NotFound(_))), "{outcome:?}");
        }
        let (browser, ..) = begun(app, &made(app, &ada).await).await;
        for path in ["/events", "/events?attempt=att_1"] {
            assert_eq!(browser.get(path).await.status, 401, "{path}");
        }
        let who = browser.get("/test/who").await;
        assert_eq!(who.status, 401, "a guest is not signed in: {who:?}");
    }
}

db_test! {
    async fn another_tenants_link_is_not_found_and_a_stranger_cannot_use_the_state(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let link = set_up_links::make_link(&app.services, &ada.actor, "Otto", 1).await.unwrap();
        let foreign = set_up_links::revoke_link(&app.services, &eve.actor, &link.id).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        assert!(set_up_links::list_links(&app.services, &eve.actor).await.unwrap().is_empty());
        let (_, _, begun) = begun(app, &crate::support::link_token(&link.link)).await;
        let back = app.answer_dialog(&begun, &Consent::everything());
        assert_eq!(app.visitor().get(back.as_str()).await.status, 401, "another browser");
        let answer = eve.browser.get(back.as_str()).await;
        assert_eq!(answer.code(), "oauth.state_invalid");
        let answer = ada.browser.get(back.as_str()).await;
        assert_eq!(answer.code(), "oauth.state_invalid", "nor does its maker take the guest's place");
        assert_eq!(app.storage.rows().await.get("connections"), None);
    }
}

db_test! {
    async fn only_managers_make_links_and_what_they_made_ends_with_their_role(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", server::accounts::Role::Admin).await;
        let cid = app.member(&ada, "cid", server::accounts::Role::Agent).await;
        let refused = set_up_links::make_link(&app.services, &cid.actor, "Otto", 7).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        for (name, days, field) in [("", 7, "name"), ("Otto", 365, "days")] {
            let refused = set_up_links::make_link(&app.services, &ada.actor, name, days).await;
            assert!(matches!(&refused, Err(Error::Invalid { field: wrong, .. }) if *wrong == field), "{refused:?}");
        }
        let token = made(app, &bob).await;
        server::accounts::remove_member(&app.services, &ada.actor, &bob.actor.user_id).await.unwrap();
        assert_eq!(refused_with(set_up_links::open_link(&app.services, &token, None, "guest").await), "set_up.withdrawn");
    }
}

db_test! {
    async fn links_cannot_be_tried_out(app: &TestApp) {
        let mut last = None;
        for n in 0..200 {
            let token = SecretString::from(format!("guess-{n}"));
            last = Some(set_up_links::open_link(&app.services, &token, None, "one address").await);
            if matches!(last, Some(Err(Error::Busy { .. }))) {
                break;
            }
        }
        assert!(matches!(last, Some(Err(Error::Busy { .. }))), "{last:?}");
    }
}

db_test! {
    async fn a_link_is_stored_as_a_hash(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = made(app, &ada).await;
        let dump = app.storage.dump().await;
        assert!(!dump.iter().any(|(_, value)| value.contains(token.expose_secret())));
    }
}

/// The phase that an event of a stream tells.
fn phase(data: &str) -> String {
    let told: serde_json::Value = serde_json::from_str(data).unwrap();
    told["phase"].as_str().unwrap().to_owned()
}

db_test! {
    async fn a_guest_hears_how_their_own_attempt_goes_on_and_nothing_of_another(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (browser, _, own) = begun(app, &made(app, &ada).await).await;
        let (other_browser, other, theirs) = begun(app, &made(app, &ada).await).await;
        let hers = app.begin(&ada).await;
        let path = |attempt: &server::ids::AttemptId| format!("/events?attempt={attempt}");

        let back = app.answer_dialog(&own, &Consent::everything().by(MATEO));
        let mut stream = browser.listen(&path(&own.attempt)).await;
        assert_eq!(phase(&stream.next().await.unwrap().data), "waiting");
        browser.get(back.as_str()).await;
        let (name, data) = stream.rest().await.pop().unwrap();
        assert_eq!((name.as_str(), phase(&data).as_str()), ("progress", "choosing"));

        for foreign in [&theirs.attempt, &hers.attempt] {
            let refused = browser.get(&path(foreign)).await;
            assert_eq!((refused.status, refused.code().as_str()), (401, "signed_out"));
        }
        let mut theirs_told = other_browser.listen(&path(&theirs.attempt)).await;
        assert_eq!(phase(&theirs_told.next().await.unwrap().data), "waiting");
        set_up_links::revoke_link(&app.services, &ada.actor, &other.link).await.unwrap();
        assert_eq!(other_browser.get(&path(&theirs.attempt)).await.status, 401, "a withdrawn link opens nothing");
    }
}

db_test! {
    async fn who_is_a_guest_and_signed_in_hears_of_both_attempts(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = made(app, &ada).await;
        let eve = app.owner("eve").await;
        let hers = app.begin(&eve).await;
        let answer = eve.browser.post(&format!("/test/guest?token={}", token.expose_secret())).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let (link, session): (server::ids::SetUpLinkId, String) = serde_json::from_str(&answer.body).unwrap();
        let guest = set_up_links::find_guest(&app.services, &link, &session).await.unwrap().unwrap();
        let as_guest = set_up_links::begin_as_guest(&app.services, &guest, "guest").await.unwrap();
        for attempt in [&hers.attempt, &as_guest.attempt] {
            let mut stream = eve.browser.listen(&format!("/events?attempt={attempt}")).await;
            assert_eq!(phase(&stream.next().await.unwrap().data), "waiting");
        }
        let adas = app.begin(&ada).await;
        let refused = eve.browser.get(&format!("/events?attempt={}", adas.attempt)).await;
        assert_eq!(refused.status, 404, "of their own business no more than of any other");
    }
}
