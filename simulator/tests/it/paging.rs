//! Cursors (Meta reference §0.2, §5.1).

use simulator::{Options, World};

use crate::harness::Meta;

#[tokio::test]
async fn the_default_page_has_twenty_five_rows_and_the_largest_a_hundred() {
    let meta = Meta::agency().await;
    let token = meta.token();
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.ids().len(), 25);
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[("limit", "1000")]).await.ids().len(), 100);
}

#[tokio::test]
async fn after_and_before_walk_both_ways() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let first = meta.read(&token, "v25.0/me/accounts", &[("limit", "10")]).await;
    assert!(first.json["paging"].get("previous").is_none());
    let after = first.json["paging"]["cursors"]["after"].as_str().unwrap();
    let second = meta.read(&token, "v25.0/me/accounts", &[("limit", "10"), ("after", after)]).await;
    assert!(first.ids().iter().all(|id| !second.ids().contains(id)));
    let before = second.json["paging"]["cursors"]["before"].as_str().unwrap();
    let back = meta.read(&token, "v25.0/me/accounts", &[("limit", "10"), ("before", before)]).await;
    assert_eq!(back.ids(), first.ids());
}

#[tokio::test]
async fn next_is_absolute_repeats_fields_and_carries_the_token() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let reply = meta.read(&token, "v25.0/me/accounts", &[("limit", "10"), ("fields", "id,name")]).await;
    let next = reply.json["paging"]["next"].as_str().unwrap();
    let start = format!("{}v25.0/{}/accounts?access_token={token}", meta.running.url, meta.owner());
    assert!(next.starts_with(&start), "{next}");
    assert!(next.contains("fields=id%2Cname") && next.contains("limit=10") && next.contains("after="));
}

#[tokio::test]
async fn a_forced_page_size_and_a_public_address() {
    let meta = Meta::with(Options {
        world: World::agency(),
        page_size: Some(1),
        public_url: Some("https://meta.test/".parse().unwrap()),
        ..Options::default()
    })
    .await;
    let reply = meta.read(&meta.token(), "v25.0/me/accounts", &[("limit", "100")]).await;
    assert_eq!(reply.ids().len(), 1);
    assert!(reply.json["paging"]["next"].as_str().unwrap().starts_with("https://meta.test/v25.0/"));
}

#[tokio::test]
async fn bad_limits_and_cursors_are_errors() {
    let meta = Meta::agency().await;
    let token = meta.token();
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[("limit", "ten")]).await.error().0, 100);
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[("after", "!!")]).await.error().0, 100);
}
