//! People of a business, by forms without script: invited, given another role, removed; and a password that is changed.

use std::time::Duration;

use axum::http::StatusCode;

use crate::support::{PASSWORD, Site};

/// A second of somebody's, for who has two.
const ANOTHER: &str = "another long secret";

fn written(text: &str) -> String {
    text.replace('@', "%40").replace(' ', "+")
}

/// Invites somebody, and answers the path of the link that is shown.
async fn invite(site: &mut Site, email: &str, role: &str) -> String {
    let (status, _, page) = site.post("/team?do=invite", &format!("email={}&role={role}", written(email))).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let at = page.find("http://desk.example/join/").unwrap();
    let link = page[at..].split(['"', '<', ' ']).next().unwrap();
    link.trim_start_matches("http://desk.example").to_owned()
}

/// The form of an invitation's page.
async fn join(site: &mut Site, link: &str, name: &str, password: &str) -> (StatusCode, String, String) {
    let token = link.rsplit('/').next().unwrap();
    let fields = format!("token={token}&name={name}&email=ignored%40demo.example&password={}", written(password));
    let answer = site.post(&format!("{link}?do=accept-invitation"), &fields).await;
    keep_newest(site);
    answer
}

/// A browser keeps the newest cookie of a name.
fn keep_newest(site: &mut Site) {
    site.cookie = site.cookie.rsplit("; ").next().unwrap_or_default().to_owned();
}

/// Signs in, in a browser that nobody used before.
async fn sign_in(site: &mut Site, email: &str, password: &str) -> (StatusCode, String, String) {
    site.cookie.clear();
    let fields = format!("email={}&password={}", written(email), written(password));
    site.post("/sign-in?do=sign-in", &fields).await
}

async fn id_of(site: &Site, email: &str) -> String {
    server::db::users::find_by_email(site.services.db(), email).await.unwrap().unwrap().id.to_string()
}

#[tokio::test]
async fn who_is_invited_makes_an_account_and_belongs_to_the_business() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let owner = site.cookie.clone();
    let link = invite(&mut site, "noor@demo.example", "agent").await;

    site.cookie.clear();
    for _ in 0..2 {
        let (status, _, page) = site.get(&link).await;
        assert_eq!(status, StatusCode::OK, "looking does not use it up");
        assert!(page.contains("You are invited to") && page.contains("Brasa"), "{page}");
        assert!(page.contains("value=\"noor@demo.example\""), "{page}");
    }
    let (status, _, page) = join(&mut site, &link, "Noor", "short-one").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Noor\"") && !page.contains("short-one"), "the name is kept, the password is not");

    let (status, location, _) = join(&mut site, &link, "Noor", ANOTHER).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/"));
    let (status, _, page) = site.get("/team").await;
    assert_eq!(status, StatusCode::OK, "she is signed in");
    assert!(page.contains("ada@demo.example") && page.contains("noor@demo.example"));
    let forbidden = site.post("/team?do=invite", "email=eve%40demo.example&role=agent").await;
    assert_eq!(forbidden.0, StatusCode::FORBIDDEN, "an agent invites nobody");

    site.cookie.clear();
    assert_eq!(site.get(&link).await.0, StatusCode::BAD_REQUEST, "the link worked once");
    let (status, _, _) = join(&mut site, &link, "Mallory", ANOTHER).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    site.cookie = owner;
    let (_, _, page) = site.get("/team").await;
    assert!(page.contains("noor@demo.example") && !page.contains("Mallory") && !page.contains("eve@demo.example"));
}

