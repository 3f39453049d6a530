//! Testing a connection: what Meta says about its token now, then about each of its assets.

use super::{
    credentials, grant,
    prove::{self, Mode},
};
use crate::{
    accounts::{Actor, limits::CHECKS_BY_TENANT},
    clock::Timestamp,
    db::{
        assets,
        connections::{self, Connection, ConnectionStatus},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{ConnectionId, TenantId},
    meta::MetaError,
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log},
};

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// How many assets were asked about.
    pub asked: usize,
    /// How many of them are proven to work.
    pub proven: usize,
    /// What is wrong with the connection itself, when something is.
    pub problem: Option<Explanation>,
}

/// Tests one connection of the actor's tenant.
///
/// # Errors
/// [`Error::Forbidden`] for a person without a tenant, [`Error::NotFound`], and [`Error::Meta`] when Meta cannot be asked:
/// then nothing that was known changes.
pub async fn check_connection(services: &Services, actor: &Actor, id: &ConnectionId) -> Result<CheckReport> {
    let actor = actor.member()?;
    let connection = connections::get(services.db(), &actor.tenant_id, id).await?;
    let connection = connection.filter(stands).ok_or(Error::NotFound("connection"))?;
    CHECKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    check(services, &actor.tenant_id, &connection).await
}

/// Tests every connection of the actor's tenant, one after the other.
///
/// # Errors
/// As [`check_connection`], for the first connection that cannot be asked about.
pub async fn check_all(services: &Services, actor: &Actor) -> Result<Vec<CheckReport>> {
    let actor = actor.member()?;
    let standing = connections::list_standing(services.db(), &actor.tenant_id).await?;
    if !standing.is_empty() {
        CHECKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    }
    let mut reports = Vec::new();
    for connection in standing {
        reports.push(check(services, &actor.tenant_id, &connection).await?);
    }
    Ok(reports)
}

/// Tests what a person granted to an app, in every tenant: Meta said that it changed. As often as a tenant may test.
///
/// # Errors
/// When the database fails or Meta cannot be asked.
pub(crate) async fn check_person(services: &Services, app: &str, person: &str) -> Result<()> {
    let forever = Timestamp::from_millis(i64::MAX);
    for grant in connections::list_by_person_across_tenants(services.db(), app, person, forever).await? {
        let connection = connections::get(services.db(), &grant.tenant_id, &grant.id).await?;
        if let Some(connection) = connection.filter(stands) {
            CHECKS_BY_TENANT.count(services, grant.tenant_id.as_str()).await?;
            check(services, &grant.tenant_id, &connection).await?;
        }
    }
    Ok(())
}

fn stands(connection: &Connection) -> bool {
    matches!(connection.status, ConnectionStatus::Connected | ConnectionStatus::Error)
}

async fn check(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<CheckReport> {
    if let Some(problem) = check_token(services, tenant, connection).await? {
        return Ok(CheckReport { asked: 0, proven: 0, problem: Some(problem) });
    }
    let all = assets::list_by_connection(services.db(), tenant, &connection.id).await?;
    let selected: Vec<_> = all.into_iter().filter(|asset| asset.selected).collect();
    let proven = prove::prove_all(services, tenant, connection, &selected, Mode::Look, &[]).await?.works;
    let after = connections::get(services.db(), tenant, &connection.id).await?;
    let problem =
        after.and_then(|connection| connection.problem).map(|json| crate::db::from_json(&json)).transpose()?;
    Ok(CheckReport { asked: selected.len(), proven, problem })
}

/// Asks Meta about the token and keeps the answer. `Some` when there is no token to use, or Meta calls it dead.
async fn check_token(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<Option<Explanation>> {
    let (db, app) = (services.db(), services.app_of(&connection.meta_app_id)?);
    let now = services.clock().now();
    let token = match credentials::main_token(services, tenant, &connection.id).await {
        Ok(token) => token,
        Err(Error::Conflict(problem)) => {
            connections::mark_error(db, tenant, &connection.id, &to_json(&problem)?, now).await?;
            return Ok(Some(problem));
        }
        Err(error) => return Err(error),
    };
    let facts = app.graph.debug_token(&token).await?;
    if facts.is_valid {
        let permissions = to_json(&grant::Permissions::compare(&facts, &app.login.login))?;
        let state = grant::token_state(&facts, connection.token_kind, &permissions);
        connections::update_token_state(db, tenant, &connection.id, &state, now).await?;
        return Ok(None);
    }
    let problem = facts.invalid.as_ref().map_or_else(failures::token_invalid, MetaError::explain);
    connections::mark_error(db, tenant, &connection.id, &to_json(&problem)?, now).await?;
    let note = Note::problem("refused", log::refused(problem.clone()));
    observe::log(services, tenant, &connection.id, vec![note]).await?;
    Ok(Some(problem))
}
