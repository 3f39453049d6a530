//! What is written down about who did what.

use secrecy::SecretString;
use server::{
    accounts::{self, Role},
    connect,
    db::audit::{AuditEntry, AuditFilter},
    entropy::Entropy,
    error::Error,
    observe::{self, Verification},
    vault::{KeyRing, Vault, rotate},
};
use sha2::{Digest as _, Sha256};

use crate::support::{KEY, TestApp};

db_test! {
    async fn what_people_do_is_written_down_in_a_chain(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", Role::Agent).await;
        accounts::change_role(&app.services, &ada.actor, &bob.actor.user_id, Role::Admin).await.unwrap();
        let harbour = accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        accounts::rename_location(&app.services, &ada.actor, &harbour, "Pier").await.unwrap();
        accounts::delete_location(&app.services, &ada.actor, &harbour).await.unwrap();
        let connection = app.connected(&ada).await.connection.unwrap().id;
        app.disconnect(&ada, &connection).await;
        accounts::remove_member(&app.services, &ada.actor, &bob.actor.user_id).await.unwrap();
        accounts::invite(&app.services, &ada.actor, "cid@example.com", Role::Agent).await.unwrap();
        let open = accounts::list_invitations(&app.services, &ada.actor).await.unwrap();
        accounts::revoke_invitation(&app.services, &ada.actor, &open[0].id).await.unwrap();

        let mut entries = observe::list_audit(&app.services, &ada.actor, &AuditFilter::default()).await.unwrap();
        entries.reverse();
        let lines: Vec<String> = entries
            .iter()
            .map(|entry| format!("{} {} {}: {}", entry.seq, entry.actor_name, entry.action, entry.target))
            .collect();
        insta::assert_snapshot!("audit", lines.join("\n"));
        assert_eq!(observe::verify_audit(&app.services).await.unwrap(), Verification { chains: 1, broken: Vec::new() });
        assert!(entries.iter().all(|entry| entry.actor_id.is_some()));
    }
}

