//! Setting up a WhatsApp number by Embedded Signup.

use crate::dto::connect::Next;
use crate::dto::signup::SignupStart;
use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id},
    crate::dto::connect::PopupStart,
    leptos_axum::redirect,
    secrecy::ExposeSecret as _,
    server::{
        connect::{
            PopupOutcome,
            signup::{self, SignupEvent, Way},
        },
        db::attempts::Flow,
        ids::AttemptId,
    },
};

/// Begins to set up a number and leads to Meta's dialog. `way`: `new`, or `app` for one that stays in the WhatsApp Business
/// app.
#[server(prefix = "/rpc", endpoint = "begin-signup")]
pub async fn begin_signup(#[server(default)] way: String) -> Result<(), AppError> {
    let caller = caller()?;
    let who = caller.signed_in()?;
    let way = if way == "app" { Way::BusinessApp } else { Way::CloudApi };
    let begun = signup::begin_signup(&caller.services, &who.actor, &who.session, Flow::Redirect, way).await?;
    redirect(begun.dialog_url.as_str());
    Ok(())
}

/// Begins to set up a number in the popup, and answers with what it needs (Meta reference §2.3, §2.5).
#[server(prefix = "/rpc", endpoint = "begin-signup-popup")]
pub async fn begin_signup_popup(#[server(default)] acting_for: String) -> Result<SignupStart, AppError> {
    let caller = caller()?;
    let who = caller.signed_in()?;
    crate::acting_for::check(&who.actor, &acting_for)?;
    let (services, way) = (&caller.services, Way::CloudApi);
    let begun = signup::begin_signup(services, &who.actor, &who.session, Flow::Popup, way).await?;
    let meta = services.meta_for(&who.actor.member()?.tenant_id)?;
    Ok(SignupStart {
        popup: PopupStart {
            attempt: begun.attempt.to_string(),
            state: begun.state.expose_secret().to_owned(),
            app_id: meta.app.app_id.to_string(),
            config_id: meta.whatsapp_config_id.clone(),
            scopes: String::new(),
            graph_version: meta.app.graph_version.to_string(),
            sdk_url: meta.sdk_url.to_string(),
        },
        origins: meta.window_origins(),
        extras: Way::CloudApi.extras(),
        extras_business_app: Way::BusinessApp.extras(),
    })
}

/// Brings the code the popup gave, and what Meta's window said, as JSON; the code's life is 30 seconds (Meta reference §2.7).
#[server(prefix = "/rpc", endpoint = "exchange-signup")]
pub async fn exchange_signup(
    state: String,
    code: String,
    page_url: String,
    #[server(default)] said: String,
) -> Result<Next, AppError> {
    let caller = caller()?;
    let who = caller.signed_in()?;
    let (state, code, page) = (state.into(), code.into(), id(&page_url)?);
    let event = SignupEvent::parse(&said);
    let (services, session) = (&caller.services, &who.session);
    let attempt =
        signup::exchange_signup_code(services, &who.actor, session, (&state, &code), &page, event.as_ref()).await?;
    Ok(Next { path: format!("/connect/{attempt}"), begin_again: false })
}

/// Tells what became of a popup that brought no code: `cancelled` or `unavailable`, and what Meta's window said, as JSON.
#[server(prefix = "/rpc", endpoint = "report-signup")]
pub async fn report_signup(
    attempt: String,
    outcome: String,
    #[server(default)] said: String,
) -> Result<Next, AppError> {
    let caller = caller()?;
    let (who, attempt) = (caller.signed_in()?, id::<AttemptId>(&attempt)?);
    let outcome = if outcome == "cancelled" { PopupOutcome::Cancelled } else { PopupOutcome::Unavailable };
    let event = SignupEvent::parse(&said);
    signup::report_signup(&caller.services, &who.actor, &who.session, &attempt, outcome, event.as_ref()).await?;
    Ok(Next { path: format!("/connect/{attempt}"), begin_again: false })
}
