//! One delivery.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    DeliveryView, Viewer,
    list::{asset_names, view},
};
use crate::{
    accounts::Actor,
    clock::Timestamp,
    db::{
        delivery_parts::{self, Part},
        journal,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::DeliveryId,
    ingest::apply::{Holders, Understood, kind_name},
    meta::{
        MetaError,
        webhook::{Event, Happening},
    },
    services::Services,
};

/// The most events that are told of one delivery: Meta puts at most 1,000 updates into one (Meta reference §7.2).
const MOST_EVENTS: usize = 2_000;

/// A delivery with everything that the viewer may see of it.
#[derive(Debug, Clone)]
pub struct DeliveryDetail {
    /// What it was to each asset. Never empty.
    pub parts: Vec<DeliveryView>,
    /// What was in it, the first 2,000. Empty when the body is gone or unreadable.
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
    /// Its piece of the body, for those who may see it; none when the event before is of the same piece.
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
    let holders = Holders::new(&all);
    let parts = visible(services, viewer, all).await?;
    let Some(delivery) = journal::get(services.db(), id.number()).await? else {
        return Ok(DeliveryDetail { parts, events: Vec::new(), body: None, expired: true });
    };
    let text = viewer.sees_raw().then(|| String::from_utf8_lossy(&delivery.body).into_owned());
    let events = Understood::read(services, delivery).await?.events.unwrap_or_default();
    // Who holds an asset today must not see what others were told before.
    let sees = |event: &&Event| viewer.only().is_none_or(|tenant| holders.had(tenant, id, event));
    // Of what several tenants share, only the operator sees what stands between their pieces.
    let whole = *viewer == Viewer::Operator || (!events.is_empty() && events.iter().all(|event| sees(&event)));
    let theirs: Vec<&Event> = events.iter().filter(sees).take(MOST_EVENTS).collect();
    let before = std::iter::once(None).chain(theirs.iter().copied().map(Some));
    let is_same = |event: &Event, before: Option<&Event>| before.is_some_and(|before| before.raw.is_same(&event.raw));
    let told = theirs.iter().copied().zip(before);
    let told = told.map(|(event, before)| EventView::new(event, viewer.sees_raw() && !is_same(event, before)));
    Ok(DeliveryDetail { parts, events: told.collect(), body: text.filter(|_| whole), expired: false })
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

impl EventView {
    fn new(event: &Event, raw: bool) -> Self {
        Self {
            at: event.at,
            kind: kind_name(&event.what),
            sentence: sentence(&event.what),
            problem: problem(&event.what),
            raw: raw.then(|| event.raw.to_json()),
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
