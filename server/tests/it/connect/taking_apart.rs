//! Disconnecting step by step: what fails is told and can be tried again, the rest goes on.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    connect::{self, DisconnectChoices, DisconnectView},
    db::{
        credentials,
        disconnections::{Step, StepKind, StepState},
        history::erase_slice,
        journal,
    },
    error::Error,
    ids::ConnectionId,
    observe,
};
use simulator::{Consent, Fault, Revocation};

use crate::support::{
    Person, TestApp,
    desk::{Customer, text},
};

const LUCIA: &str = "10215550001110001";
const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

const NOTHING: DisconnectChoices = DisconnectChoices { deregister: false, revoke: false, erase: false };

async fn ask(app: &TestApp, who: &Person, id: &ConnectionId, choices: DisconnectChoices) {
    connect::disconnect(&app.services, &who.actor, id, choices, "Erase ").await.unwrap();
}

async fn view(app: &TestApp, who: &Person, id: &ConnectionId) -> DisconnectView {
    connect::view_disconnection(&app.services, &who.actor, id).await.unwrap()
}

fn step<'a>(view: &'a DisconnectView, kind: StepKind, meta_id: &str) -> &'a Step {
    let step = view.steps.iter().find(|step| step.kind == kind && step.meta_id == meta_id);
    step.unwrap_or_else(|| panic!("{kind:?} of {meta_id} is not among {:#?}", view.steps))
}

async fn tokens(app: &TestApp, who: &Person, id: &ConnectionId) -> usize {
    credentials::list(app.services.db(), who.tenant(), id).await.unwrap().len()
}

db_test! {
    async fn what_is_ours_ends_at_once_and_each_step_says_how_it_ended(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        ask(app, &ada, &id, DisconnectChoices::default()).await;
        assert_eq!(app.storage.rows().await.get("routes"), None, "before Meta hears of it");
        assert!(view(app, &ada, &id).await.disconnection.finished_at.is_none());
        app.idle().await;
        let view = view(app, &ada, &id).await;
        assert!(view.steps.iter().all(|step| step.state == StepState::Done && !step.sentence.is_empty()), "{:#?}", view.steps);
        assert!(view.disconnection.finished_at.is_some() && !view.can_retry());
        assert_eq!((app.subscribed(), tokens(app, &ada, &id).await), (Vec::<String>::new(), 0));
        assert!(!app.meta().has_granted(LUCIA), "the grant ended at Meta");
    }
}

db_test! {
    async fn overrides_of_the_account_and_the_number_are_cleared(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.meta().set_override(ACCOUNT, "https://other.example/account");
        app.meta().set_override(NUMBER, "https://other.example/number");
        ask(app, &ada, &id, NOTHING).await;
        app.idle().await;
        let view = view(app, &ada, &id).await;
        for meta_id in [ACCOUNT, NUMBER] {
            let cleared = step(&view, StepKind::ClearOverride, meta_id);
            assert_eq!((cleared.state, cleared.sentence.as_str()), (StepState::Done, "The other address that was set for it is removed."));
            assert_eq!(app.meta().override_of(meta_id), None);
        }
    }
}

db_test! {
    async fn a_number_is_deregistered_only_when_asked_for(app: &TestApp) {
        let ada = app.owner("ada").await;
        let first = app.connected(&ada).await.connection.unwrap().id;
        ask(app, &ada, &first, NOTHING).await;
        app.idle().await;
        assert_eq!(app.meta().world().phone_numbers[0].platform_type, "CLOUD_API");
        let second = app.connected(&ada).await.connection.unwrap().id;
        ask(app, &ada, &second, DisconnectChoices { deregister: true, ..NOTHING }).await;
        app.idle().await;
        assert_eq!(step(&view(app, &ada, &second).await, StepKind::Deregister, NUMBER).state, StepState::Done);
        assert_eq!(app.meta().world().phone_numbers[0].platform_type, "NOT_APPLICABLE");
    }
}

