//! Everything that changes, behind one lock that is never held over I/O.

mod apps;
mod codes;
mod conversations;
mod grants;
mod links;
mod media;
mod subscriptions;
mod switches;
mod tokens;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::{Mutex as AsyncMutex, Notify, watch};
use url::Url;

pub(crate) use apps::OfApp;
pub(crate) use codes::{Binding, Code, CodeFor, Codes};
pub use conversations::{ChatMessage, Progress};
pub(crate) use conversations::{Conversations, thread_key};
pub use grants::Selection;
pub(crate) use grants::{Grant, Grants, SystemUser, Ticks};
pub(crate) use media::{File, Files};
pub(crate) use subscriptions::{AppSubscription, AssetSubscription, Subscriptions};
pub use switches::{Budgets, DialogOutcome, SignupMessage, Switches};
pub use tokens::Revocation;
pub(crate) use tokens::{DATA_ACCESS, SHORT, SIXTY_DAYS, Token, TokenKind, Tokens};

use crate::clock::Clock;
use crate::dialog::Consent;
use crate::faults::Faults;
use crate::graph::usage::Usage;
use crate::record::Record;
use crate::webhooks::Outbox;
use crate::world::{Index, Node, World, WorldError};

/// The whole state of the simulator.
pub(crate) struct State {
    /// Where browsers and clients reach the simulator; the stem of `paging.next`.
    pub(crate) base: Url,
    pub(crate) clock: Clock,
    pub(crate) rng: StdRng,
    pub(crate) world: Arc<World>,
    pub(crate) index: Arc<Index>,
    pub(crate) tokens: Tokens,
    pub(crate) codes: Codes,
    pub(crate) grants: Grants,
    pub(crate) subscriptions: Subscriptions,
    /// What belongs to the apps that are not acted for just now, by App ID.
    aside: HashMap<String, OfApp>,
    pub(crate) faults: Faults,
    pub(crate) record: Record,
    pub(crate) usage: Usage,
    pub(crate) switches: Switches,
    /// What a person ticks when nothing else is said, by person id.
    pub(crate) presets: HashMap<String, Consent>,
    pub(crate) outbox: Outbox,
    pub(crate) conversations: Conversations,
    pub(crate) files: Files,
    /// Wakes the task that delivers webhooks.
    wake: Arc<Notify>,
    /// Counts changes, for pages that show them live.
    changes: watch::Sender<u64>,
    /// The last moment given out by [`State::now_ms`].
    last_ms: i64,
}

impl State {
    pub(crate) fn new(base: Option<Url>, world: World, seed: u64, switches: Switches) -> Self {
        // A world built in code may be broken too: then nothing can be found by id, and the index page says so.
        let index = Index::of(&world).unwrap_or_default();
        Self {
            base: base.unwrap_or_else(unbound),
            clock: Clock::running(),
            rng: StdRng::seed_from_u64(seed),
            world: Arc::new(world),
            index: Arc::new(index),
            tokens: Tokens::default(),
            codes: Codes::default(),
            grants: Grants::default(),
            subscriptions: Subscriptions::default(),
            aside: HashMap::new(),
            faults: Faults::default(),
            record: Record::default(),
            usage: Usage::default(),
            switches,
            presets: HashMap::new(),
            outbox: Outbox::default(),
            conversations: Conversations::default(),
            files: Files::default(),
            wake: Arc::default(),
            changes: watch::Sender::new(0),
            last_ms: 0,
        }
    }

    /// Replace the world. Grants, tokens, codes and installations belong to the old one and go with it; the app's own webhooks
    /// and compliance callbacks stay when it is the same app.
    pub(crate) fn load(&mut self, mut world: World) -> Result<(), WorldError> {
        let index = Arc::new(Index::of(&world)?);
        let mut kept = Subscriptions::default();
        let old = &self.world.app;
        if old.id == world.app.id {
            kept.app = std::mem::take(&mut self.subscriptions.app);
            let app = &mut world.app;
            app.deauthorize_callback_url = app.deauthorize_callback_url.take().or(old.deauthorize_callback_url.clone());
            app.data_deletion_callback_url =
                app.data_deletion_callback_url.take().or(old.data_deletion_callback_url.clone());
        }
        self.index = index;
        self.world = Arc::new(world);
        self.tokens = Tokens::default();
        self.codes = Codes::default();
        self.grants = Grants::default();
        self.subscriptions = kept;
        self.aside.clear();
        self.usage = Usage::default();
        self.presets.clear();
        self.outbox = Outbox::default();
        self.conversations = Conversations::default();
        self.touch();
        self.switches.persona = None;
        Ok(())
    }

