//! Setting the Meta app up.

use super::{Scene, failed, scene};
use crate::setup;
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    let page = |name, of: fn() -> app::dto::setup::SetupPage| {
        let view = move || pages::setup::setup_page(of());
        scene(name, "/setup", view)
    };
    let wrong_id = AppError::new(
        422,
        "invalid",
        "Invalid App ID format. An App ID is digits only. It is in App settings → Basic.",
    )
    .field("app_id");
    let taken = AppError::new(409, "setup.app_taken", "This App ID cannot be used for your business.")
        .why("It is in use in this installation already, and an app belongs to whoever entered it first.")
        .todo("Use another Meta app, or ask whoever runs this installation.");
    let review = || pages::setup_review::review_page(setup::review());
    vec![
        page("setup-empty", setup::empty),
        page("setup-taken", setup::taken),
        Scene {
            outcome: failed("save-app", &[("app_id", "my app"), ("config_id", "")], wrong_id),
            ..page("setup-wrong-id", setup::empty)
        },
        page("setup", setup::page),
        page("setup-working", setup::working),
        page("setup-settings", setup::from_settings),
        scene("setup-review", "/setup/review", review),
        scene("own-app-none", "/meta-app", || pages::own_app::own_app_page(setup::no_own_app())),
        Scene {
            outcome: failed("save-own-app", &[("app_id", "2093847561029384"), ("config_id", "")], taken),
            ..scene("own-app-taken", "/meta-app", || pages::own_app::own_app_page(setup::no_own_app()))
        },
        scene("own-app", "/meta-app", || pages::own_app::own_app_page(setup::own_app())),
        scene("own-app-unreadable", "/meta-app", || pages::own_app::own_app_page(setup::unreadable_own_app())),
    ]
}
