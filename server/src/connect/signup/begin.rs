//! The button of Embedded Signup.

use serde_json::json;

use crate::{
    accounts::{Actor, limits::CONNECT_BY_TENANT},
    connect::begin::{Begun, New, begin_attempt},
    db::attempts::{Flow, Purpose},
    error::{Error, Result},
    meta::Login,
    services::Services,
    words::failures::connect as failures,
};

/// Which kind of number is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A number for the Cloud API alone.
    CloudApi,
    /// A number that stays in the WhatsApp Business app too (coexistence, Meta reference §2.9).
    BusinessApp,
}

impl Way {
    /// What `FB.login` and the dialog are given as `extras`, in the form of Embedded Signup v4 (Meta reference §2.5).
    pub fn extras(self) -> String {
        match self {
            Self::CloudApi => json!({"setup": {}}),
            Self::BusinessApp => json!({"setup": {}, "featureType": "whatsapp_business_app_onboarding"}),
        }
        .to_string()
    }
}

/// Begins to set up a number. The popup is given its extras by the page; the dialog of the redirect has them in its address.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::Conflict`] without a Meta app or without a
/// configuration of Embedded Signup, [`Error::Busy`].
pub async fn begin_signup(services: &Services, actor: &Actor, session: &str, flow: Flow, way: Way) -> Result<Begun> {
    let actor = actor.admin()?;
    let app = services.app_for(&actor.tenant_id)?;
    let config_id = app.login.whatsapp_config_id.clone().ok_or(Error::Conflict(failures::signup_not_set_up()))?;
    let login = Login::Configuration { config_id };
    CONNECT_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let (tenant, user, purpose) = (&actor.tenant_id, &actor.user_id, Purpose::Whatsapp);
    let new = New { tenant, user, session, flow, purpose, login, reconnects: None, link: None };
    let mut begun = begin_attempt(services, &app, &new).await?;
    begun.dialog_url.query_pairs_mut().append_pair("extras", &way.extras());
    Ok(begun)
}
