//! `/_sim`, the record and its rounds.

use serde_json::json;
use simulator::{Options, World};

use crate::harness::{EVERYTHING, Meta};

#[tokio::test]
async fn the_record_keeps_no_secret() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let page = meta.page_token(&token, "110220330440551").await;
    meta.debug(&page).await;
    let batch = json!([{"method": "GET", "relative_url": format!("me?access_token={page}")}]).to_string();
    meta.post(&token, "v25.0/", &[("batch", &batch)]).await;
    meta.exchange("AQsomecode", None).await;
    let text = meta.get("_sim/requests", &[]).await.text + &meta.get("_sim/tokens", &[]).await.text;
    for secret in [&token, &page, &meta.secret, "AQsomecode", &meta.proof(&token)] {
        assert!(!text.contains(secret));
    }
    assert!(text.contains("fp:"));
}

#[tokio::test]
async fn what_browsers_ask_for_is_recorded_and_counts_as_no_call() {
    let meta = Meta::shop().await;
    let dialog = meta.dialog(&[("scope", EVERYTHING)]);
    meta.send(meta.http.get(&dialog)).await;
    let query = url::Url::parse(&dialog).unwrap().query().unwrap().to_owned();
    let form = [("request", query.as_str()), ("action", "continue")];
    meta.send(meta.http.post(meta.url("v25.0/dialog/oauth")).form(&form)).await;
    meta.get("en_US/sdk.js", &[]).await;
    meta.get("x/connect/xd_arbiter/", &[]).await;
    meta.get("instagram/oauth/authorize", &[("client_id", "1"), ("state", "s%t ate")]).await;
    let visits = meta.control.visits();
    let seen: Vec<String> =
        visits.iter().map(|one| format!("{} {} {}", one.method, one.path, one.status.unwrap())).collect();
    assert_eq!(
        seen,
        [
            "GET /v25.0/dialog/oauth 200",
            "POST /v25.0/dialog/oauth 303",
            "GET /en_US/sdk.js 200",
            "GET /x/connect/xd_arbiter/ 200",
            "GET /instagram/oauth/authorize 200",
        ]
    );
    assert_eq!(visits[1].params["request"]["client_id"], json!(meta.app_id));
    let told = meta.get("_sim/requests", &[]).await;
    assert_eq!((&told.json["calls"], told.json["visits"].as_array().unwrap().len()), (&json!(0), 5));
    assert!(!told.text.contains("s%t ate"), "the state is a secret between the app and its browser");
    assert_eq!((meta.control.operation_count(), meta.control.rounds(), meta.control.waiting()), (0, 0, 0));
    meta.control.clear_requests();
    assert!(meta.control.visits().is_empty());
}

#[tokio::test]
async fn rounds_count_the_longest_chain() {
    let meta = Meta::with(Options { world: World::corner_shop(), ..Options::default() }).await;
    let token = meta.token();
    meta.control.clear_requests();
    meta.read(&token, "v25.0/me", &[]).await;
    let together = async {
        tokio::join!(
            meta.read(&token, "v25.0/me/accounts", &[]),
            meta.read(&token, "v25.0/me/businesses", &[]),
            meta.read(&token, "v25.0/me/adaccounts", &[]),
        )
    };
    meta.round(3, together).await;
    meta.read(&token, "v25.0/me/permissions", &[]).await;
    assert_eq!((meta.control.call_count(), meta.control.rounds()), (5, 3));
}

#[tokio::test]
async fn worlds_clock_tokens_and_switches_over_http() {
    let meta = Meta::shop().await;
    let put = |body: String| meta.http.put(meta.url("_sim/world")).body(body);
    assert_eq!(meta.send(put(json!({"name": "agency"}).to_string())).await.json, json!({"world": "agency"}));
    assert_eq!(meta.control.world().pages.len(), 500);
    assert_eq!(meta.send(put(json!({"name": "nowhere"}).to_string())).await.status, 422);
    assert_eq!(meta.send(put(World::empty().to_json())).await.json, json!({"world": "empty"}));
    let before = meta.control.now();
    let clock = meta.http.post(meta.url("_sim/clock/advance")).json(&json!({"seconds": 60}));
    assert_eq!(meta.send(clock).await.json, json!({"now": before + 60}));
    let person = meta.owner();
    let minted = meta.http.post(meta.url("_sim/tokens")).json(&json!({"persona": person}));
    let token = meta.send(minted).await.json["access_token"].as_str().unwrap().to_owned();
    let listed = meta.get("_sim/tokens", &[]).await.json;
    let fingerprint = listed["tokens"][0]["fingerprint"].as_str().unwrap();
    let revoke = meta.url(&format!("_sim/tokens/{fingerprint}/revoke"));
    assert_eq!(meta.send(meta.http.post(revoke).json(&json!({"why": "checkpoint"}))).await.status, 200);
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.error(), (190, Some(459)));
    let patch = meta.http.patch(meta.url("_sim/switches")).json(&json!({"budgets": {"user": 7}, "page_size": 2}));
    let switches = meta.send(patch).await.json;
    assert_eq!((&switches["budgets"]["user"], &switches["page_size"]), (&json!(7), &json!(2)));
    assert!(switches["budgets"]["app"].as_u64().unwrap() > 7);
    let bad = meta.http.patch(meta.url("_sim/switches")).json(&json!({"nothing": 1}));
    assert_eq!(meta.send(bad).await.status, 422);
}

