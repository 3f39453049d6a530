//! What Meta sent.

use super::{Scene, failed, scene};
use crate::people::agent;
use crate::{people, webhooks};
use app::dto::activity::Log;
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    let test = |page: fn() -> app::dto::test_message::TestPage| move || pages::test_message::test_page(page());
    let list = |page: fn() -> app::dto::deliveries::DeliveriesPage| move || pages::deliveries::deliveries_page(page());
    vec![
        scene("test", "/assets/ast_1/test", test(webhooks::test)),
        scene("test-instagram", "/assets/ast_2/test", test(webhooks::test_overdue)),
        scene("test-arrived", "/assets/ast_4/test", test(webhooks::test_arrived)),
        scene("test-simulator", "/assets/ast_1/test", test(webhooks::test_simulator)),
        scene("deliveries", "/deliveries", list(webhooks::deliveries)),
        scene("deliveries-empty", "/deliveries", list(webhooks::deliveries_empty)),
        scene("deliveries-none", "/deliveries", list(webhooks::deliveries_none)),
        Scene { query: "of=all", ..scene("deliveries-all", "/deliveries", list(webhooks::deliveries_of_all)) },
        Scene {
            query: "of=all&show=failed",
            ..scene("deliveries-all-none", "/deliveries", list(webhooks::deliveries_of_all_none))
        },
        Scene { viewer: Some(agent()), ..scene("deliveries-agent", "/deliveries", list(webhooks::deliveries_agent)) },
        Scene {
            outcome: failed(
                "replay-deliveries",
                &[],
                AppError::new(422, "invalid", "No delivery is ticked.")
                    .why("A replay needs at least one.")
                    .todo("Tick the deliveries to apply again."),
            ),
            ..scene("deliveries-wrong", "/deliveries", list(webhooks::deliveries))
        },
        scene("delivery", "/deliveries/1099511627793", || pages::delivery::delivery_page(webhooks::delivery())),
        scene("delivery-failed", "/deliveries/1099511627790", || {
            pages::delivery::delivery_page(webhooks::delivery_failed())
        }),
        Scene {
            query: "of=all",
            ..scene("delivery-of-all", "/deliveries/1099511627793", || {
                pages::delivery::delivery_page(webhooks::delivery())
            })
        },
        scene("activity-notices", "/activity", || pages::activity::activity_page(people::activity(Log::Notices))),
    ]
}
