//! The doors at which a popup's page hands over its code: who may, with which state, and once.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use server::{
    accounts::Role,
    connect::{
        self, Begun,
        signup::{self, SignupEvent, Way},
    },
    db::attempts::{Flow, Phase},
    error::{Error, Result},
    ids::AttemptId,
};
use simulator::CodeFlow;
use url::Url;

use crate::support::{Person, Setup, TestApp};

const LUCIA: &str = "10215550001110001";
const CONNECT: &str = "700100000000001";
const SIGNUP: &str = "700100000000002";
/// What Meta's window says of a number.
const SAID: &str = r#"{"event":"FINISH","data":{"waba_id":"102290129340551","phone_number_id":"190638523274551"}}"#;

/// A door.
#[derive(Debug, Clone, Copy)]
enum Door {
    Connect,
    Signup,
}

const DOORS: [Door; 2] = [Door::Connect, Door::Signup];

impl Door {
    async fn begin(self, app: &TestApp, who: &Person, flow: Flow) -> Begun {
        let (services, actor, session) = (&app.services, &who.actor, &who.session);
        let begun = match self {
            Self::Connect => connect::begin(services, actor, session, flow, None).await,
            Self::Signup => signup::begin_signup(services, actor, session, flow, Way::CloudApi).await,
        };
        begun.unwrap()
    }

    /// A code as the window of this door gives it.
    fn code(self, app: &TestApp) -> String {
        let config_id = match self {
            Self::Connect => CONNECT,
            Self::Signup => SIGNUP,
        };
        app.meta().mint_code(LUCIA, &CodeFlow::Popup { config_id: config_id.into(), page: page(app).into() }).unwrap()
    }

    async fn bring(
        self,
        app: &TestApp,
        who: &Person,
        state: &SecretString,
        code: &str,
        said: &str,
    ) -> Result<AttemptId> {
        let (services, actor, session) = (&app.services, &who.actor, &who.session);
        let (code, page) = (SecretString::from(code.to_owned()), page(app));
        let done = match self {
            Self::Connect => connect::exchange_popup_code(services, actor, session, state, &code, &page).await,
            Self::Signup => {
                let event = SignupEvent::parse(said);
                signup::exchange_signup_code(services, actor, session, (state, &code), &page, event.as_ref()).await
            }
        };
        app.idle().await;
        done
    }

    /// Asserts that the door stays shut for this reason, that Meta is not asked, and that nothing is written.
    async fn refuses(self, app: &TestApp, who: &Person, state: &SecretString, code: &str) {
        let before = app.storage.dump().await;
        let refused = self.bring(app, who, state, "AQcode", SAID).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{self:?}: {refused:?}");
        assert_eq!(refused.explain().code, code, "{self:?}");
        assert_eq!(app.meta().call_count(), 0);
        assert_eq!(app.storage.dump().await, before, "{self:?}");
    }
}

fn page(app: &TestApp) -> Url {
    app.base.join("connect").unwrap()
}

fn offered() -> Setup {
    Setup { config_id: Some(CONNECT), whatsapp_config_id: Some(SIGNUP), ..Setup::default() }
}

/// Somebody's account in the browser of somebody else.
fn in_browser_of(account: &Person, browser: &Person) -> Person {
    Person { actor: account.actor.clone(), session: browser.session.clone(), browser: browser.browser.clone() }
}

db_test! {
    async fn a_forged_state_opens_neither(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        for door in DOORS {
            door.begin(app, &ada, Flow::Popup).await;
            for state in ["forged", "", "' OR 1=1 --", &"x".repeat(5000)] {
                door.refuses(app, &ada, &SecretString::from(state.to_owned()), "oauth.state_invalid").await;
            }
        }
    }
}

db_test! {
    async fn a_state_of_somebody_else_opens_neither(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let bob = app.member(&ada, "bob", Role::Admin).await;
        let elsewhere = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;
        for door in DOORS {
            let begun = door.begin(app, &ada, Flow::Popup).await;
            for other in [&eve, &bob, &elsewhere, &in_browser_of(&eve, &ada), &in_browser_of(&bob, &ada)] {
                door.refuses(app, other, &begun.state, "oauth.state_invalid").await;
            }
            let view = app.view(&ada, &begun.attempt).await;
            assert_eq!((view.phase, view.onboarded), (Phase::Waiting, None), "her own is untouched");
        }
    }
}

db_test! {
    async fn a_state_that_is_older_than_ten_minutes_opens_neither(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        for door in DOORS {
            let begun = door.begin(app, &ada, Flow::Popup).await;
            app.advance(Duration::from_secs(600));
            door.refuses(app, &ada, &begun.state, "oauth.state_expired").await;
            let view = app.view(&ada, &begun.attempt).await;
            assert_eq!((view.phase, view.onboarded), (Phase::Waiting, None));
        }
    }
}

db_test! {
    async fn a_used_state_leads_to_its_page_and_does_nothing_again(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let elsewhere = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;
        for door in DOORS {
            let begun = door.begin(app, &ada, Flow::Popup).await;
            let code = door.code(app);
            assert_eq!(door.bring(app, &ada, &begun.state, &code, SAID).await.unwrap(), begun.attempt);
            assert_eq!(app.view(&ada, &begun.attempt).await.phase, Phase::Choosing);
            let (calls, before) = (app.meta().call_count(), app.storage.dump().await);
            let lie = SAID.replace("102290129340551", "102290129340552");
            for code in [code, door.code(app)] {
                assert_eq!(door.bring(app, &ada, &begun.state, &code, &lie).await.unwrap(), begun.attempt);
            }
            let foreign = door.bring(app, &elsewhere, &begun.state, "AQcode", &lie).await.unwrap_err();
            assert_eq!(foreign.explain().code, "oauth.state_invalid");
            assert_eq!((app.meta().call_count(), app.storage.dump().await), (calls, before), "{door:?}");
        }
    }
}

db_test! {
    async fn a_state_comes_back_by_the_way_it_went(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        for door in DOORS {
            // The state of a redirect, brought by a page.
            let by_redirect = door.begin(app, &ada, Flow::Redirect).await;
            door.refuses(app, &ada, &by_redirect.state, "oauth.state_invalid").await;

            // The state of a popup, in the address of a return.
            let by_popup = door.begin(app, &ada, Flow::Popup).await;
            let mut back = app.base.join("oauth/meta/callback").unwrap();
            let state = by_popup.state.expose_secret();
            back.query_pairs_mut().extend_pairs([("code", "AQcode"), ("state", state)]);
            let rows = app.storage.rows().await;
            let answer = app.come_back(&ada, &back).await;
            app.idle().await;
            assert_eq!((answer.status, answer.code().as_str()), (400, "oauth.state_invalid"), "{answer:?}");
            assert_eq!((app.meta().call_count(), app.storage.rows().await), (0, rows));

            for begun in [by_redirect, by_popup] {
                let view = app.view(&ada, &begun.attempt).await;
                assert_eq!((view.phase, view.onboarded), (Phase::Waiting, None), "{door:?}");
            }
        }
    }
}
