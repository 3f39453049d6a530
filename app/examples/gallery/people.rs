//! Sample data of people, logs, and the installation.

use crate::{DAY, MINUTE, NOW};
use app::dto::activity::*;
use app::dto::admin::*;
use app::dto::health::{Health, Tone};
use app::dto::passwords::*;
use app::dto::reason::Reason;
use app::dto::team::*;
use app::dto::viewer::*;
use app::error::AppError;

pub(crate) fn ada() -> Viewer {
    let tenant = TenantChoice { id: "ten_1".into(), name: "Brasa Café Group".into() };
    Viewer {
        user_id: "usr_1".into(),
        name: "Ada Brasa".into(),
        email: "owner@demo.example".into(),
        role: Role::Owner,
        tenant: Some(tenant.clone()),
        tenants: vec![tenant, TenantChoice { id: "ten_2".into(), name: "Costa Foods".into() }],
        operator: true,
    }
}

pub(crate) fn agent() -> Viewer {
    Viewer {
        name: "Mina Sol".into(),
        email: "mina@demo.example".into(),
        role: Role::Agent,
        operator: false,
        tenants: vec![],
        ..ada()
    }
}

fn member(id: &str, name: &str, email: &str, role: Role, locked: &str) -> Member {
    Member {
        user_id: id.into(),
        name: name.into(),
        email: email.into(),
        role,
        joined_at: NOW - 90 * DAY,
        you: id == "usr_1",
        locked: locked.into(),
    }
}

pub(crate) fn team() -> TeamPage {
    TeamPage {
        members: vec![
            member("usr_1", "Ada Brasa", "owner@demo.example", Role::Owner, "The last owner stays owner."),
            member("usr_2", "Leo Costa", "leo@demo.example", Role::Admin, ""),
            member("usr_3", "Mina Sol", "mina@demo.example", Role::Agent, ""),
        ],
        invitations: vec![InvitationRow {
            id: "inv_1".into(),
            role: Role::Agent,
            email: "noor@demo.example".into(),
            expires_at: NOW + 5 * DAY,
        }],
        locations: [("Centro", 3), ("Playa", 1), ("Beirut", 1)]
            .map(|(name, assets)| LocationRow { id: format!("loc_{}", name.to_lowercase()), name: name.into(), assets })
            .to_vec(),
        fresh_link: None,
        may_manage: true,
    }
}

pub(crate) fn invitation(has_account: bool) -> InvitationPage {
    InvitationPage {
        token: "sample".into(),
        tenant: "Brasa Café Group".into(),
        role: Role::Agent,
        expires_at: NOW + 6 * DAY,
        email: "mina@demo.example".into(),
        has_account,
        signed_in_as: None,
    }
}

pub(crate) fn reset() -> ResetPage {
    ResetPage::Open { token: "sample".into(), email: "owner@demo.example".into(), expires_at: NOW + 52 * MINUTE }
}

pub(crate) fn ended_reset() -> ResetPage {
    ResetPage::Ended(
        AppError::new(400, "password.link_ended", "This link does not work any more.")
            .why("It was used, is older than an hour, was replaced by a newer one, or is not complete.")
            .todo("Ask for a new link."),
    )
}

pub(crate) fn activity(log: Log) -> ActivityPage {
    let entry = |minutes: i64, tone, sentence: &str, about: &str| ActivityEntry {
        at: NOW - minutes * MINUTE,
        tone,
        sentence: match tone {
            // What went wrong was explained.
            Tone::Bad => Sentence::Explained(Reason { what: sentence.into(), ..Reason::default() }),
            _ => Sentence::English(sentence.into()),
        },
        about: about.into(),
    };
    let number = "+34 600 555 551";
    let entries = match log {
        Log::Notices => vec![
            entry(9, Tone::Idle, "The quality of the number is yellow now; it was green.", number),
            entry(60 * 30, Tone::Idle, "Meta lets the number write to 10,000 people in 24 hours.", number),
        ],
        Log::Connections => vec![
            entry(31, Tone::Bad, "This number needs its PIN.", "+34 612 55 01 02"),
            entry(32, Tone::Ok, "Meta confirms that its messages come to Attaché.", "Brasa Centro"),
            entry(33, Tone::Ok, "Meta lets Attaché read it.", "Brasa Centro"),
            entry(33, Tone::Ok, "Ada Brasa chose 4 assets.", ""),
            entry(33, Tone::Ok, "Found 12 assets at Meta.", ""),
            entry(34, Tone::Ok, "Ada Brasa allowed the connection at Meta.", ""),
            entry(60 * 3, Tone::Bad, "Access ends in 7 days.", ""),
        ],
        Log::Audit => vec![
            entry(33, Tone::Idle, "Ada Brasa chose 4 assets.", "Entry 14"),
            entry(34, Tone::Idle, "Ada Brasa connected with the access confirmed by Ada Brasa.", "Entry 13"),
            entry(60 * 48, Tone::Idle, "Ada Brasa invited noor@demo.example.", "Entry 12"),
        ],
    };
    ActivityPage {
        log,
        entries,
        only_problems: false,
        older: Some("cursor".into()),
        is_later: false,
        may_audit: true,
        choices: (log == Log::Audit).then(|| AuditChoices {
            actions: ["assets.chosen", "connection.granted", "invitation.created"].map(str::to_owned).to_vec(),
            people: vec![("usr_1".into(), "Ada Brasa".into())],
            ..AuditChoices::default()
        }),
    }
}

pub(crate) fn admin() -> AdminPage {
    let tenant = |name: &str, tone, word: &str, members, connections, assets| TenantRow {
        id: format!("ten_{name}"),
        name: name.into(),
        members,
        connections,
        assets,
        health: Health::new(tone, word),
        created_at: NOW - 100 * DAY,
    };
    AdminPage {
        intake: crate::webhooks::intake(),
        version: "0.1.0".into(),
        graph_version: "v26.0".into(),
        graph_state: Some(VersionState {
            health: Health::new(Tone::Ok, "Alive"),
            what: "Graph API v26.0 is alive".into(),
            todo: String::new(),
        }),
        meta_app: Health::new(Tone::Ok, "Set up"),
        tenants: vec![
            tenant("Brasa Café Group", Tone::Bad, "Attention", 3, 2, 7),
            tenant("Costa Foods", Tone::Ok, "Active", 12, 4, 1240),
            tenant("Lumen Studio", Tone::Idle, "Not connected", 1, 0, 0),
        ],
        total: 3,
        is_later: false,
        older: None,
        keys: vec![
            KeyRow { id: "2026-11".into(), active: true, rows: 2310, known: true },
            KeyRow { id: "2026-05".into(), active: false, rows: 48, known: true },
        ],
    }
}
