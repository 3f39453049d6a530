//! Who may do what to whom.

use server::{
    accounts::{self, Actor, Role},
    error::Error,
    ids::UserId,
};

use crate::support::{Person, TestApp};

struct Team {
    owner: Person,
    admin: Person,
    agent: Person,
}

async fn team(app: &TestApp) -> Team {
    let owner = app.owner("ada").await;
    let admin = app.member(&owner, "bob", Role::Admin).await;
    let agent = app.member(&owner, "cid", Role::Agent).await;
    Team { owner, admin, agent }
}

async fn roles(app: &TestApp, who: &Actor) -> Vec<(String, Role)> {
    let members = accounts::list_members(&app.services, who).await.unwrap();
    members.into_iter().map(|member| (member.name, member.role)).collect()
}

db_test! {
    async fn an_agent_looks_and_changes_nothing(app: &TestApp) {
        let Team { owner, agent, .. } = team(app).await;
        let services = &app.services;
        assert_eq!(roles(app, &agent.actor).await.len(), 3);
        macro_rules! forbidden {
            ($outcome:expr) => {
                let outcome = $outcome.await.map(drop);
                assert!(matches!(outcome, Err(Error::Forbidden(_))), "{outcome:?}");
            };
        }
        let before = app.storage.dump().await;
        let location = server::ids::LocationId::new(services.ids());
        let invitation = server::ids::InvitationId::new(services.ids());
        forbidden!(accounts::invite(services, &agent.actor, "dan@example.com", Role::Agent));
        forbidden!(accounts::list_invitations(services, &agent.actor));
        forbidden!(accounts::revoke_invitation(services, &agent.actor, &invitation));
        forbidden!(accounts::change_role(services, &agent.actor, &agent.actor.user_id, Role::Owner));
        forbidden!(accounts::remove_member(services, &agent.actor, &owner.actor.user_id));
        forbidden!(accounts::add_location(services, &agent.actor, "Harbour"));
        forbidden!(accounts::rename_location(services, &agent.actor, &location, "Harbour"));
        forbidden!(accounts::delete_location(services, &agent.actor, &location));
        forbidden!(accounts::assign_location(services, &agent.actor, &server::ids::AssetId::new(services.ids()), None));
        forbidden!(server::observe::list_audit(services, &agent.actor, &server::db::audit::AuditFilter::default()));
        assert_eq!(app.storage.dump().await, before);
    }
}

db_test! {
    async fn an_admin_cannot_touch_or_make_owners(app: &TestApp) {
        let Team { owner, admin, agent } = team(app).await;
        let services = &app.services;
        let forbidden = |outcome: server::error::Result<()>| {
            assert!(matches!(outcome, Err(Error::Forbidden(_))), "{outcome:?}");
        };
        forbidden(accounts::change_role(services, &admin.actor, &owner.actor.user_id, Role::Agent).await);
        forbidden(accounts::remove_member(services, &admin.actor, &owner.actor.user_id).await);
        forbidden(accounts::change_role(services, &admin.actor, &agent.actor.user_id, Role::Owner).await);
        forbidden(accounts::change_role(services, &admin.actor, &admin.actor.user_id, Role::Owner).await);
        forbidden(accounts::invite(services, &admin.actor, "dan@example.com", Role::Owner).await.map(drop));

        accounts::change_role(services, &admin.actor, &agent.actor.user_id, Role::Admin).await.unwrap();
        accounts::remove_member(services, &admin.actor, &agent.actor.user_id).await.unwrap();
        assert_eq!(roles(app, &owner.actor).await, [("ada".into(), Role::Owner), ("bob".into(), Role::Admin)]);
    }
}

db_test! {
    async fn an_owner_makes_another_and_then_may_go(app: &TestApp) {
        let Team { owner, admin, .. } = team(app).await;
        let services = &app.services;
        for outcome in [
            accounts::remove_member(services, &owner.actor, &owner.actor.user_id).await,
            accounts::change_role(services, &owner.actor, &owner.actor.user_id, Role::Agent).await,
        ] {
            assert!(matches!(&outcome, Err(Error::Conflict(why)) if why.code == "team.last_owner"), "{outcome:?}");
        }
        accounts::change_role(services, &owner.actor, &admin.actor.user_id, Role::Owner).await.unwrap();
        accounts::remove_member(services, &owner.actor, &owner.actor.user_id).await.unwrap();
        let left = app.actor(&owner.actor.user_id, None).await;
        assert!(left.memberships.is_empty(), "the account stays, without a business");
        assert!(matches!(accounts::list_members(services, &left).await, Err(Error::Forbidden(_))));
    }
}

db_test! {
    async fn a_role_that_changed_holds_for_a_session_that_was_there_before(app: &TestApp) {
        let Team { owner, admin, .. } = team(app).await;
        let begun = app.begin(&admin).await;
        accounts::change_role(&app.services, &owner.actor, &admin.actor.user_id, Role::Agent).await.unwrap();
        let answer = admin.browser.get(&format!("/events?attempt={}", begun.attempt)).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "forbidden"));
        accounts::remove_member(&app.services, &owner.actor, &admin.actor.user_id).await.unwrap();
        let answer = admin.browser.get(&format!("/events?attempt={}", begun.attempt)).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "forbidden"));
    }
}

db_test! {
    async fn people_of_another_tenant_are_not_found(app: &TestApp) {
        let Team { owner, agent, .. } = team(app).await;
        let eve = app.owner("eve").await;
        let nobody = UserId::new(app.services.ids());
        for user in [&agent.actor.user_id, &owner.actor.user_id, &nobody] {
            for outcome in [
                accounts::change_role(&app.services, &eve.actor, user, Role::Agent).await,
                accounts::remove_member(&app.services, &eve.actor, user).await,
            ] {
                assert!(matches!(outcome, Err(Error::NotFound("member"))), "{outcome:?}");
            }
        }
        assert_eq!(roles(app, &owner.actor).await.len(), 3);
    }
}
