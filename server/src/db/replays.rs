//! Deliveries that somebody asked to have applied once more, until they are. Whom it is for is a tenant, or everybody.

use super::{
    Db,
    chunks::{ManyRows, Marks, padded},
    jobs::NewJob,
    transaction::Tx,
};
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{DeliveryId, TenantId},
};

/// A delivery that waits to be applied once more.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// For whom; everybody when empty.
    pub tenant_id: String,
    /// Which.
    pub delivery_id: DeliveryId,
    /// When it was last asked for.
    pub asked_at: Timestamp,
}

/// Keeps that these deliveries are to be applied once more, for a tenant or for everybody, together with the job that does it.
/// One that waits already goes to the end.
///
/// # Errors
/// When the database fails; nothing is kept then.
pub async fn insert_across_tenants(
    db: &Db,
    only: Option<&TenantId>,
    deliveries: &[DeliveryId],
    job: &NewJob<'_>,
    now: Timestamp,
) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO replays (tenant_id, delivery_id, asked_at) VALUES ",
        3,
        " ON CONFLICT (tenant_id, delivery_id) DO UPDATE SET asked_at = excluded.asked_at",
    );
    let tenant = only.map_or("", TenantId::as_str);
    let mut tx = Tx::begin(db).await?;
    write_rows!(&mut tx, SQL, deliveries, delivery => tenant, *delivery, now);
    on_tx!(&mut tx, connection => ask_job!(connection, job, now))?;
    tx.commit().await
}

/// The next that wait, at most `limit`: of whoever waits longest, what waits longest first.
///
/// # Errors
/// When the database fails.
pub async fn list_next_across_tenants(db: &Db, limit: i64) -> Result<Vec<Waiting>> {
    const SQL: &str = "SELECT tenant_id, delivery_id, asked_at FROM replays
        WHERE tenant_id = (SELECT tenant_id FROM replays ORDER BY asked_at, tenant_id LIMIT 1)
        ORDER BY asked_at, delivery_id LIMIT $1";
    Ok(on_read!(db, pool => sqlx::query_as(SQL).bind(limit).fetch_all(pool).await)?)
}

/// Lets go of those that were applied, unless they were asked for once more meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn delete_across_tenants(db: &Db, done: &[Waiting]) -> Result<()> {
    static SQL: ManyRows =
        ManyRows::new("DELETE FROM replays WHERE (tenant_id, delivery_id, asked_at) IN (VALUES ", 3, ")");
    let done: Vec<&Waiting> = done.iter().collect();
    for chunk in padded(&done) {
        let text = SQL.text(Marks::of_db(db), chunk.len());
        on_write!(db, pool => {
            let mut query = sqlx::query(text);
            for one in chunk {
                query = query.bind(&one.tenant_id).bind(one.delivery_id).bind(one.asked_at);
            }
            query.execute(pool).await.map(drop)
        })?;
    }
    Ok(())
}
