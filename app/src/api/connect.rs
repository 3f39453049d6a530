//! Connecting: the popup, the redirect, the choice.

use crate::dto::connect::{Next, PopupStart};
use crate::error::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::caller::{caller, id, id_or_none},
    leptos_axum::redirect,
    secrecy::ExposeSecret as _,
    server::{
        connect::{self, PopupOutcome},
        db::attempts::Flow,
        ids::AttemptId,
        meta::Login,
    },
};

#[cfg(feature = "ssr")]
fn page_of(attempt: &AttemptId) -> String {
    format!("/connect/{attempt}")
}

/// Begins an attempt and leads to Meta's dialog (Meta reference §3).
#[server(prefix = "/rpc", endpoint = "begin-connect")]
pub async fn begin_connect(#[server(default)] connection: String) -> Result<(), AppError> {
    let caller = caller()?;
    let (who, again) = (caller.signed_in()?, id_or_none(&connection)?);
    let begun = connect::begin(&caller.services, &who.actor, &who.session, Flow::Redirect, again.as_ref()).await?;
    redirect(begun.dialog_url.as_str());
    Ok(())
}

/// Begins an attempt to connect an Instagram account without a Page and leads to Instagram's dialog.
#[server(prefix = "/rpc", endpoint = "begin-instagram")]
pub async fn begin_instagram() -> Result<(), AppError> {
    let caller = caller()?;
    let who = caller.signed_in()?;
    let begun = connect::begin_instagram(&caller.services, &who.actor, &who.session).await?;
    redirect(begun.dialog_url.as_str());
    Ok(())
}

/// Begins an attempt for the popup and answers with what `FB.login` needs (Meta reference §2.3).
#[server(prefix = "/rpc", endpoint = "begin-popup")]
pub async fn begin_popup(
    #[server(default)] connection: String,
    #[server(default)] acting_for: String,
) -> Result<PopupStart, AppError> {
    let caller = caller()?;
    let (who, again) = (caller.signed_in()?, id_or_none(&connection)?);
    crate::acting_for::check(&who.actor, &acting_for)?;
    let begun = connect::begin(&caller.services, &who.actor, &who.session, Flow::Popup, again.as_ref()).await?;
    let meta = caller.services.meta_for(&who.actor.member()?.tenant_id)?;
    let (config_id, scopes) = match &meta.login {
        Login::Configuration { config_id } => (Some(config_id.clone()), String::new()),
        Login::Scopes(scopes) | Login::Instagram(scopes) => {
            (None, scopes.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        }
    };
    Ok(PopupStart {
        attempt: begun.attempt.to_string(),
        state: begun.state.expose_secret().to_owned(),
        app_id: meta.app.app_id.to_string(),
        config_id,
        scopes,
        graph_version: meta.app.graph_version.to_string(),
        sdk_url: meta.sdk_url.to_string(),
    })
}

/// Brings the code the popup gave. Its life is 30 seconds: this is the first thing done (Meta reference §2.7).
#[server(prefix = "/rpc", endpoint = "exchange-code")]
pub async fn exchange_code(state: String, code: String, page_url: String) -> Result<Next, AppError> {
    let caller = caller()?;
    let who = caller.signed_in()?;
    let (state, code, page) = (state.into(), code.into(), id(&page_url)?);
    let attempt =
        connect::exchange_popup_code(&caller.services, &who.actor, &who.session, &state, &code, &page).await?;
    Ok(Next { path: page_of(&attempt), begin_again: false })
}

/// Tells what became of a popup that brought no code: `cancelled`, or `unavailable` when it could not be used.
#[server(prefix = "/rpc", endpoint = "report-popup")]
pub async fn report_popup(attempt: String, outcome: String) -> Result<Next, AppError> {
    let caller = caller()?;
    let (who, attempt) = (caller.signed_in()?, id::<AttemptId>(&attempt)?);
    let outcome = if outcome == "cancelled" { PopupOutcome::Cancelled } else { PopupOutcome::Unavailable };
    let ended = connect::report_popup(&caller.services, &who.actor, &who.session, &attempt, outcome).await?;
    Ok(Next { path: page_of(&attempt), begin_again: ended && outcome == PopupOutcome::Unavailable })
}

/// Takes a system user's token that was pasted; it is checked at Meta before it is kept, and is in no answer.
#[server(prefix = "/rpc", endpoint = "paste-token")]
pub async fn paste_token(token: String) -> Result<(), AppError> {
    let (token, caller) = (token.into(), caller()?);
    let who = caller.signed_in()?;
    let attempt = connect::paste_token(&caller.services, &who.actor, &who.session, &token).await?;
    redirect(&page_of(&attempt));
    Ok(())
}

/// Reads the assets once more.
#[server(prefix = "/rpc", endpoint = "discover-again")]
pub async fn discover_again(attempt: String) -> Result<(), AppError> {
    let (caller, attempt) = (caller()?, id(&attempt)?);
    let guest = caller.guest_of(&attempt).await?;
    Ok(connect::read_assets_again(&caller.services, caller.chooser(guest.as_ref())?, &attempt).await?)
}

/// Puts the new confirmation to use though it leaves something out.
#[server(prefix = "/rpc", endpoint = "continue-without")]
pub async fn continue_without(attempt: String) -> Result<(), AppError> {
    let (caller, attempt) = (caller()?, id(&attempt)?);
    let guest = caller.guest_of(&attempt).await?;
    Ok(connect::continue_without(&caller.services, caller.chooser(guest.as_ref())?, &attempt).await?)
}

/// Takes over what another business of this installation holds, when Meta confirms at this moment that this access manages it.
#[server(prefix = "/rpc", endpoint = "move-here")]
pub async fn move_here(attempt: String, asset_id: String) -> Result<(), AppError> {
    let caller = caller()?;
    let known = id(&attempt)?;
    connect::move_here(&caller.services, caller.actor()?, &known, &id(&asset_id)?).await?;
    redirect(&format!("{}?done=move-here", page_of(&known)));
    Ok(())
}

/// Saves the choice in one go and begins to connect it.
#[server(prefix = "/rpc", endpoint = "choose-assets")]
pub async fn choose_assets(attempt: String, #[server(default)] asset: Vec<String>) -> Result<(), AppError> {
    let (caller, attempt) = (caller()?, id(&attempt)?);
    let guest = caller.guest_of(&attempt).await?;
    let chosen = asset.iter().map(|asset| id(asset)).collect::<Result<Vec<_>, _>>()?;
    connect::choose(&caller.services, caller.chooser(guest.as_ref())?, &attempt, &chosen).await?;
    Ok(())
}
