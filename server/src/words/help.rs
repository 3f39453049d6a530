//! The list of what people meet when they connect assets of Meta's, what is behind it and what helps (Meta reference §11).
//!
//! Each row has its sentences in the message files, under `help.row.` and its anchor; a failure of the product leads to
//! its row.

use super::{Language, Sentence, failures::Effect, sentence};

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its place, from 1 on; the simulator's switches have the same numbers.
    pub number: u8,
    /// Its name in the address of the page, after `#`.
    pub anchor: &'static str,
    /// Meta's own numbers, as `code` or `code/subcode`.
    pub meta: &'static [&'static str],
    /// The failures of the product that lead here.
    pub failures: &'static [&'static str],
    /// What it does to a connection.
    pub effect: Effect,
}

/// A row in words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowTold {
    /// What people see.
    pub seen: String,
    /// Why.
    pub why: String,
    /// What to do, and what Attaché does by itself.
    pub todo: String,
    /// What it does to the connection.
    pub effect: String,
}

impl Row {
    /// The row in words.
    pub fn told(&self, language: Language) -> RowTold {
        let say = |part| sentence(language, &self.message(), part, &[]).unwrap_or_default();
        RowTold {
            seen: say(Sentence::What),
            why: say(Sentence::Why),
            todo: say(Sentence::Todo),
            effect: self.effect.told(language),
        }
    }

    /// The name of its message.
    pub(super) fn message(&self) -> String {
        format!("help.row.{}", self.anchor)
    }

    /// Whether every word of a search stands in the row: in its sentences, in Meta's numbers or in the names of failures.
    pub fn matches(&self, told: &RowTold, query: &str) -> bool {
        let text = [
            told.seen.as_str(),
            &told.why,
            &told.todo,
            &self.meta.join(" "),
            &self.failures.join(" "),
            &format!("{} #{}", self.anchor, self.number),
        ];
        let text = text.join(" ").to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The row that a failure leads to.
pub fn row_of(code: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.failures.contains(&code))
}

/// The address of the page where a failure is explained at length.
pub fn address_of(code: &str) -> Option<String> {
    row_of(code).map(|row| format!("{HELP_PATH}#{}", row.anchor))
}

/// The page that shows the list.
pub const HELP_PATH: &str = "/help/errors";

macro_rules! rows {
    ($($number:literal $anchor:literal $effect:ident [$($meta:literal)*] [$($code:literal)*];)*) => {
        &[$(Row {
            number: $number,
            anchor: $anchor,
            meta: &[$($meta),*],
            failures: &[$($code),*],
            effect: Effect::$effect,
        }),*]
    };
}

/// The list.
pub static ROWS: &[Row] = rows! {
    1 "sdk-blocked" NotMade [] [];
    2 "http-page" NotMade [] [];
    3 "before-init" NotMade [] ["meta.not_configured" "meta.config.app_id"];
    4 "jssdk-off" NotMade [] [];
    5 "url-blocked" NotMade ["191"] ["meta.config.redirect_uri"];
    6 "development-mode" NotMade ["1349126" "1349187"] ["oauth.cancelled" "oauth.app_not_active" "meta.config.app_inactive"];
    7 "feature-unavailable" NotMade [] ["oauth.dialog_error"];
    8 "invalid-scopes" NotMade [] [];
    9 "redirect-mismatch" NotMade ["100/36008"] ["meta.code.redirect_mismatch"];
    10 "code-used" NotMade ["100/36009"] ["meta.code.used" "connect.interrupted"];
    11 "code-expired" NotMade ["100/36007"] ["meta.code.expired" "oauth.state_expired" "oauth.state_invalid"];
    12 "no-pages" Unchanged [] ["asset.not_visible" "asset.no_page_token" "page.no_access" "asset.not_chosen" "asset.left_out"];
    13 "no-instagram" Unchanged [] ["instagram.page_unusable"];
    14 "instagram-silent" Asset [] ["page.no_messaging_task" "asset.no_messaging_task"];
    15 "whatsapp-silent" Asset [] ["asset.not_subscribed" "asset.callback_elsewhere" "webhooks.not_listed" "webhooks.elsewhere"];
    16 "override-too-early" Asset ["100"] ["meta.webhook.override_too_early"];
    17 "callback-verification" Installation ["2200" "2201"] [
        "meta.config.webhook_handshake" "webhooks.unreached" "webhooks.not_https" "webhook.wrong_verify_token"
        "webhook.malformed_handshake"
    ];
    18 "no-target-ids" Unchanged [] [];
    19 "permission-missing" Unchanged ["10" "200" "230" "131005"] ["meta.permission.missing" "asset.permission_missing" "asset.permission_lost"];
    20 "number-registration" Asset ["133005" "133006" "133008" "133009" "133010" "133015" "133016"] [
        "number.needs_pin" "number.wrong_pin" "meta.number.wrong_pin" "meta.number.unverified" "meta.number.not_registered"
        "meta.number.deregistration_unfinished" "meta.limit.registration" "number.not_registered" "number.not_verified"
        "number.deleted_a_moment_ago"
    ];
    21 "payment" Asset ["131042"] ["meta.policy.payment"];
    22 "business-unverified" Asset [] [];
    23 "access-refused" Ended ["190/458" "190/459" "190/460" "190/464" "190/467" "190/492"] [
        "meta.token.password_changed" "meta.token.checkpoint" "meta.token.unconfirmed" "meta.token.logged_out"
        "meta.token.app_removed" "meta.token.page_role_lost" "meta.token.invalid" "meta.removed_by_person"
    ];
    24 "temporary-token" NotMade [] ["connect.token_ends_soon" "paste.temporary"];
    25 "access-expired" Ended ["190/463"] ["meta.token.expired"];
    26 "data-access" Unchanged [] [];
    27 "proof-missing" Installation ["100"] ["meta.config.proof_missing"];
    28 "proof-invalid" Installation ["100"] ["meta.config.proof_invalid" "meta.config.app_secret"];
    29 "undelivered" Message ["131026" "131047" "131049" "131050"] [
        "meta.policy.undeliverable" "meta.policy.held_back" "meta.policy.opted_out"
    ];
    30 "outside-window" Message ["10/2018278" "10/2534022" "551/1545041"] [
        "meta.policy.outside_window" "meta.policy.person_unavailable"
    ];
    31 "signature" Unchanged [] [
        "webhook.wrong_signature" "webhook.missing_signature" "webhook.malformed_signature" "webhook.sha1_only"
    ];
    32 "twice" Unchanged [] [];
    33 "wrong-business" Asset [] ["asset.held_elsewhere" "asset.login_too_old" "asset.no_control" "asset.moved_away"];
    34 "popup-silent" NotMade [] ["oauth.popup_cut_off" "signup.unheard"];
    35 "signup-error" NotMade [] ["signup.refused"];
    36 "garbage-token" NotMade ["190"] [
        "connect.token_invalid" "connect.token_of_other_app" "meta.code.no_token" "meta.code.invalid"
        "meta.token.malformed" "meta.token.missing" "paste.invalid" "paste.other_app" "paste.wrong_kind"
    ];
    37 "no-history" Asset ["2593107" "2593108" "2593109"] ["meta.number.sync_over" "number.sync_over" "number.history_declined"];
    38 "no-ads" Unchanged [] [];
};
