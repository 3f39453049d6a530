//! A number's page: what is shown, what can be done at Meta, and how Meta refuses it.

use secrecy::SecretString;
use server::{
    accounts::Role,
    connect::{
        self,
        numbers::{self, NumberView, Registration},
        status::RungState,
    },
    db::credentials::{self, CredentialKind},
    error::{Error, Result},
    meta::CodeMethod,
    words::Language,
};
use simulator::{Fault, PhoneNumber};

use crate::support::{Person, TestApp};

const NUMBER: &str = "190638523274551";

/// The shop's number as `edit` says, chosen by a new owner.
async fn chosen(app: &TestApp, name: &str, edit: impl FnOnce(&mut PhoneNumber)) -> Person {
    app.meta().edit_world(|world| edit(&mut world.phone_numbers[0])).unwrap();
    let who = app.owner(name).await;
    let view = app.discovered(&who).await;
    app.choose(&who, &view, &[NUMBER]).await;
    who
}

fn unverified(number: &mut PhoneNumber) {
    number.platform_type = "NOT_APPLICABLE".into();
    number.status = "UNVERIFIED".into();
    number.code_verification_status = "NOT_VERIFIED".into();
}

async fn number(app: &TestApp, who: &Person) -> NumberView {
    let mut all = numbers::list(&app.services, &who.actor).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

async fn register(app: &TestApp, who: &Person, pin: &str) -> Result<()> {
    let id = number(app, who).await.status.asset.id;
    numbers::register(&app.services, &who.actor, &id, SecretString::from(pin.to_owned())).await
}

async fn verify(app: &TestApp, who: &Person, code: &str) -> Result<()> {
    let id = number(app, who).await.status.asset.id;
    numbers::verify_code(&app.services, &who.actor, &id, SecretString::from(code.to_owned())).await
}

/// The stable code of a refusal.
fn code<T: std::fmt::Debug>(refused: Result<T>) -> String {
    refused.unwrap_err().explain().code.into_owned()
}

fn at_meta(app: &TestApp) -> PhoneNumber {
    app.meta().world().phone_numbers[0].clone()
}

db_test! {
    async fn a_number_is_shown_with_what_meta_says_of_it(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let view = number(app, &ada).await;
        assert_eq!(view.status.asset.name, "+34 600 555 551");
        assert_eq!(view.account.as_deref(), Some("Brasa Café"));
        assert_eq!(view.registration, Registration::Registered(None), "somebody registered it before");
        let detail = &view.detail;
        assert_eq!(detail.verified_name.as_deref(), Some("Brasa Café"));
        assert_eq!(detail.throughput.as_deref(), Some("STANDARD"));
        assert_eq!(detail.name_status.as_deref(), Some("APPROVED"));
        assert_eq!(detail.messaging_limit.as_deref(), Some("TIER_2K"));
        assert_eq!(detail.read_at, Some(app.clock.now().as_millis()));
        assert!(!detail.pin_enabled && !detail.official);
    }
}

db_test! {
    async fn another_tenants_number_is_not_there(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let id = number(app, &ada).await.status.asset.id;
        let eve = app.owner("eve").await;
        assert!(numbers::list(&app.services, &eve.actor).await.unwrap().is_empty());
        let calls = app.meta().call_count();
        let pin = || SecretString::from("246810".to_owned());
        let (services, actor) = (&app.services, &eve.actor);
        for refused in [
            numbers::get(services, actor, &id).await.map(drop),
            numbers::read_again(services, actor, &id).await,
            numbers::rename(services, actor, &id, "Mine").await,
            numbers::register(services, actor, &id, pin()).await,
            numbers::request_code(services, actor, &id, CodeMethod::Sms, "en_US").await,
            numbers::verify_code(services, actor, &id, pin()).await,
            numbers::set_pin(services, actor, &id, pin()).await,
            numbers::deregister(services, actor, &id, true).await,
        ] {
            assert!(matches!(refused, Err(Error::NotFound("number"))), "{refused:?}");
        }
        assert_eq!(app.meta().call_count(), calls, "Meta is asked nothing");
        assert_eq!(number(app, &ada).await.friendly_name, None);
    }
}

db_test! {
    async fn an_agent_looks_and_changes_nothing(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let bob = app.member(&ada, "bob", Role::Agent).await;
        let id = number(app, &bob).await.status.asset.id;
        numbers::read_again(&app.services, &bob.actor, &id).await.unwrap();
        let pin = || SecretString::from("246810".to_owned());
        for refused in [
            numbers::rename(&app.services, &bob.actor, &id, "Mine").await,
            numbers::register(&app.services, &bob.actor, &id, pin()).await,
            numbers::set_pin(&app.services, &bob.actor, &id, pin()).await,
            numbers::deregister(&app.services, &bob.actor, &id, true).await,
        ] {
            assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        }
    }
}

db_test! {
    async fn a_friendly_name_is_the_businesss_own_and_outlives_the_connection(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let asset = number(app, &ada).await.status.asset;
        let name = async |name: &str| numbers::rename(&app.services, &ada.actor, &asset.id, name).await;
        for wrong in ["a\u{7}b", &"x".repeat(61)] {
            assert!(matches!(name(wrong).await, Err(Error::Invalid { field: "friendly_name", .. })), "{wrong}");
        }
        name("  Counter, Centro ").await.unwrap();
        assert_eq!(number(app, &ada).await.friendly_name.as_deref(), Some("Counter, Centro"));
        app.disconnect(&ada, &asset.connection_id).await;
        assert!(numbers::list(&app.services, &ada.actor).await.unwrap().is_empty());
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        let again = number(app, &ada).await;
        assert_eq!(again.friendly_name.as_deref(), Some("Counter, Centro"));
        numbers::rename(&app.services, &ada.actor, &again.status.asset.id, " ").await.unwrap();
        assert_eq!(number(app, &ada).await.friendly_name, None);
    }
}

db_test! {
    async fn the_picture_is_read_again_on_demand(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let id = number(app, &ada).await.status.asset.id;
        app.advance(std::time::Duration::from_secs(3600));
        app.meta().edit_world(|world| {
            let number = &mut world.phone_numbers[0];
            number.quality_rating = "RED".into();
            number.platform_type = "NOT_APPLICABLE".into();
            number.status = "DISCONNECTED".into();
        }).unwrap();
        assert_eq!(number(app, &ada).await.detail.quality_rating.as_deref(), Some("GREEN"), "as it was");
        numbers::read_again(&app.services, &ada.actor, &id).await.unwrap();
        let view = number(app, &ada).await;
        assert_eq!(view.detail.quality_rating.as_deref(), Some("RED"));
        assert_eq!(view.detail.read_at, Some(app.clock.now().as_millis()));
        assert_eq!(view.registration, Registration::Unregistered, "somebody deregistered it elsewhere");
    }
}

db_test! {
    async fn a_registration_elsewhere_ends_the_problem(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, "ada", |number| {
            number.platform_type = "NOT_APPLICABLE".into();
            number.status = "PENDING".into();
            number.pin = Some("246810".into());
        }).await;
        let view = number(app, &ada).await;
        assert!(view.status.ladder.problem().is_some(), "it waits for its PIN");
        app.meta().edit_world(|world| {
            let number = &mut world.phone_numbers[0];
            number.platform_type = "CLOUD_API".into();
            number.status = "CONNECTED".into();
        }).unwrap();
        numbers::read_again(&app.services, &ada.actor, &view.status.asset.id).await.unwrap();
        let view = number(app, &ada).await;
        assert_eq!((view.registration, view.status.ladder.problem()), (Registration::Registered(None), None));
    }
}

