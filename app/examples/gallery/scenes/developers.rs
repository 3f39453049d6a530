//! What programs use.

use super::{Scene, failed, scene};
use crate::developers;
use app::dto::developers::{DevelopersPage, EndpointPage};
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    let list = |page: fn() -> DevelopersPage| move || pages::developers::developers_page(page());
    let one = |page: fn() -> EndpointPage| move || pages::endpoint::endpoint_page(page());
    vec![
        scene("developers", "/developers", list(developers::page)),
        scene("developers-empty", "/developers", list(developers::empty)),
        scene("developers-admin", "/developers", list(developers::of_admin)),
        scene("developers-new-endpoint", "/developers", list(developers::new_endpoint)),
        scene("developers-new-key", "/developers", list(developers::new_key)),
        Scene {
            outcome: failed(
                "add-endpoint",
                &[("url", "http://example.com/hook"), ("kind", "connection.expiring")],
                AppError::new(
                    422,
                    "invalid",
                    "The address has to begin with https://, so that nobody reads events on their way.",
                )
                .field("url"),
            ),
            ..scene("developers-wrong", "/developers", list(developers::empty))
        },
        scene("endpoint", "/developers/whe_1", one(developers::endpoint)),
        scene("endpoint-failing", "/developers/whe_1", one(developers::failing)),
        scene("endpoint-gone", "/developers/whe_1", one(developers::gone)),
        scene("endpoint-paused", "/developers/whe_1", one(developers::paused)),
        scene("endpoint-nothing-sent", "/developers/whe_1", one(developers::nothing_sent)),
        scene("endpoint-new-secret", "/developers/whe_1", one(developers::new_secret)),
    ]
}
