//! Walking through Meta's lists side by side, taking in what they hold and telling how far the walk is.

use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;

use super::{
    fields::{self, Detail},
    found::{Discovery, Incomplete, Source},
    gathered::Gathered,
    progress::{Progress, Step},
    rows::{AdAccountRow, NumberRow, PageRow, WabaRow},
};
use crate::meta::{
    AccessToken, BadRequestProblem, ConfigProblem, CredentialProblem, GraphClient, GraphVersion, ListPage, Listing,
    MetaError, MetaErrorKind, Permission, TokenFacts, TokenKind, WabaId,
};

/// How many calls may be under way at the same time.
const PARALLEL: usize = 8;

pub(super) struct Walk<'a> {
    pub(super) graph: &'a GraphClient,
    pub(super) token: &'a AccessToken,
    pub(super) facts: &'a TokenFacts,
    progress: &'a dyn Progress,
    gathered: Mutex<Gathered>,
    permits: Semaphore,
}

/// The first rows of a list, which came inside another answer, and how much was asked of them.
pub(super) struct First {
    pub(super) page: ListPage,
    pub(super) detail: Detail,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        graph: &'a GraphClient,
        token: &'a AccessToken,
        facts: &'a TokenFacts,
        progress: &'a dyn Progress,
    ) -> Self {
        let permits = Semaphore::new(PARALLEL);
        Self { graph, token, facts, progress, gathered: Mutex::default(), permits }
    }

    pub(super) fn version(&self) -> GraphVersion {
        self.graph.app().graph_version
    }

    pub(super) fn may_see_pages(&self) -> bool {
        self.facts.has(&Permission::PAGES_SHOW_LIST)
    }

    pub(super) fn may_see_whatsapp(&self) -> bool {
        self.facts.has(&Permission::WHATSAPP_BUSINESS_MANAGEMENT)
    }

    pub(super) fn may_see_ads(&self) -> bool {
        self.facts.has(&Permission::ADS_READ) || self.facts.has(&Permission::ADS_MANAGEMENT)
    }

    /// The Pages on which the person has a role, with the tokens and tasks of that role.
    pub(super) async fn own_pages(&self) -> Result<(), MetaError> {
        if !self.may_see_pages() {
            return Ok(());
        }
        self.pages_of(Source::OwnPages, "me/accounts", "me/accounts", None).await
    }

    /// What is assigned to a system user (Meta reference §4.5). Not every app has this edge: that it does not says nothing of the
    /// list.
    pub(super) async fn assigned(&self) -> Result<(), MetaError> {
        if self.facts.kind != TokenKind::SystemUser || !self.may_see_pages() {
            return Ok(());
        }
        let fields = fields::page(self.facts, Detail::Full);
        let listing = Listing::new("me/assigned_pages", "me/assigned_pages", fields, self.token);
        let error = self
            .rows(&Source::OwnPages, &listing, None, |gathered, row: &PageRow| gathered.add_page(row.found(None, true)))
            .await;
        self.settle(Source::OwnPages, error.filter(|error| !is_no_such_edge(error)))
    }

    /// The ad accounts on which the person has a role.
    pub(super) async fn own_ad_accounts(&self) -> Result<(), MetaError> {
        if !self.may_see_ads() {
            return Ok(());
        }
        let source = Source::OwnAdAccounts;
        let listing = Listing::new("me/adaccounts", "me/adaccounts", fields::AD_ACCOUNT, self.token);
        let add = |gathered: &mut Gathered, row: &AdAccountRow| gathered.add_ad_account(row.found(None));
        let error = self.rows(&source, &listing, None, add).await;
        self.settle(source, error)
    }

    /// A list of Pages, first with all fields, then with those that every such list knows.
    pub(super) async fn pages_of(
        &self,
        source: Source,
        edge: &'static str,
        path: &str,
        mut first: Option<First>,
    ) -> Result<(), MetaError> {
        let business = source.portfolio();
        let mut error = None;
        for detail in details(first.as_ref()).iter().copied() {
            let listing = Listing::new(edge, path, fields::page(self.facts, detail), self.token);
            let add = |gathered: &mut Gathered, row: &PageRow| {
                gathered.add_page(row.found(business.clone(), detail == Detail::Full));
            };
            error = self.rows(&source, &listing, first.take().map(|first| first.page), add).await;
            if !error.as_ref().is_some_and(is_unknown_field) {
                break;
            }
        }
        self.settle(source, error)
    }

    /// A list of WhatsApp accounts, each with its numbers.
    pub(super) async fn wabas_of(
        &self,
        source: Source,
        edge: &'static str,
        path: &str,
        mut first: Option<First>,
    ) -> Result<(), MetaError> {
        let business = source.portfolio();
        let mut error = None;
        let longer = Mutex::new(Vec::new());
        for detail in details(first.as_ref()).iter().copied() {
            let listing = Listing::new(edge, path, fields::waba(self.version(), detail), self.token);
            let add = |gathered: &mut Gathered, row: &WabaRow| {
                let new = gathered.add_waba(row.found(business.clone()));
                if let Some(numbers) = row.phone_numbers.as_ref().filter(|_| new) {
                    longer.lock().unwrap_or_else(PoisonError::into_inner).push((
                        row.id.clone(),
                        numbers.clone(),
                        detail,
                    ));
                }
            };
            error = self.rows(&source, &listing, first.take().map(|first| first.page), add).await;
            if !error.as_ref().is_some_and(is_unknown_field) {
                break;
            }
        }
        self.settle(source, error)?;
        let longer = longer.into_inner().unwrap_or_else(PoisonError::into_inner);
        let reads = longer.into_iter().map(|(waba, numbers, detail)| self.numbers_of(waba, numbers, detail));
        futures::future::try_join_all(reads).await.map(|_| ())
    }

    /// The numbers of a WhatsApp account; only those beyond the first hundred cost a call.
    pub(super) async fn numbers_of(&self, waba: WabaId, first: ListPage, detail: Detail) -> Result<(), MetaError> {
        let path = format!("{waba}/phone_numbers");
        let listing = Listing::new("{waba}/phone_numbers", path, fields::number(self.version(), detail), self.token);
        let source = Source::Numbers(waba.clone());
        let add = |gathered: &mut Gathered, row: &NumberRow| gathered.add_number(&waba, row.found());
        let error = self.rows(&source, &listing, Some(first), add).await;
        self.settle(source, error)
    }

    /// A list of ad accounts of a portfolio.
    pub(super) async fn ad_accounts_of(
        &self,
        source: Source,
        edge: &'static str,
        path: &str,
        first: Option<First>,
    ) -> Result<(), MetaError> {
        let business = source.portfolio();
        let listing = Listing::new(edge, path, fields::AD_ACCOUNT, self.token);
        let add = |gathered: &mut Gathered, row: &AdAccountRow| gathered.add_ad_account(row.found(business.clone()));
        let error = self.rows(&source, &listing, first.map(|first| first.page), add).await;
        self.settle(source, error)
    }

    /// Reads a list to its end and takes every row in; answers what marred it. A first page that came inside another
    /// answer and is the only one costs no call and so no permit.
    pub(super) async fn rows<T: DeserializeOwned>(
        &self,
        source: &Source,
        listing: &Listing<'_>,
        first: Option<ListPage>,
        add: impl Fn(&mut Gathered, &T),
    ) -> Option<MetaError> {
        let on_page =
            |rows: &[T]| self.take_in(Some(source), |gathered| rows.iter().for_each(|row| add(gathered, row)));
        let needs_call = first.as_ref().is_none_or(ListPage::goes_on);
        let _permit = if needs_call { self.permits.acquire().await.ok() } else { None };
        match first {
            Some(first) => self.graph.list_from(first, listing, on_page).await.error,
            None => self.graph.list(listing, on_page).await.error,
        }
    }

    /// Waits until a single call may be made.
    pub(super) async fn permit(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.permits.acquire().await.ok()
    }

    /// Changes what is gathered and tells about it.
    pub(super) fn take_in(&self, reading: Option<&Source>, change: impl FnOnce(&mut Gathered)) {
        let found = {
            let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
            gathered.anything_read = true;
            change(&mut gathered);
            gathered.counts()
        };
        self.progress.report(Step { found, reading: reading.cloned(), done: false });
    }

    /// Looks at what is gathered.
    pub(super) fn look<T>(&self, at: impl FnOnce(&Gathered) -> T) -> T {
        at(&self.gathered.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An error that concerns everything ends the walk; any other is kept beside what was found.
    pub(super) fn settle(&self, what: Source, error: Option<MetaError>) -> Result<(), MetaError> {
        match error {
            None => Ok(()),
            Some(error) if is_fatal(&error) => Err(error),
            Some(error) => {
                let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
                gathered.incomplete.push(Incomplete { what, error });
                Ok(())
            }
        }
    }

    /// Whether reading further makes sense: not when nothing answers, nor when a budget is used up.
    pub(super) fn may_go_on(&self) -> bool {
        self.look(|gathered| {
            let used_up = |one: &Incomplete| matches!(one.error.kind, MetaErrorKind::Limit(_));
            (gathered.anything_read || gathered.incomplete.is_empty()) && !gathered.incomplete.iter().any(used_up)
        })
    }

    pub(super) fn finish(self) -> Result<Discovery, MetaError> {
        let gathered = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !gathered.anything_read
            && let Some(first) = gathered.incomplete.first()
        {
            return Err(first.error.clone());
        }
        self.progress.report(Step { found: gathered.counts(), reading: None, done: true });
        Ok(gathered.into_discovery())
    }
}

/// What to ask for, in turn. Where the lean question had to be asked before, the full one is not asked again.
fn details(first: Option<&First>) -> &'static [Detail] {
    match first {
        Some(First { detail: Detail::Lean, .. }) => &[Detail::Lean],
        _ => &[Detail::Full, Detail::Lean],
    }
}