db_test! {
    async fn a_number_that_meta_no_longer_shows_keeps_its_picture(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, "ada", |_| ()).await;
        let id = number(app, &ada).await.status.asset.id;
        app.meta().edit_world(|world| world.phone_numbers.clear()).unwrap();
        let refused = numbers::read_again(&app.services, &ada.actor, &id).await;
        assert_eq!(code(refused), "meta.not_found");
        assert_eq!(number(app, &ada).await.detail.quality_rating.as_deref(), Some("GREEN"));
    }
}

db_test! {
    async fn an_unverified_number_is_verified_then_registered(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, "ada", unverified).await;
        let view = number(app, &ada).await;
        assert_eq!(view.registration, Registration::Unverified);
        assert_eq!(code(register(app, &ada, "246810").await), "meta.number.unverified");
        assert_eq!(code(verify(app, &ada, "123456").await), "meta.number.wrong_code", "none was asked for");

        let id = view.status.asset.id;
        let ask = async |language| numbers::request_code(&app.services, &ada.actor, &id, CodeMethod::Voice, language).await;
        assert!(matches!(ask("xx").await, Err(Error::Invalid { field: "language", .. })));
        ask("es_ES").await.unwrap();
        let asked = app.meta().requests().into_iter().rev().find(|request| request.path.ends_with("/request_code"));
        let params = format!("{:?}", asked.unwrap().params);
        assert!(params.contains("VOICE") && params.contains("es_ES"), "{params}");
        for wrong in ["12345", "12345a", ""] {
            assert!(matches!(verify(app, &ada, wrong).await, Err(Error::Invalid { field: "code", .. })), "{wrong}");
        }
        assert_eq!(code(verify(app, &ada, "654321").await), "meta.number.wrong_code");
        verify(app, &ada, "123-456").await.unwrap();
        assert_eq!(number(app, &ada).await.registration, Registration::Unregistered);
        assert_eq!(code(ask("es_ES").await), "meta.number.code_not_sent", "it is verified");

        register(app, &ada, "135790").await.unwrap();
        assert_eq!(at_meta(app).pin.as_deref(), Some("135790"));
        let view = number(app, &ada).await;
        assert_eq!(view.registration, Registration::Registered(Some(app.clock.now())));
        assert_eq!((view.status.ladder.problem(), view.detail.pin_enabled), (None, true));
        assert_eq!(view.detail.status.as_deref(), Some("CONNECTED"), "read again by itself");
        assert_eq!(app.run_jobs().await, 0, "nothing is left for a job");
        assert!(!format!("{:?}", app.storage.dump().await).contains("135790"), "the PIN is sealed");
    }
}

