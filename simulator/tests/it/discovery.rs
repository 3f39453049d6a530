//! What a person can find (Meta reference §5).

use std::collections::BTreeSet;

use serde_json::{Value, json};
use simulator::{AssetKind, Consent, World};

use crate::harness::{Meta, ids};

#[tokio::test]
async fn accounts_come_with_the_documented_default_fields() {
    let meta = Meta::shop().await;
    let reply = meta.read(&meta.token(), "v25.0/me/accounts", &[]).await;
    let row = &reply.json["data"][0];
    let keys: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["access_token", "category", "category_list", "id", "name", "tasks"]));
    assert_eq!(row["name"], "Brasa Café");
    assert!(reply.json["paging"].get("next").is_none());
}

#[tokio::test]
async fn expansion_reaches_the_linked_instagram_account() {
    let meta = Meta::shop().await;
    let fields = "id,name,picture.type(large){url},instagram_business_account{id,username,name,profile_picture_url}";
    let reply = meta.read(&meta.token(), "v25.0/me/accounts", &[("fields", fields), ("limit", "100")]).await;
    let row = &reply.json["data"][0];
    assert_eq!(row["instagram_business_account"]["username"], "brasacafe");
    assert!(row["picture"]["data"]["url"].as_str().unwrap().ends_with(".svg"));
    assert!(row["picture"]["data"].get("height").is_none());
    assert!(row.get("access_token").is_none());
}

#[tokio::test]
async fn instagram_is_absent_not_null_without_its_permission_tick_or_link() {
    let fields = [("fields", "instagram_business_account{username}")];
    let meta = Meta::shop().await;
    meta.control.grant(&meta.owner(), Consent::everything().declining(["instagram_basic"]));
    let row = meta.read(&meta.token(), "v25.0/me/accounts", &fields).await.json["data"][0].clone();
    assert!(row.get("instagram_business_account").is_none(), "{row}");

    let meta = Meta::shop().await;
    let none: Vec<String> = Vec::new();
    meta.control.grant(&meta.owner(), Consent::everything().ticking(AssetKind::Instagram, none));
    let row = meta.read(&meta.token(), "v25.0/me/accounts", &fields).await.json["data"][0].clone();
    assert!(row.get("instagram_business_account").is_none());

    let meta = Meta::agency().await;
    let page = meta.control.world().pages.iter().find(|page| page.instagram.is_none()).unwrap().id.clone();
    let row = meta.read(&meta.token(), &format!("v25.0/{page}"), &fields).await.json;
    assert_eq!(row, json!({"id": page}));
}

#[tokio::test]
async fn business_owned_pages_need_business_management() {
    let meta = Meta::agency().await;
    meta.control.grant(&meta.owner(), Consent::everything().declining(["business_management"]));
    let token = meta.token();
    let reply = meta.read(&token, "v25.0/me/accounts", &[("limit", "100")]).await;
    assert_eq!(reply.ids().len(), 60);
    let denied = meta.read(&token, "v25.0/me/businesses", &[]).await;
    assert_eq!((denied.status, denied.error().0), (403, 200));
}

#[tokio::test]
async fn only_ticked_pages_come_back() {
    let meta = Meta::agency().await;
    let world = meta.control.world();
    let chosen: Vec<String> =
        world.pages.iter().filter(|page| page.in_accounts).take(3).map(|p| p.id.clone()).collect();
    meta.control.grant(&meta.owner(), Consent::everything().ticking(AssetKind::Page, chosen.clone()));
    let token = meta.token();
    let listed: BTreeSet<String> = meta.read(&token, "v25.0/me/accounts", &[]).await.ids().into_iter().collect();
    assert_eq!(listed, chosen.into_iter().collect());
    let other = &world.pages.last().unwrap().id;
    assert_eq!(meta.read(&token, &format!("v25.0/{other}"), &[]).await.error(), (100, Some(33)));
}

