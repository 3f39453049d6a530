//! What the answers prove about an asset.

use url::Url;

use super::{
    ask::Answers,
    state::{AssetHealth, Callback, CallbackLevel},
};
use crate::{
    asset_kind::AssetKind,
    connect::{
        credentials::Tokens,
        elsewhere,
        prove::{self, Finding},
    },
    db::assets::Asset,
    explanation::Explanation,
    meta::{
        INSTAGRAM_FIELDS, MetaError, MetaErrorKind, NumberState, PAGE_FIELDS, Permission, TokenFacts,
        WebhookConfiguration,
    },
    words::failures::{assets, connect as failures, upkeep},
};

/// What all assets of a round are judged by.
pub(super) struct Judge<'a> {
    pub(super) answers: &'a Answers,
    pub(super) facts: &'a TokenFacts,
    /// Where Meta is to send events.
    pub(super) callback: Url,
}

impl Judge<'_> {
    /// What is found out about an asset, and its state, unless Meta could not tell.
    pub(super) fn asset(&self, asset: &Asset, tokens: &Tokens) -> (Finding, Option<AssetHealth>) {
        let missing = self.facts.missing_for(asset.kind);
        let mut state = AssetHealth {
            missing: missing.iter().map(ToString::to_string).collect(),
            chosen: permission_of(asset.kind)
                .map(|permission| self.facts.granular.covers(&permission, bare(&asset.meta_id))),
            ..AssetHealth::default()
        };
        let finding = match asset.kind {
            AssetKind::FacebookPage => self.page(&asset.meta_id, tokens, &mut state),
            AssetKind::InstagramAccount => match asset.parent_meta_id.as_deref() {
                Some(page) => self.page(page, tokens, &mut state),
                None => self.instagram(&asset.meta_id, &mut state),
            },
            AssetKind::WhatsappAccount => self.account(&asset.meta_id, &mut state),
            AssetKind::WhatsappNumber => self.number(asset, &mut state),
            AssetKind::AdAccount => self.ad_account(&asset.meta_id, &mut state),
            AssetKind::Business => Ok(Finding::Verified),
        };
        let finding = match finding {
            Ok(Finding::Verified | Finding::Subscribed) if !missing.is_empty() => {
                Finding::Problem("verified", permissions_lost(&state.missing))
            }
            Ok(finding) => finding,
            Err(error) => refused(asset, &error),
        };
        let known = !matches!(finding, Finding::Unknown(_));
        (finding, known.then_some(state))
    }

    fn page(&self, page: &str, tokens: &Tokens, state: &mut AssetHealth) -> Result<Finding, MetaError> {
        if tokens.page(page).is_none() {
            return Ok(Finding::Problem("verified", failures::no_page_token()));
        }
        let Some(apps) = self.answers.page_apps.get(page) else {
            return Ok(Finding::Problem("verified", failures::asset_not_visible()));
        };
        let subscription = apps.as_ref().map_err(Clone::clone)?;
        state.subscribed = Some(subscription.is_some());
        let fields = subscription.as_ref().map(|app| app.subscribed_fields.as_slice()).unwrap_or_default();
        state.fields_missing = lacking(PAGE_FIELDS, fields);
        state.tasks = self.answers.tasks.get(page).cloned();
        // `MODERATE` is the older name of `MESSAGING`, and `MANAGE` includes it (Meta reference §5.1).
        let answers = |task: &String| matches!(task.as_str(), "MESSAGING" | "MODERATE" | "MANAGE");
        if state.tasks.as_ref().is_some_and(|tasks| !tasks.iter().any(answers)) {
            return Ok(Finding::Problem("verified", upkeep::no_messaging_task()));
        }
        Ok(prove::of_fields(fields))
    }

    /// An account that signed in itself.
    fn instagram(&self, account: &str, state: &mut AssetHealth) -> Result<Finding, MetaError> {
        let Some(told) = self.answers.instagram.get(account) else {
            return Ok(Finding::Problem("verified", failures::asset_not_visible()));
        };
        let subscription = told.as_ref().map_err(Clone::clone)?;
        state.subscribed = Some(subscription.is_some());
        let fields = subscription.as_deref().unwrap_or_default();
        state.fields_missing = lacking(INSTAGRAM_FIELDS, fields);
        Ok(prove::of_fields(fields))
    }

    fn account(&self, account: &str, state: &mut AssetHealth) -> Result<Finding, MetaError> {
        let Some(apps) = self.answers.waba_apps.get(account) else {
            return Ok(Finding::Problem("verified", failures::asset_not_visible()));
        };
        let subscription = apps.as_ref().map_err(Clone::clone)?;
        state.subscribed = Some(subscription.is_some());
        let Some(app) = subscription else { return Ok(Finding::Problem("subscribed", failures::not_subscribed())) };
        if let Some(url) = &app.override_callback_uri {
            let callback = self.callback(CallbackLevel::WhatsappAccount, url);
            let elsewhere = (!callback.ours).then(|| elsewhere::callback_elsewhere(&callback.url));
            state.callback = Some(callback);
            if let Some(why) = elsewhere {
                return Ok(Finding::Problem("subscribed", why));
            }
        }
        Ok(Finding::Subscribed)
    }

    fn number(&self, asset: &Asset, state: &mut AssetHealth) -> Result<Finding, MetaError> {
        let account = asset.parent_meta_id.as_deref().unwrap_or_default();
        let subscribed = self.account(account, state)?;
        // A number's messages come with its account's subscription (Meta reference §6.3).
        let numbers = match self.answers.numbers.get(account) {
            Some(Ok(numbers)) => numbers,
            Some(Err(error)) if error.kind == MetaErrorKind::Permission => return Err(error.clone()),
            // What else there is to know of a number is optional.
            Some(Err(error)) => return Ok(Finding::Unknown(error.explain())),
            None => return Ok(subscribed),
        };
        let Some(number) = numbers.iter().find(|number| number.id.as_str() == asset.meta_id) else {
            return Ok(Finding::Problem("verified", failures::asset_not_visible()));
        };
        describe(number, state);
        if let Some(why) = number.status.as_deref().and_then(unusable) {
            return Ok(Finding::Problem("verified", why));
        }
        if !matches!(subscribed, Finding::Subscribed) {
            return Ok(subscribed);
        }
        state.callback = number.webhook_configuration.as_ref().and_then(|levels| self.effective(levels));
        Ok(match &state.callback {
            Some(callback) if !callback.ours => {
                Finding::Problem("subscribed", elsewhere::callback_elsewhere(&callback.url))
            }
            _ => Finding::Subscribed,
        })
    }

    fn ad_account(&self, account: &str, state: &mut AssetHealth) -> Result<Finding, MetaError> {
        let Some(told) = self.answers.ad_accounts.get(account) else {
            return Ok(Finding::Problem("verified", failures::asset_not_visible()));
        };
        state.account_status = *told.as_ref().map_err(Clone::clone)?;
        Ok(Finding::Verified)
    }

    /// The callback that counts: the most specific one (Meta reference §6.3).
    fn effective(&self, levels: &WebhookConfiguration) -> Option<Callback> {
        [
            (CallbackLevel::WhatsappNumber, &levels.phone_number),
            (CallbackLevel::WhatsappAccount, &levels.whatsapp_business_account),
            (CallbackLevel::App, &levels.application),
        ]
        .into_iter()
        .find_map(|(level, url)| Some(self.callback(level, url.as_deref().filter(|url| !url.is_empty())?)))
    }

    fn callback(&self, level: CallbackLevel, url: &str) -> Callback {
        Callback { level, url: url.to_owned(), ours: url == self.callback.as_str() }
    }
}

