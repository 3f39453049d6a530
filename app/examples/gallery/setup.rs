//! Sample data of the set-up page and the review kit.

use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Tone};
use app::dto::setup::*;

fn check(name: &str, state: CheckState, what: &str, why: &str, todo: &str, action: Option<CheckAction>) -> CheckRow {
    let at = matches!(state, CheckState::Proven | CheckState::Wrong).then_some(NOW - 2 * MINUTE);
    CheckRow { name: name.into(), state, what: what.into(), why: why.into(), todo: todo.into(), at, action }
}

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
    let none = check(
        "app.credentials",
        CheckState::Wrong,
        "Meta App credentials not configured",
        "This installation has no Meta app yet, so nobody can connect.",
        "Enter the App ID and the App Secret. Both are in App settings → Basic of your app at developers.facebook.com.",
        Some(CheckAction::EnterApp),
    );
    SetupPage {
        whose: Whose::Installation,
        live: String::new(),
        summary: Health::new(Tone::Bad, "No Meta app yet"),
        app: None,
        asked_at: None,
        asking: false,
        groups: vec![CheckGroup { id: "meta-app", title: "Your Meta app", checks: vec![none] }],
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

pub(crate) fn page() -> SetupPage {
    use CheckState::{Proven, Waiting, Wrong, Yourself};
    let app = vec![
        check(
            "app.credentials",
            Proven,
            "App ID and App Secret accepted",
            "“Brasa Connect”, App ID 1029384756102938, Graph API v26.0",
            "",
            None,
        ),
        check(
            "app.version",
            Waiting,
            "Graph API v22.0 ends in 62 days",
            "2027-05-20 is its last day. From then on Meta serves another version without saying so.",
            "Set META_GRAPH_API_VERSION to v26.0 or remove it, and restart. That is the newest version Attaché was tested with.",
            None,
        ),
        check(
            "app.clock",
            Proven,
            "This machine’s clock agrees with Meta’s",
            "Codes and tokens live for a limited time, so both clocks have to be right.",
            "",
            None,
        ),
    ];
    let webhooks = vec![
        check(
            "webhooks.subscriptions",
            Wrong,
            "Another tool receives this app’s webhooks",
            "Meta sends an app’s events to one address per object, and it lists https://automation.example/webhook/5f1c/meta in the place of https://connect.brasa.example/webhooks/meta: page goes to https://automation.example/webhook/5f1c/meta.",
            "Press Subscribe to have them sent here. The other tool then receives none of them any more.",
            Some(CheckAction::Subscribe),
        ),
        check(
            "webhooks.handshake",
            Proven,
            "Meta called the webhook",
            "It asked whether the callback is ours, with the right verify token, and was answered.",
            "",
            None,
        ),
        check(
            "webhooks.signatures",
            Waiting,
            "No webhook has arrived yet",
            "The first event of a connected asset proves the way and the signature.",
            "",
            None,
        ),
    ];
    let login = vec![
        check(
            "login.redirect_uri",
            Yourself,
            "Redirect URI",
            "Meta’s API does not tell which redirect URIs are allowed. Where it is missing, Meta’s dialog says “URL Blocked”.",
            "Facebook Login for Business → Settings → Valid OAuth Redirect URIs: add https://connect.brasa.example/oauth/meta/callback, to the letter. The first person who connects proves it.",
            None,
        ),
        check(
            "login.first_connection",
            Waiting,
            "Nobody has connected yet",
            "The first connection proves the dialog, the redirect URI and the permissions in one go.",
            "Sign in as the owner of a business and connect, or invite somebody who does.",
            Some(CheckAction::Connect),
        ),
    ];
    let access = vec![check(
        "access.permissions",
        Yourself,
        "Access level of each permission",
        "With Standard Access a permission works only for people with a role on the app.",
        "App Review → Permissions and features: Advanced Access for each permission of the review kit.",
        Some(CheckAction::ReviewKit),
    )];
    SetupPage {
        summary: Health::new(Tone::Bad, "1 wrong"),
        app: Some(AppCard { former: Some(FormerSecret { until: Some(NOW + 4 * DAY) }), ..card() }),
        asked_at: Some(NOW - 2 * MINUTE),
        groups: vec![
            CheckGroup { id: "meta-app", title: "Your Meta app", checks: app },
            CheckGroup { id: "webhooks", title: "Webhooks", checks: webhooks },
            CheckGroup { id: "login", title: "Login with Meta", checks: login },
            CheckGroup { id: "access", title: "What Meta decides", checks: access },
        ],
        ..empty()
    }
}

pub(crate) fn working() -> SetupPage {
    let groups = page()
        .groups
        .into_iter()
        .map(|group| CheckGroup {
            checks: group
                .checks
                .into_iter()
                .map(|check| CheckRow {
                    state: CheckState::Proven,
                    todo: String::new(),
                    action: None,
                    at: Some(NOW - DAY),
                    ..check
                })
                .collect(),
            ..group
        })
        .collect();
    SetupPage {
        summary: Health::new(Tone::Ok, "Everything is proven"),
        app: Some(card()),
        groups,
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
            "app.credentials" => check.why = format!("“Brasa Connect”, App ID {ID}, Graph API v22.0"),
            "app.version" => check.todo = "Tell whoever runs this installation: only they can change it.".into(),
            "login.first_connection" => check.todo = "Connect, or send somebody a set-up link.".into(),
            _ => {}
        }
    }
    setup.app = setup.app.map(|app| AppCard { app_id: ID.into(), ..app });
    OwnAppPage { setup, former: vec![("1029384756102930".into(), 2)], ..no_own_app() }
}

pub(crate) fn unreadable_own_app() -> OwnAppPage {
    OwnAppPage { unreadable: true, installation_has_app: false, ..no_own_app() }
}
