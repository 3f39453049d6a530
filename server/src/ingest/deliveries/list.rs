//! The list of deliveries.

use std::collections::{BTreeMap, HashMap};

use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        assets,
        delivery_parts::{self, Outcome, Page, Part, PartFilter},
        from_json,
    },
    error::Result,
    explanation::Explanation,
    ids::{DeliveryId, TenantId},
    services::Services,
};

/// What one delivery was to one asset. One that is about several assets is so many rows, all on one page.
#[derive(Debug, Clone)]
pub struct DeliveryView {
    /// Which delivery.
    pub id: DeliveryId,
    /// When it came.
    pub received_at: Timestamp,
    /// The Meta app that sent it.
    pub meta_app_id: String,
    /// Whose it is; `None` for what belongs to nobody.
    pub tenant: Option<TenantId>,
    /// What became of it.
    pub outcome: Outcome,
    /// About what; `None` when that could not be read.
    pub asset: Option<AssetView>,
    /// How many events it brought.
    pub events: i64,
    /// How many of which kind, such as `message` or `status`.
    pub kinds: BTreeMap<String, i64>,
    /// Why it is not applied, and what to do.
    pub problem: Option<Explanation>,
    /// When somebody had it applied again.
    pub replayed_at: Option<Timestamp>,
}

/// An asset that a delivery is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetView {
    /// Its kind.
    pub kind: AssetKind,
    /// Its id at Meta.
    pub meta_id: String,
    /// Its name, when the viewer's tenant has it.
    pub name: Option<String>,
}

/// Which deliveries are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only about this asset: its kind and its id at Meta.
    pub asset: Option<(AssetKind, String)>,
    /// Only before this place: [`DeliveryPage::next`] of the page before.
    pub before: Option<(Timestamp, DeliveryId)>,
}

/// Some deliveries, newest first.
#[derive(Debug, Clone)]
pub struct DeliveryPage {
    /// What they were; the rows of one delivery stand together.
    pub rows: Vec<DeliveryView>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<(Timestamp, DeliveryId)>,
}

impl DeliveryPage {
    fn new(page: Page, names: &HashMap<(AssetKind, String), String>) -> Result<Self> {
        let rows = page.parts.into_iter().map(|part| view(part, names)).collect::<Result<_>>()?;
        Ok(Self { rows, next: page.next })
    }
}

impl From<&Filter> for PartFilter {
    fn from(filter: &Filter) -> Self {
        Self { outcome: filter.outcome, asset: filter.asset.clone(), before: filter.before }
    }
}

/// The deliveries of the actor's tenant, newest first, at most `limit` of them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant; when the database fails.
pub async fn list(services: &Services, actor: &Actor, filter: &Filter, limit: i64) -> Result<DeliveryPage> {
    let tenant = actor.member()?.tenant_id;
    list_of_tenant(services, &tenant, filter, limit).await
}

/// Everybody's deliveries, newest first, at most `limit` of them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for whoever is no operator; when the database fails.
pub async fn list_all(services: &Services, actor: &Actor, filter: &Filter, limit: i64) -> Result<DeliveryPage> {
    actor.operator()?;
    let page = delivery_parts::list_across_tenants(services.db(), &filter.into(), limit).await?;
    DeliveryPage::new(page, &HashMap::new())
}

/// The deliveries of a tenant, for whoever was found to act for it.
pub(crate) async fn list_of_tenant(
    services: &Services,
    tenant: &TenantId,
    filter: &Filter,
    limit: i64,
) -> Result<DeliveryPage> {
    let page = delivery_parts::list(services.db(), tenant, &filter.into(), limit).await?;
    DeliveryPage::new(page, &asset_names(services, tenant).await?)
}

/// What the tenant's assets are called.
pub(super) async fn asset_names(
    services: &Services,
    tenant: &TenantId,
) -> Result<HashMap<(AssetKind, String), String>> {
    let assets = assets::list_selected(services.db(), tenant).await?;
    Ok(assets.into_iter().map(|asset| ((asset.kind, asset.meta_id), asset.name)).collect())
}

/// A row as it is shown.
pub(super) fn view(part: Part, names: &HashMap<(AssetKind, String), String>) -> Result<DeliveryView> {
    let asset = part.asset_kind.map(|kind| {
        let key = (kind, part.asset_meta_id);
        AssetView { kind, name: names.get(&key).cloned(), meta_id: key.1 }
    });
    Ok(DeliveryView {
        id: part.delivery_id,
        received_at: Timestamp::from_millis(part.received_at),
        meta_app_id: part.meta_app_id,
        tenant: part.tenant_id.parse().ok(),
        outcome: part.outcome,
        asset,
        events: part.events,
        kinds: from_json(&part.summary)?,
        problem: part.problem.as_deref().map(from_json).transpose()?,
        replayed_at: part.replayed_at.map(Timestamp::from_millis),
    })
}