db_test! {
    async fn a_wrong_pin_does_not_cost_the_one_that_is_known(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, "ada", |number| number.platform_type = "NOT_APPLICABLE".into()).await;
        let pin = at_meta(app).pin.unwrap();
        let wrong = if pin == "111111" { "222222" } else { "111111" };
        let refused = register(app, &ada, wrong).await;
        assert!(matches!(&refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(code(refused), "meta.number.wrong_pin");
        let view = number(app, &ada).await;
        assert!(matches!(view.registration, Registration::Registered(Some(_))), "it stays as it was");

        // The PIN that is kept registers it again.
        numbers::deregister(&app.services, &ada.actor, &view.status.asset.id, true).await.unwrap();
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(at_meta(app).status, "CONNECTED");
        assert_eq!(at_meta(app).pin, Some(pin));
    }
}

db_test! {
    async fn a_new_pin_is_set_at_meta_and_kept(app: &TestApp) {
        let ada = chosen(app, "ada", |number| number.pin = Some("246810".into())).await;
        let asset = number(app, &ada).await.status.asset;
        let set = async |pin: &str| {
            numbers::set_pin(&app.services, &ada.actor, &asset.id, SecretString::from(pin.to_owned())).await
        };
        for wrong in ["", "12345", "abcdef"] {
            assert!(matches!(set(wrong).await, Err(Error::Invalid { field: "pin", .. })), "{wrong}");
        }
        set(" 975310 ").await.unwrap();
        assert_eq!(at_meta(app).pin.as_deref(), Some("975310"));
        let kept = credentials::list(app.services.db(), ada.tenant(), &asset.connection_id).await.unwrap();
        assert_eq!(kept.iter().filter(|credential| credential.kind == CredentialKind::Pin).count(), 1);
        let dump = format!("{:?}", app.storage.dump().await);
        assert!(!dump.contains("975310") && dump.contains("number.pin_changed"));
    }
}

db_test! {
    async fn deregistering_is_confirmed_told_and_not_undone_by_itself(app: &TestApp) {
        let ada = chosen(app, "ada", |_| ()).await;
        let id = number(app, &ada).await.status.asset.id;
        let deregister = async |confirmed| numbers::deregister(&app.services, &ada.actor, &id, confirmed).await;
        assert!(matches!(deregister(false).await, Err(Error::Invalid { field: "confirmed", .. })));
        assert_eq!(at_meta(app).status, "CONNECTED");
        deregister(true).await.unwrap();
        assert_eq!(at_meta(app).platform_type, "NOT_APPLICABLE");
        assert_eq!(app.run_jobs().await, 0, "nobody registers it again unasked");
        let view = number(app, &ada).await;
        assert_eq!(view.registration, Registration::Unregistered);
        let told = view.status.steps.iter().find_map(|step| match &step.state {
            RungState::Failed(why, _) => Some(why.code.to_string()),
            _ => None,
        });
        assert_eq!(told.as_deref(), Some("number.deregistered"));
        register(app, &ada, "246810").await.unwrap();
        let view = number(app, &ada).await;
        assert_eq!((view.registration, view.status.ladder.problem()), (Registration::Registered(Some(app.clock.now())), None));
    }
}

db_test! {
    async fn a_number_of_the_business_app_is_neither_registered_nor_deregistered(app: &TestApp) {
        let ada = chosen(app, "ada", |number| number.is_on_biz_app = true).await;
        let view = number(app, &ada).await;
        assert_eq!(view.registration, Registration::BusinessApp);
        assert_eq!(code(register(app, &ada, "246810").await), "number.on_business_app");
        let refused = numbers::deregister(&app.services, &ada.actor, &view.status.asset.id, true).await;
        assert_eq!(code(refused), "number.on_business_app");
        assert!(app.meta().requests().iter().all(|request| !request.path.ends_with("register")), "Meta is not asked");
    }
}

db_test! {
    async fn every_refusal_of_a_registration_says_what_to_do(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, "ada", |_| ()).await;
        let mut told = Vec::new();
        for (meta_code, stable) in [
            (133_000, "meta.number.deregistration_unfinished"),
            (133_004, "meta.busy"),
            (133_005, "meta.number.wrong_pin"),
            (133_006, "meta.number.unverified"),
            (133_008, "meta.limit.registration"),
            (133_009, "meta.limit.registration"),
            (133_010, "meta.number.not_registered"),
            (133_015, "meta.busy"),
            (133_016, "meta.limit.registration"),
            (190, "meta.token.invalid"),
        ] {
            let fault = app.meta().set_fault(Fault::error("register", 400, meta_code));
            let refused = register(app, &ada, "246810").await.unwrap_err();
            app.meta().remove_fault(fault);
            let why = refused.explain();
            assert_eq!(why.code, stable, "{meta_code}");
            let why = why.told(Language::En);
            assert!(!why.what.is_empty() && !why.why.is_empty() && !why.todo.is_empty(), "{meta_code}: {why:?}");
            told.push(why.why);
        }
        let limits: std::collections::HashSet<_> = [&told[4], &told[5], &told[8]].into_iter().collect();
        assert_eq!(limits.len(), 3, "three limits are told apart: {limits:?}");
        let overview = connect::status::overview(&app.services, &ada.actor).await.unwrap();
        assert!(overview.connections[0].problem.is_some(), "a refused token is the connection's own problem");
    }
}
