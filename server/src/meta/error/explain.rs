//! Saying to people what happened, why, and what to do. The stable code is the key under which other languages hang.

use super::{
    ConfigProblem as Config, CredentialProblem as Credential, Garble, LimitScope as Limited, MetaError,
    MetaErrorKind as Kind, Unreachability, explain_number, explain_request,
};
use crate::explanation::Explanation;

pub(super) const fn say(code: &'static str, what: &'static str, why: &'static str, todo: &'static str) -> Explanation {
    Explanation::new(code, what, why, todo)
}

const CONNECT_AGAIN: &str = "Press Connect with Meta and sign in again. Your assets and history stay as they are.";

impl MetaError {
    /// This failure in words for people.
    pub fn explain(&self) -> Explanation {
        match self.kind {
            Kind::Credential(problem) => credential(problem),
            Kind::Permission => say(
                "meta.permission.missing",
                "Meta did not allow this.",
                "A permission was not granted, or the person who connected has no role on this asset, or the app is \
                 still in development mode.",
                "Connect again, accept every permission, and choose this asset in Meta's window. If that does not help, \
                 ask an administrator of the asset to connect.",
            ),
            Kind::Limit(Limited::Registration) => explain_number::registration(self.code, self.retry_after),
            Kind::Limit(scope) => limit(scope),
            Kind::Transient => say(
                "meta.busy",
                "Meta could not answer just now.",
                "Meta reports a passing fault on its side.",
                "Try again in a minute. If it lasts, look at metastatus.com.",
            ),
            Kind::BadRequest(problem) => explain_request::bad_request(problem),
            Kind::Policy(problem) => explain_request::policy(problem),
            Kind::NotFound => say(
                "meta.not_found",
                "Meta does not find this any more.",
                "It was deleted, or the person who connected can no longer see it.",
                "Check in Meta Business Suite that it exists and that you have a role on it, then connect again.",
            ),
            Kind::Configuration(problem) => configuration(problem),
            Kind::Unreachable(problem) => unreachable(problem),
            Kind::Unintelligible(problem) => garble(problem),
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

fn credential(problem: Credential) -> Explanation {
    match problem {
        Credential::Expired => say(
            "meta.token.expired",
            "Access to Meta has ended.",
            "Meta gives access for a limited time, and that time is over.",
            CONNECT_AGAIN,
        ),
        Credential::PasswordChanged => say(
            "meta.token.password_changed",
            "Access to Meta has ended.",
            "The Facebook password was changed, or Meta ended all sessions to keep the account safe.",
            CONNECT_AGAIN,
        ),
        Credential::Checkpoint => say(
            "meta.token.checkpoint",
            "Meta has paused access.",
            "Meta wants the person who connected to pass a security check.",
            "Sign in at facebook.com, follow the steps shown there, then connect again here.",
        ),
        Credential::Unconfirmed => say(
            "meta.token.unconfirmed",
            "Meta has paused access.",
            "The Facebook account of the person who connected is not confirmed.",
            "Confirm the account at facebook.com, then connect again here.",
        ),
        Credential::LoggedOut => say(
            "meta.token.logged_out",
            "Access to Meta has ended.",
            "The person who connected logged out of Facebook, which ended this session too.",
            CONNECT_AGAIN,
        ),
        Credential::AppRemoved => say(
            "meta.token.app_removed",
            "Access to Meta was withdrawn.",
            "The app was removed in the settings of Facebook or of the business portfolio.",
            "If that was a mistake, press Connect with Meta and allow access again.",
        ),
        Credential::PageRoleLost => say(
            "meta.token.page_role_lost",
            "Access to this Page has ended.",
            "The person who connected no longer has a role on the Page.",
            "Ask an administrator of the Page to give the role back, or to connect here.",
        ),
        Credential::Malformed => say(
            "meta.token.malformed",
            "Meta does not recognise the stored access.",
            "The token is damaged or belongs to another app.",
            CONNECT_AGAIN,
        ),
        Credential::Missing => say(
            "meta.token.missing",
            "Meta asked for access that was not there.",
            "No usable token went with the call.",
            CONNECT_AGAIN,
        ),
        Credential::Invalid => say(
            "meta.token.invalid",
            "Meta no longer accepts the stored access.",
            "Meta gives no reason. Mostly a password, a role or a security setting was changed.",
            CONNECT_AGAIN,
        ),
    }
}

fn limit(scope: Limited) -> Explanation {
    let wait = "Nothing is lost. Work goes on by itself when Meta allows it, at the latest within the hour.";
    match scope {
        Limited::App => {
            say("meta.limit.app", "Meta asks for a pause.", "The app has used up its calls for this hour.", wait)
        }
        Limited::Person => say(
            "meta.limit.person",
            "Meta asks for a pause.",
            "Too many calls were made for the person who connected.",
            wait,
        ),
        Limited::Asset => {
            say("meta.limit.asset", "Meta asks for a pause.", "Too many calls were made for this asset.", wait)
        }
        Limited::Throughput => say(
            "meta.limit.throughput",
            "Messages wait for a moment.",
            "This number sends as fast as Meta allows.",
            "Nothing to do: waiting messages follow by themselves.",
        ),
        Limited::Recipient => say(
            "meta.limit.recipient",
            "Messages to this customer wait for a moment.",
            "Many messages went to one person in a short time.",
            "Wait a little before you write to this customer again.",
        ),
        Limited::Spam => say(
            "meta.limit.spam",
            "Meta holds back messages from this number.",
            "Too many people blocked or reported earlier messages.",
            "Stop marketing messages and look at the number's quality in WhatsApp Manager.",
        ),
        Limited::Registration => explain_number::registration(None, None),
    }
}

fn configuration(problem: Config) -> Explanation {
    match problem {
        Config::AppSecret => say(
            "meta.config.app_secret",
            "Meta does not accept the app's secret.",
            "The app secret does not belong to the App ID, or it was replaced in the app dashboard.",
            "Copy App ID and app secret again from App settings, Basic, in the app dashboard.",
        ),
        Config::AppId => say(
            "meta.config.app_id",
            "Meta does not know the app.",
            "The App ID is wrong. A configuration id may stand in its place.",
            "Copy the App ID from App settings, Basic, in the app dashboard.",
        ),
        Config::AppInactive => say(
            "meta.config.app_inactive",
            "The app is not available at Meta.",
            "It is not published, is restricted, or has open tasks in its dashboard.",
            "Open the app dashboard, finish what it asks for, and publish the app.",
        ),
        Config::Capability => say(
            "meta.config.capability",
            "The app may not make this call.",
            "The app lacks a product or an access level at Meta.",
            "Add the product in the app dashboard, or request Advanced Access in App Review.",
        ),
        Config::RedirectUri => say(
            "meta.config.redirect_uri",
            "Meta does not accept the return address.",
            "It is missing in the call or not listed in the app.",
            "Add the exact address shown on the set-up page to Valid OAuth redirect URIs in Facebook Login, Settings.",
        ),
        Config::ProofMissing => say(
            "meta.config.proof_missing",
            "Meta wants proof that the call comes from the server.",
            "The app requires an app secret proof, and this call had none.",
            "Check that the app secret is set on the set-up page.",
        ),
        Config::ProofInvalid => say(
            "meta.config.proof_invalid",
            "Meta does not accept the app's proof.",
            "The app secret was replaced in the app dashboard, or belongs to another app.",
            "Copy the app secret again from App settings, Basic, in the app dashboard.",
        ),
        Config::WebhookHandshake => say(
            "meta.config.webhook_handshake",
            "Meta could not verify the webhook address.",
            "The address cannot be reached from outside over https, or the verify token differs.",
            "Open the address from another network, check its certificate, and compare the verify token.",
        ),
        Config::Version => say(
            "meta.config.version",
            "Meta no longer offers this API version for the call.",
            "The version in the settings is too old, or does not exist.",
            "Set a current Graph API version on the set-up page.",
        ),
    }
}

fn unreachable(problem: Unreachability) -> Explanation {
    match problem {
        Unreachability::Connect => say(
            "meta.unreachable.connect",
            "Meta cannot be reached.",
            "No connection could be made from this server.",
            "Check the server's network, name resolution and firewall, then try again.",
        ),
        Unreachability::Timeout => say(
            "meta.unreachable.timeout",
            "Meta did not answer in time.",
            "Meta is slow or the connection is.",
            "Try again in a minute.",
        ),
        Unreachability::Interrupted => say(
            "meta.unreachable.interrupted",
            "The connection to Meta broke.",
            "It ended before Meta's answer was complete.",
            "Try again in a minute.",
        ),
    }
}

fn garble(problem: Garble) -> Explanation {
    let todo = "Try again in a few minutes. If it lasts, send the operator the time and this code.";
    match problem {
        Garble::Html | Garble::NotJson | Garble::Redirect => say(
            "meta.answer.not_data",
            "Meta answered with something that is not data.",
            "Meta has a fault, or a proxy between this server and Meta answers in its place.",
            "Try again in a few minutes. If it lasts, check proxies and the Graph address in the settings.",
        ),
        Garble::Truncated => {
            say("meta.answer.truncated", "Meta's answer broke off.", "The connection ended too early.", todo)
        }
        Garble::WrongType => say(
            "meta.answer.wrong_type",
            "Meta's answer has an unexpected shape.",
            "Meta may have changed its interface, or the API version is not the one Attaché was tested with.",
            todo,
        ),
        Garble::TooLarge => say(
            "meta.answer.too_large",
            "Meta's answer is too large.",
            "An answer of more than 8 MB was refused to protect this server.",
            todo,
        ),
        Garble::Endless => say(
            "meta.answer.endless",
            "Meta sent a list of results that never ends.",
            "The same results came again, or there are more than can be real.",
            "What was read before is kept. Try again; if it happens again, choose fewer assets in Meta's window.",
        ),
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
