//! What is proven about an asset: Meta lets us read it, and lists our app as subscribed.

use futures::{StreamExt as _, stream};

use super::credentials::{self, Tokens};
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
    live::Hint,
    meta::{GraphClient, IgUserId, MetaError, MetaErrorKind, PAGE_FIELDS, PageId, WabaId},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log},
};

/// How many assets are asked about at a time.
const AT_ONCE: usize = 8;

/// What is subscribed before asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// What is pending.
    Subscribe,
    /// Pending or not.
    SubscribeAgain,
}

/// What a round found out.
#[derive(Debug, Default)]
pub(super) struct Proven {
    /// About how many Meta could not tell just now.
    pub(super) unknown: usize,
}

/// What was found out about one asset.
pub(super) enum Finding {
    /// Meta lets us read it; it has nothing to subscribe.
    Verified,
    /// Meta lists our app.
    Subscribed,
    /// A step failed for a reason that a person can mend.
    Problem(&'static str, Explanation),
    /// Meta could not be asked just now: what was known stays.
    Unknown(Explanation),
}

/// Subscribes each asset, asks Meta about it and writes down what is proven. The token's own end ends the round.
///
/// # Errors
/// When the database fails.
pub(super) async fn prove_all(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    assets: &[Asset],
    mode: Mode,
    watched: &[AttemptId],
) -> Result<Proven> {
    let tokens = credentials::open_all(services, tenant, connection).await?;
    let app = services.app_of_connection(connection)?;
    let round = Round { services, graph: &app.graph, tokens: &tokens, tenant, connection, mode, watched };
    let steps: Vec<_> = assets.iter().map(|asset| round.prove(asset)).collect();
    // Each step does all of its own waiting: a step that held a database connection while the loop below waited for
    // another one would wait for ever.
    let mut steps = stream::iter(steps).buffer_unordered(AT_ONCE);
    let (mut proven, mut notes, mut refused) = (Proven::default(), Vec::new(), None);
    while let Some(step) = steps.next().await {
        match step? {
            Ok(None) => {}
            Ok(Some((unknown, note))) => {
                proven.unknown += usize::from(unknown);
                notes.push(note);
            }
            // The token itself is refused: every further question would get the same answer.
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    drop(steps);
    if let Some(error) = refused {
        let (explanation, now) = (error.explain(), services.clock().now());
        connections::mark_error(services.db(), tenant, &connection.id, &to_json(&explanation)?, now).await?;
        notes.push(Note::problem("refused", log::refused(explanation)));
    }
    observe::log(services, tenant, &connection.id, notes).await?;
    Ok(proven)
}

/// What all steps of a round share.
struct Round<'a> {
    services: &'a Services,
    graph: &'a GraphClient,
    tokens: &'a Tokens,
    tenant: &'a TenantId,
    connection: &'a Connection,
    mode: Mode,
    /// Whoever watches these attempts hears of each asset.
    watched: &'a [AttemptId],
}

impl Round<'_> {
    /// Asks about one asset and writes down the answer: whether Meta could not tell, and the line for the log. Nothing for an
    /// asset that somebody disconnected or took out of the choice while it waited for its turn; it is not subscribed again.
    async fn prove(&self, asset: &Asset) -> Result<std::result::Result<Option<(bool, Note)>, MetaError>> {
        let (db, applies) = (self.services.db(), self.mode == Mode::Subscribe);
        if applies && !assets::is_pending(db, self.tenant, &asset.id).await? {
            return Ok(Ok(None));
        }
        let finding = match find_out(self.graph, self.tokens, asset).await {
            Ok(finding) => finding,
            Err(error) => return Ok(Err(error)),
        };
        let unknown = matches!(finding, Finding::Unknown(_));
        let note = write_down(self.services, self.tenant, asset, finding).await?;
        if applies {
            // What Meta could not tell just now stays pending, and is asked about again.
            if !unknown {
                assets::mark_applied(db, self.tenant, &asset.id).await?;
            }
            attempts::beat_applying(db, self.tenant, &self.connection.id, self.services.clock().now()).await?;
        }
        for attempt in self.watched {
            self.services.live().attempt_changed(attempt);
        }
        self.services.live().tenant_changed(self.tenant, Hint::Asset);
        Ok(Ok(Some((unknown, note))))
    }
}

async fn find_out(graph: &GraphClient, tokens: &Tokens, asset: &Asset) -> std::result::Result<Finding, MetaError> {
    let found = match asset.kind {
        AssetKind::FacebookPage => page(graph, tokens, &asset.meta_id).await,
        // An Instagram account is subscribed through its Page (Meta reference §6.1), unless it signed in itself.
        AssetKind::InstagramAccount => match asset.parent_meta_id.as_deref() {
            Some(page_id) => page(graph, tokens, page_id).await,
            None => instagram(graph, tokens, &asset.meta_id).await,
        },
        AssetKind::WhatsappAccount => account(graph, tokens, &asset.meta_id).await,
        AssetKind::WhatsappNumber => {
            // A number's messages come with its account's subscription (Meta reference §6.3).
            let account_id = asset.parent_meta_id.as_deref().unwrap_or_default();
            match graph.read_node(&asset.meta_id, &tokens.main).await {
                Ok(()) => account(graph, tokens, account_id).await,
                Err(error) => Err(error),
            }
        }
        AssetKind::AdAccount | AssetKind::Business => {
            graph.read_node(&asset.meta_id, &tokens.main).await.map(|()| Finding::Verified)
        }
    };
    found.or_else(|error| judge(asset, error))
}

/// What an error says about an asset; it stays an error when the token that speaks for the whole connection is refused.
pub(super) fn judge(asset: &Asset, error: MetaError) -> std::result::Result<Finding, MetaError> {
    match error {
        // A Page's own token can die alone; the others speak for the connection.
        error if error.is_credential() && !speaks_page(asset) => Err(error),
        error if error.is_credential() => Ok(Finding::Problem("verified", error.explain())),
        error if error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_)) => {
            Ok(Finding::Unknown(error.explain()))
        }
        error if error.kind == MetaErrorKind::NotFound => {
            Ok(Finding::Problem("verified", failures::asset_not_visible()))
        }
        error => Ok(Finding::Problem("subscribed", error.explain())),
    }
}

