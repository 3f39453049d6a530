//! The honest status: what is proven, since when, and what is next.

mod banner;
mod heard;
mod ladder;
mod steps;

use std::collections::HashMap;

pub use banner::{Banner, TokenClock};
pub use ladder::{Ladder, Rung, RungState};
pub use steps::{Step, StepKind};

use super::{grant::Permissions, health::HealthChange, subscribe_app};
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        app_subscriptions::AppSubscription,
        asset_health,
        assets::{self, Asset},
        connections::{self, Connection},
        from_json, locations,
    },
    error::Result,
    explanation::Explanation,
    ids::{AssetId, TenantId},
    services::Services,
    words::failures::connect as failures,
};

/// The four cards of the status page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Facebook Pages.
    Facebook,
    /// Instagram accounts.
    Instagram,
    /// WhatsApp accounts and numbers.
    Whatsapp,
    /// Ad accounts.
    Ads,
}

impl Channel {
    /// Every channel, in the order of the cards.
    pub const ALL: [Self; 4] = [Self::Facebook, Self::Instagram, Self::Whatsapp, Self::Ads];

    /// The channel that an asset belongs to; portfolios belong to none.
    pub fn of(kind: AssetKind) -> Option<Self> {
        match kind {
            AssetKind::FacebookPage => Some(Self::Facebook),
            AssetKind::InstagramAccount => Some(Self::Instagram),
            AssetKind::WhatsappAccount | AssetKind::WhatsappNumber => Some(Self::Whatsapp),
            AssetKind::AdAccount => Some(Self::Ads),
            AssetKind::Business => None,
        }
    }
}

/// The status of a tenant.
#[derive(Debug, Clone)]
pub struct Overview {
    /// What the banner says.
    pub banner: Banner,
    /// One card per channel, in order.
    pub cards: Vec<Card>,
    /// The chosen assets, by kind and name.
    pub assets: Vec<AssetStatus>,
    /// The connections that stand, oldest first.
    pub connections: Vec<ConnectionStatusView>,
    /// Why Meta sends nothing of any asset to this installation, when it does not.
    pub unreached: Option<Explanation>,
}

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which channel.
    pub channel: Channel,
    /// How many accounts of the channel are chosen: Pages, Instagram accounts, WhatsApp accounts, ad accounts.
    pub accounts: usize,
    /// How many WhatsApp numbers are chosen.
    pub numbers: usize,
    /// The ladder of the asset that is worst off; `None` when nothing is chosen.
    pub ladder: Option<Ladder>,
    /// That asset's name.
    pub asset_name: Option<String>,
    /// That asset.
    pub asset_id: Option<AssetId>,
    /// When the last event of any of them arrived, with the name of that asset.
    pub last_event: Option<(Timestamp, String)>,
    /// How many of the channel's assets have a problem.
    pub problems: usize,
}

/// A chosen asset.
#[derive(Debug, Clone)]
pub struct AssetStatus {
    /// The asset.
    pub asset: Asset,
    /// What is proven about it.
    pub ladder: Ladder,
    /// The steps after the choice; none for what is only read.
    pub steps: Vec<Step>,
    /// The name of its place.
    pub location: Option<String>,
    /// What Meta says of it beside the proof, and since when; nothing before the first look.
    pub health: Option<HealthChange>,
}

impl AssetStatus {
    /// Whether it is a number whose PIN has to be entered before Meta registers it.
    pub fn needs_pin(&self) -> bool {
        let codes = [failures::number_needs_pin().code, failures::number_wrong_pin().code];
        self.asset.kind == AssetKind::WhatsappNumber
            && self.steps.iter().filter_map(Step::problem).any(|problem| codes.contains(&problem.code))
    }
}

/// A connection that stands.
#[derive(Debug, Clone)]
pub struct ConnectionStatusView {
    /// The connection.
    pub connection: Connection,
    /// Its granted and missing permissions.
    pub permissions: Permissions,
    /// The clock of its token.
    pub clock: TokenClock,
    /// Why nothing works through it, when that is so: Meta refuses it, or its app is not set up here.
    pub problem: Option<Explanation>,
    /// How many assets are chosen through it.
    pub assets: usize,
}

/// How the subscription of the app that the tenant's people log in to stands.
async fn app_standing(services: &Services, tenant: &TenantId) -> Result<Option<AppSubscription>> {
    match services.app_for(tenant) {
        Ok(app) => subscribe_app::standing(services, &app).await,
        Err(_) => Ok(None),
    }
}

