//! WhatsApp numbers.

use super::{Scene, attempt, failed, scene};
use crate::numbers;
use crate::people::agent;
use app::dto::attempt::AttemptState;
use app::dto::numbers::{NumberPage, NumbersPage};
use app::dto::signup::AddNumberPage;
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    const ONE: &str = "/whatsapp-numbers/ast_1";
    const ADD: &str = "/whatsapp-numbers/add";
    let list = |page: fn() -> NumbersPage| move || pages::numbers::numbers_page(page());
    let one = |page: fn() -> NumberPage| move || pages::number::number_page(page());
    let refused = |action, error| failed(action, &[("number", "ast_1")], error);
    let wrong_pin = AppError::new(409, "meta.number.wrong_pin", "Meta does not accept the PIN.")
        .why("The number already has a two-step PIN, and it is another one.")
        .todo("Enter the number's own PIN, or reset it in WhatsApp Manager.");
    let unread = AppError::new(422, "invalid", "Tick that you have read what stops.").field("confirmed");
    vec![
        scene("numbers", "/whatsapp-numbers", list(numbers::list)),
        scene("numbers-empty", "/whatsapp-numbers", list(numbers::empty)),
        scene("number", ONE, one(numbers::one)),
        Scene {
            viewer: Some(agent()),
            ..scene("number-agent", ONE, || {
                pages::number::number_page(NumberPage { may_manage: false, ..numbers::one() })
            })
        },
        scene("number-unverified", ONE, one(numbers::unverified)),
        Scene { done: Some("request-code"), ..scene("number-code", ONE, one(numbers::unverified)) },
        scene("number-unregistered", ONE, one(numbers::unregistered)),
        Scene {
            outcome: refused("register-number", wrong_pin),
            ..scene("number-wrong-pin", ONE, one(numbers::unregistered))
        },
        Scene { outcome: refused("deregister-number", unread), ..scene("number-deregister", ONE, one(numbers::one)) },
        scene("number-business-app", ONE, one(numbers::business_app)),
        scene("number-add", ADD, || pages::add_number::add_number_page(numbers::add())),
        scene("number-add-not-offered", ADD, || {
            pages::add_number::add_number_page(AddNumberPage { offered: false, for_operator: true, ..numbers::add() })
        }),
        attempt("attempt-no-number", || AttemptState::NoNumber {
            what: "No number was set up.".into(),
            why: "You left Meta's window where the number is verified with a code.".into(),
            todo: "Begin again whenever you like. Meta remembers what you filled in for a while.".into(),
            help: None,
        }),
    ]
}
