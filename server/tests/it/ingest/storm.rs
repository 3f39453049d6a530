//! Meta on a bad day: batches, repeats, any order, hidden numbers, and a product that was away for a while.

use std::{collections::BTreeSet, time::Duration};

use server::ingest;
use simulator::Content;

use crate::support::{Setup, TestApp};

/// Assets of the corner shop, which one connection brings.
const ASSETS: [&str; 3] = ["110220330440551", "17841400000000551", "190638523274551"];

fn by_line() -> Setup {
    Setup { by_line: true, ..Setup::default() }
}

db_test! {
    async fn everything_that_was_said_is_there_once(app: &TestApp, by_line()) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        app.meta().switch(|switches| {
            let webhooks = &mut switches.webhooks;
            (webhooks.held, webhooks.batch, webhooks.duplicates, webhooks.parallel) = (true, 9, 2, 4);
            (webhooks.shuffle, webhooks.sha1, webhooks.escape_more, webhooks.bsuid_only) = (true, true, true, true);
        });
        let mut said = BTreeSet::new();
        for n in 0..40 {
            for asset in ASSETS {
                let customer = ["amara", "jonas", "yuki"][n % 3];
                let words = Content::Text(format!("{n} <50% off> @home / Crème brûlée 🍮"));
                let done = app.meta().customer_does(asset, customer, &words).unwrap();
                assert_eq!(done.heard, Ok(()), "{asset}");
                said.insert(done.message_id);
            }
        }
        // At first the product cannot store anything, and says so each time.
        let trouble = app.storage.journal_out_of_reach().await;
        app.meta().deliver().await;
        let attempts = app.meta().attempts();
        assert!(!attempts.is_empty() && attempts.iter().all(|attempt| attempt.status == Some(503)), "{attempts:?}");
        app.storage.end(trouble).await;
        app.clock.advance(Duration::from_secs(1));
        app.meta().deliver_during(Duration::from_secs(3600)).await;
        assert!(app.meta().pending().is_empty(), "Meta has nothing left to send");
        ingest::drain(&app.services).await.unwrap();
        let seen = app.see("SELECT meta_id FROM messages WHERE text LIKE '%Crème brûlée 🍮'").await;
        assert_eq!(seen.len(), said.len(), "each once");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), said);
        assert_eq!(app.see("SELECT DISTINCT outcome FROM delivery_parts").await, ["applied"]);
        assert!(app.refused().await.iter().all(|(reason, _)| reason == "not_stored"));
    }
}