db_test! {
    async fn a_number_of_the_business_app_stays_registered(app: &TestApp) {
        app.meta().edit_world(|world| world.phone_numbers[0].is_on_biz_app = true).unwrap();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        ask(app, &ada, &id, DisconnectChoices { deregister: true, ..NOTHING }).await;
        app.idle().await;
        let view = view(app, &ada, &id).await;
        let kept = step(&view, StepKind::Deregister, NUMBER);
        assert_eq!(kept.state, StepState::Skipped);
        assert!(kept.sentence.contains("WhatsApp Business app"), "{}", kept.sentence);
        assert_eq!(app.meta().world().phone_numbers[0].platform_type, "CLOUD_API");
    }
}

db_test! {
    async fn a_grant_that_another_tenant_hangs_on_stays(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE]).await;
        let theirs = app.discovered(&eve).await;
        app.choose(&eve, &theirs, &[NUMBER]).await;
        let (hers, theirs) = (hers.connection.unwrap().id, theirs.connection.unwrap().id);
        app.disconnect(&ada, &hers).await;
        let kept = view(app, &ada, &hers).await;
        let kept = step(&kept, StepKind::Revoke, "");
        assert_eq!(kept.state, StepState::Skipped);
        assert!(!kept.sentence.to_lowercase().contains("eve"), "{}", kept.sentence);
        assert!(app.meta().has_granted(LUCIA));
        let report = connect::check_connection(&app.services, &eve.actor, &theirs).await.unwrap();
        assert_eq!((report.problem, report.proven), (None, 2), "the other tenant's access works as before");
        app.disconnect(&eve, &theirs).await;
        assert_eq!(step(&view(app, &eve, &theirs).await, StepKind::Revoke, "").state, StepState::Done);
        assert!(!app.meta().has_granted(LUCIA));
    }
}

db_test! {
    async fn what_meta_refuses_is_told_and_tried_again_while_the_rest_goes_on(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let refuses = Fault::error("subscribed_apps", 403, 200).on_method("DELETE");
        let fault = app.meta().set_fault(refuses.on_path(&format!("/{PAGE}/*")));
        ask(app, &ada, &id, DisconnectChoices { erase: true, ..DisconnectChoices::default() }).await;
        app.idle().await;
        let stuck = view(app, &ada, &id).await;
        assert_eq!(step(&stuck, StepKind::Unsubscribe, PAGE).state, StepState::Failed);
        assert_eq!(step(&stuck, StepKind::Unsubscribe, ACCOUNT).state, StepState::Done);
        assert_eq!(step(&stuck, StepKind::Erase, NUMBER).state, StepState::Done);
        assert_eq!(step(&stuck, StepKind::Revoke, "").state, StepState::Waiting, "it would take the token away");
        assert_eq!(step(&stuck, StepKind::DropTokens, "").state, StepState::Waiting);
        assert!(stuck.can_retry() && tokens(app, &ada, &id).await > 0);

        app.meta().remove_fault(fault);
        connect::retry_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        app.idle().await;
        let done = view(app, &ada, &id).await;
        assert!(done.steps.iter().all(|step| step.state == StepState::Done), "{:#?}", done.steps);
        assert_eq!((tokens(app, &ada, &id).await, app.subscribed().len()), (0, 0));
    }
}

db_test! {
    async fn what_meta_cannot_do_just_now_is_tried_again_by_itself_after_a_restart_too(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 500, 2).on_method("DELETE"));
        app.disconnect(&ada, &id).await;
        let waits = view(app, &ada, &id).await;
        assert_eq!(step(&waits, StepKind::Unsubscribe, PAGE).state, StepState::Waiting);
        assert!(step(&waits, StepKind::Unsubscribe, PAGE).sentence.contains("tried again"), "{:#?}", waits.steps);
        assert!(!waits.can_retry());
        app.meta().remove_fault(fault);
        let later = app.restarted();
        app.advance(Duration::from_secs(60));
        server::jobs::run_due(&later).await.unwrap();
        let done = view(app, &ada, &id).await;
        assert!(done.steps.iter().all(|step| step.state == StepState::Done), "{:#?}", done.steps);
        assert_eq!(app.subscribed(), Vec::<String>::new());
    }
}

