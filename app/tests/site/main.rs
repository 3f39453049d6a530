//! The web site over a real database: forms without script, statuses, redirects, and what is never shown again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod accounts;
mod asset_list;
mod attempts;
mod bad_input;
mod businesses;
mod developers;
mod help;
mod own_app;
mod passwords;
mod support;

use axum::http::{Request, StatusCode, header};

use support::{PASSWORD, Site};

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
async fn a_form_of_somebody_who_was_signed_out_is_not_lost_silently() {
    let mut site = Site::new().await;
    site.sign_up().await;
    site.cookie.clear();
    let (status, location, _) = site.post("/team?do=add-location", "name=Centro").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fteam&unsaved=yes"));
    let (_, _, page) = site.get(&location).await;
    assert!(page.contains("nothing of it was done"));
    assert!(!site.get("/sign-in?next=%2Fteam").await.2.contains("nothing of it was done"));
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
    assert!(!page.contains("Meta App credentials not configured"), "the form asks for it already");

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
    assert!(page.contains("Not switched on yet."));
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
async fn whatever_form_fails_its_page_says_so_once() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let mut failed = 0;
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        let action = path.trim_start_matches("/rpc/");
        if action == "sign-out" {
            continue;
        }
        // A page that has a form of few of them.
        let (status, _, page) = site.post(&format!("/team?do={action}"), "").await;
        if status.is_client_error() || status.is_server_error() {
            failed += 1;
            assert_eq!(page.matches("role=\"alert\"").count(), 1, "{action}: {status}");
        }
    }
    assert!(failed > 40, "only {failed} failed");
}
