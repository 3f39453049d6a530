//! `/`: what this is, the world in it, and how to steer it.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::failure_routes;
use crate::clock::graph_time;
use crate::dialog::document;
use crate::state::{Shared, State as SimulatorState};
use crate::world::World;

/// What can be asked of `/_sim`.
const ROUTES: [(&str, &str); 30] = [
    ("GET /_sim/world", "the world as JSON"),
    ("PUT /_sim/world", "load a world: {\"name\":\"agency\"} or a whole one"),
    ("GET /_sim/clock", "simulated Unix time"),
    ("POST /_sim/clock/advance", "{\"seconds\":86400}; also {\"freeze_at\":…} and {\"run\":true}"),
    ("GET /_sim/tokens", "every token by fingerprint, never by value"),
    ("POST /_sim/tokens", "{\"persona\":\"…\"}: a long-lived user token for a test"),
    (
        "POST /_sim/tokens/{fingerprint}/revoke",
        "{\"why\":\"password_changed\"}; also checkpoint, app_removed, expired, logged_out, role_lost, data_access",
    ),
    ("POST /_sim/people/{id}/revoke", "the same for every token of a person"),
    (
        "PUT /_sim/people/{id}/consent",
        "what a person ticks by default: {\"decline\":[…],\"assets\":{\"page\":{\"only\":[…]}}}",
    ),
    (
        "POST /_sim/faults",
        "{\"edge\":\"accounts\",\"effect\":{\"error\":{\"status\":500,\"code\":2}}}; effects error, html, body, half_body, hang, reset, \
         latency, endless_paging, revoke, null_item; method, path, after, times, every narrow it",
    ),
    ("GET, DELETE /_sim/faults", "list, clear; DELETE /_sim/faults/{id} for one"),
    (
        "GET, DELETE /_sim/requests",
        "every Graph request with calls, operations and dependent rounds, and what browsers asked for",
    ),
    ("GET, PATCH /_sim/switches", "latency, page size, budgets, dialog outcome, Embedded Signup order, …"),
    (
        "GET, DELETE /_sim/failures",
        "the 38 failures that people meet; POST /_sim/failures/{number} provokes one, DELETE ends them all",
    ),
    ("GET /_sim/subscriptions", "webhooks and installations"),
    (
        "GET, DELETE /_sim/webhooks",
        "every attempt with status, milliseconds and body; what waits, and what nobody heard of",
    ),
    (
        "POST /_sim/webhooks/customer",
        "{\"asset\":\"<page, Instagram account or phone id>\",\"customer\":\"amara\",\"content\":{\"text\":\"hi\"}}; also media, \
         location, quick_reply, postback, reaction, edit, unsend, seen, comment, …; with: reply_to, standby, forwarded, …",
    ),
    (
        "POST /_sim/webhooks/business",
        "{\"asset\":…,\"customer\":…,\"deed\":{\"reply\":\"…\"}}; also pass_thread, take_thread, contact, history, history_refused",
    ),
    (
        "POST /_sim/webhooks/account",
        "{\"waba\":…,\"event\":\"PARTNER_REMOVED\"}: events of account_update, or a field such as message_template_status_update",
    ),
    ("POST /_sim/webhooks/event", "any update: {\"object\",\"id\",\"field\",\"value\",\"shape\"}"),
    ("POST /_sim/webhooks/sample", "{\"object\":\"page\",\"field\":\"messages\"}: the dashboard's Test button"),
    (
        "POST /_sim/webhooks/raw",
        "{\"object\",\"body\",\"signature\":{\"secret\":\"…\"}}: right, secret, header, missing",
    ),
    (
        "POST /_sim/webhooks/deliver",
        "deliver now; {\"seconds\":86400} moves the clock on the way. Hold, batch, duplicate, shuffle: PATCH /_sim/switches \
         {\"webhooks\":{\"held\":true,\"batch\":1000}}; POST /_sim/webhooks/{delivery}/redeliver",
    ),
    ("POST /_sim/apps", "{\"id\":…,\"secret\":…}: one more app, with grants, tokens and webhooks of its own"),
    ("GET, PATCH /_sim/app", "{\"deauthorize_callback_url\":…,\"data_deletion_callback_url\":…}"),
    (
        "POST /_sim/people/{id}/deauthorize",
        "and /request_deletion: {\"form\":\"unpadded\"}, padded, bad_signature, wrong_secret, wrong_algorithm, not_json",
    ),
    (
        "POST /_sim/subscriptions/{object}/take_over",
        "{\"callback_url\":…}: another tool registers its address for the object",
    ),
    ("POST /_sim/approve", "{\"url\":\"<dialog>\",\"consent\":{…}}: answer a dialog without a browser"),
    ("GET /{locale}/sdk.js", "the JavaScript SDK"),
    ("GET /v25.0/dialog/oauth", "the dialog; every other path is the Graph API"),
];