#[tokio::test]
async fn faults_and_dialogs_over_http() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let fault =
        json!({"edge": "accounts", "effect": {"error": {"status": 503, "code": 2, "transient": true}}, "times": 1});
    assert_eq!(meta.send(meta.http.post(meta.url("_sim/faults")).json(&fault)).await.json, json!({"id": 1}));
    let struck = meta.read(&token, "v25.0/me/accounts", &[]).await;
    assert_eq!((struck.status, &struck.json["error"]["is_transient"]), (503, &json!(true)));
    assert_eq!(meta.send(meta.http.delete(meta.url("_sim/faults/1"))).await.status, 204);
    let body = json!({"url": meta.dialog(&[("scope", "pages_show_list")]), "consent": {"answer": "cancel"}});
    let reply = meta.send(meta.http.post(meta.url("_sim/approve")).json(&body)).await;
    assert!(reply.json["redirect"].as_str().unwrap().contains("access_denied"));
    let body = json!({"url": meta.dialog(&[("scope", "nonsense")])});
    let reply = meta.send(meta.http.post(meta.url("_sim/approve")).json(&body)).await;
    assert_eq!(reply.json["page"], "invalid_scopes");
}

#[tokio::test]
async fn the_index_explains_and_switches() {
    let meta = Meta::shop().await;
    let index = meta.get("", &[]).await;
    assert!(index.text.contains("Meta in a box") && index.text.contains("corner-shop"));
    let switched = meta.send(meta.http.post(meta.url("_sim/world")).form(&[("name", "agency")])).await;
    assert_eq!(switched.status, 303);
    assert!(meta.get("_sim", &[]).await.text.contains("500 Pages"));
    assert_eq!(meta.get("_sim/picture/110220330440551.svg", &[]).await.header("content-type"), "image/svg+xml");
}

#[tokio::test]
async fn the_agency_can_be_discovered_in_few_calls_and_rounds() {
    let meta = Meta::agency().await;
    let token = meta.token();
    meta.control.clear_requests();
    let page = "id,name,tasks,instagram_business_account{id,username}";
    let numbers = "id,name,phone_numbers.limit(100){id,status}";
    let businesses = format!(
        "id,name,owned_pages.limit(100){{{page}}},client_pages.limit(100){{{page}}},\
         owned_whatsapp_business_accounts.limit(100){{{numbers}}},client_whatsapp_business_accounts.limit(100){{{numbers}}},\
         owned_ad_accounts.limit(100){{id,account_status}},client_ad_accounts.limit(100){{id,account_status}}"
    );
    let fields = [("fields", page), ("limit", "100")];
    let business_fields = [("fields", businesses.as_str())];
    let first = async {
        tokio::join!(
            meta.debug(&token),
            meta.read(&token, "v25.0/me/accounts", &fields),
            meta.read(&token, "v25.0/me/businesses", &business_fields),
            meta.read(&token, "v25.0/me/adaccounts", &[("limit", "100")]),
        )
    };
    let (_, accounts, portfolios, ads) = meta.round(4, first).await;
    assert_eq!(ads.ids().len(), 40);
    let mut pages: std::collections::BTreeSet<String> = accounts.ids().into_iter().collect();
    let mut open: Vec<String> = next(&accounts.json).into_iter().collect();
    for portfolio in portfolios.json["data"].as_array().unwrap() {
        for edge in ["owned_pages", "client_pages"] {
            pages.extend(crate::harness::ids(&portfolio[edge]));
            open.extend(next(&portfolio[edge]));
        }
    }
    while !open.is_empty() {
        let proof = [("appsecret_proof", meta.proof(&token))];
        let asked: Vec<_> = open.iter().map(|url| tokio::spawn(meta.http.get(url).query(&proof).send())).collect();
        let answered = async {
            let mut lists: Vec<serde_json::Value> = Vec::new();
            for reply in asked {
                lists.push(reply.await.unwrap().unwrap().json().await.unwrap());
            }
            lists
        };
        let lists = meta.round(open.len(), answered).await;
        pages.extend(lists.iter().flat_map(crate::harness::ids));
        open = lists.iter().filter_map(next).collect();
    }
    assert_eq!(pages.len(), 500);
    assert!(meta.control.call_count() <= 12, "{}", meta.control.call_count());
    assert_eq!(meta.control.rounds(), 3);
}

fn next(list: &serde_json::Value) -> Option<String> {
    list["paging"]["next"].as_str().map(str::to_owned)
}
