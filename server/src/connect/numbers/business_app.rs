//! Contacts and chats of the WhatsApp Business app: asked for once each, within a day of the onboarding (Meta reference §2.9).

use std::time::Duration;

use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    connect::{AssetDetail, credentials},
    db::{
        assets::{self, Asset},
        business_app_syncs::{self, Sync, SyncState},
        connections, from_json, to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{AssetId, TenantId},
    jobs::{self, Asked, Kind, Outcome},
    meta::{MetaError, MetaErrorKind, PhoneNumberId, SyncType},
    observe::{self, Line, Note},
    services::Services,
    words::{Language, failures::connect as failures},
};

/// How long after the onboarding Meta takes the requests.
const WINDOW: Duration = Duration::from_secs(24 * 3600);
/// Meta's numbers for "asked for before" and "the day is over".
const USED: i64 = 2_593_107;
const OVER: i64 = 2_593_108;

/// Asks for the syncs of every chosen number of the app that was onboarded less than a day ago.
pub(in crate::connect) async fn ask_where_due(services: &Services, tenant: &TenantId, assets: &[Asset]) -> Result<()> {
    let now = services.clock().now();
    for asset in assets.iter().filter(|asset| asset.kind == AssetKind::WhatsappNumber && asset.selected) {
        let detail: AssetDetail = from_json(&asset.detail)?;
        let Some(onboarded) = detail.onboarded_at.filter(|_| detail.on_business_app) else { continue };
        let ends_at = Timestamp::from_millis(onboarded).plus(WINDOW);
        if ends_at.as_millis() <= now.as_millis() {
            continue;
        }
        business_app_syncs::insert_both(services.db(), tenant, &asset.meta_id, ends_at).await?;
        let asked = Asked { tenant: Some(tenant), kind: Kind::SyncBusinessApp, subject: asset.id.as_str() };
        jobs::ask(services, &asked).await?;
    }
    Ok(())
}

/// The job: asks Meta for what waits of a number.
///
/// # Errors
/// When the database fails, or Meta cannot be asked just now.
pub(crate) async fn sync_business_app(services: &Services, tenant: &TenantId, id: &AssetId) -> Result<Outcome> {
    let Some(asset) = assets::get(services.db(), tenant, id).await?.filter(|asset| asset.selected) else {
        return Ok(Outcome::Done);
    };
    let Ok(number) = asset.meta_id.parse::<PhoneNumberId>() else { return Ok(Outcome::Done) };
    for sync in business_app_syncs::list_waiting(services.db(), tenant, &asset.meta_id).await? {
        let now = services.clock().now();
        if now.as_millis() >= sync.ends_at {
            settle(services, tenant, &asset, &sync, SyncState::Over, None).await?;
            continue;
        }
        let token = match credentials::main_token(services, tenant, &asset.connection_id).await {
            Ok(token) => token,
            // The connection itself says what to do; confirmed again within the day, it asks for this again.
            Err(Error::Conflict(_)) => return Ok(Outcome::Done),
            Err(error) => return Err(error),
        };
        let connection = connections::get(services.db(), tenant, &asset.connection_id).await?;
        let Some(connection) = connection else { return Ok(Outcome::Done) };
        let app = services.app_of(&connection.meta_app_id)?;
        match app.graph.sync_business_app(&number, &token, sync.sync_type).await {
            Ok(_) => settle(services, tenant, &asset, &sync, SyncState::Asked, None).await?,
            // An earlier run asked, and did not come to write it down.
            Err(error) if error.code == Some(USED) => {
                settle(services, tenant, &asset, &sync, SyncState::Asked, None).await?;
            }
            Err(error) if error.code == Some(OVER) => {
                settle(services, tenant, &asset, &sync, SyncState::Over, None).await?;
            }
            Err(error) if comes_back(&error) => return Ok(Outcome::Again(error.retry_after, error.explain())),
            Err(error) => settle(services, tenant, &asset, &sync, SyncState::Refused, Some(error.explain())).await?,
        }
    }
    Ok(Outcome::Done)
}

fn comes_back(error: &MetaError) -> bool {
    error.is_passing() || matches!(error.kind, MetaErrorKind::Limit(_)) || error.is_credential()
}

async fn settle(
    services: &Services,
    tenant: &TenantId,
    asset: &Asset,
    sync: &Sync,
    state: SyncState,
    why: Option<Explanation>,
) -> Result<()> {
    let problem = why.as_ref().map(to_json).transpose()?;
    let which = (asset.meta_id.as_str(), sync.sync_type);
    let now = services.clock().now();
    business_app_syncs::update_state(services.db(), tenant, which, state, problem.as_deref(), now).await?;
    let what = match sync.sync_type {
        SyncType::SmbAppStateSync => "contacts",
        SyncType::History => "earlier chats",
    };
    let note = match (state, why) {
        (SyncState::Asked, _) => {
            Note::ok("app_sync_asked", format!("Meta was asked for the {what} of the WhatsApp Business app."))
        }
        (SyncState::Over, _) => {
            let why = failures::number_sync_over().told(Language::En).why;
            Note::problem(
                "app_sync_over",
                format!("The {what} of the WhatsApp Business app cannot be taken over: {why}"),
            )
        }
        (_, why) => {
            let why = why.map(|why| Line::from(why).told(Language::En)).unwrap_or_default();
            Note::problem("app_sync_refused", format!("Meta refused the {what} of the WhatsApp Business app: {why}"))
        }
    };
    observe::log(services, tenant, &asset.connection_id, vec![note.about(asset.name.clone())]).await
}

/// A sync as the number's page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSync {
    /// Contacts or history.
    pub what: SyncType,
    /// How it stands.
    pub state: AppSyncState,
}

/// How a sync stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppSyncState {
    /// Meta is still to be asked, until then.
    Waiting(Timestamp),
    /// Meta was asked then; the last that it said of it.
    Asked(Timestamp, Option<String>),
    /// It cannot be had, for this reason.
    Failed(Explanation),
}

/// What is known of a sync; `heard` is the kind and the words of the last notice about the number's history.
pub(super) fn told(sync: &Sync, heard: Option<&(String, String)>) -> Result<AppSync> {
    let heard = heard.filter(|_| sync.sync_type == SyncType::History);
    let asked = Timestamp::from_millis(sync.asked_at.unwrap_or_default());
    let state = match (sync.state, heard) {
        (SyncState::Asked, Some((kind, _))) if kind == "history.declined" => {
            AppSyncState::Failed(failures::number_history_declined())
        }
        (SyncState::Asked, heard) => AppSyncState::Asked(asked, heard.map(|(_, sentence)| sentence.clone())),
        (SyncState::Waiting, _) => AppSyncState::Waiting(Timestamp::from_millis(sync.ends_at)),
        (SyncState::Over, _) => AppSyncState::Failed(failures::number_sync_over()),
        (SyncState::Refused, _) => {
            let why = sync.problem.as_deref().map(from_json).transpose()?;
            AppSyncState::Failed(why.unwrap_or_else(failures::number_sync_over))
        }
    };
    Ok(AppSync { what: sync.sync_type, state })
}
