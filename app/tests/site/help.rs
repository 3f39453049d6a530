//! The help page, and the languages in which failures are told.

use axum::http::{Request, StatusCode, header};

use crate::support::Site;

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
