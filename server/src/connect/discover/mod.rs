//! Finding every asset that a token reaches, in few calls.
//!
//! Lists come in pages whose cursors must be read one after another, so time is decided by the longest list. Three
//! things keep it short: lists are read side by side; `/me/businesses` brings the first hundred rows of six edges of
//! every portfolio in one answer by field expansion; and only an edge with more rows is asked again. When Meta refuses
//! the wide question, the same edges are asked one by one, so that a fault on one of them costs only its own rows.

mod fields;
mod found;
mod gathered;
mod instagram;
mod named;
mod number;
mod portfolios;
mod progress;
mod rows;
mod usability;
mod walk;

use futures::future::try_join4;

use self::walk::Walk;
pub use self::{
    found::{
        Discovery, FoundAdAccount, FoundBusiness, FoundInstagram, FoundNumber, FoundPage, FoundWaba, Incomplete,
        Relation, Source,
    },
    progress::{Counts, Progress, Silent, Step},
    usability::{AssetRef, Usability, usability},
};
pub(super) use self::{number::read_number, usability::number_usability};
use crate::meta::{AccessToken, BadRequestProblem, GraphClient, MetaError, MetaErrorKind, TokenFacts, TokenKind};

/// Finds all assets that `token` reaches: every page of results of the person's own Pages and ad accounts, of every
/// portfolio's own and shared Pages, WhatsApp accounts with their numbers, and ad accounts; and what the token names but
/// no list holds (Meta reference §5). An Instagram account's token reaches that account alone. Permissions that `facts` lacks are not asked about.
///
/// # Errors
/// When the token is refused, when the app is set up wrongly, or when nothing at all could be read. Anything less is in
/// [`Discovery::incomplete`] with its reason, and the rest is there.
pub async fn discover(
    graph: &GraphClient,
    token: &AccessToken,
    facts: &TokenFacts,
    progress: &dyn Progress,
) -> Result<Discovery, MetaError> {
    if facts.kind == TokenKind::Instagram {
        return instagram::account_of(graph, token, progress).await;
    }
    if !matches!(facts.kind, TokenKind::User | TokenKind::SystemUser) {
        let kind = MetaErrorKind::BadRequest(BadRequestProblem::Parameter);
        return Err(MetaError::own(kind, "only a person's or a system user's token lists assets"));
    }
    let walk = Walk::new(graph, token, facts, progress);
    try_join4(walk.own_pages(), walk.assigned(), walk.portfolios(), walk.own_ad_accounts()).await?;
    if walk.may_go_on() {
        walk.named_by_the_token().await?;
    }
    walk.finish()
}
