//! Where events are sent to, and where not: what a name leads to is checked, and connected to as it was checked.

use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::future::BoxFuture;
use server::{
    db::event_deliveries::DeliveryFilter,
    error::Error,
    ids::WebhookEndpointId,
    outbox::{self, EndpointInput, EndpointPatch, Lookup, OutboxSettings},
};

use super::endpoint;
use crate::support::{Person, Receiver, Setup, TestApp};

/// Names that lead where a test says; each answer of a list is given once, the last one again and again.
#[derive(Debug, Default)]
struct Names {
    known: HashMap<&'static str, Vec<&'static str>>,
    asked: AtomicUsize,
}

impl Lookup for Names {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let found = self.known.get(name.as_str()).cloned();
        Box::pin(async move {
            let answers = found.ok_or_else(|| io::Error::other("no such name"))?;
            let answer = answers[asked.min(answers.len() - 1)];
            Ok(answer.split(' ').map(|address| address.parse().unwrap()).collect())
        })
    }
}

fn names(known: &[(&'static str, &[&'static str])], allow_private: bool) -> Setup {
    let known = known.iter().map(|(name, answers)| (*name, answers.to_vec())).collect();
    let lookup = Arc::new(Names { known, asked: AtomicUsize::new(0) });
    Setup { outbox: OutboxSettings { allow_private, lookup, ..OutboxSettings::default() }, ..Setup::default() }
}

/// An endpoint at an address that nobody was asked about.
async fn forced(app: &TestApp, who: &Person, url: &str) -> WebhookEndpointId {
    let (id, _) = endpoint(app, &who.actor, "https://hooks.example.com/").await;
    app.storage.tamper(&format!("UPDATE webhook_endpoints SET url = '{url}' WHERE id = '{id}'")).await;
    id
}

/// What the last try met.
async fn met(app: &TestApp, who: &Person, id: &WebhookEndpointId) -> String {
    outbox::send_test(&app.services, &who.actor, id).await.unwrap();
    assert_eq!(app.send_events().await, 1);
    let page = outbox::list_deliveries(&app.services, &who.actor, id, &DeliveryFilter::default(), 1).await.unwrap();
    page.rows[0].problem.as_ref().map(|problem| problem.code.to_string()).unwrap_or_default()
}

db_test! {
    async fn names_that_lead_to_this_network_are_not_connected_to(app: &TestApp, names(&[
        ("loopback.example.com", &["127.0.0.1"]),
        ("loopback6.example.com", &["::1"]),
        ("mapped.example.com", &["::ffff:127.0.0.1"]),
        ("metadata.example.com", &["169.254.169.254"]),
        ("private.example.com", &["10.1.2.3 192.168.1.1 fd00::1"]),
    ], false)) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        for name in ["loopback", "loopback6", "mapped", "metadata", "private"] {
            let url = format!("https://{name}.example.com:{}/hook", receiver.port());
            let (id, _) = endpoint(app, &ada.actor, &url).await;
            assert_eq!(met(app, &ada, &id).await, "events.not_public", "{name}");
        }
        let (id, _) = endpoint(app, &ada.actor, "https://nobody.example.com/").await;
        assert_eq!(met(app, &ada, &id).await, "events.name_unknown");
        assert!(receiver.received().is_empty());
    }
}

db_test! {
    async fn addresses_in_numbers_are_checked_at_every_sending(app: &TestApp, names(&[], false)) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let port = receiver.port();
        for url in [
            format!("https://127.0.0.1:{port}/"),
            format!("https://[::1]:{port}/"),
            format!("https://[::ffff:127.0.0.1]:{port}/"),
            format!("https://2130706433:{port}/"),
            format!("https://localhost:{port}/"),
            // By an installation that once allowed it.
            format!("http://hooks.example.com:{port}/"),
        ] {
            let id = forced(app, &ada, &url).await;
            assert_eq!(met(app, &ada, &id).await, "events.not_public", "{url}");
        }
        assert!(receiver.received().is_empty());
    }
}

db_test! {
    async fn a_name_that_leads_elsewhere_a_moment_later_is_connected_to_as_checked(app: &TestApp, names(&[
        // First this machine, where the receiver is; whoever asked twice would go to a place where nobody is.
        ("rebinding.example.com", &["127.0.0.1", "127.0.0.2"]),
    ], true)) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let url = format!("http://rebinding.example.com:{}/hook", receiver.port());
        let (id, _) = endpoint(app, &ada.actor, &url).await;
        assert_eq!(met(app, &ada, &id).await, "");
        let received = receiver.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].header("host"), format!("rebinding.example.com:{}", receiver.port()));
    }
}

db_test! {
    async fn private_addresses_are_refused_when_they_are_entered(app: &TestApp, names(&[], false)) {
        let ada = app.owner("ada").await;
        let (id, _) = endpoint(app, &ada.actor, "https://hooks.example.com/").await;
        for url in ["http://hooks.example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1/", "gopher://x/"] {
            let input = EndpointInput { url: url.into(), ..EndpointInput::default() };
            let refused = outbox::create_endpoint(&app.services, &ada.actor, &input).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "url", .. })), "{url}");
            let patch = EndpointPatch { url: Some(url.into()), ..EndpointPatch::default() };
            let refused = outbox::update_endpoint(&app.services, &ada.actor, &id, &patch).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "url", .. })), "{url}");
        }
        assert_eq!(app.see("SELECT url FROM webhook_endpoints").await, ["https://hooks.example.com/"]);
    }
}
