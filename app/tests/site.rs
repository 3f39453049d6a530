//! The web site over a real database: forms without script, statuses, redirects, and what is never shown again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use leptos::config::LeptosOptions;
use server::clock::{Clock, Timestamp};
use server::config::MetaSettings;
use server::connect::MetaSetup;
use server::db::audit::{ChainKey, NewAuditEntry, Said};
use server::db::{Db, OpenOptions, memberships};
use server::entropy::Entropy;
use server::meta::{Transport, TransportSettings};
use server::vault::KeyRing;
use server::{Parts, Services, http};
use tower::ServiceExt as _;

const PASSWORD: &str = "a long enough secret";

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
        popup_over_http: false,
    }
}

struct Site {
    services: Services,
    router: Router,
    cookie: String,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn new() -> Self {
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
        })
        .unwrap();
        let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
        let pages = app::router(options, services.clone(), http::router(&services));
        Self { router: http::protect(&services, pages), services, cookie: String::new(), _folder: folder }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: &str) -> (StatusCode, String, String) {
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

    async fn get(&mut self, path: &str) -> (StatusCode, String, String) {
        self.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
    }

    async fn post(&mut self, path: &str, fields: &str) -> (StatusCode, String, String) {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, fields).await
    }

    async fn sign_up(&mut self) {
        let fields = format!("business_name=Brasa&name=Ada&email=ada%40demo.example&password={PASSWORD}");
        let (status, location, _) = self.post("/sign-up?do=sign-up", &fields).await;
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/"));
    }
}

#[tokio::test]
async fn a_form_that_fails_comes_back_with_its_error_and_without_its_secret() {
    let mut site = Site::new().await;
    let fields = "business_name=Brasa+Caf%C3%A9&name=Ada&email=ada%40demo.example&password=short-one";
    let (status, _, page) = site.post("/sign-up?do=sign-up", fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Brasa Café\"") && page.contains("value=\"ada@demo.example\""), "values are kept");
    assert!(!page.contains("short-one"), "a password is never shown again");
    assert!(page.contains("role=\"alert\"") && page.contains("autofocus"), "the error is read first");
    assert!(page.contains("aria-invalid=\"true\"") && page.contains("aria-describedby=\"sign-up-password-wrong"));
}

#[tokio::test]
async fn signing_up_leads_to_the_desk_and_signing_in_to_the_page_asked_for() {
    let mut site = Site::new().await;
    assert_eq!(site.get("/").await.1, "/sign-in");
    site.sign_up().await;
    let (status, _, page) = site.get("/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Nothing is connected yet"));

    assert_eq!(site.post("/account?do=sign-out", "").await.1, "/sign-in");
    site.cookie.clear();
    assert_eq!(site.get("/activity?log=audit").await.1, "/sign-in?next=%2Factivity%3Flog%3Daudit");
    let fields = format!("email=ada%40demo.example&password={PASSWORD}&next=%2Fteam");
    assert_eq!(site.post("/sign-in?next=%2Fteam&do=sign-in", &fields).await.1, "/team");
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_signing_in() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let fields = format!("email=ada%40demo.example&password={PASSWORD}&next=https%3A%2F%2Fevil.example");
    assert_eq!(site.post("/sign-in?do=sign-in", &fields).await.1, "/");
}

#[tokio::test]
async fn a_form_sent_twice_says_so_and_changes_nothing_more() {
    let mut site = Site::new().await;
    site.sign_up().await;
    assert_eq!(site.post("/team?do=add-location", "name=Centro").await.1, "/team?done=add-location");
    let (status, _, page) = site.post("/team?do=add-location", "name=Centro").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("There is already a location of this name."));
    let (_, _, page) = site.get("/team?done=add-location").await;
    assert!(page.contains("The location is added."));
    assert_eq!(page.matches("0 assets").count(), 1, "there is one location");
}

#[tokio::test]
async fn an_invitation_link_is_shown_once() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.post("/team?do=invite", "email=noor%40demo.example&role=agent").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("http://desk.example/join/"));
    let (_, _, page) = site.get("/team").await;
    assert!(page.contains("noor@demo.example") && !page.contains("/join/"));
}

#[tokio::test]
async fn a_set_up_link_that_cannot_be_used_says_what_to_do() {
    let mut site = Site::new().await;
    let (status, _, page) = site.get("/set-up/nonsense").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("This link cannot be used") && page.contains("ask for a new one"), "{page}");
    let (status, _, page) = site.get("/set-up").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("Open the link that was sent to you"), "{page}");
    let (status, _, page) = site.post("/set-up/nonsense?do=begin-set-up", "token=canary-token").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(!page.contains("canary-token"));
}