    /// Replace the world and keep everything else.
    pub(crate) fn replace_world(&mut self, world: World) -> Result<(), WorldError> {
        self.index = Arc::new(Index::of(&world)?);
        self.world = Arc::new(world);
        Ok(())
    }

    /// Change the world in place (a number registers, a switch of the app flips). Ids must stay as they are.
    pub(crate) fn world_mut(&mut self) -> &mut World {
        Arc::make_mut(&mut self.world)
    }

    /// Unix seconds in simulated time.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Unix milliseconds in simulated time, never the same twice, so that events have an order while the clock stands.
    pub(crate) fn now_ms(&mut self) -> i64 {
        let now = self.now().saturating_mul(1000);
        // The clock may have been set back.
        self.last_ms = if (now..now + 60_000).contains(&self.last_ms) { self.last_ms + 1 } else { now };
        self.last_ms
    }

    /// Something changed that is delivered or shown.
    pub(crate) fn touch(&self) {
        self.wake.notify_one();
        self.changes.send_modify(|count| *count += 1);
    }

    /// The thing with this id.
    pub(crate) fn node(&self, id: &str) -> Option<Node> {
        // Of an app that is not acted for nothing is told.
        self.index.get(id).filter(|node| *node != Node::App || id == self.world.app.id)
    }
}

/// The address until one is bound.
#[expect(clippy::expect_used, reason = "the text is a literal")]
fn unbound() -> Url {
    Url::parse("http://127.0.0.1/").expect("a literal address")
}

/// The state and what has to be reached without its lock.
pub(crate) struct Shared {
    state: Mutex<State>,
    http: OnceLock<Option<reqwest::Client>>,
    /// The certificates that callbacks may carry.
    trusted: Vec<Vec<u8>>,
    /// While true, Graph requests are recorded but not answered.
    held: watch::Sender<bool>,
    /// Held by whoever delivers webhooks.
    pub(crate) delivering: AsyncMutex<()>,
    /// Wakes the task that delivers webhooks.
    pub(crate) wake: Arc<Notify>,
    /// Counts changes.
    pub(crate) changes: watch::Receiver<u64>,
    driven: AtomicBool,
    /// Turns true when the server stops, so that open streams end.
    pub(crate) closing: watch::Sender<bool>,
}

impl Shared {
    pub(crate) fn new(state: State, trusted: Vec<Vec<u8>>) -> Self {
        Self {
            trusted,
            wake: state.wake.clone(),
            changes: state.changes.subscribe(),
            state: Mutex::new(state),
            http: OnceLock::new(),
            held: watch::Sender::new(false),
            delivering: AsyncMutex::new(()),
            driven: AtomicBool::new(false),
            closing: watch::Sender::new(false),
        }
    }

    /// Lock the state. A panic elsewhere must not silence the simulator, so poison is ignored.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True for the first caller only.
    pub(crate) fn claim_driver(&self) -> bool {
        !self.driven.swap(true, Ordering::SeqCst)
    }

    /// Hold Graph answers back, or let them go.
    pub(crate) fn hold(&self, held: bool) {
        self.held.send_replace(held);
    }

    /// Wait until answers are not held back.
    pub(crate) async fn released(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.held.subscribe().wait_for(|held| !held).await;
    }

    /// Wait until no fault holds requests like this one.
    pub(crate) async fn let_go(&self, method: &str, path: &str) {
        let mut changes = self.changes.clone();
        while self.lock().faults.holds(method, path) {
            // Whoever removes a fault tells of it, and the sender lives as long as `self`.
            let _ = changes.changed().await;
        }
    }

    /// The client for handshakes and deliveries, made at first use.
    pub(crate) fn http(&self) -> Option<&reqwest::Client> {
        self.http.get_or_init(|| crate::callback::client(&self.trusted)).as_ref()
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // The delivering task notices that there is nothing left to deliver from.
        self.wake.notify_one();
    }
}
