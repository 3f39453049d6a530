//! Endpoints, secrets, events and deliveries in the database, each beside a tenant whose business it is not.

use server::{
    db::{
        event_deliveries::{self, DeliveryFilter, Failure, Tried},
        outgoing_events,
        webhook_endpoints::{self, Disabled, NewWebhookEndpoint, Settings},
        webhook_secrets,
    },
    event::Event,
    ids::{OutgoingEventId, TenantId, UserId, WebhookEndpointId, WebhookSecretId},
};

use crate::support::{SAID, Store, sealed};

async fn endpoint(store: &Store, tenant: &TenantId) -> (WebhookEndpointId, WebhookSecretId) {
    let (id, secret) = (WebhookEndpointId::new(&store.ids), WebhookSecretId::new(&store.ids));
    let new = NewWebhookEndpoint {
        id: &id,
        url: "https://hooks.example.com/",
        description: "",
        event_types: None,
        created_by: "a test",
        secret: &secret,
        sealed: &sealed(secret.as_str()),
    };
    assert!(webhook_endpoints::insert(store.db(), tenant, &new, 20, &SAID, store.now()).await.unwrap());
    (id, secret)
}

async fn event(store: &Store, tenant: &TenantId, endpoint: &WebhookEndpointId) -> OutgoingEventId {
    let event = Event::of_test(OutgoingEventId::new(&store.ids), endpoint, "ada", store.now()).unwrap();
    assert!(event_deliveries::insert(store.db(), tenant, endpoint, &event, store.now()).await.unwrap());
    event.id
}

/// Everything that is kept of endpoints and deliveries.
async fn everything(store: &Store) -> Vec<(String, String)> {
    let tables = ["webhook_endpoints.", "webhook_secrets.", "outgoing_events.", "event_deliveries.", "audit_log."];
    let all = store.storage.dump().await;
    all.into_iter().filter(|(place, _)| tables.iter().any(|table| place.starts_with(table))).collect()
}

db_test! {
    async fn nothing_reaches_the_endpoints_of_another_tenant(store: &Store) {
        let (ada, eve): ((TenantId, UserId), (TenantId, UserId)) = (store.tenant("ada").await, store.tenant("eve").await);
        let (db, now, foreign) = (store.db(), store.now(), &eve.0);
        let (id, secret) = endpoint(store, &ada.0).await;
        let event = event(store, &ada.0, &id).await;
        let before = everything(store).await;

        assert_eq!(webhook_endpoints::get(db, foreign, &id).await.unwrap(), None);
        assert!(webhook_endpoints::list(db, foreign).await.unwrap().is_empty());
        let settings = Settings { url: "https://evil.example/", description: "", event_types: None };
        assert!(!webhook_endpoints::update(db, foreign, &id, &settings, &SAID, now).await.unwrap());
        let disabled = Disabled { by: "eve", why: Some("{}"), mails: &[] };
        assert!(!webhook_endpoints::mark_disabled(db, foreign, &id, &disabled, &SAID, now).await.unwrap());
        assert!(!webhook_endpoints::mark_enabled(db, foreign, &id, &SAID, now).await.unwrap());
        assert!(!webhook_endpoints::delete(db, foreign, &id, &SAID, now).await.unwrap());
        webhook_endpoints::release(db, foreign, &id, "lease").await.unwrap();

        assert!(webhook_secrets::list_live(db, foreign, &id, now).await.unwrap().is_empty());
        let new = WebhookSecretId::new(&store.ids);
        let value = sealed("x");
        assert!(!webhook_secrets::rotate(db, foreign, &id, (&new, &value), (now, 5), &SAID, now).await.unwrap());
        assert!(!webhook_secrets::update_sealed(db, foreign, &secret, &sealed(secret.as_str()), &value).await.unwrap());
        assert_eq!(webhook_secrets::delete(db, foreign, &secret).await.unwrap(), None);

        let filter = DeliveryFilter::default();
        assert!(event_deliveries::list(db, foreign, &id, &filter, 10).await.unwrap().is_empty());
        assert!(event_deliveries::list_due(db, foreign, &id, now, 10).await.unwrap().is_empty());
        assert!(event_deliveries::count_by_endpoint(db, foreign).await.unwrap().is_empty());
        assert!(!event_deliveries::replay(db, foreign, &id, &event, now).await.unwrap());
        store.storage.tamper("UPDATE event_deliveries SET state = 'failed'").await;
        assert_eq!(event_deliveries::replay_failed(db, foreign, &id, now).await.unwrap(), 0);
        store.storage.tamper("UPDATE event_deliveries SET state = 'waiting'").await;
        let tried = Tried { before: 0, took: 1, status: Some(200) };
        assert!(!event_deliveries::mark_delivered(db, foreign, (&id, &event), &tried, now).await.unwrap());
        let failure = Failure { problem: "{}", answer: None, next_at: None, same_row_since: now };
        assert_eq!(event_deliveries::mark_tried(db, foreign, (&id, &event), &tried, &failure, now).await.unwrap(), None);
        let test = Event::of_test(OutgoingEventId::new(&store.ids), &id, "eve", now).unwrap();
        assert!(!event_deliveries::insert(db, foreign, &id, &test, now).await.unwrap());
        assert_eq!(everything(store).await, before);
    }
}

db_test! {
    async fn old_events_go_in_slices_and_leave_the_others(store: &Store) {
        let ada = store.tenant("ada").await;
        let (id, _) = endpoint(store, &ada.0).await;
        let (old, kept) = (event(store, &ada.0, &id).await, event(store, &ada.0, &id).await);
        let set = |event: &OutgoingEventId, at: i64| format!("UPDATE outgoing_events SET created_at = {at} WHERE id = '{event}'");
        store.storage.tamper(&set(&old, 1)).await;
        store.storage.tamper(&set(&kept, 3)).await;
        store.storage.tamper("UPDATE event_deliveries SET state = 'failed'").await;
        let moment = server::clock::Timestamp::from_millis(2);
        assert_eq!(outgoing_events::delete_before_across_tenants(store.db(), moment).await.unwrap(), 1);
        let left = event_deliveries::list(store.db(), &ada.0, &id, &DeliveryFilter::default(), 10).await.unwrap();
        assert_eq!(left.iter().map(|row| &row.event_id).collect::<Vec<_>>(), [&kept]);
    }
}
