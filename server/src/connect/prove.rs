//! What is proven about an asset: Meta lets us read it, and lists our app as subscribed.

use futures::{StreamExt as _, stream};

use super::{
    credentials::{self, Tokens},
    texts,
};
use crate::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset},
        attempts,
        connections::{self, Connection},
        to_json,
    },
    error::Result,
    explanation::Explanation,
    ids::{AttemptId, TenantId},
    meta::{GraphClient, MetaError, MetaErrorKind, PAGE_FIELDS, PageId, WabaId},
    observe::{self, Note},
    services::Services,
};

/// How many assets are asked about at a time.
const AT_ONCE: usize = 8;

/// Whether to subscribe before asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Subscribe, then ask.
    Subscribe,
    /// Only ask.
    Look,
}

/// What was found out about one asset.
enum Finding {
    /// Meta lets us read it; it has nothing to subscribe.
    Verified,
    /// Meta lists our app.
    Subscribed,
    /// A step failed for a reason that a person can mend.
    Problem(&'static str, Explanation),
    /// Meta could not be asked just now: what was known stays.
    Unknown(Explanation),
    /// It is no longer to be subscribed: it was taken out meanwhile.
    Gone,
}

/// Asks Meta about each asset and writes down what is proven. The token's own end ends the round.
///
/// # Errors
/// When the database fails.
pub(super) async fn prove_all(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    assets: &[Asset],
    mode: Mode,
    attempt: Option<&AttemptId>,
) -> Result<usize> {
    let tokens = credentials::open_all(services, tenant, connection).await?;
    let graph = services.graph()?;
    let questions: Vec<_> =
        assets.iter().map(|asset| find_out_unless_gone(services, graph, &tokens, tenant, asset, mode)).collect();
    let mut findings = stream::iter(questions).buffer_unordered(AT_ONCE);
    let mut proven = 0;
    let mut notes = Vec::new();
    while let Some(answer) = findings.next().await {
        match answer? {
            Ok((_, Finding::Gone)) => {}
            Ok((asset, finding)) => {
                proven += usize::from(matches!(finding, Finding::Verified | Finding::Subscribed));
                notes.push(write_down(services, tenant, asset, finding).await?);
                if mode == Mode::Subscribe {
                    assets::mark_applied(services.db(), tenant, &asset.id).await?;
                    attempts::beat_applying(services.db(), tenant, &connection.id, services.clock().now()).await?;
                }
            }
            Err(error) => {
                // The token itself is refused: every further question would get the same answer.
                let problem = to_json(&error.explain())?;
                let now = services.clock().now();
                connections::mark_error(services.db(), tenant, &connection.id, &problem, now).await?;
                notes.push(Note::problem("refused", format!("Meta refuses the access: {}", error.explain().what)));
                break;
            }
        }
        if let Some(attempt) = attempt {
            services.live().changed(attempt);
        }
    }
    drop(findings);
    observe::log(services, tenant, &connection.id, notes).await?;
    Ok(proven)
}

/// Somebody may disconnect or choose anew while assets wait for their turn: those are not subscribed again.
async fn find_out_unless_gone<'a>(
    services: &Services,
    graph: &GraphClient,
    tokens: &Tokens,
    tenant: &TenantId,
    asset: &'a Asset,
    mode: Mode,
) -> Result<std::result::Result<(&'a Asset, Finding), MetaError>> {
    if mode == Mode::Subscribe && !assets::is_pending(services.db(), tenant, &asset.id).await? {
        return Ok(Ok((asset, Finding::Gone)));
    }
    Ok(find_out(graph, tokens, asset, mode).await)
}

