//! Steering the simulator from a test or another part of the same program.

mod failure_routes;
mod failures;
mod index;
mod login;
mod picture;
mod routes;
mod tokens;
mod webhook_routes;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::dialog::Consent;
use crate::faults::Fault;
use crate::record::{RecordedRequest, Visit};
use crate::state::{DialogOutcome, Shared, Subscriptions, Switches};
use crate::world::{App, World, WorldError};

pub use failures::{FAILURES, Failure};
pub(crate) use index::index;
pub use login::CodeFlow;
pub(crate) use routes::router;
pub use tokens::TokenInfo;

/// A handle on a simulator; clones steer the same one. The same can be done over HTTP at `/_sim/…`.
#[derive(Clone)]
pub struct Control {
    pub(crate) shared: Arc<Shared>,
}

/// An installation or app subscription, as the control shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionInfo {
    /// `page`, `whatsapp_business_account`, … for the app's own; the asset's id for installations.
    pub subject: String,
    /// Subscribed fields.
    pub fields: Vec<String>,
    /// The callback, of app subscriptions and overrides.
    pub callback_url: Option<String>,
}

impl Control {
    /// Address the simulator believes to be reached at.
    #[must_use]
    pub fn base(&self) -> Url {
        self.shared.lock().base.clone()
    }

    /// Replace the world; grants, tokens, codes, installations and usage of the old one are gone. The webhooks and compliance
    /// callbacks of the app stay when the new world has the same app.
    ///
    /// # Errors
    /// When the world contradicts itself.
    pub fn load_world(&self, world: World) -> Result<(), WorldError> {
        self.shared.lock().load(world)
    }

