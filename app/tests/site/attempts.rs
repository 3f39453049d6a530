//! How an attempt to connect ended, as its page says it.

use std::time::Duration;

use axum::http::StatusCode;
use server::db::attempts::{self, Flow, NewAttempt, Phase, Purpose};
use server::db::{memberships, users};
use server::ids::{AttemptId, TenantId, UserId};
use server::words::failures::connect::cancelled;

use crate::asset_list;
use crate::support::Site;

/// Ada and her business.
async fn ada(site: &Site) -> (UserId, TenantId) {
    let db = site.services.db();
    let user = users::find_by_email(db, "ada@demo.example").await.unwrap().unwrap();
    let memberships = memberships::list_by_user_across_tenants(db, &user.id).await.unwrap();
    (user.id, memberships[0].tenant_id.clone())
}

/// Ada went to Meta.
async fn begin(site: &Site, (user, tenant): (&UserId, &TenantId), purpose: Purpose) -> AttemptId {
    let (services, now) = (&site.services, site.services.clock().now());
    let id = AttemptId::new(services.ids());
    let new = NewAttempt {
        id: &id,
        user_id: user,
        session_hash: "session",
        state_hash: id.as_str(),
        flow: Flow::Redirect,
        purpose,
        meta_app_id: &"1029384756102938".parse().unwrap(),
        redirect_uri: "http://desk.example/oauth/meta/callback",
        reconnects: None,
        set_up_link: None,
        expires_at: now.plus(Duration::from_secs(600)),
    };
    attempts::insert(services.db(), tenant, &new, now).await.unwrap();
    id
}

#[tokio::test]
async fn an_attempt_that_nobody_went_on_with_does_not_say_that_meta_refused() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (user, tenant) = ada(&site).await;
    let left = begin(&site, (&user, &tenant), Purpose::Assets).await;
    let number = begin(&site, (&user, &tenant), Purpose::Whatsapp).await;
    let later = site.services.clock().now().plus(Duration::from_secs(1));
    attempts::mark_abandoned_across_tenants(site.services.db(), later).await.unwrap();
    for attempt in [left, number] {
        let (status, _, page) = site.get(&format!("/connect/{attempt}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("This attempt is over") && page.contains("href=\"/connect\""), "{page}");
        assert!(!page.contains("Meta says that it was not confirmed"), "{page}");
    }
}

#[tokio::test]
async fn an_attempt_that_was_cancelled_says_so_at_its_first_step() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (user, tenant) = ada(&site).await;
    let attempt = begin(&site, (&user, &tenant), Purpose::Assets).await;
    let (db, now) = (site.services.db(), site.services.clock().now());
    let why = serde_json::to_string(&cancelled()).unwrap();
    attempts::mark_ended(db, &tenant, &attempt, Phase::Cancelled, Some(&why), now).await.unwrap();
    let page = site.get(&format!("/connect/{attempt}")).await.2;
    assert!(page.contains("Not connected this time") && page.contains("Meta says that it was not confirmed"), "{page}");
    let steps = page.split("aria-label=\"Steps\"").nth(1).unwrap().split("</ol>").next().unwrap();
    let first = steps.split("<li ").nth(1).unwrap();
    assert!(first.contains("aria-current=\"step\"") && first.contains("Confirm with Meta"), "{steps}");
}

#[tokio::test]
async fn what_is_not_proven_is_not_said_to_be_connected() {
    let mut site = Site::new().await;
    site.sign_up().await;
    // There is no Meta app here to ask with.
    let attempt = asset_list::connect_pages(&site, &asset_list::ada(&site).await, 2).await;
    let page = site.get(&format!("/connect/{attempt}")).await.2;
    assert!(page.contains("2 assets could not be connected") && !page.contains("are connected"), "{page}");
    assert_eq!(page.matches("The Meta app of this connection is not set up here any more.").count(), 2, "{page}");
}
