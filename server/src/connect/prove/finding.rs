//! What is found out about an asset, and what of it is written down.

use crate::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset},
        to_json,
    },
    error::Result,
    explanation::Explanation,
    ids::TenantId,
    meta::{MetaError, MetaErrorKind},
    observe::Note,
    services::Services,
    words::failures::{connect as failures, log},
};

/// What was found out about one asset.
#[derive(Debug, Clone)]
pub(in crate::connect) enum Finding {
    /// Meta lets us read it; it has nothing to subscribe.
    Verified,
    /// Meta lists our app.
    Subscribed,
    /// A step failed for a reason that a person can mend.
    Problem(&'static str, Explanation),
    /// Meta could not be asked just now: what was known stays.
    Unknown(Explanation),
}

/// What an error says about an asset; it stays an error when the token that speaks for the whole connection is refused.
pub(in crate::connect) fn judge(asset: &Asset, error: MetaError) -> std::result::Result<Finding, MetaError> {
    match error {
        // A Page's own token can die alone; the others speak for the connection.
        error if error.is_credential() && !speaks_page(asset) => Err(error),
        error if error.is_credential() => Ok(Finding::Problem("verified", error.explain())),
        error if error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_)) => {
            Ok(Finding::Unknown(error.explain()))
        }
        error if error.kind == MetaErrorKind::NotFound => {
            Ok(Finding::Problem("verified", failures::asset_not_visible()))
        }
        error => Ok(Finding::Problem("subscribed", error.explain())),
    }
}

fn speaks_page(asset: &Asset) -> bool {
    match asset.kind {
        AssetKind::FacebookPage => true,
        AssetKind::InstagramAccount => asset.parent_meta_id.is_some(),
        _ => false,
    }
}

/// What the subscribed fields prove: without messages nothing is.
pub(in crate::connect) fn of_fields(fields: &[String]) -> Finding {
    if fields.iter().any(|field| field == "messages") {
        Finding::Subscribed
    } else {
        Finding::Problem("subscribed", failures::not_subscribed())
    }
}

/// Writes down what was found out; answers the line for the log.
///
/// # Errors
/// When the database fails.
pub(in crate::connect) async fn write_down(
    services: &Services,
    tenant: &TenantId,
    asset: &Asset,
    finding: Finding,
) -> Result<Note> {
    let (db, now) = (services.db(), services.clock().now());
    let note = match finding {
        Finding::Verified => {
            assets::mark_verified(db, tenant, &asset.id, now).await?;
            Note::ok("verified", log::verified())
        }
        Finding::Subscribed => {
            assets::mark_subscribed(db, tenant, &asset.id, now).await?;
            Note::ok("subscribed", log::subscribed())
        }
        Finding::Problem(step, why) => {
            assets::mark_problem(db, tenant, &asset.id, step, &to_json(&why)?, now).await?;
            Note::problem("problem", why)
        }
        Finding::Unknown(why) => Note::problem("unknown", log::unchecked(why)),
    };
    Ok(note.about(asset.name.clone()))
}
