//! What Meta says about assets themselves, and that it speaks of them at all.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::route::Routed;
use crate::{
    clock::Timestamp,
    db::{
        asset_events::{self, NewAssetEvent},
        assets,
        transaction::Tx,
    },
    error::Result,
    ids::{AssetEventId, IdSource},
    meta::webhook::Happening,
};

/// Writes down what Meta says about assets, and what Attaché does not know yet.
pub(super) async fn note(tx: &mut Tx, routed: &[Routed<'_>], ids: &IdSource, now: Timestamp) -> Result<()> {
    let mut rows: BTreeMap<_, NewAssetEvent<'_>> = BTreeMap::new();
    for one in routed {
        let (kind, sentence) = match &one.event.what {
            Happening::Notice { kind, sentence } => (kind, sentence.as_str()),
            Happening::Unknown { kind } => (kind, ""),
            _ => continue,
        };
        let raw = one.event.raw.as_str();
        let row = NewAssetEvent {
            id: AssetEventId::new(ids),
            tenant_id: one.tenant(),
            asset_kind: one.subject.0,
            asset_meta_id: one.subject.1,
            key: key(one, kind, raw),
            kind,
            at: one.event.at.as_millis(),
            sentence,
            raw,
        };
        let known = rows.entry((one.tenant(), row.key.clone())).or_insert_with(|| row.clone());
        known.at = known.at.min(row.at);
    }
    asset_events::upsert_across_tenants(tx, &rows.into_values().collect::<Vec<_>>(), now).await
}

/// The same for every repeat of an event. A time that only says when it arrived is another with every repeat.
fn key(one: &Routed<'_>, kind: &str, raw: &str) -> String {
    let at = Some(one.event.at).filter(|at| *at != one.delivery.received_at).map_or(0, Timestamp::as_millis);
    let mut hash = Sha256::new();
    for part in [one.subject.0.name(), one.subject.1, kind, raw] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.update(at.to_be_bytes());
    hex::encode(&hash.finalize()[..16])
}

/// The evidence that a connection is alive: Meta spoke of the asset, in something that was routed to it. What Meta's
/// dashboard sends to try the callback names no asset that anybody holds.
pub(super) async fn mark_seen(tx: &mut Tx, routed: &[Routed<'_>]) -> Result<()> {
    let mut seen = BTreeMap::new();
    for one in routed {
        let at = one.delivery.received_at;
        let key = (one.route.kind.name(), one.route.meta_id.as_str());
        let (_, first, last) = seen.entry(key).or_insert((&one.route.asset_id, at, at));
        (*first, *last) = (at.min(*first), at.max(*last));
    }
    assets::mark_seen_across_tenants(tx, &seen.into_values().collect::<Vec<_>>()).await
}
