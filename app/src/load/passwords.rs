//! The pages for who forgot their password.

use crate::caller::caller;
use crate::dto::passwords::{ForgotPage, ResetPage};
use crate::error::AppError;
use server::accounts;

/// Loads the page where a link is asked for.
///
/// # Errors
/// Never within a request.
pub async fn forgot() -> Result<ForgotPage, AppError> {
    Ok(ForgotPage { sends_mail: accounts::sends_reset_links(&caller()?.services) })
}

/// Loads what is behind a link.
///
/// # Errors
/// When too many links were looked at from one address.
pub async fn reset(token: String) -> Result<ResetPage, AppError> {
    let caller = caller()?;
    let found = accounts::find_reset(&caller.services, &token.clone().into(), &caller.address).await;
    match found.map_err(AppError::from) {
        Ok(found) => Ok(ResetPage::Open { token, email: found.email, expires_at: found.expires_at }),
        Err(error) if &*error.code == "password.link_ended" => Ok(ResetPage::Ended(error)),
        Err(error) => Err(error),
    }
}