db_test! {
    async fn a_dead_token_holds_nothing_up(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.meta().revoke_person(LUCIA, Revocation::AppRemoved);
        app.disconnect(&ada, &id).await;
        let view = view(app, &ada, &id).await;
        assert_eq!(step(&view, StepKind::Unsubscribe, PAGE).state, StepState::Failed);
        assert_eq!(step(&view, StepKind::DropTokens, "").state, StepState::Done);
        assert_eq!(tokens(app, &ada, &id).await, 0);
        assert!(!view.can_retry() && view.disconnection.finished_at.is_some());
        assert_eq!(app.storage.rows().await.get("routes"), None);
    }
}

db_test! {
    async fn tokens_are_not_kept_for_longer_than_three_days(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        app.meta().set_fault(Fault::error("subscribed_apps", 403, 200).on_method("DELETE"));
        app.disconnect(&ada, &id).await;
        app.advance(Duration::from_secs(71 * 3600));
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        assert!(tokens(app, &ada, &id).await > 0);
        app.advance(Duration::from_secs(2 * 3600));
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(tokens(app, &ada, &id).await, 0);
        let view = view(app, &ada, &id).await;
        assert!(view.disconnection.finished_at.is_some() && !view.can_retry(), "{:#?}", view.steps);
    }
}

db_test! {
    async fn what_was_connected_again_meanwhile_is_left_alone(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let fault = app.meta().set_fault(Fault::error("subscribed_apps", 403, 200).on_method("DELETE"));
        app.disconnect(&ada, &id).await;
        app.meta().remove_fault(fault);
        let again = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &again, &[PAGE, NUMBER]).await;
        connect::retry_disconnect(&app.services, &ada.actor, &id).await.unwrap();
        app.idle().await;
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        let view = view(app, &ada, &id).await;
        assert_eq!(step(&view, StepKind::Unsubscribe, PAGE).state, StepState::Skipped);
    }
}

/// Writes to a number, as two customers do.
fn messages(number: &str) -> Vec<serde_json::Value> {
    let who = |name, phone| Customer { name: Some(name), phone: Some(phone), user_id: None };
    vec![
        text(number, who("Iris", "34600111222"), "wamid.1", 1_700_000_000, "one"),
        text(number, who("Iris", "34600111222"), "wamid.2", 1_700_000_001, "two"),
        text(number, who("Otto", "34600111333"), "wamid.3", 1_700_000_002, "three"),
    ]
}

/// The number, as what it brought is found by.
const THE_NUMBER: (AssetKind, &str) = (AssetKind::WhatsappNumber, NUMBER);

const MADE: [&str; 5] = ["messages", "conversations", "contacts", "contact_identities", "delivery_parts"];

/// How many bodies the journal holds, on SQLite in a file of its own.
async fn bodies(app: &TestApp) -> i64 {
    let db = app.services.db();
    let mut bodies = 0;
    for writer in app.see("SELECT CAST(id AS TEXT) FROM journal_writers").await {
        bodies += journal::count_after(db, writer.parse().unwrap(), 0).await.unwrap();
    }
    bodies
}

db_test! {
    async fn erasing_takes_what_the_assets_brought_and_nothing_else(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[NUMBER]).await;
        app.hold(&ada, AssetKind::WhatsappNumber, "777").await;
        app.hold(&eve, AssetKind::WhatsappNumber, "888").await;
        app.arrive(&messages("777")).await;
        app.arrive(&messages("888")).await;
        let (others, kept) = (app.storage.rows().await, bodies(app).await);
        app.arrive(&messages(NUMBER)).await;
        assert!(app.storage.rows().await["messages"] > others["messages"]);
        let id = hers.connection.unwrap().id;
        assert!(connect::plan_disconnect(&app.services, &ada.actor, &id).await.unwrap().history >= 3);

        // Without the word nothing happens at all.
        let erase = DisconnectChoices { erase: true, ..NOTHING };
        let refused = connect::disconnect(&app.services, &ada.actor, &id, erase, "yes").await;
        assert!(matches!(refused, Err(Error::Invalid { field: "confirmation", .. })), "{refused:?}");
        assert!(connect::view_disconnection(&app.services, &ada.actor, &id).await.is_err());

        let foreign = erase_slice(app.services.db(), eve.tenant(), THE_NUMBER);
        assert_eq!(foreign.await.unwrap(), 0, "another tenant erases nothing of it");
        ask(app, &ada, &id, erase).await;
        app.idle().await;
        let after = app.storage.rows().await;
        for table in MADE {
            assert_eq!(after.get(table), others.get(table), "{table}");
        }
        assert_eq!(bodies(app).await, kept);
        let view = view(app, &ada, &id).await;
        let erased = step(&view, StepKind::Erase, NUMBER);
        assert_eq!((erased.state, erased.done, erased.total), (StepState::Done, 8, 8), "3 messages, 3 deliveries, 2 conversations");
        let actions = app.see("SELECT action FROM audit_log WHERE action LIKE 'history.%' ORDER BY seq").await;
        assert_eq!(actions[0], "history.erase_asked");
        assert_eq!(actions.iter().filter(|action| *action == "history.erased").count(), 2, "the account and its number");
        assert!(observe::verify_audit(&app.services).await.unwrap().broken.is_empty());
    }
}

