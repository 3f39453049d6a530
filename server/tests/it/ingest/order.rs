//! Neither the order in which webhooks arrive nor repeats of them change what people see.

mod digest;
mod stream;

use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use server::{asset_kind::AssetKind, ingest};

use crate::support::TestApp;
use digest::{clear, digest, parts};

/// How many streams of webhooks are tried, and how long they are.
const STREAMS: usize = 12;
const LENGTH: std::ops::Range<usize> = 1..60;

async fn desks(app: &TestApp) {
    let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
    app.hold(&ada, AssetKind::WhatsappNumber, stream::NUMBERS[0]).await;
    app.hold(&bo, AssetKind::WhatsappNumber, stream::NUMBERS[1]).await;
    app.hold(&ada, AssetKind::FacebookPage, stream::PAGE).await;
    app.hold(&bo, AssetKind::InstagramAccount, stream::INSTAGRAM).await;
}

db_test! {
    async fn any_order_and_any_number_of_repeats_lead_to_the_same_state(app: &TestApp) {
        desks(app).await;
        let mut runner = TestRunner::deterministic();
        for round in 0..STREAMS {
            let bodies = stream::bodies(LENGTH).new_tree(&mut runner).unwrap().current();
            let app_id = app.app_id();
            let writer = app.journalled_by(&app_id, &bodies).await;
            ingest::drain(&app.services).await.unwrap();
            let (once, once_parts) = (digest(app).await, parts(app).await);
            assert!(once.iter().any(|line| line.starts_with("message")), "{bodies:#?}");

            // The whole journal once more.
            let rewind = format!("UPDATE journal_writers SET applied_through = id * 1099511627776 WHERE id = {writer}");
            app.storage.tamper(&rewind).await;
            ingest::drain(&app.services).await.unwrap();
            assert_eq!(digest(app).await, once, "twice, round {round}: {bodies:#?}");
            assert_eq!(parts(app).await, once_parts, "twice, round {round}: {bodies:#?}");

            // In another order, in other batches, some of them twice.
            clear(app).await;
            let shuffled = proptest::strategy::Just(bodies.clone()).prop_shuffle().new_tree(&mut runner).unwrap().current();
            let (first, second) = shuffled.split_at(shuffled.len() / 2);
            for some in [first, second, first] {
                app.journalled_by(&app_id, some).await;
                ingest::drain(&app.services).await.unwrap();
            }
            assert_eq!(digest(app).await, once, "shuffled, round {round}: {shuffled:#?}");
            clear(app).await;
        }
    }
}
