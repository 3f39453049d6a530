//! Sample checks of a Meta app: one that was entered a few days ago, and one that works.

use crate::{DAY, MINUTE, NOW};
use app::dto::setup::{CheckAction, CheckGroup, CheckRow, CheckState};

const HERE: &str = "https://connect.brasa.example";
const CALLBACK: &str = "https://connect.brasa.example/oauth/meta/callback";

fn check(name: &str, state: CheckState, (what, why): (&str, &str)) -> CheckRow {
    let at = matches!(state, CheckState::Proven | CheckState::Wrong).then_some(NOW - 2 * MINUTE);
    CheckRow { name: name.into(), state, what: what.into(), why: why.into(), todo: String::new(), at, action: None }
}

fn todo(todo: &str, action: Option<CheckAction>, of: CheckRow) -> CheckRow {
    CheckRow { todo: todo.into(), action, ..of }
}

fn proven(name: &str, what: &str, why: &str) -> CheckRow {
    check(name, CheckState::Proven, (what, why))
}

/// What somebody's visit proved, or Meta's own call, a day ago.
fn seen(name: &str, what: &str, why: &str) -> CheckRow {
    CheckRow { at: Some(NOW - DAY), ..proven(name, what, why) }
}

fn credentials(version: &str) -> CheckRow {
    let why = format!("“Brasa Connect”, App ID 1029384756102938, Graph API {version}");
    proven("app.credentials", "App ID and App Secret accepted", &why)
}

fn clock() -> CheckRow {
    let why = "Codes and tokens live for a limited time, so both clocks have to be right.";
    proven("app.clock", "This machine’s clock agrees with Meta’s", why)
}

fn reached() -> Vec<CheckRow> {
    let handshake = "It asked whether the callback is ours, with the right verify token, and was answered.";
    vec![
        seen("webhooks.public_url", "Meta reaches the public address", &format!("It called {HERE}/ and was answered.")),
        seen("webhooks.handshake", "Meta called the webhook", handshake),
    ]
}

fn access() -> CheckRow {
    let why = "With Standard Access a permission works only for people with a role on the app. For everybody else it needs Advanced Access, which App Review gives.";
    todo(
        "App Review → Permissions and features: Advanced Access for each permission of the review kit, and for public_profile.",
        Some(CheckAction::ReviewKit),
        check("access.permissions", CheckState::Yourself, ("Access level of each permission", why)),
    )
}

fn groups(app: Vec<CheckRow>, webhooks: Vec<CheckRow>, login: Vec<CheckRow>) -> Vec<CheckGroup> {
    vec![
        CheckGroup { id: "meta-app", title: "Your Meta app", checks: app },
        CheckGroup { id: "webhooks", title: "Webhooks", checks: webhooks },
        CheckGroup { id: "login", title: "Login with Meta", checks: login },
        CheckGroup { id: "access", title: "What Meta decides", checks: vec![access()] },
    ]
}

/// The one check without an app.
pub(crate) fn none() -> Vec<CheckGroup> {
    let why = "This installation has no Meta app yet, so nobody can connect.";
    let none = check("app.credentials", CheckState::Wrong, ("Meta App credentials not configured", why));
    let none = todo(
        "Enter the App ID and the App Secret. Both are in App settings → Basic of your app at developers.facebook.com.",
        Some(CheckAction::EnterApp),
        CheckRow { at: None, ..none },
    );
    vec![CheckGroup { id: "meta-app", title: "Your Meta app", checks: vec![none] }]
}

/// The settings name an app that is a business's own.
pub(crate) fn taken() -> Vec<CheckGroup> {
    let what = "META_APP_ID names an app that a business entered as its own";
    let why = "Whoever has the secret of an app can sign webhooks in its name, for everybody who connects with it. So it is used for that business alone.";
    let taken = todo(
        "Set META_APP_ID and META_APP_SECRET to another app; or let the business remove its own app, and reset its secret in Meta’s dashboard.",
        None,
        CheckRow { at: None, ..check("app.credentials", CheckState::Wrong, (what, why)) },
    );
    vec![CheckGroup { id: "meta-app", title: "Your Meta app", checks: vec![taken] }]
}

/// Nobody has connected, and another tool has the webhooks of Pages.
pub(crate) fn unfinished() -> Vec<CheckGroup> {
    use CheckState::{Waiting, Wrong, Yourself};
    let version = todo(
        "Set META_GRAPH_API_VERSION to v26.0 or remove it, and restart. That is the newest version Attaché was tested with.",
        None,
        check(
            "app.version",
            Waiting,
            (
                "Graph API v21.0 ends in 62 days",
                "2027-01-21 is its last day. From then on Meta serves another version without saying so.",
            ),
        ),
    );
    const OTHER: &str = "https://automation.example/webhook/5f1c/meta";
    let lists = format!(
        "Meta sends an app’s events to one address per object, and it lists {OTHER} in the place of {HERE}/webhooks/meta: page goes to {OTHER}."
    );
    let elsewhere = todo(
        "Press Subscribe to have them sent here. The other tool then receives none of them any more.",
        Some(CheckAction::Subscribe),
        check("webhooks.subscriptions", Wrong, ("Another tool receives this app’s webhooks", &lists)),
    );
    let unheard = check(
        "webhooks.signatures",
        Waiting,
        ("No webhook has arrived yet", "The first event of a connected asset proves the way and the signature."),
    );
    let untold = "Meta’s API does not tell which redirect URIs are allowed. Where it is missing, Meta’s dialog says “URL Blocked”.";
    let redirect = todo(
        &format!(
            "Facebook Login for Business → Settings → Valid OAuth Redirect URIs: add {CALLBACK}, to the letter. The first person who connects proves it."
        ),
        None,
        check("login.redirect_uri", Yourself, ("Redirect URI", untold)),
    );
    let nobody = todo(
        "Sign in as the owner of a business and connect, or invite somebody who does.",
        Some(CheckAction::Connect),
        check(
            "login.first_connection",
            Waiting,
            (
                "Nobody has connected yet",
                "The first connection proves the dialog, the redirect URI and the permissions in one go.",
            ),
        ),
    );
    let mut webhooks = reached();
    webhooks.insert(1, elsewhere);
    webhooks.push(unheard);
    groups(vec![credentials("v21.0"), version, clock()], webhooks, vec![redirect, nobody])
}

/// Everything is proven that can be; Meta's decisions are for somebody to look at.
pub(crate) fn working() -> Vec<CheckGroup> {
    let alive = "Meta has announced no end of it. Meta answered with it.";
    let all = "page, instagram, whatsapp_business_account, permissions, each with every field that Attaché uses.";
    let mut webhooks = reached();
    webhooks.insert(1, proven("webhooks.subscriptions", "Meta sends its webhooks here, 4 objects", all));
    let signed = "The last one was signed with this app’s secret.";
    webhooks.push(seen("webhooks.signatures", "Signed webhooks arrive", signed));
    let back = format!("Somebody came back from the dialog to {CALLBACK}.");
    groups(
        vec![credentials("v26.0"), proven("app.version", "Graph API v26.0 is alive", alive), clock()],
        webhooks,
        vec![
            seen("login.redirect_uri", "Meta accepts the redirect URI", &back),
            seen("login.first_connection", "Businesses are connected", "2 connections stand."),
        ],
    )
}
