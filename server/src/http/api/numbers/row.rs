//! A number as the API tells it. Values in capitals are Meta's own (Meta reference §5.4).

use jiff::Timestamp as Moment;
use serde::Serialize;

use crate::{
    connect::numbers::{NumberView, Registration},
    explanation::Told,
    http::api::output::moment,
    ids::AssetId,
    words::Language,
};

/// A number.
#[derive(Debug, Serialize)]
pub(in crate::http::api) struct Row {
    id: AssetId,
    /// Its id at Meta.
    phone_number_id: String,
    display_phone_number: String,
    /// The name that customers see.
    verified_name: Option<String>,
    /// The name that the business gave it.
    friendly_name: Option<String>,
    account: Account,
    location: Option<String>,
    status: Option<String>,
    quality_rating: Option<String>,
    name_status: Option<String>,
    messaging_limit: Option<String>,
    throughput: Option<String>,
    code_verification_status: Option<String>,
    platform_type: Option<String>,
    /// Whether it has a two-step PIN.
    is_pin_enabled: bool,
    is_official_business_account: bool,
    /// Whether it is in the WhatsApp Business app too.
    is_on_biz_app: bool,
    /// `registered`, `unregistered`, `unverified` or `business_app`.
    registration: &'static str,
    /// Since when Attaché has it registered.
    registered_at: Option<Moment>,
    last_event_at: Option<Moment>,
    /// When Meta last told all this.
    read_at: Option<Moment>,
    problem: Option<Told>,
}

#[derive(Debug, Serialize)]
struct Account {
    /// The WhatsApp account's id at Meta.
    id: Option<String>,
    name: Option<String>,
}

impl Row {
    /// The row, with what is wrong said in `language`.
    pub(super) fn new(view: NumberView, language: Language) -> Self {
        let NumberView { status, detail, friendly_name, account, registration, app_syncs: _ } = view;
        let problem = status.ladder.problem().map(|(_, why)| why.told(language));
        let asset = status.asset;
        Self {
            phone_number_id: asset.meta_id,
            display_phone_number: asset.name,
            verified_name: detail.verified_name,
            friendly_name,
            account: Account { id: asset.parent_meta_id, name: account },
            location: status.location,
            status: detail.status,
            quality_rating: detail.quality_rating,
            name_status: detail.name_status,
            messaging_limit: detail.messaging_limit,
            throughput: detail.throughput,
            code_verification_status: detail.code_verification_status,
            platform_type: detail.platform_type,
            is_pin_enabled: detail.pin_enabled,
            is_official_business_account: detail.official,
            is_on_biz_app: detail.on_business_app,
            registration: match registration {
                Registration::Registered(_) => "registered",
                Registration::Unregistered => "unregistered",
                Registration::Unverified => "unverified",
                Registration::BusinessApp => "business_app",
            },
            registered_at: asset.registered_at.and_then(moment),
            last_event_at: asset.last_event_at.and_then(moment),
            read_at: detail.read_at.and_then(moment),
            problem,
            id: asset.id,
        }
    }
}