db_test! {
    async fn a_body_that_is_about_others_too_stays(app: &TestApp) {
        let ada = app.owner("ada").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[NUMBER]).await;
        app.hold(&ada, AssetKind::WhatsappNumber, "777").await;
        let both = messages(NUMBER).remove(0);
        let mut other = messages("777").remove(0);
        let entry = other["entry"].as_array_mut().unwrap().remove(0);
        let mut body = both;
        body["entry"].as_array_mut().unwrap().push(entry);
        app.arrive(&[body]).await;
        ask(app, &ada, &hers.connection.unwrap().id, DisconnectChoices { erase: true, ..NOTHING }).await;
        app.idle().await;
        let rows = app.storage.rows().await;
        assert_eq!((rows.get("delivery_parts"), rows.get("messages"), bodies(app).await), (Some(&1), Some(&1), 1));
    }
}

db_test! {
    async fn a_stop_in_the_middle_of_erasing_goes_on_where_it_stopped(app: &TestApp) {
        let ada = app.owner("ada").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[NUMBER]).await;
        app.arrive(&messages(NUMBER)).await;
        let id = hers.connection.unwrap().id;
        let erase = DisconnectChoices { erase: true, ..NOTHING };
        connect::disconnect(&app.services, &ada.actor, &id, erase, "erase").await.unwrap();
        // The process ends after the first slice: the job is left under a lease that nobody renews.
        erase_slice(app.services.db(), ada.tenant(), THE_NUMBER).await.unwrap();
        assert_eq!(app.storage.rows().await.get("delivery_parts"), None);
        assert_eq!(app.storage.rows().await["messages"], 3);
        server::jobs::run_due(&app.restarted()).await.unwrap();
        assert_eq!(app.storage.rows().await.get("messages"), None);
        assert!(view(app, &ada, &id).await.disconnection.finished_at.is_some());
    }
}

db_test! {
    async fn what_arrives_after_connecting_again_is_not_erased(app: &TestApp) {
        let ada = app.owner("ada").await;
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[NUMBER]).await;
        app.arrive(&messages(NUMBER)).await;
        let id = hers.connection.unwrap().id;
        let erase = DisconnectChoices { erase: true, ..NOTHING };
        connect::disconnect(&app.services, &ada.actor, &id, erase, "erase").await.unwrap();
        // Before the job has its turn, the number is connected again and Iris goes on writing.
        app.advance(Duration::from_secs(60));
        let again = app.discovered_with(&ada, &Consent::everything().by(MATEO)).await;
        app.choose(&ada, &again, &[NUMBER]).await;
        let iris = Customer { name: Some("Iris"), phone: Some("34600111222"), user_id: None };
        app.arrive(&[text(NUMBER, iris, "wamid.9", 1_700_000_100, "back again")]).await;
        app.idle().await;
        assert_eq!(app.see("SELECT meta_id FROM messages").await, ["wamid.9"]);
        assert_eq!(app.see("SELECT COALESCE(name, '') FROM contacts").await, ["Iris"], "Otto is not known any more");
        assert_eq!(bodies(app).await, 1, "and what it was made from");
        assert_eq!(app.see("SELECT state FROM disconnection_steps WHERE kind = 'erase' AND state <> 'done'").await.len(), 0);
    }
}
