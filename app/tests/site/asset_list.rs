//! The list of connected assets, page by page, while one of them is disconnected.

use std::time::Duration;

use server::accounts::Actor;
use server::asset_kind::AssetKind;
use server::connect;
use server::db::assets::{self, Choice, NewAsset, Selected};
use server::db::attempts::{self, Flow, NewAttempt, Purpose};
use server::db::audit::{ChainKey, NewAuditEntry, Said};
use server::db::connections::{self, Grant, TokenState};
use server::db::credentials::CredentialKind;
use server::db::jobs::NewJob;
use server::db::{memberships, users};
use server::ids::{AssetId, AttemptId, ConnectionId, CredentialId, JobId, TenantId, UserId};
use server::vault::Sealed;

use crate::support::Site;

const APP: &str = "1029384756102938";

/// Ada, acting for her business.
pub(crate) async fn ada(site: &Site) -> Actor {
    let db = site.services.db();
    let user = users::find_by_email(db, "ada@demo.example").await.unwrap().unwrap();
    let memberships = memberships::list_by_user_across_tenants(db, &user.id).await.unwrap();
    Actor::new(user, memberships, None)
}

/// A grant of somebody at Meta.
async fn connection(site: &Site, tenant: &TenantId, user: &UserId, said: &Said<'_>) -> ConnectionId {
    let (services, now) = (&site.services, site.services.clock().now());
    let (id, credential) = (ConnectionId::new(services.ids()), CredentialId::new(services.ids()));
    let sealed = Sealed::from_stored("v1.k1.x".into());
    let token = TokenState {
        kind: CredentialKind::User,
        permissions: r#"{"granted":[],"missing":[]}"#,
        expires_at: Some(now.plus(Duration::from_secs(60 * 86_400))),
        data_access_expires_at: None,
        renew_at: None,
    };
    let grant = Grant {
        id: &id,
        connected_by: user,
        meta_app_id: APP,
        meta_user_id: "77",
        meta_user_name: "Lucía Brasa",
        token,
        credential: &credential,
        sealed: &sealed,
    };
    assert!(connections::upsert(services.db(), tenant, &grant, said, now).await.unwrap());
    id
}

/// Chooses so many Pages: "Page 000", "Page 001" and so on. The attempt to connect is done; what it asks for is not.
pub(crate) async fn connect_pages(site: &Site, actor: &Actor, count: usize) -> AttemptId {
    let key = ChainKey::new([7; 32]);
    let entry = NewAuditEntry { actor_id: None, actor_name: "a test", action: "test", target: "" };
    let said = Said { key: &key, entry };
    let (services, now) = (&site.services, site.services.clock().now());
    let (db, tenant) = (services.db(), actor.member().unwrap().tenant_id);
    let connection = connection(site, &tenant, &actor.user_id, &said).await;
    let page = |n: usize| NewAsset {
        id: AssetId::new(services.ids()),
        kind: AssetKind::FacebookPage,
        meta_id: format!("10{n}"),
        parent_meta_id: None,
        business_meta_id: None,
        name: format!("Page {n:03}"),
        detail: "{}".into(),
        unusable: None,
    };
    let pages: Vec<NewAsset> = (0..count).map(page).collect();
    assets::replace_discovered(db, &tenant, &connection, &pages).await.unwrap();

    let attempt = AttemptId::new(services.ids());
    let new = NewAttempt {
        id: &attempt,
        user_id: &actor.user_id,
        session_hash: "session",
        state_hash: "state",
        flow: Flow::Redirect,
        purpose: Purpose::Assets,
        meta_app_id: &APP.parse().unwrap(),
        redirect_uri: "http://desk.example/oauth/meta/callback",
        reconnects: None,
        set_up_link: None,
        expires_at: now.plus(Duration::from_secs(600)),
    };
    attempts::insert(db, &tenant, &new, now).await.unwrap();
    attempts::mark_connected(db, &tenant, &attempt, &connection, now).await.unwrap();
    attempts::mark_choosing(db, &tenant, &attempt, "[]", now).await.unwrap();
    let chosen: Vec<AssetId> = pages.iter().map(|page| page.id.clone()).collect();
    let id = JobId::new(services.ids());
    let (kind, subject) = ("apply_choice", connection.as_str());
    let job = NewJob { id: &id, tenant_id: Some(&tenant), kind, subject, run_at: now };
    let choice = Choice { attempt: &attempt, connection: &connection, chosen: &chosen, said: &said, job: &job };
    assert_eq!(assets::select(db, &tenant, &choice, now).await.unwrap(), Selected::Saved(count));
    attempts::mark_done(db, &tenant, &connection, now).await.unwrap();
    attempt
}

#[tokio::test]
async fn the_next_page_begins_where_it_would_have_though_the_asset_before_it_is_disconnected() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let ada = ada(&site).await;
    connect_pages(&site, &ada, 60).await;
    let first = site.get("/").await.2;
    assert!(first.contains("1–50 of 60") && first.contains("Page 049") && !first.contains("Page 050"), "{first}");
    let next = first.split("href=\"/?after=").nth(1).unwrap().split('#').next().unwrap();
    let second = site.get(&format!("/?after={next}")).await.2;
    assert!(second.contains("51–60 of 60") && second.contains("Page 050"), "{second}");

    // Somebody else disconnects the last asset of the first page, while this one is read.
    connect::disconnect_asset(&site.services, &ada, &next.parse().unwrap()).await.unwrap();
    let second = site.get(&format!("/?after={next}")).await.2;
    assert!(second.contains("50–59 of 59"), "{second}");
    assert!(second.contains("Page 050") && !second.contains("Page 048") && !second.contains("Page 049"), "{second}");

    // Of what nobody knows there is no place: the list is shown from its beginning.
    let unknown = site.get(&format!("/?after=ast_{}", "0".repeat(32))).await.2;
    assert!(unknown.contains("1–50 of 59"), "{unknown}");
}
