//! The pages for developers, without script: what is shown once, what is kept, and who sees none of it.

use axum::http::StatusCode;

use crate::support::{PASSWORD, Site};

/// The text in the field of this id.
fn field<'a>(page: &'a str, id: &str) -> &'a str {
    let from = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("{id} is not in {page}"));
    let tag = &page[from..from + page[from..].find('>').unwrap()];
    tag.split_once(" value=\"").unwrap().1.split('"').next().unwrap()
}

#[tokio::test]
async fn an_endpoint_is_added_its_secret_shown_once_and_everything_done_with_it() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.get("/developers").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("No endpoint yet") && page.contains("No key yet"));
    assert!(page.contains("href=\"/developers\""), "the way there is beside every page");

    let fields = "url=ftp%3A%2F%2Fx&description=Till&kind=connection.expiring";
    let (status, _, page) = site.post("/developers?do=add-endpoint", fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"ftp://x\"") && page.contains("value=\"Till\""), "what was typed is kept");
    assert!(page.contains("aria-describedby=\"add-endpoint-url-wrong"));
    let tick = page.find("id=\"add-endpoint-connection-expiring\"").unwrap();
    assert!(page[tick..tick + 200].split('>').next().unwrap().contains("checked"), "and what was ticked");

    let fields =
        "url=http%3A%2F%2F127.0.0.1%3A9%2Fhook&description=Till&kind=connection.expiring&kind=connection.expired";
    let (status, _, page) = site.post("/developers?do=add-endpoint", fields).await;
    assert_eq!(status, StatusCode::OK);
    let secret = field(&page, "endpoint-secret").to_owned();
    assert!(secret.starts_with("whsec_"));
    let (_, _, page) = site.get("/developers").await;
    assert!(!page.contains("whsec_") && page.contains("http://127.0.0.1:9/hook") && page.contains("2 types of events"));
    let own = page.split("href=\"/developers/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let address = format!("/developers/{own}");

    let (status, _, page) = site.get(&address).await;
    assert!(status == StatusCode::OK && page.contains("Nothing was sent yet") && !page.contains(&secret));
    let endpoint = format!("endpoint={own}");
    let sent = site.post(&format!("{address}?do=test-endpoint"), &endpoint).await;
    assert_eq!((sent.0, sent.1), (StatusCode::SEE_OTHER, format!("{address}?done=test-endpoint")));
    let (_, _, page) = site.get(&address).await;
    assert!(page.contains("endpoint.test") && page.contains("Waiting"));
    assert_eq!(server::outbox::run_due(&site.services).await.unwrap(), 1);
    let (_, _, page) = site.get(&format!("{address}?show=waiting")).await;
    assert!(page.contains("Trying again") && page.contains("The endpoint could not be reached."), "{page}");
    assert!(page.contains("This endpoint fails."));
    let event = page.split("name=\"event\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let again = site.post(&format!("{address}?do=replay-event"), &format!("{endpoint}&event={event}")).await;
    assert_eq!(again.1, format!("{address}?done=replay-event"));

    let fields = format!("{endpoint}&url=http%3A%2F%2F127.0.0.1%3A9%2Fother&description=");
    assert_eq!(site.post(&format!("{address}?do=change-endpoint"), &fields).await.0, StatusCode::SEE_OTHER);
    let (status, _, page) = site.post(&format!("{address}?do=rotate-endpoint"), &endpoint).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(field(&page, "endpoint-secret"), secret);
    assert!(page.contains("http://127.0.0.1:9/other") && page.contains("Every event"));
    assert_eq!(site.post(&format!("{address}?do=disable-endpoint"), &endpoint).await.0, StatusCode::SEE_OTHER);
    let (_, _, page) = site.get(&address).await;
    assert!(
        page.contains("This endpoint is disabled.")
            && page.contains("Ada disabled it")
            && !page.contains("do=test-endpoint")
    );
    let (status, _, page) = site.post(&format!("{address}?do=test-endpoint"), &endpoint).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Enable it first."));
    assert_eq!(site.post(&format!("{address}?do=enable-endpoint"), &endpoint).await.0, StatusCode::SEE_OTHER);
    let deleted = site.post(&format!("{address}?do=delete-endpoint"), &endpoint).await;
    assert_eq!((deleted.0, deleted.1.as_str()), (StatusCode::SEE_OTHER, "/developers?done=delete-endpoint"));
    assert_eq!(site.get(&address).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_is_shown_once_and_revoked() {
    let mut site = Site::new().await;
    site.sign_up().await;
    assert_eq!(site.post("/developers?do=make-key", "name=+").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _, page) = site.post("/developers?do=make-key", "name=Till").await;
    assert_eq!(status, StatusCode::OK);
    let key = field(&page, "api-key").to_owned();
    assert!(key.starts_with("att_"));
    assert!(server::accounts::find_api_caller(&site.services, &key.clone().into()).await.unwrap().is_some());
    let (_, _, page) = site.get("/developers").await;
    assert!(!page.contains(&key) && page.contains("Till") && page.contains("last used"));
    let id = page.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let revoked = site.post("/developers?do=revoke-key", &format!("key={id}")).await;
    assert_eq!(revoked.1, "/developers?done=revoke-key");
    assert!(server::accounts::find_api_caller(&site.services, &key.into()).await.unwrap().is_none());
    let (_, _, page) = site.get("/developers").await;
    assert!(page.contains("revoked") && !page.contains("do=revoke-key"));
}

#[tokio::test]
async fn an_agent_sees_none_of_it() {
    use server::accounts::{self, Role};
    let mut site = Site::new().await;
    site.sign_up().await;
    let db = site.services.db();
    let ada = server::db::users::find_by_email(db, "ada@demo.example").await.unwrap().unwrap();
    let memberships = server::db::memberships::list_by_user_across_tenants(db, &ada.id).await.unwrap();
    let ada = accounts::Actor::new(ada, memberships, None);
    let issued = accounts::invite(&site.services, &ada, "mina@demo.example", Role::Agent).await.unwrap();
    let token = secrecy::ExposeSecret::expose_secret(&issued.link).rsplit('/').next().unwrap().to_owned();
    accounts::join_as_new(&site.services, &token.into(), "Mina", PASSWORD.to_owned().into(), "test").await.unwrap();
    site.cookie.clear();
    site.post("/sign-in?do=sign-in", &format!("email=mina%40demo.example&password={PASSWORD}")).await;
    assert_eq!(site.get("/developers").await.0, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/developers/whe_00000000000000000000000000000000").await.0, StatusCode::FORBIDDEN);
    assert!(!site.get("/team").await.2.contains("href=\"/developers\""));
    for action in ["add-endpoint", "make-key"] {
        let fields = "url=https%3A%2F%2Fexample.com%2F&name=Till";
        assert_eq!(site.post(&format!("/team?do={action}"), fields).await.0, StatusCode::FORBIDDEN, "{action}");
    }
}
