//! The login dialog: its redirect URI, its configuration, its switches (Meta reference §2.1, §3.2, §3.3). Meta's API tells
//! none of them; a person who came back does.

use super::Known;
use crate::{
    apps::App,
    meta::Login,
    setup::{Action, Check, Group},
};

const SETTINGS: &str = "Facebook Login for Business → Settings";

pub(super) fn checks(known: &Known<'_>) -> Vec<Check> {
    let mut checks = vec![redirect_uri(known), configuration(known), switches(known), popup(known)];
    checks.extend(instagram(known));
    checks.push(first_connection(known));
    checks
}

fn redirect_uri(known: &Known<'_>) -> Check {
    const NAME: &str = "login.redirect_uri";
    let uri = &known.app.login.redirect_uri;
    match known.seen.redirect_at {
        Some(at) => Check::proven(NAME, Group::Login, "Meta accepts the redirect URI")
            .why(format!("Somebody came back from the dialog to {uri}."))
            .at(Some(at)),
        None => Check::yourself(NAME, Group::Login, "Redirect URI")
            .why("Meta’s API does not tell which redirect URIs are allowed. Where it is missing, Meta’s dialog says “URL Blocked”.")
            .todo(format!(
                "{SETTINGS} → Valid OAuth Redirect URIs: add {uri}, to the letter. The first person who connects proves it."
            )),
    }
}

fn configuration(known: &Known<'_>) -> Check {
    const NAME: &str = "login.configuration";
    let came_back = known.seen.redirect_at.max(known.seen.popup_at);
    match (&known.app.login.login, came_back) {
        (Login::Configuration { config_id }, Some(at)) => {
            Check::proven(NAME, Group::Login, "The login configuration works")
                .why(format!("Somebody granted access with this app; the dialog is opened with the configuration {config_id}."))
                .at(Some(at))
        }
        (Login::Configuration { config_id }, None) => Check::yourself(NAME, Group::Login, "Login configuration")
            .why(format!("The dialog is opened with the configuration {config_id}. Where it is another app’s, Meta’s dialog says “Sorry, something went wrong”."))
            .todo("Facebook Login for Business → Configurations: compare the id, the assets and the permissions. It needs at least one permission besides email and public_profile."),
        (Login::Scopes(scopes) | Login::Instagram(scopes), _) => Check::yourself(NAME, Group::Login, "No login configuration")
            .why(format!("Without one, classic Facebook Login asks for {} permissions one by one. Facebook Login for Business wants a configuration.", scopes.len()))
            .todo("Facebook Login for Business → Configurations: make one with the assets and permissions you need, and enter its id."),
    }
}

fn switches(known: &Known<'_>) -> Check {
    const NAME: &str = "login.switches";
    match known.seen.redirect_at.max(known.seen.popup_at) {
        Some(at) => Check::proven(NAME, Group::Login, "Client OAuth login and Web OAuth login are on")
            .why("Somebody logged in through Meta’s dialog, which needs both.")
            .at(Some(at)),
        None => Check::yourself(NAME, Group::Login, "Client OAuth settings")
            .why("Meta’s API does not tell how these switches stand.")
            .todo(format!(
                "{SETTINGS} → Client OAuth settings: Client OAuth login, Web OAuth login, Enforce HTTPS, Embedded browser \
                 OAuth login, Use strict mode for redirect URIs: all on."
            )),
    }
}

fn popup(known: &Known<'_>) -> Check {
    const NAME: &str = "login.javascript_sdk";
    let host = known.public_url.host_str().unwrap_or_default();
    match known.seen.popup_at {
        Some(at) => Check::proven(NAME, Group::Login, "Login with the JavaScript SDK works")
            .why("Somebody connected through Meta’s popup.")
            .at(Some(at)),
        None => Check::yourself(NAME, Group::Login, "Login with the JavaScript SDK")
            .why("Meta’s popup needs it; without it people are led through Meta’s page instead, which works as well. Where the switch is off, Meta says “JSSDK Option is Not Toggled”; where the domain is missing, the popup brings nothing back.")
            .todo(format!(
                "{SETTINGS} → Login with the JavaScript SDK: on, and {host} under Allowed Domains for the JavaScript SDK."
            )),
    }
}

const INSTAGRAM: &str = "login.instagram";

/// Instagram Login's part of the app, where it is set up, and where connections need it.
fn instagram(known: &Known<'_>) -> Option<Check> {
    match (&known.app.instagram, known.seen.instagram_connections) {
        (Some(part), _) => Some(instagram_part(known, part)),
        (None, 0) => None,
        (None, waiting) => Some(instagram_gone(waiting)),
    }
}

/// Accounts connected by it, and its App ID and secret were taken away since.
fn instagram_gone(waiting: i64) -> Check {
    let accounts = if waiting == 1 { "1 account".to_owned() } else { format!("{waiting} accounts") };
    Check::wrong(INSTAGRAM, Group::Login, "Instagram Login is not set up any more")
        .why(format!("{accounts} connected with it. Until it is back, Instagram cannot be asked, and what it sends is turned away."))
        .todo("Put the Instagram App ID and its secret back where they were, on this page or in the settings: what waits goes on by itself. Or have the accounts disconnected.")
        .action(Action::EnterInstagram)
}

/// Nothing of it is told by an API.
fn instagram_part(known: &Known<'_>, part: &App) -> Check {
    let uri = &part.login.redirect_uri;
    match known.seen.instagram_at {
        Some(at) => Check::proven(INSTAGRAM, Group::Login, "Instagram Login works")
            .why(format!("An account came back from Instagram’s dialog to {uri}, and its code became a token."))
            .at(Some(at)),
        None => Check::yourself(INSTAGRAM, Group::Login, "Instagram Login")
            .why(format!(
                "Accounts without a Page sign in with the Instagram App ID {}. Meta’s API does not tell how it is set up.",
                part.login.app.app_id
            ))
            .todo(format!(
                "Instagram → API setup with Instagram login: under Business login settings add the redirect URI {uri}; under \
                 Configure webhooks enter {} with the verify token of this page. The first account that connects proves it.",
                known.callback
            )),
    }
}

fn first_connection(known: &Known<'_>) -> Check {
    const NAME: &str = "login.first_connection";
    match (known.seen.first_connection_at, known.seen.connections) {
        (Some(at), count) => {
            let connections =
                if count == 1 { "1 connection stands".to_owned() } else { format!("{count} connections stand") };
            let what = if known.is_own() { "Somebody is connected" } else { "Businesses are connected" };
            Check::proven(NAME, Group::Login, what).why(format!("{connections}.")).at(Some(at))
        }
        (None, _) => Check::waiting(NAME, Group::Login, "Nobody has connected yet")
            .why("The first connection proves the dialog, the redirect URI and the permissions in one go.")
            .todo(if known.is_own() {
                "Connect, or send somebody a set-up link."
            } else {
                "Sign in as the owner of a business and connect, or invite somebody who does."
            })
            .action(Action::Connect),
    }
}
