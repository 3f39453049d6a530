//! The pages for who forgot their password, without script.

use std::time::Duration;

use axum::http::{Request, StatusCode, header};

use crate::support::{PASSWORD, Site};

const SENT: &str = "/forgot-password?done=forgot-password";

async fn ask(site: &mut Site, email: &str) -> (StatusCode, String) {
    let (status, location, _) =
        site.post("/forgot-password?do=forgot-password", &format!("email={}", email.replace('@', "%40"))).await;
    (status, location)
}

/// The path of the newest link that was sent.
fn link(site: &Site) -> String {
    let mail = site.mails().into_iter().rfind(|mail| mail.contains("/reset-password/")).unwrap();
    let at = mail.find("/reset-password/").unwrap();
    mail[at..].split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn who_forgot_their_password_gets_back_in() {
    let mut site = Site::with_mail().await;
    site.sign_up().await;
    let signed_in = std::mem::take(&mut site.cookie);
    let (_, _, page) = site.get("/sign-in").await;
    assert!(page.contains("href=\"/forgot-password\""), "the way there is beside the password");
    let (status, _, page) = site.get("/forgot-password").await;
    assert!(status == StatusCode::OK && page.contains("name=\"email\"") && page.contains("Send the link"));
    assert_eq!(ask(&mut site, "ada@demo.example").await, (StatusCode::SEE_OTHER, SENT.into()));
    let (_, _, page) = site.get(SENT).await;
    assert!(page.contains("If there is an account with this address") && !page.contains("ada@demo.example"));
    server::jobs::run_due(&site.services).await.unwrap();

    let link = link(&site);
    for _ in 0..2 {
        let (status, _, page) = site.get(&link).await;
        assert_eq!(status, StatusCode::OK, "looking does not use it up");
        assert!(page.contains("value=\"ada@demo.example\"") && page.contains("autocomplete=\"new-password\""));
        assert!(page.contains("The link ends in 1 h."), "{page}");
    }
    let token = link.rsplit('/').next().unwrap();
    let address = format!("{link}?do=reset-password");
    let (status, _, page) = site.post(&address, &format!("token={token}&password=short-one")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("aria-describedby=\"reset-password-password-wrong") && !page.contains("short-one"));

    site.services.clock().advance(Duration::from_secs(1));
    let fields = format!("token={token}&password=another+long+secret");
    let (status, location, _) = site.post(&address, &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/sign-in?done=reset-password"));
    let (_, _, page) = site.get(&location).await;
    assert!(page.contains("Your password is changed.") && page.contains("name=\"password\""));
    assert_eq!(site.get("/account").await.1, "/sign-in?next=%2Faccount", "nobody is signed in by it");
    site.cookie = signed_in;
    assert_eq!(site.get("/account").await.1, "/sign-in?next=%2Faccount", "who was signed in is not any more");
    site.cookie.clear();
    let former = site.post("/sign-in?do=sign-in", &format!("email=ada%40demo.example&password={PASSWORD}")).await;
    assert_eq!(former.0, StatusCode::BAD_REQUEST);
    let fields = "email=ada%40demo.example&password=another+long+secret";
    assert_eq!(site.post("/sign-in?do=sign-in", fields).await.1, "/");
    let (_, _, page) = site.get("/activity?log=audit").await;
    assert!(page.contains("Ada set a new password for ada@demo.example."), "{page}");

    server::jobs::run_due(&site.services).await.unwrap();
    let told = site.mails().pop().unwrap();
    assert!(told.contains("Subject: Your password was changed") && told.contains("/forgot-password"), "{told}");
}

#[tokio::test]
async fn the_answer_is_the_same_whether_there_is_an_account_or_not() {
    let mut site = Site::with_mail().await;
    site.sign_up().await;
    site.cookie.clear();
    let known = ask(&mut site, "ada@demo.example").await;
    assert_eq!(ask(&mut site, "nobody@demo.example").await, known);
    server::jobs::run_due(&site.services).await.unwrap();
    assert_eq!(site.mails().len(), 1);

    let (status, _, page) = site.post("/forgot-password?do=forgot-password", "email=ada").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"ada\"") && page.contains("aria-describedby=\"forgot-password-email-wrong"));
}

#[tokio::test]
async fn a_link_that_does_not_work_says_so_in_the_persons_language_and_leads_on() {
    let mut site = Site::with_mail().await;
    for (language, said) in [
        ("en", "This link does not work any more."),
        ("es", "Este enlace ya no funciona."),
        ("ro", "Acest link nu mai funcționează."),
    ] {
        let request = Request::get("/reset-password/nonsense").header(header::ACCEPT_LANGUAGE, language);
        let (status, _, page) = site.send(request, "").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(page.contains(said) && page.contains("href=\"/forgot-password\""), "{page}");
        assert_eq!(page.matches("<h1").count(), 1);
    }
    let fields = "token=canary-token&password=another+long+secret";
    let (status, _, page) = site.post("/reset-password/canary-token?do=reset-password", fields).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("This link does not work any more.") && !page.contains("another long secret"));
}

#[tokio::test]
async fn without_mail_the_page_says_who_can_help() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (status, _, page) = site.get("/forgot-password").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This installation sends no mail.") && page.contains("attache admin reset-password"));
    assert!(!page.contains("name=\"email\"") && page.contains("href=\"/sign-in\""));
    assert_eq!(ask(&mut site, "ada@demo.example").await.0, StatusCode::CONFLICT);
    assert_eq!(server::jobs::run_due(&site.services).await.unwrap(), 0);
}

#[tokio::test]
async fn the_secret_of_a_link_goes_into_no_referrer_and_no_cache() {
    let site = Site::with_mail().await;
    let headers = site.headers("/reset-password/nonsense").await;
    assert_eq!(headers[header::REFERRER_POLICY], "strict-origin");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(site.headers("/forgot-password").await[header::REFERRER_POLICY], "same-origin");
}
