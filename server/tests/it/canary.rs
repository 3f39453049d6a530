//! No secret is ever written down: not in a log line of any level, not in an answer, not in an error, not in the database.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use server::{
    accounts::{self, Role},
    connect::{self, set_up_links},
    db::credentials::{self, PURPOSE},
    error::Error,
    ids::ConnectionId,
    outbox::{self, EndpointInput},
    vault::Place,
};
use simulator::{Consent, Effect, Fault, Revocation};

use crate::support::{KEY, Logs, Person, Receiver, Reply, Setup, TestApp, link_token, password};

const LUCIA: &str = "10215550001110001";

/// Secrets by name, and words that were spoken about failures.
#[derive(Default)]
struct Canaries {
    secrets: Vec<(String, String)>,
    spoken: Vec<String>,
}

impl Canaries {
    fn plant(&mut self, name: &str, secret: impl Into<String>) {
        let secret = secret.into();
        assert!(secret.len() >= 12, "{name} is too short to be recognised");
        self.secrets.push((name.to_owned(), secret));
    }

    fn hear(&mut self, error: &Error) {
        self.spoken.push(format!("{error} {error:?} {:?}", error.explain().told(server::words::Language::En)));
    }

    /// The cookie of a person is a secret too.
    fn plant_session(&mut self, name: &str, app: &TestApp) {
        let cookies = app.cookies.borrow();
        let cookie = cookies.last().unwrap().split(';').next().unwrap();
        self.plant(name, cookie.split_once('=').unwrap().1);
    }

    fn assert_absent(&self, place: &str, text: &str) {
        for (name, secret) in &self.secrets {
            if let Some(at) = text.find(secret.as_str()) {
                let around: String = text[..at].chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
                panic!("{place} holds {name}, after: {around}");
            }
        }
    }
}

/// Asserts that nothing here looks like a token or a code of Meta's, known or not.
fn assert_no_token(place: &str, text: &str) {
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let long = word.len() > 60 && !word.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(!(long && ["EAA", "AQ", "IGAA"].iter().any(|begins| word.starts_with(begins))), "{place} holds {word}");
    }
}

/// The tokens that a connection keeps.
async fn tokens(app: &TestApp, who: &Person, id: &ConnectionId) -> Vec<String> {
    let rows = credentials::list(app.services.db(), who.tenant(), id).await.unwrap();
    rows.iter()
        .map(|row| {
            let place = Place { tenant: row.tenant_id.as_str(), purpose: PURPOSE, row: row.id.as_str() };
            app.services.vault().open(place, &row.sealed).unwrap().expose_secret().to_owned()
        })
        .collect()
}

/// Goes to Meta and back; the state and the code are planted.
async fn connect(app: &TestApp, who: &Person, canaries: &mut Canaries) -> connect::AttemptView {
    let begun = app.begin(who).await;
    there_and_back(app, who, &begun, canaries).await
}

/// The same, beside an open page that hears how it goes on.
async fn connect_watched(app: &TestApp, who: &Person, canaries: &mut Canaries) -> connect::AttemptView {
    let begun = app.begin(who).await;
    let mut progress = who.browser.listen(&format!("/events?attempt={}", begun.attempt)).await;
    assert!(progress.next().await.is_some(), "the page hears where it stands");
    let view = there_and_back(app, who, &begun, canaries).await;
    assert!(!progress.rest().await.is_empty(), "and how it goes on");
    view
}

async fn there_and_back(
    app: &TestApp,
    who: &Person,
    begun: &connect::Begun,
    canaries: &mut Canaries,
) -> connect::AttemptView {
    canaries.plant("a state", begun.state.expose_secret());
    let back = app.answer_dialog(begun, &Consent::everything());
    for (_, code) in back.query_pairs().filter(|(name, _)| name == "code") {
        canaries.plant("a code", code);
    }
    app.come_back(who, &back).await;
    app.idle().await;
    app.view(who, &begun.attempt).await
}

/// A set-up link, and tokens that are pasted: refused, repeated by Meta in an error, and kept.
async fn other_ways_in(app: &TestApp, who: &Person, canaries: &mut Canaries) {
    let made = set_up_links::make_link(&app.services, &who.actor, "Otto", 7).await.unwrap();
    let token = link_token(&made.link);
    canaries.plant("a set-up link", token.expose_secret());
    let guest = app.visitor();
    guest.get(&format!("/set-up/{}", token.expose_secret())).await;
    guest.post(&format!("/test/guest?token={}", token.expose_secret())).await;
    set_up_links::revoke_link(&app.services, &who.actor, &made.id).await.unwrap();
    canaries.hear(&set_up_links::open_link(&app.services, &token, None, "b").await.unwrap_err());

    let paste = async |token: &str| {
        let pasted = SecretString::from(token.to_owned());
        connect::paste_token(&app.services, &who.actor, &who.session, &pasted).await
    };
    let temporary = app.meta().mint_temporary_token(LUCIA);
    canaries.plant("a temporary token", temporary.as_str());
    canaries.hear(&paste(&temporary).await.unwrap_err());
    let fault = app.meta().set_fault(Fault::new(echo(&format!("Malformed access token {temporary}"))).on_path("/"));
    canaries.hear(&paste(&temporary).await.unwrap_err());
    app.meta().remove_fault(fault);
    let needed = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];
    let lasting = app.meta().mint_system_user_token("506070809010203", &needed, 0);
    canaries.plant("a system user's token", lasting.as_str());
    paste(&lasting).await.unwrap();
    app.idle().await;
}

