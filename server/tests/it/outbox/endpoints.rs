//! Who may see and change endpoints and keys, and within which bounds.

use server::{
    accounts::{self, Role},
    db::event_deliveries::{DeliveryFilter, DeliveryState},
    error::Error,
    event::EventType,
    ids::OutgoingEventId,
    outbox::{self, EndpointInput, EndpointPatch, MOST_ENDPOINTS},
};

use super::{endpoint, endpoint_for};
use crate::support::{Receiver, TestApp};

fn not_found<T>(result: server::error::Result<T>) -> bool {
    matches!(result, Err(Error::NotFound(_)))
}

fn forbidden<T>(result: server::error::Result<T>) -> bool {
    matches!(result, Err(Error::Forbidden(_)))
}

db_test! {
    async fn what_belongs_to_another_tenant_is_not_there(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (id, _) = endpoint(app, &ada.actor, "https://hooks.example.com/").await;
        let (theirs, _) = endpoint(app, &eve.actor, "https://hooks.example.com/").await;
        let event = outbox::send_test(&app.services, &ada.actor, &id).await.unwrap();
        let (services, eve) = (&app.services, &eve.actor);
        assert!(not_found(outbox::get_endpoint(services, eve, &id).await));
        for patch in [EndpointPatch::default(), EndpointPatch { enabled: Some(false), ..EndpointPatch::default() }] {
            assert!(not_found(outbox::update_endpoint(services, eve, &id, &patch).await));
        }
        assert!(not_found(outbox::delete_endpoint(services, eve, &id).await));
        assert!(not_found(outbox::rotate_secret(services, eve, &id).await));
        assert!(not_found(outbox::send_test(services, eve, &id).await));
        assert!(not_found(outbox::replay_failed(services, eve, &id).await));
        assert!(not_found(outbox::list_deliveries(services, eve, &id, &DeliveryFilter::default(), 10).await));
        for (endpoint, event) in [(&id, &event), (&theirs, &event), (&theirs, &OutgoingEventId::new(services.ids()))] {
            assert!(not_found(outbox::replay(services, eve, endpoint, event).await));
        }
        let own = outbox::list_endpoints(services, eve).await.unwrap();
        assert_eq!(own.iter().map(|view| &view.endpoint.id).collect::<Vec<_>>(), [&theirs]);
        let still = outbox::get_endpoint(services, &ada.actor, &id).await.unwrap();
        assert!(still.endpoint.disabled_at.is_none() && still.counts.unwrap().waiting == 1);
        let key = accounts::issue_api_key(services, &ada.actor, "Till").await.unwrap();
        assert!(not_found(accounts::withdraw_api_key(services, eve, &key.id).await));
        assert!(accounts::list_api_keys(services, eve).await.unwrap().is_empty());
    }
}

db_test! {
    async fn an_agent_sees_none_of_it_and_only_an_owner_makes_keys(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (agent, admin) = (app.member(&ada, "agent", Role::Agent).await, app.member(&ada, "admin", Role::Admin).await);
        let (id, _) = endpoint(app, &admin.actor, "https://hooks.example.com/").await;
        let (services, actor) = (&app.services, &agent.actor);
        let event = outbox::send_test(services, &admin.actor, &id).await.unwrap();
        assert!(forbidden(outbox::list_endpoints(services, actor).await));
        assert!(forbidden(outbox::get_endpoint(services, actor, &id).await));
        let input = EndpointInput { url: "https://hooks.example.com/".into(), ..EndpointInput::default() };
        assert!(forbidden(outbox::create_endpoint(services, actor, &input).await));
        assert!(forbidden(outbox::update_endpoint(services, actor, &id, &EndpointPatch::default()).await));
        assert!(forbidden(outbox::delete_endpoint(services, actor, &id).await));
        assert!(forbidden(outbox::rotate_secret(services, actor, &id).await));
        assert!(forbidden(outbox::send_test(services, actor, &id).await));
        assert!(forbidden(outbox::replay(services, actor, &id, &event).await));
        assert!(forbidden(outbox::replay_failed(services, actor, &id).await));
        assert!(forbidden(outbox::list_deliveries(services, actor, &id, &DeliveryFilter::default(), 10).await));
        assert!(forbidden(accounts::list_api_keys(services, actor).await));
        assert!(forbidden(accounts::issue_api_key(services, actor, "Till").await));
        assert!(forbidden(accounts::issue_api_key(services, &admin.actor, "Till").await), "a key acts as an owner");
        let key = accounts::issue_api_key(services, &ada.actor, "Till").await.unwrap();
        assert!(forbidden(accounts::withdraw_api_key(services, actor, &key.id).await));
        accounts::withdraw_api_key(services, &admin.actor, &key.id).await.unwrap();
        assert!(accounts::find_api_caller(services, &key.key).await.unwrap().is_none());
        let said = app
            .see("SELECT action || ' ' || target || ' by ' || actor_name FROM audit_log WHERE action LIKE 'api_key%' ORDER BY seq")
            .await;
        assert_eq!(said, ["api_key.created Till by ada", "api_key.revoked Till by admin"]);
    }
}

