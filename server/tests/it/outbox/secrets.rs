//! The secrets of endpoints: told once, rotated without a gap, sealed.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::{
    connect::give_up_keys,
    error::Error,
    outbox::{self, EndpointPatch, OVERLAP},
    vault,
};

use super::endpoint;
use crate::support::{KEY, Receiver, TestApp};

const OTHER: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

db_test! {
    async fn for_a_day_both_secrets_sign(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, first) = endpoint(app, &ada.actor, &receiver.url).await;
        let rotated = outbox::rotate_secret(&app.services, &ada.actor, &id).await.unwrap();
        let second = rotated.secret.expose_secret().to_owned();
        assert!(second.starts_with("whsec_") && second != first);
        assert_eq!(rotated.former_until, app.clock.now().plus(OVERLAP));
        let sent = || async {
            outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
            app.send_events().await;
            let one = receiver.received().pop().unwrap();
            (one.header("webhook-signature").split(' ').count(), one.signatures_by(&first), one.signatures_by(&second))
        };
        assert_eq!(sent().await, (2, 1, 1));
        app.advance(OVERLAP - Duration::from_millis(1));
        assert_eq!(sent().await, (2, 1, 1));
        app.advance(Duration::from_millis(1));
        assert_eq!(sent().await, (1, 0, 1));
        // Rotated twice, since the page was closed too soon: the first one goes on for its day.
        let third = outbox::rotate_secret(&app.services, &ada.actor, &id).await.unwrap().secret;
        let fourth = outbox::rotate_secret(&app.services, &ada.actor, &id).await.unwrap().secret;
        assert_eq!(sent().await, (3, 0, 1));
        let one = receiver.received().pop().unwrap();
        assert_eq!((one.signatures_by(third.expose_secret()), one.signatures_by(fourth.expose_secret())), (1, 1));
        let newest = one.header("webhook-signature").split(' ').next().unwrap().to_owned();
        let alone = crate::support::Received { headers: [("webhook-signature", newest), ("webhook-id", one.id().to_owned()), ("webhook-timestamp", one.header("webhook-timestamp").to_owned())].into_iter().map(|(name, value)| (name.parse::<reqwest::header::HeaderName>().unwrap(), value.parse().unwrap())).collect(), body: one.body.clone() };
        assert_eq!(alone.signatures_by(fourth.expose_secret()), 1, "the present one is first");
    }
}

db_test! {
    async fn who_rotates_again_and_again_waits(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (id, _) = endpoint(app, &ada.actor, "https://hooks.example.com/").await;
        for _ in 0..4 {
            outbox::rotate_secret(&app.services, &ada.actor, &id).await.unwrap();
        }
        let refused = outbox::rotate_secret(&app.services, &ada.actor, &id).await;
        assert!(matches!(refused, Err(Error::Conflict(why)) if why.code == "events.too_many_secrets"));
        app.advance(OVERLAP);
        outbox::rotate_secret(&app.services, &ada.actor, &id).await.unwrap();
        assert_eq!(app.see("SELECT id FROM webhook_secrets").await.len(), 2, "those that ended are gone");
    }
}

db_test! {
    async fn secrets_move_to_another_key_and_are_bound_to_their_row(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, secret) = endpoint(app, &ada.actor, &receiver.url).await;
        assert!(vault::holds_sealed_values(app.services.db()).await.unwrap());
        let later = app.restarted_with(&format!("{OTHER},{KEY}"));
        vault::rotate(later.db(), later.vault()).await.unwrap();
        assert_eq!(app.see("SELECT DISTINCT key_id FROM webhook_secrets").await, ["new"]);
        outbox::send_test(&later, &ada.actor, &id).await.unwrap();
        assert_eq!(outbox::run_due(&later).await.unwrap(), 1);
        assert_eq!(receiver.received()[0].signatures_by(&secret), 1);
        // Another endpoint's sealed secret does not open here.
        let (other, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let own = app.see(&format!("SELECT sealed FROM webhook_secrets WHERE endpoint_id = '{id}'")).await.remove(0);
        app.storage.tamper(&format!("UPDATE webhook_secrets SET sealed = '{own}' WHERE endpoint_id = '{other}'")).await;
        outbox::send_test(&later, &ada.actor, &other).await.unwrap();
        assert_eq!(outbox::run_due(&later).await.unwrap(), 0);
        assert_eq!(receiver.received().len(), 1);
        let view = outbox::get_endpoint(&later, &ada.actor, &other).await.unwrap();
        assert!(view.endpoint.disabled_why.unwrap().contains("events.secret_lost"));
    }
}

db_test! {
    async fn a_lost_key_disables_what_it_sealed_until_the_secret_is_rotated(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let later = app.restarted_with(OTHER);
        assert!(vault::check_keys(later.db(), later.vault()).await.is_err());
        assert_eq!(give_up_keys(&later).await.unwrap().webhook_secrets, 1);
        vault::check_keys(later.db(), later.vault()).await.unwrap();
        let secret = outbox::rotate_secret(&later, &ada.actor, &id).await.unwrap().secret;
        let patch = EndpointPatch { enabled: Some(true), ..EndpointPatch::default() };
        outbox::update_endpoint(&later, &ada.actor, &id, &patch).await.unwrap();
        outbox::send_test(&later, &ada.actor, &id).await.unwrap();
        assert_eq!(outbox::run_due(&later).await.unwrap(), 1);
        assert_eq!(receiver.received()[0].signatures_by(secret.expose_secret()), 1);
    }
}
