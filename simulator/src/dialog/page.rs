//! The consent page and the error pages.

use maud::{Markup, html};

use super::decide::{asked_scopes, kinds};
use super::document;
use super::error_page::ErrorPage;
use super::request::DialogRequest;
use crate::graph::assets;
use crate::permissions;
use crate::query::Query;
use crate::state::{Grant, Selection, State};
use crate::world::{AssetKind, Persona};

/// The page a person continues or cancels on. It works without JavaScript.
pub(crate) fn consent(state: &State, request: &DialogRequest, person: &Persona) -> Markup {
    let app = &state.world.app;
    let former = state.grants.person(&person.id).filter(|grant| grant.authorized);
    let body = html! {
        (switcher(state, request, person))
        @match &request.signup {
            Some(signup) if signup.coexistence => { h1 { "Connect your WhatsApp Business app to " (app.name) } }
            Some(_) => { h1 { "Set up WhatsApp with " (app.name) } }
            None => { h1 { (app.name) " wants to connect to your business assets" } }
        }
        p class="soft" {
            @match &request.configuration {
                Some(configuration) => { "Login configuration “" (configuration.name) "”. Its permissions come all together." }
                None => { "Untick what you do not want to give." }
            }
        }
        form method="post" {
            input type="hidden" name="request" value=(request.raw);
            input type="hidden" name="person" value=(person.id);
            (scopes(state, request, person))
            @if request.signup.is_some() {
                (signup(state, person))
            } @else {
                @for kind in kinds(request) { (choice(state, person, kind, former)) }
            }
            div class="actions" {
                button class="primary" type="submit" name="action" value="continue" { "Continue" }
                button type="submit" name="action" value="cancel" { "Cancel" }
            }
            @if request.signup.is_some() { (leave()) }
            (instead())
        }
    };
    document("Log in", &body)
}

fn switcher(state: &State, request: &DialogRequest, person: &Persona) -> Markup {
    html! {
        form class="card row" method="get" {
            @for (name, value) in &Query::parse(&request.raw).0 { input type="hidden" name=(name) value=(value); }
            label for="person" { "Logged in as" }
            select id="person" name="_sim_person" {
                @for someone in &state.world.people {
                    option value=(someone.id) selected[someone.id == person.id] { (someone.name) }
                }
            }
            button type="submit" { "Switch person" }
        }
    }
}

fn scopes(state: &State, request: &DialogRequest, person: &Persona) -> Markup {
    let asked = asked_scopes(state, request, &person.id);
    html! {
        fieldset {
            legend { "Permissions" }
            @for scope in &asked {
                @let fixed = request.configuration.is_some() || scope == "public_profile";
                @let usual = request.rerequest || !person.declines.contains(scope);
                label {
                    input type="checkbox" name="scope" value=(scope) checked[fixed || usual] disabled[fixed];
                    span { (permissions::text(scope)) br; small { code { (scope) } } }
                }
            }
        }
    }
}

fn title(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Page => "Pages",
        AssetKind::Instagram => "Instagram accounts",
        AssetKind::Whatsapp => "WhatsApp accounts",
        AssetKind::Business => "Businesses",
        AssetKind::AdAccount => "Ad accounts",
    }
}

fn name_of(state: &State, kind: AssetKind, id: &str) -> String {
    let world = &state.world;
    match kind {
        AssetKind::Page => world.pages.iter().find(|page| page.id == id).map(|page| page.name.clone()),
        AssetKind::Instagram => world
            .instagram_accounts
            .iter()
            .find(|account| account.id == id)
            .map(|account| format!("@{}", account.username)),
        AssetKind::Whatsapp => world.whatsapp_accounts.iter().find(|a| a.id == id).map(|account| account.name.clone()),
        AssetKind::Business => world.businesses.iter().find(|a| a.id == id).map(|business| business.name.clone()),
        AssetKind::AdAccount => world.ad_accounts.iter().find(|a| a.id == id).map(|account| account.name.clone()),
    }
    .unwrap_or_else(|| id.to_owned())
}

