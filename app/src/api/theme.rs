//! The colours, for browsers without script.

use crate::error::AppError;
use leptos::prelude::*;

/// Remembers the colours in a cookie: `system`, `light` or `dark`.
#[server(prefix = "/rpc", endpoint = "set-theme")]
pub async fn set_theme(theme: String) -> Result<(), AppError> {
    use axum::http::{HeaderValue, header::SET_COOKIE};
    let theme = match theme.as_str() {
        "light" | "dark" => theme.as_str(),
        _ => "system",
    };
    let cookie = format!("theme={theme}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let (Some(response), Ok(cookie)) =
        (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(SET_COOKIE, cookie);
    }
    Ok(())
}