    /// Load a built-in world.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn load_named(&self, name: &str) -> Result<(), WorldError> {
        let world = World::named(name).ok_or_else(|| WorldError::UnknownName(name.to_owned()))?;
        self.load_world(world)
    }

    /// A copy of the world as it is now.
    #[must_use]
    pub fn world(&self) -> World {
        World::clone(&self.shared.lock().world)
    }

    /// Change the world in place and keep grants and tokens.
    ///
    /// # Errors
    /// When the changed world contradicts itself; then nothing is changed.
    pub fn edit_world(&self, edit: impl FnOnce(&mut World)) -> Result<(), WorldError> {
        let mut state = self.shared.lock();
        let mut world = World::clone(&state.world);
        edit(&mut world);
        state.replace_world(world)
    }

    /// Put one more app into the world, or in the place of the one with its id.
    ///
    /// # Errors
    /// When something else in the world has its id; then nothing is changed.
    pub fn add_app(&self, app: App) -> Result<(), WorldError> {
        self.edit_world(|world| {
            world.other_apps.retain(|other| other.id != app.id);
            world.other_apps.push(app);
        })
    }

    /// Accept this redirect URI too, and its host.
    pub fn allow_redirect_uri(&self, uri: &str) {
        let mut state = self.shared.lock();
        let app = &mut state.world_mut().app;
        app.redirect_uris.push(uri.to_owned());
        if let Some(host) = Url::parse(uri).ok().and_then(|url| url.host_str().map(str::to_owned)) {
            app.domains.push(host);
        }
    }

    /// Unix seconds in simulated time.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.lock().now()
    }

    /// Move time forward; whole seconds count.
    pub fn advance(&self, by: Duration) {
        let mut state = self.shared.lock();
        state.clock.advance(by);
        state.touch();
    }

    /// Stop the clock at this moment (Unix seconds); it then moves by [`Control::advance`] only.
    pub fn freeze(&self, at: i64) {
        let mut state = self.shared.lock();
        state.clock.freeze(at);
        state.touch();
    }

    /// Let time run with the machine again, all advances forgotten.
    pub fn thaw(&self) {
        let mut state = self.shared.lock();
        state.clock.thaw();
        state.touch();
    }

    /// Arm a fault; the id removes it.
    pub fn set_fault(&self, fault: Fault) -> u64 {
        self.shared.lock().faults.add(fault)
    }

    /// Disarm one fault. Returns whether it was armed.
    pub fn remove_fault(&self, id: u64) -> bool {
        let mut state = self.shared.lock();
        let removed = state.faults.remove(id);
        state.touch();
        removed
    }

    /// Disarm all faults.
    pub fn clear_faults(&self) {
        let mut state = self.shared.lock();
        state.faults.clear();
        state.touch();
    }

    /// The armed faults.
    #[must_use]
    pub fn faults(&self) -> Vec<(u64, Fault)> {
        self.shared.lock().faults.list()
    }

    /// The recorded Graph requests, oldest first; the newest 20,000 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.lock().record.all()
    }

    /// What browsers asked for, oldest first: dialogs, the SDK's script, the page that a popup ends on. The newest 1,000 are kept.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        self.shared.lock().record.visits()
    }

    /// Forget the recorded requests and visits.
    pub fn clear_requests(&self) {
        self.shared.lock().record.clear();
    }

    /// HTTP requests to the Graph in the record.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.shared.lock().record.calls()
    }

    /// Operations in the record: every item of a batch and every id of `ids=` counts, as Meta's rate limits count.
    #[must_use]
    pub fn operation_count(&self) -> usize {
        self.shared.lock().record.operations()
    }

    /// Dependent rounds in the record: the longest chain of requests in which each started after the one before it ended.
    ///
    /// Requests that could run together only count as one round when they really overlap, so give the simulator some latency
    /// when measuring, or hold the answers ([`Control::hold_answers`]) until all of a round have arrived.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.shared.lock().record.rounds()
    }

    /// Hold every Graph answer back from now on, or let all of them go. Requests are recorded when they arrive, so a test can
    /// wait for the ones it expects ([`Control::waiting`]), change something, and only then let them be answered.
    pub fn hold_answers(&self, held: bool) {
        self.shared.hold(held);
    }

    /// Requests that have arrived and not been answered.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.lock().record.waiting()
    }

    /// Time added to each Graph answer; whole milliseconds count.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.lock().switches.latency_ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
    }

    /// The switches.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.shared.lock().switches.clone()
    }

    /// Change switches, e.g. `control.switch(|s| s.budgets.user = 3)`.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        let mut state = self.shared.lock();
        change(&mut state.switches);
        state.usage.clear();
        state.touch();
    }

    /// The highest share of the app's budget that any call found since the switches last changed, in percent.
    #[must_use]
    pub fn app_usage_peak(&self) -> u64 {
        self.shared.lock().usage.app_peak()
    }

    /// What a person ticks when a dialog is answered with a plain *Continue* ([`Consent::default`]).
    pub fn grant(&self, persona: &str, consent: Consent) {
        self.shared.lock().presets.insert(persona.to_owned(), consent);
    }

    /// What people tick when a dialog is answered with a plain *Continue*, by their ids.
    #[must_use]
    pub fn habits(&self) -> BTreeMap<String, Consent> {
        self.shared.lock().presets.clone().into_iter().collect()
    }

    /// The app's own subscriptions, then every asset the app is installed on, then numbers with their own callback.
    #[must_use]
    pub fn subscriptions(&self) -> Vec<SubscriptionInfo> {
        listed(&self.shared.lock().subscriptions)
    }

    /// The same of one app of several.
    #[must_use]
    pub fn subscriptions_of(&self, app: &str) -> Vec<SubscriptionInfo> {
        self.shared.lock().acting(app, |state| listed(&state.subscriptions))
    }

    /// Whether this person has the app, having granted something and not removed it since.
    #[must_use]
    pub fn has_granted(&self, persona: &str) -> bool {
        self.shared.lock().grants.person(persona).is_some_and(|grant| grant.authorized)
    }

    /// Another address receives the messages of a subscribed WABA, or of a number (Meta reference §6.3).
    pub fn set_override(&self, asset: &str, uri: &str) {
        let mut state = self.shared.lock();
        match state.subscriptions.assets.get_mut(asset) {
            Some(account) => account.override_callback_uri = Some(uri.to_owned()),
            None => drop(state.subscriptions.phones.insert(asset.to_owned(), (uri.to_owned(), String::new()))),
        }
        state.touch();
    }

    /// The address that receives the messages of a WABA or number in place of the app's.
    #[must_use]
    pub fn override_of(&self, asset: &str) -> Option<String> {
        let state = self.shared.lock();
        let of_number = state.subscriptions.phones.get(asset).map(|(uri, _)| uri.clone());
        of_number.or_else(|| state.subscriptions.assets.get(asset)?.override_callback_uri.clone())
    }

    /// Another tool registers its address for this object of the app: the object's webhooks go there from now on
    /// (Meta reference §6.2). `false` when the app has not subscribed to the object.
    pub fn take_over_callback(&self, object: &str, callback_url: &str) -> bool {
        let mut state = self.shared.lock();
        let Some(subscription) = state.subscriptions.app.get_mut(object) else { return false };
        callback_url.clone_into(&mut subscription.callback_url);
        true
    }

    /// Shorthand: whatever the person does in the next dialogs, this happens.
    pub fn force_dialog(&self, outcome: DialogOutcome) {
        self.shared.lock().switches.dialog = outcome;
    }
}

/// What one app is subscribed to.
fn listed(all: &Subscriptions) -> Vec<SubscriptionInfo> {
    let app = all.app.values().map(|one| SubscriptionInfo {
        subject: one.object.clone(),
        fields: one.fields.clone(),
        callback_url: Some(one.callback_url.clone()),
    });
    let assets = all.assets.iter().map(|(id, one)| SubscriptionInfo {
        subject: id.clone(),
        fields: one.fields.clone(),
        callback_url: one.override_callback_uri.clone(),
    });
    let phones = all.phones.iter().map(|(id, (uri, _))| SubscriptionInfo {
        subject: id.clone(),
        fields: Vec::new(),
        callback_url: Some(uri.clone()),
    });
    app.chain(assets).chain(phones).collect()
}