#[tokio::test]
async fn unknown_actions_addresses_and_foreign_things_are_not_found() {
    let mut site = Site::new().await;
    site.sign_up().await;
    for address in ["/team?do=no-such-thing", "/team?do=../x", "/team"] {
        assert_eq!(site.post(address, "").await.0, StatusCode::NOT_FOUND, "{address}");
    }
    for address in ["/nowhere", "/connect/att_1", "/disconnect/con_00000000000000000000000000000000"] {
        let (status, _, page) = site.get(address).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(page.matches("<h1").count(), 1, "{address}");
    }
    assert_eq!(site.get("/admin").await.0, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/join/wrong").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_a_meta_app_connecting_says_why_it_cannot() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.get("/connect").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This installation has no Meta app yet") && page.contains("disabled"));
    let (status, _, page) = site.post("/connect?do=begin-connect", "connection=").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Meta App credentials not configured."));
}

#[tokio::test]
async fn an_operator_enters_the_app_and_its_secret_is_never_shown() {
    const SECRET: &str = "5f1c0d3b7a9e42868d1e4c6b0a2f9e37";
    let mut site = Site::new().await;
    site.sign_up().await;
    assert_eq!(site.get("/setup").await.0, StatusCode::FORBIDDEN);
    assert_eq!(site.post("/setup?do=save-app", "app_id=1&app_secret=x").await.0, StatusCode::FORBIDDEN);

    let password = secrecy::SecretString::from(PASSWORD.to_owned());
    server::accounts::create_operator(&site.services, "Olga", "olga@demo.example", password).await.unwrap();
    site.cookie.clear();
    site.post("/sign-in?do=sign-in", &format!("email=olga%40demo.example&password={PASSWORD}")).await;
    let (status, _, page) = site.get("/setup").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Enter your Meta app") && page.contains("http://desk.example/oauth/meta/callback"));
    assert!(page.contains("The verify token is made when the app is entered."));

    let (status, _, page) = site.post("/setup?do=save-app", &format!("app_id=my+app&app_secret={SECRET}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Invalid App ID format.") && page.contains("value=\"my app\"") && !page.contains(SECRET));
    assert!(page.contains("aria-describedby=\"save-app-app_id-wrong"));

    // Nothing answers in Meta's place, so the app is saved and its check waits.
    let (status, location, _) = site.post("/setup?do=save-app", &format!("app_id=4711&app_secret={SECRET}")).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/setup?done=save-app"));
    let (_, _, page) = site.get("/setup?done=save-app").await;
    assert!(page.contains("The Meta app is saved.") && page.contains("Meta could not be asked about the app"));
    assert!(page.contains("value=\"4711\"") && !page.contains(SECRET));

    let token = server::setup::show_verify_token(&site.services, &operator(&site).await).unwrap();
    let token = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    assert!(!page.contains(&token));
    let (status, _, page) = site.post("/setup?do=show-verify-token", "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&token));
    assert!(!site.get("/setup").await.2.contains(&token), "it is shown once");
    let (status, _, page) = site.get("/setup/review").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("pages_messaging") && page.contains("http://desk.example/sign-in"));
}

async fn operator(site: &Site) -> server::accounts::Actor {
    let db = site.services.db();
    let user = server::db::users::find_by_email(db, "olga@demo.example").await.unwrap().unwrap();
    server::accounts::Actor::new(user, Vec::new(), None)
}

#[tokio::test]
async fn direct_calls_answer_json_with_the_status_of_the_error() {
    let mut site = Site::new().await;
    let request = Request::post("/rpc/begin-popup")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _, body) = site.send(request, "connection=").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let error: app::error::AppError = serde_json::from_str(&body).unwrap();
    assert_eq!(&*error.code, "signed_out");
}

