//! What a delivery was to whom, for those who look later.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    Understood,
    route::{Asset, Routed},
};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        delivery_parts::{self, NewPart, Outcome},
        quarantine::{self, Quarantined},
        to_json,
        transaction::Tx,
    },
    error::Result,
    ids::{DeliveryId, TenantId},
    meta::webhook::{Event, Happening},
};

/// How many events of which kind.
type Counts = BTreeMap<&'static str, i64>;

/// Which part: of which delivery, to whom, about what. The delivery by its place in the batch.
type PartKey<'e> = (DeliveryId, Option<&'e TenantId>, Option<Asset<'e>>);

/// Writes what each delivery of the batch was.
pub(super) async fn apply(
    tx: &mut Tx,
    batch: &[Understood],
    routed: &[Routed<'_>],
    homeless: &[(&Understood, &Event)],
    replayed_at: Option<Timestamp>,
) -> Result<()> {
    let mut parts: BTreeMap<PartKey<'_>, (&Understood, Outcome, Counts)> = BTreeMap::new();
    for one in routed {
        let asset = (one.route.kind, one.route.meta_id.as_str());
        let part = parts.entry((one.delivery.id, Some(one.tenant()), Some(asset)));
        count(&mut part.or_insert_with(|| (one.delivery, Outcome::Applied, Counts::new())).2, one.event);
    }
    for (delivery, event) in homeless {
        let asset = event.about.first().map(|(kind, meta_id)| (*kind, meta_id.as_str()));
        let outcome =
            if matches!(event.what, Happening::Grant { .. }) { Outcome::Applied } else { Outcome::Quarantined };
        let part = parts.entry((delivery.id, None, asset));
        count(&mut part.or_insert_with(|| (delivery, outcome, Counts::new())).2, event);
    }
    // What says nothing, for whatever reason, is written down too.
    for delivery in batch.iter().filter(|delivery| delivery.events.as_ref().map_or(true, Vec::is_empty)) {
        parts.insert((delivery.id, None, None), (delivery, Outcome::Applied, Counts::new()));
    }
    let parts = parts.into_iter().map(|(key, part)| new_part(key, part, replayed_at));
    delivery_parts::upsert_across_tenants(tx, &parts.collect::<Result<Vec<_>>>()?).await
}

fn new_part(
    (delivery_id, tenant, asset): PartKey<'_>,
    (delivery, outcome, counts): (&Understood, Outcome, Counts),
    replayed_at: Option<Timestamp>,
) -> Result<NewPart> {
    let misfit = delivery.misfit();
    let problem = misfit.map(|misfit| to_json(&misfit.explain())).transpose()?;
    Ok(NewPart {
        delivery_id,
        tenant: tenant.cloned(),
        asset: asset.map(|(kind, meta_id)| (kind, meta_id.to_owned())),
        meta_app_id: delivery.meta_app_id.clone(),
        received_at: delivery.received_at,
        outcome: misfit.map_or(outcome, |misfit| misfit.outcome()),
        events: counts.values().sum(),
        summary: summary(&counts)?,
        problem,
        replayed_at,
    })
}

fn count(counts: &mut Counts, event: &Event) {
    *counts.entry(kind_name(&event.what)).or_default() += 1;
}

fn summary(counts: &Counts) -> Result<Cow<'static, str>> {
    // Most deliveries bring a single thing.
    Ok(match counts.iter().next() {
        Some((&"message", 1)) if counts.len() == 1 => Cow::Borrowed(r#"{"message":1}"#),
        Some((&"status", 1)) if counts.len() == 1 => Cow::Borrowed(r#"{"status":1}"#),
        _ => Cow::Owned(to_json(counts)?),
    })
}

/// What kind of event, for programs.
pub(crate) fn kind_name(what: &Happening) -> &'static str {
    match what {
        Happening::Message(_) => "message",
        Happening::Status { .. } => "status",
        Happening::Watermark { .. } => "watermark",
        Happening::Reaction { .. } => "reaction",
        Happening::Edit { .. } => "edit",
        Happening::Unsend { .. } => "unsend",
        Happening::Contact(_) => "contact",
        Happening::SamePerson(_) => "same_person",
        Happening::Notice { .. } => "notice",
        Happening::Grant { .. } => "grant",
        Happening::Unknown { .. } => "unknown",
    }
}

/// Keeps what nobody holds, under each name that somebody could claim it by.
pub(super) async fn quarantine(tx: &mut Tx, homeless: &[(&Understood, &Event)]) -> Result<()> {
    let row = |delivery: &'_ Understood, about: &'_ (AssetKind, String)| (delivery.id, about.0, about.1.clone());
    let mut rows = BTreeMap::new();
    for (delivery, event) in homeless {
        for about in &event.about {
            rows.insert(row(delivery, about), (*delivery, about));
        }
    }
    let rows: Vec<Quarantined<'_>> = rows
        .values()
        .map(|(delivery, (kind, meta_id))| Quarantined {
            meta_app_id: &delivery.meta_app_id,
            kind: *kind,
            meta_id,
            delivery_id: delivery.id,
            received_at: delivery.received_at,
        })
        .collect();
    quarantine::insert_across_tenants(tx, &rows).await
}

/// What nobody held and somebody does now is nobody's no more.
pub(super) async fn hand_over(tx: &mut Tx, routed: &[Routed<'_>]) -> Result<()> {
    let mut firsts: Vec<_> = routed
        .iter()
        .filter_map(|one| Some((one.delivery.id, one.event.about.first()?)))
        .map(|(delivery, (kind, meta_id))| (delivery, (*kind, meta_id.as_str())))
        .collect();
    firsts.sort_unstable();
    firsts.dedup();
    for (delivery, asset) in firsts {
        delivery_parts::delete_handed_over_across_tenants(tx, delivery, asset).await?;
    }
    Ok(())
}