/// The index page.
pub(crate) async fn index(State(shared): State<Arc<Shared>>) -> Markup {
    let state = shared.lock();
    let body = html! {
        h1 { "Meta in a box" }
        p {
            "A local stand-in for Facebook's login dialog, JavaScript SDK and Graph API, with made-up people and businesses. "
            "Point an app at " code { (state.base) } " and connect."
        }
        p { a href="/_sim/phone" { "Be a customer: write to a business from a phone" } }
        (world(&state))
        (people(&state))
        (figures(&state))
        (failure_routes::section(state.switches.failure))
        h2 { "Steering it" }
        table {
            @for (route, text) in ROUTES { tr { td { code { (route) } } td { (text) } } }
        }
    };
    document("Overview", &body)
}

fn world(state: &SimulatorState) -> Markup {
    let world = &state.world;
    html! {
        section class="card" {
            h2 { "World: " (world.name) }
            p { (world.description) }
            p class="soft" {
                (world.businesses.len()) " businesses, " (world.pages.len()) " Pages, " (world.instagram_accounts.len())
                " Instagram accounts, " (world.whatsapp_accounts.len()) " WhatsApp accounts, " (world.phone_numbers.len())
                " numbers, " (world.ad_accounts.len()) " ad accounts."
            }
            form class="row" method="post" action="/_sim/world" {
                label for="world" { "Another world" }
                select id="world" name="name" {
                    @for name in World::NAMES { option value=(name) selected[name == world.name] { (name) } }
                }
                button type="submit" { "Load" }
            }
        }
    }
}

fn people(state: &SimulatorState) -> Markup {
    let world = &state.world;
    let logged_in = state.switches.persona.as_deref().or(world.people.first().map(|person| person.id.as_str()));
    html! {
        section class="card" {
            h2 { "Logged in at the dialog" }
            form class="row" method="post" action="/_sim/person" {
                label for="person" { "Person" }
                select id="person" name="name" {
                    @for person in &world.people {
                        option value=(person.id) selected[logged_in == Some(person.id.as_str())] { (person.name) }
                    }
                }
                button type="submit" { "Switch" }
            }
            p class="soft" { "App " code { (world.app.id) } " “" (world.app.name) "”, secret " code { (world.app.secret) } ". Login configurations:" }
            ul {
                @for configuration in &world.app.configurations {
                    li { code { (configuration.id) } " " (configuration.name) }
                }
            }
        }
    }
}

fn figures(state: &SimulatorState) -> Markup {
    html! {
        section class="card" {
            h2 { "So far" }
            p class="soft" {
                "Simulated time " (graph_time(state.now())) ". " (state.record.calls()) " Graph requests recorded, "
                (state.record.operations()) " operations. " (state.tokens.iter().count()) " tokens issued, "
                (state.subscriptions.assets.len()) " installations, " (state.faults.list().len()) " faults armed."
            }
        }
    }
}
