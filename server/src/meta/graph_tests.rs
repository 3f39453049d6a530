#![allow(clippy::unwrap_used, clippy::panic)]
//! What the client makes of Meta's answers, good and bad.

use std::{sync::Arc, time::Duration};

use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::{
    clock::Clock,
    meta::{
        ConfigProblem, CredentialProblem, LimitScope, MetaErrorKind as Kind, Person, Unreachability,
        stub::{self, NOW, SECRET, Stub, half, html, json as answer, never, token},
    },
};

fn me() -> Response {
    answer(200, &json!({"id": "7", "name": "Ada"}))
}

#[tokio::test]
async fn the_token_is_in_the_header_and_the_proof_fits_it() {
    let stub = Stub::serve(|_, _| me()).await;
    let client = stub.client();
    assert_eq!(client.me(&token()).await.unwrap(), Person { id: "7".parse().unwrap(), name: Some("Ada".into()) });
    let asked = stub.asked();
    assert_eq!(asked[0].path, "/v26.0/me");
    assert_eq!(asked[0].authorization.as_deref(), Some("Bearer EAAcanarytoken"));
    assert!(!asked[0].target.contains("canary"), "{}", asked[0].target);
    assert_eq!(asked[0].query["appsecret_proof"], client.app().proof(&token()));
}

#[tokio::test]
async fn a_passing_fault_is_asked_again_and_a_lasting_one_ends() {
    let stub = Stub::serve(|n, _| match n {
        0 => html(502),
        1 => answer(500, &json!({"error": {"code": 2, "message": "Service temporarily unavailable"}})),
        _ => me(),
    })
    .await;
    assert!(stub.client().me(&token()).await.is_ok());
    assert_eq!(stub.asked().len(), 3);

    let stub = Stub::serve(|_, _| half()).await;
    let error = stub.client().me(&token()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unintelligible(Garble::Truncated));
    assert_eq!(stub.asked().len(), 3, "two repetitions and no more");
}

