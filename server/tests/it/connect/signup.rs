//! WhatsApp Embedded Signup: what the window says, what the token covers, and what comes of both.

use std::collections::HashMap;

use secrecy::SecretString;
use server::{
    connect::{
        self, Begun, Permissions, PopupOutcome,
        signup::{self, SignupEvent, Way},
    },
    db::{
        attempts::{Flow, Phase, Purpose},
        credentials::CredentialKind,
    },
    error::{Error, Result},
    ids::AttemptId,
    observe,
    words::Language,
};
use simulator::{CodeFlow, Consent, World};
use url::Url;

use crate::support::{Person, Setup, TestApp};

const CONFIG: &str = "700100000000002";
const WABA: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

fn offered() -> Setup {
    Setup { whatsapp_config_id: Some(CONFIG), ..Setup::default() }
}

fn agency() -> Setup {
    Setup { world: World::agency(), ..offered() }
}

async fn begin(app: &TestApp, who: &Person) -> Begun {
    signup::begin_signup(&app.services, &who.actor, &who.session, Flow::Popup, Way::CloudApi).await.unwrap()
}

fn page(app: &TestApp) -> Url {
    app.base.join("whatsapp-numbers/add").unwrap()
}

/// The person goes through Meta's window: the code and the message that come back.
fn window(app: &TestApp, way: Way, consent: &Consent) -> (Option<String>, Option<SignupEvent>) {
    let flow = CodeFlow::Popup { config_id: CONFIG.into(), page: page(app).into() };
    let mut url: Url = app.meta().dialog_url(&flow).parse().unwrap();
    url.query_pairs_mut().append_pair("extras", &way.extras());
    let back = app.meta().approve(url.as_str(), consent).unwrap();
    let answer: HashMap<String, String> =
        url::form_urlencoded::parse(back.fragment().unwrap().as_bytes()).into_owned().collect();
    (answer.get("code").cloned(), answer.get("session").and_then(|text| SignupEvent::parse(text)))
}

async fn exchange(
    app: &TestApp,
    who: &Person,
    begun: &Begun,
    code: &str,
    event: Option<&SignupEvent>,
) -> Result<AttemptId> {
    let code = SecretString::from(code.to_owned());
    let page = page(app);
    let keys = (&begun.state, &code);
    let done = signup::exchange_signup_code(&app.services, &who.actor, &who.session, keys, &page, event).await;
    app.idle().await;
    done
}

async fn log(app: &TestApp, who: &Person) -> Vec<(String, String)> {
    let lines = observe::list_log(&app.services, &who.actor, None, false).await.unwrap();
    lines.into_iter().map(|line| (line.kind, line.sentence)).collect()
}

db_test! {
    async fn a_number_is_set_up_connected_and_registered(app: &TestApp, offered()) {
        app.meta().edit_world(|world| {
            let number = &mut world.phone_numbers[0];
            number.platform_type = "NOT_APPLICABLE".into();
            number.status = "PENDING".into();
        }).unwrap();
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let (code, event) = window(app, Way::CloudApi, &Consent::everything());
        let event = event.unwrap();
        assert_eq!(event.phone_number_id.as_ref().unwrap().as_str(), NUMBER);
        exchange(app, &ada, &begun, &code.unwrap(), Some(&event)).await.unwrap();

        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!((view.phase, view.purpose), (Phase::Choosing, Purpose::Whatsapp));
        let onboarded = view.onboarded.clone().unwrap();
        let ticked: Vec<_> = view.assets.iter().filter(|row| onboarded.holds(&row.asset)).map(|row| &row.asset.meta_id).collect();
        assert_eq!(ticked, [WABA, NUMBER]);
        let connection = view.connection.as_ref().unwrap();
        assert_eq!((connection.token_kind, connection.expires_at), (CredentialKind::SystemUser, None));
        let permissions: Permissions = serde_json::from_str(&connection.permissions).unwrap();
        assert!(permissions.missing.is_empty(), "Pages are not missing from a signup: {permissions:?}");

        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(app.subscribed(), [WABA]);
        assert_eq!(app.meta().world().phone_numbers[0].status, "CONNECTED");
        assert!(log(app, &ada).await.iter().any(|(kind, _)| kind == "signup_finished"));
        let report = connect::check_connection(&app.services, &ada.actor, &connection.id).await.unwrap();
        assert_eq!((report.asked, report.proven, report.problem), (2, 2, None));
        let after = app.view(&ada, &begun.attempt).await.connection.unwrap();
        let permissions: Permissions = serde_json::from_str(&after.permissions).unwrap();
        assert!(permissions.missing.is_empty(), "nor by a test");
    }
}

db_test! {
    async fn the_number_that_was_named_is_the_one_that_is_ticked(app: &TestApp, agency()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let number = app.meta().world().phone_numbers[0].clone();
        let siblings = app.meta().world().phone_numbers.iter().filter(|other| other.waba == number.waba).count();
        assert!(siblings > 1);
        let consent = Consent { waba: Some(number.waba.clone()), phone: Some(number.id.clone()), ..Consent::everything() };
        let (code, event) = window(app, Way::CloudApi, &consent);
        exchange(app, &ada, &begun, &code.unwrap(), event.as_ref()).await.unwrap();
        let view = app.view(&ada, &begun.attempt).await;
        let onboarded = view.onboarded.clone().unwrap();
        let ticked: Vec<_> = view.assets.iter().filter(|row| onboarded.holds(&row.asset)).map(|row| row.asset.meta_id.clone()).collect();
        assert_eq!(ticked, [number.waba.clone(), number.id]);
    }
}

