//! Saying to people what happened, why, and what to do. The stable code is the name of the message.

use super::{
    BadRequestProblem as Bad, ConfigProblem as Config, CredentialProblem as Credential, Garble, LimitScope as Limited,
    MetaError, MetaErrorKind as Kind, PolicyProblem as Policy, Unreachability, explain_number,
};
use crate::{explanation::Explanation, words::failures::meta as failures};

impl MetaError {
    /// This failure in words for people.
    pub fn explain(&self) -> Explanation {
        match self.kind {
            Kind::Limit(Limited::Registration) => explain_number::registration(self.code, self.retry_after),
            kind => kind.explain(),
        }
    }

    /// The stable name of this failure, such as `meta.token.password_changed`.
    pub fn stable_code(&self) -> &'static str {
        match self.explain().code {
            std::borrow::Cow::Borrowed(code) => code,
            std::borrow::Cow::Owned(_) => "meta",
        }
    }
}

impl Kind {
    /// This kind of failure in words for people.
    pub fn explain(self) -> Explanation {
        match self {
            Self::Credential(problem) => credential(problem),
            Self::Permission => failures::permission_missing(),
            Self::Limit(scope) => limit(scope),
            Self::Transient => failures::busy(),
            Self::BadRequest(problem) => bad_request(problem),
            Self::Policy(problem) => policy(problem),
            Self::NotFound => failures::not_found(),
            Self::Configuration(problem) => configuration(problem),
            Self::Unreachable(problem) => unreachable(problem),
            Self::Unintelligible(problem) => garble(problem),
        }
    }
}

fn credential(problem: Credential) -> Explanation {
    match problem {
        Credential::Expired => failures::token_expired(),
        Credential::PasswordChanged => failures::token_password_changed(),
        Credential::Checkpoint => failures::token_checkpoint(),
        Credential::Unconfirmed => failures::token_unconfirmed(),
        Credential::LoggedOut => failures::token_logged_out(),
        Credential::AppRemoved => failures::token_app_removed(),
        Credential::PageRoleLost => failures::token_page_role_lost(),
        Credential::Malformed => failures::token_malformed(),
        Credential::Missing => failures::token_missing(),
        Credential::Invalid => failures::token_invalid(),
    }
}

fn limit(scope: Limited) -> Explanation {
    match scope {
        Limited::App => failures::limit_app(),
        Limited::Person => failures::limit_person(),
        Limited::Asset => failures::limit_asset(),
        Limited::Throughput => failures::limit_throughput(),
        Limited::Recipient => failures::limit_recipient(),
        Limited::Spam => failures::limit_spam(),
        Limited::Registration => explain_number::registration(None, None),
    }
}

fn configuration(problem: Config) -> Explanation {
    match problem {
        Config::AppSecret => failures::config_app_secret(),
        Config::AppId => failures::config_app_id(),
        Config::AppInactive => failures::config_app_inactive(),
        Config::Capability => failures::config_capability(),
        Config::RedirectUri => failures::config_redirect_uri(),
        Config::ProofMissing => failures::config_proof_missing(),
        Config::ProofInvalid => failures::config_proof_invalid(),
        Config::WebhookHandshake => failures::config_webhook_handshake(),
        Config::Version => failures::config_version(),
    }
}

fn unreachable(problem: Unreachability) -> Explanation {
    match problem {
        Unreachability::Connect => failures::unreachable_connect(),
        Unreachability::Timeout => failures::unreachable_timeout(),
        Unreachability::Interrupted => failures::unreachable_interrupted(),
    }
}

fn garble(problem: Garble) -> Explanation {
    match problem {
        Garble::Html | Garble::NotJson | Garble::Redirect => failures::answer_not_data(),
        Garble::Truncated => failures::answer_truncated(),
        Garble::WrongType => failures::answer_wrong_type(),
        Garble::TooLarge => failures::answer_too_large(),
        Garble::Endless => failures::answer_endless(),
    }
}

fn bad_request(problem: Bad) -> Explanation {
    match problem {
        Bad::RedirectMismatch => failures::code_redirect_mismatch(),
        Bad::CodeUsed => failures::code_used(),
        Bad::CodeExpired => failures::code_expired(),
        Bad::CodeInvalid => failures::code_invalid(),
        Bad::NoToken => failures::code_no_token(),
        Bad::Parameter | Bad::UnknownField | Bad::BatchTooLarge | Bad::Other => failures::request_refused(),
        Bad::TooMuchData => failures::request_too_much(),
        Bad::OverrideBeforeSubscription => failures::webhook_override_too_early(),
        Bad::WrongPin => failures::number_wrong_pin(),
        Bad::NumberUnverified => failures::number_unverified(),
        Bad::CodeNotSent => failures::number_code_not_sent(),
        Bad::WrongCode => failures::number_wrong_code(),
        Bad::NumberNotRegistered => failures::number_not_registered(),
        Bad::DeregistrationUnfinished => failures::number_deregistration_unfinished(),
        Bad::SyncOver => failures::number_sync_over(),
        Bad::Template => failures::message_template(),
        Bad::Media => failures::message_media(),
        Bad::EmptyMessage => failures::message_empty(),
        Bad::UnknownRecipient => failures::message_unknown_recipient(),
        Bad::SelfMessage => failures::message_self(),
        Bad::Duplicate => failures::request_duplicate(),
    }
}

fn policy(problem: Policy) -> Explanation {
    match problem {
        Policy::OutsideWindow => failures::policy_outside_window(),
        Policy::PersonUnavailable => failures::policy_person_unavailable(),
        Policy::Undeliverable => failures::policy_undeliverable(),
        Policy::HeldBack => failures::policy_held_back(),
        Policy::OptedOut => failures::policy_opted_out(),
        Policy::Payment => failures::policy_payment(),
        Policy::AccountLocked => failures::policy_account_locked(),
        Policy::PageRestricted => failures::policy_page_restricted(),
        Policy::ActionBlocked => failures::policy_action_blocked(),
        Policy::Country => failures::policy_country(),
        Policy::DisplayName => failures::policy_display_name(),
        Policy::TestRecipient => failures::policy_test_recipient(),
        Policy::TemplatePaused => failures::policy_template_paused(),
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
