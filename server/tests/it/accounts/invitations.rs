use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use server::{
    accounts::{self, Role},
    error::Error,
};

use crate::support::{Person, TestApp, link_token, password};

const BOB: &str = "bob@example.com";

async fn invite(app: &TestApp, by: &Person, email: &str) -> SecretString {
    link_token(&accounts::invite(&app.services, &by.actor, email, Role::Agent).await.unwrap().link)
}

async fn ended(app: &TestApp, token: &SecretString) {
    let found = accounts::find_invitation(&app.services, token, "192.0.2.1").await.map(drop);
    let joined = accounts::join_as_new(&app.services, token, "Bob", password("bob"), "192.0.2.1").await.map(drop);
    for refused in [found, joined] {
        assert!(matches!(&refused, Err(Error::Refused(why)) if why.code == "invitation.ended"), "{refused:?}");
    }
}

db_test! {
    async fn a_new_person_joins_by_the_link(app: &TestApp) {
        let ada = app.owner("ada").await;
        let issued = accounts::invite(&app.services, &ada.actor, " Bob@Example.com", Role::Agent).await.unwrap();
        assert!(issued.link.expose_secret().starts_with(&format!("{}join/", app.base)));
        let token = link_token(&issued.link);
        let found = accounts::find_invitation(&app.services, &token, "192.0.2.1").await.unwrap();
        assert_eq!((found.invitation.email.as_str(), found.has_account), (BOB, false));
        assert_eq!(found.invitation.tenant_name, "ada's business");

        let (user, tenant) =
            accounts::join_as_new(&app.services, &token, "Bob", password("bob"), "192.0.2.1").await.unwrap();
        assert_eq!(tenant, *ada.tenant());
        let bob = app.actor(&user, None).await;
        assert_eq!((bob.email.as_str(), bob.membership.unwrap().role), (BOB, Role::Agent));
        accounts::sign_in(&app.services, BOB, password("bob"), "192.0.2.1").await.unwrap();
        ended(app, &token).await;
    }
}

db_test! {
    async fn somebody_with_an_account_joins_as_themselves(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.owner("bob").await;
        let token = invite(app, &ada, BOB).await;
        assert!(accounts::find_invitation(&app.services, &token, "a").await.unwrap().has_account);
        let anew = accounts::join_as_new(&app.services, &token, "Bob", password("x"), "a").await;
        assert!(matches!(&anew, Err(Error::Invalid { .. } | Error::Conflict(_))), "{anew:?}");
        let tenant = accounts::join_as_self(&app.services, &token, &bob.actor).await.unwrap();
        assert_eq!(tenant, *ada.tenant());
        assert_eq!(app.actor(&bob.actor.user_id, None).await.memberships.len(), 2);
        ended(app, &token).await;
    }
}

db_test! {
    async fn an_account_is_not_taken_over_by_an_invitation(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.owner("bob").await;
        let token = invite(app, &ada, BOB).await;
        let stolen = SecretString::from("the thief's password".to_owned());
        let refused = accounts::join_as_new(&app.services, &token, "Thief", stolen, "a").await;
        let conflict = matches!(&refused, Err(Error::Conflict(why)) if why.code == "invitation.account_exists");
        assert!(conflict, "{refused:?}");
        accounts::sign_in(&app.services, BOB, password("bob"), "a").await.unwrap();
        assert!(accounts::find_invitation(&app.services, &token, "a").await.is_ok(), "it is still open");
    }
}

db_test! {
    async fn somebody_elses_invitation_is_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let token = invite(app, &ada, BOB).await;
        let refused = accounts::join_as_self(&app.services, &token, &eve.actor).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
        assert_eq!(app.actor(&eve.actor.user_id, None).await.memberships.len(), 1);
    }
}

db_test! {
    async fn it_ends_by_time_by_hand_and_by_a_newer_one(app: &TestApp) {
        let ada = app.owner("ada").await;
        let replaced = invite(app, &ada, BOB).await;
        let revoked = invite(app, &ada, BOB).await;
        ended(app, &replaced).await;
        let open = accounts::list_invitations(&app.services, &ada.actor).await.unwrap();
        assert_eq!(open.len(), 1);
        accounts::revoke_invitation(&app.services, &ada.actor, &open[0].id).await.unwrap();
        ended(app, &revoked).await;
        let twice = accounts::revoke_invitation(&app.services, &ada.actor, &open[0].id).await;
        assert!(matches!(twice, Err(Error::NotFound("invitation"))), "{twice:?}");

        let late = invite(app, &ada, BOB).await;
        app.advance(Duration::from_secs(7 * 86_400 - 1));
        assert!(accounts::find_invitation(&app.services, &late, "b").await.is_ok());
        app.advance(Duration::from_secs(1));
        ended(app, &late).await;
        ended(app, &SecretString::from("forged".to_owned())).await;
        assert!(accounts::list_invitations(&app.services, &ada.actor).await.unwrap().is_empty());
    }
}

db_test! {
    async fn two_who_accept_at_once_are_one(app: &TestApp) {
        let ada = app.owner("ada").await;
        let token = invite(app, &ada, BOB).await;
        let join = || accounts::join_as_new(&app.services, &token, "Bob", password("bob"), "a");
        let (one, two) = tokio::join!(join(), join());
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|won| **won).count(), 1, "{one:?} {two:?}");
        assert_eq!(accounts::list_members(&app.services, &ada.actor).await.unwrap().len(), 2);
    }
}

db_test! {
    async fn another_tenants_invitation_is_not_found(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        invite(app, &ada, BOB).await;
        let open = accounts::list_invitations(&app.services, &ada.actor).await.unwrap();
        assert!(accounts::list_invitations(&app.services, &eve.actor).await.unwrap().is_empty());
        let refused = accounts::revoke_invitation(&app.services, &eve.actor, &open[0].id).await;
        assert!(matches!(refused, Err(Error::NotFound("invitation"))), "{refused:?}");
    }
}
