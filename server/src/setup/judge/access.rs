//! What Meta decides about the app, and its API does not tell.

use super::Known;
use crate::setup::{Action, Check, Group};

pub(super) fn checks(known: &Known<'_>) -> Vec<Check> {
    let people = known.seen.connections;
    let connected = match people {
        0 => String::new(),
        1 => " One connection stands, which may be of somebody with a role on the app.".to_owned(),
        _ => format!(" {people} connections stand, which may be of people with a role on the app."),
    };
    vec![
        Check::yourself("access.products", Group::Access, "Products of the app")
            .why("Without the product, the permissions of its assets cannot be asked for, and the dialog says “Invalid Scopes”.")
            .todo("The app’s dashboard → Use cases, or Add product: Facebook Login for Business, Messenger, Instagram, WhatsApp, Webhooks."),
        Check::yourself("access.mode", Group::Access, "App mode")
            .why(format!(
                "In development mode only people with a role on the app can connect; for everybody else Meta answers as if \
                 they had cancelled.{connected}"
            ))
            .todo("The switch at the top of the app’s dashboard, or Publish: Live."),
        Check::yourself("access.permissions", Group::Access, "Access level of each permission")
            .why("With Standard Access a permission works only for people with a role on the app. For everybody else it needs Advanced Access, which App Review gives.")
            .todo("App Review → Permissions and features: Advanced Access for each permission of the review kit, and for public_profile.")
            .action(Action::ReviewKit),
        Check::yourself("access.verification", Group::Access, "Business verification")
            .why("Advanced Access needs a verified business, and an unverified one has lower limits on WhatsApp.")
            .todo("Meta Business Suite → Settings → Security Centre → Business verification. It takes documents and some days."),
    ]
}
