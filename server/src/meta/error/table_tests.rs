#![allow(clippy::unwrap_used)]
//! Every code of the Meta reference §4.1, §4.9, §6.3, §8.4 and §9.2 has a line here.

use super::*;
use crate::{
    meta::error::MetaError,
    words::{Language, failures::Effect},
};

fn fault(code: i64, subcode: Option<i64>, message: &str) -> Fault {
    Fault { code: Some(code), subcode, message: message.to_owned(), ..Fault::default() }
}

fn kind(code: i64, subcode: Option<i64>, message: &str) -> Kind {
    classify(&fault(code, subcode, message), Some(400), Context::Token)
}

#[rustfmt::skip]
const CASES: &[(i64, Option<i64>, &str, Kind)] = &[
    // §4.1
    (100, Some(36_008), "Please make sure your redirect_uri is identical", Kind::BadRequest(Bad::RedirectMismatch)),
    (100, Some(36_009), "This authorization code has been used.", Kind::BadRequest(Bad::CodeUsed)),
    (100, Some(36_007), "This authorization code has expired.", Kind::BadRequest(Bad::CodeExpired)),
    (100, None, "Invalid verification code format.", Kind::BadRequest(Bad::CodeInvalid)),
    (100, None, "Error validating verification code", Kind::BadRequest(Bad::CodeInvalid)),
    (191, None, "Missing redirect_uri parameter.", Kind::Configuration(Config::RedirectUri)),
    (1, None, "Error validating client secret.", Kind::Configuration(Config::AppSecret)),
    (101, None, "Error validating application. Invalid application ID.", Kind::Configuration(Config::AppId)),
    (101, None, "Error validating application. Cannot get application info due to a system error.", Kind::Configuration(Config::AppId)),
    // §4.7
    (100, None, "API calls from the server require an appsecret_proof argument", Kind::Configuration(Config::ProofMissing)),
    (100, None, "Invalid appsecret_proof provided in the API argument", Kind::Configuration(Config::ProofInvalid)),
    // §4.9
    (190, Some(458), "The user has not authorized application 123.", Kind::Credential(Credential::AppRemoved)),
    (190, Some(459), "The session has been invalidated because the user … checkpoint", Kind::Credential(Credential::Checkpoint)),
    (190, Some(460), "the user changed their password", Kind::Credential(Credential::PasswordChanged)),
    (190, Some(463), "Session has expired on Tuesday, 14-Jan-25 07:00:00 PST.", Kind::Credential(Credential::Expired)),
    (190, Some(464), "the user is not a confirmed user.", Kind::Credential(Credential::Unconfirmed)),
    (190, Some(467), "The session is invalid because the user logged out.", Kind::Credential(Credential::LoggedOut)),
    (190, Some(492), "The user does not have the necessary Page role", Kind::Credential(Credential::PageRoleLost)),
    (190, None, "Invalid OAuth access token - Cannot parse access token", Kind::Credential(Credential::Malformed)),
    (190, None, "Malformed access token AAA", Kind::Credential(Credential::Malformed)),
    (190, None, "Bad signature", Kind::Credential(Credential::Malformed)),
    (190, Some(999), "Error validating access token", Kind::Credential(Credential::Invalid)),
    (2500, None, "An active access token must be used to query information about the current user.", Kind::Credential(Credential::Missing)),
    (104, None, "An access token is required to request this resource.", Kind::Credential(Credential::Missing)),
    (102, None, "Session key invalid", Kind::Credential(Credential::Invalid)),
    (0, None, "AuthException", Kind::Credential(Credential::Invalid)),
    // §5.6, §5.7
    (100, Some(33), "Unsupported get request. Object with ID '123' does not exist", Kind::NotFound),
    (100, None, "(#100) Tried accessing nonexisting field (foo) on node type (Page)", Kind::BadRequest(Bad::UnknownField)),
    (100, None, "Too many requests in batch message. Maximum batch size is 50", Kind::BadRequest(Bad::BatchTooLarge)),
    // §6
    (200, None, "(#200) To subscribe to the messages field, one of these permissions is needed", Kind::Permission),
    (100, None, "(#100) Param subscribed_fields[2] must be one of {feed}", Kind::BadRequest(Bad::Parameter)),
    (2200, None, "(#2200) Callback verification failed", Kind::Configuration(Config::WebhookHandshake)),
    (100, None, "(#100) Before override the current callback uri, your app must be subscribed", Kind::BadRequest(Bad::OverrideBeforeSubscription)),
    (133_000, None, "", Kind::BadRequest(Bad::DeregistrationUnfinished)),
    (133_004, None, "", Kind::Transient),
    (133_005, None, "", Kind::BadRequest(Bad::WrongPin)),
    (133_006, None, "", Kind::BadRequest(Bad::NumberUnverified)),
    (133_008, None, "", Kind::Limit(Limited::Registration)),
    (133_009, None, "", Kind::Limit(Limited::Registration)),
    (133_010, None, "", Kind::BadRequest(Bad::NumberNotRegistered)),
    (133_015, None, "", Kind::Transient),
    (133_016, None, "", Kind::Limit(Limited::Registration)),
    // §8.4
    (10, Some(2_018_278), "(#10) This message is sent outside of allowed window.", Kind::Policy(Policy::OutsideWindow)),
    (10, Some(2_534_022), "", Kind::Policy(Policy::OutsideWindow)),
    (10, Some(2_018_065), "", Kind::Policy(Policy::OutsideWindow)),
    (10, Some(2_018_108), "", Kind::Policy(Policy::OutsideWindow)),
    (10, Some(1_893_063), "", Kind::Policy(Policy::PageRestricted)),
    (551, Some(1_545_041), "(#551) This person isn't available right now.", Kind::Policy(Policy::PersonUnavailable)),
    (200, Some(1_545_041), "", Kind::Policy(Policy::PersonUnavailable)),
    (100, Some(2_018_001), "(#100) No matching user found", Kind::BadRequest(Bad::UnknownRecipient)),
    (100, Some(2_534_014), "", Kind::BadRequest(Bad::UnknownRecipient)),
    (100, Some(2_018_047), "", Kind::BadRequest(Bad::Media)),
    (100, Some(2_018_034), "", Kind::BadRequest(Bad::EmptyMessage)),
    (200, None, "", Kind::Permission),
    (10, None, "", Kind::Permission),
    (230, None, "", Kind::Permission),
    (1, Some(99), "", Kind::Transient),
    (1, Some(1_357_046), "", Kind::Transient),
    (2, Some(2_018_344), "", Kind::Transient),
    (4, Some(2_018_354), "", Kind::Limit(Limited::Asset)),
    (9, Some(2_018_352), "", Kind::Limit(Limited::Asset)),
    (131_047, None, "", Kind::Policy(Policy::OutsideWindow)),
    (131_026, None, "", Kind::Policy(Policy::Undeliverable)),
    (131_049, None, "", Kind::Policy(Policy::HeldBack)),
    (131_050, None, "", Kind::Policy(Policy::OptedOut)),
    (131_042, None, "", Kind::Policy(Policy::Payment)),
    (131_021, None, "", Kind::BadRequest(Bad::SelfMessage)),
    (131_031, None, "", Kind::Policy(Policy::AccountLocked)),
    (368, None, "", Kind::Policy(Policy::ActionBlocked)),
    (130_497, None, "", Kind::Policy(Policy::Country)),
    (131_037, None, "", Kind::Policy(Policy::DisplayName)),
    (132_000, None, "", Kind::BadRequest(Bad::Template)),
    (132_001, None, "", Kind::BadRequest(Bad::Template)),
    (132_005, None, "", Kind::BadRequest(Bad::Template)),
    (132_007, None, "", Kind::BadRequest(Bad::Template)),
    (132_012, None, "", Kind::BadRequest(Bad::Template)),
    (132_015, None, "", Kind::Policy(Policy::TemplatePaused)),
    (132_016, None, "", Kind::Policy(Policy::TemplatePaused)),
    (131_030, None, "", Kind::Policy(Policy::TestRecipient)),
    (33, None, "", Kind::NotFound),
    // §9.2
    (1, None, "An unknown error occurred", Kind::Transient),
    (1, None, "Please reduce the amount of data you're asking for, then retry your request", Kind::BadRequest(Bad::TooMuchData)),
    (2, None, "", Kind::Transient),
    (3, None, "", Kind::Configuration(Config::Capability)),
    (4, None, "(#4) Application request limit reached", Kind::Limit(Limited::App)),
    (17, None, "(#17) User request limit reached", Kind::Limit(Limited::Person)),
    (32, None, "(#32) Page request limit reached", Kind::Limit(Limited::Asset)),
    (80_000, None, "", Kind::Limit(Limited::Asset)),
    (80_001, None, "", Kind::Limit(Limited::Asset)),
    (80_002, None, "", Kind::Limit(Limited::Asset)),
    (80_003, None, "", Kind::Limit(Limited::Asset)),
    (80_004, None, "", Kind::Limit(Limited::Asset)),
    (80_005, None, "", Kind::Limit(Limited::Asset)),
    (80_006, None, "", Kind::Limit(Limited::Asset)),
    (80_007, None, "", Kind::Limit(Limited::Asset)),
    (80_008, None, "", Kind::Limit(Limited::Asset)),
    (80_009, None, "", Kind::Limit(Limited::Asset)),
    (80_014, None, "", Kind::Limit(Limited::Asset)),
    (100, None, "(#100) Invalid parameter", Kind::BadRequest(Bad::Parameter)),
    (299, None, "", Kind::Permission),
    (341, None, "", Kind::Limit(Limited::App)),
    (506, None, "", Kind::BadRequest(Bad::Duplicate)),
    (613, None, "(#613) Calls to this api have exceeded the rate limit.", Kind::Limit(Limited::Asset)),
    (613, Some(1996), "", Kind::Limit(Limited::Asset)),
    (803, None, "(#803) Some of the aliases you requested do not exist: foo", Kind::NotFound),
    (2500, None, "Syntax error \"Expected end of string\"", Kind::BadRequest(Bad::Parameter)),
    (2500, None, "Unknown path components: /v99.0", Kind::Configuration(Config::Version)),
    (2635, None, "", Kind::Configuration(Config::Version)),
    (130_429, None, "", Kind::Limit(Limited::Throughput)),
    (131_048, None, "", Kind::Limit(Limited::Spam)),
    (131_056, None, "", Kind::Limit(Limited::Recipient)),
    (131_000, None, "", Kind::Transient),
    (131_016, None, "", Kind::Transient),
    (131_057, None, "", Kind::Transient),
    (131_005, None, "", Kind::Permission),
    (131_045, None, "", Kind::BadRequest(Bad::NumberNotRegistered)),
    (134_102, None, "", Kind::Transient),
    (1_752_041, None, "", Kind::BadRequest(Bad::Duplicate)),
    (2_593_107, None, "", Kind::BadRequest(Bad::SyncOver)),
    (2_593_108, None, "", Kind::BadRequest(Bad::SyncOver)),
    (2_593_109, None, "", Kind::BadRequest(Bad::SyncOver)),
    (1_349_126, None, "App not active", Kind::Configuration(Config::AppInactive)),
    (1_349_187, None, "", Kind::Configuration(Config::AppInactive)),
];

