//! Rows as Meta writes them, and what they become.

use serde::Deserialize;

use super::found::{FoundAdAccount, FoundBusiness, FoundInstagram, FoundNumber, FoundPage, FoundWaba, Relation};
use crate::meta::{AccessToken, AdAccountId, BusinessId, IgUserId, ListPage, PageId, PhoneNumberId, WabaId};

#[derive(Deserialize)]
pub(super) struct PageRow {
    pub(super) id: PageId,
    name: Option<String>,
    category: Option<String>,
    tasks: Option<Vec<String>>,
    access_token: Option<AccessToken>,
    picture: Option<Picture>,
    instagram_business_account: Option<InstagramRow>,
}

#[derive(Deserialize)]
struct Picture {
    data: Option<PictureData>,
}

#[derive(Deserialize)]
struct PictureData {
    url: Option<String>,
}

#[derive(Deserialize)]
struct InstagramRow {
    id: IgUserId,
    username: Option<String>,
    name: Option<String>,
    profile_picture_url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct WabaRow {
    pub(super) id: WabaId,
    name: Option<String>,
    currency: Option<String>,
    timezone_id: Option<String>,
    account_review_status: Option<String>,
    #[serde(default)]
    pub(super) phone_numbers: Option<ListPage>,
}

#[derive(Deserialize)]
pub(super) struct NumberRow {
    id: PhoneNumberId,
    display_phone_number: Option<String>,
    verified_name: Option<String>,
    quality_rating: Option<String>,
    code_verification_status: Option<String>,
    platform_type: Option<String>,
    throughput: Option<Throughput>,
    name_status: Option<String>,
    status: Option<String>,
    account_mode: Option<String>,
    #[serde(alias = "messaging_limit_tier")]
    whatsapp_business_manager_messaging_limit: Option<String>,
    last_onboarded_time: Option<String>,
    is_on_biz_app: Option<bool>,
    is_pin_enabled: Option<bool>,
    is_official_business_account: Option<bool>,
}

#[derive(Deserialize)]
struct Throughput {
    level: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct AdAccountRow {
    id: AdAccountId,
    name: Option<String>,
    account_status: Option<i64>,
    currency: Option<String>,
    timezone_name: Option<String>,
}

/// A portfolio with the first rows of its edges. An edge without rows is absent (Meta reference §5.3).
#[derive(Deserialize)]
pub(super) struct BusinessRow {
    pub(super) id: BusinessId,
    name: Option<String>,
    verification_status: Option<String>,
    pub(super) owned_pages: Option<ListPage>,
    pub(super) client_pages: Option<ListPage>,
    pub(super) owned_whatsapp_business_accounts: Option<ListPage>,
    pub(super) client_whatsapp_business_accounts: Option<ListPage>,
    pub(super) owned_ad_accounts: Option<ListPage>,
    pub(super) client_ad_accounts: Option<ListPage>,
}

/// Meta's `2025-08-22T19:05:53+0000`, in Unix milliseconds.
fn graph_time(text: &str) -> Option<i64> {
    jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text).ok().map(jiff::Timestamp::as_millisecond)
}

fn named(name: Option<&String>, id: &str) -> String {
    name.filter(|name| !name.trim().is_empty()).map_or_else(|| id.to_owned(), Clone::clone)
}

impl PageRow {
    /// `tasks_asked`: whether the row would show tasks if the person had any.
    pub(super) fn found(&self, business: Option<(BusinessId, Relation)>, tasks_asked: bool) -> FoundPage {
        let tasks = if tasks_asked { Some(self.tasks.clone().unwrap_or_default()) } else { self.tasks.clone() };
        let instagram = self.instagram_business_account.as_ref().map(|row| FoundInstagram {
            id: row.id.clone(),
            username: row.username.clone(),
            name: row.name.clone(),
            picture_url: row.profile_picture_url.clone(),
        });
        FoundPage {
            id: self.id.clone(),
            name: named(self.name.as_ref(), self.id.as_str()),
            category: self.category.clone(),
            tasks,
            picture_url: self.picture.as_ref().and_then(|picture| picture.data.as_ref()?.url.clone()),
            business,
            token: self.access_token.clone().filter(|token| !token.expose().is_empty()),
            instagram,
        }
    }
}

impl WabaRow {
    pub(super) fn found(&self, business: Option<(BusinessId, Relation)>) -> FoundWaba {
        FoundWaba {
            id: self.id.clone(),
            name: named(self.name.as_ref(), self.id.as_str()),
            business,
            currency: self.currency.clone(),
            timezone_id: self.timezone_id.clone(),
            account_review_status: self.account_review_status.clone(),
            numbers: Vec::new(),
        }
    }
}

impl NumberRow {
    pub(super) fn found(&self) -> FoundNumber {
        FoundNumber {
            id: self.id.clone(),
            display_phone_number: named(self.display_phone_number.as_ref(), self.id.as_str()),
            verified_name: self.verified_name.clone(),
            quality_rating: self.quality_rating.clone(),
            code_verification_status: self.code_verification_status.clone(),
            platform_type: self.platform_type.clone(),
            throughput: self.throughput.as_ref().and_then(|throughput| throughput.level.clone()),
            name_status: self.name_status.clone(),
            status: self.status.clone(),
            account_mode: self.account_mode.clone(),
            messaging_limit: self.whatsapp_business_manager_messaging_limit.clone(),
            last_onboarded: self.last_onboarded_time.as_deref().and_then(graph_time),
            is_on_biz_app: self.is_on_biz_app.unwrap_or(false),
            is_pin_enabled: self.is_pin_enabled.unwrap_or(false),
            is_official_business_account: self.is_official_business_account.unwrap_or(false),
        }
    }
}

impl AdAccountRow {
    pub(super) fn found(&self, business: Option<(BusinessId, Relation)>) -> FoundAdAccount {
        FoundAdAccount {
            id: self.id.clone(),
            name: named(self.name.as_ref(), self.id.as_str()),
            account_status: self.account_status,
            currency: self.currency.clone(),
            timezone_name: self.timezone_name.clone(),
            business,
        }
    }
}

impl BusinessRow {
    pub(super) fn found(&self) -> FoundBusiness {
        FoundBusiness {
            id: self.id.clone(),
            name: named(self.name.as_ref(), self.id.as_str()),
            verification_status: self.verification_status.clone(),
        }
    }
}
