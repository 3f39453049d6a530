//! A grant given once more: what it covers is weighed against what is connected, and nothing is cut off unasked.

use super::{
    apply,
    chooser::{Chooser, Who},
    discover::Discovery,
    grant::Permissions,
    losses::{Losses, Reach, compare},
    texts,
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
    ids::{AssetId, AttemptId, ConnectionId, CredentialId},
    meta::AccessToken,
    observe::{self, Note},
    services::Services,
    vault::Sealed,
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
        let sentence = format!("The new confirmation leaves out {}. Somebody decides.", in_words(&losses));
        return observe::log(services, tenant, connection, vec![Note::problem("would_lose", sentence)]).await;
    }
    put_to_use(services, attempt, &staged, &GivenUp::default()).await.map(drop)
}

fn in_words(losses: &Losses) -> String {
    let count = |n: usize, one: &str, many: &str| (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { many }));
    let parts =
        [count(losses.assets.len(), "asset", "assets"), count(losses.permissions.len(), "permission", "permissions")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
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
    staged_grants::promote(db, tenant, &attempt.id, given_up, &said, services.clock().now()).await
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
    let connection = attempt.connection_id.clone().ok_or(Error::Conflict(texts::TOO_LATE))?;
    if attempt.phase != Phase::Choosing {
        return Err(Error::Conflict(texts::TOO_LATE));
    }
    let Some(staged) = staged_grants::get(db, tenant, id).await? else { return Ok(()) };
    let losses: Losses = staged.losses.as_deref().map(from_json).transpose()?.unwrap_or_default();
    let lost: Vec<AssetId> = losses.assets.iter().map(|asset| asset.id.clone()).collect();
    let given_up = GivenUp { assets: &lost, why: &to_json(&texts::LEFT_OUT)? };
    if !put_to_use(services, &attempt, &staged, &given_up).await? {
        return Ok(());
    }
    let mut notes = vec![Note::ok("renewed", format!("{} went on without what was left out at Meta.", who.name))];
    notes.extend(losses.assets.iter().map(|lost| {
        Note::problem("left_out", "It was left out at Meta and is no longer connected.").about(lost.name.clone())
    }));
    observe::log(services, tenant, &connection, notes).await?;
    apply::ask(services, tenant, &connection).await
}