#[tokio::test]
async fn one_call_expands_businesses_with_owned_and_client_assets() {
    let meta = Meta::agency().await;
    let fields = "id,name,verification_status,owned_pages.limit(2){id,name},client_pages.limit(100){id},\
                  owned_whatsapp_business_accounts.limit(100){id,phone_numbers{id,display_phone_number,status}},\
                  client_whatsapp_business_accounts{id,name},owned_ad_accounts.limit(3){account_status,currency}";
    let reply = meta.read(&meta.token(), "v25.0/me/businesses", &[("fields", fields)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let rows = reply.json["data"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    let first = &rows[0];
    assert_eq!(first["owned_pages"]["data"].as_array().unwrap().len(), 2);
    assert!(first["owned_pages"]["paging"]["next"].is_string());
    assert_eq!(ids(&first["client_pages"]).len(), 85);
    assert!(first["client_pages"]["paging"].get("next").is_none());
    assert_eq!(ids(&first["owned_whatsapp_business_accounts"]).len(), 16);
    assert_eq!(ids(&first["owned_whatsapp_business_accounts"]["data"][0]["phone_numbers"]).len(), 3);
    assert_eq!(ids(&first["client_whatsapp_business_accounts"]).len(), 12);
    // The second portfolio is nobody's client: the edge has no rows, so the key is absent.
    assert!(rows[1].get("client_whatsapp_business_accounts").is_none());
}

#[tokio::test]
async fn following_next_of_a_nested_edge_leads_on() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let reply = meta.read(&token, "v25.0/me/businesses", &[("fields", "owned_pages.limit(100){id}")]).await;
    let mut seen = ids(&reply.json["data"][0]["owned_pages"]);
    let mut next = reply.json["data"][0]["owned_pages"]["paging"]["next"].as_str().map(str::to_owned);
    while let Some(url) = next {
        assert!(!url.contains("appsecret_proof"), "Meta leaves the proof out of next");
        let request = meta.http.get(&url).query(&[("appsecret_proof", meta.proof(&token))]);
        let page = meta.send(request).await;
        assert_eq!(page.status, 200, "{}", page.text);
        seen.extend(page.ids());
        next = page.json["paging"]["next"].as_str().map(str::to_owned);
    }
    let all: BTreeSet<String> = seen.iter().cloned().collect();
    assert_eq!((seen.len(), all.len()), (220, 220));
}

#[tokio::test]
async fn numbers_show_every_field_newest_first() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let world = meta.control.world();
    let waba = &world.whatsapp_accounts[1].id;
    let reply = meta.read(&token, &format!("v25.0/{waba}/phone_numbers"), &[]).await;
    let times: Vec<&str> =
        reply.json["data"].as_array().unwrap().iter().map(|row| row["last_onboarded_time"].as_str().unwrap()).collect();
    let mut sorted = times.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(times, sorted);
    let row = &reply.json["data"][0];
    assert_eq!(row["throughput"]["level"], "STANDARD");
    assert!(row["last_onboarded_time"].as_str().unwrap().ends_with("+0000"));
    let fields =
        "status,name_status,account_mode,whatsapp_business_manager_messaging_limit,is_on_biz_app,health_status";
    let id = row["id"].as_str().unwrap();
    let number = meta.read(&token, &format!("v25.0/{id}"), &[("fields", fields)]).await;
    assert_eq!(number.json["health_status"]["entities"][0]["entity_type"], "PHONE_NUMBER");
    let old =
        meta.read(&token, &format!("v23.0/{id}"), &[("fields", "whatsapp_business_manager_messaging_limit")]).await;
    assert!(old.message().contains("nonexisting field"), "the field appeared with v24");
}

#[tokio::test]
async fn accounts_shared_with_a_business_can_be_filtered_and_sorted() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let path = "v25.0/600100000000001/client_whatsapp_business_accounts";
    let newest = meta.read(&token, path, &[]).await.ids();
    let oldest = meta.read(&token, path, &[("sort", "creation_time_ascending")]).await.ids();
    assert_eq!(newest, oldest.iter().rev().cloned().collect::<Vec<_>>());
    let after = meta.control.world().whatsapp_accounts[34].creation_time;
    let filter = format!(r#"[{{"field":"creation_time","operator":"GREATER_THAN","value":"{after}"}}]"#);
    assert_eq!(meta.read(&token, path, &[("filtering", &filter)]).await.ids().len(), 5);
}

#[tokio::test]
async fn ad_accounts_carry_act_and_digits() {
    let meta = Meta::shop().await;
    let reply = meta
        .read(&meta.token(), "v25.0/me/adaccounts", &[("fields", "name,account_status,amount_spent,business{id,name}")])
        .await;
    let row = &reply.json["data"][0];
    assert_eq!(row["id"], "act_880770660550551");
    assert_eq!(row["amount_spent"], "128450");
    assert_eq!(row["business"]["name"], "Brasa Café Group");
    let plain = meta.read(&meta.token(), "v25.0/me/adaccounts", &[]).await;
    assert_eq!(plain.json["data"][0], json!({"id": "act_880770660550551", "account_id": "880770660550551"}));
}

#[tokio::test]
async fn an_empty_world_answers_with_empty_lists() {
    let meta = Meta::start(World::empty()).await;
    let token = meta.token();
    for edge in ["accounts", "businesses", "adaccounts"] {
        let reply = meta.read(&token, &format!("v25.0/me/{edge}"), &[]).await;
        assert_eq!((reply.status, reply.json), (200, json!({"data": []})), "{edge}");
    }
}

#[tokio::test]
async fn the_declined_world_hides_instagram_and_the_business() {
    let meta = Meta::start(World::declined()).await;
    let token = meta.token();
    let data = meta.debug(&token).await;
    let scopes: Vec<&Value> = data["scopes"].as_array().unwrap().iter().collect();
    assert!(!scopes.contains(&&json!("instagram_basic")));
    assert!(scopes.contains(&&json!("pages_show_list")));
    // The café's Page belongs to a portfolio, so without business_management it is hidden too.
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.json, json!({"data": []}));
}

