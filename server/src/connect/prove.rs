//! What is proven about assets: Meta lets us read them, and lists our app as subscribed. What receives through the same Page or
//! account is proven together: Meta is asked once for all of it.

mod carrier;
mod finding;

use std::collections::BTreeMap;

use futures::{StreamExt as _, stream};

use self::carrier::subscribe;
pub(super) use self::finding::{Finding, judge, of_fields, write_down};
use super::{
    credentials::{self, Tokens},
    unsubscribe::carrier_of,
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
    ids::{AttemptId, TenantId},
    live::Hint,
    meta::{BATCH_LIMIT, GraphClient, MetaError},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log},
};

/// How many steps are under way at a time.
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

/// Subscribes what the assets receive through, asks Meta about them and writes down what is proven. The token's own end ends the
/// round.
///
/// # Errors
/// [`crate::error::Error::Conflict`] when there is no token to ask with; when the database fails.
pub(super) async fn prove_all(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    assets: &[Asset],
    mode: Mode,
    watched: &[AttemptId],
) -> Result<Proven> {
    if assets.is_empty() {
        return Ok(Proven::default());
    }
    let tokens = credentials::open_all(services, tenant, connection).await?;
    let app = services.app_of_connection(connection)?;
    let round = Round { services, graph: &app.graph, tokens: &tokens, tenant, connection, mode, watched };
    let steps: Vec<_> = steps_of(assets).into_iter().map(|step| round.prove(step)).collect();
    // Each step does all of its own waiting: a step that held a database connection while the loop below waited for
    // another one would wait for ever.
    let mut steps = stream::iter(steps).buffer_unordered(AT_ONCE);
    let (mut proven, mut notes, mut refused) = (Proven::default(), Vec::new(), None);
    while let Some(ended) = steps.next().await {
        match ended? {
            Ended::Told { lines, unknown } => {
                proven.unknown += unknown;
                notes.extend(lines);
            }
            // Every further question would get the same answer.
            Ended::Refused(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    drop(steps);
    if let Some(error) = refused {
        let (explanation, now) = (error.explain(), services.clock().now());
        let (credential, said) = (Some(&tokens.credential), to_json(&explanation)?);
        if connections::mark_refused(services.db(), tenant, &connection.id, credential, &said, now).await? {
            notes.push(Note::problem("refused", log::refused(explanation)));
        } else {
            // There is another token by now: what was not proven with this one is asked with that one.
            proven.unknown += 1;
        }
    }
    observe::log(services, tenant, &connection.id, notes).await?;
    Ok(proven)
}

/// Assets about which Meta is asked together.
struct Step<'a> {
    /// What they receive through, by kind and id at Meta; nothing for what is only read.
    carrier: Option<(AssetKind, &'a str)>,
    assets: Vec<&'a Asset>,
}

fn steps_of(assets: &[Asset]) -> Vec<Step<'_>> {
    let mut carried: BTreeMap<(AssetKind, &str), Vec<&Asset>> = BTreeMap::new();
    let mut read = Vec::new();
    for asset in assets {
        match carrier_of(asset) {
            Some(carrier) => carried.entry(carrier).or_default().push(asset),
            None => read.push(asset),
        }
    }
    let carried = carried.into_iter().map(|(carrier, assets)| Step { carrier: Some(carrier), assets });
    let read = read.chunks(BATCH_LIMIT).map(|assets| Step { carrier: None, assets: assets.to_vec() });
    carried.chain(read).collect()
}

/// How a step ended.
enum Ended {
    /// Its assets have their findings, each with a line for the log; about so many Meta could not tell just now.
    Told { lines: Vec<Note>, unknown: usize },
    /// The token that speaks for the connection is refused.
    Refused(MetaError),
}

/// What all steps of a round share.
struct Round<'a> {
    services: &'a Services,
    graph: &'a GraphClient,
    tokens: &'a Tokens,
    tenant: &'a TenantId,
    connection: &'a Connection,
    mode: Mode,
    /// Whoever watches these attempts hears of each step.
    watched: &'a [AttemptId],
}

type Answer = std::result::Result<Finding, MetaError>;

impl Round<'_> {
    /// Asks about a step's assets and writes down the answers. An asset that somebody disconnected or took out of the choice while
    /// it waited for its turn is left out; it is not subscribed again.
    async fn prove(&self, step: Step<'_>) -> Result<Ended> {
        let (db, applies) = (self.services.db(), self.mode == Mode::Subscribe);
        let mut meant = Vec::with_capacity(step.assets.len());
        for asset in step.assets {
            if !applies || assets::is_pending(db, self.tenant, &asset.id).await? {
                meant.push(asset);
            }
        }
        let (mut lines, mut unknown) = (Vec::with_capacity(meant.len()), 0);
        if meant.is_empty() {
            return Ok(Ended::Told { lines, unknown });
        }
        let answers = match step.carrier {
            Some(carrier) => self.subscribed(carrier, &meant).await,
            None => self.readable(&meant).await,
        };
        let judged = meant.iter().zip(answers).map(|(asset, answer)| answer.or_else(|error| judge(asset, error)));
        let findings = match judged.collect::<std::result::Result<Vec<Finding>, MetaError>>() {
            Ok(findings) => findings,
            Err(error) => return Ok(Ended::Refused(error)),
        };
        for (asset, finding) in meant.into_iter().zip(findings) {
            let told = !matches!(finding, Finding::Unknown(_));
            lines.push(write_down(self.services, self.tenant, asset, finding).await?);
            unknown += usize::from(!told);
            // What Meta could not tell just now stays pending, and is asked about again.
            if applies && told {
                assets::mark_applied(db, self.tenant, &asset.id).await?;
            }
        }
        if applies {
            attempts::beat_applying(db, self.tenant, &self.connection.id, self.services.clock().now()).await?;
        }
        for attempt in self.watched {
            self.services.live().attempt_changed(attempt);
        }
        self.services.live().tenant_changed(self.tenant, Hint::Asset);
        Ok(Ended::Told { lines, unknown })
    }

    /// What comes of the assets that receive through `carrier`, which is subscribed and read back once. A number's messages come
    /// with its account's subscription (Meta reference §6.3), and it has to be in sight itself.
    async fn subscribed(&self, carrier: (AssetKind, &str), assets: &[&Asset]) -> Vec<Answer> {
        let numbers = assets.iter().filter(|asset| asset.kind == AssetKind::WhatsappNumber);
        let numbers: Vec<&str> = numbers.map(|number| number.meta_id.as_str()).collect();
        let (found, read) = tokio::join!(
            subscribe(self.graph, self.tokens, carrier),
            self.graph.read_nodes(&numbers, &self.tokens.main),
        );
        let mut read = read.into_iter();
        let answer = |asset: &&Asset| match asset.kind {
            AssetKind::WhatsappNumber => read.next().unwrap_or(Ok(())).and_then(|()| found.clone()),
            _ => found.clone(),
        };
        assets.iter().map(answer).collect()
    }

    /// What comes of assets that are only read.
    async fn readable(&self, assets: &[&Asset]) -> Vec<Answer> {
        let ids: Vec<&str> = assets.iter().map(|asset| asset.meta_id.as_str()).collect();
        let read = self.graph.read_nodes(&ids, &self.tokens.main).await;
        let answer = |(asset, read): (&&Asset, std::result::Result<(), MetaError>)| match asset.kind {
            // One whose account nobody knows receives nothing.
            AssetKind::WhatsappNumber => read.map(|()| Finding::Problem("verified", failures::asset_not_visible())),
            _ => read.map(|()| Finding::Verified),
        };
        assets.iter().zip(read).map(answer).collect()
    }
}
