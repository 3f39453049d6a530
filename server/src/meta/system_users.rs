//! Fetching a system user's token anew, and the tokens of the Pages that a token reaches (Meta reference §4.3, §4.5).

use serde::Deserialize;

use super::{
    call::GraphCall,
    debug_token::{Targets, TokenFacts},
    error::{BadRequestProblem, MetaError, MetaErrorKind},
    graph::GraphClient,
    ids::{BusinessId, PageId},
    paging::Listing,
    token::AccessToken,
};

/// A Page and the token that speaks for it.
#[derive(Debug, Clone, Deserialize)]
pub struct PageToken {
    /// Which Page.
    pub id: PageId,
    /// Its token; missing where the role on the Page does not give one.
    #[serde(default)]
    pub access_token: Option<AccessToken>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    access_token: Option<AccessToken>,
}

impl GraphClient {
    /// Asks for a new token of 60 days of the system user in `business`, for what `facts` says was granted. Only the system
    /// user's own token, while it is valid, may ask (Meta reference §4.5). The former token stays valid.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn refetch_system_user_token(
        &self,
        business: &BusinessId,
        token: &AccessToken,
        facts: &TokenFacts,
    ) -> Result<AccessToken, MetaError> {
        let scopes: Vec<&str> = facts.scopes.iter().map(super::Permission::as_str).collect();
        let path = format!("{business}/system_user_access_tokens");
        let mut call = GraphCall::post("{business}/system_user_access_tokens", path, token)
            .with("scope", scopes.join(","))
            .with("set_token_expires_in_60_days", "true");
        if let Some(user) = &facts.user_id {
            call = call.with("system_user_id", user.as_str());
        }
        if let Some(assets) = assets(facts) {
            call = call.with("asset", assets);
        }
        let answer: Answer = self.call(call).await?;
        let none = || MetaError::own(MetaErrorKind::BadRequest(BadRequestProblem::NoToken), "no access token came");
        answer.access_token.filter(|token| !token.expose().is_empty()).ok_or_else(none)
    }

    /// The Pages on which the token's person or system user has a role, each with its token, in one paged list.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn page_tokens(&self, token: &AccessToken) -> Result<Vec<PageToken>, MetaError> {
        let listing = Listing::new("me/accounts", "me/accounts", "id,access_token", token);
        self.list(&listing, |_| ()).await.complete()
    }
}

/// The assets that were granted, as a JSON list; `None` when some permission is granted for all of them.
fn assets(facts: &TokenFacts) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for (_, targets) in facts.granular.iter() {
        match targets {
            Targets::All => return None,
            Targets::These(ids) => all.extend(ids.iter().map(String::as_str)),
        }
    }
    all.sort_unstable();
    all.dedup();
    (!all.is_empty()).then(|| format!("[{}]", all.join(",")))
}
