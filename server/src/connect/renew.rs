//! A grant given once more: what it covers is weighed against what is connected, and nothing is cut off unasked.

use super::{
    chooser::{Chooser, Who},
    discover::Discovery,
    grant::Permissions,
    losses::{Losses, Reach, compare},
};
use crate::{
    db::{
        assets::{self, NewAsset},
        attempts::{Attempt, Phase},
        connections, from_json,
        staged_grants::{self, GivenUp, StagedGrant},
        to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{AssetId, AttemptId, ConnectionId, CredentialId, JobId},
    jobs::{self, Asked, Kind},
    meta::AccessToken,
    observe::{self, Note},
    services::Services,
    vault::Sealed,
    words::failures::{connect as failures, log, ways},
};

/// What a discovery with a grant that waits found.
pub(super) struct Found<'a> {
    pub(super) token: &'a AccessToken,
    pub(super) discovery: &'a Discovery,
    pub(super) assets: &'a [NewAsset],
    /// The tokens of Pages, sealed.
    pub(super) page_tokens: &'a [(CredentialId, String, Sealed)],
}

/// Weighs a grant that waits. When nothing is lost it takes the place of the one before it at once; else a person decides.
///
/// # Errors
/// [`Error::NotFound`] when it does not wait any more; when the database fails.
pub(super) async fn weigh(
    services: &Services,
    attempt: &Attempt,
    connection: &ConnectionId,
    found: &Found<'_>,
) -> Result<()> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let staged = staged_grants::get(db, tenant, &attempt.id).await?.ok_or(Error::NotFound("grant"))?;
    let before = connections::get(db, tenant, connection).await?.ok_or(Error::NotFound("connection"))?;
    let all = assets::list_by_connection(db, tenant, connection).await?;
    let connected: Vec<_> = all.into_iter().filter(|asset| asset.selected).collect();
    let permissions: Permissions = from_json(&staged.permissions)?;
    let app = super::finish::app_of(services, attempt)?;
    let reach = Reach {
        graph: &app.graph,
        token: found.token,
        found: found.assets,
        complete: found.discovery.incomplete.is_empty(),
        permissions: &permissions,
    };
    let losses = compare(&reach, &connected, &from_json(&before.permissions)?).await?;
    let now = services.clock().now();
    let known = to_json(&losses)?;
    staged_grants::update_found(db, tenant, &attempt.id, (found.page_tokens, &known), now).await?;
    if !losses.is_none() {
        return observe::log(services, tenant, connection, vec![Note::problem("would_lose", line(&losses))]).await;
    }
    put_to_use(services, attempt, &staged, &GivenUp::default()).await.map(drop)
}

fn line(losses: &Losses) -> Explanation {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (assets, permissions) = (count(losses.assets.len()), count(losses.permissions.len()));
    let both = if assets > 0 && permissions > 0 { "yes" } else { "no" };
    log::would_lose(assets, both.into(), permissions)
}

async fn put_to_use(
    services: &Services,
    attempt: &Attempt,
    staged: &StagedGrant,
    given_up: &GivenUp<'_>,
) -> Result<bool> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let who = Who::began(services, attempt).await?;
    let said = who.did(services, "connection.renewed", &staged.meta_user_name).await?;
    let (id, now) = (JobId::new(services.ids()), services.clock().now());
    // What waited for a token that works is done now, and what is given up is unsubscribed.
    let subject = staged.connection_id.as_str();
    let job = Asked { tenant: Some(tenant), kind: Kind::ApplyChoice, subject }.as_new(&id, now);
    let done = staged_grants::promote(db, tenant, &attempt.id, given_up, &said, &job, now).await?;
    jobs::wake(services);
    Ok(done)
}

/// What would lose access by an attempt's grant, while that waits for a decision.
pub(super) async fn undecided(services: &Services, attempt: &Attempt) -> Result<Option<Losses>> {
    if attempt.phase != Phase::Choosing {
        return Ok(None);
    }
    let staged = staged_grants::get(services.db(), &attempt.tenant_id, &attempt.id).await?;
    staged.and_then(|staged| staged.losses).as_deref().map(from_json).transpose()
}

/// Decides for the new grant though it leaves something out: in one transaction it takes the place of the one before it and
/// what it does not cover is no longer connected; that is unsubscribed soon, as far as Meta lets us. A second call does nothing.
///
/// # Errors
/// [`Error::Forbidden`] for a member who is neither owner nor admin, [`Error::NotFound`], [`Error::Conflict`] when there is nothing to
/// decide any more.
pub async fn continue_without(services: &Services, chooser: impl Into<Chooser<'_>>, id: &AttemptId) -> Result<()> {
    let (attempt, who) = chooser.into().attempt(services, id).await?;
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let connection = attempt.connection_id.clone().ok_or_else(|| Error::Conflict(failures::not_choosing()))?;
    if attempt.phase != Phase::Choosing {
        return Err(Error::Conflict(failures::not_choosing()));
    }
    let Some(staged) = staged_grants::get(db, tenant, id).await? else { return Ok(()) };
    let losses: Losses = staged.losses.as_deref().map(from_json).transpose()?.unwrap_or_default();
    let lost: Vec<AssetId> = losses.assets.iter().map(|asset| asset.id.clone()).collect();
    let given_up = GivenUp { assets: &lost, why: &to_json(&ways::left_out())? };
    if !put_to_use(services, &attempt, &staged, &given_up).await? {
        return Ok(());
    }
    let mut notes = vec![Note::ok("renewed", log::went_on_without(who.name.clone()))];
    notes.extend(losses.assets.iter().map(|lost| Note::problem("left_out", log::left_out()).about(lost.name.clone())));
    observe::log(services, tenant, &connection, notes).await
}
