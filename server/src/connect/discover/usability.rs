//! Whether a found asset can be used, and if not, why and what to do.

use super::found::{FoundAdAccount, FoundBusiness, FoundInstagram, FoundNumber, FoundPage, FoundWaba};
use crate::meta::{AssetKind, Permission, TokenFacts, missing_for};

/// An asset to judge. What belongs to another asset is judged with it.
#[derive(Debug, Clone, Copy)]
pub enum AssetRef<'a> {
    /// A portfolio.
    Business(&'a FoundBusiness),
    /// A Page.
    Page(&'a FoundPage),
    /// An Instagram account and the Page it is linked to, whose token it needs.
    Instagram(&'a FoundPage, &'a FoundInstagram),
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
    NextStep {
        /// A stable name, such as `number.not_registered`.
        code: &'static str,
        /// What is the case.
        reason: String,
        /// What to do.
        todo: String,
    },
    /// It cannot.
    Unusable {
        /// A stable name, such as `page.no_messaging_task`.
        code: &'static str,
        /// Why not.
        reason: String,
        /// What to do.
        todo: String,
    },
}

impl Usability {
    /// Whether the asset may be chosen.
    pub fn is_usable(&self) -> bool {
        !matches!(self, Self::Unusable { .. })
    }
}

fn unusable(code: &'static str, reason: impl Into<String>, todo: impl Into<String>) -> Usability {
    Usability::Unusable { code, reason: reason.into(), todo: todo.into() }
}

fn next_step(code: &'static str, reason: &str, todo: &str) -> Usability {
    Usability::NextStep { code, reason: reason.into(), todo: todo.into() }
}

/// Judges an asset by what the token may do and what Meta says of the asset.
pub fn usability(asset: AssetRef<'_>, facts: &TokenFacts) -> Usability {
    if let Some(missing) = permissions(asset.kind(), facts) {
        return missing;
    }
    match asset {
        AssetRef::Business(_) => Usability::Usable,
        AssetRef::Page(page) => page_usability(page, facts),
        AssetRef::Instagram(page, account) => instagram_usability(page, account, facts),
        AssetRef::Waba(waba) => waba_usability(waba, facts),
        AssetRef::Number(waba, number) => match waba_usability(waba, facts) {
            refused @ Usability::Unusable { .. } => refused,
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
            Self::Instagram(..) => AssetKind::InstagramAccount,
            Self::Waba(_) => AssetKind::WhatsappAccount,
            Self::Number(..) => AssetKind::WhatsappNumber,
            Self::AdAccount(_) => AssetKind::AdAccount,
        }
    }
}

fn permissions(kind: AssetKind, facts: &TokenFacts) -> Option<Usability> {
    let missing = missing_for(kind, |permission| facts.has(permission));
    let names: Vec<&str> = missing.iter().map(Permission::as_str).collect();
    let reason = match names.as_slice() {
        [] => return None,
        [one] => format!("The permission {one} was not granted."),
        several => format!("The permissions {} were not granted.", several.join(", ")),
    };
    let todo = "Connect again and accept every permission that Meta asks about.";
    Some(unusable("asset.permission_missing", reason, todo))
}

fn page_usability(page: &FoundPage, facts: &TokenFacts) -> Usability {
    match page_role(page) {
        Some((code, reason, todo)) => unusable(code, reason, todo),
        None => chosen(&Permission::PAGES_MESSAGING, page.id.as_str(), "Page", facts),
    }
}

/// What the person's role on the Page lacks. `MESSAGING` is needed; `MODERATE` is its older name and `MANAGE` includes
/// it (Meta reference §5.1).
fn page_role(page: &FoundPage) -> Option<(&'static str, &'static str, &'static str)> {
    if page.token.is_none() {
        return Some((
            "page.no_access",
            "Meta gives no access to this Page, because you have no role on it that allows it.",
            "Ask an administrator of the Page for full access, then connect again.",
        ));
    }
    let answers = |task: &String| matches!(task.as_str(), "MESSAGING" | "MODERATE" | "MANAGE");
    let known_not_to = page.tasks.as_ref().is_some_and(|tasks| !tasks.iter().any(answers));
    known_not_to.then_some((
        "page.no_messaging_task",
        "Your role on this Page does not include messages.",
        "Ask an administrator of the Page to give you the task Messages, then connect again.",
    ))
}

fn instagram_usability(page: &FoundPage, account: &FoundInstagram, facts: &TokenFacts) -> Usability {
    match page_role(page) {
        Some((_, reason, _)) => unusable(
            "instagram.page_unusable",
            format!("It is reached through the Page {}. {reason}", page.name),
            "Get a role with messages on that Page, then connect again.",
        ),
        None => chosen(&Permission::INSTAGRAM_MANAGE_MESSAGES, account.id.as_str(), "Instagram account", facts),
    }
}

/// A permission may have been granted for some assets only (Meta reference §4.6).
fn chosen(permission: &Permission, id: &str, what: &str, facts: &TokenFacts) -> Usability {
    if facts.granular.covers(permission, id) {
        return Usability::Usable;
    }
    unusable(
        "asset.not_chosen",
        format!("This {what} was not chosen in Meta's window for {permission}."),
        "Connect again, press Edit settings in Meta's window, and tick it.",
    )
}

fn waba_usability(waba: &FoundWaba, facts: &TokenFacts) -> Usability {
    match waba.account_review_status.as_deref() {
        Some("REJECTED") => unusable(
            "waba.rejected",
            "Meta has rejected this WhatsApp account.",
            "Open Account quality in Meta Business Suite and ask for another review.",
        ),
        Some("PENDING") => next_step(
            "waba.review_pending",
            "Meta is still reviewing this WhatsApp account.",
            "Connect it now; sending may be limited until Meta is done.",
        ),
        _ => chosen(&Permission::WHATSAPP_BUSINESS_MANAGEMENT, waba.id.as_str(), "WhatsApp account", facts),
    }
}

/// Judges a number by what Meta says of it alone.
pub(in crate::connect) fn number_usability(number: &FoundNumber) -> Usability {
    match number.status.as_deref() {
        Some("BANNED") => {
            return unusable(
                "number.banned",
                "WhatsApp has banned this number.",
                "Open WhatsApp Manager and ask for a review, or use another number.",
            );
        }
        Some("DELETED") => {
            return unusable(
                "number.deleted",
                "This number was deleted.",
                "Add it again in WhatsApp Manager, or use another number.",
            );
        }
        Some("MIGRATED") => {
            return unusable(
                "number.migrated",
                "This number was moved to another WhatsApp account.",
                "Choose it under its new account.",
            );
        }
        _ => {}
    }
    match number.platform_type.as_deref() {
        Some("ON_PREMISE") => {
            return unusable(
                "number.on_premise",
                "This number runs on the On-Premises API, which Meta has ended.",
                "Move the number to the Cloud API in WhatsApp Manager, then connect again.",
            );
        }
        Some("NOT_APPLICABLE") => return unregistered(number),
        _ => {}
    }
    match number.status.as_deref() {
        None | Some("CONNECTED") => connected(number),
        Some("PENDING" | "UNVERIFIED" | "DISCONNECTED") => unregistered(number),
        Some("FLAGGED") => next_step(
            "number.flagged",
            "Many customers blocked or reported this number. Meta may limit it.",
            "Connect it, send less marketing, and watch its quality.",
        ),
        Some("RESTRICTED" | "RATE_LIMITED") => next_step(
            "number.restricted",
            "This number may write to fewer customers for now.",
            "Connect it. Answers to customers still go out; wait before writing to new ones.",
        ),
        Some(_) => next_step(
            "number.unknown_status",
            "Meta reports a state of this number that Attaché does not know.",
            "Connect it and look at it in WhatsApp Manager.",
        ),
    }
}

fn unregistered(number: &FoundNumber) -> Usability {
    match number.code_verification_status.as_deref() {
        Some("VERIFIED") | None => next_step(
            "number.not_registered",
            "This number is not registered yet.",
            "Choose it: Attaché then registers it by itself. If the number has a PIN already, you are asked for it.",
        ),
        Some(_) => next_step(
            "number.not_verified",
            "This number is not verified.",
            "Verify it in WhatsApp Manager with a code by SMS or call, then connect again. Attaché registers it then.",
        ),
    }
}

fn connected(number: &FoundNumber) -> Usability {
    if number.account_mode.as_deref() == Some("SANDBOX") {
        return next_step(
            "number.test_number",
            "This is Meta's test number. It can only write to listed recipients.",
            "Use it to try things out, and connect a real number for customers.",
        );
    }
    match number.name_status.as_deref() {
        Some("DECLINED" | "EXPIRED") => next_step(
            "number.name_declined",
            "Meta did not approve the display name.",
            "Connect it, and ask for another name in WhatsApp Manager.",
        ),
        _ => Usability::Usable,
    }
}

/// Meta's `account_status` (Meta reference §5.5).
fn ad_account_usability(account: &FoundAdAccount) -> Usability {
    match account.account_status {
        Some(2) => unusable(
            "ad_account.disabled",
            "Meta has disabled this ad account.",
            "Open Account quality in Meta Business Suite and ask for a review.",
        ),
        Some(100) => unusable("ad_account.closing", "This ad account is being closed.", "Use another ad account."),
        Some(101 | 202) => unusable("ad_account.closed", "This ad account is closed.", "Use another ad account."),
        Some(3 | 8 | 9) => next_step(
            "ad_account.payment_due",
            "A payment is due on this ad account.",
            "Connect it, and settle the payment in Ads Manager.",
        ),
        Some(7) => next_step(
            "ad_account.in_review",
            "Meta is reviewing this ad account.",
            "Connect it. Ads may pause until Meta is done.",
        ),
        _ => Usability::Usable,
    }
}

#[cfg(test)]
#[path = "usability_tests.rs"]
mod tests;
