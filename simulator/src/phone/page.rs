//! The page around the phone.

use maud::{Markup, html};

use super::choice::{Choice, PLATFORMS, Written};
use super::{chat, composer, trace};
use crate::dialog::{Assets, document_with};
use crate::state::State;

/// The whole page.
pub(super) fn page(state: &State, choice: &Choice) -> Markup {
    let below = html! {
        main {
            div class="side" {
                h1 { "Be the customer" }
                p class="soft" {
                    "Write to the business from this phone. Meta tells the product by webhook, and what the business "
                    "answers appears here."
                }
                (choices(state, choice))
                (harder(state))
            }
            (phone(state, choice))
            (trace::section(state, choice))
        }
        p id="status" class="hidden" role="status" {}
    };
    let assets = Assets {
        style: Some("/_sim/phone/phone.css"),
        script: Some("/_sim/phone/phone.js"),
        class: choice.platform_name(),
    };
    document_with("Customer's phone", assets, &below)
}

fn choices(state: &State, choice: &Choice) -> Markup {
    html! {
        form id="choice" method="get" action="/_sim/phone" {
            fieldset class="platforms" {
                legend { "Where you write" }
                @for (platform, name, title) in PLATFORMS {
                    label {
                        input type="radio" name="platform" value=(name) checked[platform == choice.platform];
                        span { (title) }
                    }
                }
            }
            label class="field" {
                span { "Business" }
                select name="asset" {
                    (options("Connected: the product hears you", choice, true))
                    (options("Not connected", choice, false))
                    @if choice.assets.is_empty() { option value="" { "None in this world" } }
                }
            }
            label class="field" {
                span { "You are" }
                select name="customer" {
                    @for customer in &state.world.customers {
                        @let chosen = choice.customer.as_ref().is_some_and(|one| one.id == customer.id);
                        option value=(customer.id) selected[chosen] {
                            (customer.name)
                            @if customer.hides_phone { " (hides the number)" }
                        }
                    }
                }
            }
            button type="submit" class="no-script" { "Show" }
        }
    }
}

fn options(title: &str, choice: &Choice, connected: bool) -> Markup {
    let some: Vec<&Written> = choice.assets.iter().filter(|asset| asset.connected == connected).collect();
    html! {
        @if !some.is_empty() {
            optgroup label=(title) {
                @for asset in some {
                    @let chosen = choice.asset.as_ref().is_some_and(|one| one.id == asset.id);
                    option value=(asset.id) selected[chosen] { (asset.name) }
                }
            }
        }
    }
}

/// Switches that make the receiver's life harder.
fn harder(state: &State) -> Markup {
    let switches = &state.switches.webhooks;
    let switch = |name: &str, on: bool, title: &str, text: &str| {
        html! {
            label class="switch" {
                input type="checkbox" data-switch=(name) checked[on];
                span { (title) br; small { (text) } }
            }
        }
    };
    html! {
        details class="harder" {
            summary { "Make it harder" }
            (switch("held", switches.held, "Hold webhooks", "They wait until you let go."))
            (switch("duplicates", switches.duplicates > 0, "Send everything twice", "Meta promises at least once, not exactly once."))
            (switch("shuffle", switches.shuffle, "Out of order", "What waits together goes out in any order."))
            (switch("bsuid_only", switches.bsuid_only, "Hide phone numbers", "WhatsApp names people by their BSUID alone."))
            (switch("status_first", switches.status_first, "Status before the answer", "WhatsApp's first status overtakes the send call."))
        }
    }
}

fn phone(state: &State, choice: &Choice) -> Markup {
    html! {
        section class="phone" aria-label="Phone" data-asset=(choice.asset.as_ref().map(|asset| asset.id.as_str()).unwrap_or_default())
            data-customer=(choice.customer.as_ref().map(|customer| customer.id.as_str()).unwrap_or_default()) {
            div class="screen" {
                @if let Some(asset) = &choice.asset {
                    header class="chat-head" {
                        img src={"/_sim/picture/" (asset.id) ".svg"} alt="" width="40" height="40";
                        div {
                            h2 { bdi { (asset.name) } }
                            (chat::presence(state, choice))
                        }
                    }
                    (chat::log(state, choice))
                    (composer::composer(choice))
                } @else {
                    p class="empty" { "This world has nobody to write to here. Load another one on the "
                        a href="/" { "overview" } "." }
                }
            }
        }
    }
}
