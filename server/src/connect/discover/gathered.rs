//! What was found so far, each thing once, however many lists hold it.

use std::collections::BTreeMap;

use super::{
    found::{Discovery, FoundAdAccount, FoundBusiness, FoundNumber, FoundPage, FoundWaba, Incomplete, Relation},
    progress::Counts,
};
use crate::meta::{AdAccountId, BusinessId, PageId, WabaId};

#[derive(Default)]
pub(super) struct Gathered {
    pub(super) businesses: BTreeMap<BusinessId, FoundBusiness>,
    pub(super) pages: BTreeMap<PageId, FoundPage>,
    pub(super) wabas: BTreeMap<WabaId, FoundWaba>,
    pub(super) ad_accounts: BTreeMap<AdAccountId, FoundAdAccount>,
    pub(super) incomplete: Vec<Incomplete>,
    /// Whether any list was read, even an empty one.
    pub(super) anything_read: bool,
}

impl Gathered {
    pub(super) fn add_business(&mut self, business: FoundBusiness) {
        self.businesses.entry(business.id.clone()).or_insert(business);
    }

    /// The row with a token wins, since its tasks are the ones of this person; the other fills what it lacks.
    pub(super) fn add_page(&mut self, page: FoundPage) {
        let Some(known) = self.pages.remove(&page.id) else {
            self.pages.insert(page.id.clone(), page);
            return;
        };
        let (mut best, other) =
            if known.token.is_none() && page.token.is_some() { (page, known) } else { (known, page) };
        best.category = best.category.or(other.category);
        best.picture_url = best.picture_url.or(other.picture_url);
        best.instagram = best.instagram.or(other.instagram);
        best.business = closer(best.business, other.business);
        best.tasks = match (best.tasks, other.tasks) {
            (Some(tasks), Some(others)) if tasks.is_empty() => Some(others),
            (tasks, others) => tasks.or(others),
        };
        self.pages.insert(best.id.clone(), best);
    }

    /// Whether the account is a new one.
    pub(super) fn add_waba(&mut self, waba: FoundWaba) -> bool {
        match self.wabas.get_mut(&waba.id) {
            Some(known) => {
                known.business = closer(known.business.take(), waba.business);
                false
            }
            None => {
                self.wabas.insert(waba.id.clone(), waba);
                true
            }
        }
    }

    pub(super) fn add_number(&mut self, waba: &WabaId, number: FoundNumber) {
        if let Some(waba) = self.wabas.get_mut(waba)
            && !waba.numbers.iter().any(|known| known.id == number.id)
        {
            waba.numbers.push(number);
        }
    }

    pub(super) fn add_ad_account(&mut self, account: FoundAdAccount) {
        match self.ad_accounts.get_mut(&account.id) {
            Some(known) => known.business = closer(known.business.take(), account.business),
            None => {
                self.ad_accounts.insert(account.id.clone(), account);
            }
        }
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            businesses: self.businesses.len(),
            pages: self.pages.len(),
            instagram: self.pages.values().filter(|page| page.instagram.is_some()).count(),
            wabas: self.wabas.len(),
            numbers: self.wabas.values().map(|waba| waba.numbers.len()).sum(),
            ad_accounts: self.ad_accounts.len(),
        }
    }

    /// Everything, in an order that does not depend on which answer came first.
    pub(super) fn into_discovery(self) -> Discovery {
        let mut found = Discovery {
            businesses: self.businesses.into_values().collect(),
            pages: self.pages.into_values().collect(),
            wabas: self.wabas.into_values().collect(),
            ad_accounts: self.ad_accounts.into_values().collect(),
            instagram: None,
            incomplete: self.incomplete,
        };
        // The lists come sorted by id, and a stable sort keeps that among equal names.
        found.businesses.sort_by_cached_key(|business| business.name.to_lowercase());
        found.pages.sort_by_cached_key(|page| page.name.to_lowercase());
        found.wabas.sort_by_cached_key(|waba| waba.name.to_lowercase());
        found.ad_accounts.sort_by_cached_key(|account| account.name.to_lowercase());
        for waba in &mut found.wabas {
            waba.numbers.sort_by(|a, b| (&a.display_phone_number, &a.id).cmp(&(&b.display_phone_number, &b.id)));
        }
        found.incomplete.sort_by_cached_key(|incomplete| incomplete.what.to_string());
        found
    }
}

/// The portfolio that owns an asset tells more than one it is shared with; between equals the lower id, so that the
/// result does not depend on which answer came first.
fn closer(a: Option<(BusinessId, Relation)>, b: Option<(BusinessId, Relation)>) -> Option<(BusinessId, Relation)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.1, &b.0) < (a.1, &a.0) { b } else { a }),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
#[path = "gathered_tests.rs"]
mod tests;
