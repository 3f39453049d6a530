//! The operator's page.

use crate::dto::admin::AdminPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit) -> Result<AdminPage, AppError> {
    Err(AppError::signed_out())
}
