//! The page "Connections".

use crate::dto::status::StatusPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit) -> Result<StatusPage, AppError> {
    Err(AppError::signed_out())
}