db_test! {
    async fn nothing_is_changed_that_cannot_be_written_down(app: &TestApp) {
        let ada = app.owner("ada").await;
        let bob = app.member(&ada, "bob", Role::Agent).await;
        let harbour = accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        let view = app.connected(&ada).await;
        let connection = view.connection.unwrap().id;
        let again = app.discovered(&ada).await;
        let invited = accounts::invite(&app.services, &ada.actor, "cid@example.com", Role::Agent).await.unwrap();
        let begun = app.begin(&ada).await;
        // The place of the next entry is taken, so the log takes no more.
        let next = app.storage.texts("SELECT CAST(MAX(seq) + 1 AS TEXT) FROM audit_log").await.remove(0);
        let taken = format!("INSERT INTO audit_log (tenant_id, seq, at, actor_name, action, target, hash)
            VALUES ('{}', {next}, 0, '', '', '', '')", ada.tenant());
        app.storage.tamper(&taken).await;
        let before = app.storage.dump().await;

        let (services, actor, user) = (&app.services, &ada.actor, &bob.actor.user_id);
        let token = crate::support::link_token(&invited.link);
        let chosen = crate::support::ids_of(&again, &["110220330440551"]);
        let refused = [
            accounts::add_location(services, actor, "Pier").await.map(drop),
            accounts::rename_location(services, actor, &harbour, "Pier").await,
            accounts::delete_location(services, actor, &harbour).await,
            accounts::change_role(services, actor, user, Role::Admin).await,
            accounts::remove_member(services, actor, user).await,
            accounts::invite(services, actor, "dee@example.com", Role::Agent).await.map(drop),
            accounts::revoke_invitation(services, actor, &invited.id).await,
            connect::choose(services, actor, &again.id, &chosen).await.map(drop),
            connect::disconnect(services, actor, &connection, connect::DisconnectChoices::default(), "").await,
        ];
        for (at, outcome) in refused.into_iter().enumerate() {
            assert!(matches!(outcome, Err(Error::Internal(_))), "{at}: {outcome:?}");
        }
        assert_eq!(app.storage.dump().await, before);
        let password = crate::support::password("cid");
        let joined = accounts::join_as_new(services, &token, "cid", password, "cid").await;
        assert!(matches!(joined, Err(Error::Internal(_))), "{joined:?}");
        assert_eq!(app.storage.texts("SELECT email FROM users WHERE name = 'cid'").await, Vec::<String>::new());
        let back = app.answer_dialog(&begun, &simulator::Consent::everything().by("10215550001110002"));
        app.come_back(&ada, &back).await;
        app.idle().await;
        assert_eq!(app.storage.rows().await["connections"], 1, "a grant that nobody wrote down");
    }
}

db_test! {
    async fn a_tenant_sees_its_own_log(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        let theirs = observe::list_audit(&app.services, &eve.actor, &AuditFilter::default()).await.unwrap();
        assert_eq!(theirs.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["tenant.created"]);
    }
}

db_test! {
    async fn the_chains_hold_after_their_key_was_sealed_anew_and_break_where_the_log_was_changed(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.owner("eve").await;
        accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        let ring = format!("new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,{KEY}");
        let vault = Vault::new(KeyRing::parse(&SecretString::from(ring)).unwrap(), Entropy::seeded(1));
        assert_eq!(rotate(app.services.db(), &vault).await.unwrap().moved, 1, "the key of the chains");
        let keys = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
        let later = app.restarted_with(keys);
        assert_eq!(observe::verify_audit(&later).await.unwrap(), Verification { chains: 2, broken: Vec::new() });
        app.storage.tamper(&format!("UPDATE audit_log SET target = 'x' WHERE tenant_id = '{}' AND seq = 2", ada.tenant())).await;
        let found = observe::verify_audit(&later).await.unwrap();
        assert_eq!(found.broken.len(), 1);
        assert_eq!((&found.broken[0].tenant, found.broken[0].entry), (ada.tenant(), 2));
    }
}

/// A log as it was before the chains had a key: three entries, each hashed without one.
const UNKEYED: &str = "UPDATE audit_log SET hash = ";

db_test! {
    async fn a_log_from_before_the_key_is_carried_over_when_it_held(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        for owner in [&ada, &eve] {
            let entry = &observe::list_audit(&app.services, &owner.actor, &AuditFilter::default()).await.unwrap()[0];
            let hash = hash_without_key(owner.tenant().as_str(), entry);
            app.storage.tamper(&format!("{UNKEYED}'{hash}' WHERE tenant_id = '{}'", owner.tenant())).await;
            app.storage.tamper(&format!("UPDATE audit_heads SET hash = '{hash}' WHERE tenant_id = '{}'", owner.tenant())).await;
        }
        app.storage.tamper(&format!("UPDATE audit_log SET target = 'forged' WHERE tenant_id = '{}'", eve.tenant())).await;
        app.storage.tamper("DELETE FROM installation_secrets").await;
        let later = app.restarted();
        accounts::add_location(&later, &ada.actor, "Harbour").await.unwrap();
        let found = observe::verify_audit(&later).await.unwrap();
        assert_eq!(found.broken.iter().map(|chain| &chain.tenant).collect::<Vec<_>>(), [eve.tenant()]);
    }
}

/// SHA-256 over the first entry of a chain and what every chain follows, each text with its length before it.
fn hash_without_key(tenant: &str, entry: &AuditEntry) -> String {
    let mut bytes = Vec::new();
    let beginning = "0".repeat(64);
    let actor = entry.actor_id.as_ref().unwrap().as_str();
    for part in [beginning.as_str(), tenant, actor, &entry.actor_name, &entry.action, &entry.target] {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes.extend_from_slice(&entry.seq.to_be_bytes());
    bytes.extend_from_slice(&entry.at.to_be_bytes());
    hex::encode(Sha256::digest(bytes))
}
