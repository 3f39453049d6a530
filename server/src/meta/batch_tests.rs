#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::json;

use super::*;
use crate::meta::{
    CredentialProblem, MetaErrorKind as Kind, Person,
    stub::{Stub, html, json as answer, token},
};

fn items(n: usize) -> Vec<BatchItem> {
    (0..n).map(|id| BatchItem::get(&id.to_string(), &[("fields", "id,name")])).collect()
}

#[tokio::test]
async fn each_operation_has_its_own_outcome() {
    let body = json!([
        {"code": 200, "body": "{\"id\":\"1\",\"name\":\"A\"}"},
        null,
        {"code": 400, "body": "{\"error\":{\"code\":100,\"error_subcode\":33,\"message\":\"gone EAAcanarytoken\"}}"},
        {"code": 200, "body": "{\"id\":"},
        {"code": 500, "body": "{}"},
    ]);
    let stub = Stub::serve(move |_, _| answer(200, &body)).await;
    let client = stub.client();
    let answers = client.batch::<Person>("{named}", &token(), &items(5)).await.unwrap();
    assert_eq!(answers[0].as_ref().unwrap().name.as_deref(), Some("A"));
    let kinds: Vec<Kind> = answers[1..].iter().map(|answer| answer.as_ref().unwrap_err().kind).collect();
    assert_eq!(kinds, [Kind::Transient, Kind::NotFound, Kind::Unintelligible(Garble::NotJson), Kind::Transient]);
    assert!(!format!("{answers:?}").contains("canary"));
    let asked = &stub.asked()[0];
    let operations: Vec<Value> = serde_json::from_str(&asked.form["batch"]).unwrap();
    let expected = format!("0?fields=id%2Cname&appsecret_proof={}", client.app().proof(&token()));
    assert_eq!(operations[0], json!({"method": "GET", "relative_url": expected}));
    assert_eq!(asked.form["access_token"], "EAAcanarytoken");
}

#[tokio::test]
async fn a_batch_as_a_whole_can_fail() {
    let stub = Stub::serve(|_, _| answer(400, &json!({"error": {"code": 190, "message": "x"}}))).await;
    let error = stub.client().batch::<Person>("{named}", &token(), &items(1)).await.unwrap_err();
    assert_eq!(error.kind, Kind::Credential(CredentialProblem::Invalid));

    let stub = Stub::serve(|_, _| answer(200, &json!([]))).await;
    let error = stub.client().batch::<Person>("{named}", &token(), &items(1)).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unintelligible(Garble::WrongType));
}

#[tokio::test]
async fn a_batch_of_reads_is_repeated_after_a_passing_fault() {
    let stub = Stub::serve(|n, _| match n {
        0 => html(503),
        _ => answer(200, &json!([{"code": 200, "body": "{\"id\":\"1\"}"}])),
    })
    .await;
    let answers = stub.client().batch::<Person>("{named}", &token(), &items(1)).await.unwrap();
    assert!(answers[0].is_ok());
    let stub = Stub::serve(|_, _| html(503)).await;
    let error = stub.client().batch::<Person>("{named}", &token(), &items(1)).await.unwrap_err();
    assert_eq!((error.kind, error.ambiguous, stub.asked().len()), (Kind::Transient, false, 3));
}

#[tokio::test]
async fn more_than_fifty_are_not_even_sent() {
    let stub = Stub::serve(|_, _| answer(200, &json!([]))).await;
    let error = stub.client().batch::<Person>("{named}", &token(), &items(51)).await.unwrap_err();
    assert_eq!(error.kind, Kind::BadRequest(BadRequestProblem::BatchTooLarge));
    assert!(stub.asked().is_empty());
}

#[test]
fn debug_tells_nothing() {
    let item = BatchItem::get("debug_token", &[("input_token", "EAAcanary")]);
    assert_eq!(format!("{item:?}"), "BatchItem(GET)");
}
