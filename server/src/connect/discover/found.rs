//! What a discovery finds.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::meta::{
    AccessToken, AdAccountId, AssetKind, BusinessId, IgUserId, MetaError, PageId, PhoneNumberId, WabaId,
};

/// Everything that one token reaches. Each list is sorted by name, then id.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Business portfolios.
    pub businesses: Vec<FoundBusiness>,
    /// Facebook Pages with their Instagram accounts.
    pub pages: Vec<FoundPage>,
    /// WhatsApp accounts with their numbers.
    pub wabas: Vec<FoundWaba>,
    /// Ad accounts.
    pub ad_accounts: Vec<FoundAdAccount>,
    /// The account that signed in itself, by Instagram Login.
    pub instagram: Option<FoundInstagram>,
    /// What could not be read to its end, and why.
    pub incomplete: Vec<Incomplete>,
}

/// How an asset belongs to a portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The portfolio owns it.
    Owned,
    /// Another business shares it with the portfolio.
    Client,
}

/// A business portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundBusiness {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// Meta's `verification_status`, such as `verified` (Meta reference §5.3).
    pub verification_status: Option<String>,
}

/// A Facebook Page.
#[derive(Debug, Clone)]
pub struct FoundPage {
    /// Its id.
    pub id: PageId,
    /// Its name.
    pub name: String,
    /// Its category, in Meta's words.
    pub category: Option<String>,
    /// What the person may do on it, such as `MESSAGING`; `None` when Meta could not be asked.
    pub tasks: Option<Vec<String>>,
    /// Where its picture is.
    pub picture_url: Option<String>,
    /// The portfolio it belongs to.
    pub business: Option<(BusinessId, Relation)>,
    /// The Page's own token; `None` when the person has no role that gives one.
    pub token: Option<AccessToken>,
    /// The Instagram professional account linked to it.
    pub instagram: Option<FoundInstagram>,
}

/// An Instagram professional account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundInstagram {
    /// Its id.
    pub id: IgUserId,
    /// Its handle, without `@`.
    pub username: Option<String>,
    /// Its display name.
    pub name: Option<String>,
    /// Where its picture is.
    pub picture_url: Option<String>,
}

/// A WhatsApp Business account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundWaba {
    /// Its id.
    pub id: WabaId,
    /// Its name.
    pub name: String,
    /// The portfolio it belongs to.
    pub business: Option<(BusinessId, Relation)>,
    /// Currency of its bills.
    pub currency: Option<String>,
    /// Meta's number for its time zone.
    pub timezone_id: Option<String>,
    /// `APPROVED`, `PENDING` or `REJECTED`.
    pub account_review_status: Option<String>,
    /// Its numbers.
    pub numbers: Vec<FoundNumber>,
}

/// A WhatsApp number (Meta reference §5.4 has the values of each field).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundNumber {
    /// Its id, which is not the number.
    pub id: PhoneNumberId,
    /// The number as people read it.
    pub display_phone_number: String,
    /// The name that customers see.
    pub verified_name: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN` or `NA`.
    pub quality_rating: Option<String>,
    /// `VERIFIED`, `NOT_VERIFIED` or `EXPIRED`.
    pub code_verification_status: Option<String>,
    /// `CLOUD_API`, `ON_PREMISE`, or `NOT_APPLICABLE` for a number that is not registered.
    pub platform_type: Option<String>,
    /// `STANDARD` (80 messages a second), `HIGH` (1000) or `NOT_APPLICABLE`.
    pub throughput: Option<String>,
    /// Review of the display name.
    pub name_status: Option<String>,
    /// `CONNECTED` when it can send.
    pub status: Option<String>,
    /// `LIVE` or `SANDBOX`.
    pub account_mode: Option<String>,
    /// How many customers may be written to first in 24 hours, such as `TIER_2K`.
    pub messaging_limit: Option<String>,
    /// Whether it is in the WhatsApp Business app too (coexistence).
    pub is_on_biz_app: bool,
    /// When it was onboarded last, Unix milliseconds.
    pub last_onboarded: Option<i64>,
    /// Whether it has a two-step PIN.
    pub is_pin_enabled: bool,
    /// Whether it has the badge of an official business account.
    pub is_official_business_account: bool,
}

/// An ad account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAdAccount {
    /// Its id, with `act_`.
    pub id: AdAccountId,
    /// Its name.
    pub name: String,
    /// Meta's `account_status`; 1 is active (Meta reference §5.5).
    pub account_status: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// Its time zone.
    pub timezone_name: Option<String>,
    /// The portfolio it belongs to.
    pub business: Option<(BusinessId, Relation)>,
}

/// Something that could not be read to its end.
#[derive(Debug, Clone)]
pub struct Incomplete {
    /// What.
    pub what: Source,
    /// Why.
    pub error: MetaError,
}

/// A place where assets are found. `Display` says it in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `/me/accounts` and `/me/assigned_pages`.
    OwnPages,
    /// `/me/adaccounts`.
    OwnAdAccounts,
    /// The list of portfolios.
    Portfolios,
    /// One edge of a portfolio.
    Portfolio {
        /// Which portfolio.
        id: BusinessId,
        /// Its name.
        name: String,
        /// What kind of asset.
        kind: AssetKind,
        /// Its own or those shared with it.
        relation: Relation,
    },
    /// The numbers of a WhatsApp account.
    Numbers(WabaId),
    /// An asset that was chosen in Meta's window and is in no list.
    Named {
        /// What kind.
        kind: AssetKind,
        /// Its id at Meta.
        id: String,
    },
}

impl Source {
    /// The portfolio whose edge this is.
    pub(super) fn portfolio(&self) -> Option<(BusinessId, Relation)> {
        match self {
            Self::Portfolio { id, relation, .. } => Some((id.clone(), *relation)),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwnPages => f.write_str("your Pages"),
            Self::OwnAdAccounts => f.write_str("your ad accounts"),
            Self::Portfolios => f.write_str("your business portfolios"),
            Self::Portfolio { name, kind, relation: Relation::Owned, .. } => write!(f, "{} of {name}", plural(*kind)),
            Self::Portfolio { name, kind, relation: Relation::Client, .. } => {
                write!(f, "{} shared with {name}", plural(*kind))
            }
            Self::Numbers(waba) => write!(f, "numbers of WhatsApp account {waba}"),
            Self::Named { kind, id } => write!(f, "{} {id}, which was chosen in Meta's window", singular(*kind)),
        }
    }
}

fn plural(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Business => "business portfolios",
        AssetKind::FacebookPage => "Pages",
        AssetKind::InstagramAccount => "Instagram accounts",
        AssetKind::WhatsappAccount => "WhatsApp accounts",
        AssetKind::WhatsappNumber => "WhatsApp numbers",
        AssetKind::AdAccount => "ad accounts",
    }
}

fn singular(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Business => "business portfolio",
        AssetKind::FacebookPage => "Page",
        AssetKind::InstagramAccount => "Instagram account",
        AssetKind::WhatsappAccount => "WhatsApp account",
        AssetKind::WhatsappNumber => "WhatsApp number",
        AssetKind::AdAccount => "ad account",
    }
}
