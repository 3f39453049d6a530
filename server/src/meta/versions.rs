//! Noticing that Meta serves another version than the one asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{ids::AppId, version::GraphVersion};

/// No more apps than this are remembered; an installation has a handful.
const MAX_APPS: usize = 1024;

/// Which version Meta last served to each app. An expired version does not fail, it is served as the oldest alive
/// (Meta reference §1), so this is the only sign of it.
#[derive(Clone, Debug, Default)]
pub(super) struct ServedVersions(Arc<Mutex<HashMap<AppId, GraphVersion>>>);

impl ServedVersions {
    /// Takes note of the header `facebook-api-version`; `true` when it is a new deviation worth a warning.
    pub(super) fn note(&self, app: &AppId, asked: GraphVersion, header: Option<&str>) -> bool {
        let Some(served) = header.and_then(|text| text.parse::<GraphVersion>().ok()) else { return false };
        let mut served_to = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if served_to.get(app) == Some(&served) {
            return false;
        }
        if served_to.len() >= MAX_APPS {
            served_to.clear();
        }
        served_to.insert(app.clone(), served);
        served != asked
    }

    pub(super) fn served(&self, app: &AppId) -> Option<GraphVersion> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(app).copied()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_deviation_is_told_once() {
        let (versions, app) = (ServedVersions::default(), "1".parse::<AppId>().unwrap());
        let asked: GraphVersion = "v19.0".parse().unwrap();
        assert!(!versions.note(&app, asked, None));
        assert!(!versions.note(&app, asked, Some("v19.0")));
        assert!(versions.note(&app, asked, Some("v21.0")));
        assert!(!versions.note(&app, asked, Some("v21.0")));
        assert!(!versions.note(&app, asked, Some("nonsense")));
        assert_eq!(versions.served(&app), Some("v21.0".parse().unwrap()));
    }
}
