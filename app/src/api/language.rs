//! The language that explanations are told in.

use crate::error::AppError;
use leptos::prelude::*;

/// Remembers the language in a cookie.
#[server(prefix = "/rpc", endpoint = "set-language")]
pub async fn set_language(language: String) -> Result<(), AppError> {
    use axum::http::{HeaderValue, header::SET_COOKIE};
    use server::{http::LANGUAGE_COOKIE, words::Language};
    let tag = Language::parse(&language).unwrap_or_default().tag();
    let cookie = format!("{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let (Some(response), Ok(cookie)) =
        (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(SET_COOKIE, cookie);
    }
    Ok(())
}
