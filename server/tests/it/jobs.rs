//! Jobs that cannot come to an end.

use std::{fmt::Debug, time::Duration};

use server::{connect, db::jobs};
use simulator::Fault;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
};

use crate::support::{TestApp, ids_of};

const PAGE: &str = "110220330440551";
const MINUTE: Duration = Duration::from_secs(60);

/// A fault of ours: whoever writes this line panics.
struct Faulty(&'static str);

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

impl<S: Subscriber> Layer<S> for Faulty {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut message = Message(String::new());
        event.record(&mut message);
        assert!(!message.0.contains(self.0), "a fault");
    }
}

/// A choice is saved; the job that follows it has not begun.
async fn chosen(app: &TestApp) {
    let ada = app.owner("ada").await;
    let view = app.discovered(&ada).await;
    connect::choose(&app.services, &ada.actor, &view.id, &ids_of(&view, &[PAGE])).await.unwrap();
}

/// The kinds of the jobs that were given up.
async fn given_up(app: &TestApp) -> Vec<String> {
    let op = app.operator().await;
    let dead = server::jobs::list_dead(&app.services, &op.actor).await.unwrap();
    dead.into_iter().map(|job| job.kind).collect()
}

db_test! {
    async fn one_that_panics_fails_as_any_other_and_is_given_up(app: &TestApp) {
        app.expect_refusals();
        chosen(app).await;
        app.meta().set_fault(Fault::error("subscriptions", 400, 100).on_method("POST"));
        let mut runs = 0;
        {
            let faulty = tracing_subscriber::registry().with(Faulty("the app is not subscribed"));
            let _faulty = tracing::subscriber::set_default(faulty);
            for _ in 0..20 {
                runs += app.run_jobs().await;
                app.advance(60 * MINUTE);
            }
        }
        assert_eq!(runs, 12);
        assert_eq!(given_up(app).await, ["apply_choice"]);
    }
}

db_test! {
    async fn one_that_takes_its_process_with_it_is_given_up_too(app: &TestApp) {
        chosen(app).await;
        for process in 0..12 {
            // The lease of a process that dies is never given back.
            let (now, lease) = (app.clock.now(), format!("process {process}"));
            let begun = jobs::claim_across_tenants(app.services.db(), &lease, 4, now, now.plus(MINUTE)).await.unwrap();
            assert_eq!(begun.len(), 1);
            app.advance(MINUTE);
        }
        let calls = app.meta().call_count();
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(app.meta().call_count(), calls, "it was not begun once more");
        assert_eq!(given_up(app).await, ["apply_choice"]);
    }
}
