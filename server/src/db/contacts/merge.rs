//! Two contacts are found to be one person.

use crate::{
    db::{
        conversations::Conversation,
        reactions::{self, Reaction},
        transaction::Tx,
    },
    error::Result,
    ids::{ContactId, ConversationId, TenantId},
};

/// Gives everything of `loser` to `keeper`, but for its own row's fields, and removes it.
pub(crate) async fn merge(tx: &mut Tx, tenant: &TenantId, keeper: &ContactId, loser: &ContactId) -> Result<()> {
    const IDENTITIES: &str = "UPDATE contact_identities SET contact_id = $2 WHERE tenant_id = $1 AND contact_id = $3";
    const AUTHOR: &str = "UPDATE messages SET author_id = $2 WHERE tenant_id = $1 AND author_id = $3";
    const REMOVE: &str = "DELETE FROM contacts WHERE tenant_id = $1 AND id = $2";
    for sql in [IDENTITIES, AUTHOR] {
        on_tx!(tx, connection => sqlx::query(sql).bind(tenant).bind(keeper).bind(loser).execute(connection).await
            .map(drop))?;
    }
    merge_reactions(tx, tenant, keeper, loser).await?;
    merge_conversations(tx, tenant, keeper, loser).await?;
    on_tx!(tx, connection => sqlx::query(REMOVE).bind(tenant).bind(loser).execute(connection).await.map(drop))?;
    Ok(())
}

async fn merge_reactions(tx: &mut Tx, tenant: &TenantId, keeper: &ContactId, loser: &ContactId) -> Result<()> {
    let given = reactions::list_by_actor(tx, tenant, loser.as_str()).await?;
    if given.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = given.iter().map(|one| (&one.message_id, keeper.as_str())).collect();
    let kept = reactions::list_across_tenants(tx, &keys).await?;
    let merged: Vec<Reaction> = given
        .iter()
        .map(|one| {
            let one = Reaction { actor: keeper.as_str().to_owned(), ..one.clone() };
            let other = kept.iter().find(|other| other.message_id == one.message_id);
            other.map_or(one.clone(), |other| other.clone().max(one))
        })
        .collect();
    reactions::upsert_across_tenants(tx, &merged.iter().collect::<Vec<_>>()).await?;
    reactions::delete_by_actor(tx, tenant, loser.as_str()).await
}

/// The same asset's conversations become one.
async fn merge_conversations(tx: &mut Tx, tenant: &TenantId, keeper: &ContactId, loser: &ContactId) -> Result<()> {
    const LIST: &str = "SELECT id, tenant_id, asset_kind, asset_meta_id, location_id, thread, contact_id,
            last_message_at, last_inbound_at, delivered_through, read_through
        FROM conversations WHERE tenant_id = $1 AND contact_id IN ($2, $3) ORDER BY id";
    const RENAME: &str = "UPDATE conversations SET thread = $3, contact_id = $3 WHERE tenant_id = $1 AND id = $2";
    let all: Vec<Conversation> = on_tx!(tx, connection => sqlx::query_as(LIST).bind(tenant).bind(keeper).bind(loser)
        .fetch_all(connection).await)?;
    let (kept, lost): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|conversation| conversation.contact_id.as_ref() == Some(keeper));
    for one in lost {
        let same =
            kept.iter().find(|other| (other.asset_kind, &other.asset_meta_id) == (one.asset_kind, &one.asset_meta_id));
        match same {
            Some(same) => join(tx, tenant, same, &one).await?,
            None => {
                on_tx!(tx, connection => sqlx::query(RENAME).bind(tenant).bind(&one.id).bind(keeper)
                    .execute(connection).await.map(drop))?;
            }
        }
    }
    Ok(())
}

async fn join(tx: &mut Tx, tenant: &TenantId, into: &Conversation, from: &Conversation) -> Result<()> {
    const MOVE: &str = "UPDATE messages SET conversation_id = $2 WHERE tenant_id = $1 AND conversation_id = $3";
    const UPDATE: &str = "UPDATE conversations SET last_message_at = $3, last_inbound_at = $4, delivered_through = $5,
        read_through = $6 WHERE tenant_id = $1 AND id = $2";
    const REMOVE: &str = "DELETE FROM conversations WHERE tenant_id = $1 AND id = $2";
    let moved = |id: &ConversationId| id.clone();
    let (keep, gone) = (moved(&into.id), moved(&from.id));
    on_tx!(tx, connection => {
        sqlx::query(MOVE).bind(tenant).bind(&keep).bind(&gone).execute(&mut *connection).await?;
        sqlx::query(UPDATE).bind(tenant).bind(&keep).bind(into.last_message_at.max(from.last_message_at))
            .bind(into.last_inbound_at.max(from.last_inbound_at))
            .bind(into.delivered_through.max(from.delivered_through))
            .bind(into.read_through.max(from.read_through)).execute(&mut *connection).await?;
        sqlx::query(REMOVE).bind(tenant).bind(&gone).execute(connection).await.map(drop)
    })?;
    Ok(())
}
