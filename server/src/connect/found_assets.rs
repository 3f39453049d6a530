//! From what a discovery found to rows that are kept.

use serde::{Deserialize, Serialize};

use super::discover::{
    AssetRef, Discovery, FoundAdAccount, FoundBusiness, FoundInstagram, FoundNumber, FoundPage, FoundWaba, Relation,
    Usability, usability,
};
use crate::{
    asset_kind::AssetKind,
    clock::Timestamp,
    db::{assets::NewAsset, to_json},
    error::Result,
    explanation::Explanation,
    ids::{AssetId, IdSource},
    meta::{BusinessId, TokenFacts},
};

/// What is known of an asset beyond its name. Which fields are there depends on its kind; the values are Meta's own
/// (Meta reference §5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssetDetail {
    /// How it belongs to its portfolio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// A Page's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Where a picture is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture_url: Option<String>,
    /// The display name of an Instagram account, whose name is its handle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The name that customers of a number see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_name: Option<String>,
    /// A number's quality: `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, `NA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality_rating: Option<String>,
    /// A number's status; `CONNECTED` when it can send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `CLOUD_API`, `ON_PREMISE`, or `NOT_APPLICABLE` for a number that is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform_type: Option<String>,
    /// Whether the number was verified by code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_verification_status: Option<String>,
    /// How fast a number may send: `STANDARD`, `HIGH`, or `NOT_APPLICABLE` for a number that is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throughput: Option<String>,
    /// Meta's review of the name that customers see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_status: Option<String>,
    /// Whether a number has a two-step PIN.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pin_enabled: bool,
    /// Whether a number has the badge of an official business account.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub official: bool,
    /// When a number was onboarded last, Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarded_at: Option<i64>,
    /// When Meta last said all this of a number, Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<i64>,
    /// Whether a number is in the WhatsApp Business app too (coexistence).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_business_app: bool,
    /// How many customers a number may write to first in 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messaging_limit: Option<String>,
    /// A portfolio's verification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_status: Option<String>,
    /// A WhatsApp account's review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_review_status: Option<String>,
    /// An ad account's status; 1 is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_status: Option<i64>,
    /// An ad account's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// It can be chosen, and something should be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<Explanation>,
}

impl AssetDetail {
    /// What Meta said of a number at `now`.
    pub(super) fn of_number(found: &FoundNumber, now: Timestamp) -> Self {
        Self {
            verified_name: found.verified_name.clone(),
            quality_rating: found.quality_rating.clone(),
            status: found.status.clone(),
            platform_type: found.platform_type.clone(),
            code_verification_status: found.code_verification_status.clone(),
            messaging_limit: found.messaging_limit.clone(),
            throughput: found.throughput.clone(),
            name_status: found.name_status.clone(),
            pin_enabled: found.is_pin_enabled,
            official: found.is_official_business_account,
            onboarded_at: found.last_onboarded,
            read_at: Some(now.as_millis()),
            on_business_app: found.is_on_biz_app,
            ..Self::default()
        }
    }
}

/// Every asset of a discovery that ended at `now` as a row, judged by what the token may do.
///
/// # Errors
/// When a detail cannot be written as JSON, which none does.
pub(super) fn found_assets(
    ids: &IdSource,
    facts: &TokenFacts,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<Vec<NewAsset>> {
    let mut rows = Rows { ids, facts, now, rows: Vec::new() };
    for business in &discovery.businesses {
        rows.business(business)?;
    }
    for page in &discovery.pages {
        rows.page(page)?;
        if let Some(instagram) = &page.instagram {
            rows.instagram(Some(page), instagram)?;
        }
    }
    if let Some(instagram) = &discovery.instagram {
        rows.instagram(None, instagram)?;
    }
    for waba in &discovery.wabas {
        rows.waba(waba)?;
        for number in &waba.numbers {
            rows.number(waba, number)?;
        }
    }
    for account in &discovery.ad_accounts {
        rows.ad_account(account)?;
    }
    Ok(rows.rows)
}

struct Rows<'a> {
    ids: &'a IdSource,
    facts: &'a TokenFacts,
    now: Timestamp,
    rows: Vec<NewAsset>,
}

/// What all kinds of row have.
struct Identity<'a> {
    kind: AssetKind,
    meta_id: &'a str,
    parent: Option<&'a str>,
    business: Option<&'a (BusinessId, Relation)>,
    name: String,
}

