//! What stands in the database before the first webhook.

use std::error::Error;

use server::db::Db;
use sqlx::AssertSqlSafe;

use crate::{Args, FIRST_PHONE};

/// Tenants with their numbers, and routes that nothing is sent to.
pub(crate) async fn seed(db: &Db, args: &Args) -> Result<(), Box<dyn Error>> {
    let (tenants, phones, more) = (args.tenants, args.phones, args.more_routes);
    let id = |prefix: &str, of: &str| {
        format!("'{prefix}_' || SUBSTR('{:032}' || CAST({of} AS TEXT), LENGTH(CAST({of} AS TEXT)) + 1)", 0)
    };
    let numbers =
        |count: u64| format!("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)");
    let (of_tenant, tenant) = (format!("(i % {tenants})"), id("ten", "i"));
    let (user, connection, asset) = (id("usr", "0"), id("con", &of_tenant), id("ast", "i"));
    let owner = id("ten", &of_tenant);
    let mut statements = vec![
        format!(
            "INSERT INTO users (id, email, name, password_hash, operator, sessions_valid_from, created_at)
            VALUES ({user}, 'a@example.com', 'Ada', '-', FALSE, 0, 0)"
        ),
        format!("INSERT INTO tenants (id, name, created_at) {} SELECT {tenant}, 'Shop', 0 FROM n", numbers(tenants)),
        format!(
            "INSERT INTO connections (id, tenant_id, connected_by, meta_app_id, meta_user_id, meta_user_name, token_kind,
                status, permissions, created_at, checked_at) {} SELECT {connection}, {tenant}, {user}, '1', '7', 'Ada',
                'user', 'connected', '{{}}', 0, 0 FROM n",
            numbers(tenants)
        ),
        format!(
            "INSERT INTO assets (id, tenant_id, connection_id, kind, meta_id, name, detail, selected, pending) {}
            SELECT {asset}, {owner}, {connection}, 'whatsapp_number', CAST({FIRST_PHONE} + i AS TEXT), 'Number', '{{}}',
                TRUE, FALSE FROM n",
            numbers(phones)
        ),
        format!(
            "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at, meta_app_id) {} SELECT 'whatsapp_number',
                CAST({FIRST_PHONE} + i AS TEXT), {owner}, {asset}, 0, '1' FROM n",
            numbers(phones)
        ),
    ];
    if more > 0 {
        let first = id("ast", "0");
        statements.push(format!(
            "INSERT INTO routes (kind, meta_id, tenant_id, asset_id, created_at, meta_app_id) {} SELECT 'whatsapp_number',
                CAST(500000000000 + CAST(i AS BIGINT) * 7919 % 499999999979 AS TEXT), {owner}, {first}, 0, '1' FROM n",
            numbers(more)
        ));
    }
    for sql in statements {
        let sql = AssertSqlSafe(sql);
        match db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(|_| ())?,
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ())?,
        }
    }
    Ok(())
}
