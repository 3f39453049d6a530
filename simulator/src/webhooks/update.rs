//! One thing that happened to one asset, before it is known who hears of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where in the entry an update goes (Meta reference §7.3, §7.5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// `entry.changes[{field, value}]`.
    #[default]
    Change,
    /// `entry.messaging[]`.
    Messaging,
    /// `entry.standby[]`: another app owns the thread.
    Standby,
    /// `entry.field` and `entry.value`: comments of Instagram Login apps.
    Direct,
}

/// One update of a webhook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// `page`, `instagram`, `whatsapp_business_account`, `user` or `permissions`.
    pub object: String,
    /// `entry.id`.
    pub id: String,
    /// The subscription field it needs: `messages`, `account_update`, ….
    pub field: String,
    /// Where in the entry it goes.
    #[serde(default)]
    pub shape: Shape,
    /// The item of `messaging[]`, or the `value` of a change.
    pub value: Value,
    /// The conversation it belongs to, for those who follow one: `<asset>:<customer>`.
    #[serde(default)]
    pub thread: Option<String>,
    /// Who caused it, when it was a person: in development only people with a role on the app do (Meta reference §7.2).
    #[serde(default)]
    pub actor: Option<String>,
}

impl Update {
    /// A change of a field.
    #[must_use]
    pub fn change(object: &str, id: &str, field: &str, value: Value) -> Self {
        Self {
            object: object.into(),
            id: id.into(),
            field: field.into(),
            shape: Shape::Change,
            value,
            thread: None,
            actor: None,
        }
    }

    /// An item of `messaging[]`.
    #[must_use]
    pub fn messaging(object: &str, id: &str, field: &str, item: Value) -> Self {
        Self { shape: Shape::Messaging, ..Self::change(object, id, field, item) }
    }

    /// The number a WhatsApp update is about.
    pub(crate) fn phone_number_id(&self) -> Option<&str> {
        self.value["metadata"]["phone_number_id"].as_str()
    }
}
