//! Testing a connection: what Meta says about its token now, then about each of its assets.

use super::{
    credentials,
    facts::{self, Said},
    grant::{self, Permissions},
    health::{self, Occasion},
};
use crate::{
    accounts::{Actor, limits::CHECKS_BY_TENANT},
    clock::Timestamp,
    db::{
        connections::{self, Connection, ConnectionStatus, PersonsGrant},
        from_json, to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{ConnectionId, CredentialId, TenantId},
    jobs::{self, Asked, Kind},
    meta::{AccessToken, Expiry, MetaError, TokenFacts},
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

/// Tests every connection of the actor's tenant whose app is set up here, one after the other.
///
/// # Errors
/// As [`check_connection`], for the first connection that cannot be asked about.
pub async fn check_all(services: &Services, actor: &Actor) -> Result<Vec<CheckReport>> {
    let actor = actor.member()?;
    let standing = connections::list_standing(services.db(), &actor.tenant_id).await?;
    if !standing.is_empty() {
        CHECKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    }
    let (mut reports, mut unasked) = (Vec::new(), None);
    for connection in standing {
        // Where its app is not set up here the connection says so; the others are tested all the same.
        match services.app_of_connection(&connection) {
            Ok(_) => reports.push(check(services, &actor.tenant_id, &connection).await?),
            Err(gone) => unasked = Some(gone),
        }
    }
    match unasked {
        Some(gone) if reports.is_empty() => Err(gone),
        _ => Ok(reports),
    }
}

/// Tests what a person granted to an app, in every tenant: Meta said that it changed. What cannot be tested now, in one tenant,
/// is looked after soon and keeps no other tenant from being told.
///
/// # Errors
/// When the database fails; then every other grant was tested all the same.
pub(crate) async fn check_person(services: &Services, app: &str, person: &str) -> Result<()> {
    let forever = Timestamp::from_millis(i64::MAX);
    let mut failed = Ok(());
    for grant in connections::list_by_person_across_tenants(services.db(), app, person, forever).await? {
        let tested = match check_grant(services, &grant).await {
            Err(Error::Busy { .. } | Error::Meta(_)) => look_after_soon(services, &grant).await,
            tested => tested,
        };
        failed = failed.and(tested);
    }
    failed
}

/// Tests a grant, as often as its tenant may test.
async fn check_grant(services: &Services, grant: &PersonsGrant) -> Result<()> {
    let connection = connections::get(services.db(), &grant.tenant_id, &grant.id).await?;
    let Some(connection) = connection.filter(stands) else { return Ok(()) };
    CHECKS_BY_TENANT.count(services, grant.tenant_id.as_str()).await?;
    check(services, &grant.tenant_id, &connection).await.map(drop)
}

/// Makes it the grant's turn to be looked after.
async fn look_after_soon(services: &Services, grant: &PersonsGrant) -> Result<()> {
    connections::update_look(services.db(), &grant.tenant_id, &grant.id, services.clock().now()).await?;
    let subject = grant.id.as_str();
    jobs::ask(services, &Asked { tenant: Some(&grant.tenant_id), kind: Kind::LookAfter, subject }).await
}

/// Asks Meta whether the token of a connection still works, and keeps the answer.
///
/// # Errors
/// When the database fails or Meta cannot be asked.
pub(super) async fn check_standing(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<()> {
    match connections::get(services.db(), tenant, id).await?.filter(stands) {
        Some(connection) => check_token(services, tenant, &connection).await.map(drop),
        None => Ok(()),
    }
}

fn stands(connection: &Connection) -> bool {
    matches!(connection.status, ConnectionStatus::Connected | ConnectionStatus::Error)
}

async fn check(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<CheckReport> {
    let token = match check_token(services, tenant, connection).await? {
        Standing::Good(token) => token,
        Standing::Refused(problem) => return Ok(CheckReport { asked: 0, proven: 0, problem: Some(problem) }),
    };
    let (mut asked, mut proven) = (0, 0);
    if token.may_read(services.clock().now()) {
        let checked = health::check_assets(services, tenant, connection, &token, Occasion::Asked).await?;
        (asked, proven) = (checked.asked, checked.proven);
    }
    let after = connections::get(services.db(), tenant, &connection.id).await?;
    let problem = after.and_then(|connection| connection.problem).map(|json| from_json(&json)).transpose()?;
    Ok(CheckReport { asked, proven, problem })
}

/// What Meta says of a connection's token.
pub(super) enum Standing {
    /// It is valid.
    Good(Box<GoodToken>),
    /// There is none to use, or Meta calls it dead: the connection says so now.
    Refused(Explanation),
}

/// A valid token.
pub(super) struct GoodToken {
    /// The token.
    pub(super) token: AccessToken,
    /// The credential that holds it.
    pub(super) credential: CredentialId,
    /// What Meta says of it.
    pub(super) facts: TokenFacts,
    /// When Meta is to be asked for a new one.
    pub(super) renew_at: Option<Timestamp>,
}

impl GoodToken {
    /// Whether Meta still answers it with data. A token outlives that right, and every asset would then look lost
    /// (Meta reference §4.4; §11 row 26).
    pub(super) fn may_read(&self, now: Timestamp) -> bool {
        !matches!(self.facts.data_access_expires_at, Expiry::At(end) if end <= now)
    }
}

/// Asks Meta about the token and keeps the answer.
///
/// # Errors
/// [`Error::Meta`] when Meta cannot be asked: then nothing that was known changes.
pub(super) async fn check_token(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<Standing> {
    let (db, app) = (services.db(), services.app_of_connection(connection)?);
    let now = services.clock().now();
    let (token, credential) = match credentials::main_credential(services, tenant, &connection.id).await {
        Ok(main) => main,
        Err(Error::Conflict(problem)) => {
            credentials::mark_lost(services, tenant, &connection.id, &problem).await?;
            return Ok(Standing::Refused(problem));
        }
        Err(error) => return Err(error),
    };
    let facts = facts::facts(&app.graph, &token, Said::of_connection(connection)?).await?;
    if facts.is_valid {
        let known: Permissions = from_json(&connection.permissions)?;
        let permissions = to_json(&Permissions::compare(&facts, &app.login.login).knowing(&known))?;
        let since = Timestamp::from_millis(credential.created_at);
        let state = grant::token_state(&facts, connection.token_kind, &permissions, since, &connection.id);
        connections::update_token_state(db, tenant, &connection.id, &credential.id, &state, now).await?;
        let renew_at = state.renew_at;
        return Ok(Standing::Good(Box::new(GoodToken { token, credential: credential.id, facts, renew_at })));
    }
    let problem = facts.invalid.as_ref().map_or_else(failures::token_invalid, MetaError::explain);
    // What was said yesterday is not said again every day.
    let known = connection.problem.as_deref().map(from_json::<Explanation>).transpose()?;
    let news = known.is_none_or(|known| known.code != problem.code);
    let said = to_json(&problem)?;
    if connections::mark_refused(db, tenant, &connection.id, Some(&credential.id), &said, now).await? && news {
        let note = Note::problem("refused", log::refused(problem.clone()));
        observe::log(services, tenant, &connection.id, vec![note]).await?;
    }
    Ok(Standing::Refused(problem))
}
