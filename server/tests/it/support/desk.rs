//! Tenants that hold assets without having gone through the whole connect, and what Meta sends them.

use serde_json::{Value, json};
use server::{
    asset_kind::AssetKind,
    db::journal::{Entry, Writer},
    ids::{AssetId, ConnectionId},
    ingest,
    meta::AppId,
};

use super::{Person, TestApp};

impl TestApp {
    /// Gives the person's tenant an asset, routed through the app `meta_app`.
    pub(crate) async fn hold_through(&self, who: &Person, kind: AssetKind, meta_id: &str, meta_app: &str) -> AssetId {
        let (connection, asset) = (ConnectionId::new(self.services.ids()), AssetId::new(self.services.ids()));
        let (tenant, user, kind) = (who.tenant(), &who.actor.user_id, kind.name());
        self.storage
            .tamper(&format!(
                "INSERT INTO connections (id, tenant_id, connected_by, meta_app_id, meta_user_id, meta_user_name,
                    token_kind, status, permissions, created_at, checked_at)
                VALUES ('{connection}', '{tenant}', '{user}', '{meta_app}', '{connection}', 'Ada', 'user', 'connected',
                    '{{}}', 1, 1)"
            ))
            .await;
        self.storage
            .tamper(&format!(
                "INSERT INTO assets (id, tenant_id, connection_id, kind, meta_id, name, detail, selected, pending)
                VALUES ('{asset}', '{tenant}', '{connection}', '{kind}', '{meta_id}', 'Shop {meta_id}', '{{}}', TRUE, FALSE)"
            ))
            .await;
        self.storage
            .tamper(&format!(
                "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at, meta_app_id)
                VALUES ('{kind}', '{meta_id}', '{tenant}', '{asset}', 1, '{meta_app}')"
            ))
            .await;
        asset
    }

    /// Gives the person's tenant an asset, routed through the installation's app.
    pub(crate) async fn hold(&self, who: &Person, kind: AssetKind, meta_id: &str) -> AssetId {
        self.hold_through(who, kind, meta_id, &self.app_id()).await
    }

    /// Bodies that the app `meta_app` signed are in the journal.
    pub(crate) async fn journalled_by(&self, meta_app: &str, bodies: &[String]) -> i64 {
        let now = self.services.clock().now();
        let mut writer = Writer::open(self.services.db(), now).await.unwrap();
        let app: AppId = meta_app.parse().unwrap();
        for chunk in bodies.chunks(Writer::ROWS) {
            let entries: Vec<Entry<'_>> =
                chunk.iter().map(|body| Entry { meta_app_id: &app, body: body.as_bytes() }).collect();
            writer.insert(&entries, now).await.unwrap();
        }
        let number = writer.number();
        writer.close().await;
        number
    }

    /// Bodies that the installation's app signed arrive and are applied.
    pub(crate) async fn arrive(&self, bodies: &[Value]) {
        let bodies: Vec<String> = bodies.iter().map(Value::to_string).collect();
        self.journalled_by(&self.app_id(), &bodies).await;
        ingest::drain(&self.services).await.unwrap();
    }

    /// One text of each row.
    pub(crate) async fn see(&self, sql: &str) -> Vec<String> {
        self.storage.texts(sql).await
    }
}

/// A body for one number of one WhatsApp account, with `value` beside its metadata.
pub(crate) fn whatsapp(account: &str, number: &str, mut value: Value) -> Value {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": number});
    json!({"object": "whatsapp_business_account",
        "entry": [{"id": account, "changes": [{"field": "messages", "value": value}]}]})
}

/// A customer of WhatsApp, as one event names them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Customer {
    pub(crate) name: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
    pub(crate) user_id: Option<&'static str>,
}

/// A text that a customer wrote.
pub(crate) fn text(number: &str, who: Customer, id: &str, seconds: i64, body: &str) -> Value {
    let mut contact = json!({});
    let mut message = json!({"id": id, "timestamp": seconds.to_string(), "type": "text", "text": {"body": body}});
    if let Some(name) = who.name {
        contact["profile"] = json!({"name": name});
    }
    if let Some(phone) = who.phone {
        (contact["wa_id"], message["from"]) = (json!(phone), json!(phone));
    }
    if let Some(user_id) = who.user_id {
        (contact["user_id"], message["from_user_id"]) = (json!(user_id), json!(user_id));
    }
    whatsapp("900", number, json!({"contacts": [contact], "messages": [message]}))
}

/// How far a message to a customer came.
pub(crate) fn status(number: &str, who: Customer, id: &str, seconds: i64, status: &str) -> Value {
    let mut one = json!({"id": id, "timestamp": seconds.to_string(), "status": status});
    if let Some(phone) = who.phone {
        one["recipient_id"] = json!(phone);
    }
    if let Some(user_id) = who.user_id {
        one["recipient_user_id"] = json!(user_id);
    }
    whatsapp("900", number, json!({"statuses": [one]}))
}