#[test]
fn every_code_of_the_reference_is_classified() {
    for (code, subcode, message, expected) in CASES {
        assert_eq!(kind(*code, *subcode, message), *expected, "{code}/{subcode:?} {message}");
    }
}

#[test]
fn every_line_of_the_table_is_reached() {
    // A line that stands behind a more general one would never count.
    let contexts = [Context::Token, Context::AppToken];
    for (index, row) in TABLE.iter().enumerate() {
        let reached = contexts.iter().filter(|context| row.context.is_none_or(|c| c == **context)).any(|context| {
            (row.from..=row.to).any(|code| {
                let fault = fault(code, row.subcode, row.says);
                let first = TABLE.iter().position(|other| {
                    (other.from..=other.to).contains(&code)
                        && (other.subcode.is_none() || other.subcode == fault.subcode)
                        && (other.context.is_none() || other.context == Some(*context))
                        && fault.message.contains(other.says)
                });
                first == Some(index)
            })
        });
        assert!(reached, "line {index} ({}..={} {:?} {:?}) is never reached", row.from, row.to, row.subcode, row.says);
    }
}

#[test]
fn a_transient_flag_turns_a_refusal_into_a_passing_fault() {
    let mut passing = fault(100, None, "odd");
    passing.is_transient = true;
    assert_eq!(classify(&passing, Some(500), Context::Token), Kind::Transient);
}

