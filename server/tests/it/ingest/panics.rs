//! A fault in reading one delivery stops nothing else, is seen, and is made good when the fault is.

use server::{
    accounts::Role,
    asset_kind::AssetKind,
    clock::Timestamp,
    db::delivery_parts::Outcome,
    error::Error,
    ingest::{
        self,
        deliveries::{self, Filter, Replay},
        read_bodies_with,
    },
    meta::webhook::{self, Event, Unreadable},
};

use crate::support::{
    Logs, TestApp,
    desk::{Customer, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

/// A version of Attaché with a fault.
fn faulty(body: &[u8], received: Timestamp) -> Result<Vec<Event>, Unreadable> {
    assert!(!body.windows(6).any(|part| part == b"poison"), "a fault");
    webhook::read(body, received)
}

db_test! {
    async fn a_panic_while_reading_is_isolated_kept_seen_and_can_be_made_good(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        read_bodies_with(&app.services, faulty);
        let logs = Logs::listen();
        let words = |n: i64| if n == 7 { "poison" } else { "hi" };
        for n in 0..20 {
            let body = text("100", SHEENA, &format!("wamid.{n}"), n, words(n)).to_string();
            assert_eq!(app.deliver(body).await.status, 200, "whether it can be read does not matter to Meta");
        }
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT meta_id FROM messages").await.len(), 19, "the others go on");
        assert_eq!(app.storage.journal().await.len(), 20, "it is kept");
        assert_eq!(logs.text().lines().filter(|line| line.contains("reading a delivery panicked")).count(), 1);

        // The operator sees it: nobody knows whose it is.
        let (services, operator) = (&app.services, app.operator().await);
        let failed = Filter { outcome: Some(Outcome::Failed), ..Filter::default() };
        let rows = deliveries::list_all(services, &operator.actor, &failed, 50).await.unwrap().rows;
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(row.problem.as_ref().unwrap().code, "delivery.failed");
        assert_eq!(ingest::overview(services, &operator.actor).await.unwrap().failed, 1);
        let found = deliveries::get(services, &operator.actor, row.id).await.unwrap();
        assert!(found.body.unwrap().contains("poison") && found.events.is_empty());
        assert!(matches!(deliveries::get(services, &ada.actor, row.id).await, Err(Error::NotFound(_))));

        // With the fault it fails again, and hurts nobody.
        let again = Replay::Ids(vec![row.id]);
        assert_eq!(deliveries::replay(services, &operator.actor, again.clone()).await.unwrap(), 1);
        app.idle().await;
        assert_eq!(app.see("SELECT meta_id FROM messages").await.len(), 19);
        // The next version has no such fault.
        let next = app.restarted();
        assert_eq!(deliveries::replay(&next, &operator.actor, again).await.unwrap(), 1);
        crate::support::idle(&next).await;
        assert_eq!(app.see("SELECT text FROM messages WHERE meta_id = 'wamid.7'").await, ["poison"]);
        let parts = app.see("SELECT tenant_id || ' ' || outcome FROM delivery_parts WHERE replayed_at IS NOT NULL").await;
        assert_eq!(parts, [format!("{} applied", ada.tenant())], "what was nobody's is ada's by now");
        assert_eq!(ingest::overview(&next, &operator.actor).await.unwrap().failed, 0);
        let seen = deliveries::list(&next, &ada.actor, &Filter::default(), 50).await.unwrap().rows;
        assert_eq!(seen.len(), 20);
        let member = app.member(&ada, "ann", Role::Agent).await;
        assert_eq!(deliveries::list(&next, &member.actor, &failed, 50).await.unwrap().rows.len(), 0);
    }
}