#[tokio::test]
async fn who_has_an_account_joins_with_its_password_alone() {
    let mut site = Site::new().await;
    site.sign_up().await;
    site.cookie.clear();
    let fields = format!("business_name=Second&name=Bo&email=bo%40demo.example&password={}", written(ANOTHER));
    assert_eq!(site.post("/sign-up?do=sign-up", &fields).await.1, "/");
    let link = invite(&mut site, "ada@demo.example", "admin").await;

    site.cookie.clear();
    let (_, _, page) = site.get(&link).await;
    assert!(page.contains("You have an account with this e-mail") && !page.contains("Your name"), "{page}");
    let (status, _, _) = join(&mut site, &link, "", "a wrong long secret").await;
    assert!(status.is_client_error(), "{status}");
    assert_eq!(join(&mut site, &link, "", PASSWORD).await.1, "/");
    let (status, _, page) = site.get("/team").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("bo@demo.example") && page.contains("ada@demo.example"), "the second business is before her");
}

#[tokio::test]
async fn another_role_counts_at_once_and_who_is_removed_sees_nothing_more() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let owner = site.cookie.clone();
    let link = invite(&mut site, "noor@demo.example", "agent").await;
    site.cookie.clear();
    join(&mut site, &link, "Noor", ANOTHER).await;
    let noor = site.cookie.clone();
    let id = id_of(&site, "noor@demo.example").await;
    assert_eq!(site.post("/team?do=add-location", "name=Centro").await.0, StatusCode::FORBIDDEN);

    site.cookie.clone_from(&owner);
    let (status, _, _) = site.post("/team?do=change-role", &format!("member={id}&role=king")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "there is no such role");
    let (status, location, _) = site.post("/team?do=change-role", &format!("member={id}&role=admin")).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/team?done=change-role"));
    assert!(site.get("/team?done=change-role").await.2.contains("The role is changed."));

    site.cookie.clone_from(&noor);
    assert_eq!(site.post("/team?do=add-location", "name=Centro").await.0, StatusCode::SEE_OTHER, "she may now");
    let owners = id_of(&site, "ada@demo.example").await;
    let (status, _, _) = site.post("/team?do=remove-member", &format!("member={owners}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "an admin removes no owner");

    site.cookie.clone_from(&owner);
    let (status, location, _) = site.post("/team?do=remove-member", &format!("member={id}")).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/team?done=remove-member"));
    site.cookie.clone_from(&noor);
    assert!(!site.get("/team").await.2.contains("ada@demo.example"), "she sees nothing of the business");
    let (status, _, _) = site.post("/team?do=add-location", "name=Norte").await;
    assert!(status.is_client_error(), "{status}");
    site.cookie = owner;
    let (_, _, page) = site.get("/team").await;
    assert!(page.contains("Centro") && !page.contains("Norte") && !page.contains("noor@demo.example"));
}

#[tokio::test]
async fn a_changed_password_signs_every_other_browser_out() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let elsewhere = site.cookie.clone();
    assert_eq!(sign_in(&mut site, "ada@demo.example", PASSWORD).await.1, "/");
    site.services.clock().advance(Duration::from_secs(1));

    let change = |now: &str, next: &str| format!("current_password={}&new_password={}", written(now), written(next));
    let (status, _, page) = site.post("/account?do=change-password", &change("a wrong long secret", ANOTHER)).await;
    assert!(status.is_client_error() && !page.contains("a wrong long secret"), "{status}");
    let (status, _, _) = site.post("/account?do=change-password", &change(PASSWORD, "short-one")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let here = std::mem::replace(&mut site.cookie, elsewhere.clone());
    assert_eq!(site.get("/account").await.0, StatusCode::OK, "nothing has changed yet");

    site.cookie = here;
    let (status, location, _) = site.post("/account?do=change-password", &change(PASSWORD, ANOTHER)).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/account?done=change-password"));
    keep_newest(&mut site);
    let (_, _, page) = site.get(&location).await;
    assert!(page.contains("Your password is changed."), "this browser goes on");
    site.cookie = elsewhere;
    assert_eq!(site.get("/account").await.1, "/sign-in?next=%2Faccount", "the other does not");

    assert!(sign_in(&mut site, "ada@demo.example", PASSWORD).await.0.is_client_error());
    assert_eq!(sign_in(&mut site, "ada@demo.example", ANOTHER).await.1, "/");
}
