//! Answers other than 200 (Meta reference §7.2), on the simulator's own clock.

use std::time::Duration;

use simulator::{Content, Silence};

use super::{PAGE, PHONE, WABA, shop};
use crate::harness::NOW;

const HOUR: u64 = 3_600;

fn hello() -> Content {
    Content::Text("hello".into())
}

#[tokio::test]
async fn anything_but_200_is_tried_again_at_once_and_then_later_with_the_same_bytes() {
    let (meta, product) = shop().await;
    meta.control.hold_webhooks(true);
    product.answer_next(&[500, 202]);
    meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    assert_eq!(meta.control.deliver().await, 2, "one at once, one immediately after it");
    assert_eq!(meta.control.pending()[0].next_at, NOW + 60);
    meta.control.advance(Duration::from_secs(59));
    assert_eq!(meta.control.deliver().await, 0);
    meta.control.advance(Duration::from_secs(1));
    assert_eq!(meta.control.deliver().await, 1);
    assert!(meta.control.pending().is_empty());
    let statuses: Vec<_> = meta.control.attempts().iter().map(|one| (one.number, one.status, one.at - NOW)).collect();
    assert_eq!(statuses, [(1, Some(500), 0), (2, Some(202), 0), (3, Some(200), 60)]);
    let bytes: std::collections::HashSet<_> = product.heard().into_iter().map(|heard| heard.body).collect();
    assert_eq!(bytes.len(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed_and_a_dead_callback_is_a_failure_in_curls_words() {
    let (meta, product) = shop().await;
    product.answer_next(&[301, 301]);
    meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    meta.control.deliver().await;
    assert_eq!(meta.control.attempts()[0].status, Some(301));
    meta.control.clear_attempts();
    meta.control.send_raw("page", "http://127.0.0.1:9/", b"{}".to_vec(), simulator::Signature::Right);
    meta.control.send_raw("page", "https://example.com/", b"{}".to_vec(), simulator::Signature::Right);
    meta.control.deliver().await;
    let errors: Vec<String> = meta.control.attempts().into_iter().filter_map(|attempt| attempt.error).collect();
    assert!(errors.iter().any(|error| error.contains("curl_errno = 7; curl_error = Failed to connect")), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("this machine only")), "{errors:?}");
}

#[tokio::test]
async fn a_callback_that_comes_back_gets_everything_it_missed() {
    let (meta, product) = shop().await;
    product.down(true);
    for _ in 0..3 {
        meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    }
    meta.control.deliver_during(Duration::from_secs(2 * HOUR)).await;
    assert_eq!(meta.control.pending().len(), 3);
    product.forget();
    product.down(false);
    meta.control.deliver_during(Duration::from_secs(2 * HOUR)).await;
    assert_eq!((product.heard().len(), meta.control.pending().len()), (3, 0));
    let warnings = meta.control.warnings();
    assert_eq!(warnings.iter().map(|warning| warning.disabled).collect::<Vec<_>>(), [false], "one mail for all");
}

#[tokio::test]
async fn eight_hours_of_failures_switch_a_pages_webhook_off() {
    let (meta, product) = shop().await;
    product.down(true);
    meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    meta.control.deliver_during(Duration::from_secs(14 * HOUR)).await;
    let warnings: Vec<_> =
        meta.control.warnings().iter().map(|one| (one.object.clone(), one.disabled, one.at - NOW)).collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(!warnings[0].1 && (3_600..8 * 3_600).contains(&warnings[0].2), "{warnings:?}");
    assert!(warnings[1].1 && warnings[1].2 >= 8 * 3_600, "{warnings:?}");
    assert!(meta.control.pending().is_empty());
    let again = meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    assert_eq!(again.heard, Err(Silence::AppSubscriptionDisabled));
    let path = format!("v25.0/{}/subscriptions", meta.app_id);
    let listed = meta.get(&path, &[("access_token", &meta.app_token())]).await.json;
    let active = |object: &str| {
        listed["data"].as_array().unwrap().iter().find(|row| row["object"] == object).unwrap()["active"].clone()
    };
    assert_eq!((active("page"), active("instagram")), (false.into(), true.into()));
    product.down(false);
    product.subscribe(&meta, "page", "messages").await;
    assert_eq!(meta.control.customer_does(PAGE, "amara", &hello()).unwrap().heard, Ok(()));
}

#[tokio::test]
async fn whatsapp_is_patient_for_seven_days() {
    let (meta, product) = shop().await;
    product.down(true);
    meta.control.customer_does(PHONE, "amara", &hello()).unwrap();
    meta.control.deliver_during(Duration::from_secs(6 * 24 * HOUR)).await;
    assert_eq!(meta.control.pending().len(), 1);
    product.down(false);
    meta.control.deliver_during(Duration::from_secs(12 * HOUR)).await;
    let last = meta.control.attempts().pop().unwrap();
    assert_eq!(last.status, Some(200));
    assert!(last.at > NOW + 6 * 24 * 3_600 && last.number > 20, "{} {}", last.at - NOW, last.number);
    product.down(true);
    meta.control.account_event(WABA, "ACCOUNT_VIOLATION", serde_json::Map::new()).unwrap().unwrap();
    meta.control.deliver_during(Duration::from_secs(8 * 24 * HOUR)).await;
    assert!(meta.control.pending().is_empty(), "given up");
}

#[tokio::test]
async fn a_running_clock_needs_nobody_to_move_it() {
    let (meta, product) = shop().await;
    meta.control.thaw();
    product.answer_next(&[500, 500]);
    meta.control.customer_does(PAGE, "amara", &hello()).unwrap();
    while product.heard().len() < 2 {
        tokio::task::yield_now().await;
    }
    meta.control.deliver().await;
    assert_eq!(meta.control.pending().len(), 1);
    meta.control.advance(Duration::from_secs(61));
    while product.heard().len() < 3 {
        tokio::task::yield_now().await;
    }
}
