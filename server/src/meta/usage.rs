//! Meta's budgets, read from its answers, so that calls slow down and stop before Meta stops them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::Value;

use super::{error::LimitScope, ids::AppId};
use crate::clock::Timestamp;

/// From this share of a budget calls are spaced out.
const SLOW_FROM: f64 = 75.0;
/// From this share calls are held back.
const STOP_FROM: f64 = 95.0;
/// The longest pause between two spaced calls.
const LONGEST_PAUSE: Duration = Duration::from_millis(1500);
/// How long a reading counts when Meta does not say when the budget recovers. Afterwards one call may look again.
const READING_LASTS: Duration = Duration::from_secs(60);
/// However long Meta asks to wait, a call may look again after this.
const LONGEST_HOLD: Duration = Duration::from_secs(3600);
/// No more budgets than this are remembered; the oldest reading makes room.
const MAX_BUDGETS: usize = 4096;

/// Budgets of all apps: one per app, and one per business object that Meta reports on.
#[derive(Clone, Debug, Default)]
pub struct UsageGauge(Arc<Mutex<HashMap<Budget, Level>>>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Budget {
    app: AppId,
    /// The business object; `None` is the app itself.
    object: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    percent: f64,
    read_at: Timestamp,
    recovers_after: Option<Duration>,
}

/// What to do before a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Advice {
    Go,
    Pause(Duration),
    Stop { percent: f64, wait: Duration, scope: LimitScope },
}

/// The usage headers of one answer (Meta reference §9.3).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Reading {
    app: Option<f64>,
    objects: Vec<(String, f64, Option<Duration>)>,
}

impl Reading {
    /// Reads the headers; `header` gives every value of a name, since a call may count against two budgets.
    pub(super) fn from_headers(header: impl Fn(&str) -> Vec<String>) -> Self {
        let json = |name: &str| header(name).into_iter().filter_map(|text| serde_json::from_str::<Value>(&text).ok());
        let app = json("x-app-usage").filter_map(|usage| highest(&usage)).reduce(f64::max);
        let mut objects = Vec::new();
        for by_object in json("x-business-use-case-usage") {
            let Value::Object(by_object) = by_object else { continue };
            // Meta sends at most 32 objects.
            for (object, cases) in by_object.iter().take(32) {
                let cases = cases.as_array().map(Vec::as_slice).unwrap_or_default();
                let percent = cases.iter().filter_map(highest).fold(0.0, f64::max);
                let minutes =
                    cases.iter().filter_map(|case| case.get("estimated_time_to_regain_access")?.as_u64()).max();
                let recovers = minutes.filter(|m| *m > 0).map(|m| Duration::from_secs(m.saturating_mul(60)));
                if !cases.is_empty() && object.len() <= 40 {
                    objects.push((object.clone(), percent, recovers));
                }
            }
        }
        Self { app, objects }
    }

    /// How long Meta says it takes until access is regained.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.objects.iter().filter_map(|(_, _, recovers)| *recovers).max()
    }
}

/// The highest of the three percentages of one reading.
fn highest(usage: &Value) -> Option<f64> {
    ["call_count", "total_time", "total_cputime"]
        .iter()
        .filter_map(|key| usage.get(key)?.as_f64())
        .filter(|percent| percent.is_finite())
        .reduce(f64::max)
}

impl UsageGauge {
    /// The highest share of the app's own budget that Meta reported lately, in percent.
    pub fn app_percent(&self, app: &AppId) -> Option<f64> {
        let budget = Budget { app: app.clone(), object: None };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&budget).map(|level| level.percent)
    }

    /// How much of the app's own budget is used, in percent, as far as Meta said so in the last hour, after which every call
    /// of then is forgotten (Meta reference §9.3).
    pub(super) fn app_percent_lately(&self, app: &AppId, now: Timestamp) -> Option<f64> {
        let budget = Budget { app: app.clone(), object: None };
        let level = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&budget).copied()?;
        (now.since(level.read_at) < LONGEST_HOLD).then_some(level.percent)
    }

    pub(super) fn note(&self, app: &AppId, reading: &Reading, now: Timestamp) {
        if *reading == Reading::default() {
            return;
        }
        let mut budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut set = |object: Option<String>, percent: f64, recovers_after: Option<Duration>| {
            let budget = Budget { app: app.clone(), object };
            if budgets.len() >= MAX_BUDGETS && !budgets.contains_key(&budget) {
                let oldest = budgets.iter().min_by_key(|(_, level)| level.read_at).map(|(budget, _)| budget.clone());
                oldest.and_then(|oldest| budgets.remove(&oldest));
            }
            budgets.insert(budget, Level { percent, read_at: now, recovers_after });
        };
        if let Some(percent) = reading.app {
            set(None, percent, None);
        }
        for (object, percent, recovers) in &reading.objects {
            set(Some(object.clone()), *percent, *recovers);
        }
    }

    /// What the last readings advise for a call about `object`, the first part of its path.
    pub(super) fn advice(&self, app: &AppId, object: &str, now: Timestamp) -> Advice {
        let budgets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let about = |object: Option<String>| budgets.get(&Budget { app: app.clone(), object }).copied();
        [(about(None), LimitScope::App), (about(Some(object.to_owned())), LimitScope::Asset)]
            .into_iter()
            .filter_map(|(level, scope)| Some(level?.advice(now, scope)))
            .max_by(|a, b| a.weight().total_cmp(&b.weight()))
            .unwrap_or(Advice::Go)
    }
}