/// Whether every other call would fail in the same way. A role lost on one Page says nothing about the others.
pub(super) fn is_fatal(error: &MetaError) -> bool {
    if error.kind == MetaErrorKind::Credential(CredentialProblem::PageRoleLost) {
        return false;
    }
    matches!(
        error.kind,
        MetaErrorKind::Credential(_)
            | MetaErrorKind::Configuration(
                ConfigProblem::AppSecret
                    | ConfigProblem::AppId
                    | ConfigProblem::AppInactive
                    | ConfigProblem::ProofMissing
                    | ConfigProblem::ProofInvalid
            )
    )
}

/// Whether Meta refuses an edge as such, rather than this one reading of it.
fn is_no_such_edge(error: &MetaError) -> bool {
    match error.kind {
        MetaErrorKind::Permission | MetaErrorKind::NotFound => true,
        MetaErrorKind::BadRequest(problem) => problem != BadRequestProblem::TooMuchData,
        // "Unknown path components", and what the app was not given.
        MetaErrorKind::Configuration(problem) => matches!(problem, ConfigProblem::Version | ConfigProblem::Capability),
        _ => false,
    }
}

pub(super) fn is_unknown_field(error: &MetaError) -> bool {
    error.kind == MetaErrorKind::BadRequest(BadRequestProblem::UnknownField)
}
