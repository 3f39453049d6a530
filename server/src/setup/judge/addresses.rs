//! The addresses that Meta's dashboard wants, compared with what Meta tells of them.

use url::Url;

use super::Known;
use crate::setup::{
    Check, Group,
    values::{at_callback, at_path},
};

pub(super) fn checks(known: &Known<'_>) -> Vec<Check> {
    let details = known.details().filter(|details| details.complete);
    vec![
        domains(known),
        page(
            known,
            "addresses.privacy",
            "Privacy Policy URL",
            "/privacy",
            details.map(|d| d.privacy_policy_url.as_deref()),
        ),
        page(
            known,
            "addresses.terms",
            "Terms of Service URL",
            "/terms",
            details.map(|d| d.terms_of_service_url.as_deref()),
        ),
        deauthorize(known, details.map(|d| d.deauth_callback_url.as_deref())),
        deletion(known),
    ]
}

fn domains(known: &Known<'_>) -> Check {
    const NAME: &str = "addresses.domains";
    let host = known.public_url.host_str().unwrap_or_default();
    let todo = format!("App settings → Basic → App Domains: add {host}.");
    let Some(details) = known.details().filter(|details| details.complete) else {
        return Check::yourself(NAME, Group::Addresses, "App Domains")
            .why("Where the domain is missing, Meta’s dialog says “Can’t load URL”.")
            .todo(todo);
    };
    let listed = details.app_domains.as_deref().unwrap_or_default();
    // A domain counts for those below it.
    let covers = |domain: &String| host == domain || host.ends_with(&format!(".{domain}"));
    if listed.iter().any(covers) {
        let what = "App Domains hold this installation’s domain";
        return Check::proven(NAME, Group::Addresses, what)
            .why(format!("Meta lists {}.", listed.join(", ")))
            .at(known.asked_at());
    }
    let why = match listed.is_empty() {
        true => "Meta lists none. Its dialog says “Can’t load URL” until then.".to_owned(),
        false => format!("Meta lists {}. Its dialog says “Can’t load URL” until then.", listed.join(", ")),
    };
    let what = format!("{host} is missing from App Domains");
    Check::wrong(NAME, Group::Addresses, what).why(why).todo(todo).at(known.asked_at())
}

/// A public page. Any https page will do for Meta, since a business may have its own.
fn page(known: &Known<'_>, name: &'static str, field: &'static str, path: &str, told: Option<Option<&str>>) -> Check {
    let ours = at_path(known.public_url, path);
    let todo = format!("App settings → Basic → {field}: enter {ours}, or a page of your own.");
    match told {
        Some(Some(url)) if !url.is_empty() => Check::proven(name, Group::Addresses, format!("{field} is set"))
            .why(format!("It is {url}."))
            .at(known.asked_at()),
        Some(_) => Check::wrong(name, Group::Addresses, format!("{field} is missing"))
            .why("Meta does not let an app go live without it.")
            .todo(todo)
            .at(known.asked_at()),
        None => Check::yourself(name, Group::Addresses, field)
            .why("Meta does not let an app go live without it, and did not tell whether it is there.")
            .todo(todo),
    }
}

fn deauthorize(known: &Known<'_>, told: Option<Option<&str>>) -> Check {
    const NAME: &str = "addresses.deauthorize";
    let ours = at_callback(known.public_url, "/meta/deauthorize", Some(known.app));
    let place = format!("Facebook Login for Business → Settings → Deauthorize callback URL: enter {ours}.");
    let why = "Meta calls it when a person removes the app, so that their access is dropped at once.";
    match told.map(|url| url.filter(|url| !url.is_empty())) {
        Some(Some(url)) if is_callback(url, &ours) => {
            Check::proven(NAME, Group::Addresses, "Meta tells here when somebody removes the app")
                .why(why)
                .at(known.asked_at())
        }
        Some(Some(url)) => {
            Check::wrong(NAME, Group::Addresses, "Meta tells somebody else when a person removes the app")
                .why(format!("The Deauthorize callback URL is {url}."))
                .todo(place)
                .at(known.asked_at())
        }
        Some(None) => Check::wrong(NAME, Group::Addresses, "Deauthorize callback URL is missing")
            .why(why)
            .todo(place)
            .at(known.asked_at()),
        None => Check::yourself(NAME, Group::Addresses, "Deauthorize callback URL").why(why).todo(place),
    }
}

/// Ours, or ours with the App ID at its end.
fn is_callback(url: &str, ours: &Url) -> bool {
    url.strip_prefix(ours.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn deletion(known: &Known<'_>) -> Check {
    const NAME: &str = "addresses.deletion";
    let ours = at_callback(known.public_url, "/meta/data-deletion", Some(known.app));
    match known.seen.deletion_at {
        Some(at) => Check::proven(NAME, Group::Addresses, "Meta called the data deletion callback")
            .why("A person asked for deletion, and it was carried out.")
            .at(Some(at)),
        None => Check::yourself(NAME, Group::Addresses, "Data deletion callback URL")
            .why("Meta’s API does not tell it, and does not let an app go live without it.")
            .todo(format!("App settings → Basic → User data deletion → Data deletion callback URL: enter {ours}.")),
    }
}
