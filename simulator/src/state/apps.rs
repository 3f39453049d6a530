//! Several apps in one world: the same people and assets, and of each app its own grants, tokens, codes, webhooks and budget.
//!
//! One app is acted for at a time; what belongs to the others waits aside. Everything that has no app of its own, such as the
//! control, acts for the world's first. Meta knows a person by another id in each app; here it is the same one, so that
//! whoever mixes apps up is caught.

use std::sync::Arc;

use super::{Codes, Grants, State, Subscriptions, Tokens};
use crate::graph::usage::Usage;
use crate::world::App;

/// What belongs to one app alone.
#[derive(Debug, Default)]
pub(crate) struct OfApp {
    tokens: Tokens,
    codes: Codes,
    grants: Grants,
    subscriptions: Subscriptions,
    usage: Usage,
}

impl State {
    /// Does `work` as this app; as the one that is acted for already when there is no such app.
    pub(crate) fn acting<T>(&mut self, app: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.world.app.id.clone();
        self.act_as(app);
        let done = work(self);
        self.act_as(&before);
        done
    }

    /// Puts an app in the place of the one that is acted for.
    fn act_as(&mut self, app: &str) {
        if self.world.app.id == app || !self.world.other_apps.iter().any(|other| other.id == app) {
            return;
        }
        let mut of_app = self.aside.remove(app).unwrap_or_default();
        std::mem::swap(&mut self.tokens, &mut of_app.tokens);
        std::mem::swap(&mut self.codes, &mut of_app.codes);
        std::mem::swap(&mut self.grants, &mut of_app.grants);
        std::mem::swap(&mut self.subscriptions, &mut of_app.subscriptions);
        std::mem::swap(&mut self.usage, &mut of_app.usage);
        self.aside.insert(self.world.app.id.clone(), of_app);
        let world = Arc::make_mut(&mut self.world);
        if let Some(other) = world.other_apps.iter_mut().find(|other| other.id == app) {
            std::mem::swap(&mut world.app, other);
        }
    }

    /// Every app, the one that is acted for first.
    pub(crate) fn apps(&self) -> impl Iterator<Item = &App> {
        std::iter::once(&self.world.app).chain(&self.world.other_apps)
    }

    /// The App IDs of every app, the one that is acted for first.
    pub(crate) fn app_ids(&self) -> Vec<String> {
        self.apps().map(|app| app.id.clone()).collect()
    }

    /// The app that a token was issued to, when it is another one than the one that is acted for.
    pub(crate) fn other_app_of(&self, token: &str) -> Option<&str> {
        let (app, _) = self.aside.iter().find(|(_, of_app)| of_app.tokens.get(token).is_some())?;
        Some(app)
    }

    /// What this app signs with.
    pub(crate) fn secret_of(&self, app: &str) -> &str {
        self.apps().find(|known| known.id == app).map_or(&self.world.app.secret, |known| &known.secret)
    }

    /// Whether any app is installed on this asset.
    pub(crate) fn is_installed(&self, asset: &str) -> bool {
        let aside = self.aside.values().map(|of_app| &of_app.subscriptions);
        std::iter::once(&self.subscriptions).chain(aside).any(|all| all.assets.contains_key(asset))
    }
}
