//! What a grant that is given once more would take away: compared with what is connected now.

use std::collections::HashMap;

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
    meta::{AccessToken, GraphClient, MetaError, MetaErrorKind},
    words::failures::ways,
};

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
/// though not every list could be read is asked about by its id; what Meta cannot tell just now does not count as lost.
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
                lost.extend(why.filter(|why| !is_of_the_asset(why)).map(|why| lose(asset, why)));
            }
            None if reach.complete => lost.push(lose(asset, ways::left_out())),
            None => unseen.push(asset),
        }
    }
    let ids: Vec<&str> = unseen.iter().map(|asset| asset.meta_id.as_str()).collect();
    let answers = reach.graph.read_nodes(&ids, reach.token).await;
    let later = |error: &MetaError| error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_));
    let gone = unseen.into_iter().zip(answers).filter(|(_, answer)| answer.as_ref().is_err_and(|error| !later(error)));
    lost.extend(gone.map(|(asset, _)| lose(asset, ways::left_out())));
    lost.sort_by(|a, b| (a.kind, &a.name, &a.id).cmp(&(b.kind, &b.name, &b.id)));
    let had = |name: &&String| before.granted.contains(name);
    let permissions = reach.permissions.missing.iter().filter(had).cloned().collect();
    Ok(Losses { assets: lost, permissions })
}

/// Whether an asset cannot be used for what it is at Meta, with any grant. Everything else (a permission, a tick, a role) is of
/// the new grant: with the one before it the asset may still work.
fn is_of_the_asset(why: &Explanation) -> bool {
    ["waba.", "number.", "ad_account."].iter().any(|kind| why.code.starts_with(kind))
}

fn lose(asset: &Asset, why: Explanation) -> LostAsset {
    LostAsset { id: asset.id.clone(), kind: asset.kind, name: asset.name.clone(), why }
}
