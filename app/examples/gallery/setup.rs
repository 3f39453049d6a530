//! Sample data of the set-up page and the review kit.

use crate::{DAY, MINUTE, NOW, checks};
use app::dto::health::{Health, Tone};
use app::dto::setup::*;

fn values() -> Vec<ValueRow> {
    let value = |name, label, text: &str, place| ValueRow { name, label, text: text.into(), place };
    vec![
        value(
            "redirect-uri",
            "Valid OAuth Redirect URI",
            "https://connect.brasa.example/oauth/meta/callback",
            "Facebook Login for Business → Settings",
        ),
        value(
            "callback",
            "Webhook callback URL",
            "https://connect.brasa.example/webhooks/meta",
            "Webhooks → Edit subscription, where Attaché does not do it",
        ),
        value("app-domain", "App Domain", "connect.brasa.example", "App settings → Basic"),
        value("privacy", "Privacy Policy URL", "https://connect.brasa.example/privacy", "App settings → Basic"),
    ]
}

pub(crate) fn empty() -> SetupPage {
    SetupPage {
        whose: Whose::Installation,
        live: String::new(),
        summary: Health::new(Tone::Bad, "No Meta app yet"),
        app: None,
        asked_at: None,
        asking: false,
        groups: checks::none(),
        values: values(),
        verify_token: None,
    }
}

fn card() -> AppCard {
    AppCard {
        app_id: "1029384756102938".into(),
        config_id: "700100000000001".into(),
        fixed: false,
        configuration_fixed: false,
        whatsapp_config_id: "700100000000002".into(),
        whatsapp_configuration_fixed: false,
        instagram_app_id: "2075860392184477".into(),
        instagram_fixed: false,
        secret_mark: "4be1".into(),
        secret_set: Some((NOW - 3 * DAY, "Olga Ruiz".into())),
        former: None,
    }
}

pub(crate) fn taken() -> SetupPage {
    SetupPage { groups: checks::taken(), ..empty() }
}

pub(crate) fn page() -> SetupPage {
    SetupPage {
        summary: Health::new(Tone::Bad, "1 wrong"),
        app: Some(AppCard { former: Some(FormerSecret { until: Some(NOW + 4 * DAY) }), ..card() }),
        asked_at: Some(NOW - 2 * MINUTE),
        groups: checks::unfinished(),
        ..empty()
    }
}

pub(crate) fn working() -> SetupPage {
    SetupPage {
        summary: Health::new(Tone::Ok, "1 thing to check yourself"),
        app: Some(card()),
        groups: checks::working(),
        verify_token: Some("Jx0T9pVZ3kQeW7sYb2uLr5mNc8hAd1gF4iKoP6tXvRw".into()),
        ..page()
    }
}

pub(crate) fn from_settings() -> SetupPage {
    let app = AppCard {
        fixed: true,
        configuration_fixed: true,
        whatsapp_configuration_fixed: true,
        instagram_fixed: true,
        secret_set: None,
        former: Some(FormerSecret { until: None }),
        ..card()
    };
    SetupPage { app: Some(app), asking: true, ..page() }
}

pub(crate) fn review() -> ReviewPage {
    let entry = |permission: &str, purpose: &str, granted| {
        ReviewEntryCard {
        permission: permission.into(),
        purpose: purpose.into(),
        reason: "Brasa Connect receives the messages that customers send to a connected Page and shows them to the business’s team, who answer them.".into(),
        script: "1. Open https://connect.brasa.example/ and sign in as the owner of a business.\n2. Press Connect with Meta.\n3. From another Facebook account write a message to the connected Page in Messenger.".into(),
        granted,
    }
    };
    let step = |state, what: &str, note: &str| ReviewStepRow { state, what: what.into(), note: note.into() };
    ReviewPage {
        whose: Whose::Installation,
        app_name: "Brasa Connect".into(),
        steps: vec![
            step(CheckState::Waiting, "Use each permission once", "Meta wants to see a permission used before it is submitted. Not granted here yet: instagram_manage_comments."),
            step(CheckState::Proven, "Privacy Policy URL is set", "It is https://connect.brasa.example/privacy."),
            step(CheckState::Wrong, "Terms of Service URL is missing", "App settings → Basic → Terms of Service URL: enter https://connect.brasa.example/terms, or a page of your own."),
            step(CheckState::Yourself, "Business verification", "Meta Business Suite → Settings → Security Centre → Business verification."),
        ],
        entries: vec![
            entry("pages_show_list", "list the Facebook Pages you manage", true),
            entry("pages_messaging", "read and answer messages sent to your Pages", true),
            entry("instagram_manage_comments", "read and answer Instagram comments", false),
        ],
        instructions: "Brasa Connect is at https://connect.brasa.example/\n\n1. Open https://connect.brasa.example/sign-in and sign in.".into(),
    }
}

pub(crate) fn no_own_app() -> OwnAppPage {
    let values = values().into_iter().filter(|value| value.name != "callback").collect();
    let setup = SetupPage { whose: Whose::Business, groups: Vec::new(), values, ..empty() };
    OwnAppPage { setup, installation_has_app: true, unreadable: false, former: Vec::new() }
}

pub(crate) fn own_app() -> OwnAppPage {
    const ID: &str = "2093847561029384";
    let mut setup = SetupPage { whose: Whose::Business, ..page() };
    for value in setup.values.iter_mut().filter(|value| value.name == "callback") {
        value.text = format!("{}/{ID}", value.text);
    }
    for check in setup.groups.iter_mut().flat_map(|group| &mut group.checks) {
        match check.name.as_str() {
            "app.credentials" => check.why = format!("“Brasa Café”, App ID {ID}, Graph API v21.0"),
            "webhooks.subscriptions" => {
                check.why = check.why.replace("/webhooks/meta:", &format!("/webhooks/meta/{ID}:"));
            }
            "app.version" => check.todo = "Tell whoever runs this installation: only they can change it.".into(),
            "login.first_connection" => check.todo = "Connect, or send somebody a set-up link.".into(),
            _ => {}
        }
    }
    let secret_set = Some((NOW - 3 * DAY, "Ada Brasa".into()));
    setup.app = setup.app.map(|app| AppCard { app_id: ID.into(), secret_set, ..app });
    OwnAppPage { setup, former: vec![("1029384756102930".into(), 2)], ..no_own_app() }
}

pub(crate) fn unreadable_own_app() -> OwnAppPage {
    OwnAppPage { unreadable: true, installation_has_app: false, ..no_own_app() }
}