async fn find_out<'a>(
    graph: &GraphClient,
    tokens: &Tokens,
    asset: &'a Asset,
    mode: Mode,
) -> std::result::Result<(&'a Asset, Finding), MetaError> {
    let found = match asset.kind {
        AssetKind::FacebookPage => page(graph, tokens, &asset.meta_id, mode).await,
        // An Instagram account is subscribed through its Page (Meta reference §6.1).
        AssetKind::InstagramAccount => {
            let page_id = asset.parent_meta_id.as_deref().unwrap_or_default();
            page(graph, tokens, page_id, mode).await
        }
        AssetKind::WhatsappAccount => account(graph, tokens, &asset.meta_id, mode).await,
        AssetKind::WhatsappNumber => {
            // A number's messages come with its account's subscription (Meta reference §6.3).
            let account_id = asset.parent_meta_id.as_deref().unwrap_or_default();
            match graph.read_node(&asset.meta_id, &tokens.main).await {
                Ok(()) => account(graph, tokens, account_id, mode).await,
                Err(error) => Err(error),
            }
        }
        AssetKind::AdAccount | AssetKind::Business => {
            graph.read_node(&asset.meta_id, &tokens.main).await.map(|()| Finding::Verified)
        }
    };
    let finding = match found {
        Ok(finding) => finding,
        // A Page's own token can die alone; the others speak for the connection.
        Err(error) if error.is_credential() && !speaks_page(asset.kind) => return Err(error),
        Err(error) if error.is_credential() => Finding::Problem("verified", error.explain()),
        Err(error) if error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_)) => {
            Finding::Unknown(error.explain())
        }
        Err(error) if error.kind == MetaErrorKind::NotFound => Finding::Problem("verified", texts::ASSET_LOST),
        Err(error) => Finding::Problem("subscribed", error.explain()),
    };
    Ok((asset, finding))
}

fn speaks_page(kind: AssetKind) -> bool {
    matches!(kind, AssetKind::FacebookPage | AssetKind::InstagramAccount)
}

async fn page(
    graph: &GraphClient,
    tokens: &Tokens,
    page_id: &str,
    mode: Mode,
) -> std::result::Result<Finding, MetaError> {
    let (Some(token), Ok(page_id)) = (tokens.page(page_id), page_id.parse::<PageId>()) else {
        return Ok(Finding::Problem("verified", texts::NO_PAGE_TOKEN));
    };
    if mode == Mode::Subscribe {
        graph.subscribe_page(&page_id, token, PAGE_FIELDS).await?;
    }
    let subscription = graph.page_subscription(&page_id, token).await?;
    if subscription.is_some_and(|app| app.subscribed_fields.iter().any(|field| field == "messages")) {
        Ok(Finding::Subscribed)
    } else {
        Ok(Finding::Problem("subscribed", texts::NOT_SUBSCRIBED))
    }
}

async fn account(
    graph: &GraphClient,
    tokens: &Tokens,
    waba_id: &str,
    mode: Mode,
) -> std::result::Result<Finding, MetaError> {
    let Ok(waba_id) = waba_id.parse::<WabaId>() else {
        return Ok(Finding::Problem("verified", texts::ASSET_LOST));
    };
    if mode == Mode::Subscribe {
        graph.subscribe_waba(&waba_id, &tokens.main).await?;
    }
    if graph.waba_subscription(&waba_id, &tokens.main).await?.is_some() {
        Ok(Finding::Subscribed)
    } else {
        Ok(Finding::Problem("subscribed", texts::NOT_SUBSCRIBED))
    }
}

async fn write_down(services: &Services, tenant: &TenantId, asset: &Asset, finding: Finding) -> Result<Note> {
    let (db, now) = (services.db(), services.clock().now());
    let note = match finding {
        Finding::Verified => {
            assets::mark_verified(db, tenant, &asset.id, now).await?;
            Note::ok("verified", "Meta lets Attaché read it.")
        }
        Finding::Subscribed => {
            assets::mark_subscribed(db, tenant, &asset.id, now).await?;
            Note::ok("subscribed", "Meta confirms that its messages come to Attaché.")
        }
        Finding::Problem(step, why) => {
            assets::mark_problem(db, tenant, &asset.id, step, &to_json(&why)?, now).await?;
            Note::problem("problem", format!("{} {}", why.what, why.why))
        }
        Finding::Gone => Note::ok("skipped", "Was taken out meanwhile."),
        Finding::Unknown(why) => Note::problem("unknown", format!("Could not be checked: {}", why.what)),
    };
    Ok(note.about(asset.name.clone()))
}
