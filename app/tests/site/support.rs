//! The web site of an installation of its own, and a browser that keeps its cookies.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use leptos::config::LeptosOptions;
use server::clock::{Clock, Timestamp};
use server::config::{MailSettings, MetaSettings};
use server::connect::MetaSetup;
use server::db::{Db, OpenOptions};
use server::entropy::Entropy;
use server::ingest::IntakeSettings;
use server::mail::Mailer;
use server::meta::{Transport, TransportSettings};
use server::outbox::{Outbox, OutboxSettings};
use server::vault::KeyRing;
use server::{Parts, Services, http};
use tower::ServiceExt as _;

pub(crate) const PASSWORD: &str = "a long enough secret";

/// Settings that name no Meta app.
fn settings() -> MetaSettings {
    // Nothing listens there.
    let nowhere = "http://127.0.0.1:9/".parse().unwrap();
    MetaSettings::simulated(&nowhere, &nowhere).unwrap()
}

pub(crate) struct Site {
    pub(crate) services: Services,
    router: Router,
    pub(crate) cookie: String,
    folder: tempfile::TempDir,
}

impl Site {
    /// An installation that sends no mail.
    pub(crate) async fn new() -> Self {
        Self::made(false).await
    }

    /// One whose mail can be read, see [`Self::mails`].
    pub(crate) async fn with_mail() -> Self {
        Self::made(true).await
    }

    async fn made(mail: bool) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display()).parse().unwrap();
        let options = OpenOptions { url, max_connections: 2, migrate: true, schema: None };
        let mail = MailSettings {
            smtp_url: None,
            mail_from: mail.then(|| "Attaché <attache@desk.example>".into()),
            mail_dir: mail.then(|| folder.path().join("mail")),
        };
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
            intake: IntakeSettings::default(),
            mailer: Mailer::from_settings(&mail, None).unwrap(),
            outbox: Outbox::new(&OutboxSettings { allow_private: true, ..OutboxSettings::default() }).unwrap(),
        })
        .unwrap();
        let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
        let pages = app::router(options, services.clone(), http::router(&services));
        Self { router: http::protect(&services, pages), services, cookie: String::new(), folder }
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

    /// The headers of the answer at an address.
    pub(crate) async fn headers(&self, path: &str) -> HeaderMap {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap().headers().clone()
    }

    /// The mails that were sent, with their lines unfolded, oldest first.
    pub(crate) fn mails(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path().join("mail")).into_iter().flatten();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap().replace("=\r\n", "")).collect()
    }

    pub(crate) async fn sign_up(&mut self) {
        let fields = format!("business_name=Brasa&name=Ada&email=ada%40demo.example&password={PASSWORD}");
        let (status, location, _) = self.post("/sign-up?do=sign-up", &fields).await;
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/"));
    }
}