#[tokio::test]
async fn a_form_of_two_thousand_assets_is_read_and_a_larger_one_refused() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let id = "0".repeat(32);
    let many: Vec<String> = (0..2000).map(|_| format!("asset=ast_{id}")).collect();
    let fields = format!("attempt=att_{id}&{}", many.join("&"));
    // Read to its end: it is the attempt that does not exist.
    let (status, _, _) = site.post("/connect?do=choose-assets", &fields).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _, _) = site.post("/connect?do=choose-assets", &format!("{fields}&{fields}&{fields}")).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn colours_are_remembered_without_script_and_are_in_the_first_byte() {
    let mut site = Site::new().await;
    let (status, location, _) = site.post("/privacy?do=set-theme", "theme=dark").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/privacy"));
    assert!(site.get("/privacy").await.2.contains("<html lang=\"en\" data-theme=\"dark\">"));
}

/// A second business of the person who signed up; the session works for the first.
async fn second_business(site: &Site) -> (String, String) {
    use server::accounts::{self, Role, SignUp};
    let services = &site.services;
    let input = SignUp {
        business_name: "Costa Foods".into(),
        name: "Leo".into(),
        email: "leo@demo.example".into(),
        password: PASSWORD.to_owned().into(),
    };
    let (leo, costa) = accounts::sign_up(services, input, "test").await.unwrap();
    let leo = actor(services, &leo, Some(&costa)).await;
    let issued = accounts::invite(services, &leo, "ada@demo.example", Role::Admin).await.unwrap();
    let ada = server::db::users::find_by_email(services.db(), "ada@demo.example").await.unwrap().unwrap();
    let brasa = actor(services, &ada.id, None).await;
    let token = secrecy::ExposeSecret::expose_secret(&issued.link).rsplit('/').next().unwrap().to_owned();
    accounts::join_as_self(services, &token.into(), &brasa).await.unwrap();
    (brasa.membership.unwrap().tenant_id.to_string(), costa.to_string())
}

async fn actor(
    services: &Services,
    user: &server::ids::UserId,
    tenant: Option<&server::ids::TenantId>,
) -> server::accounts::Actor {
    let found = server::db::users::get(services.db(), user).await.unwrap().unwrap();
    let memberships = memberships::list_by_user_across_tenants(services.db(), user).await.unwrap();
    server::accounts::Actor::new(found, memberships, tenant)
}

#[tokio::test]
async fn a_form_of_a_page_for_one_business_does_nothing_for_another() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (brasa, costa) = second_business(&site).await;
    assert!(site.get("/team").await.2.contains(&format!("name=\"acting_for\" value=\"{brasa}\"")), "every form tells");
    site.post("/team?do=switch-tenant", &format!("tenant={costa}&acting_for={brasa}")).await;
    let (status, _, page) = site.post("/team?do=add-location", &format!("name=Centro&acting_for={brasa}")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("This page was opened for Brasa; you are now working for Costa Foods."));
    assert_eq!(page.matches("This page was opened for").count(), 1, "it is said once");
    assert!(page.contains("value=\"Centro\""), "what was typed is kept");
    assert!(page.contains(&format!("name=\"acting_for\" value=\"{costa}\"")), "sent again, it is for this business");
    assert!(site.get("/team").await.2.contains("Costa Foods") && !site.get("/team").await.2.contains("Centro"));
    assert_eq!(
        site.post("/team?do=add-location", &format!("name=Centro&acting_for={costa}")).await.0,
        StatusCode::SEE_OTHER
    );
    let popup = Request::post("/rpc/begin-popup").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert_eq!(site.send(popup, &format!("connection=&acting_for={brasa}")).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn who_was_removed_from_a_business_chooses_another_and_is_not_moved_there() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (brasa, costa) = second_business(&site).await;
    site.post("/team?do=switch-tenant", &format!("tenant={costa}")).await;
    let ada = server::db::users::find_by_email(site.services.db(), "ada@demo.example").await.unwrap().unwrap();
    let said = Said {
        key: &ChainKey::new([7; 32]),
        entry: NewAuditEntry { actor_id: None, actor_name: "Somebody", action: "member.removed", target: "Ada" },
    };
    let now = site.services.clock().now();
    let gone = memberships::delete(site.services.db(), &costa.parse().unwrap(), &ada.id, &said, now).await;
    assert!(gone.is_ok());
    let (status, _, page) = site.get("/team").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("You no longer belong to the business") && page.contains(&brasa));
    assert_eq!(site.post("/team?do=add-location", "name=Centro").await.0, StatusCode::CONFLICT);
    assert_eq!(site.post("/team?do=switch-tenant", &format!("tenant={brasa}")).await.1, "/");
    assert_eq!(site.get("/team").await.0, StatusCode::OK);
}

