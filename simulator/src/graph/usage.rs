//! Usage headers and throttling (Meta reference §9.3).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::auth::Caller;
use super::errors::GraphError;
use crate::state::{Budgets, State};
use crate::world::{Node, World};

/// One hour, after which a budget is whole again.
const WINDOW: i64 = 3600;
/// More counters than this and the finished ones are dropped.
const MOST: usize = 20_000;

/// Calls counted per budget.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    windows: HashMap<Key, (i64, u32)>,
    /// The highest share of the app's budget that a call found, in percent.
    app_peak: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    App,
    User(String),
    Page(String),
    Waba(String),
    Ads(String),
}

impl Usage {
    fn add(&mut self, key: &Key, now: i64, calls: u32) -> (i64, u32) {
        if self.windows.len() > MOST {
            self.windows.retain(|_, (start, _)| now < *start + WINDOW);
        }
        let (start, count) = self.windows.entry(key.clone()).or_insert((now, 0));
        if now >= *start + WINDOW {
            (*start, *count) = (now, 0);
        }
        *count = count.saturating_add(calls);
        (*start, *count)
    }

    pub(crate) fn clear(&mut self) {
        self.windows.clear();
        self.app_peak = 0;
    }

    pub(crate) fn app_peak(&self) -> u64 {
        self.app_peak
    }
}

/// Count these calls. The headers to send, and the error when a budget is spent.
pub(crate) fn charge(
    state: &mut State,
    caller: &Caller,
    target: Option<Node>,
    calls: usize,
) -> (Vec<(&'static str, String)>, Option<GraphError>) {
    let now = state.now();
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    let world = state.world.clone();
    let budgets = state.switches.budgets.clone();
    let mut headers = Vec::new();
    let mut error = None;
    for key in keys(&world, caller, target) {
        let (start, count) = state.usage.add(&key, now, calls);
        let budget = key.budget(&budgets);
        let percent = (u64::from(count) * 100 / u64::from(budget.max(1))).min(1000);
        let minutes = if count > budget { (start + WINDOW - now + 59) / 60 } else { 0 };
        if key == Key::App {
            state.usage.app_peak = state.usage.app_peak.max(percent);
        }
        headers.push(key.header(percent, minutes));
        if matches!(key, Key::Ads(_)) {
            headers.push(ad_account_usage(percent, start + WINDOW - now));
        }
        if count > budget && error.is_none() {
            error = Some(key.error());
        }
    }
    (headers, error)
}

/// The older header of ad accounts; its reset is in seconds.
fn ad_account_usage(percent: u64, seconds: i64) -> (&'static str, String) {
    let usage = json!({
        "acc_id_util_pct": percent,
        "reset_time_duration": seconds,
        "ads_api_access_tier": "standard_access",
    });
    ("x-ad-account-usage", usage.to_string())
}

/// The budgets a call counts against: platform limits for apps and people, business-use-case limits for the rest.
fn keys(world: &World, caller: &Caller, target: Option<Node>) -> Vec<Key> {
    let waba = match target {
        Some(Node::Waba(i)) => world.whatsapp_accounts.get(i).map(|account| account.id.clone()),
        Some(Node::Phone(i)) => world.phone_numbers.get(i).map(|number| number.waba.clone()),
        _ => None,
    };
    if let Some(waba) = waba {
        return vec![Key::Waba(waba)];
    }
    if let Some(Node::AdAccount(i)) = target
        && let Some(account) = world.ad_accounts.get(i)
    {
        return vec![Key::Ads(account.account_id().to_owned())];
    }
    match caller {
        Caller::Page { page, .. } => {
            world.pages.get(*page).map(|page| Key::Page(page.id.clone())).into_iter().collect()
        }
        Caller::User { person, .. } => {
            let user = world.people.get(*person).map(|person| Key::User(person.id.clone()));
            std::iter::once(Key::App).chain(user).collect()
        }
        Caller::SystemUser { id, .. } => vec![Key::App, Key::User(id.clone())],
        Caller::App | Caller::Anonymous | Caller::Instagram { .. } => vec![Key::App],
    }
}

impl Key {
    fn budget(&self, budgets: &Budgets) -> u32 {
        match self {
            Self::App => budgets.app,
            Self::User(_) => budgets.user,
            Self::Page(_) => budgets.page,
            Self::Waba(_) => budgets.whatsapp,
            Self::Ads(_) => budgets.ads,
        }
    }

    fn header(&self, percent: u64, minutes: i64) -> (&'static str, String) {
        let platform = json!({"call_count": percent, "total_time": percent / 2, "total_cputime": percent / 2});
        let business = |id: &str, kind: &str| {
            let mut all = serde_json::Map::new();
            all.insert(
                id.to_owned(),
                json!([{
                    "type": kind,
                    "call_count": percent,
                    "total_cputime": percent / 2,
                    "total_time": percent / 2,
                    "estimated_time_to_regain_access": minutes,
                }]),
            );
            ("x-business-use-case-usage", Value::Object(all).to_string())
        };
        match self {
            Self::App | Self::User(_) => ("x-app-usage", platform.to_string()),
            Self::Page(id) => business(id, "pages"),
            Self::Waba(id) => business(id, "whatsapp"),
            Self::Ads(id) => business(id, "ads_management"),
        }
    }

    fn error(&self) -> GraphError {
        let business = |what: &str| {
            format!(
                "There have been too many calls to this {what}. Wait a bit and try again. For more info, please refer to \
                 https://developers.facebook.com/docs/graph-api/overview/rate-limiting."
            )
        };
        match self {
            Self::App => GraphError::new(4, "(#4) Application request limit reached"),
            Self::User(_) => GraphError::new(17, "(#17) User request limit reached"),
            Self::Page(_) => GraphError::new(32, "(#32) Page request limit reached"),
            Self::Waba(_) => GraphError::new(80008, format!("(#80008) {}", business("WhatsApp Business account"))),
            Self::Ads(_) => GraphError::new(80004, format!("(#80004) {}", business("ad-account"))),
        }
    }
}
