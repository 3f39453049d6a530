//! What is asked of each asset. `Lean` leaves out what an edge or an older version may not know.

use crate::meta::{GraphVersion, PAGE_SIZE, Permission, TokenFacts};

/// How much to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    Full,
    Lean,
}

pub(super) const BUSINESS: &str = "id,name,verification_status";
pub(super) const AD_ACCOUNT: &str = "id,name,account_status,currency,timezone_name";

/// Fields of a Page. Instagram is asked for only with its permission, without which the field may be refused.
pub(super) fn page(facts: &TokenFacts, detail: Detail) -> String {
    let mut fields = String::from("id,name,access_token,category,picture.type(large)");
    if detail == Detail::Full {
        fields.push_str(",tasks");
    }
    if facts.has(&Permission::INSTAGRAM_BASIC) {
        fields.push_str(",instagram_business_account{id,username,name,profile_picture_url}");
    }
    fields
}

/// Fields of a number. The field of the messaging limit changed its name in v24 (Meta reference §1).
pub(super) fn number(version: GraphVersion, detail: Detail) -> String {
    let basic = "id,display_phone_number,verified_name,quality_rating,code_verification_status,platform_type,status";
    match detail {
        Detail::Lean => basic.to_owned(),
        Detail::Full => {
            let limit = match version.major() {
                ..24 => "messaging_limit_tier",
                24.. => "whatsapp_business_manager_messaging_limit",
            };
            format!(
                "{basic},throughput,name_status,account_mode,is_on_biz_app,is_pin_enabled,is_official_business_account,\
                 last_onboarded_time,{limit}"
            )
        }
    }
}

/// Fields of a WhatsApp account, its first hundred numbers among them.
pub(super) fn waba(version: GraphVersion, detail: Detail) -> String {
    let numbers = number(version, detail);
    let own = match detail {
        Detail::Lean => "id,name,currency,timezone_id",
        Detail::Full => "id,name,currency,timezone_id,account_review_status",
    };
    format!("{own},phone_numbers.limit({PAGE_SIZE}){{{numbers}}}")
}
