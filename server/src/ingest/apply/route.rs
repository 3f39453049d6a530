//! Whose each event is.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Holders, Understood};
use crate::{
    asset_kind::AssetKind,
    db::{
        routes::{self, Route},
        transaction::Tx,
    },
    error::Result,
    ids::TenantId,
    meta::webhook::Event,
};

/// An asset by its kind and its id at Meta.
pub(super) type Asset<'e> = (AssetKind, &'e str);

/// An event of a tenant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Routed<'e> {
    pub(super) delivery: &'e Understood,
    pub(super) event: &'e Event,
    /// The way that it came.
    pub(super) route: &'e Route,
    /// The asset that people speak with, when the route leads through the account around it.
    pub(super) subject: Asset<'e>,
}

impl<'e> Routed<'e> {
    pub(super) fn tenant(&self) -> &'e TenantId {
        &self.route.tenant_id
    }
}

/// The routes that a batch needs.
#[derive(Debug, Default)]
pub(super) struct Routes(HashMap<(AssetKind, String), Route>);

impl Routes {
    /// Asks for the routes of everything that the events may be about: of each event the first first, and the next ones
    /// only when nobody holds that.
    pub(super) async fn load(tx: &mut Tx, batch: &[Understood]) -> Result<Self> {
        let mut routes = Self::default();
        for choice in 0.. {
            let wanted: HashSet<Asset<'_>> = events(batch)
                .filter(|(delivery, event)| routes.find(delivery, event, choice).is_none())
                .filter_map(|(_, event)| event.about.get(choice))
                .map(|(kind, meta_id)| (*kind, meta_id.as_str()))
                .collect();
            if wanted.is_empty() {
                break;
            }
            let mut wanted: Vec<_> = wanted.into_iter().collect();
            wanted.sort_unstable();
            let found = routes::list_across_tenants(tx, &wanted).await?;
            routes.0.extend(found.into_iter().map(|route| ((route.kind, route.meta_id.clone()), route)));
        }
        Ok(routes)
    }

    /// The way of an event among the first `choices` things that it may be about. A route counts for the app alone whose
    /// grant made it: no other app can write into a tenant.
    fn find(&self, delivery: &Understood, event: &Event, choices: usize) -> Option<&Route> {
        let held = |about: &(AssetKind, String)| self.0.get(about);
        let route = event.about.iter().take(choices).find_map(held)?;
        (route.meta_app_id == delivery.meta_app_id).then_some(route)
    }

    /// The events of tenants, and those of nobody. With `holders`, which tell whose each was before, those that another tenant
    /// had are neither.
    pub(super) fn split<'e>(
        &'e self,
        batch: &'e [Understood],
        only: Option<&TenantId>,
        holders: Option<&Holders>,
    ) -> (Vec<Routed<'e>>, Vec<(&'e Understood, &'e Event)>) {
        let (mut routed, mut homeless) = (Vec::new(), Vec::new());
        for (delivery, event) in events(batch) {
            let nobodys = holders.is_none_or(|holders| holders.nobody_had(delivery.id, event));
            let theirs = |tenant: &TenantId| {
                let had = || holders.is_some_and(|holders| holders.had(tenant, delivery.id, event));
                only.is_none_or(|only| only == tenant) && (nobodys || had())
            };
            match self.find(delivery, event, usize::MAX) {
                Some(route) if theirs(&route.tenant_id) => {
                    routed.push(Routed { delivery, event, route, subject: subject(event, route) });
                }
                None if nobodys => homeless.push((delivery, event)),
                _ => {}
            }
        }
        (routed, homeless)
    }
}

/// The most particular asset that the event names, unless it only names the same kind twice (Meta reference §7.3:
/// `entry.id` or `recipient.id`).
fn subject<'e>(event: &'e Event, route: &'e Route) -> Asset<'e> {
    match event.about.first() {
        Some((kind, meta_id)) if *kind != route.kind => (*kind, meta_id),
        _ => (route.kind, &route.meta_id),
    }
}

fn events(batch: &[Understood]) -> impl Iterator<Item = (&Understood, &Event)> {
    batch.iter().flat_map(|delivery| delivery.events.iter().flatten().map(move |event| (delivery, event)))
}

/// The tenants of these events, in order.
pub(super) fn tenants<'e>(routed: &[Routed<'e>]) -> Vec<&'e TenantId> {
    let tenants: BTreeMap<&TenantId, ()> = routed.iter().map(|one| (one.tenant(), ())).collect();
    tenants.into_keys().collect()
}
