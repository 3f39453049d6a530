//! The page "Team".

use crate::dto::team::{InvitationPage, TeamPage};
use crate::error::AppError;
use crate::visit::Visit;

/// Loads it.
pub async fn page(_visit: Visit) -> Result<TeamPage, AppError> {
    Err(AppError::signed_out())
}

/// Loads it.
pub async fn invitation(_token: String) -> Result<InvitationPage, AppError> {
    Err(AppError::signed_out())
}
