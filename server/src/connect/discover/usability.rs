//! Whether a found asset can be used, and if not, why and what to do.

use super::found::{FoundAdAccount, FoundBusiness, FoundInstagram, FoundNumber, FoundPage, FoundWaba};
use crate::{
    explanation::Explanation,
    meta::{AssetKind, Permission, TokenFacts},
    words::failures::assets as failures,
};

/// An asset to judge. What belongs to another asset is judged with it.
#[derive(Debug, Clone, Copy)]
pub enum AssetRef<'a> {
    /// A portfolio.
    Business(&'a FoundBusiness),
    /// A Page.
    Page(&'a FoundPage),
    /// An Instagram account and the Page it is linked to, whose token it needs.
    Instagram(&'a FoundPage, &'a FoundInstagram),
    /// An Instagram account that signed in itself.
    InstagramAlone(&'a FoundInstagram),
    /// A WhatsApp account.
    Waba(&'a FoundWaba),
    /// A number and its account.
    Number(&'a FoundWaba, &'a FoundNumber),
    /// An ad account.
    AdAccount(&'a FoundAdAccount),
}

/// Whether an asset can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usability {
    /// It can.
    Usable,
    /// It can be chosen, and something should be done.
    NextStep(Explanation),
    /// It cannot.
    Unusable(Explanation),
}

impl Usability {
    /// Whether the asset may be chosen.
    pub fn is_usable(&self) -> bool {
        !matches!(self, Self::Unusable(_))
    }
}

/// Judges an asset by what the token may do and what Meta says of the asset.
pub fn usability(asset: AssetRef<'_>, facts: &TokenFacts) -> Usability {
    if let Some(missing) = permissions(asset.kind(), facts) {
        return missing;
    }
    match asset {
        AssetRef::Business(_) | AssetRef::InstagramAlone(_) => Usability::Usable,
        AssetRef::Page(page) => page_usability(page, facts),
        AssetRef::Instagram(page, account) => instagram_usability(page, account, facts),
        AssetRef::Waba(waba) => waba_usability(waba, facts),
        AssetRef::Number(waba, number) => match waba_usability(waba, facts) {
            refused @ Usability::Unusable(_) => refused,
            _ => number_usability(number),
        },
        AssetRef::AdAccount(account) => ad_account_usability(account),
    }
}

impl AssetRef<'_> {
    fn kind(self) -> AssetKind {
        match self {
            Self::Business(_) => AssetKind::Business,
            Self::Page(_) => AssetKind::FacebookPage,
            Self::Instagram(..) | Self::InstagramAlone(_) => AssetKind::InstagramAccount,
            Self::Waba(_) => AssetKind::WhatsappAccount,
            Self::Number(..) => AssetKind::WhatsappNumber,
            Self::AdAccount(_) => AssetKind::AdAccount,
        }
    }
}

fn permissions(kind: AssetKind, facts: &TokenFacts) -> Option<Usability> {
    let missing = facts.missing_for(kind);
    let names: Vec<&str> = missing.iter().map(Permission::as_str).collect();
    let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| Usability::Unusable(failures::permission_missing(count, names.join(", "))))
}

/// What was not ticked in Meta's window comes without a token too: the tick is looked at first.
fn page_usability(page: &FoundPage, facts: &TokenFacts) -> Usability {
    match chosen(&Permission::PAGES_MESSAGING, page.id.as_str(), "page", facts) {
        Usability::Usable => page_role(page).map_or(Usability::Usable, Usability::Unusable),
        unticked => unticked,
    }
}

/// What the person's role on the Page lacks. `MESSAGING` is needed; `MODERATE` is its older name and `MANAGE` includes
/// it (Meta reference §5.1).
fn page_role(page: &FoundPage) -> Option<Explanation> {
    if page.token.is_none() {
        return Some(failures::page_no_access());
    }
    let answers = |task: &String| matches!(task.as_str(), "MESSAGING" | "MODERATE" | "MANAGE");
    let known_not_to = page.tasks.as_ref().is_some_and(|tasks| !tasks.iter().any(answers));
    known_not_to.then(failures::page_no_messaging_task)
}

fn instagram_usability(page: &FoundPage, account: &FoundInstagram, facts: &TokenFacts) -> Usability {
    let judged = chosen(&Permission::INSTAGRAM_MANAGE_MESSAGES, account.id.as_str(), "instagram", facts);
    let Some(lacking) = page_role(page).filter(|_| judged.is_usable()) else { return judged };
    // Its Page may have no token only because it was not ticked.
    match chosen(&Permission::PAGES_MESSAGING, page.id.as_str(), "page", facts) {
        Usability::Usable => Usability::Unusable(failures::instagram_page_unusable(page.name.clone(), lacking)),
        unticked => unticked,
    }
}

/// A permission may have been granted for some assets only (Meta reference §4.6). `kind` is the asset's, as the message
/// names it.
fn chosen(permission: &Permission, id: &str, kind: &str, facts: &TokenFacts) -> Usability {
    if facts.granular.covers(permission, id) {
        return Usability::Usable;
    }
    Usability::Unusable(failures::not_chosen(kind.to_owned(), permission.to_string()))
}

fn waba_usability(waba: &FoundWaba, facts: &TokenFacts) -> Usability {
    match waba.account_review_status.as_deref() {
        Some("REJECTED") => Usability::Unusable(failures::waba_rejected()),
        Some("PENDING") => Usability::NextStep(failures::waba_review_pending()),
        _ => chosen(&Permission::WHATSAPP_BUSINESS_MANAGEMENT, waba.id.as_str(), "whatsapp", facts),
    }
}

/// Judges a number by what Meta says of it alone.
pub(in crate::connect) fn number_usability(number: &FoundNumber) -> Usability {
    match number.status.as_deref() {
        Some("BANNED") => {
            return Usability::Unusable(failures::number_banned());
        }
        Some("DELETED") => {
            return Usability::Unusable(failures::number_deleted());
        }
        Some("MIGRATED") => {
            return Usability::Unusable(failures::number_migrated());
        }
        _ => {}
    }
    match number.platform_type.as_deref() {
        Some("ON_PREMISE") => {
            return Usability::Unusable(failures::number_on_premise());
        }
        Some("NOT_APPLICABLE") => return unregistered(number),
        _ => {}
    }
    match number.status.as_deref() {
        None | Some("CONNECTED") => connected(number),
        Some("PENDING" | "UNVERIFIED" | "DISCONNECTED") => unregistered(number),
        Some("FLAGGED") => Usability::NextStep(failures::number_flagged()),
        Some("RESTRICTED" | "RATE_LIMITED") => Usability::NextStep(failures::number_restricted()),
        Some(_) => Usability::NextStep(failures::number_unknown_status()),
    }
}

fn unregistered(number: &FoundNumber) -> Usability {
    match number.code_verification_status.as_deref() {
        Some("VERIFIED") | None => Usability::NextStep(failures::number_not_registered()),
        Some(_) => Usability::NextStep(failures::number_not_verified()),
    }
}

fn connected(number: &FoundNumber) -> Usability {
    if number.account_mode.as_deref() == Some("SANDBOX") {
        return Usability::NextStep(failures::number_test_number());
    }
    match number.name_status.as_deref() {
        Some("DECLINED" | "EXPIRED") => Usability::NextStep(failures::number_name_declined()),
        _ => Usability::Usable,
    }
}

/// Meta's `account_status` (Meta reference §5.5).
fn ad_account_usability(account: &FoundAdAccount) -> Usability {
    match account.account_status {
        Some(2) => Usability::Unusable(failures::ad_account_disabled()),
        Some(100) => Usability::Unusable(failures::ad_account_closing()),
        Some(101 | 202) => Usability::Unusable(failures::ad_account_closed()),
        Some(3 | 8 | 9) => Usability::NextStep(failures::ad_account_payment_due()),
        Some(7) => Usability::NextStep(failures::ad_account_in_review()),
        _ => Usability::Usable,
    }
}

#[cfg(test)]
#[path = "usability_tests.rs"]
mod tests;
