//! The person behind a token, and what that person allowed.

use serde::{Deserialize, de::IgnoredAny};

use super::{
    batch::{BATCH_LIMIT, BatchItem},
    call::GraphCall,
    error::MetaError,
    graph::GraphClient,
    ids::{BusinessId, MetaUserId},
    paging::Listing,
    permissions::Permission,
    token::AccessToken,
};

/// A person or a system user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// As this app sees the person.
    pub id: MetaUserId,
    /// The name, when Meta gives it.
    #[serde(default)]
    pub name: Option<String>,
}

/// What became of a permission in the dialog (Meta reference §4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GrantState {
    /// The person allowed it.
    Granted,
    /// The person declined it.
    Declined,
    /// It lapsed.
    Expired,
    /// Something newer than this program.
    #[serde(other)]
    Unknown,
}

/// One permission and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PermissionStatus {
    /// Which.
    pub permission: Permission,
    /// What became of it.
    pub status: GrantState,
}

#[derive(Deserialize)]
struct ClientBusiness {
    #[serde(default)]
    client_business_id: Option<BusinessId>,
}

impl GraphClient {
    /// Who the token belongs to.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn me(&self, token: &AccessToken) -> Result<Person, MetaError> {
        self.call(GraphCall::get("me", "me", token).with("fields", "id,name")).await
    }

    /// The client's portfolio in which a system-user token lives (Meta reference §4.5); `None` for other tokens.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn client_business_id(&self, token: &AccessToken) -> Result<Option<BusinessId>, MetaError> {
        let call = GraphCall::get("me", "me", token).with("fields", "client_business_id");
        Ok(self.call::<ClientBusiness>(call).await?.client_business_id)
    }

    /// Every permission that was asked for, and what became of it.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn permissions(&self, token: &AccessToken) -> Result<Vec<PermissionStatus>, MetaError> {
        let listing = Listing::new("me/permissions", "me/permissions", "permission,status", token);
        self.list(&listing, |_| ()).await.complete()
    }

    /// Whether the token can read each of these objects at all, in their order, fifty in a request: `NotFound` for one that it
    /// cannot, and whatever else Meta refuses.
    pub async fn read_nodes(&self, ids: &[&str], token: &AccessToken) -> Vec<Result<(), MetaError>> {
        let mut answers = Vec::with_capacity(ids.len());
        for some in ids.chunks(BATCH_LIMIT) {
            let items: Vec<BatchItem> = some.iter().map(|id| BatchItem::get(id, &[("fields", "id")])).collect();
            match self.batch::<IgnoredAny>("{node}", token, &items).await {
                Ok(told) => answers.extend(told.into_iter().map(|one| one.map(drop))),
                Err(error) => answers.extend(some.iter().map(|_| Err(error.clone()))),
            }
        }
        answers
    }

    /// Withdraws the whole grant of the person whose token this is. It ends **every** token of that person for this app,
    /// those of other connections too (Meta reference §4.8).
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn revoke_permissions(&self, token: &AccessToken) -> Result<(), MetaError> {
        self.change(GraphCall::delete("me/permissions", "me/permissions", token)).await
    }

    /// The same in the app's name, for when the person's token no longer works.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn revoke_permissions_of(&self, user: &MetaUserId) -> Result<(), MetaError> {
        let app_token = self.app.app_token();
        let call = GraphCall::delete("{user}/permissions", format!("{user}/permissions"), &app_token);
        self.change(call.as_app()).await
    }

    /// Withdraws one permission.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn revoke_permission(&self, token: &AccessToken, permission: &Permission) -> Result<(), MetaError> {
        let path = format!("me/permissions/{permission}");
        self.change(GraphCall::delete("me/permissions/{permission}", path, token)).await
    }
}