/// Instagram Login, whose token endpoints take secrets in their address: once refused in words that repeat them, once kept.
async fn instagram(app: &TestApp, who: &Person, canaries: &mut Canaries) {
    let secret = app.meta().world().app.instagram.secret;
    canaries.plant("the Instagram app secret", &secret);
    let words = format!("Error validating client secret {secret}");
    let fault = app.meta().set_fault(Fault::new(echo(&words)).on_path("/access_token"));
    for kept in [false, true] {
        let begun = connect::begin_instagram(&app.services, &who.actor, &who.session).await.unwrap();
        canaries.plant("a state of Instagram's", begun.state.expose_secret());
        let back = app.meta().approve_instagram(begun.dialog_url.as_str(), "17841400000000777", Some(&[])).unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        canaries.plant("a code of Instagram's", code);
        app.come_back(who, &back).await;
        app.idle().await;
        app.meta().remove_fault(fault);
        let connection = app.view(who, &begun.attempt).await.connection;
        assert_eq!(connection.is_some(), kept);
        if let Some(connection) = connection {
            for token in tokens(app, who, &connection.id).await {
                canaries.plant("a token of Instagram's", token);
            }
            connect::check_connection(&app.services, &who.actor, &connection.id).await.ok();
        }
    }
}

/// An endpoint that repeats everything that it is sent, a secret that is rotated, and an API key.
async fn outgoing_events(app: &TestApp, who: &Person, canaries: &mut Canaries) {
    let receiver = Receiver::start().await;
    let input = EndpointInput { url: receiver.url.clone(), ..EndpointInput::default() };
    let made = outbox::create_endpoint(&app.services, &who.actor, &input).await.unwrap();
    let id = made.endpoint.endpoint.id.clone();
    canaries.plant("an endpoint's secret", made.secret.expose_secret());
    canaries.spoken.push(format!("{made:?}"));
    let rotated = outbox::rotate_secret(&app.services, &who.actor, &id).await.unwrap();
    canaries.plant("a rotated secret", rotated.secret.expose_secret());
    for reply in
        [Reply::Says(200, ""), Reply::Says(500, "canary of an answer"), Reply::Elsewhere("http://127.0.0.1:9/".into())]
    {
        receiver.next(reply);
        outbox::send_test(&app.services, &who.actor, &id).await.unwrap();
        app.send_events().await;
    }
    assert_eq!(receiver.received().len(), 3);
    let key = accounts::issue_api_key(&app.services, &who.actor, "Till").await.unwrap();
    canaries.plant("an API key", key.key.expose_secret());
    accounts::find_api_caller(&app.services, &key.key).await.unwrap().unwrap();
    for one in receiver.received() {
        canaries.spoken.push(one.body);
    }
}

/// Bob forgets his password: a link that is void, and one that is used.
async fn forgotten_password(app: &TestApp, canaries: &mut Canaries) {
    let asked = async || {
        accounts::ask_for_reset(&app.services, "bob@example.com", "b").await.unwrap();
        app.run_jobs().await;
        app.reset_tokens().pop().unwrap()
    };
    let (void, link) = (asked().await, asked().await);
    for token in [&void, &link] {
        canaries.plant("a link for a new password", token.expose_secret());
        app.visitor().get(&format!("/reset-password/{}", token.expose_secret())).await;
    }
    let new = SecretString::from("canary-new-password".to_owned());
    canaries.plant("a new password", new.expose_secret());
    canaries.hear(&accounts::find_reset(&app.services, &void, "b").await.unwrap_err());
    canaries.hear(&accounts::reset_password(&app.services, &void, new.clone(), "b").await.unwrap_err());
    canaries.spoken.push(format!("{:?}", accounts::find_reset(&app.services, &link, "b").await.unwrap()));
    accounts::reset_password(&app.services, &link, new, "b").await.unwrap();
    app.run_jobs().await;
}

/// Meta repeats the secrets that it was sent in the words of an error, as it does.
fn echo(words: &str) -> Effect {
    Effect::Error { status: 400, code: 100, subcode: None, message: Some(words.to_owned()), transient: false }
}

