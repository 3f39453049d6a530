//! Versions and their header (Meta reference §1).

use crate::harness::Meta;

#[tokio::test]
async fn expired_and_missing_versions_are_served_by_the_oldest_living_one() {
    let meta = Meta::shop().await;
    let token = meta.token();
    for (asked, served) in [("v25.0/me", "v25.0"), ("v18.0/me", "v21.0"), ("me", "v21.0"), ("v26.0/me", "v26.0")] {
        let reply = meta.read(&token, asked, &[]).await;
        assert_eq!((reply.status, reply.header("facebook-api-version")), (200, served), "{asked}");
    }
    // Two months later v21 is gone as well.
    meta.control.freeze(1_801_000_000);
    let token = meta.token();
    assert_eq!(meta.read(&token, "v18.0/me", &[]).await.header("facebook-api-version"), "v22.0");
}

#[tokio::test]
async fn a_version_that_never_was_is_an_unknown_path() {
    let meta = Meta::shop().await;
    let token = meta.token();
    assert_eq!(meta.read(&token, "v99.0/me", &[]).await.error().0, 2500);
    meta.control.switch(|switches| switches.fall_forward = false);
    assert_eq!(meta.read(&token, "v18.0/me", &[]).await.error().0, 2500);
}

#[tokio::test]
async fn usage_headers_follow_the_kind_of_call() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let user = meta.read(&token, "v25.0/me", &[]).await;
    let usage: serde_json::Value = serde_json::from_str(user.header("x-app-usage")).unwrap();
    assert!(usage["call_count"].is_u64() && usage["total_cputime"].is_u64());
    let waba = meta.read(&token, "v25.0/102290129340551", &[]).await;
    let usage: serde_json::Value = serde_json::from_str(waba.header("x-business-use-case-usage")).unwrap();
    assert_eq!(usage["102290129340551"][0]["type"], "whatsapp");
    assert!(waba.header("x-app-usage").is_empty());
    let ads = meta.read(&token, "v25.0/act_880770660550551", &[]).await;
    let usage: serde_json::Value = serde_json::from_str(ads.header("x-ad-account-usage")).unwrap();
    assert_eq!(usage["reset_time_duration"], 3600);
}

#[tokio::test]
async fn spent_budgets_answer_with_their_code_until_the_hour_is_over() {
    let meta = Meta::shop().await;
    let token = meta.token();
    meta.control.switch(|switches| {
        switches.budgets.user = 2;
        switches.budgets.whatsapp = 1;
    });
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.status, 200);
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.status, 200);
    let limited = meta.read(&token, "v25.0/me", &[]).await;
    assert_eq!(
        (limited.status, limited.error(), limited.message()),
        (400, (17, None), "(#17) User request limit reached")
    );
    assert!(limited.header("retry-after").is_empty());
    assert_eq!(meta.read(&token, "v25.0/102290129340551", &[]).await.status, 200);
    let waba = meta.read(&token, "v25.0/102290129340551", &[]).await;
    assert_eq!(waba.error().0, 80008);
    let usage: serde_json::Value = serde_json::from_str(waba.header("x-business-use-case-usage")).unwrap();
    assert_eq!(usage["102290129340551"][0]["estimated_time_to_regain_access"], 60);
    meta.control.advance(std::time::Duration::from_secs(3600));
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.status, 200);
}

#[tokio::test]
async fn every_id_of_a_multi_get_counts() {
    let meta = Meta::shop().await;
    let token = meta.token();
    meta.control.switch(|switches| switches.budgets.user = 2);
    let ids = "110220330440551,17841400000000551,506070809010203";
    assert_eq!(meta.read(&token, "v25.0/", &[("ids", ids)]).await.error().0, 17);
}
