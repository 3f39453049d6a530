//! The page "Activity".

use crate::dto::activity::ActivityPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit) -> Result<ActivityPage, AppError> {
    Err(AppError::signed_out())
}
