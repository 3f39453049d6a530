#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use super::*;
use crate::{
    meta::{BadRequestProblem, PolicyProblem},
    words::{Language, failures::Effect},
};

#[rustfmt::skip]
const KINDS: &[Kind] = &[
    Kind::Permission, Kind::Transient, Kind::NotFound,
    Kind::Credential(Credential::Expired),
    Kind::Credential(Credential::PasswordChanged),
    Kind::Credential(Credential::Checkpoint),
    Kind::Credential(Credential::Unconfirmed),
    Kind::Credential(Credential::LoggedOut),
    Kind::Credential(Credential::AppRemoved),
    Kind::Credential(Credential::PageRoleLost),
    Kind::Credential(Credential::Malformed),
    Kind::Credential(Credential::Missing),
    Kind::Credential(Credential::Invalid),
    Kind::Limit(Limited::App),
    Kind::Limit(Limited::Person),
    Kind::Limit(Limited::Asset),
    Kind::Limit(Limited::Throughput),
    Kind::Limit(Limited::Recipient),
    Kind::Limit(Limited::Spam),
    Kind::Limit(Limited::Registration),
    Kind::BadRequest(BadRequestProblem::RedirectMismatch),
    Kind::BadRequest(BadRequestProblem::CodeUsed),
    Kind::BadRequest(BadRequestProblem::CodeExpired),
    Kind::BadRequest(BadRequestProblem::CodeInvalid),
    Kind::BadRequest(BadRequestProblem::NoToken),
    Kind::BadRequest(BadRequestProblem::Parameter),
    Kind::BadRequest(BadRequestProblem::UnknownField),
    Kind::BadRequest(BadRequestProblem::TooMuchData),
    Kind::BadRequest(BadRequestProblem::BatchTooLarge),
    Kind::BadRequest(BadRequestProblem::OverrideBeforeSubscription),
    Kind::BadRequest(BadRequestProblem::WrongPin),
    Kind::BadRequest(BadRequestProblem::NumberUnverified),
    Kind::BadRequest(BadRequestProblem::CodeNotSent),
    Kind::BadRequest(BadRequestProblem::WrongCode),
    Kind::BadRequest(BadRequestProblem::NumberNotRegistered),
    Kind::BadRequest(BadRequestProblem::DeregistrationUnfinished),
    Kind::BadRequest(BadRequestProblem::SyncOver),
    Kind::BadRequest(BadRequestProblem::Template),
    Kind::BadRequest(BadRequestProblem::Media),
    Kind::BadRequest(BadRequestProblem::EmptyMessage),
    Kind::BadRequest(BadRequestProblem::UnknownRecipient),
    Kind::BadRequest(BadRequestProblem::SelfMessage),
    Kind::BadRequest(BadRequestProblem::Duplicate),
    Kind::BadRequest(BadRequestProblem::Other),
    Kind::Policy(PolicyProblem::OutsideWindow),
    Kind::Policy(PolicyProblem::PersonUnavailable),
    Kind::Policy(PolicyProblem::Undeliverable),
    Kind::Policy(PolicyProblem::HeldBack),
    Kind::Policy(PolicyProblem::OptedOut),
    Kind::Policy(PolicyProblem::Payment),
    Kind::Policy(PolicyProblem::AccountLocked),
    Kind::Policy(PolicyProblem::PageRestricted),
    Kind::Policy(PolicyProblem::ActionBlocked),
    Kind::Policy(PolicyProblem::Country),
    Kind::Policy(PolicyProblem::DisplayName),
    Kind::Policy(PolicyProblem::TestRecipient),
    Kind::Policy(PolicyProblem::TemplatePaused),
    Kind::Configuration(Config::AppSecret),
    Kind::Configuration(Config::AppId),
    Kind::Configuration(Config::AppInactive),
    Kind::Configuration(Config::Capability),
    Kind::Configuration(Config::RedirectUri),
    Kind::Configuration(Config::ProofMissing),
    Kind::Configuration(Config::ProofInvalid),
    Kind::Configuration(Config::WebhookHandshake),
    Kind::Configuration(Config::Version),
    Kind::Unreachable(Unreachability::Connect),
    Kind::Unreachable(Unreachability::Timeout),
    Kind::Unreachable(Unreachability::Interrupted),
    Kind::Unintelligible(Garble::Html),
    Kind::Unintelligible(Garble::Truncated),
    Kind::Unintelligible(Garble::NotJson),
    Kind::Unintelligible(Garble::WrongType),
    Kind::Unintelligible(Garble::TooLarge),
    Kind::Unintelligible(Garble::Redirect),
    Kind::Unintelligible(Garble::Endless),
];

#[test]
fn every_kind_is_told_in_plain_words() {
    for kind in KINDS {
        let explanation = kind.explain();
        assert!(explanation.code.starts_with("meta."), "{explanation:?}");
        assert!(explanation.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_'), "{explanation:?}");
        for language in Language::ALL {
            let told = explanation.told(language);
            for text in [told.what, told.why, told.todo, told.effect] {
                assert!(text.ends_with('.'), "{text}");
                assert!(!text.contains('!') && !text.contains("  ") && !text.contains('{'), "{text}");
                let lower = text.to_lowercase();
                for word in ["sorry", "please", "oops", "error", "invalid", "token expired", "null"] {
                    assert!(!lower.contains(word), "{word:?} in {text}");
                }
            }
        }
    }
}

#[test]
fn only_answers_about_the_credential_end_a_connection() {
    for kind in KINDS {
        let ends = kind.explain().effect() == Effect::Ended;
        assert_eq!(ends, MetaError::own(*kind, "x").is_credential(), "{kind:?}");
    }
}

#[test]
fn there_are_many_explanations() {
    let codes: BTreeSet<&str> = KINDS.iter().map(|kind| MetaError::own(*kind, "x").stable_code()).collect();
    assert!(codes.len() > 45, "{}", codes.len());
}
