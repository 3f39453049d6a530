//! A forgotten password.

use super::{Scene, failed, public};
use crate::people;
use app::dto::passwords::ForgotPage;
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    const LINK: &str = "/reset-password/sample";
    let forgot = |sends_mail| move || pages::forgot_password::forgot_password_page(ForgotPage { sends_mail });
    let reset = || pages::reset_password::reset_password_page(people::reset());
    let no_address = "This is not an e-mail address. It looks like name@example.com.";
    vec![
        public("forgot", "/forgot-password", forgot(true)),
        Scene {
            outcome: failed(
                "forgot-password",
                &[("email", "owner")],
                AppError::new(422, "invalid", no_address).field("email"),
            ),
            ..public("forgot-wrong", "/forgot-password", forgot(true))
        },
        Scene { done: Some("forgot-password"), ..public("forgot-sent", "/forgot-password", forgot(true)) },
        public("forgot-no-mail", "/forgot-password", forgot(false)),
        public("reset", LINK, reset),
        Scene {
            outcome: failed(
                "reset-password",
                &[("email", "owner@demo.example")],
                AppError::new(422, "invalid", "Use at least 12 characters.").field("password"),
            ),
            ..public("reset-wrong", LINK, reset)
        },
        public("reset-ended", LINK, || pages::reset_password::reset_password_page(people::ended_reset())),
        Scene { done: Some("reset-password"), ..public("reset-done", "/sign-in", pages::sign_in::sign_in_page) },
    ]
}
