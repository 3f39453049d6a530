//! The assets of business portfolios: one wide question for all of them, or, when Meta refuses it, many narrow ones.

use std::collections::BTreeSet;

use futures::future::try_join_all;
use serde::Deserialize;

use super::{
    fields::{self, Detail},
    found::{Relation, Source},
    gathered::Gathered,
    rows::BusinessRow,
    walk::{First, Walk, is_fatal, is_unknown_field},
};
use crate::meta::{
    AssetKind, BusinessId, Collected, Garble, GraphCall, ListPage, Listing, MetaError, MetaErrorKind, PAGE_SIZE,
    Permission, TokenKind,
};

/// Portfolios per page of the wide question: each brings up to 600 rows with it.
const WIDE_PAGE: usize = 25;

/// The six edges of a portfolio.
const EDGES: [(&str, &str, AssetKind, Relation); 6] = [
    ("owned_pages", "{business}/owned_pages", AssetKind::FacebookPage, Relation::Owned),
    ("client_pages", "{business}/client_pages", AssetKind::FacebookPage, Relation::Client),
    (
        "owned_whatsapp_business_accounts",
        "{business}/owned_whatsapp_business_accounts",
        AssetKind::WhatsappAccount,
        Relation::Owned,
    ),
    (
        "client_whatsapp_business_accounts",
        "{business}/client_whatsapp_business_accounts",
        AssetKind::WhatsappAccount,
        Relation::Client,
    ),
    ("owned_ad_accounts", "{business}/owned_ad_accounts", AssetKind::AdAccount, Relation::Owned),
    ("client_ad_accounts", "{business}/client_ad_accounts", AssetKind::AdAccount, Relation::Client),
];

type Edge = (&'static str, &'static str, AssetKind, Relation);

#[derive(Deserialize)]
struct Me {
    client_business_id: Option<BusinessId>,
}

