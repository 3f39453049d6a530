//! Whose app is set up: the installation's, by an operator, or a business's own, by its owner or an admin.

use std::sync::Arc;

use crate::{
    accounts::{Actor, TenantActor},
    apps::App,
    db::audit::Said,
    error::{Error, Result},
    ids::TenantId,
    live::Hint,
    services::Services,
    words::failures::connect as failures,
};

/// Who sets an app up, with the right to do so.
#[derive(Debug, Clone)]
pub(super) enum Side {
    /// An operator, for the installation; their name.
    Installation(String),
    /// An owner or admin, for their business.
    Business(TenantActor),
}

impl Side {
    /// # Errors
    /// [`Error::Forbidden`] unless the actor is an operator.
    pub(super) fn installation(actor: &Actor) -> Result<Self> {
        Ok(Self::Installation(actor.operator()?.name.clone()))
    }

    /// # Errors
    /// [`Error::Forbidden`] unless the actor is owner or admin of a business.
    pub(super) fn business(actor: &Actor) -> Result<Self> {
        Ok(Self::Business(actor.admin()?))
    }

    /// The business; `None` for the installation.
    pub(super) fn tenant(&self) -> Option<&TenantId> {
        match self {
            Self::Installation(_) => None,
            Self::Business(actor) => Some(&actor.tenant_id),
        }
    }

    /// The name of who does it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Installation(name) => name,
            Self::Business(actor) => &actor.name,
        }
    }

    /// The app in use, the business's own alone where it is a business.
    ///
    /// # Errors
    /// [`Error::Conflict`] while there is none, or when it cannot be read.
    pub(super) fn app(&self, services: &Services) -> Result<Arc<App>> {
        match self.tenant() {
            None => services.app(),
            Some(tenant) => services.apps().find_own(tenant)?.ok_or_else(|| Error::Conflict(failures::no_own_app())),
        }
    }

    /// What a business's audit log says of it; nothing for the installation, which has none.
    ///
    /// # Errors
    /// When the key of the audit chains cannot be opened.
    pub(super) async fn did<'a>(
        &'a self,
        services: &'a Services,
        action: &'a str,
        target: &'a str,
    ) -> Result<Option<Said<'a>>> {
        match self {
            Self::Installation(_) => Ok(None),
            Self::Business(actor) => actor.did(services, action, target).await.map(Some),
        }
    }

    /// Reads the apps again, here and in other processes, and tells whoever watches.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn app_changed(&self, services: &Services) -> Result<()> {
        services.load_apps().await?;
        services.live().installation_changed();
        if let Some(tenant) = self.tenant() {
            services.live().tenant_changed(tenant, Hint::Asset);
        }
        Ok(())
    }
}
