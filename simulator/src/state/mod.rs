//! Everything that changes, behind one lock that is never held over I/O.

mod codes;
mod grants;
mod subscriptions;
mod switches;
mod tokens;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::watch;
use url::Url;

pub(crate) use codes::{Binding, Code, CodeFor, Codes};
pub use grants::Selection;
pub(crate) use grants::{Grant, Grants, SystemUser, Ticks};
pub(crate) use subscriptions::{AppSubscription, AssetSubscription, Subscriptions};
pub use switches::{Budgets, DialogOutcome, SignupMessage, Switches};
pub use tokens::Revocation;
pub(crate) use tokens::{DATA_ACCESS, SHORT, SIXTY_DAYS, Token, TokenKind, Tokens};

use crate::clock::Clock;
use crate::dialog::Consent;
use crate::faults::Faults;
use crate::graph::usage::Usage;
use crate::record::Record;
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
    pub(crate) faults: Faults,
    pub(crate) record: Record,
    pub(crate) usage: Usage,
    pub(crate) switches: Switches,
    /// What a person ticks when nothing else is said, by person id.
    pub(crate) presets: HashMap<String, Consent>,
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
            faults: Faults::default(),
            record: Record::default(),
            usage: Usage::default(),
            switches,
            presets: HashMap::new(),
        }
    }

    /// Replace the world. Grants, tokens, codes and subscriptions belong to the old one and go with it.
    pub(crate) fn load(&mut self, world: World) -> Result<(), WorldError> {
        self.index = Arc::new(Index::of(&world)?);
        self.world = Arc::new(world);
        self.tokens = Tokens::default();
        self.codes = Codes::default();
        self.grants = Grants::default();
        self.subscriptions = Subscriptions::default();
        self.usage = Usage::default();
        self.presets.clear();
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

    /// The thing with this id.
    pub(crate) fn node(&self, id: &str) -> Option<Node> {
        self.index.get(id)
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
    /// While true, Graph requests are recorded but not answered.
    held: watch::Sender<bool>,
}

impl Shared {
    pub(crate) fn new(state: State) -> Self {
        Self { state: Mutex::new(state), http: OnceLock::new(), held: watch::Sender::new(false) }
    }

    /// Lock the state. A panic elsewhere must not silence the simulator, so poison is ignored.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// The client for handshakes and deliveries, made at first use.
    pub(crate) fn http(&self) -> Option<&reqwest::Client> {
        self.http.get_or_init(crate::graph::handshake::client).as_ref()
    }
}
