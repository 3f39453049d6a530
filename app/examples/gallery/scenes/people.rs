//! People: signing in, the team, the account.

use super::{Scene, failed, public, scene};
use crate::people;
use crate::people::{ada, agent};
use app::dto::activity::{ActivityPage, Log};
use app::dto::team::TeamPage;
use app::error::AppError;
use app::pages;

pub(super) fn scenes() -> Vec<Scene> {
    let log = |log| move || pages::activity::activity_page(people::activity(log));
    vec![
        public("sign-in", "/sign-in", pages::sign_in::sign_in_page),
        Scene {
            outcome: failed(
                "sign-in",
                &[("email", "owner@demo.example")],
                AppError::new(401, "wrong_password", "E-mail or password is wrong.")
                    .todo("Check both and try again.")
                    .field("password"),
            ),
            ..public("sign-in-wrong", "/sign-in", pages::sign_in::sign_in_page)
        },
        public("sign-up", "/sign-up", pages::sign_in::sign_up_page),
        Scene {
            outcome: failed(
                "sign-up",
                &[("business_name", "Brasa"), ("name", "Ada"), ("email", "owner@demo.example")],
                AppError::new(422, "invalid", "The password is too short.")
                    .why("It has 7 characters; 12 are needed.")
                    .field("password"),
            ),
            ..public("sign-up-wrong", "/sign-up", pages::sign_in::sign_up_page)
        },
        public("join", "/join/sample", || pages::join::join_page(people::invitation(false))),
        public("join-known", "/join/sample", || pages::join::join_page(people::invitation(true))),
        scene("account", "/account", || pages::account::account_page(ada())),
        scene("team", "/team", || pages::team::team_page(people::team())),
        scene("team-link", "/team", || {
            pages::team::team_page(TeamPage {
                fresh_link: Some("https://desk.example/join/4fJ2mQx9".into()),
                ..people::team()
            })
        }),
        scene("team-empty", "/team", || {
            pages::team::team_page(TeamPage { invitations: vec![], locations: vec![], ..people::team() })
        }),
        Scene {
            viewer: Some(agent()),
            ..scene("team-agent", "/team", || pages::team::team_page(TeamPage { may_manage: false, ..people::team() }))
        },
        scene("activity", "/activity", log(Log::Connections)),
        scene("activity-audit", "/activity", log(Log::Audit)),
        scene("activity-empty", "/activity", || {
            pages::activity::activity_page(ActivityPage {
                entries: vec![],
                older: None,
                ..people::activity(Log::Connections)
            })
        }),
        scene("activity-no-problem", "/activity", || {
            pages::activity::activity_page(ActivityPage {
                entries: vec![],
                older: None,
                only_problems: true,
                ..people::activity(Log::Connections)
            })
        }),
        scene("admin", "/admin", || pages::admin::admin_page(people::admin())),
        public("privacy", "/privacy", pages::legal::privacy_page),
        public("terms", "/terms", pages::legal::terms_page),
        public("help", "/help/errors", || pages::help::help_page(app::load::help::page(&app::visit::visit()))),
        scene("not-found", "/nowhere", || pages::error::error_page(AppError::not_found())),
        public("not-found-public", "/nowhere", || pages::error::error_page(AppError::not_found())),
        scene("forbidden", "/admin", || {
            pages::error::error_page(AppError::forbidden("Only operators of the installation see this page."))
        }),
        scene("error", "/", || {
            pages::error::error_page(AppError { request_id: Some("req_01J9".into()), ..AppError::internal() })
        }),
    ]
}
