//! An asset that another tenant holds: it moves here when Meta says, at this moment, that this tenant's grant controls it. Who
//! held it is told to nobody; that it moved, and why, is told on both sides.

use std::time::Duration;

use super::{
    apply,
    chooser::Chooser,
    credentials::token_of_attempt,
    discover::{self, Silent},
    facts::{self, Said},
    found_assets::found_assets,
    renew,
};
use crate::{
    accounts::{
        Actor,
        limits::{MOVES_BY_TENANT, MOVES_OF_ASSET},
    },
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset},
        attempts::{Attempt, Flow, Phase},
        to_json,
    },
    error::{Error, Result},
    ids::{AssetId, AttemptId, ConnectionId},
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log, ways},
};

/// How old the login may be with which something is moved: control is proven by who can sign in at Meta now.
const FRESH: Duration = Duration::from_secs(3600);

/// What would move.
#[derive(Debug, Clone)]
pub struct MovePlan {
    /// The assets: what was asked for, and what cannot be parted from it. A number moves with its account and that account's
    /// other numbers: it is the account that is subscribed (Meta reference §6.3).
    pub assets: Vec<Asset>,
}

/// Whether an asset of this kind can be moved. Of the others nothing is received that could go astray.
pub fn is_movable(kind: AssetKind) -> bool {
    !matches!(kind, AssetKind::AdAccount | AssetKind::Business)
}

/// What would move when the actor takes an asset over that another tenant holds.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::NotFound`] when nobody else holds it, or it cannot be used;
/// [`Error::Conflict`] when the login is too old or the attempt went on.
pub async fn plan_move(services: &Services, actor: &Actor, id: &AttemptId, asset: &AssetId) -> Result<MovePlan> {
    let (attempt, _) = Chooser::Member(actor).attempt(services, id).await?;
    let (_, assets) = movable(services, &attempt, asset).await?;
    Ok(MovePlan { assets })
}

async fn movable(services: &Services, attempt: &Attempt, asset: &AssetId) -> Result<(ConnectionId, Vec<Asset>)> {
    let (db, tenant, now) = (services.db(), &attempt.tenant_id, services.clock().now());
    let connection = attempt.connection_id.clone().filter(|_| attempt.phase == Phase::Choosing);
    let connection = connection.ok_or_else(|| Error::Conflict(failures::not_choosing()))?;
    if renew::undecided(services, attempt).await?.is_some() {
        return Err(Error::Conflict(ways::decide_first()));
    }
    // A pasted token shows nothing of who can sign in.
    let signed_in = attempt.consumed_at.filter(|_| attempt.flow != Flow::Token);
    if signed_in.is_none_or(|at| at <= now.minus(FRESH).as_millis()) {
        return Err(Error::Conflict(ways::login_too_old()));
    }
    let held = assets::list_held_elsewhere(db, tenant, &connection).await?;
    let all = assets::list_by_connection(db, tenant, &connection).await?;
    let free = |known: &Asset| held.contains(&known.id) && known.unusable.is_none() && is_movable(known.kind);
    let wanted = all.iter().find(|known| known.id == *asset && free(known)).ok_or(Error::NotFound("asset"))?;
    let account = match wanted.kind {
        AssetKind::WhatsappAccount => Some(wanted.meta_id.clone()),
        AssetKind::WhatsappNumber => wanted.parent_meta_id.clone(),
        _ => None,
    };
    let together = |known: &Asset| match &account {
        Some(account) => known.meta_id == *account || known.parent_meta_id.as_ref() == Some(account),
        None => known.id == *asset,
    };
    Ok((connection, all.iter().filter(|known| free(known) && together(known)).cloned().collect()))
}

/// Takes an asset over that another tenant holds, with what cannot be parted from it. Meta is asked at this moment: everything
/// that the grant reaches is read, and each asset has to be among it with the role and the permissions that it needs. Then
/// routes change in one transaction, and what Meta sends from then on arrives here.
///
/// # Errors
/// As [`plan_move`]; [`Error::Refused`] when Meta does not prove control; [`Error::Meta`] when it cannot be asked;
/// [`Error::Busy`] after too many moves, of this tenant or of this asset.
pub async fn move_here(services: &Services, actor: &Actor, id: &AttemptId, asset: &AssetId) -> Result<usize> {
    let (attempt, _) = Chooser::Member(actor).attempt(services, id).await?;
    let actor = actor.admin()?;
    let (connection, wanted) = movable(services, &attempt, asset).await?;
    let tenant = &attempt.tenant_id;
    MOVES_BY_TENANT.count(services, tenant.as_str()).await?;
    for one in &wanted {
        MOVES_OF_ASSET.count(services, &format!("{}/{}", one.kind.name(), one.meta_id)).await?;
    }
    prove(services, &attempt, &connection, &wanted).await?;

    let (ids, now) = (wanted.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), services.clock().now());
    let names: Vec<&str> = wanted.iter().map(|one| one.name.as_str()).collect();
    let target = names.join(", ");
    let said = actor.did(services, "asset.moved_here", &target).await?;
    let said_there = observe::said_by_other(services, observe::ITSELF, "asset.moved_away", "").await?;
    let why = to_json(&ways::moved_away())?;
    let saying = (&said, &said_there, why.as_str());
    let moved = assets::transfer(services.db(), tenant, &connection, &ids, saying, now).await?;
    if moved.is_empty() {
        return Err(Error::NotFound("asset"));
    }
    for held in &moved {
        let note = Note::problem("moved_away", ways::moved_away());
        observe::log(services, &held.tenant_id, &held.connection_id, vec![note.about(held.name.clone())]).await?;
        services.live().tenant_changed(&held.tenant_id, Hint::Asset);
    }
    let here =
        |held: &assets::Moved| Note::ok("moved_here", log::moved_here(actor.name.clone())).about(held.name.clone());
    observe::log(services, tenant, &connection, moved.iter().map(here).collect()).await?;
    // What Meta sent while nobody could tell whose it was goes to this tenant now.
    services.intake().claims.look();
    apply::ask(services, tenant, &connection).await?;
    Ok(moved.len())
}

/// Reads at this moment what the grant reaches, and finds each of these assets in it, usable.
async fn prove(services: &Services, attempt: &Attempt, connection: &ConnectionId, wanted: &[Asset]) -> Result<()> {
    let app = super::finish::app_of(services, attempt)?;
    let graph = &app.graph;
    let token = token_of_attempt(services, &attempt.tenant_id, &attempt.id, connection).await?;
    let said = Said::of_attempt(services, attempt, connection).await?;
    let facts = facts::facts(graph, &token, said).await?;
    if let Some(invalid) = facts.invalid.clone() {
        return Err(Error::Meta(invalid));
    }
    let discovery = discover::discover(graph, &token, &facts, &Silent).await?;
    let reached = found_assets(services.ids(), &facts, &discovery, services.clock().now())?;
    let controls = |one: &Asset| {
        reached.iter().any(|known| known.kind == one.kind && known.meta_id == one.meta_id && known.unusable.is_none())
    };
    match wanted.iter().find(|one| !controls(one)) {
        None => Ok(()),
        Some(one) => Err(Error::Refused(ways::no_control(one.name.clone()))),
    }
}
