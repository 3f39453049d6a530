//! Steering the simulator from a test or another part of the same program.

mod index;
mod picture;
mod routes;

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::dialog::{self, Answer, Consent, ErrorPage, Reply};
use crate::faults::Fault;
use crate::graph;
use crate::record::RecordedRequest;
use crate::secrets::fingerprint;
use crate::state::{DialogOutcome, Revocation, SIXTY_DAYS, Shared, Switches, TokenKind};
use crate::world::{World, WorldError};

pub(crate) use index::index;
pub(crate) use routes::router;

/// A handle on a simulator; clones steer the same one. The same can be done over HTTP at `/_sim/…`.
#[derive(Clone)]
pub struct Control {
    pub(crate) shared: Arc<Shared>,
}

/// A token as the control shows it: never its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    /// First digits of its SHA-256.
    pub fingerprint: String,
    /// `user_short`, `user_long`, `system_user` or `page`.
    pub kind: String,
    /// Id of the person or system user.
    pub subject: String,
    /// The Page, of Page tokens.
    pub page: Option<String>,
    /// Unix seconds.
    pub issued_at: i64,
    /// Unix seconds, `0` never.
    pub expires_at: i64,
    /// Why it no longer works.
    pub revoked: Option<Revocation>,
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

/// Which flow a minted code belongs to; it decides the code's life and what it is bound to (Meta reference §2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFlow {
    /// The redirect dialog with classic scopes.
    Redirect {
        /// A registered redirect URI.
        redirect_uri: String,
        /// Comma-separated permissions.
        scope: String,
    },
    /// The redirect dialog with a login configuration.
    RedirectConfiguration {
        /// A registered redirect URI.
        redirect_uri: String,
        /// The `config_id`.
        config_id: String,
    },
    /// An SDK popup with a login configuration: bound to nothing, thirty seconds.
    Popup {
        /// The `config_id`.
        config_id: String,
        /// URL of the page that called `FB.login`.
        page: String,
    },
    /// A classic SDK popup: bound to the empty string or the page.
    ClassicPopup {
        /// Comma-separated permissions.
        scope: String,
        /// URL of the page that called `FB.login`.
        page: String,
    },
}

impl Control {
    /// Address the simulator believes to be reached at.
    #[must_use]
    pub fn base(&self) -> Url {
        self.shared.lock().base.clone()
    }

