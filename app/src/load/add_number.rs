//! Where a WhatsApp number is added.

use crate::caller::caller;
use crate::dto::signup::AddNumberPage;
use crate::error::AppError;

/// Loads it.
///
/// # Errors
/// When nobody is signed in, or the role does not allow connecting.
pub async fn page() -> Result<AddNumberPage, AppError> {
    let caller = caller()?;
    let actor = caller.actor()?;
    let tenant = actor.admin()?.tenant_id;
    let meta = caller.services.meta_for(&tenant).ok();
    Ok(AddNumberPage {
        offered: meta.as_ref().is_some_and(|meta| meta.whatsapp_config_id.is_some()),
        popup_on_http: meta.is_some_and(|meta| meta.popup_over_http),
        for_operator: actor.operator,
    })
}
