//! What Meta says of a number now.

use super::opened::Opened;
use crate::{
    accounts::Actor,
    connect::{
        AssetDetail,
        discover::{Usability, number_usability, read_number},
    },
    db::{
        assets::{self, ReadNumber},
        to_json,
    },
    error::Result,
    ids::AssetId,
    live::Hint,
    services::Services,
};

/// Asks Meta about a number and keeps the answer.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant, `NotFound`, `Busy`, and what Meta refuses: then what
/// was known stays.
pub async fn read_again(services: &Services, actor: &Actor, id: &AssetId) -> Result<()> {
    let number = Opened::open(services, actor.member()?, id).await?;
    keep_picture(services, &number).await
}

/// Reads a number that was just acted on. The action stands though the reading may fail: then the old picture stays, with
/// its time.
pub(super) async fn look_after(services: &Services, number: &Opened) {
    if let Err(error) = keep_picture(services, number).await {
        tracing::info!(asset = %number.asset.id, %error, "a number could not be read after it was changed");
    }
}

async fn keep_picture(services: &Services, number: &Opened) -> Result<()> {
    let found = match read_number(&number.graph, &number.id, &number.token).await {
        Ok(found) => found,
        Err(error) => return Err(number.refused(services, "The number could not be read", error).await),
    };
    let mut detail = AssetDetail::of_number(&found, services.clock().now());
    detail.relation = number.detail.relation;
    detail.next_step = match number_usability(&found) {
        Usability::Usable => None,
        Usability::NextStep(why) | Usability::Unusable(why) => Some(why),
    };
    let off = |code: &str| matches!(code, "number.not_registered" | "number.not_verified");
    let registered = detail.next_step.as_ref().is_none_or(|step| !off(&step.code));
    let read = ReadNumber { name: &found.display_phone_number, detail: &to_json(&detail)?, registered };
    let tenant = &number.actor.tenant_id;
    assets::update_number(services.db(), tenant, &number.asset.id, &read).await?;
    services.live().tenant_changed(tenant, Hint::Asset);
    Ok(())
}