    /// Replace the world; grants, tokens, codes, subscriptions and usage of the old one are gone.
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
        self.shared.lock().clock.advance(by);
    }

    /// Stop the clock at this moment (Unix seconds); it then moves by [`Control::advance`] only.
    pub fn freeze(&self, at: i64) {
        self.shared.lock().clock.freeze(at);
    }

    /// Let time run with the machine again, all advances forgotten.
    pub fn thaw(&self) {
        self.shared.lock().clock.thaw();
    }

    /// Arm a fault; the id removes it.
    #[must_use = "without the id the fault can only be removed with all others"]
    pub fn set_fault(&self, fault: Fault) -> u64 {
        self.shared.lock().faults.add(fault)
    }

    /// Disarm one fault. Returns whether it was armed.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.shared.lock().faults.remove(id)
    }

    /// Disarm all faults.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
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

    /// Forget the recorded requests.
    pub fn clear_requests(&self) {
        self.shared.lock().record.clear();
    }

    /// HTTP requests in the record.
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
    /// (25 ms will do) when measuring.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.shared.lock().record.rounds()
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
    }

    /// What a person ticks when a dialog is answered with a plain *Continue* ([`Consent::default`]).
    pub fn grant(&self, persona: &str, consent: Consent) {
        self.shared.lock().presets.insert(persona.to_owned(), consent);
    }

    /// Answer a dialog without a browser: the address it would send the browser to.
    ///
    /// # Errors
    /// The page shown inside Facebook instead, from which no browser returns.
    pub fn approve(&self, dialog_url: &str, consent: &Consent) -> Result<Url, ErrorPage> {
        let raw = dialog_url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let raw = raw.split('#').next().unwrap_or_default();
        let mut state = self.shared.lock();
        match dialog::decide(&mut state, raw, consent) {
            Reply::Redirect(url) => Ok(url),
            Reply::Page(page) => Err(page),
        }
    }

    /// A code as that flow would deliver it, for this person with everything ticked.
    ///
    /// # Errors
    /// The page the dialog would show instead, [`ErrorPage::SomethingWrong`] when it redirects without a code.
    pub fn mint_code(&self, persona: &str, flow: &CodeFlow) -> Result<String, ErrorPage> {
        let url = self.approve(&self.dialog_url(flow), &Consent::everything().by(persona))?;
        let pairs =
            url.query().into_iter().chain(url.fragment()).flat_map(|text| url::form_urlencoded::parse(text.as_bytes()));
        let code = pairs.filter(|(name, _)| name == "code").map(|(_, value)| value.into_owned()).next();
        code.ok_or(ErrorPage::SomethingWrong)
    }

    /// The dialog address such a flow opens, with `state=sim`.
    #[must_use]
    pub fn dialog_url(&self, flow: &CodeFlow) -> String {
        let state = self.shared.lock();
        let mut url = state.base.clone();
        url.set_path("/v25.0/dialog/oauth");
        let arbiter = |page: &str| {
            let origin = Url::parse(page).map(|page| page.origin().ascii_serialization()).unwrap_or_default();
            format!("{}x/connect/xd_arbiter/?version=46#cb=f1&origin={origin}&relation=opener", state.base)
        };
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("client_id", &state.world.app.id)
                .append_pair("state", "sim")
                .append_pair("response_type", "code");
            match flow {
                CodeFlow::Redirect { redirect_uri, scope } => {
                    query.append_pair("redirect_uri", redirect_uri).append_pair("scope", scope);
                }
                CodeFlow::RedirectConfiguration { redirect_uri, config_id } => {
                    query.append_pair("redirect_uri", redirect_uri).append_pair("config_id", config_id);
                }
                CodeFlow::Popup { config_id, page } => {
                    query.append_pair("redirect_uri", &arbiter(page)).append_pair("config_id", config_id);
                    query.append_pair("sdk", "joey").append_pair("fallback_redirect_uri", page);
                }
                CodeFlow::ClassicPopup { scope, page } => {
                    query.append_pair("redirect_uri", &arbiter(page)).append_pair("scope", scope);
                    query.append_pair("sdk", "joey").append_pair("fallback_redirect_uri", page);
                }
            }
        }
        url.into()
    }

    /// A long-lived user token of this person, who has granted everything the first configuration asks for.
    ///
    /// A person who has consented before keeps that grant.
    #[must_use]
    pub fn mint_user_token(&self, persona: &str) -> String {
        let granted = self.shared.lock().grants.person(persona).is_some_and(|grant| grant.authorized);
        if !granted {
            let flow = {
                let state = self.shared.lock();
                let app = &state.world.app;
                CodeFlow::Redirect {
                    redirect_uri: app.redirect_uris.first().map(|uri| uri.replace(":*", ":3000")).unwrap_or_default(),
                    scope: app.configurations.first().map(|one| one.permissions.join(",")).unwrap_or_default(),
                }
            };
            // The habits of the person (a preset, permissions usually unticked) apply as in a dialog.
            let _ = self.approve(&self.dialog_url(&flow), &Consent::default().by(persona));
        }
        let mut state = self.shared.lock();
        graph::mint(&mut state, TokenKind::UserLong, persona.to_owned(), SIXTY_DAYS)
    }

    /// Make a token useless, given its value or its fingerprint. Returns whether there was such a token.
    pub fn revoke(&self, token: &str, why: Revocation) -> bool {
        let mut state = self.shared.lock();
        let value = state.tokens.by_fingerprint(token).unwrap_or_else(|| token.to_owned());
        let subject = state.tokens.get(&value).map(|token| token.subject.clone());
        if let (Some(subject), Revocation::AppRemoved) = (&subject, why) {
            let grant = state.grants.person_mut(subject);
            grant.authorized = false;
            grant.granted.clear();
            grant.declined.clear();
        }
        state.tokens.revoke(&value, why)
    }

    /// Make every token of a person or system user useless.
    pub fn revoke_person(&self, subject: &str, why: Revocation) {
        self.shared.lock().tokens.revoke_subject(subject, why);
    }

    /// All tokens, oldest first, without their values.
    #[must_use]
    pub fn tokens(&self) -> Vec<TokenInfo> {
        let state = self.shared.lock();
        state
            .tokens
            .iter()
            .map(|(value, token)| {
                let (kind, page) = match &token.kind {
                    TokenKind::UserShort => ("user_short", None),
                    TokenKind::UserLong => ("user_long", None),
                    TokenKind::SystemUser => ("system_user", None),
                    TokenKind::Page(page) => ("page", Some(page.clone())),
                };
                TokenInfo {
                    fingerprint: fingerprint(value),
                    kind: kind.to_owned(),
                    subject: token.subject.clone(),
                    page,
                    issued_at: token.issued_at,
                    expires_at: token.expires_at,
                    revoked: token.revoked,
                }
            })
            .collect()
    }

    /// The app's own subscriptions, then every asset the app is installed on, then numbers with their own callback.
    #[must_use]
    pub fn subscriptions(&self) -> Vec<SubscriptionInfo> {
        let state = self.shared.lock();
        let all = &state.subscriptions;
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

    /// Shorthand: whatever the person does in the next dialogs, this happens.
    pub fn force_dialog(&self, outcome: DialogOutcome) {
        self.shared.lock().switches.dialog = outcome;
    }

    /// Shorthand for [`Consent`] that cancels.
    #[must_use]
    pub fn cancel() -> Consent {
        Consent { answer: Answer::Cancel, ..Consent::default() }
    }
}
