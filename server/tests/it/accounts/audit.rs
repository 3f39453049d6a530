//! What is written down about who did what.

use server::{
    accounts::{self, Role},
    connect,
    db::audit,
    observe,
};

use crate::support::TestApp;

db_test! {
    async fn what_people_do_is_written_down_in_a_chain(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", Role::Agent).await;
        accounts::change_role(&app.services, &ada.actor, &bob.actor.user_id, Role::Admin).await.unwrap();
        let harbour = accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        accounts::rename_location(&app.services, &ada.actor, &harbour, "Pier").await.unwrap();
        accounts::delete_location(&app.services, &ada.actor, &harbour).await.unwrap();
        let connection = app.connected(&ada).await.connection.unwrap().id;
        connect::disconnect(&app.services, &ada.actor, &connection).await.unwrap();
        accounts::remove_member(&app.services, &ada.actor, &bob.actor.user_id).await.unwrap();
        accounts::invite(&app.services, &ada.actor, "cid@example.com", Role::Agent).await.unwrap();
        let open = accounts::list_invitations(&app.services, &ada.actor).await.unwrap();
        accounts::revoke_invitation(&app.services, &ada.actor, &open[0].id).await.unwrap();

        let mut entries = observe::list_audit(&app.services, &ada.actor, None).await.unwrap();
        entries.reverse();
        let lines: Vec<String> = entries
            .iter()
            .map(|entry| format!("{} {} {}: {}", entry.seq, entry.actor_name, entry.action, entry.target))
            .collect();
        insta::assert_snapshot!("audit", lines.join("\n"));
        assert_eq!(audit::find_break(app.services.db(), ada.tenant()).await.unwrap(), None);
        assert!(entries.iter().all(|entry| entry.actor_id.is_some()));
    }
}

db_test! {
    async fn a_tenant_sees_its_own_log(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        let theirs = observe::list_audit(&app.services, &eve.actor, None).await.unwrap();
        assert_eq!(theirs.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["tenant.created"]);
    }
}
