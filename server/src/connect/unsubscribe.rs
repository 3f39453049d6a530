//! Telling Meta to stop: the Pages and WhatsApp accounts through which assets receive, and the end of their subscriptions.

use std::collections::HashMap;

use futures::{StreamExt as _, stream};

use super::{
    credentials::{self, Tokens},
    subscribe_again::give_back,
};
use crate::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Asset},
        connections::Connection,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::TenantId,
    meta::{IgUserId, MetaError, PageId, WabaId},
    observe::{self, Note},
    services::Services,
    words::failures::log,
};

/// How many are unsubscribed at a time.
pub(super) const AT_ONCE: usize = 8;

/// A Page, a WhatsApp account, or an Instagram account that signed in itself: what assets receive through (Meta reference §6.1,
/// §6.3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Carrier {
    /// Which of the three.
    pub(super) kind: AssetKind,
    /// Its id at Meta.
    pub(super) meta_id: String,
    /// Its name, or its id when it is not among the connection's assets.
    pub(super) name: String,
}

/// What those of a connection's assets that are `meant` receive through, in a steady order.
pub(super) fn carriers(all: &[Asset], meant: impl Fn(&Asset) -> bool) -> Vec<Carrier> {
    let names: HashMap<(AssetKind, &str), &str> =
        all.iter().map(|asset| ((asset.kind, asset.meta_id.as_str()), asset.name.as_str())).collect();
    let mut carriers: Vec<(AssetKind, &str)> = all.iter().filter(|asset| meant(asset)).filter_map(carrier_of).collect();
    carriers.sort_unstable();
    carriers.dedup();
    let named = |(kind, meta_id)| {
        let name = names.get(&(kind, meta_id)).copied().unwrap_or(meta_id);
        Carrier { kind, meta_id: meta_id.to_owned(), name: name.to_owned() }
    };
    carriers.into_iter().map(named).collect()
}

/// What an asset receives through; nothing is sent to us about portfolios and ad accounts.
pub(super) fn carrier_of(asset: &Asset) -> Option<(AssetKind, &str)> {
    match asset.kind {
        AssetKind::FacebookPage | AssetKind::WhatsappAccount => Some((asset.kind, asset.meta_id.as_str())),
        AssetKind::InstagramAccount => Some(match asset.parent_meta_id.as_deref() {
            Some(page) => (AssetKind::FacebookPage, page),
            None => (asset.kind, asset.meta_id.as_str()),
        }),
        AssetKind::WhatsappNumber => Some((AssetKind::WhatsappAccount, asset.parent_meta_id.as_deref()?)),
        AssetKind::AdAccount | AssetKind::Business => None,
    }
}

/// Unsubscribes what was taken out of a connection's choice and nothing else needs, then lets its tokens go. What Meta
/// refuses is written down and does not bring the choice back.
///
/// # Errors
/// When the database fails.
pub(super) async fn unsubscribe_left(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<()> {
    let all = assets::list_by_connection(services.db(), tenant, &connection.id).await?;
    if !all.iter().any(|asset| asset.pending && !asset.selected) {
        return Ok(());
    }
    let needed = carriers(&all, |asset| asset.selected);
    let left = carriers(&all, |asset| asset.pending && !asset.selected);
    let mut leaving = Vec::new();
    for carrier in &left {
        let others = assets::is_carrying_others_across_tenants(services.db(), &connection.id, &carrier.meta_id).await?;
        if !others && !needed.contains(carrier) {
            leaving.push(carrier);
        }
    }
    if !leaving.is_empty() {
        let tokens = match credentials::open_all(services, tenant, connection).await {
            Ok(tokens) => Some(tokens),
            Err(Error::Conflict(_)) => None,
            Err(error) => return Err(error),
        };
        let steps: Vec<_> =
            leaving.into_iter().map(|carrier| unsubscribe(services, connection, tokens.as_ref(), carrier)).collect();
        let notes: Vec<Note> = stream::iter(steps).buffered(AT_ONCE).collect().await;
        observe::log(services, tenant, &connection.id, notes).await?;
    }
    // Also what others hold already: an earlier run may have unsubscribed it and not come to this point.
    give_back(services, &connection.id, &left).await?;
    assets::mark_left(services.db(), tenant, &connection.id).await
}

/// Asks Meta to send nothing more; the line for the log says what came of it.
pub(super) async fn unsubscribe(
    services: &Services,
    connection: &Connection,
    tokens: Option<&Tokens>,
    carrier: &Carrier,
) -> Note {
    let note = match end_subscription(services, connection, tokens, carrier).await {
        Ok(()) => Note::ok("unsubscribed", log::unsubscribed()),
        Err(why) => Note::problem("unsubscribe_failed", log::unsubscribe_failed(why.explain())),
    };
    note.about(carrier.name.clone())
}

/// Why a subscription could not be ended.
pub(super) enum Unended {
    /// There is nothing to ask with.
    NoToken(Explanation),
    /// Meta refused, or could not be asked.
    Meta(MetaError),
}

impl Unended {
    fn explain(self) -> Explanation {
        match self {
            Self::NoToken(why) => why,
            Self::Meta(error) => error.explain(),
        }
    }
}

/// Asks Meta to send nothing more of a carrier.
pub(super) async fn end_subscription(
    services: &Services,
    connection: &Connection,
    tokens: Option<&Tokens>,
    carrier: &Carrier,
) -> std::result::Result<(), Unended> {
    let (Some(tokens), Ok(app)) = (tokens, services.app_of_connection(connection)) else {
        return Err(Unended::NoToken(log::no_token()));
    };
    let (graph, meta_id) = (&app.graph, carrier.meta_id.as_str());
    let done = match carrier.kind {
        AssetKind::FacebookPage => match (tokens.page(meta_id), meta_id.parse::<PageId>()) {
            (Some(token), Ok(page)) => graph.unsubscribe_page(&page, token).await,
            _ => return Err(Unended::NoToken(log::no_page_token())),
        },
        AssetKind::InstagramAccount => match meta_id.parse::<IgUserId>() {
            Ok(account) => graph.unsubscribe_instagram(&account, &tokens.main).await,
            Err(_) => return Err(Unended::NoToken(log::bad_id())),
        },
        _ => match meta_id.parse::<WabaId>() {
            Ok(waba) => graph.unsubscribe_waba(&waba, &tokens.main).await,
            Err(_) => return Err(Unended::NoToken(log::bad_id())),
        },
    };
    done.map_err(Unended::Meta)
}