impl Rows<'_> {
    fn business(&mut self, found: &FoundBusiness) -> Result<()> {
        let detail = AssetDetail { verification_status: found.verification_status.clone(), ..AssetDetail::default() };
        let (kind, meta_id) = (AssetKind::Business, found.id.as_str());
        let identity = Identity { kind, meta_id, parent: None, business: None, name: found.name.clone() };
        self.push(identity, detail, AssetRef::Business(found))
    }

    fn page(&mut self, found: &FoundPage) -> Result<()> {
        let detail = AssetDetail {
            category: found.category.clone(),
            picture_url: found.picture_url.clone(),
            ..AssetDetail::default()
        };
        let (kind, meta_id) = (AssetKind::FacebookPage, found.id.as_str());
        let business = found.business.as_ref();
        let identity = Identity { kind, meta_id, parent: None, business, name: found.name.clone() };
        self.push(identity, detail, AssetRef::Page(found))
    }

    /// `page` is the one that the account receives through; one that signed in itself needs none.
    fn instagram(&mut self, page: Option<&FoundPage>, found: &FoundInstagram) -> Result<()> {
        let name = match (&found.username, &found.name) {
            (Some(username), _) => format!("@{username}"),
            (None, Some(name)) => name.clone(),
            (None, None) => found.id.to_string(),
        };
        let detail = AssetDetail {
            display_name: found.name.clone(),
            picture_url: found.picture_url.clone(),
            ..AssetDetail::default()
        };
        let (kind, meta_id) = (AssetKind::InstagramAccount, found.id.as_str());
        let (parent, business) = (page.map(|page| page.id.as_str()), page.and_then(|page| page.business.as_ref()));
        let judged = match page {
            Some(page) => AssetRef::Instagram(page, found),
            None => AssetRef::InstagramAlone(found),
        };
        self.push(Identity { kind, meta_id, parent, business, name }, detail, judged)
    }

    fn waba(&mut self, found: &FoundWaba) -> Result<()> {
        let detail = AssetDetail {
            account_review_status: found.account_review_status.clone(),
            currency: found.currency.clone(),
            ..AssetDetail::default()
        };
        let (kind, meta_id) = (AssetKind::WhatsappAccount, found.id.as_str());
        let business = found.business.as_ref();
        let identity = Identity { kind, meta_id, parent: None, business, name: found.name.clone() };
        self.push(identity, detail, AssetRef::Waba(found))
    }

    fn number(&mut self, waba: &FoundWaba, found: &FoundNumber) -> Result<()> {
        let detail = AssetDetail::of_number(found, self.now);
        let (kind, meta_id) = (AssetKind::WhatsappNumber, found.id.as_str());
        let (parent, business) = (Some(waba.id.as_str()), waba.business.as_ref());
        let name = found.display_phone_number.clone();
        self.push(Identity { kind, meta_id, parent, business, name }, detail, AssetRef::Number(waba, found))
    }

    fn ad_account(&mut self, found: &FoundAdAccount) -> Result<()> {
        let detail = AssetDetail {
            account_status: found.account_status,
            currency: found.currency.clone(),
            ..AssetDetail::default()
        };
        let (kind, meta_id) = (AssetKind::AdAccount, found.id.as_str());
        let business = found.business.as_ref();
        let identity = Identity { kind, meta_id, parent: None, business, name: found.name.clone() };
        self.push(identity, detail, AssetRef::AdAccount(found))
    }

    fn push(&mut self, identity: Identity<'_>, mut detail: AssetDetail, asset: AssetRef<'_>) -> Result<()> {
        let mut unusable = None;
        match usability(asset, self.facts) {
            Usability::Usable => {}
            Usability::NextStep(step) => detail.next_step = Some(step),
            Usability::Unusable(why) => unusable = Some(why),
        }
        detail.relation = identity.business.map(|(_, relation)| *relation);
        self.rows.push(NewAsset {
            id: AssetId::new(self.ids),
            kind: identity.kind,
            meta_id: identity.meta_id.to_owned(),
            parent_meta_id: identity.parent.map(str::to_owned),
            business_meta_id: identity.business.map(|(id, _)| id.to_string()),
            name: identity.name,
            detail: to_json(&detail)?,
            unusable: unusable.as_ref().map(to_json).transpose()?,
        });
        Ok(())
    }
}
