//! How many calls a discovery takes, and in how many dependent rounds.

use std::time::Duration;

use simulator::{Options, World};

use super::Meta;

#[tokio::test]
async fn the_agency_takes_few_calls_in_few_rounds() {
    // Calls that run together are seen to overlap only when an answer takes some time.
    let options = Options { world: World::agency(), latency: Duration::from_millis(25), ..Options::default() };
    let meta = Meta::start_with(options, Duration::from_secs(30)).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    let (calls, operations, rounds) =
        (meta.control().call_count(), meta.control().operation_count(), meta.control().rounds());
    assert_eq!(found.pages.len(), 500);
    assert!(calls <= 40 && operations <= 40, "{calls} calls, {operations} operations");
    assert!(rounds <= 6, "{rounds} rounds");
}

#[tokio::test]
async fn the_corner_shop_takes_three_calls() {
    let meta = Meta::start(World::corner_shop()).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    assert_eq!((found.pages.len(), found.wabas.len(), found.ad_accounts.len()), (1, 1, 1));
    assert_eq!(meta.control().operation_count(), 3);
}
