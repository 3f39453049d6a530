//! Subscribing what assets receive through, and reading back what Meta lists then (Meta reference §6.1, §6.3).

use super::finding::{Finding, of_fields};
use crate::{
    asset_kind::AssetKind,
    connect::credentials::Tokens,
    meta::{GraphClient, IgUserId, MetaError, PAGE_FIELDS, PageId, WabaId},
    words::failures::connect as failures,
};

/// Subscribes a Page, a WhatsApp account, or an Instagram account that signed in itself, by its id at Meta. What is found out
/// holds for everything that receives through it.
///
/// # Errors
/// Whatever Meta refuses.
pub(super) async fn subscribe(
    graph: &GraphClient,
    tokens: &Tokens,
    (kind, meta_id): (AssetKind, &str),
) -> Result<Finding, MetaError> {
    match kind {
        AssetKind::FacebookPage => page(graph, tokens, meta_id).await,
        AssetKind::InstagramAccount => instagram(graph, tokens, meta_id).await,
        _ => account(graph, tokens, meta_id).await,
    }
}

async fn page(graph: &GraphClient, tokens: &Tokens, page_id: &str) -> Result<Finding, MetaError> {
    let (Some(token), Ok(page_id)) = (tokens.page(page_id), page_id.parse::<PageId>()) else {
        return Ok(Finding::Problem("verified", failures::no_page_token()));
    };
    graph.subscribe_page(&page_id, token, PAGE_FIELDS).await?;
    let subscription = graph.page_subscription(&page_id, token).await?;
    Ok(of_fields(&subscription.map(|app| app.subscribed_fields).unwrap_or_default()))
}

async fn instagram(graph: &GraphClient, tokens: &Tokens, account: &str) -> Result<Finding, MetaError> {
    let Ok(account) = account.parse::<IgUserId>() else {
        return Ok(Finding::Problem("verified", failures::asset_not_visible()));
    };
    graph.subscribe_instagram(&account, &tokens.main).await?;
    let fields = graph.instagram_subscription(&account, &tokens.main).await?;
    Ok(of_fields(&fields.unwrap_or_default()))
}

async fn account(graph: &GraphClient, tokens: &Tokens, waba_id: &str) -> Result<Finding, MetaError> {
    let Ok(waba_id) = waba_id.parse::<WabaId>() else {
        return Ok(Finding::Problem("verified", failures::asset_not_visible()));
    };
    graph.subscribe_waba(&waba_id, &tokens.main).await?;
    if graph.waba_subscription(&waba_id, &tokens.main).await?.is_some() {
        Ok(Finding::Subscribed)
    } else {
        Ok(Finding::Problem("subscribed", failures::not_subscribed()))
    }
}