#[tokio::test]
async fn who_asked_for_deletion_sees_how_far_it_is() {
    let mut site = Site::new().await;
    let (status, _, page) = site.get("/deletion/nobody-was-given-this").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("We do not know this code") && page.matches("<h1").count() == 1);

    let (db, now) = (site.services.db().clone(), site.services.clock().now());
    let id = server::ids::DeletionId::new(site.services.ids());
    let new = server::db::deletion_requests::NewDeletion {
        id: &id,
        // SHA-256 of the code `abc`.
        code_hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        meta_app_id: "1",
        subject_hash: "",
        subject: &server::vault::Sealed::from_stored("v1.k1.x".into()),
        granted_until: now,
    };
    assert!(server::db::deletion_requests::insert(&db, &new, now).await.unwrap());
    let (status, _, page) = site.get("/deletion/abc").await;
    assert!(status == StatusCode::OK && page.contains("Your data is being deleted"), "{page}");
    server::db::deletion_requests::mark_done(&db, &id, "{}", now).await.unwrap();
    let (status, _, page) = site.get("/deletion/abc").await;
    assert!(status == StatusCode::OK && page.contains("Your data is deleted"), "{page}");
}

#[tokio::test]
async fn numbers_have_their_pages_and_a_number_that_is_not_theirs_has_none() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.get("/whatsapp-numbers").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("No number is connected yet") && page.contains("href=\"/whatsapp-numbers/add\""));
    let (status, _, page) = site.get("/whatsapp-numbers/add").await;
    assert_eq!(status, StatusCode::OK, "`add` is no id");
    assert!(page.contains("This installation has not switched it on."));
    for nobody in ["/whatsapp-numbers/ast_00000000000000000000000000000000", "/whatsapp-numbers/7"] {
        let (status, _, _) = site.get(nobody).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{nobody}");
    }
    let fields = "number=ast_00000000000000000000000000000000&pin=246810";
    let (status, _, page) = site.post("/whatsapp-numbers?do=register-number", fields).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!page.contains("246810"), "a PIN is never shown again");
}

#[tokio::test]
async fn the_help_is_all_in_the_language_that_the_browser_asks_for() {
    let mut site = Site::new().await;
    for (asked, lang, title, row) in [
        ("de, en;q=0.5", "en", "What went wrong", "Why"),
        ("es-MX, en;q=0.5", "es", "Qué ha fallado", "Por qué"),
        ("ro", "ro", "Ce nu a mers", "De ce"),
    ] {
        let request = Request::get("/help/errors").header(header::ACCEPT_LANGUAGE, asked);
        let (status, _, body) = site.send(request, "").await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains(&format!(r#"<html lang="{lang}""#)), "{asked}");
        assert!(body.contains(title) && body.contains(row) && body.contains(r#"id="access-refused""#), "{asked}");
        assert_eq!(body.matches("<article").count(), 38, "{asked}");
    }
}

#[tokio::test]
async fn the_help_is_searched_without_script() {
    let mut site = Site::new().await;
    let (_, _, body) = site.get("/help/errors?q=131042").await;
    assert_eq!(body.matches("<article").count(), 1);
    assert!(body.contains(r#"id="payment""#) && body.contains(r#"value="131042""#));
    let (_, _, body) = site.get("/help/errors?q=%3Cb%3E").await;
    assert!(
        body.contains("&lt;b&gt;") && !body.contains("<article"),
        "nothing is found, and the search is shown as text"
    );
}

#[tokio::test]
async fn a_chosen_language_counts_more_than_the_browsers_and_tells_every_failure() {
    let mut site = Site::new().await;
    let (status, location, _) = site.post("/help/errors?do=set-language", "language=ro").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/help/errors"));
    let request = Request::get("/help/errors").header(header::ACCEPT_LANGUAGE, "es");
    assert!(site.send(request, "").await.2.contains("Ce nu a mers"));
    // A form that fails: the sentences are Romanian, and the page around them says so.
    let (status, _, body) = site.post("/sign-in?do=sign-in", "next=&email=ada%40demo.example&password=wrong").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains(r#"<html lang="en""#) && body.contains(r#"lang="ro""#));
    assert!(body.contains("Adresa de e-mail sau parola este greșită."), "{body}");
    // A language that nobody speaks here is English.
    site.cookie.clear();
    site.post("/help/errors?do=set-language", "language=xx").await;
    assert!(site.get("/help/errors").await.2.contains("What went wrong"));
}
