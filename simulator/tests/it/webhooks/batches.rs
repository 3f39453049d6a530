//! Bodies with many updates (Meta reference §7.2): of several accounts, numbers and fields at once, up to 3 MB.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use simulator::Content;

use super::Product;
use crate::harness::Meta;

/// An agency whose WhatsApp accounts all send to the product; the accounts, each with one of its numbers.
async fn agency() -> (Meta, Product, Vec<(String, String)>) {
    let meta = Meta::agency().await;
    let product = Product::start().await;
    product
        .subscribe(&meta, "whatsapp_business_account", "messages,account_update,message_template_status_update")
        .await;
    let (world, token) = (meta.control.world(), meta.token());
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    for number in &world.phone_numbers {
        if numbers.len() < 3 && !numbers.contains_key(&number.waba) {
            let installed = meta.post(&token, &format!("v25.0/{}/subscribed_apps", number.waba), &[]).await;
            assert_eq!(installed.status, 200, "{}", installed.text);
            numbers.insert(number.waba.clone(), number.id.clone());
        }
    }
    assert_eq!(numbers.len(), 3);
    meta.control.switch(|switches| {
        switches.webhooks.held = true;
        switches.webhooks.batch = 1_000;
    });
    (meta, product, numbers.into_iter().collect())
}

/// Every change of the bodies, with the id of its entry.
fn changes(bodies: &[Value]) -> Vec<(String, Value)> {
    let entries = bodies.iter().flat_map(|body| body["entry"].as_array().unwrap());
    let of_entry = |entry: &Value| -> Vec<(String, Value)> {
        let id = entry["id"].as_str().unwrap().to_owned();
        entry["changes"].as_array().unwrap().iter().map(|change| (id.clone(), change.clone())).collect()
    };
    entries.flat_map(of_entry).collect()
}

#[tokio::test]
async fn one_body_mixes_accounts_numbers_and_fields_with_and_without_metadata() {
    let (meta, product, accounts) = agency().await;
    for (waba, number) in &accounts {
        assert_eq!(meta.control.customer_does(number, "amara", &Content::Text("hi".into())).unwrap().heard, Ok(()));
        for event in ["ACCOUNT_VIOLATION", "message_template_status_update"] {
            assert_eq!(meta.control.account_event(waba, event, Map::new()), Ok(Ok(())));
        }
        assert_eq!(meta.control.customer_does(number, "nadia", &Content::Text("hi".into())).unwrap().heard, Ok(()));
    }
    assert_eq!(meta.control.deliver().await, 1, "all of it is one body");
    let changes = changes(&product.bodies());
    assert_eq!(changes.len(), 4 * accounts.len());
    for (waba, number) in &accounts {
        let own: Vec<&Value> = changes.iter().filter(|(id, _)| id == waba).map(|(_, change)| change).collect();
        let fields: Vec<&str> = own.iter().map(|change| change["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["messages", "account_update", "message_template_status_update", "messages"]);
        for change in own {
            let named = change["value"]["metadata"]["phone_number_id"].as_str();
            assert_eq!(named, (change["field"] == "messages").then_some(number.as_str()), "{change}");
        }
    }
}

#[tokio::test]
async fn shuffled_and_doubled_bodies_of_several_accounts_hold_everything_twice() {
    let (meta, product, accounts) = agency().await;
    meta.control.switch(|switches| {
        switches.webhooks.batch = 7;
        switches.webhooks.shuffle = true;
        switches.webhooks.duplicates = 1;
        switches.webhooks.bsuid_only = true;
    });
    let mut said = Vec::new();
    for n in 0..60 {
        let (_, number) = &accounts[n % accounts.len()];
        said.push(meta.control.customer_does(number, "amara", &Content::Text(format!("{n}"))).unwrap().message_id);
    }
    assert_eq!(meta.control.deliver().await, 2 * 60_usize.div_ceil(7));
    let changes = changes(&product.bodies());
    let messages: Vec<&Value> = changes.iter().map(|(_, change)| &change["value"]["messages"][0]).collect();
    let heard: Vec<&str> = messages.iter().map(|message| message["id"].as_str().unwrap()).collect();
    assert_eq!(heard.len(), 120);
    let first: Vec<&str> =
        heard.iter().copied().scan(BTreeSet::new(), |seen, id| Some(seen.insert(id).then_some(id))).flatten().collect();
    let mut sorted = first.clone();
    sorted.sort_unstable();
    let mut expected: Vec<&str> = said.iter().map(String::as_str).collect();
    assert_ne!(first, expected, "in another order");
    expected.sort_unstable();
    assert_eq!(sorted, expected, "each of them");
    // With the number left out of every place where it could stand.
    assert!(messages.iter().all(|message| message.get("from").is_none() && message["from_user_id"].is_string()));
    assert!(changes.iter().all(|(_, change)| change["value"]["contacts"][0].get("wa_id").is_none()));
}

#[tokio::test]
async fn a_body_of_a_thousand_updates_can_be_as_large_as_meta_allows() {
    let (meta, product, accounts) = agency().await;
    // Escaped, each of these letters takes six bytes.
    let long = "é".repeat(395);
    for n in 0..1_000 {
        let (_, number) = &accounts[n % accounts.len()];
        meta.control.customer_does(number, "amara", &Content::Text(long.clone())).unwrap();
    }
    assert_eq!(meta.control.deliver().await, 1);
    let heard = product.heard().pop().unwrap();
    assert!((2_700_000..=3_000_000).contains(&heard.body.len()), "{}", heard.body.len());
    assert_eq!(changes(&[heard.json()]).len(), 1_000);
}
