//! What is told to a tenant's own systems: the types of events and what each says. `docs/EVENTS.md` is written for those who
//! receive them; a test holds both together.

use std::str::FromStr;

use jiff::Timestamp as Moment;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    clock::Timestamp,
    error::{Error, Result},
    explanation::Explanation,
    ids::{OutgoingEventId, TenantId, WebhookEndpointId},
    words::Language,
};

/// A type of event. Its name is part of the contract with those who receive it: it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventType {
    /// Access ends within 14, 7, 3 or 1 days.
    ConnectionExpiring,
    /// Access has ended by its clock.
    ConnectionExpired,
    /// The access of a connection does not work any more: Meta refuses it, or somebody took it back.
    ConnectionRefused,
    /// A connection works, for the first time or again.
    ConnectionConnected,
    /// A connection that works has a new token.
    ConnectionRenewed,
    /// A connection was taken apart.
    ConnectionDisconnected,
    /// Meta says something else of an asset than before.
    AssetHealthChanged,
    /// Somebody tries an endpoint out.
    EndpointTest,
}

impl EventType {
    /// Every type that an endpoint can take.
    pub const ALL: [Self; 7] = [
        Self::ConnectionExpiring,
        Self::ConnectionExpired,
        Self::ConnectionRefused,
        Self::ConnectionConnected,
        Self::ConnectionRenewed,
        Self::ConnectionDisconnected,
        Self::AssetHealthChanged,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectionExpiring => "connection.expiring",
            Self::ConnectionExpired => "connection.expired",
            Self::ConnectionRefused => "connection.refused",
            Self::ConnectionConnected => "connection.connected",
            Self::ConnectionRenewed => "connection.renewed",
            Self::ConnectionDisconnected => "connection.disconnected",
            Self::AssetHealthChanged => "asset.health_changed",
            Self::EndpointTest => "endpoint.test",
        }
    }

    /// What it tells, for people.
    pub const fn tells(self) -> &'static str {
        match self {
            Self::ConnectionExpiring => "Access to Meta ends within 14, 7, 3 or 1 days.",
            Self::ConnectionExpired => "Access to Meta has ended.",
            Self::ConnectionRefused => "Meta refuses the access, or somebody took it back.",
            Self::ConnectionConnected => "A connection works, for the first time or again.",
            Self::ConnectionRenewed => "A connection that works has new access.",
            Self::ConnectionDisconnected => "A connection was taken apart.",
            Self::AssetHealthChanged => "Meta says something else of an asset than before.",
            Self::EndpointTest => "Somebody tries an endpoint out.",
        }
    }
}

/// A text that names no type of event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such type of event")]
pub struct UnknownEventType;

impl FromStr for EventType {
    type Err = UnknownEventType;

    fn from_str(text: &str) -> Result<Self, UnknownEventType> {
        let all = Self::ALL.into_iter().chain([Self::EndpointTest]);
        all.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownEventType)
    }
}

/// What happened to a connection.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Its access ends.
    Expiring {
        /// What ends: `token` or `data_access`.
        clock: &'static str,
        /// At which of the warnings: 14, 7, 3 or 1 days before.
        stage: i64,
        /// When.
        ends_at: Timestamp,
    },
    /// Its access has ended.
    Expired {
        /// What ended: `token` or `data_access`.
        clock: &'static str,
        /// When.
        ended_at: Timestamp,
    },
    /// Its access does not work any more.
    Refused {
        /// JSON of an explanation.
        problem: &'a str,
    },
    /// It works.
    Connected {
        /// Whether it did before.
        again: bool,
    },
    /// It has a new token.
    Renewed {
        /// Whether Attaché renewed it by itself; else somebody confirmed again with Meta.
        by_itself: bool,
    },
    /// It was taken apart.
    Disconnected,
}

impl Change<'_> {
    /// The type of event that tells it.
    pub fn kind(&self) -> EventType {
        match self {
            Self::Expiring { .. } => EventType::ConnectionExpiring,
            Self::Expired { .. } => EventType::ConnectionExpired,
            Self::Refused { .. } => EventType::ConnectionRefused,
            Self::Connected { .. } => EventType::ConnectionConnected,
            Self::Renewed { .. } => EventType::ConnectionRenewed,
            Self::Disconnected => EventType::ConnectionDisconnected,
        }
    }

    /// What the event says beside the connection as it is then.
    fn particulars(&self) -> Value {
        match self {
            Self::Expiring { clock, stage, ends_at } => {
                json!({ "clock": clock, "stage": stage, "ends_at": moment(*ends_at) })
            }
            Self::Expired { clock, ended_at } => json!({ "clock": clock, "ended_at": moment(*ended_at) }),
            Self::Refused { problem } => json!({ "problem": told(problem) }),
            Self::Connected { again } => json!({ "again": again }),
            Self::Renewed { by_itself } => json!({ "by_itself": by_itself }),
            Self::Disconnected => json!({}),
        }
    }
}

