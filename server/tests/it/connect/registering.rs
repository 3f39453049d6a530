//! Registering numbers, and every way in which Meta refuses.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    connect::{
        self,
        status::{self, AssetStatus, RungState, StepKind},
    },
    db::{
        credentials::{self, CredentialKind},
        disconnections::StepKind as StepOf,
    },
    error::Error,
    words::Language,
};
use simulator::{Effect, Fault, PhoneNumber};

use crate::support::{Person, TestApp};

const NUMBER: &str = "190638523274551";

/// The shop's number is not registered, and else as `edit` says; it is chosen.
async fn chosen(app: &TestApp, edit: impl FnOnce(&mut PhoneNumber)) -> Person {
    chosen_by(app, "ada", edit).await
}

async fn chosen_by(app: &TestApp, name: &str, edit: impl FnOnce(&mut PhoneNumber)) -> Person {
    app.meta()
        .edit_world(|world| {
            let number = &mut world.phone_numbers[0];
            number.platform_type = "NOT_APPLICABLE".into();
            number.status = "PENDING".into();
            edit(number);
        })
        .unwrap();
    let who = app.owner(name).await;
    let view = app.discovered(&who).await;
    app.choose(&who, &view, &[NUMBER]).await;
    who
}

async fn number(app: &TestApp, who: &Person) -> AssetStatus {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    overview.assets.into_iter().find(|status| status.asset.meta_id == NUMBER).unwrap()
}

fn registered(status: &AssetStatus) -> &RungState {
    &status.steps.iter().find(|step| step.what == StepKind::NumberRegistered).unwrap().state
}

fn code(status: &AssetStatus) -> Option<String> {
    match registered(status) {
        RungState::Failed(why, _) => Some(why.code.to_string()),
        _ => None,
    }
}

fn attempts(app: &TestApp) -> usize {
    app.meta().requests().iter().filter(|request| request.path.ends_with("/register")).count()
}

db_test! {
    async fn a_number_that_is_not_registered_is_registered_with_a_pin_of_its_own(app: &TestApp) {
        let ada = chosen(app, |_| ()).await;
        assert_eq!(app.meta().world().phone_numbers[0].status, "CONNECTED");
        let pin = app.meta().world().phone_numbers[0].pin.clone().unwrap();
        assert!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()), "{pin}");
        let status = number(app, &ada).await;
        assert_eq!(*registered(&status), RungState::Done(app.clock.now()));
        let kept = credentials::list(app.services.db(), ada.tenant(), &status.asset.connection_id).await.unwrap();
        let kept: Vec<_> = kept.iter().filter(|credential| credential.kind == CredentialKind::Pin).collect();
        assert_eq!((kept.len(), kept[0].subject.as_str()), (1, NUMBER));
        assert!(!format!("{:?}", app.storage.dump().await).contains(&format!("\"{pin}\"")), "it is sealed");
        assert_eq!(attempts(app), 1);
    }
}

db_test! {
    async fn registered_numbers_and_those_of_the_business_app_are_left_alone(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        assert_eq!(attempts(app), 0);
        assert!(matches!(registered(&number(app, &ada).await), RungState::Done(_)));
        app.meta().edit_world(|world| {
            let number = &mut world.phone_numbers[0];
            number.platform_type = "NOT_APPLICABLE".into();
            number.is_on_biz_app = true;
        }).unwrap();
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(attempts(app), 0);
    }
}

db_test! {
    async fn a_number_with_a_pin_waits_for_it_and_takes_it(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, |number| number.pin = Some("246810".into())).await;
        let status = number(app, &ada).await;
        assert_eq!(code(&status).as_deref(), Some("number.needs_pin"));
        assert!(status.needs_pin());
        assert_eq!((attempts(app), app.run_jobs().await), (1, 0), "guessing would block the number");

        let enter = async |pin: &str| {
            connect::enter_pin(&app.services, &ada.actor, &status.asset.id, SecretString::from(pin.to_owned())).await
        };
        for wrong in ["", "12345", "1234567", "12345a"] {
            assert!(matches!(enter(wrong).await, Err(Error::Invalid { field: "pin", .. })), "{wrong}");
        }
        enter("111111").await.unwrap();
        app.idle().await;
        let status = number(app, &ada).await;
        assert!(status.needs_pin(), "another wrong one");
        assert_eq!(code(&status).as_deref(), Some("number.wrong_pin"), "and it is told");
        enter(" 246810 ").await.unwrap();
        assert_eq!(*registered(&number(app, &ada).await), RungState::Now, "the earlier failure is over");
        app.idle().await;
        let status = number(app, &ada).await;
        assert_eq!(*registered(&status), RungState::Done(app.clock.now()));
        assert!(!status.needs_pin());
        let eve = app.owner("eve").await;
        let foreign = connect::enter_pin(&app.services, &eve.actor, &status.asset.id, SecretString::from("246810".to_owned())).await;
        assert!(matches!(foreign, Err(Error::NotFound("number"))), "{foreign:?}");
    }
}