/// Boxes for one kind, ticked as they were left last time.
fn choice(state: &State, person: &Persona, kind: AssetKind, former: Option<&Grant>) -> Markup {
    let ids = assets(&state.world, person, kind);
    let all = former.is_some_and(|grant| grant.ticks.get(kind) == Some(&Selection::All));
    let ticked = |id: &str| former.is_none_or(|grant| grant.ticks.get(kind).is_none() || grant.ticks.has(kind, id));
    let name = kind.name();
    html! {
        fieldset {
            legend { (title(kind)) }
            @if ids.is_empty() {
                p class="soft" { "You have none." }
            } @else {
                label {
                    input type="radio" name={"mode." (name)} value="all" checked[all];
                    span { "All current and future " (title(kind)) }
                }
                label {
                    input type="radio" name={"mode." (name)} value="some" checked[!all];
                    span { "Only those ticked here (" (ids.len()) ")" }
                }
                div class="scroll" {
                    @for id in &ids {
                        label {
                            input type="checkbox" name=(name) value=(id) checked[ticked(id)];
                            span { bdi { (name_of(state, kind, id)) } " " small { (id) } }
                        }
                    }
                }
            }
        }
    }
}

/// Embedded Signup asks for one WhatsApp account and one number instead.
fn signup(state: &State, person: &Persona) -> Markup {
    let wabas = assets(&state.world, person, AssetKind::Whatsapp);
    html! {
        fieldset {
            legend { "WhatsApp account and number" }
            @if wabas.is_empty() {
                p class="soft" { "You have none." }
            } @else {
                select name="signup" aria-label="WhatsApp account and number" {
                    @for id in &wabas {
                        optgroup label=(name_of(state, AssetKind::Whatsapp, id)) {
                            @for number in state.world.phone_numbers.iter().filter(|number| number.waba == *id) {
                                option value={(id) ":" (number.id)} {
                                    (number.display_phone_number) " · " (number.verified_name)
                                }
                            }
                            option value={(id) ":"} { "Without a number" }
                        }
                    }
                }
            }
        }
    }
}

/// Leaving Embedded Signup before its end, as Meta tells the page that opened it.
fn leave() -> Markup {
    html! {
        details {
            summary { "Leave before the end…" }
            div class="row" {
                select name="step" aria-label="Step" {
                    @for (name, title) in super::signup::STEPS { option value=(name) { (title) } }
                }
                button type="submit" name="action" value="leave" { "Leave at this step" }
            }
            div class="row" {
                select name="error" aria-label="Error" {
                    option { "Your WhatsApp Business account is too new. Try again in a few days." }
                    option { "This phone number is already registered with another WhatsApp account." }
                    option { "You have reached the limit of phone numbers for your business." }
                }
                button type="submit" name="action" value="report" { "Report this error and leave" }
            }
        }
    }
}

fn instead() -> Markup {
    html! {
        details {
            summary { "As the simulator, answer with…" }
            div class="row" {
                select name="instead" aria-label="Answer with" {
                    option value="access_denied" { "access_denied (as an app in development does)" }
                    option value="error_code" { "error_code 1349126 without error" }
                    option value="empty_query" { "a redirect with nothing in it" }
                    @for name in ErrorPage::NAMES {
                        option value=(name) { "Facebook's page: " (name.replace('_', " ")) }
                    }
                }
                button type="submit" name="action" value="instead" { "Answer" }
            }
        }
    }
}

/// A page inside Facebook from which nobody returns.
pub(crate) fn error(error: &ErrorPage) -> Markup {
    let (heading, text) = error.text();
    let body = html! {
        section class="card error" data-error=(error.name()) {
            h1 { (heading) }
            p { (text) }
        }
        p class="soft" { "Facebook shows this inside its own window; the app that opened it is told nothing." }
    };
    document(heading, &body)
}
