//! Connecting: the popup, the redirect, the choice.

use crate::error::AppError;
use leptos::prelude::*;
use crate::dto::connect::{Next, PopupStart};

/// Begins an attempt and leads to Meta's dialog (Meta reference §3).
#[server(prefix = "/rpc", endpoint = "begin-connect")]
pub async fn begin_connect(#[server(default)] connection: String, #[server(default)] rerequest: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Begins an attempt for the popup and answers with what `FB.login` needs (Meta reference §2.3).
#[server(prefix = "/rpc", endpoint = "begin-popup")]
pub async fn begin_popup(connection: Option<String>, rerequest: bool) -> Result<PopupStart, AppError> {
    Err(AppError::internal())
}

/// Brings the code the popup gave. Its life is 30 seconds: this is the first thing done (Meta reference §2.7).
#[server(prefix = "/rpc", endpoint = "exchange-code")]
pub async fn exchange_code(attempt: String, state: String, code: String, page_url: String, signup_event: Option<String>) -> Result<Next, AppError> {
    Err(AppError::internal())
}

/// Tells what became of a popup that brought no code: `cancelled`, `blocked` or `no-answer`.
#[server(prefix = "/rpc", endpoint = "report-popup")]
pub async fn report_popup(attempt: String, outcome: String) -> Result<Next, AppError> {
    Err(AppError::internal())
}

/// Reads the assets once more.
#[server(prefix = "/rpc", endpoint = "discover-again")]
pub async fn discover_again(attempt: String) -> Result<(), AppError> {
    Err(AppError::internal())
}

/// Saves the choice in one go and begins to connect it.
#[server(prefix = "/rpc", endpoint = "choose-assets")]
pub async fn choose_assets(attempt: String, #[server(default)] asset: Vec<String>) -> Result<(), AppError> {
    Err(AppError::internal())
}
