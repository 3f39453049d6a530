//! A number that somebody acts on: theirs, with the token that speaks for it.

use crate::{
    accounts::{TenantActor, limits::CHECKS_BY_TENANT},
    asset_kind::AssetKind,
    connect::{AssetDetail, credentials},
    db::{
        assets::{self, Asset},
        audit, connections, from_json, to_json,
    },
    error::{Error, Result},
    ids::{AssetId, CredentialId},
    meta::{AccessToken, GraphClient, MetaError, MetaErrorKind, PhoneNumberId},
    observe::{self, Line, Note},
    services::Services,
    words::Language,
};

/// A number that somebody acts on.
pub(super) struct Opened {
    pub(super) actor: TenantActor,
    pub(super) asset: Asset,
    pub(super) detail: AssetDetail,
    pub(super) id: PhoneNumberId,
    pub(super) token: AccessToken,
    /// The credential that holds the token.
    credential: CredentialId,
    /// The Graph API, as the app that the access was given to.
    pub(super) graph: GraphClient,
}

impl Opened {
    /// Opens a number of the actor's tenant, and counts a question to Meta.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Busy`], [`Error::Conflict`] when its connection has no token, or no Meta app.
    pub(super) async fn open(services: &Services, actor: TenantActor, id: &AssetId) -> Result<Self> {
        let asset = assets::get(services.db(), &actor.tenant_id, id).await?;
        let asset = asset.filter(|asset| asset.selected && asset.kind == AssetKind::WhatsappNumber);
        let asset = asset.ok_or(Error::NotFound("number"))?;
        CHECKS_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
        let connection = connections::get(services.db(), &actor.tenant_id, &asset.connection_id).await?;
        let connection = connection.ok_or(Error::NotFound("number"))?;
        let graph = services.app_of(&connection.meta_app_id)?.graph.clone();
        let (token, kept) = credentials::main_credential(services, &actor.tenant_id, &asset.connection_id).await?;
        let id = asset.meta_id.parse().map_err(|_| Error::NotFound("number"))?;
        let detail = from_json(&asset.detail)?;
        Ok(Self { actor, asset, detail, id, token, credential: kept.id, graph })
    }

    /// Writes down that it worked: for the tenant's audit, and in the connection log.
    pub(super) async fn succeeded(&self, services: &Services, action: &str, note: Note) -> Result<()> {
        let said = self.actor.did(services, action, &self.asset.name).await?;
        audit::insert(services.db(), &self.actor.tenant_id, &said, services.clock().now()).await?;
        self.log(services, note).await
    }

    /// Writes down that Meta refused, and what that is to whoever asked.
    pub(super) async fn refused(&self, services: &Services, what: &str, error: MetaError) -> Error {
        let why = error.explain();
        let written = async {
            if error.is_credential() {
                let (tenant, id, now) = (&self.actor.tenant_id, &self.asset.connection_id, services.clock().now());
                let (credential, said) = (Some(&self.credential), to_json(&why)?);
                connections::mark_refused(services.db(), tenant, id, credential, &said, now).await?;
            }
            let sentence = format!("{what}: {}", Line::from(why.clone()).told(Language::En));
            self.log(services, Note::problem("number_refused", sentence)).await
        };
        if let Err(failed) = written.await {
            return failed;
        }
        match error.kind {
            // The number is as it is: another request of the same kind gets the same answer.
            MetaErrorKind::BadRequest(_) | MetaErrorKind::Limit(_) | MetaErrorKind::Policy(_) => Error::Conflict(why),
            _ => Error::Meta(error),
        }
    }

    async fn log(&self, services: &Services, note: Note) -> Result<()> {
        let note = note.about(self.asset.name.clone());
        observe::log(services, &self.actor.tenant_id, &self.asset.connection_id, vec![note]).await
    }
}
