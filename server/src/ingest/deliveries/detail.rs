//! One delivery.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    DeliveryView, Viewer,
    list::{asset_names, view},
};
use crate::{
    accounts::Actor,
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{
        delivery_parts::{self, Part},
        journal,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::DeliveryId,
    ingest::apply::{Understood, kind_name},
    meta::{
        MetaError,
        webhook::{Event, Happening},
    },
    services::Services,
};

/// A delivery with everything that the viewer may see of it.
#[derive(Debug, Clone)]
pub struct DeliveryDetail {
    /// What it was to each asset. Never empty.
    pub parts: Vec<DeliveryView>,
    /// What was in it. Empty when the body is gone or unreadable.
    pub events: Vec<EventView>,
    /// The body as Meta sent it: for an operator, and for an owner when every event in it is theirs. `None` also when it
    /// is gone: bodies are kept for a while only.
    pub body: Option<String>,
    /// Whether the body is kept no more.
    pub expired: bool,
}

/// One thing that a delivery told.
#[derive(Debug, Clone)]
pub struct EventView {
    /// Meta's time of it.
    pub at: Timestamp,
    /// Which kind, such as `message`.
    pub kind: &'static str,
    /// What it is, in a few words, without what people wrote.
    pub sentence: String,
    /// Why it is no good news: a message of the business that could not be delivered.
    pub problem: Option<Explanation>,
    /// Its piece of the body, for those who may see it.
    pub raw: Option<Value>,
}

/// A delivery.
///
/// # Errors
/// [`Error::NotFound`] for one that has no part of the viewer's tenant; when the database fails.
pub async fn get(services: &Services, actor: &Actor, id: DeliveryId) -> Result<DeliveryDetail> {
    get_as(services, &Viewer::new(actor)?, id).await
}

/// The same, for whoever was found to look as `viewer`.
pub(crate) async fn get_as(services: &Services, viewer: &Viewer, id: DeliveryId) -> Result<DeliveryDetail> {
    let all = delivery_parts::list_by_delivery_across_tenants(services.db(), id).await?;
    let owners = Owners::new(&all);
    let parts = visible(services, viewer, all).await?;
    let Some(delivery) = journal::get(services.db(), id.number()).await? else {
        return Ok(DeliveryDetail { parts, events: Vec::new(), body: None, expired: true });
    };
    let text = String::from_utf8_lossy(&delivery.body).into_owned();
    let understood = Understood::new(delivery, services.intake().reader());
    let events = understood.events.unwrap_or_default();
    // Of what several tenants share, only the operator sees what stands between their pieces.
    let all_theirs = !events.is_empty() && events.iter().all(|event| owners.sees(viewer, event));
    let whole = viewer.sees_raw() && (*viewer == Viewer::Operator || all_theirs);
    let theirs = events.into_iter().filter(|event| owners.sees(viewer, event));
    let events = theirs.map(|event| EventView::new(event, viewer.sees_raw())).collect();
    Ok(DeliveryDetail { parts, events, body: whole.then_some(text), expired: false })
}

/// The parts that are the viewer's to see.
async fn visible(services: &Services, viewer: &Viewer, all: Vec<Part>) -> Result<Vec<DeliveryView>> {
    let names = match viewer {
        Viewer::Operator => HashMap::new(),
        Viewer::Member { tenant, .. } => asset_names(services, tenant).await?,
    };
    let parts = all.into_iter().filter(|part| viewer.sees(&part.tenant_id)).map(|part| view(part, &names));
    let parts: Vec<_> = parts.collect::<Result<_>>()?;
    if parts.is_empty() { Err(Error::NotFound("delivery")) } else { Ok(parts) }
}

/// Whose each asset was when the delivery came: who holds it today must not see what others were told before.
struct Owners(HashMap<(AssetKind, String), String>);

impl Owners {
    fn new(parts: &[Part]) -> Self {
        let asset = |part: &Part| Some(((part.asset_kind?, part.asset_meta_id.clone()), part.tenant_id.clone()));
        Self(parts.iter().filter(|part| !part.tenant_id.is_empty()).filter_map(asset).collect())
    }

    fn sees(&self, viewer: &Viewer, event: &Event) -> bool {
        match viewer {
            Viewer::Operator => true,
            Viewer::Member { tenant, .. } => {
                let owner = event.about.iter().find_map(|about| self.0.get(about));
                owner.is_some_and(|owner| owner == tenant.as_str())
            }
        }
    }
}

impl EventView {
    fn new(event: Event, raw: bool) -> Self {
        Self {
            at: event.at,
            kind: kind_name(&event.what),
            sentence: sentence(&event.what),
            problem: problem(&event.what),
            raw: raw.then_some(event.raw),
        }
    }
}

/// Why a message could not be delivered, as Meta names it.
fn problem(what: &Happening) -> Option<Explanation> {
    match what {
        Happening::Status { error: Some(error), .. } => MetaError::told(error).map(|error| error.explain()),
        _ => None,
    }
}

/// What happened, without a word of what people wrote.
fn sentence(what: &Happening) -> String {
    use crate::meta::webhook::{Direction, Reach};
    match what {
        Happening::Message(content) => {
            let way = if content.direction == Direction::In { "from a customer" } else { "from the business" };
            format!("A message {way}: {}.", content.kind)
        }
        Happening::Status { status, .. } => format!("A message of the business is {}.", status.name()),
        Happening::Watermark { reach: Reach::Delivered, .. } => "Messages of the business are delivered.".into(),
        Happening::Watermark { reach: Reach::Read, .. } => "Messages of the business are read.".into(),
        Happening::Reaction { emoji: Some(_), .. } => "A reaction to a message.".into(),
        Happening::Reaction { emoji: None, .. } => "A reaction was taken back.".into(),
        Happening::Edit { .. } => "A message was changed.".into(),
        Happening::Unsend { .. } => "A message was taken back.".into(),
        Happening::Contact(_) => "Something about a customer.".into(),
        Happening::SamePerson(_) => "A customer has a new number or name.".into(),
        Happening::Notice { sentence, .. } | Happening::Grant { sentence, .. } => sentence.clone(),
        Happening::Unknown { kind } => format!("Something that Attaché does not know yet: {kind}."),
    }
}