impl ConnectionStatusView {
    /// Whether nothing can be asked through it, because its app is not set up here.
    #[must_use]
    pub fn lacks_app(&self) -> bool {
        let code = self.problem.as_ref().map(|problem| problem.code.as_ref());
        matches!(code, Some("meta.app_gone" | "meta.instagram_gone"))
    }
}

/// Why nothing works through a connection, when that is so: its app is not set up here, or Meta refuses its token.
///
/// # Errors
/// When what is stored cannot be read.
pub fn problem_of(services: &Services, connection: &Connection) -> Result<Option<Explanation>> {
    match services.app_of_connection(connection) {
        Err(gone) => Ok(Some(gone.explain())),
        Ok(_) => connection.problem.as_deref().map(from_json).transpose(),
    }
}

/// The status of the actor's tenant.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant.
pub async fn overview(services: &Services, actor: &Actor) -> Result<Overview> {
    let tenant = actor.member()?.tenant_id;
    let now = services.clock().now();
    let (standing, mut chosen, places, app, healths) = tokio::try_join!(
        connections::list_standing(services.db(), &tenant),
        assets::list_selected(services.db(), &tenant),
        locations::list(services.db(), &tenant),
        app_standing(services, &tenant),
        asset_health::list_latest(services.db(), &tenant),
    )?;
    heard::through_numbers(&mut chosen);
    let mut healths: HashMap<_, _> = healths.into_iter().map(|row| (row.asset_id.clone(), row)).collect();
    let unreached = app.as_ref().and_then(|app| app.problem.as_deref()).map(from_json).transpose()?;
    let mut problems = HashMap::new();
    for connection in &standing {
        if let Some(problem) = problem_of(services, connection)? {
            problems.insert(connection.id.clone(), problem);
        }
    }
    let places: HashMap<_, _> = places.into_iter().map(|place| (place.id, place.name)).collect();
    let statuses = chosen
        .into_iter()
        .map(|asset| {
            let ladder = Ladder::of(&asset, problems.get(&asset.connection_id))?;
            let location = asset.location_id.as_ref().and_then(|id| places.get(id).cloned());
            let steps = steps::steps(&asset, &ladder, app.as_ref())?;
            let health = healths.remove(&asset.id).as_ref().map(HealthChange::read).transpose()?;
            Ok(AssetStatus { asset, ladder, steps, location, health })
        })
        .collect::<Result<Vec<_>>>()?;
    let connections = standing
        .into_iter()
        .map(|connection| {
            Ok(ConnectionStatusView {
                permissions: from_json(&connection.permissions)?,
                clock: TokenClock::of(&connection, now),
                problem: problems.get(&connection.id).cloned(),
                assets: statuses.iter().filter(|status| status.asset.connection_id == connection.id).count(),
                connection,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Overview {
        banner: Banner::of(&connections, now),
        cards: Channel::ALL.into_iter().map(|channel| card(channel, &statuses)).collect(),
        assets: statuses,
        connections,
        unreached,
    })
}

fn card(channel: Channel, statuses: &[AssetStatus]) -> Card {
    let own: Vec<&AssetStatus> =
        statuses.iter().filter(|status| Channel::of(status.asset.kind) == Some(channel)).collect();
    let worst = own.iter().min_by_key(|status| status.ladder.height());
    let numbers = own.iter().filter(|status| status.asset.kind == AssetKind::WhatsappNumber).count();
    Card {
        channel,
        accounts: own.len() - numbers,
        numbers,
        ladder: worst.map(|status| status.ladder.clone()),
        asset_name: worst.map(|status| status.asset.name.clone()),
        asset_id: worst.map(|status| status.asset.id.clone()),
        last_event: last_event(&own),
        problems: own.iter().filter(|status| status.ladder.problem().is_some()).count(),
    }
}

fn last_event(own: &[&AssetStatus]) -> Option<(Timestamp, String)> {
    // Of a number and the account that it is heard through, the number says more.
    let says_more = |status: &AssetStatus| status.asset.kind != AssetKind::WhatsappAccount;
    let heard =
        own.iter().filter_map(|status| Some((status.asset.last_event_at?, says_more(status), &status.asset.name)));
    heard.max().map(|(at, _, name)| (Timestamp::from_millis(at), name.clone()))
}