#[test]
fn a_throttle_stays_one_although_meta_calls_it_transient() {
    let mut throttle = fault(4, None, "(#4) Application request limit reached");
    throttle.is_transient = true;
    assert_eq!(classify(&throttle, Some(400), Context::Token), Kind::Limit(Limited::App));
}

#[test]
fn the_app_s_token_speaks_of_the_set_up() {
    let refused = fault(190, Some(463), "expired");
    assert_eq!(classify(&refused, Some(400), Context::Token), Kind::Credential(Credential::Expired));
    assert_eq!(classify(&refused, Some(400), Context::AppToken), Kind::Configuration(Config::AppSecret));
}

#[test]
fn code_one_is_an_outage_unless_it_speaks_of_the_secret() {
    assert_eq!(kind(1, None, "Error validating client secret."), Kind::Configuration(Config::AppSecret));
    for outage in ["An unknown error occurred", "Please retry your request later.", ""] {
        assert_eq!(kind(1, None, outage), Kind::Transient, "{outage}");
    }
}

#[test]
fn without_a_known_code_the_status_decides() {
    let of = |status| classify(&fault(987_654, None, ""), Some(status), Context::Token);
    assert_eq!(of(400), Kind::BadRequest(Bad::Other));
    assert_eq!(of(401), Kind::BadRequest(Bad::Other), "only known codes may end a connection");
    assert_eq!(of(403), Kind::Permission);
    assert_eq!(of(404), Kind::NotFound);
    assert_eq!(of(429), Kind::Limit(Limited::App));
    assert_eq!(of(500), Kind::Transient);
    assert_eq!(classify(&Fault::default(), None, Context::Token), Kind::BadRequest(Bad::Other));
}

