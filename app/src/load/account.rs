//! The page "Account".

use crate::dto::account::AccountPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit) -> Result<AccountPage, AppError> {
    Err(AppError::signed_out())
}
