//! The page of a business's own Meta app.

use axum::http::StatusCode;

use crate::support::{PASSWORD, Site};

const SECRET: &str = "9e37a0b2d7c14f5681d3e4c6b0a2f95f";

#[tokio::test]
async fn an_owner_is_told_what_is_wrong_and_never_shown_a_secret() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.get("/meta-app").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This installation has no Meta app.") && page.contains("Use your own Meta app"));
    assert!(page.contains("http://desk.example/oauth/meta/callback") && !page.contains("/webhooks/meta"), "{page}");
    assert!(page.contains("href=\"/meta-app\" aria-current=\"page\""), "the menu leads here");

    let (status, _, page) = site.post("/meta-app?do=save-own-app", &format!("app_id=my+app&app_secret={SECRET}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Invalid App ID format.") && page.contains("value=\"my app\"") && !page.contains(SECRET));
    assert!(page.contains("aria-describedby=\"save-own-app-app_id-wrong"));
    let wrong = format!("app_id=4711&app_secret={SECRET}&whatsapp_config_id=signup");
    let (status, _, page) = site.post("/meta-app?do=save-own-app", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("aria-describedby=\"save-own-app-whatsapp_config_id-wrong"), "{page}");

    // Nothing answers in Meta's place, so nothing is saved.
    let (status, _, page) = site.post("/meta-app?do=save-own-app", &format!("app_id=4711&app_secret={SECRET}")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("Nothing was saved, because Meta could not be asked about the app.") && !page.contains(SECRET)
    );
    assert!(page.contains("value=\"4711\"") && page.contains("This installation has no Meta app."));
    for action in
        ["check-own-app", "subscribe-own-webhooks", "end-own-overlap", "show-own-verify-token", "remove-own-app"]
    {
        let (status, _, page) = site.post(&format!("/meta-app?do={action}"), "").await;
        assert_eq!(status, StatusCode::CONFLICT, "{action}");
        assert!(page.contains("Your business has no Meta app of its own."), "{action}");
    }
    assert_eq!(site.get("/meta-app/review").await.0, StatusCode::CONFLICT);
    let (_, _, page) = site.get("/connect").await;
    assert!(page.contains("href=\"/meta-app\""));
}

#[tokio::test]
async fn who_does_not_manage_a_business_is_refused() {
    let mut site = Site::new().await;
    assert_eq!(site.get("/meta-app").await.1, "/sign-in?next=%2Fmeta-app");
    let password = secrecy::SecretString::from(PASSWORD.to_owned());
    server::accounts::create_operator(&site.services, "Olga", "olga@demo.example", password).await.unwrap();
    site.post("/sign-in?do=sign-in", &format!("email=olga%40demo.example&password={PASSWORD}")).await;
    assert_eq!(site.get("/meta-app").await.0, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/meta-app/review").await.0, StatusCode::FORBIDDEN);
    let fields = format!("app_id=4711&app_secret={SECRET}");
    assert_eq!(site.post("/meta-app?do=save-own-app", &fields).await.0, StatusCode::FORBIDDEN);
}
