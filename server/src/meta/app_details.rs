//! The app itself: whether its credentials are accepted, and what its dashboard says.

use serde::{Deserialize, Serialize};

use super::{
    call::GraphCall,
    error::{BadRequestProblem, MetaError, MetaErrorKind},
    graph::GraphClient,
};

/// What Meta's dashboard says of the app, as far as the API tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppDetails {
    /// Its name, as people see it in the dialog.
    #[serde(default)]
    pub name: Option<String>,
    /// Its page at Meta, or its website.
    #[serde(default)]
    pub link: Option<String>,
    /// Its category.
    #[serde(default)]
    pub category: Option<String>,
    /// *App Domains*.
    #[serde(default)]
    pub app_domains: Option<Vec<String>>,
    /// *Privacy Policy URL*.
    #[serde(default)]
    pub privacy_policy_url: Option<String>,
    /// *Terms of Service URL*.
    #[serde(default)]
    pub terms_of_service_url: Option<String>,
    /// *Deauthorize callback URL*.
    #[serde(default)]
    pub deauth_callback_url: Option<String>,
    /// *Contact email*.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// *App icon*.
    #[serde(default)]
    pub logo_url: Option<String>,
    /// Whether the answer has the fields after `category`: a version of the API may refuse them.
    #[serde(default)]
    pub complete: bool,
}

const FEW: &str = "id,name,link,category";
const ALL: &str = "id,name,link,category,app_domains,privacy_policy_url,terms_of_service_url,deauth_callback_url,\
                   contact_email,logo_url";

impl GraphClient {
    /// Whether Meta accepts the App ID and the App Secret: it is asked for an app token with them (Meta reference §4.1).
    ///
    /// # Errors
    /// `Configuration(AppId)` for an App ID that Meta does not know, `Configuration(AppSecret)` for another app's secret,
    /// and whatever else Meta refuses.
    pub async fn try_credentials(&self) -> Result<(), MetaError> {
        let call = self.token_endpoint().with("grant_type", "client_credentials").that_reads();
        self.grant(call).await.map(drop)
    }

    /// What the dashboard says of the app. Fields that this version of the API refuses are left out.
    ///
    /// # Errors
    /// Whatever Meta refuses.
    pub async fn app_details(&self) -> Result<AppDetails, MetaError> {
        match self.read_app(ALL).await {
            Ok(details) => Ok(AppDetails { complete: true, ..details }),
            Err(error) if error.kind == MetaErrorKind::BadRequest(BadRequestProblem::UnknownField) => {
                self.read_app(FEW).await
            }
            Err(error) => Err(error),
        }
    }

    async fn read_app(&self, fields: &str) -> Result<AppDetails, MetaError> {
        let token = self.app.app_token();
        let call = GraphCall::get("{app}", self.app.app_id.as_str(), &token).with("fields", fields);
        self.call(call.as_app()).await
    }
}
