//! Set-up links: a colleague or client who has no account here connects their own assets for a tenant, once.
//!
//! The tenant's side: [`make_link`], [`list_links`], [`revoke_link`]. The guest's side: [`open_link`], [`begin_as_guest`], and
//! from there the same attempt as everybody's, as a [`Guest`].

mod guest;

use std::time::Duration;

use secrecy::SecretString;

pub use guest::{Guest, OpenedLink, begin_as_guest, find_guest, find_unfinished, is_of_guest, open_link};
pub(super) use guest::{in_logs, owns};

use crate::{
    accounts::{Actor, limits::SET_UP_LINKS_BY_TENANT},
    clock::Timestamp,
    db::{
        connections::ConnectionStatus,
        set_up_links::{self, ListedSetUpLink, NewSetUpLink, SetUpLink},
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::{AttemptId, SetUpLinkId},
    live::Hint,
    services::Services,
};

/// For how many days a link may work.
pub const LIVES: [u32; 4] = [1, 3, 7, 30];

/// The path of a link, before its secret.
pub const PATH: &str = "set-up/";

const DAY: Duration = Duration::from_secs(86_400);

/// How long links are listed.
const LISTED: Duration = Duration::from_secs(90 * 86_400);

/// The longest name of whom a link is for.
const NAME: usize = 120;

/// A link just made. Its secret is known only now.
#[derive(Debug)]
pub struct IssuedSetUpLink {
    /// Its identifier.
    pub id: SetUpLinkId,
    /// The link to hand over: shown once.
    pub link: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Makes a link for whoever is called `name`, that works once and for `days` days, one of [`LIVES`].
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Invalid`], [`Error::Busy`].
pub async fn make_link(services: &Services, actor: &Actor, name: &str, days: u32) -> Result<IssuedSetUpLink> {
    let actor = actor.admin()?;
    services.app_for(&actor.tenant_id)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Error::invalid("name", format!("Say for whom it is, in up to {NAME} letters.")));
    }
    if !LIVES.contains(&days) {
        return Err(Error::invalid("days", "Choose one of the lengths in the list."));
    }
    SET_UP_LINKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let token = services.entropy().token();
    let id = SetUpLinkId::new(services.ids());
    let now = services.clock().now();
    let expires_at = now.plus(DAY * days);
    let new = NewSetUpLink { id: &id, name, token_hash: &hash_token(&token), created_by: &actor.user_id, expires_at };
    let said = actor.did(services, "set_up_link.created", name).await?;
    set_up_links::insert(services.db(), &actor.tenant_id, &new, &said, now).await?;
    services.live().tenant_changed(&actor.tenant_id, Hint::Asset);
    let link = SecretString::from(format!("{}{PATH}{token}", services.public_url()));
    Ok(IssuedSetUpLink { id, link, expires_at })
}

/// A link and what is outstanding about it.
#[derive(Debug, Clone)]
pub struct ListedLink {
    /// The link.
    pub link: SetUpLink,
    /// What it waits for.
    pub outstanding: Outstanding,
    /// The attempt that waits for a choice: whoever made the link may choose in the guest's place.
    pub choosing: Option<AttemptId>,
    /// How many assets are connected by it, and how many of those have a problem.
    pub assets: (usize, usize),
}

/// What a link waits for. Coming back from Meta is not finishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outstanding {
    /// Nobody has looked at it.
    Opening,
    /// Somebody looked, and has not confirmed with Meta.
    Confirming,
    /// It was confirmed with Meta, and nothing is chosen.
    Choosing,
    /// What was chosen is being connected.
    Applying,
    /// Nothing.
    Nothing,
    /// It ended before anybody confirmed.
    Expired,
    /// It was withdrawn.
    Revoked,
    /// It was confirmed, and nobody chose within a day.
    GivenUp,
}

/// The links of the actor's tenant, newest first.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin.
pub async fn list_links(services: &Services, actor: &Actor) -> Result<Vec<ListedLink>> {
    let (db, tenant, now) = (services.db(), actor.admin()?.tenant_id, services.clock().now());
    let listed = set_up_links::list(db, &tenant, now.minus(LISTED)).await?;
    Ok(listed.into_iter().map(|row| look_at(row, now)).collect())
}

fn look_at(row: ListedSetUpLink, now: Timestamp) -> ListedLink {
    let gone = row.connection_status.is_none_or(|status| status == ConnectionStatus::Disconnected);
    let outstanding = match &row.link {
        SetUpLink { finished_at: Some(_), .. } if row.pending > 0 => Outstanding::Applying,
        SetUpLink { finished_at: Some(_), .. } => Outstanding::Nothing,
        SetUpLink { revoked_at: Some(_), .. } => Outstanding::Revoked,
        SetUpLink { used_at: Some(_), connection_id: Some(_), .. } if gone => Outstanding::GivenUp,
        SetUpLink { used_at: Some(_), .. } => Outstanding::Choosing,
        SetUpLink { expires_at, .. } if *expires_at <= now.as_millis() => Outstanding::Expired,
        SetUpLink { opened_at: Some(_), .. } => Outstanding::Confirming,
        _ => Outstanding::Opening,
    };
    let choosing = row.choosing.filter(|_| outstanding == Outstanding::Choosing);
    let count = |n: i64| usize::try_from(n).unwrap_or_default();
    let assets = match row.link.finished_at {
        Some(_) => (count(row.chosen), count(row.troubled)),
        None => (0, 0),
    };
    ListedLink { link: row.link, outstanding, choosing, assets }
}

/// Withdraws a link. What is connected by it stays.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::NotFound`].
pub async fn revoke_link(services: &Services, actor: &Actor, id: &SetUpLinkId) -> Result<()> {
    let actor = actor.admin()?;
    let (db, tenant) = (services.db(), &actor.tenant_id);
    let link = set_up_links::get(db, tenant, id).await?.ok_or(Error::NotFound("set-up link"))?;
    let said = actor.did(services, "set_up_link.revoked", &link.name).await?;
    if set_up_links::mark_revoked(db, tenant, id, &said, services.clock().now()).await? {
        services.live().tenant_changed(tenant, Hint::Asset);
        Ok(())
    } else {
        Err(Error::NotFound("set-up link"))
    }
}
