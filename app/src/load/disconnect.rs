//! Disconnecting.

use crate::dto::disconnect::DisconnectPage;
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit, _connection: String) -> Result<DisconnectPage, AppError> {
    Err(AppError::signed_out())
}
