#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::{Value, json};

use super::*;
use crate::meta::{
    Person,
    stub::{Stub, half, json as answer, token},
};

fn rows(ids: std::ops::Range<usize>) -> Vec<Value> {
    ids.map(|id| json!({"id": id.to_string(), "name": "n"})).collect()
}

fn page(data: &[Value], after: Option<&str>) -> Value {
    let next = after.map(|after| format!("https://evil.example/v1.0/steal?access_token=EAAx&after={after}"));
    json!({"data": data, "paging": {"cursors": {"before": "b", "after": after}, "next": next}})
}

async fn read(stub: &Stub) -> Collected<Person> {
    let (client, token) = (stub.client(), token());
    client.list(&Listing::new("me/accounts", "me/accounts", "id,name", &token), |_| ()).await
}

#[tokio::test]
async fn every_page_is_read_from_our_own_address_with_a_new_proof() {
    let stub = Stub::serve(|n, asked| {
        assert_eq!(asked.query["limit"], "100");
        assert!(asked.query.contains_key("appsecret_proof"));
        answer(
            200,
            &match n {
                0 => page(&rows(0..3), Some("c1")),
                1 => page(&[], Some("c2")),
                _ => page(&rows(3..5), None),
            },
        )
    })
    .await;
    let all = read(&stub).await;
    assert!(all.error.is_none());
    assert_eq!(all.rows.len(), 5);
    let asked = stub.asked();
    let cursors: Vec<_> = asked.iter().map(|asked| asked.query.get("after").cloned()).collect();
    assert_eq!(cursors, [None, Some("c1".to_owned()), Some("c2".to_owned())]);
    assert!(asked.iter().all(|asked| asked.path == "/v26.0/me/accounts"));
}

#[tokio::test]
async fn an_empty_list_needs_no_paging() {
    let stub = Stub::serve(|_, _| answer(200, &json!({"data": []}))).await;
    assert!(read(&stub).await.complete().unwrap().is_empty());
}

#[tokio::test]
async fn a_list_that_never_ends_is_given_up_and_what_was_read_is_kept() {
    // The same cursor again.
    let stub = Stub::serve(|n, _| answer(200, &page(&rows(n..n + 1), Some("same")))).await;
    let all = read(&stub).await;
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::Endless));
    assert_eq!((all.rows.len(), stub.asked().len()), (2, 2));

    // The same rows again.
    let stub = Stub::serve(|n, _| answer(200, &page(&rows(0..3), Some(&n.to_string())))).await;
    let all = read(&stub).await;
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::Endless));
    assert_eq!((all.rows.len(), stub.asked().len()), (3, 2));

    // Nothing, again and again.
    let stub = Stub::serve(|n, _| answer(200, &page(&[], Some(&n.to_string())))).await;
    let all = read(&stub).await;
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::Endless));
    assert_eq!(stub.asked().len(), MAX_EMPTY_PAGES);

    // More than can be.
    let stub = Stub::serve(|n, _| answer(200, &page(&rows(n..n + 1), Some(&n.to_string())))).await;
    let all = read(&stub).await;
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::Endless));
    assert_eq!((all.rows.len(), stub.asked().len()), (MAX_PAGES, MAX_PAGES));
}

#[tokio::test]
async fn an_odd_row_does_not_lose_the_others() {
    let stub = Stub::serve(|_, _| answer(200, &json!({"data": [{"id": "1"}, {"id": 2}, 7, {"id": "3"}]}))).await;
    let all = read(&stub).await;
    assert_eq!(all.rows.len(), 2);
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::WrongType));
}

#[tokio::test]
async fn an_error_on_the_way_keeps_the_pages_before() {
    let stub = Stub::serve(|n, _| match n {
        0 => answer(200, &page(&rows(0..2), Some("c"))),
        _ => half(),
    })
    .await;
    let all = read(&stub).await;
    assert_eq!(all.rows.len(), 2);
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::Truncated));
}

#[tokio::test]
async fn a_next_page_without_a_cursor_is_told() {
    let body = json!({"data": rows(0..1), "paging": {"next": "https://graph.facebook.com/x?page=2"}});
    let stub = Stub::serve(move |_, _| answer(200, &body)).await;
    let all = read(&stub).await;
    assert_eq!(all.rows.len(), 1);
    assert_eq!(all.error.unwrap().kind, MetaErrorKind::Unintelligible(Garble::WrongType));
}

#[tokio::test]
async fn a_list_inside_another_answer_goes_on_where_it_stopped() {
    let stub = Stub::serve(|_, asked| {
        assert_eq!(asked.query["after"], "c1");
        answer(200, &page(&rows(2..4), None))
    })
    .await;
    let (client, token) = (stub.client(), token());
    let listing = Listing::new("{business}/owned_pages", "9/owned_pages", "id", &token);
    let first: ListPage = serde_json::from_value(page(&rows(0..2), Some("c1"))).unwrap();
    let seen = std::sync::Mutex::new(Vec::new());
    let all = client.list_from::<Person>(first, &listing, |rows| seen.lock().unwrap().push(rows.len())).await;
    assert_eq!(all.complete().unwrap().len(), 4);
    assert_eq!(*seen.lock().unwrap(), [2, 2]);
}