#[tokio::test]
async fn multi_get_answers_by_id_for_nodes_and_edges() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let wabas: Vec<String> =
        meta.control.world().whatsapp_accounts.iter().take(5).map(|waba| waba.id.clone()).collect();
    let list = wabas.join(",");
    let nodes = meta.read(&token, "v25.0/", &[("ids", &list), ("fields", "name")]).await;
    assert_eq!(nodes.json.as_object().unwrap().len(), 5);
    let unversioned = meta.read(&token, "", &[("ids", &list), ("fields", "name")]).await;
    assert_eq!(unversioned.json, nodes.json);
    let numbers =
        meta.read(&token, "v25.0/phone_numbers", &[("ids", &list), ("fields", "display_phone_number,status")]).await;
    for waba in &wabas {
        assert_eq!(ids(&numbers.json[waba]).len(), 3);
    }
    let bad = meta.read(&token, "v25.0/", &[("ids", &format!("{list},404404"))]).await;
    assert_eq!(bad.error(), (100, Some(33)), "one bad id fails the whole call");
    let many = vec!["1"; 51].join(",");
    assert_eq!(meta.read(&token, "v25.0/", &[("ids", &many)]).await.error().0, 100);
}

#[tokio::test]
async fn the_whole_agency_can_be_found() {
    let meta = Meta::agency().await;
    let token = meta.token();
    let mut pages = BTreeSet::new();
    let mut paths = vec!["v25.0/me/accounts".to_owned()];
    for business in &meta.control.world().businesses {
        paths.push(format!("v25.0/{}/owned_pages", business.id));
        paths.push(format!("v25.0/{}/client_pages", business.id));
    }
    for path in paths {
        let mut after = String::new();
        loop {
            let params = [("fields", "id"), ("limit", "100"), ("after", after.as_str())];
            let reply = meta.read(&token, &path, &params).await;
            pages.extend(reply.ids());
            if reply.json["paging"].get("next").is_none() {
                break;
            }
            after = reply.json["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
        }
    }
    assert_eq!(pages.len(), 500);
}