db_test! {
    async fn refusals_that_a_person_mends_are_told_and_not_repeated(app: &TestApp) {
        app.expect_refusals();
        for (meta_code, told) in [(133_005, "number.needs_pin"), (133_006, "meta.number.unverified"), (100, "meta.request.parameter")] {
            let fault = app.meta().set_fault(Fault::error("register", 400, meta_code));
            let ada = chosen_by(app, &format!("ada{meta_code}"), |_| ()).await;
            let status = number(app, &ada).await;
            let said = code(&status).unwrap();
            assert!(said == told || meta_code == 100, "{meta_code}: {said}");
            assert_eq!(status.ladder.problem().unwrap().1.code, said, "the ladder says so too");
            assert_eq!(app.run_jobs().await, 0);
            app.meta().remove_fault(fault);
            app.disconnect(&ada, &status.asset.connection_id).await;
        }
    }
}

db_test! {
    async fn refusals_that_pass_are_told_and_tried_again(app: &TestApp) {
        app.expect_refusals();
        let hour = Duration::from_secs(3600);
        let cases = [
            (133_000, "meta.number.deregistration_unfinished", Duration::from_secs(5)),
            (133_004, "meta.busy", Duration::from_secs(5)),
            (133_010, "meta.number.not_registered", Duration::from_secs(5)),
            (133_015, "number.deleted_a_moment_ago", Duration::from_secs(300)),
            (133_008, "meta.limit.registration", hour),
            (133_009, "meta.limit.registration", hour),
            (133_016, "meta.limit.registration", hour),
        ];
        for (meta_code, told, wait) in cases {
            let fault = app.meta().set_fault(Fault::error("register", 400, meta_code));
            let ada = chosen_by(app, &format!("ada{meta_code}"), |_| ()).await;
            assert_eq!(code(&number(app, &ada).await).as_deref(), Some(told), "{meta_code}");
            app.meta().remove_fault(fault);
            // Before half of the wait is over nothing happens, whatever the spread.
            app.advance(wait / 2 - Duration::from_millis(1));
            assert_eq!(app.run_jobs().await, 0, "{meta_code}");
            app.advance(wait / 2 + Duration::from_millis(1));
            assert_eq!(app.run_jobs().await, 1, "{meta_code}");
            let status = number(app, &ada).await;
            assert_eq!(*registered(&status), RungState::Done(app.clock.now()), "{meta_code}");
            app.disconnect(&ada, &status.asset.connection_id).await;
            app.meta().edit_world(|world| world.phone_numbers[0].pin = None).unwrap();
        }
    }
}

db_test! {
    async fn an_unfinished_deregistration_is_finished_first(app: &TestApp) {
        app.expect_refusals();
        let ada = chosen(app, |number| {
            number.deregistration_incomplete = true;
            number.platform_type = "CLOUD_API".into();
            number.status = "DISCONNECTED".into();
        }).await;
        assert_eq!(*registered(&number(app, &ada).await), RungState::Done(app.clock.now()));
        let paths: Vec<_> = app.meta().requests().into_iter().map(|request| request.path)
            .filter(|path| path.ends_with("register")).map(|path| path.rsplit('/').next().unwrap().to_owned()).collect();
        assert_eq!(paths, ["register", "deregister", "register"]);
    }
}

db_test! {
    async fn a_process_that_dies_while_registering_loses_no_pin(app: &TestApp) {
        app.expect_refusals();
        // Meta registers the number, and nobody hears the answer.
        app.meta().set_fault(Fault::new(Effect::HalfBody).on_edge("register").times(1));
        let ada = chosen(app, |_| ()).await;
        let pin = app.meta().world().phone_numbers[0].pin.clone();
        app.advance(Duration::from_secs(5));
        app.idle().await;
        let status = number(app, &ada).await;
        assert!(matches!(registered(&status), RungState::Done(_)), "{:?}", status.steps);
        assert_eq!(app.meta().world().phone_numbers[0].pin, pin, "registered again with the same one");
    }
}

db_test! {
    async fn a_pin_that_nobody_knows_outlives_its_connection(app: &TestApp) {
        let ada = chosen(app, |_| ()).await;
        let pin = app.meta().world().phone_numbers[0].pin.clone();
        let id = number(app, &ada).await.asset.connection_id;
        let plan = connect::plan_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        let drop = plan.steps.iter().find(|step| step.kind == StepOf::DropTokens).unwrap();
        assert!(drop.told(Language::En).contains("PINs"), "it is told before: {drop:?}");
        let choices = connect::DisconnectChoices { deregister: true, ..Default::default() };
        connect::disconnect(&app.services, &ada.actor, &id, choices, "").await.unwrap();
        app.idle().await;
        let left = credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap();
        assert_eq!(left.iter().map(|one| one.kind).collect::<Vec<_>>(), [CredentialKind::Pin]);
        let view = connect::view_disconnection(&app.services, &ada.actor, &id).await.unwrap();
        let dropped = view.steps.iter().find(|step| step.kind == StepOf::DropTokens).unwrap();
        assert!(dropped.told(Language::En).contains("PINs"), "and afterwards: {dropped:?}");

        // The number is off the Cloud API, and Meta takes it back with its PIN alone.
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(*registered(&number(app, &ada).await), RungState::Done(app.clock.now()));
        assert_eq!((attempts(app), app.meta().world().phone_numbers[0].pin.clone()), (2, pin));
        // Nobody else's connection finds it.
        let eve = app.owner("eve").await;
        assert!(credentials::find_pin(app.services.db(), eve.tenant(), NUMBER).await.unwrap().is_none());
    }
}
