//! Whose each event was when its delivery came. Applied once more it goes to nobody else, whoever holds its asset today.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Understood;
use crate::{
    asset_kind::AssetKind,
    db::{
        delivery_parts::{self, Outcome, Part},
        transaction::Tx,
    },
    error::Result,
    ids::{DeliveryId, TenantId},
    meta::webhook::Event,
};

/// The holders of what some deliveries are about, from what was written down when they were applied.
#[derive(Debug, Default)]
pub(crate) struct Holders(HashMap<DeliveryId, Parts>);

/// What one delivery was, and to whom.
#[derive(Debug, Default)]
struct Parts {
    /// The tenants to whom it was something about each asset. More than one where that was not kept apart.
    tenants: HashMap<(AssetKind, String), BTreeSet<String>>,
    /// What nobody held.
    nobodys: HashSet<(AssetKind, String)>,
    /// Whether nobody knew what was in it, so that nobody was told.
    unread: bool,
    /// Whether something in it names no asset.
    nameless: bool,
}

impl Holders {
    /// Those of a batch.
    pub(super) async fn load(tx: &mut Tx, batch: &[Understood]) -> Result<Self> {
        let ids: Vec<DeliveryId> = batch.iter().map(|delivery| delivery.id).collect();
        Ok(Self::new(&delivery_parts::list_by_deliveries_across_tenants(tx, &ids).await?))
    }

    /// Those that these parts tell.
    pub(crate) fn new(parts: &[Part]) -> Self {
        let mut all = Self::default();
        for part in parts {
            let of = all.0.entry(part.delivery_id).or_default();
            let asset = part.asset_kind.map(|kind| (kind, part.asset_meta_id.clone()));
            match (asset, part.tenant_id.as_str()) {
                (None, _) => {
                    of.nameless = true;
                    of.unread |= matches!(part.outcome, Outcome::Unreadable | Outcome::Failed);
                }
                (Some(asset), "") => drop(of.nobodys.insert(asset)),
                (Some(asset), tenant) => drop(of.tenants.entry(asset).or_default().insert(tenant.to_owned())),
            }
        }
        all
    }

    /// Whether an event was this tenant's alone.
    pub(crate) fn had(&self, tenant: &TenantId, delivery: DeliveryId, event: &Event) -> bool {
        let held = self.0.get(&delivery).and_then(|parts| parts.tenants_of(event));
        held.is_some_and(|tenants| tenants.iter().all(|one| one == tenant.as_str()))
    }

    /// Whether an event was nobody's, so that whoever holds its asset today may have it. What is written down no more was
    /// somebody's who had it erased.
    pub(super) fn nobody_had(&self, delivery: DeliveryId, event: &Event) -> bool {
        self.0.get(&delivery).is_some_and(|parts| {
            let first = event.about.first();
            let nobodys = first.map_or(parts.nameless, |about| parts.nobodys.contains(about));
            parts.tenants_of(event).is_none() && (nobodys || parts.unread)
        })
    }
}

impl Parts {
    /// The tenants of the first asset that an event names and somebody held.
    fn tenants_of(&self, event: &Event) -> Option<&BTreeSet<String>> {
        event.about.iter().find_map(|about| self.tenants.get(about))
    }
}
