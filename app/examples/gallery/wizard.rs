//! Sample data of the wizard.

use crate::desk::lacking;
use app::dto::health::Platform;
use app::dto::wizard::*;

fn choice(id: &str, platform: Platform, name: &str, detail: &str, state: ChoiceState) -> Choice {
    Choice { id: id.into(), platform, name: name.into(), detail: detail.into(), nested: false, counts: true, state }
}

/// What belongs to the asset before it.
fn nested(choice: Choice) -> Choice {
    Choice { nested: true, ..choice }
}

fn page(id: &str, name: &str, detail: &str, state: ChoiceState) -> Choice {
    choice(id, Platform::Facebook, name, &format!("Page · {detail}"), state)
}

fn instagram(id: &str, name: &str, state: ChoiceState) -> Choice {
    nested(choice(id, Platform::Instagram, name, "Instagram account · linked to this Page", state))
}

/// A WhatsApp account, which goes with its numbers.
fn account(id: &str, name: &str, state: ChoiceState) -> Choice {
    Choice { counts: false, ..choice(id, Platform::Whatsapp, name, "WhatsApp account", state) }
}

fn number(id: &str, name: &str, detail: &str, state: ChoiceState) -> Choice {
    nested(choice(id, Platform::Whatsapp, name, &format!("WhatsApp number · {detail}"), state))
}

fn group(name: &str, note: &str, choices: Vec<Choice>) -> AssetGroup {
    AssetGroup { name: name.into(), is_portfolio: true, note: note.into(), choices }
}

pub(crate) fn wizard() -> Wizard {
    // So few are all ticked at first.
    let free = || ChoiceState::Free { ticked: true };
    let reason = "You have no messaging role on this Page. Ask an admin for the task Messages.";
    let held = |asset: &str| ChoiceState::HeldElsewhere { move_page: Some(format!("/connect/att_1/move/{asset}")) };
    let brasa = vec![
        page("a1", "Brasa Centro", "Restaurant", ChoiceState::Connected),
        instagram("a2", "@brasa.centro", free()),
        page("a3", "Brasa Eventos", "Caterer", free()),
        instagram("a4", "@brasa.eventos", free()),
        page("a5", "Brasa Franquicias", "Business service", ChoiceState::Unusable { reason: reason.into() }),
        page("a6", "Brasa Playa", "Restaurant", free()),
        account("a7", "Brasa Café", ChoiceState::Heading),
        number("a8", "+34 612 55 01 02", "Brasa Café · quality high", free()),
    ];
    let costa = vec![
        page("b1", "Costa Delivery", "Food delivery · shared with you", free()),
        account("ast_8", "Costa Delivery", held("ast_8")),
        number("ast_9", "+34 611 20 44 18", "Costa Delivery · quality medium", held("ast_9")),
        choice("b2", Platform::Ads, "Costa Ads ES", "Ad account · EUR · shared with you", free()),
    ];
    Wizard {
        groups: vec![
            group("Brasa Café Group", "business portfolio, verified", brasa),
            group("Costa Foods", "business portfolio", costa),
        ],
        unread: vec![],
        missing: vec![],
    }
}

/// 500 Pages with 168 Instagram accounts, 120 numbers and 60 ad accounts in three businesses.
pub(crate) fn agency() -> Wizard {
    let free = || ChoiceState::Free { ticked: false };
    let groups = (0..3)
        .map(|g| {
            let mut choices = Vec::new();
            for n in 0..167 {
                let id = g * 1000 + n;
                let reason = "Meta gave no access to this Page. Ask its admin for a role.";
                let state = if n % 23 == 0 { ChoiceState::Unusable { reason: reason.into() } } else { free() };
                choices.push(page(&format!("p{id}"), &format!("Shop number {id}"), "Local business", state));
                if n % 3 == 0 {
                    choices.push(instagram(&format!("i{id}"), &format!("@shop.{id}"), free()));
                }
            }
            choices.push(account(&format!("c{g}"), &format!("Agency {}", g + 1), ChoiceState::Heading));
            for n in 0..40 {
                let name = format!("+34 600 {g}0 {n:02} 00");
                choices.push(number(&format!("w{g}{n}"), &name, "quality high", free()));
            }
            for n in 0..20 {
                let (id, name) = (format!("d{g}{n}"), format!("Ads {g}-{n}"));
                choices.push(choice(&id, Platform::Ads, &name, "Ad account · EUR", free()));
            }
            group(&format!("Agency {}", g + 1), "business portfolio, verified", choices)
        })
        .collect();
    Wizard { groups, unread: vec![], missing: vec![] }
}

pub(crate) fn partly() -> Wizard {
    let why = "Meta could not answer just now. Try again in a minute. If it lasts, look at metastatus.com.";
    let unread = Unread { what: "Pages of Costa Foods".into(), why: why.into() };
    Wizard { unread: vec![unread], missing: lacking(), ..wizard() }
}

/// Meta told nothing of what there is to choose from.
pub(crate) fn nothing_read() -> Wizard {
    Wizard { groups: vec![], ..partly() }
}

/// The same for a guest, who takes nothing over.
pub(crate) fn of_guest() -> Wizard {
    let mut wizard = wizard();
    for choice in wizard.groups.iter_mut().flat_map(|group| &mut group.choices) {
        if let ChoiceState::HeldElsewhere { move_page } = &mut choice.state {
            *move_page = None;
        }
    }
    wizard
}
