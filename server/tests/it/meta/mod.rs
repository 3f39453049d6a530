//! The Graph client and the discovery of assets against the simulator.

mod bad_answers;
mod canary;
mod completeness;
mod effort;
mod tokens;
mod webhooks;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use secrecy::SecretString;
use server::{
    clock::{Clock, Timestamp},
    connect::discover::{Discovery, Progress, Silent, Step, discover},
    entropy::Entropy,
    meta::{
        AccessToken, Backoff, GraphClient, GraphVersion, MetaApp, MetaError, Product, TokenFacts, Transport,
        TransportSettings,
    },
};
use simulator::{CodeFlow, Consent, Control, Options, Running, World};

/// A simulator and a client that speaks to it.
pub(crate) struct Meta {
    pub(crate) running: Running,
    pub(crate) graph: GraphClient,
}

impl Meta {
    pub(crate) async fn start(world: World) -> Self {
        Self::start_with(Options { world, ..Options::default() }, Duration::from_secs(20)).await
    }

    pub(crate) async fn start_with(options: Options, timeout: Duration) -> Self {
        let (id, secret) = (options.world.app.id.clone(), options.world.app.secret.clone());
        let running = simulator::start(options).await.unwrap();
        let settings = TransportSettings {
            timeout,
            backoff: Backoff::immediate(2),
            entropy: Entropy::seeded(1),
            ..TransportSettings::default()
        };
        let app = MetaApp {
            product: Product::Facebook,
            app_id: id.parse().unwrap(),
            app_secret: SecretString::from(secret),
            graph_version: GraphVersion::TESTED,
            graph_url: running.url.clone(),
            dialog_url: running.url.clone(),
        };
        let clock = Clock::fixed(Timestamp::from_seconds(running.control().now()));
        let graph = GraphClient::new(Transport::new(settings).unwrap(), Arc::new(app), clock);
        Self { running, graph }
    }

    pub(crate) fn control(&self) -> Control {
        self.running.control()
    }

    /// The first person of the world, or the one at `index`.
    pub(crate) fn person(&self, index: usize) -> String {
        self.control().world().people[index].id.clone()
    }

    /// A long-lived token of the first person, with everything granted.
    pub(crate) fn token(&self) -> AccessToken {
        AccessToken::new(self.control().mint_user_token(&self.person(0)))
    }

    /// A token as a login configuration gives it, with these ticks.
    pub(crate) async fn token_by(&self, config_id: &str, consent: &Consent) -> AccessToken {
        let flow =
            CodeFlow::Popup { config_id: config_id.to_owned(), page: "http://localhost:3000/connect".to_owned() };
        let url = self.control().dialog_url(&flow);
        let back = self.control().approve(&url, consent).unwrap();
        let text = [back.query().unwrap_or_default(), back.fragment().unwrap_or_default()].join("&");
        let code =
            url::form_urlencoded::parse(text.as_bytes()).find(|(name, _)| name == "code").unwrap().1.into_owned();
        let binding =
            server::meta::RedirectBinding::Popup { page_url: "http://localhost:3000/connect".parse().unwrap() };
        self.graph.exchange_code(&SecretString::from(code), &binding).await.unwrap().token
    }

    pub(crate) async fn facts(&self, token: &AccessToken) -> TokenFacts {
        self.graph.debug_token(token).await.unwrap()
    }

    pub(crate) async fn discover(&self, token: &AccessToken) -> Result<Discovery, MetaError> {
        let facts = self.facts(token).await;
        self.discover_with(&facts, token).await
    }

    pub(crate) async fn discover_with(&self, facts: &TokenFacts, token: &AccessToken) -> Result<Discovery, MetaError> {
        self.control().clear_requests();
        discover(&self.graph, token, facts, &Silent).await
    }
}

/// Remembers every step.
#[derive(Default)]
pub(crate) struct Steps(Mutex<Vec<Step>>);

impl Progress for Steps {
    fn report(&self, step: Step) {
        self.0.lock().unwrap().push(step);
    }
}

impl Steps {
    pub(crate) fn all(&self) -> Vec<Step> {
        self.0.lock().unwrap().clone()
    }
}
