//! The set-up doctor: entering the app, what is checked of it, and the kit for its review.

mod checks;
mod entering;
mod instagram;
mod machine;
mod own;
mod own_taken;
mod review;
mod rotation;

use secrecy::SecretString;
use server::{
    error::Result,
    setup::{self, AppInput, Check, State},
};

use crate::support::{Person, Setup, TestApp};

/// An installation that nobody has set up.
pub(crate) fn empty() -> Setup {
    Setup { meta_app: false, ..Setup::default() }
}

fn input(app_id: &str, app_secret: &str, config_id: &str) -> AppInput {
    AppInput {
        app_id: app_id.to_owned(),
        app_secret: SecretString::from(app_secret.to_owned()),
        config_id: config_id.to_owned(),
        whatsapp_config_id: String::new(),
    }
}

async fn enter(app: &TestApp, who: &Person, app_id: &str, app_secret: &str, config_id: &str) -> Result<()> {
    setup::save_app(&app.services, &who.actor, &input(app_id, app_secret, config_id)).await
}

/// Enters the right app.
async fn entered(app: &TestApp, who: &Person) {
    enter(app, who, &app.app_id(), &app.app_secret(), "").await.unwrap();
}

/// The check of this name.
async fn check(app: &TestApp, who: &Person, name: &str) -> Check {
    let view = setup::view(&app.services, &who.actor).await.unwrap();
    view.checks.into_iter().find(|check| check.name == name).unwrap_or_else(|| panic!("no check {name}"))
}

async fn state(app: &TestApp, who: &Person, name: &str) -> State {
    check(app, who, name).await.state
}

/// Every check in a line or two.
fn told(app: &TestApp, checks: &[Check]) -> String {
    let mut lines = String::new();
    for check in checks {
        lines.push_str(&format!("[{:?}] {}: {}\n", check.state, check.name, check.what));
        for more in [&check.why, &check.todo].into_iter().filter(|more| !more.is_empty()) {
            lines.push_str(&format!("    {more}\n"));
        }
    }
    // The port is another one each time.
    lines
        .replace(app.base.as_str(), "http://desk.test/")
        .replace(app.base.as_str().trim_end_matches('/'), "http://desk.test")
}
