//! The app in use, as a page shows it: never its secret.

use super::side::Side;
use crate::{
    apps::App,
    clock::Timestamp,
    db::meta_apps::{self, SavedApp},
    error::{Error, Result},
    meta::{AppId, Login},
    services::Services,
};

/// Where the app in use comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The settings that the process was started with.
    Settings,
    /// It was entered on the page.
    Entered,
}

/// The app in use, as the page shows it: never its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppView {
    /// The App ID.
    pub app_id: AppId,
    /// The configuration id.
    pub config_id: Option<String>,
    /// The configuration id of WhatsApp Embedded Signup.
    pub whatsapp_config_id: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the configuration id comes from the settings, whatever the origin.
    pub configuration_set: bool,
    /// Whether that of Embedded Signup does.
    pub whatsapp_configuration_set: bool,
    /// The last four digits of the secret's SHA-256.
    pub secret_mark: String,
    /// When the secret was entered, and by whom; `None` when the settings name it.
    pub secret_set: Option<(Timestamp, String)>,
    /// The Instagram App ID, when Instagram Login is set up.
    pub instagram_app_id: Option<AppId>,
    /// Whether that one comes from the settings.
    pub instagram_set: bool,
    /// Until when what the former secret signed is taken: `Some(None)` for as long as the settings name it.
    pub former_until: Option<Option<Timestamp>>,
}

/// The app in use; `None` while there is none.
pub(super) async fn app_view(services: &Services, side: &Side) -> Result<Option<AppView>> {
    let app = match side.app(services) {
        Ok(app) => app,
        Err(Error::Conflict(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let set = side.tenant().is_none() && services.apps().setup().app.is_some();
    let id = &app.login.app.app_id;
    let saved = meta_apps::get_across_tenants(services.db(), id).await?;
    Ok(Some(view_of(services, side, &app, saved.filter(|_| !set))))
}

fn view_of(services: &Services, side: &Side, app: &App, saved: Option<SavedApp>) -> AppView {
    let config_id = match &app.login.login {
        Login::Configuration { config_id } => Some(config_id.clone()),
        Login::Scopes(_) | Login::Instagram(_) => None,
    };
    let former = app.login.former_secret.as_ref().filter(|former| former.counts(services.clock().now()));
    let (installation, setup) = (side.tenant().is_none(), services.apps().setup());
    AppView {
        app_id: app.login.app.app_id.clone(),
        config_id,
        whatsapp_config_id: app.login.whatsapp_config_id.clone(),
        origin: if installation && setup.app.is_some() { Origin::Settings } else { Origin::Entered },
        configuration_set: installation && setup.config_id.is_some(),
        whatsapp_configuration_set: installation && setup.whatsapp_config_id.is_some(),
        secret_mark: super::answers::mark_of(app),
        secret_set: saved.map(|saved| (saved.secret_set_at, saved.secret_set_by)),
        instagram_app_id: app.instagram.as_ref().map(|part| part.login.app.app_id.clone()),
        instagram_set: installation && setup.instagram.app.is_some(),
        former_until: former.map(|former| former.until),
    }
}

impl AppView {
    /// Whether two secrets count just now.
    pub fn overlaps(&self) -> bool {
        self.former_until.is_some()
    }
}