/// Which of these fields are not subscribed.
fn lacking(wanted: &[&str], fields: &[String]) -> Vec<String> {
    let lacks = |field: &&&str| !fields.iter().any(|subscribed| subscribed == **field);
    wanted.iter().filter(lacks).map(|field| (*field).to_owned()).collect()
}

/// The permissions by name.
fn permissions_lost(names: &[String]) -> Explanation {
    upkeep::permission_lost(i64::try_from(names.len()).unwrap_or(i64::MAX), names.join(", "))
}

/// An ad account's number as granular scopes name it, without its prefix.
fn bare(meta_id: &str) -> &str {
    meta_id.strip_prefix("act_").unwrap_or(meta_id)
}

/// The permission that is granted asset by asset for a kind.
fn permission_of(kind: AssetKind) -> Option<Permission> {
    Some(match kind {
        AssetKind::FacebookPage => Permission::PAGES_MESSAGING,
        AssetKind::InstagramAccount => Permission::INSTAGRAM_MANAGE_MESSAGES,
        AssetKind::WhatsappAccount => Permission::WHATSAPP_BUSINESS_MANAGEMENT,
        AssetKind::AdAccount => Permission::ADS_READ,
        // Granted with the account.
        AssetKind::WhatsappNumber | AssetKind::Business => return None,
    })
}

fn describe(number: &NumberState, state: &mut AssetHealth) {
    state.status.clone_from(&number.status);
    state.quality_rating.clone_from(&number.quality_rating);
    state.name_status.clone_from(&number.name_status);
    state.code_verification_status.clone_from(&number.code_verification_status);
    state.platform_type.clone_from(&number.platform_type);
    state.messaging_limit.clone_from(&number.whatsapp_business_manager_messaging_limit);
    state.throughput = number.throughput.as_ref().and_then(|throughput| throughput.level.clone());
}

/// Why a number in this state can neither send nor receive (Meta reference §5.4).
fn unusable(status: &str) -> Option<Explanation> {
    match status {
        "BANNED" => Some(assets::number_banned()),
        "DELETED" => Some(assets::number_deleted()),
        "MIGRATED" => Some(assets::number_migrated()),
        _ => None,
    }
}

/// What an error says about the asset: nothing, unless Meta speaks of the asset itself.
fn refused(asset: &Asset, error: &MetaError) -> Finding {
    match prove::judge(asset, error.clone()) {
        Ok(Finding::Problem("subscribed", _)) if !says_something(error) => Finding::Unknown(error.explain()),
        Ok(finding) => finding,
        Err(error) => Finding::Unknown(error.explain()),
    }
}

/// Whether an error is about what was asked, and not about how.
fn says_something(error: &MetaError) -> bool {
    matches!(error.kind, MetaErrorKind::Permission | MetaErrorKind::Policy(_))
}
