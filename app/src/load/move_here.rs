//! Taking over what another business of this installation has connected.

use super::evidence::platform;
use crate::caller::{caller, id};
use crate::dto::move_here::MovePage;
use crate::error::AppError;
use server::connect::plan_move;

/// Loads what would move.
///
/// # Errors
/// When the role does not allow it, nobody else holds it, or the login is too old.
pub async fn page(attempt: String, asset: String) -> Result<MovePage, AppError> {
    let caller = caller()?;
    let plan = plan_move(&caller.services, caller.actor()?, &id(&attempt)?, &id(&asset)?).await?;
    let assets = plan.assets.into_iter().map(|asset| (platform(asset.kind), asset.name)).collect();
    Ok(MovePage { attempt, asset, assets })
}