impl Walk<'_> {
    /// All portfolios and what belongs to them.
    pub(super) async fn portfolios(&self) -> Result<(), MetaError> {
        match self.facts.kind {
            TokenKind::SystemUser => self.client_portfolio().await,
            _ if self.facts.has(&Permission::BUSINESS_MANAGEMENT) => self.all_portfolios().await,
            _ => Ok(()),
        }
    }

    async fn all_portfolios(&self) -> Result<(), MetaError> {
        let mut detail = Detail::Full;
        let mut answer = self.businesses(&self.wide_listing(detail)).await;
        if answer.error.as_ref().is_some_and(is_unknown_field) {
            detail = Detail::Lean;
            answer = self.businesses(&self.wide_listing(detail)).await;
        }
        let Collected { rows, error } = answer;
        let done: BTreeSet<BusinessId> = rows.iter().map(|row| row.id.clone()).collect();
        let Some(error) = error else { return self.edges_of(rows, detail).await };
        if is_fatal(&error) {
            return Err(error);
        }
        self.edges_of(rows, detail).await?;
        if !worth_asking_less(&error) {
            return self.settle(Source::Portfolios, Some(error));
        }
        tracing::info!(reason = error.stable_code(), "asking portfolio by portfolio instead");
        let narrow = Listing::new("me/businesses", "me/businesses", fields::BUSINESS, self.token);
        let Collected { rows, error } = self.businesses(&narrow).await;
        let rest = rows.into_iter().filter(|row| !done.contains(&row.id));
        self.narrow_edges_of(rest.collect()).await?;
        self.settle(Source::Portfolios, error)
    }

    /// The portfolio in which a system user lives (Meta reference §4.5).
    async fn client_portfolio(&self) -> Result<(), MetaError> {
        let me = {
            let _permit = self.permit().await;
            let call = GraphCall::get("me", "me", self.token).with("fields", "client_business_id");
            self.graph.call::<Me>(call).await
        };
        let id = match me {
            Ok(me) => me.client_business_id,
            Err(error) => {
                self.settle(Source::Portfolios, Some(error))?;
                None
            }
        };
        let named = self.facts.granular.named_for(&[Permission::BUSINESS_MANAGEMENT]);
        let named = named.into_iter().filter_map(|id| id.parse().ok());
        let ids: BTreeSet<BusinessId> = id.into_iter().chain(named).collect();
        for id in ids {
            self.one_portfolio(&id).await?;
        }
        Ok(())
    }

    async fn one_portfolio(&self, id: &BusinessId) -> Result<(), MetaError> {
        let mut detail = Detail::Full;
        let mut answer = self.one_wide(id, detail).await;
        if answer.as_ref().err().is_some_and(is_unknown_field) {
            detail = Detail::Lean;
            answer = self.one_wide(id, detail).await;
        }
        match answer {
            Ok(row) => {
                self.take_in(Some(&Source::Portfolios), |gathered| gathered.add_business(row.found()));
                self.edges_of(vec![row], detail).await
            }
            // A token for WhatsApp alone may not look at the portfolio; what it names is read afterwards.
            Err(error) if is_out_of_sight(&error) && !self.facts.has(&Permission::BUSINESS_MANAGEMENT) => Ok(()),
            Err(error) if is_fatal(&error) || !worth_asking_less(&error) => {
                self.settle(Source::Portfolios, Some(error))
            }
            Err(_) => {
                let row = {
                    let _permit = self.permit().await;
                    let call = GraphCall::get("{business}", id.as_str(), self.token).with("fields", fields::BUSINESS);
                    self.graph.call::<BusinessRow>(call).await
                };
                match row {
                    Ok(row) => {
                        self.take_in(Some(&Source::Portfolios), |gathered| gathered.add_business(row.found()));
                        self.narrow_edges_of(vec![row]).await
                    }
                    Err(error) => self.settle(Source::Portfolios, Some(error)),
                }
            }
        }
    }

    async fn one_wide(&self, id: &BusinessId, detail: Detail) -> Result<BusinessRow, MetaError> {
        let _permit = self.permit().await;
        let fields = self.wide_fields(detail);
        self.graph.call(GraphCall::get("{business}", id.as_str(), self.token).with("fields", fields)).await
    }

    async fn businesses(&self, listing: &Listing<'_>) -> Collected<BusinessRow> {
        let _permit = self.permit().await;
        self.graph
            .list(listing, |rows: &[BusinessRow]| {
                self.take_in(Some(&Source::Portfolios), |gathered: &mut Gathered| {
                    rows.iter().for_each(|row| gathered.add_business(row.found()));
                });
            })
            .await
    }

    fn wide_listing(&self, detail: Detail) -> Listing<'_> {
        let fields = self.wide_fields(detail);
        Listing { page_size: WIDE_PAGE, ..Listing::new("me/businesses", "me/businesses", fields, self.token) }
    }

    fn wide_fields(&self, detail: Detail) -> String {
        let mut fields = fields::BUSINESS.to_owned();
        for (edge, _, kind, _) in EDGES.iter().filter(|edge| self.may_see(edge)) {
            let inner = match kind {
                AssetKind::FacebookPage => fields::page(self.facts, detail),
                AssetKind::WhatsappAccount => fields::waba(self.version(), detail),
                _ => fields::AD_ACCOUNT.to_owned(),
            };
            fields.push_str(&format!(",{edge}.limit({PAGE_SIZE}){{{inner}}}"));
        }
        fields
    }

    fn may_see(&self, (_, _, kind, _): &Edge) -> bool {
        match kind {
            AssetKind::FacebookPage => self.may_see_pages(),
            AssetKind::WhatsappAccount => self.may_see_whatsapp(),
            _ => self.may_see_ads(),
        }
    }

    /// Goes on with the edges whose first rows came with the portfolio; an edge that did not come has no rows.
    async fn edges_of(&self, rows: Vec<BusinessRow>, detail: Detail) -> Result<(), MetaError> {
        let mut reads = Vec::new();
        for mut row in rows {
            for edge in EDGES.iter().filter(|edge| self.may_see(edge)) {
                if let Some(page) = row.take_edge(edge.0) {
                    reads.push((row.id.clone(), row.found().name, *edge, Some(First { page, detail })));
                }
            }
        }
        self.read_edges(reads).await
    }

    async fn narrow_edges_of(&self, rows: Vec<BusinessRow>) -> Result<(), MetaError> {
        let mut reads = Vec::new();
        for row in rows {
            for edge in EDGES.iter().filter(|edge| self.may_see(edge)) {
                reads.push((row.id.clone(), row.found().name, *edge, None));
            }
        }
        self.read_edges(reads).await
    }

    /// Reads edges side by side; how many calls are under way is bounded where they are made.
    async fn read_edges(&self, reads: Vec<(BusinessId, String, Edge, Option<First>)>) -> Result<(), MetaError> {
        let reads = reads.into_iter().map(|(id, name, edge, first)| self.read_edge(id, name, edge, first));
        try_join_all(reads).await.map(drop)
    }

    async fn read_edge(
        &self,
        id: BusinessId,
        name: String,
        (edge, log_name, kind, relation): Edge,
        first: Option<First>,
    ) -> Result<(), MetaError> {
        let path = format!("{id}/{edge}");
        let source = Source::Portfolio { id, name, kind, relation };
        match kind {
            AssetKind::FacebookPage => self.pages_of(source, log_name, &path, first).await,
            AssetKind::WhatsappAccount => self.wabas_of(source, log_name, &path, first).await,
            _ => self.ad_accounts_of(source, log_name, &path, first).await,
        }
    }
}

impl BusinessRow {
    fn take_edge(&mut self, edge: &str) -> Option<ListPage> {
        match edge {
            "owned_pages" => self.owned_pages.take(),
            "client_pages" => self.client_pages.take(),
            "owned_whatsapp_business_accounts" => self.owned_whatsapp_business_accounts.take(),
            "client_whatsapp_business_accounts" => self.client_whatsapp_business_accounts.take(),
            "owned_ad_accounts" => self.owned_ad_accounts.take(),
            "client_ad_accounts" => self.client_ad_accounts.take(),
            _ => None,
        }
    }
}

/// Whether asking for less may succeed. When a budget is used up or a list goes in circles, more calls do not help.
fn worth_asking_less(error: &MetaError) -> bool {
    !matches!(error.kind, MetaErrorKind::Limit(_) | MetaErrorKind::Unintelligible(Garble::Endless))
}

fn is_out_of_sight(error: &MetaError) -> bool {
    matches!(error.kind, MetaErrorKind::Permission | MetaErrorKind::NotFound)
}
