//! What the business itself calls a number, beside Meta's names for it.

use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    db::{assets, whatsapp_numbers},
    error::{Error, Result},
    ids::AssetId,
    live::Hint,
    services::Services,
};

/// The longest name, in characters.
const LONGEST: usize = 60;

/// Gives a number a name; an empty one takes it away.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`].
pub async fn rename(services: &Services, actor: &Actor, id: &AssetId, name: &str) -> Result<()> {
    let actor = actor.admin()?;
    let name = name.trim();
    if name.chars().count() > LONGEST {
        return Err(Error::invalid("friendly_name", format!("Use at most {LONGEST} characters.")));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("friendly_name", "This holds a character that cannot be shown. Type it again."));
    }
    let asset = assets::get(services.db(), &actor.tenant_id, id).await?;
    let asset = asset.filter(|asset| asset.selected && asset.kind == AssetKind::WhatsappNumber);
    let asset = asset.ok_or(Error::NotFound("number"))?;
    let said = actor.did(services, "number.named", &asset.name).await?;
    let (kept, now) = (Some(name).filter(|name| !name.is_empty()), services.clock().now());
    whatsapp_numbers::update_friendly_name(services.db(), &actor.tenant_id, &asset.meta_id, kept, &said, now).await?;
    services.live().tenant_changed(&actor.tenant_id, Hint::Asset);
    Ok(())
}
