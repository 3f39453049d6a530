//! People who belong to several businesses.

use axum::http::{Request, StatusCode, header};
use server::Services;
use server::db::audit::{ChainKey, NewAuditEntry, Said};
use server::db::memberships;

use crate::support::{PASSWORD, Site};

/// A second business of the person who signed up; the session works for the first.
async fn second_business(site: &Site) -> (String, String) {
    use server::accounts::{self, Role, SignUp};
    let services = &site.services;
    let input = SignUp {
        business_name: "Costa Foods".into(),
        name: "Leo".into(),
        email: "leo@demo.example".into(),
        password: PASSWORD.to_owned().into(),
    };
    let (leo, costa) = accounts::sign_up(services, input, "test").await.unwrap();
    let leo = actor(services, &leo, Some(&costa)).await;
    let issued = accounts::invite(services, &leo, "ada@demo.example", Role::Admin).await.unwrap();
    let ada = server::db::users::find_by_email(services.db(), "ada@demo.example").await.unwrap().unwrap();
    let brasa = actor(services, &ada.id, None).await;
    let token = secrecy::ExposeSecret::expose_secret(&issued.link).rsplit('/').next().unwrap().to_owned();
    accounts::join_as_self(services, &token.into(), &brasa).await.unwrap();
    (brasa.membership.unwrap().tenant_id.to_string(), costa.to_string())
}

async fn actor(
    services: &Services,
    user: &server::ids::UserId,
    tenant: Option<&server::ids::TenantId>,
) -> server::accounts::Actor {
    let found = server::db::users::get(services.db(), user).await.unwrap().unwrap();
    let memberships = memberships::list_by_user_across_tenants(services.db(), user).await.unwrap();
    server::accounts::Actor::new(found, memberships, tenant)
}

#[tokio::test]
async fn a_form_of_a_page_for_one_business_does_nothing_for_another() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (brasa, costa) = second_business(&site).await;
    assert!(site.get("/team").await.2.contains(&format!("name=\"acting_for\" value=\"{brasa}\"")), "every form tells");
    site.post("/team?do=switch-tenant", &format!("tenant={costa}&acting_for={brasa}")).await;
    let (status, _, page) = site.post("/team?do=add-location", &format!("name=Centro&acting_for={brasa}")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("This page was opened for Brasa; you are now working for Costa Foods."));
    assert_eq!(page.matches("This page was opened for").count(), 1, "it is said once");
    assert!(page.contains("value=\"Centro\""), "what was typed is kept");
    assert!(page.contains(&format!("name=\"acting_for\" value=\"{costa}\"")), "sent again, it is for this business");
    assert!(site.get("/team").await.2.contains("Costa Foods") && !site.get("/team").await.2.contains("Centro"));
    assert_eq!(
        site.post("/team?do=add-location", &format!("name=Centro&acting_for={costa}")).await.0,
        StatusCode::SEE_OTHER
    );
    let popup = Request::post("/rpc/begin-popup").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert_eq!(site.send(popup, &format!("connection=&acting_for={brasa}")).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn who_was_removed_from_a_business_chooses_another_and_is_not_moved_there() {
    let mut site = Site::new().await;
    site.sign_up().await;
    let (brasa, costa) = second_business(&site).await;
    site.post("/team?do=switch-tenant", &format!("tenant={costa}")).await;
    let ada = server::db::users::find_by_email(site.services.db(), "ada@demo.example").await.unwrap().unwrap();
    let said = Said {
        key: &ChainKey::new([7; 32]),
        entry: NewAuditEntry { actor_id: None, actor_name: "Somebody", action: "member.removed", target: "Ada" },
    };
    let now = site.services.clock().now();
    let gone = memberships::delete(site.services.db(), &costa.parse().unwrap(), &ada.id, &said, now).await;
    assert!(gone.is_ok());
    let (status, _, page) = site.get("/team").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("You no longer belong to the business") && page.contains(&brasa));
    assert_eq!(site.post("/team?do=add-location", "name=Centro").await.0, StatusCode::CONFLICT);
    assert_eq!(site.post("/team?do=switch-tenant", &format!("tenant={brasa}")).await.1, "/");
    assert_eq!(site.get("/team").await.0, StatusCode::OK);
}
