//! Customers of tenants, and by what they are known.

mod merge;

pub(crate) use merge::merge;

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{
    clock::Timestamp,
    error::Result,
    ids::{ContactId, TenantId},
};

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Contact {
    pub(crate) id: ContactId,
    pub(crate) tenant_id: TenantId,
    /// messenger | instagram | whatsapp
    pub(crate) platform: String,
    /// What Meta told last, and when: 0 for never.
    pub(crate) name: Option<String>,
    pub(crate) name_at: i64,
    pub(crate) username: Option<String>,
    pub(crate) username_at: i64,
    pub(crate) phone: Option<String>,
    pub(crate) phone_at: i64,
}

/// What leads to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct IdentityKey<'a> {
    pub(crate) tenant: &'a TenantId,
    /// psid | igsid | wa_id | user_id
    pub(crate) kind: &'static str,
    pub(crate) scope: &'a str,
    pub(crate) value: &'a str,
}

/// To which contacts these lead: each key that is known, by its place among `keys`, and its contact.
pub(crate) async fn list_ids_by_identity_across_tenants(
    tx: &mut Tx,
    keys: &[IdentityKey<'_>],
) -> Result<Vec<(usize, ContactId)>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (place, tenant_id, kind, scope, value) AS (VALUES ",
        5,
        ") SELECT w.place, i.contact_id FROM wanted w CROSS JOIN contact_identities i
            WHERE i.tenant_id = w.tenant_id AND i.kind = w.kind AND i.scope = w.scope AND i.value = w.value",
    );
    let placed: Vec<(i64, IdentityKey<'_>)> = (0..).zip(keys.iter().copied()).collect();
    let mut all = Vec::with_capacity(keys.len());
    for chunk in padded(&placed) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<(i64, ContactId)> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for (place, key) in chunk {
                query = query.bind(place).bind(key.tenant).bind(key.kind).bind(key.scope).bind(key.value);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(found.into_iter().filter_map(|(place, id)| Some((usize::try_from(place).ok()?, id))));
    }
    Ok(all)
}

/// These contacts.
pub(crate) async fn list_across_tenants(tx: &mut Tx, ids: &[&ContactId]) -> Result<Vec<Contact>> {
    static SQL: ManyRows = ManyRows::new(
        "WITH wanted (id) AS (VALUES ",
        1,
        ") SELECT c.id, c.tenant_id, c.platform, c.name, c.name_at, c.username, c.username_at, c.phone, c.phone_at
            FROM wanted w CROSS JOIN contacts c WHERE c.id = w.id",
    );
    let mut all = Vec::with_capacity(ids.len());
    for chunk in padded(ids) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        let found: Vec<Contact> = on_tx!(tx, connection => {
            let mut query = sqlx::query_as(text);
            for id in chunk {
                query = query.bind(id);
            }
            query.fetch_all(connection).await
        })?;
        all.extend(found);
    }
    Ok(all)
}

/// Writes contacts as they are now.
pub(crate) async fn upsert_across_tenants(tx: &mut Tx, contacts: &[&Contact], now: Timestamp) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO contacts (id, tenant_id, platform, name, name_at, username, username_at, phone, phone_at,
            created_at) VALUES ",
        10,
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_at = excluded.name_at,
            username = excluded.username, username_at = excluded.username_at, phone = excluded.phone,
            phone_at = excluded.phone_at",
    );
    write_rows!(tx, SQL, contacts, contact =>
        &contact.id, &contact.tenant_id, &contact.platform, &contact.name, contact.name_at, &contact.username,
        contact.username_at, &contact.phone, contact.phone_at, now.as_millis()
    );
    Ok(())
}

/// Writes down what leads to contacts from now on.
pub(crate) async fn insert_identities_across_tenants(
    tx: &mut Tx,
    identities: &[(IdentityKey<'_>, &ContactId)],
) -> Result<()> {
    static SQL: ManyRows =
        ManyRows::new("INSERT INTO contact_identities (tenant_id, kind, scope, value, contact_id) VALUES ", 5, "");
    write_rows!(tx, SQL, identities, (key, contact) => key.tenant, key.kind, key.scope, key.value, *contact);
    Ok(())
}