db_test! {
    async fn an_endpoint_is_what_was_entered_and_can_be_changed(app: &TestApp) {
        let ada = app.owner("ada").await;
        let services = &app.services;
        let (id, _) = endpoint_for(app, &ada.actor, " https://hooks.example.com/in ", Some(&["connection.refused", "connection.expiring", "connection.refused"])).await;
        let view = outbox::get_endpoint(services, &ada.actor, &id).await.unwrap();
        assert_eq!((view.endpoint.url.as_str(), view.endpoint.description.as_str(), view.endpoint.created_by.as_str()), ("https://hooks.example.com/in", "Till", "ada"));
        assert_eq!(view.event_types, Some(vec![EventType::ConnectionExpiring, EventType::ConnectionRefused]));
        let patch = EndpointPatch { description: Some(" Cash desk ".into()), event_types: Some(None), ..EndpointPatch::default() };
        let view = outbox::update_endpoint(services, &ada.actor, &id, &patch).await.unwrap();
        assert_eq!((view.endpoint.url.as_str(), view.endpoint.description.as_str(), view.event_types), ("https://hooks.example.com/in", "Cash desk", None));
        for (field, patch) in [
            ("description", EndpointPatch { description: Some("x".repeat(201)), ..EndpointPatch::default() }),
            ("description", EndpointPatch { description: Some("two\nlines".into()), ..EndpointPatch::default() }),
            ("event_types", EndpointPatch { event_types: Some(Some(vec![])), ..EndpointPatch::default() }),
            ("event_types", EndpointPatch { event_types: Some(Some(vec!["connection.*".into()])), ..EndpointPatch::default() }),
            // It is nobody's to choose.
            ("event_types", EndpointPatch { event_types: Some(Some(vec!["endpoint.test".into()])), ..EndpointPatch::default() }),
            ("url", EndpointPatch { url: Some("nowhere".into()), ..EndpointPatch::default() }),
        ] {
            let refused = outbox::update_endpoint(services, &ada.actor, &id, &patch).await.unwrap_err();
            assert_eq!(refused.field(), Some(field), "{patch:?}");
        }
        assert_eq!(outbox::get_endpoint(services, &ada.actor, &id).await.unwrap().endpoint, view.endpoint);
        outbox::delete_endpoint(services, &ada.actor, &id).await.unwrap();
        assert!(not_found(outbox::get_endpoint(services, &ada.actor, &id).await));
        let said = app.see("SELECT action FROM audit_log WHERE action LIKE 'webhook%' ORDER BY seq").await;
        assert_eq!(said, ["webhook_endpoint.created", "webhook_endpoint.changed", "webhook_endpoint.deleted"]);
        assert!(app.see("SELECT id FROM webhook_secrets").await.is_empty());
    }
}

db_test! {
    async fn there_are_not_more_than_so_many(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        for _ in 0..MOST_ENDPOINTS {
            endpoint(app, &ada.actor, "https://hooks.example.com/").await;
        }
        let input = EndpointInput { url: "https://hooks.example.com/".into(), ..EndpointInput::default() };
        let refused = outbox::create_endpoint(&app.services, &ada.actor, &input).await;
        assert!(matches!(refused, Err(Error::Conflict(why)) if why.code == "events.too_many_endpoints"));
        let (id, _) = endpoint(app, &eve.actor, "https://hooks.example.com/").await;
        for _ in 0..60 {
            outbox::send_test(&app.services, &eve.actor, &id).await.unwrap();
        }
        assert!(matches!(outbox::send_test(&app.services, &eve.actor, &id).await, Err(Error::Busy { .. })));
    }
}

db_test! {
    async fn deliveries_come_by_pages_and_states(app: &TestApp) {
        let (ada, receiver) = (app.owner("ada").await, Receiver::start().await);
        let (id, _) = endpoint(app, &ada.actor, &receiver.url).await;
        let mut events = Vec::new();
        for number in 0..5 {
            events.push(outbox::send_test(&app.services, &ada.actor, &id).await.unwrap());
            if number == 2 {
                app.send_events().await;
            }
        }
        let page = |state, before| {
            let (services, actor, id) = (app.services.clone(), ada.actor.clone(), id.clone());
            async move { outbox::list_deliveries(&services, &actor, &id, &DeliveryFilter { state, before }, 2).await.unwrap() }
        };
        let (mut before, mut seen) = (None, Vec::new());
        loop {
            let page = page(None, before).await;
            seen.extend(page.rows.iter().map(|row| row.event_id.clone()));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        events.reverse();
        assert_eq!(seen, events);
        let waiting = page(Some(DeliveryState::Waiting), None).await;
        assert_eq!((waiting.rows.len(), waiting.next), (2, None), "a full page may be the last");
        assert_eq!(page(Some(DeliveryState::Delivered), None).await.rows[0].event_id, events[2]);
        assert!(page(Some(DeliveryState::Failed), None).await.rows.is_empty());
    }
}