/// When a call that got this answer may be repeated.
#[derive(Debug, PartialEq, Eq)]
enum Again {
    /// In a moment.
    Soon,
    /// When Meta allows it, some time later.
    Later,
    /// Only after somebody has done something.
    Never,
}

fn again(error: &MetaError) -> Again {
    match error.kind {
        Kind::Limit(_) | Kind::Policy(Policy::ActionBlocked) => Again::Later,
        _ if error.is_passing() => Again::Soon,
        _ => Again::Never,
    }
}

#[test]
fn every_code_has_words_in_every_language_and_an_effect_that_fits_its_kind() {
    for (code, subcode, message, _) in CASES {
        let error = MetaError::from_fault(&fault(*code, *subcode, message), Some(400), Context::Token, &[]);
        let explanation = error.explain();
        let (again, effect) = (again(&error), explanation.effect());
        let name = format!("{code}/{subcode:?}: {} {again:?} {effect:?}", explanation.code);
        assert_ne!(effect, Effect::None, "{name}");
        assert_eq!(effect == Effect::Ended, error.is_credential(), "{name}");
        match again {
            Again::Soon => assert_eq!(effect, Effect::Waits, "{name}"),
            Again::Later => assert!(matches!(effect, Effect::Waits | Effect::Message | Effect::Asset), "{name}"),
            Again::Never => assert_ne!(effect, Effect::Waits, "{name}"),
        }
        let told: std::collections::BTreeSet<String> = Language::ALL
            .into_iter()
            .map(|language| explanation.told(language))
            .map(|told| [told.what, told.why, told.todo, told.effect].map(|text| format!("{text}\n")).concat())
            .collect();
        assert!(told.len() == 3 && told.iter().all(|text| !text.contains("\n\n")), "{name}: {told:#?}");
    }
}

#[test]
fn throttles_outages_and_refusals_end_nothing() {
    // Every code that the table knows, and every status that an answer without a known code may have.
    for row in TABLE {
        for code in row.from..=row.to {
            for context in [Context::Token, Context::AppToken] {
                let error = MetaError::from_fault(&fault(code, row.subcode, row.says), Some(400), context, &[]);
                let about_token = [0, 102, 104, 190, 2500].contains(&code) && context != Context::AppToken;
                assert!(about_token || !error.is_credential(), "{code}/{:?} {context:?}", row.subcode);
            }
        }
    }
    for status in 100..600 {
        assert!(!MetaError::bare(status).is_credential(), "{status}");
    }
}
