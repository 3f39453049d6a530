//! WhatsApp Business accounts and their numbers.

use serde::{Deserialize, Serialize};

/// A WhatsApp Business account, WABA (Meta reference §5.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WhatsAppAccount {
    /// WABA id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Owning portfolio; none when its owner is outside of this world.
    pub business: Option<String>,
    /// Portfolios it is shared with (their `client_whatsapp_business_accounts`).
    pub clients: Vec<String>,
    /// ISO currency.
    pub currency: String,
    /// Meta's numeric time-zone id.
    pub timezone_id: String,
    /// Namespace of message templates.
    pub message_template_namespace: String,
    /// `PENDING`, `APPROVED` or `REJECTED`.
    pub account_review_status: String,
    /// Verification of the owning business.
    pub business_verification_status: String,
    /// `ACTIVE`, …
    pub status: String,
    /// Unix seconds; used by `sort` and `filtering`.
    pub creation_time: i64,
    /// Names of approved message templates.
    pub templates: Vec<String>,
}

impl Default for WhatsAppAccount {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            business: None,
            clients: Vec::new(),
            currency: "USD".into(),
            timezone_id: "1".into(),
            message_template_namespace: String::new(),
            account_review_status: "APPROVED".into(),
            business_verification_status: "verified".into(),
            status: "ACTIVE".into(),
            creation_time: 1_735_689_600,
            templates: ["hello_world", "order_ready"].map(String::from).to_vec(),
        }
    }
}

/// A WhatsApp business phone number, with every field of Meta reference §5.4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhoneNumber {
    /// Phone number id.
    pub id: String,
    /// The WABA it belongs to.
    pub waba: String,
    /// As people read it.
    pub display_phone_number: String,
    /// Display name.
    pub verified_name: String,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, `NA`.
    pub quality_rating: String,
    /// `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`.
    pub code_verification_status: String,
    /// `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`.
    pub platform_type: String,
    /// `STANDARD`, `HIGH`, `NOT_APPLICABLE`.
    pub throughput: String,
    /// Review of the display name.
    pub name_status: String,
    /// Review of a new display name.
    pub new_name_status: String,
    /// `CONNECTED`, `PENDING`, `DISCONNECTED`, …
    pub status: String,
    /// `LIVE`, `SANDBOX`.
    pub account_mode: String,
    /// `TIER_250` … `TIER_UNLIMITED`.
    pub messaging_limit: String,
    /// Green badge.
    pub is_official_business_account: bool,
    /// Coexistence with the WhatsApp Business app (Meta reference §2.9).
    pub is_on_biz_app: bool,
    /// Two-step PIN, when one is set.
    pub pin: Option<String>,
    /// Unix seconds.
    pub last_onboarded_time: i64,
    /// `AVAILABLE`, `LIMITED`, `BLOCKED`.
    pub can_send_message: String,
    /// The six digits `request_code` "sends".
    pub verification_code: String,
    /// An earlier deregistration is incomplete: register answers 133000.
    pub deregistration_incomplete: bool,
    /// Unix seconds of a recent deletion: register answers 133015 for five minutes.
    pub deleted_at: Option<i64>,
}

impl Default for PhoneNumber {
    fn default() -> Self {
        Self {
            id: String::new(),
            waba: String::new(),
            display_phone_number: String::new(),
            verified_name: String::new(),
            quality_rating: "GREEN".into(),
            code_verification_status: "VERIFIED".into(),
            platform_type: "CLOUD_API".into(),
            throughput: "STANDARD".into(),
            name_status: "APPROVED".into(),
            new_name_status: "NONE".into(),
            status: "CONNECTED".into(),
            account_mode: "LIVE".into(),
            messaging_limit: "TIER_2K".into(),
            is_official_business_account: false,
            is_on_biz_app: false,
            pin: None,
            last_onboarded_time: 1_755_889_553,
            can_send_message: "AVAILABLE".into(),
            verification_code: "123456".into(),
            deregistration_incomplete: false,
            deleted_at: None,
        }
    }
}
