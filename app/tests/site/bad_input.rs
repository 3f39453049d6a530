//! What no page of ours sends: fields of the wrong kind, calls that say nothing, and more than anybody means.

use app::error::AppError;
use axum::http::{Request, StatusCode, header};

use crate::support::{PASSWORD, Site};

/// Calls a server function as an island does.
async fn call(site: &mut Site, function: &str, body: &str) -> (StatusCode, AppError) {
    let request = Request::post(format!("/rpc/{function}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _, answer) = site.send(request, body).await;
    let error = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{function} answered {status}: {answer}"));
    (status, error)
}

/// No function finds its fields in these.
const GARBAGE: [&str; 6] =
    ["", "garbage", "%", "&&&===", r#"{"email":"eve@demo.example","name":"Centro"}"#, "\u{0}\u{1}\u{2}"];

fn is_plain(error: &AppError) {
    assert!(!error.what.is_empty() && !error.todo.is_empty(), "{error:?}");
}

#[tokio::test]
async fn a_form_with_a_field_of_the_wrong_kind_is_told_and_saves_nothing() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let password = format!("current_password[x]={PASSWORD}&new_password=another+secret+of+hers");
    for (form, fields) in [
        ("/team?do=add-location", "name[en]=Centro"),
        ("/team?do=add-location", "name[a][b][c][d][e][f][g]=Centro"),
        ("/team?do=add-location", "other=Centro"),
        ("/team?do=invite", "email=eve%40demo.example&role[is]=agent"),
        ("/team?do=invite", "email[to]=eve%40demo.example&role=agent"),
        ("/account?do=change-password", &password),
    ] {
        let (status, _, page) = site.post(form, fields).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{form} {fields}");
        assert!(page.contains("The form could not be read."), "{form} {fields}");
        assert!(page.contains("Load the page again and fill in the form once more."), "{form} {fields}");
        assert!(!page.contains(PASSWORD), "a password is never shown again");
    }
    let (_, _, page) = site.get("/team").await;
    assert!(page.contains("ada@demo.example") && !page.contains("Centro") && !page.contains("eve@demo.example"));
    site.post("/account?do=sign-out", "").await;
    site.cookie.clear();
    let fields = format!("email=ada%40demo.example&password={PASSWORD}");
    assert_eq!(site.post("/sign-in?do=sign-in", &fields).await.1, "/", "the password is as it was");
}

#[tokio::test]
async fn a_call_that_says_nothing_is_told_and_saves_nothing() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let functions = [
        "accept-invitation",
        "add-location",
        "assign-location",
        "change-role",
        "choose-assets",
        "exchange-code",
        "exchange-signup",
        "invite",
        "make-key",
        "paste-token",
        "register-number",
        "sign-in",
        "sign-up",
    ];
    for function in functions {
        for body in GARBAGE {
            let (status, error) = call(&mut site, function, body).await;
            assert_eq!((status, &*error.code), (StatusCode::BAD_REQUEST, "invalid"), "{function} {body:?}: {error:?}");
            assert_eq!(error.what, "The form could not be read.");
            is_plain(&error);
        }
    }
    for (function, body) in [
        ("add-location", "name[en]=Centro"),
        ("choose-assets", "attempt[id]=att_1&asset=ast_1"),
        ("choose-assets", "attempt=att_1&asset[0][id]=ast_1"),
        ("exchange-code", "state[is]=s&code=c&page_url=http%3A%2F%2Fdesk.example%2Fconnect"),
        ("invite", "email=eve%40demo.example&role[is]=agent"),
        ("sign-in", "email=ada%40demo.example&password[is]=x"),
        ("sign-up", "business_name=B&name=E&email=eve%40demo.example&password[is]=a+long+enough+secret"),
    ] {
        let (status, error) = call(&mut site, function, body).await;
        assert_eq!((status, &*error.code), (StatusCode::BAD_REQUEST, "invalid"), "{function} {body}: {error:?}");
        is_plain(&error);
    }
    let (_, _, page) = site.get("/team").await;
    assert!(page.contains("ada@demo.example") && !page.contains("Centro") && !page.contains("eve@demo.example"));
    site.cookie.clear();
    let fields = "email=eve%40demo.example&password=a+long+enough+secret";
    let (status, _, _) = site.post("/sign-in?do=sign-in", fields).await;
    assert!(status.is_client_error(), "nobody signed up: {status}");
}

#[tokio::test]
async fn a_page_address_that_is_none_is_told() {
    let mut site = Site::new().await;
    site.sign_up().await;
    for page in ["", "nowhere", "http%3A%2F%2F", "%00"] {
        let (status, error) = call(&mut site, "exchange-code", &format!("state=s&code=c&page_url={page}")).await;
        assert!(status.is_client_error(), "{page}: {status}");
        is_plain(&error);
    }
}

#[tokio::test]
async fn ten_megabytes_are_refused_before_they_are_read() {
    let mut site = Site::new().await;
    let much = "a".repeat(10 * 1024 * 1024);
    for (function, body) in [
        ("sign-in", format!("email={much}&password=x")),
        ("exchange-code", format!("state=s&code={much}&page_url=http%3A%2F%2Fdesk.example%2Fconnect")),
    ] {
        let (status, error) = call(&mut site, function, &body).await;
        assert_eq!((status, &*error.code), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"), "{function}");
        is_plain(&error);
    }
    let (status, _, page) = site.post("/sign-in?do=sign-in", &format!("email={much}&password=x")).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("The form is too large."));
}