#[tokio::test]
async fn what_cannot_pass_is_not_asked_again() {
    for (response, kind) in [
        (html as fn(u16) -> Response, Kind::Unintelligible(Garble::Html)),
        (|_| "not json".into_response(), Kind::Unintelligible(Garble::NotJson)),
        (|_| Redirect::temporary("https://evil.example/").into_response(), Kind::Unintelligible(Garble::Redirect)),
        (
            |_| answer(400, &json!({"error": {"code": 190, "error_subcode": 460, "message": "changed"}})),
            Kind::Credential(CredentialProblem::PasswordChanged),
        ),
        (|_| answer(400, &json!({"error": {"code": 4, "message": "limit"}})), Kind::Limit(LimitScope::App)),
        (|_| answer(404, &json!({})), Kind::NotFound),
    ] {
        let stub = Stub::serve(move |_, _| response(200)).await;
        let error = stub.client().me(&token()).await.unwrap_err();
        assert_eq!(error.kind, kind);
        assert_eq!(stub.asked().len(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn an_error_in_an_answer_of_200_is_an_error() {
    let stub = Stub::serve(|_, _| answer(200, &json!({"error": {"code": 10, "message": "no"}}))).await;
    assert_eq!(stub.client().me(&token()).await.unwrap_err().kind, Kind::Permission);
}

#[tokio::test]
async fn half_an_answer_of_json_is_named_as_such() {
    let stub = Stub::serve(|_, _| r#"{"id":"7","#.into_response()).await;
    let error = stub.client().me(&token()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unintelligible(Garble::Truncated));
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_refused() {
    let stub = Stub::serve(|_, _| "x".repeat(100_000).into_response()).await;
    let error = stub.client().me(&token()).await.unwrap_err();
    assert_eq!((error.kind, error.http_status), (Kind::Unintelligible(Garble::TooLarge), Some(200)));
}

#[tokio::test]
async fn a_wrong_type_names_the_place_and_not_the_content() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only its shape matters")]
    struct Nested {
        list: Vec<Person>,
    }
    let stub = Stub::serve(|_, _| answer(200, &json!({"list": [{"id": "1"}, {"id": {"canary": 1}}]}))).await;
    let error = stub.client().call::<Nested>(GraphCall::get("x", "x", &token())).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unintelligible(Garble::WrongType));
    assert_eq!(error.message, "unexpected shape at list[1].id");
}

#[tokio::test]
async fn no_answer_is_a_timeout_and_ambiguous_for_a_change() {
    let stub = Stub::serve(|_, _| never()).await;
    let client = stub.client_with(Duration::from_millis(60), Clock::fixed(NOW));
    let error = client.me(&token()).await.unwrap_err();
    assert_eq!((error.kind, error.ambiguous), (Kind::Unreachable(Unreachability::Timeout), false));
    assert_eq!(stub.asked().len(), 3);
    let error = client.change(GraphCall::post("x", "1/x", &token())).await.unwrap_err();
    assert_eq!((error.kind, error.ambiguous), (Kind::Unreachable(Unreachability::Timeout), true));
    assert_eq!(stub.asked().len(), 4, "a change is never repeated");
}

#[tokio::test]
async fn no_connection_is_never_ambiguous() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let client = stub::client(base, Duration::from_secs(5), Clock::fixed(NOW));
    let error = client.change(GraphCall::post("x", "1/x", &token())).await.unwrap_err();
    assert_eq!((error.kind, error.ambiguous), (Kind::Unreachable(Unreachability::Connect), false));
}

#[tokio::test]
async fn an_unclear_answer_to_a_change_is_ambiguous_and_a_refusal_is_not() {
    let ambiguous = |response: fn() -> Response| async move {
        let stub = Stub::serve(move |_, _| response()).await;
        let error = stub.client().change(GraphCall::post("x", "1/x", &token())).await.unwrap_err();
        assert_eq!(stub.asked().len(), 1);
        error.ambiguous
    };
    assert!(ambiguous(|| html(500)).await);
    assert!(ambiguous(half).await);
    assert!(ambiguous(|| answer(500, &json!({"error": {"code": 2, "message": "busy"}}))).await);
    assert!(ambiguous(|| answer(200, &json!({"id": "1"}))).await);
    assert!(!ambiguous(|| answer(400, &json!({"error": {"code": 100, "message": "no"}}))).await);
    assert!(!ambiguous(|| answer(200, &json!({"success": false}))).await);
}

#[tokio::test]
async fn both_forms_of_success_are_success() {
    for body in [json!({"success": true}), json!(true)] {
        let stub = Stub::serve(move |_, _| answer(200, &body)).await;
        stub.client().change(GraphCall::delete("x", "1/x", &token())).await.unwrap();
    }
}

#[tokio::test]
async fn calls_stop_before_the_budget_is_used_up() {
    let stub = Stub::serve(|_, _| {
        let mut response = me();
        response.headers_mut().append("x-app-usage", r#"{"call_count":20}"#.parse().unwrap());
        response.headers_mut().append("x-app-usage", r#"{"call_count":97}"#.parse().unwrap());
        response
    })
    .await;
    let clock = Clock::fixed(NOW);
    let client = stub.client_with(Duration::from_secs(20), clock.clone());
    client.me(&token()).await.unwrap();
    assert_eq!(client.transport.usage().app_percent(&client.app().app_id), Some(97.0));
    let error = client.me(&token()).await.unwrap_err();
    assert_eq!((error.kind, error.retry_after), (Kind::Limit(LimitScope::App), Some(Duration::from_secs(60))));
    assert_eq!(stub.asked().len(), 1, "Meta was not asked");
    clock.advance(Duration::from_secs(60));
    client.me(&token()).await.unwrap();
}

#[tokio::test]
async fn a_throttle_says_how_long_to_wait() {
    let stub = Stub::serve(|_, _| {
        let mut response = answer(400, &json!({"error": {"code": 80001, "message": "too many", "is_transient": true}}));
        let usage = r#"{"7":[{"type":"pages","call_count":10,"estimated_time_to_regain_access":3}]}"#;
        response.headers_mut().insert("x-business-use-case-usage", usage.parse().unwrap());
        response
    })
    .await;
    let error = stub.client().me(&token()).await.unwrap_err();
    assert_eq!((error.kind, error.retry_after), (Kind::Limit(LimitScope::Asset), Some(Duration::from_secs(180))));
}

#[tokio::test]
async fn the_served_version_is_remembered() {
    let stub = Stub::serve(|_, _| {
        let mut response = me();
        response.headers_mut().insert("facebook-api-version", "v22.0".parse().unwrap());
        response
    })
    .await;
    let client = stub.client();
    assert_eq!(client.served_version(), None);
    client.me(&token()).await.unwrap();
    assert_eq!(client.served_version(), Some("v22.0".parse().unwrap()));
}

#[tokio::test]
async fn secrets_in_an_error_are_cut_out() {
    let stub = Stub::serve(|_, asked| {
        let words = format!(
            "token {} proof {} secret {SECRET}",
            asked.authorization.clone().unwrap(),
            asked.query["appsecret_proof"]
        );
        let error = json!({"code": 100, "message": words, "error_user_msg": words, "error_user_title": words});
        answer(400, &json!({ "error": error }))
    })
    .await;
    let client = stub.client();
    let error = client.me(&token()).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary") && !shown.contains(&client.app().proof(&token())), "{shown}");
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_a_credential_problem() {
    let stub = Stub::serve(|_, _| me()).await;
    let error = stub.client().me(&crate::meta::AccessToken::new("EAA\ncanary")).await.unwrap_err();
    assert_eq!(error.kind, Kind::Credential(CredentialProblem::Malformed));
    assert!(stub.asked().is_empty());
}

#[tokio::test]
async fn what_the_app_does_wrong_is_not_blamed_on_the_connection() {
    let stub = Stub::serve(|_, _| answer(400, &json!({"error": {"code": 190, "message": "Invalid OAuth"}}))).await;
    let error = stub.client().revoke_permissions_of(&"9".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Configuration(ConfigProblem::AppSecret));
    assert_eq!(stub.asked()[0].authorization.as_deref(), Some("Bearer 4242|canary-app-secret"));
}

#[test]
fn the_client_can_be_used_from_any_task() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<GraphClient>();
    shared::<Arc<MetaApp>>();
}

proptest::proptest! {
    #[test]
    fn whatever_comes_is_read_without_panic(
        body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
        status in 100u16..600,
        html: bool,
    ) {
        let incoming = Incoming {
            date: None,
            status, html, body, version: None, usage: crate::meta::usage::Reading::default(), retry_after: None,
        };
        if let Err(error) = read(&incoming) {
            proptest::prop_assert_eq!(error.http_status, Some(status));
            proptest::prop_assert!(!error.explain().told(crate::words::Language::En).todo.is_empty());
        }
    }

    #[test]
    fn a_broken_off_answer_is_never_taken_for_a_whole_one(cut in 1usize..60) {
        let whole = br#"{"data":[{"id":"1","name":"Ash Cat Page","tasks":["MANAGE"]}]}"#;
        let incoming = Incoming {
            date: None,
            status: 200, html: false, body: whole[..cut].to_vec(), version: None,
            usage: crate::meta::usage::Reading::default(), retry_after: None,
        };
        let error = read(&incoming).unwrap_err();
        proptest::prop_assert_eq!(error.kind, Kind::Unintelligible(Garble::Truncated));
    }
}