fn speaks_page(asset: &Asset) -> bool {
    match asset.kind {
        AssetKind::FacebookPage => true,
        AssetKind::InstagramAccount => asset.parent_meta_id.is_some(),
        _ => false,
    }
}

async fn page(graph: &GraphClient, tokens: &Tokens, page_id: &str) -> std::result::Result<Finding, MetaError> {
    let (Some(token), Ok(page_id)) = (tokens.page(page_id), page_id.parse::<PageId>()) else {
        return Ok(Finding::Problem("verified", failures::no_page_token()));
    };
    graph.subscribe_page(&page_id, token, PAGE_FIELDS).await?;
    let subscription = graph.page_subscription(&page_id, token).await?;
    Ok(of_fields(&subscription.map(|app| app.subscribed_fields).unwrap_or_default()))
}

/// An account that signed in itself.
async fn instagram(graph: &GraphClient, tokens: &Tokens, account: &str) -> std::result::Result<Finding, MetaError> {
    let Ok(account) = account.parse::<IgUserId>() else {
        return Ok(Finding::Problem("verified", failures::asset_not_visible()));
    };
    graph.subscribe_instagram(&account, &tokens.main).await?;
    let fields = graph.instagram_subscription(&account, &tokens.main).await?;
    Ok(of_fields(&fields.unwrap_or_default()))
}

/// What the subscribed fields prove: without messages nothing is.
pub(super) fn of_fields(fields: &[String]) -> Finding {
    if fields.iter().any(|field| field == "messages") {
        Finding::Subscribed
    } else {
        Finding::Problem("subscribed", failures::not_subscribed())
    }
}

async fn account(graph: &GraphClient, tokens: &Tokens, waba_id: &str) -> std::result::Result<Finding, MetaError> {
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

/// Writes down what was found out; answers the line for the log.
///
/// # Errors
/// When the database fails.
pub(super) async fn write_down(
    services: &Services,
    tenant: &TenantId,
    asset: &Asset,
    finding: Finding,
) -> Result<Note> {
    let (db, now) = (services.db(), services.clock().now());
    let note = match finding {
        Finding::Verified => {
            assets::mark_verified(db, tenant, &asset.id, now).await?;
            Note::ok("verified", log::verified())
        }
        Finding::Subscribed => {
            assets::mark_subscribed(db, tenant, &asset.id, now).await?;
            Note::ok("subscribed", log::subscribed())
        }
        Finding::Problem(step, why) => {
            assets::mark_problem(db, tenant, &asset.id, step, &to_json(&why)?, now).await?;
            Note::problem("problem", why)
        }
        Finding::Unknown(why) => Note::problem("unknown", log::unchecked(why)),
    };
    Ok(note.about(asset.name.clone()))
}
