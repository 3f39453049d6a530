//! What was heard of WhatsApp accounts.

use std::collections::HashMap;

use crate::{asset_kind::AssetKind, db::assets::Asset};

/// Meta sends what is written to a number by the subscription of the account around it (Meta reference §6.3): an event of a number
/// proves both.
pub(super) fn through_numbers(assets: &mut [Asset]) {
    let mut heard: HashMap<String, (i64, i64)> = HashMap::new();
    for number in assets.iter().filter(|asset| asset.kind == AssetKind::WhatsappNumber) {
        if let (Some(account), Some(first), Some(last)) =
            (&number.parent_meta_id, number.active_at, number.last_event_at)
        {
            let known = heard.entry(account.clone()).or_insert((first, last));
            *known = (known.0.min(first), known.1.max(last));
        }
    }
    for account in assets.iter_mut().filter(|asset| asset.kind == AssetKind::WhatsappAccount) {
        if let Some((first, last)) = heard.get(&account.meta_id) {
            account.active_at = Some(account.active_at.map_or(*first, |own| own.min(*first)));
            account.last_event_at = account.last_event_at.max(Some(*last));
        }
    }
}
