//! The public page about a deletion.

use crate::caller::caller;
use crate::dto::deletion::DeletionPage;
use crate::error::AppError;
use server::compliance::find_deletion;

/// Loads it, for the code of the address.
///
/// # Errors
/// When one address asks too often.
pub async fn page(code: String) -> Result<DeletionPage, AppError> {
    let caller = caller()?;
    Ok(match find_deletion(&caller.services, &code, &caller.address).await? {
        None => DeletionPage::Unknown,
        Some(view) => match view.finished_at {
            None => DeletionPage::Received { at: view.requested_at.as_millis() },
            Some(done) => DeletionPage::Done { at: view.requested_at.as_millis(), done_at: done.as_millis() },
        },
    })
}
