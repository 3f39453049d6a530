//! What a process that ended left in the journal.

use std::error::Error;

use server::{
    Services,
    db::journal::{Entry, Writer},
    meta::AppId,
};
use sqlx::AssertSqlSafe;

use crate::FIRST_PHONE;

/// Writes `deliveries` to `phones` numbers, as a process that ended: whoever looks takes them over at once.
pub(crate) async fn fill(services: &Services, deliveries: u64, phones: u64) -> Result<(), Box<dyn Error>> {
    let mut writer = Writer::open(services.db(), services.clock().now()).await?;
    let app: AppId = "1".parse()?;
    let mut next = 0;
    while next < deliveries {
        let end = (next + 128).min(deliveries);
        let bodies: Vec<String> = (next..end).map(|n| body(FIRST_PHONE + n % phones, n)).collect();
        let entries: Vec<_> = bodies.iter().map(|body| Entry { meta_app_id: &app, body: body.as_bytes() }).collect();
        writer.insert(&entries, services.clock().now()).await?;
        next = end;
    }
    let ended = AssertSqlSafe(format!("UPDATE journal_writers SET beat_at = 0 WHERE id = {}", writer.number()));
    writer.close().await;
    match services.db() {
        server::db::Db::Sqlite { write, .. } => sqlx::query(ended).execute(write).await.map(drop)?,
        server::db::Db::Postgres(pool) => sqlx::query(ended).execute(pool).await.map(drop)?,
    }
    Ok(())
}

/// The body that `webhook_load` sends.
fn body(phone: u64, n: u64) -> String {
    let (account, user) = (900_000_000 + phone, n % 10_000);
    let seconds = 1_760_000_000 + n / 1000;
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{account}","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"{phone}"}},"contacts":[{{"profile":{{"name":"Sheena Nelson"}},"wa_id":"1650551{user:04}","user_id":"US.13491208655302{user:04}"}}],"messages":[{{"from":"1650551{user:04}","from_user_id":"US.13491208655302{user:04}","id":"wamid.bench{n:012}","timestamp":"{seconds}","type":"text","text":{{"body":"Does it come in another color? Order {n}"}}}}]}},"field":"messages"}}]}}]}}"#
    )
}
