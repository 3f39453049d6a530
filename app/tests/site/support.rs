//! The web site of an installation of its own, and a browser that keeps its cookies.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use leptos::config::LeptosOptions;
use server::clock::{Clock, Timestamp};
use server::config::{InstagramSettings, MetaSettings};
use server::connect::MetaSetup;
use server::db::{Db, OpenOptions};
use server::entropy::Entropy;
use server::meta::{Transport, TransportSettings};
use server::outbox::{Outbox, OutboxSettings};
use server::vault::KeyRing;
use server::{Parts, Services, http};
use tower::ServiceExt as _;

pub(crate) const PASSWORD: &str = "a long enough secret";

/// Settings that name no Meta app.
fn settings() -> MetaSettings {
    MetaSettings {
        app_id: None,
        app_secret: None,
        app_secret_previous: None,
        webhook_verify_token: None,
        webhook_verify_token_alias: None,
        config_id: None,
        whatsapp_config_id: None,
        oauth_scopes: Vec::new(),
        graph_api_version: None,
        graph_api_version_alias: None,
        redirect_uri: None,
        // Nothing listens there.
        graph_url: "http://127.0.0.1:9/".parse().unwrap(),
        dialog_url: "http://127.0.0.1:9/".parse().unwrap(),
        sdk_url: "http://127.0.0.1:9/sdk.js".parse().unwrap(),
        instagram: InstagramSettings::simulated(
            &"http://127.0.0.1:9/".parse().unwrap(),
            &"http://127.0.0.1:9/".parse().unwrap(),
        )
        .unwrap(),
        popup_over_http: false,
    }
}

pub(crate) struct Site {
    pub(crate) services: Services,
    router: Router,
    pub(crate) cookie: String,
    _folder: tempfile::TempDir,
}

impl Site {
    pub(crate) async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display()).parse().unwrap();
        let options = OpenOptions { url, max_connections: 2, migrate: true, schema: None };
        let entropy = Entropy::seeded(7);
        let services = Services::new(Parts {
            clock: Clock::fixed(Timestamp::from_seconds(1_795_167_900)),
            keys: KeyRing::parse(&KeyRing::generate("test", &entropy)).unwrap(),
            entropy,
            db: Db::open(&options).await.unwrap(),
            transport: Transport::new(TransportSettings::default()).unwrap(),
            meta: MetaSetup::from_settings(&settings(), &"http://desk.example/".parse().unwrap()).unwrap(),
            public_url: "http://desk.example/".parse().unwrap(),
            trust_proxy: false,
            keep_deliveries: std::time::Duration::from_secs(30 * 86_400),
            mailer: server::mail::Mailer::default(),
            outbox: Outbox::new(&OutboxSettings { allow_private: true, ..OutboxSettings::default() }).unwrap(),
        })
        .unwrap();
        let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
        let pages = app::router(options, services.clone(), http::router(&services));
        Self { router: http::protect(&services, pages), services, cookie: String::new(), _folder: folder }
    }

    pub(crate) async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: &str,
    ) -> (StatusCode, String, String) {
        let request = request.header(header::COOKIE, &self.cookie).body(Body::from(body.to_owned())).unwrap();
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = if self.cookie.is_empty() { pair.into() } else { format!("{}; {pair}", self.cookie) };
        }
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|l| l.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
    }

    pub(crate) async fn get(&mut self, path: &str) -> (StatusCode, String, String) {
        self.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &str) -> (StatusCode, String, String) {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, fields).await
    }

    pub(crate) async fn sign_up(&mut self) {
        let fields = format!("business_name=Brasa&name=Ada&email=ada%40demo.example&password={PASSWORD}");
        let (status, location, _) = self.post("/sign-up?do=sign-up", &fields).await;
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/"));
    }
}
