//! Connecting.

use crate::dto::attempt::AttemptPage;
use crate::dto::connect::ConnectPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn start(_visit: Visit) -> Result<ConnectPage, AppError> {
    Err(AppError::signed_out())
}

/// Loads it.
pub async fn attempt(_visit: Visit, _attempt: String) -> Result<AttemptPage, AppError> {
    Err(AppError::signed_out())
}