/// A stored explanation in English; null for one that cannot be read.
fn told(problem: &str) -> Value {
    let Ok(explanation) = serde_json::from_str::<Explanation>(problem) else { return Value::Null };
    let told = explanation.told(Language::En);
    json!({ "code": told.code, "what": told.what, "why": told.why, "todo": told.todo })
}

/// A moment as bodies have it: RFC 3339 in UTC.
pub(crate) fn moment(at: Timestamp) -> Option<Moment> {
    Moment::from_millisecond(at.as_millis()).ok()
}

/// An event as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its identifier, by which receivers know what they have already.
    pub id: OutgoingEventId,
    /// Its type.
    pub kind: EventType,
    /// What it says: JSON, byte for byte as it is signed and sent.
    pub body: String,
}

impl Event {
    /// What happened to a connection, with the connection as it is now.
    ///
    /// # Errors
    /// Never for what this crate makes.
    pub(crate) fn of_connection(
        tenant: &TenantId,
        connection: &impl Serialize,
        change: &Change<'_>,
        now: Timestamp,
    ) -> Result<Self> {
        let mut data = json!({ "connection": connection });
        if let (Value::Object(data), Value::Object(more)) = (&mut data, change.particulars()) {
            data.extend(more);
        }
        Self::of_fact(tenant, change.kind(), &data, now)
    }

    /// What Meta says now of an asset.
    ///
    /// # Errors
    /// Never for what this crate makes.
    pub(crate) fn of_health(tenant: &TenantId, asset: &impl Serialize, state: &str, now: Timestamp) -> Result<Self> {
        let mut health: Value = serde_json::from_str(state).map_err(Error::internal)?;
        // Another tool's address may have a key in it.
        if let Some(callback) = health.get_mut("callback").and_then(Value::as_object_mut) {
            callback.remove("url");
        }
        let data = json!({ "asset": asset, "health": health });
        Self::of_fact(tenant, EventType::AssetHealthChanged, &data, now)
    }

    /// Somebody tries an endpoint out.
    ///
    /// # Errors
    /// Never for what this crate makes.
    pub fn of_test(id: OutgoingEventId, endpoint: &WebhookEndpointId, by: &str, now: Timestamp) -> Result<Self> {
        let data = json!({ "endpoint": { "id": endpoint }, "asked_by": by });
        Ok(Self { id, kind: EventType::EndpointTest, body: body(EventType::EndpointTest, &data, now)? })
    }

    /// The identifier follows from what is told: the same fact of the same moment is one event, whoever tells it.
    fn of_fact(tenant: &TenantId, kind: EventType, data: &Value, now: Timestamp) -> Result<Self> {
        let body = body(kind, data, now)?;
        let hash = Sha256::new().chain_update(tenant.as_str()).chain_update(&body).finalize();
        let mut tail = [0; 10];
        tail.copy_from_slice(&hash[..10]);
        Ok(Self { id: OutgoingEventId::of_moment(now, tail), kind, body })
    }
}

fn body(kind: EventType, data: &Value, now: Timestamp) -> Result<String> {
    #[derive(Serialize)]
    struct Body<'a> {
        r#type: &'static str,
        timestamp: Option<Moment>,
        data: &'a Value,
    }
    serde_json::to_string(&Body { r#type: kind.as_str(), timestamp: moment(now), data }).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_780_308_000);

    fn tenant(number: u8) -> TenantId {
        format!("ten_{number:032}").parse().unwrap()
    }

    #[test]
    fn every_name_leads_back_to_its_type() {
        for kind in EventType::ALL.into_iter().chain([EventType::EndpointTest]) {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("connection".parse::<EventType>(), Err(UnknownEventType));
    }

    #[test]
    fn the_same_fact_is_one_event_and_another_is_another() {
        let connection = json!({ "id": "con_1" });
        let change = Change::Connected { again: false };
        let event = Event::of_connection(&tenant(1), &connection, &change, NOW).unwrap();
        assert_eq!(Event::of_connection(&tenant(1), &connection, &change, NOW).unwrap(), event);
        let later = Timestamp::from_millis(NOW.as_millis() + 1);
        for other in [
            Event::of_connection(&tenant(2), &connection, &change, NOW).unwrap(),
            Event::of_connection(&tenant(1), &connection, &change, later).unwrap(),
            Event::of_connection(&tenant(1), &connection, &Change::Connected { again: true }, NOW).unwrap(),
        ] {
            assert_ne!(other.id, event.id);
        }
        let after = Event::of_connection(&tenant(1), &connection, &change, later).unwrap();
        assert!(after.id > event.id, "they are ordered by time");
    }

    #[test]
    fn the_address_of_another_tool_stays_here() {
        let state = r#"{"callback":{"level":"app","url":"https://other.example/?key=canary","ours":false}}"#;
        let event = Event::of_health(&tenant(1), &json!({ "id": "ast_1" }), state, NOW).unwrap();
        assert!(event.body.contains(r#""callback":{"level":"app","ours":false}"#), "{}", event.body);
        assert!(!event.body.contains("canary"));
    }
}
