//! What a grant that is given once more would take away: compared with what is connected now.

use std::collections::HashMap;

use futures::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};

use super::grant::Permissions;
use crate::{
    asset_kind::AssetKind,
    db::{
        assets::{Asset, NewAsset},
        from_json,
    },
    error::Result,
    explanation::Explanation,
    ids::AssetId,
    meta::{AccessToken, GraphClient},
    words::failures::ways,
};

/// How many assets are asked about at a time.
const AT_ONCE: usize = 8;

/// What would not work any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Losses {
    /// The assets, by kind and name.
    pub assets: Vec<LostAsset>,
    /// The permissions, in Meta's names.
    pub permissions: Vec<String>,
}

/// An asset that would lose access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostAsset {
    /// Which.
    pub id: AssetId,
    /// What it is.
    pub kind: AssetKind,
    /// Its name at Meta.
    pub name: String,
    /// Why.
    pub why: Explanation,
}

impl Losses {
    /// Whether nothing is lost.
    pub fn is_none(&self) -> bool {
        self.assets.is_empty() && self.permissions.is_empty()
    }
}

/// A new grant and what it reaches.
pub(super) struct Reach<'a> {
    pub(super) graph: &'a GraphClient,
    pub(super) token: &'a AccessToken,
    /// What a discovery found with it.
    pub(super) found: &'a [NewAsset],
    /// Whether the discovery read every list to its end.
    pub(super) complete: bool,
    pub(super) permissions: &'a Permissions,
}

/// Compares a new grant with the assets that are connected and the permissions that were granted before. What no list holds
/// though not every list could be read is asked about one by one; what Meta cannot tell just now does not count as lost.
///
/// # Errors
/// When a stored explanation cannot be read.
pub(super) async fn compare(reach: &Reach<'_>, connected: &[Asset], before: &Permissions) -> Result<Losses> {
    let found: HashMap<(AssetKind, &str), &NewAsset> =
        reach.found.iter().map(|asset| ((asset.kind, asset.meta_id.as_str()), asset)).collect();
    let (mut lost, mut unseen) = (Vec::new(), Vec::new());
    for asset in connected {
        match found.get(&(asset.kind, asset.meta_id.as_str())) {
            Some(found) => {
                let why: Option<Explanation> = found.unusable.as_deref().map(from_json).transpose()?;
                lost.extend(why.filter(is_for_lack_of_a_grant).map(|why| lose(asset, why)));
            }
            None if reach.complete => lost.push(lose(asset, ways::left_out())),
            None => unseen.push(asset),
        }
    }
    let asked = unseen.into_iter().map(|asset| async move {
        let answer = reach.graph.read_node(&asset.meta_id, reach.token).await;
        answer.is_err_and(|error| !error.is_passing()).then(|| lose(asset, ways::left_out()))
    });
    let asked: Vec<_> = asked.collect();
    let answers: Vec<Option<LostAsset>> = stream::iter(asked).buffered(AT_ONCE).collect().await;
    lost.extend(answers.into_iter().flatten());
    lost.sort_by(|a, b| (a.kind, &a.name, &a.id).cmp(&(b.kind, &b.name, &b.id)));
    let had = |name: &&String| before.granted.contains(name);
    let permissions = reach.permissions.missing.iter().filter(had).cloned().collect();
    Ok(Losses { assets: lost, permissions })
}

/// Whether it is the new grant that an asset cannot be used with, rather than something that was so before.
fn is_for_lack_of_a_grant(why: &Explanation) -> bool {
    matches!(why.code.as_ref(), "asset.permission_missing" | "asset.not_chosen")
}

fn lose(asset: &Asset, why: Explanation) -> LostAsset {
    LostAsset { id: asset.id.clone(), kind: asset.kind, name: asset.name.clone(), why }
}