impl Level {
    fn advice(self, now: Timestamp, scope: LimitScope) -> Advice {
        let lasts = self.recovers_after.unwrap_or(READING_LASTS).min(LONGEST_HOLD);
        let age = now.since(self.read_at);
        if age >= lasts {
            Advice::Go
        } else if self.percent >= STOP_FROM {
            Advice::Stop { percent: self.percent, wait: lasts.saturating_sub(age), scope }
        } else if self.percent >= SLOW_FROM {
            Advice::Pause(LONGEST_PAUSE.mul_f64((self.percent - SLOW_FROM) / (STOP_FROM - SLOW_FROM)))
        } else {
            Advice::Go
        }
    }
}

impl Advice {
    fn weight(self) -> f64 {
        match self {
            Self::Go => -1.0,
            Self::Pause(pause) => pause.as_secs_f64(),
            Self::Stop { wait, .. } => 1e6 + wait.as_secs_f64(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn reading(app: Option<&str>, business: Option<&str>) -> Reading {
        Reading::from_headers(|name| match name {
            "x-app-usage" => app.map(str::to_owned).into_iter().collect(),
            "x-business-use-case-usage" => business.map(str::to_owned).into_iter().collect(),
            _ => Vec::new(),
        })
    }

    fn app() -> AppId {
        "1".parse().unwrap()
    }

    const NOW: Timestamp = Timestamp::from_seconds(1_763_700_000);

    #[test]
    fn calls_go_pause_and_stop_as_the_budget_fills() {
        let gauge = UsageGauge::default();
        assert_eq!(gauge.advice(&app(), "me", NOW), Advice::Go);
        gauge.note(&app(), &reading(Some(r#"{"call_count":28,"total_time":25,"total_cputime":25}"#), None), NOW);
        assert_eq!(gauge.advice(&app(), "me", NOW), Advice::Go);
        gauge.note(&app(), &reading(Some(r#"{"call_count":28,"total_time":85,"total_cputime":25}"#), None), NOW);
        assert_eq!(gauge.advice(&app(), "me", NOW), Advice::Pause(Duration::from_millis(750)));
        gauge.note(&app(), &reading(Some(r#"{"call_count":96}"#), None), NOW);
        let Advice::Stop { wait, scope, .. } = gauge.advice(&app(), "me", NOW) else { panic!("expected a stop") };
        assert_eq!((wait, scope), (Duration::from_secs(60), LimitScope::App));
        assert_eq!(gauge.advice(&app(), "me", NOW.plus(Duration::from_secs(60))), Advice::Go, "one call may look");
        assert_eq!(gauge.advice(&"2".parse().unwrap(), "me", NOW), Advice::Go, "another app has its own budget");
    }

    #[test]
    fn one_page_stops_without_stopping_the_others() {
        let gauge = UsageGauge::default();
        let header = r#"{"111":[{"type":"pages","call_count":100,"total_cputime":25,"total_time":25,
            "estimated_time_to_regain_access":19}]}"#;
        let reading = reading(None, Some(header));
        assert_eq!(reading.retry_after(), Some(Duration::from_secs(19 * 60)));
        gauge.note(&app(), &reading, NOW);
        assert!(matches!(gauge.advice(&app(), "111", NOW), Advice::Stop { scope: LimitScope::Asset, .. }));
        assert_eq!(gauge.advice(&app(), "222", NOW), Advice::Go);
        assert_eq!(gauge.advice(&app(), "111", NOW.plus(Duration::from_secs(19 * 60))), Advice::Go);
    }

    #[test]
    fn nonsense_is_ignored() {
        for odd in ["", "[]", "{", "7", r#"{"call_count":"many"}"#] {
            assert_eq!(reading(Some(odd), Some(odd)), Reading::default(), "{odd}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let gauge = UsageGauge::default();
        for n in 0..5000u64 {
            let header = format!(r#"{{"{n}":[{{"call_count":1}}]}}"#);
            gauge.note(&app(), &reading(None, Some(&header)), NOW.plus(Duration::from_secs(n)));
        }
        assert_eq!(gauge.0.lock().unwrap().len(), MAX_BUDGETS);
    }
}
