//! Renewing a token: the old one stays until Meta has vouched for the new one.

use super::{grants, renewal, texts};
use crate::{
    apps::App,
    clock::Timestamp,
    connect::{check::GoodToken, credentials::seal, grant, instagram},
    db::{
        connections::{self, Connection, Renewed},
        credentials::{self, CredentialKind},
        from_json, to_json,
    },
    error::Result,
    explanation::Explanation,
    ids::{CredentialId, TenantId},
    meta::{AccessToken, GraphClient, MetaError, TokenFacts, TokenKind},
    observe::{self, Note},
    services::Services,
    vault::Sealed,
    words::failures::upkeep,
};

/// A token that Meta vouched for.
struct Successor {
    token: AccessToken,
    facts: TokenFacts,
}

/// Renews the token when its time has come and nobody asked Meta within a day. What goes wrong is written down, and tried
/// again a day later: the old token goes on.
///
/// # Errors
/// When the database fails.
pub(super) async fn renew_if_due(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    token: &GoodToken,
) -> Result<()> {
    let (db, now) = (services.db(), services.clock().now());
    let due = renewal::is_due(&token.facts, token.renew_at, now);
    if !due || !connections::claim_renewal(db, tenant, &connection.id, renewal::PAUSE, now).await? {
        return Ok(());
    }
    let app = services.app_of_connection(connection)?;
    let note = match obtain(&app.graph, token, now).await {
        Ok(successor) => match keep(services, &app, tenant, connection, token, &successor).await? {
            true => texts::renewed(&successor.facts),
            // Somebody confirmed again or disconnected meanwhile: there is nothing to tell.
            false => return Ok(()),
        },
        Err(why) => {
            connections::mark_renewal_failed(db, tenant, &connection.id, &to_json(&why)?).await?;
            Note::problem("not_renewed", why)
        }
    };
    observe::log(services, tenant, &connection.id, vec![note]).await
}

/// Asks Meta for a longer life, by the way of the token's kind, and what the new token is.
async fn obtain(graph: &GraphClient, old: &GoodToken, now: Timestamp) -> std::result::Result<Successor, Explanation> {
    let failed = |error: MetaError| texts::not_renewed(&error);
    let (token, facts) = match old.facts.kind {
        TokenKind::Instagram => instagram::renew(graph, &old.token, &old.facts, now).await.map_err(failed)?,
        TokenKind::SystemUser => {
            let business = graph.client_business_id(&old.token).await.map_err(failed)?;
            let business = business.ok_or_else(upkeep::no_portfolio)?;
            let token = graph.refetch_system_user_token(&business, &old.token, &old.facts).await.map_err(failed)?;
            vouched_for(graph, token).await.map_err(failed)?
        }
        _ => {
            let token = graph.exchange_long_lived(&old.token).await.map_err(failed)?.token;
            vouched_for(graph, token).await.map_err(failed)?
        }
    };
    if !grants::is_successor(&old.facts, &facts) {
        return Err(upkeep::no_successor());
    }
    let lost = grants::lost(&old.facts, &facts);
    if !lost.is_empty() {
        return Err(texts::narrower(&lost));
    }
    Ok(Successor { token, facts })
}

async fn vouched_for(
    graph: &GraphClient,
    token: AccessToken,
) -> std::result::Result<(AccessToken, TokenFacts), MetaError> {
    let facts = graph.debug_token(&token).await?;
    Ok((token, facts))
}

/// Keeps the new token in place of the old one, and with it the Pages' tokens as it gives them.
async fn keep(
    services: &Services,
    app: &App,
    tenant: &TenantId,
    connection: &Connection,
    old: &GoodToken,
    new: &Successor,
) -> Result<bool> {
    let now = services.clock().now();
    let pages = page_tokens(services, app, tenant, connection, new).await?;
    let credential = CredentialId::new(services.ids());
    let sealed = seal(services, tenant, &credential, &new.token)?;
    let known: grant::Permissions = from_json(&connection.permissions)?;
    let permissions = to_json(&grant::Permissions::compare(&new.facts, &app.login.login).knowing(&known))?;
    let renewed = Renewed {
        id: &connection.id,
        old: &old.credential,
        credential: &credential,
        sealed: &sealed,
        token: grant::token_state(&new.facts, connection.token_kind, &permissions, now, &connection.id),
        pages: &pages,
    };
    connections::renew(services.db(), tenant, &renewed, now).await
}

/// The tokens of the Pages for which one is kept, as the new token gives them, sealed. Those that Meta does not give now stay
/// as they are: a Page's token has no end of its own (Meta reference §4.3).
async fn page_tokens(
    services: &Services,
    app: &App,
    tenant: &TenantId,
    connection: &Connection,
    new: &Successor,
) -> Result<Vec<(CredentialId, String, Sealed)>> {
    let all = credentials::list(services.db(), tenant, &connection.id).await?;
    let mut pages: Vec<String> =
        all.into_iter().filter(|one| one.kind == CredentialKind::Page).map(|one| one.subject).collect();
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let given = match app.graph.page_tokens(&new.token).await {
        Ok(given) => given,
        Err(error) => {
            tracing::info!(connection = %connection.id, reason = error.stable_code(), "the Pages' tokens stay as they are");
            return Ok(Vec::new());
        }
    };
    pages.sort_unstable();
    let mut sealed = Vec::new();
    for page in given {
        if let (Some(token), Ok(_)) = (&page.access_token, pages.binary_search(&page.id.to_string())) {
            let id = CredentialId::new(services.ids());
            let token = seal(services, tenant, &id, token)?;
            sealed.push((id, page.id.to_string(), token));
        }
    }
    Ok(sealed)
}