db_test! {
    async fn without_a_message_the_token_tells_what_was_onboarded(app: &TestApp, agency()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let waba = app.meta().world().whatsapp_accounts[3].clone();
        let consent = Consent { waba: Some(waba.id.clone()), ..Consent::everything() };
        let (code, _) = window(app, Way::CloudApi, &consent);
        exchange(app, &ada, &begun, &code.unwrap(), None).await.unwrap();
        let onboarded = app.view(&ada, &begun.attempt).await.onboarded.unwrap();
        assert_eq!((onboarded.waba_id, onboarded.phone_number_id), (waba.id, None));
    }
}

db_test! {
    async fn ids_of_a_browser_are_hints_alone(app: &TestApp, agency()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let (mine, foreign) = {
            let world = app.meta().world();
            (world.whatsapp_accounts[3].id.clone(), world.whatsapp_accounts[4].id.clone())
        };
        let consent = Consent { waba: Some(mine.clone()), ..Consent::everything() };
        let (code, _) = window(app, Way::CloudApi, &consent);
        let lie = format!(r#"{{"event":"FINISH","data":{{"waba_id":"{foreign}","phone_number_id":"1"}}}}"#);
        exchange(app, &ada, &begun, &code.unwrap(), SignupEvent::parse(&lie).as_ref()).await.unwrap();
        let view = app.view(&ada, &begun.attempt).await;
        assert_eq!(view.onboarded.unwrap().waba_id, mine, "what the token covers");
        assert!(view.assets.iter().all(|row| row.asset.meta_id != foreign));
        assert!(log(app, &ada).await.iter().any(|(kind, _)| kind == "signup_hint"));
    }
}

db_test! {
    async fn an_attempt_for_something_else_takes_no_hint(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let begun = connect::begin(&app.services, &ada.actor, &ada.session, Flow::Popup, None).await.unwrap();
        let (code, event) = window(app, Way::CloudApi, &Consent::everything());
        exchange(app, &ada, &begun, &code.unwrap(), event.as_ref()).await.unwrap();
        assert_eq!(app.view(&ada, &begun.attempt).await.onboarded, None);
    }
}

db_test! {
    async fn leaving_at_a_step_is_told_and_logged_without_a_name(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let consent = Consent { step: Some("PHONE_NUMBER_VERIFICATION".into()), ..Consent::cancel() };
        let (code, event) = window(app, Way::CloudApi, &consent);
        assert_eq!(code, None);
        let report = async |who: &Person| {
            signup::report_signup(&app.services, &who.actor, &who.session, &begun.attempt, PopupOutcome::Cancelled, event.as_ref()).await
        };
        let eve = app.owner("eve").await;
        assert!(matches!(report(&eve).await, Err(Error::NotFound(_))), "another tenant's");
        let elsewhere = app.sign_in(&ada.actor.user_id, Some(ada.tenant())).await;
        assert!(matches!(report(&elsewhere).await, Err(Error::NotFound(_))), "another browser");
        report(&ada).await.unwrap();
        report(&ada).await.unwrap();
        let view = app.view(&ada, &begun.attempt).await;
        let why = view.problem.unwrap();
        assert_eq!((view.phase, why.code.as_ref()), (Phase::Cancelled, "signup.cancelled"));
        let told = why.told(Language::En);
        assert!(told.why.contains("verified with a code"), "{}", told.why);
        let lines = log(app, &ada).await;
        assert_eq!(lines.len(), 1, "told once: {lines:?}");
        assert!(lines[0].1.contains("PHONE_NUMBER_VERIFICATION"), "{lines:?}");
        assert!(log(app, &eve).await.is_empty());
        assert_eq!(app.meta().call_count(), 0);
    }
}

db_test! {
    async fn an_error_of_the_window_is_shown_to_the_person_and_its_number_alone_is_logged(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let begun = begin(app, &ada).await;
        let words = "The number of Ada Brasa is in use";
        let consent = Consent { error: Some(words.into()), ..Consent::cancel() };
        let (_, event) = window(app, Way::CloudApi, &consent);
        let outcome = PopupOutcome::Cancelled;
        signup::report_signup(&app.services, &ada.actor, &ada.session, &begun.attempt, outcome, event.as_ref()).await.unwrap();
        let why = app.view(&ada, &begun.attempt).await.problem.unwrap();
        assert_eq!(why.code, "signup.refused");
        let told = why.told(Language::En);
        assert!(told.why.contains(words) && told.why.contains("524126"), "{}", told.why);
        let lines = log(app, &ada).await;
        assert!(lines[0].0 == "signup_error" && lines[0].1.contains("524126") && !lines[0].1.contains("Ada"), "{lines:?}");
    }
}

db_test! {
    async fn the_whole_page_goes_the_same_way(app: &TestApp, offered()) {
        let ada = app.owner("ada").await;
        let begun = signup::begin_signup(&app.services, &ada.actor, &ada.session, Flow::Redirect, Way::BusinessApp).await.unwrap();
        let extras = begun.dialog_url.query_pairs().find(|(name, _)| name == "extras").unwrap().1.into_owned();
        assert_eq!(extras, r#"{"featureType":"whatsapp_business_app_onboarding","setup":{}}"#);
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!((view.phase, view.onboarded.unwrap().waba_id.as_str()), (Phase::Choosing, WABA));
    }
}

db_test! {
    async fn nobody_begins_what_is_not_offered_or_not_theirs(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", server::accounts::Role::Agent).await;
        let begin = async |who: &Person| {
            signup::begin_signup(&app.services, &who.actor, &who.session, Flow::Popup, Way::CloudApi).await
        };
        assert_eq!(begin(&ada).await.unwrap_err().explain().code, "signup.not_set_up");
        assert!(matches!(begin(&bob).await, Err(Error::Forbidden(_))));
    }
}