db_test! {
    async fn no_secret_is_written_down(app: &TestApp, Setup { instagram: true, ..Setup::default() }) {
        app.expect_refusals();
        let logs = Logs::listen();
        let mut canaries = Canaries::default();
        let app_secret = app.meta().world().app.secret;
        canaries.plant("the app secret", &app_secret);
        canaries.plant("the encryption key", KEY.split_once(':').unwrap().1);
        canaries.plant("a password", password("ada").expose_secret());
        canaries.plant("another password", password("bob").expose_secret());
        let ada = app.owner("ada").await;
        canaries.plant_session("a session", app);
        let mut page = ada.browser.listen("/events").await;

        let invited = accounts::invite(&app.services, &ada.actor, "bob@example.com", Role::Admin).await.unwrap();
        let token = link_token(&invited.link);
        canaries.plant("an invitation", token.expose_secret());
        app.visitor().get(&format!("/join/{}", token.expose_secret())).await;
        accounts::join_as_new(&app.services, &token, "bob", password("bob"), "b").await.unwrap();
        canaries.hear(&accounts::find_invitation(&app.services, &token, "b").await.unwrap_err());
        forgotten_password(app, &mut canaries).await;

        let wrong = SecretString::from("canary-wrong-password".to_owned());
        canaries.plant("a wrong password", wrong.expose_secret());
        canaries.hear(&accounts::sign_in(&app.services, "ada@example.com", wrong.clone(), "b").await.unwrap_err());
        let refused = accounts::change_password(&app.services, &ada.actor, wrong, password("ada")).await;
        canaries.hear(&refused.unwrap_err());

        // A connect that works, renewed once.
        let view = connect(app, &ada, &mut canaries).await;
        app.choose(&ada, &view, &["110220330440551", "190638523274551", "act_880770660550551"]).await;
        let id = view.connection.unwrap().id;
        for token in tokens(app, &ada, &id).await {
            canaries.plant("a token", token);
        }
        app.advance(Duration::from_secs(3600));
        let view = connect_watched(app, &ada, &mut canaries).await;
        let main = tokens(app, &ada, &id).await;
        for token in &main {
            canaries.plant("a renewed token", token);
        }
        app.choose(&ada, &view, &["110220330440551"]).await;

        // Returns that lead nowhere.
        let begun = app.begin(&ada).await;
        canaries.plant("an unused state", begun.state.expose_secret());
        let back = app.answer_dialog(&begun, &Consent::everything());
        let stranger = app.visitor();
        stranger.get(back.as_str()).await;
        ada.browser.get("/oauth/meta/callback?code=AQcanary-code-canary&state=canary-forged-state").await;
        canaries.plant("a forged state", "canary-forged-state");
        canaries.plant("a stray code", "AQcanary-code-canary");
        ada.browser.get("/events?attempt=canary-forged-state").await;

        // Meta repeats what it was sent.
        let words = format!("Error validating client secret {app_secret} for token {}", main.join(" and "));
        for fault in [
            Fault::new(echo(&words)).on_edge("access_token"),
            Fault::new(echo(&words)).on_path("/me"),
            Fault::new(echo(&words)).on_path("/me/*"),
            Fault::new(Effect::Body { status: 200, body: words.clone() }).on_edge("access_token"),
            Fault::new(Effect::Html { status: 500 }).on_edge("access_token"),
            Fault::new(Effect::HalfBody).on_path("/me/*"),
        ] {
            let fault = app.meta().set_fault(fault);
            connect(app, &ada, &mut canaries).await;
            app.meta().remove_fault(fault);
        }
        for token in tokens(app, &ada, &id).await {
            let words = format!("Malformed access token {token}");
            canaries.plant("the latest token", token);
            let fault = app.meta().set_fault(Fault::new(echo(&words)));
            if let Err(error) = connect::check_connection(&app.services, &ada.actor, &id).await {
                canaries.hear(&error);
            }
            app.meta().remove_fault(fault);
        }
        other_ways_in(app, &ada, &mut canaries).await;
        instagram(app, &ada, &mut canaries).await;
        outgoing_events(app, &ada, &mut canaries).await;
        ada.browser.get("/test/panic").await;
        app.meta().revoke_person(LUCIA, Revocation::PasswordChanged);
        let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
        assert!(report.problem.is_some());
        app.disconnect(&ada, &id).await;
        ada.browser.post("/test/sign-out").await;
        assert!(page.rest().await.len() > 1, "an open page heard of changes, and of the end of its session");
        canaries.spoken.push(format!("{:?}", app.services));

        let logged = logs.text();
        assert!(logged.contains("answered") && logged.contains("TRACE"), "the product and its crates were heard");
        tracing::info!("canary-self-check");
        assert!(logs.text().contains("canary-self-check"));
        canaries.assert_absent("a log", &logged);
        assert_no_token("a log", &logged);
        assert!(!logged.contains("appsecret_proof="), "the address of a call to Meta was logged");

        for answer in app.heard.borrow().iter() {
            canaries.assert_absent("an answer", answer);
            assert_no_token("an answer", answer);
        }
        for words in &canaries.spoken {
            canaries.assert_absent("an error", words);
            assert_no_token("an error", words);
        }
        for (place, value) in app.storage.dump().await {
            canaries.assert_absent(&place, &value);
            if place != "credentials.sealed" {
                assert_no_token(&place, &value);
            }
        }
        if let Some(folder) = app.storage.folder() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let bytes = std::fs::read(&path).unwrap();
                canaries.assert_absent(&path.display().to_string(), &String::from_utf8_lossy(&bytes));
            }
        }
    }
}
