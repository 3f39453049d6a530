//! The API for programs: who may call, and what a call may see.

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use server::{
    accounts::{self, IssuedApiKey},
    asset_kind::AssetKind,
    error::Error,
    ids::TenantId,
};

use crate::support::{Answer, TestApp, desk::whatsapp};

const LIST: &str = "/api/v1/deliveries";

async fn key(app: &TestApp, tenant: &TenantId) -> IssuedApiKey {
    accounts::create_api_key(&app.services, tenant, "Till", "Operator").await.unwrap()
}

async fn call(app: &TestApp, key: &IssuedApiKey, method: Method, path: &str, body: Option<Value>) -> Answer {
    let browser = app.visitor();
    let mut request = browser.request(method, path).bearer_auth(key.key.expose_secret());
    if let Some(body) = body {
        request = request.json(&body);
    }
    browser.send(request).await
}

async fn get(app: &TestApp, key: &IssuedApiKey, path: &str) -> Answer {
    call(app, key, Method::GET, path, None).await
}

fn read(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

fn ids(answer: &Answer) -> Vec<String> {
    let rows = read(answer)["deliveries"].as_array().unwrap().clone();
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// A delivery about a Page, as the applier writes it down.
async fn delivered(app: &TestApp, tenant: &TenantId, id: i64, outcome: &str) {
    delivered_about(app, tenant, id, outcome, "77").await;
}

/// The same about the Page `asset`.
async fn delivered_about(app: &TestApp, tenant: &TenantId, id: i64, outcome: &str, asset: &str) {
    app.storage
        .tamper(&format!(
            "INSERT INTO delivery_parts (delivery_id, tenant_id, asset_kind, asset_meta_id, meta_app_id, received_at, outcome, \
             events, summary) VALUES ({id}, '{tenant}', 'facebook_page', '{asset}', '1', {}, '{outcome}', 2, '{{\"message\":2}}')",
            1_780_000_000_000_i64 + id
        ))
        .await;
}

db_test! {
    async fn a_call_needs_a_key_that_opens_something(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (good, other) = (key(app, ada.tenant()).await, key(app, ada.tenant()).await);
        assert_eq!(get(app, &good, LIST).await.status, 200);
        let browser = app.visitor();
        let secret = good.key.expose_secret();
        for (header, code) in [
            (None, "api.key_missing"),
            (Some(secret.to_owned()), "api.key_missing"),
            (Some(format!("Basic {secret}")), "api.key_missing"),
            (Some("Bearer ".to_owned()), "api.key_missing"),
            (Some(format!("Bearer {}", &secret[..secret.len() - 1])), "api.key_invalid"),
            (Some(format!("Bearer {secret}x")), "api.key_invalid"),
            (Some(format!("Bearer {}", good.id)), "api.key_invalid"),
        ] {
            let mut request = browser.request(Method::GET, LIST);
            if let Some(header) = header {
                request = request.header("authorization", header);
            }
            let answer = browser.send(request).await;
            assert_eq!((answer.status, answer.code().as_str()), (401, code), "{answer:?}");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
        assert_eq!(ada.browser.get(LIST).await.status, 401, "a session is no key");

        accounts::revoke_api_key(&app.services, ada.tenant(), &good.id, "Operator").await.unwrap();
        assert_eq!(get(app, &good, LIST).await.code(), "api.key_invalid");
        assert_eq!(get(app, &other, LIST).await.status, 200, "the other goes on");
        let again = accounts::revoke_api_key(&app.services, ada.tenant(), &good.id, "Operator").await;
        assert!(matches!(again, Err(Error::NotFound(_))));
    }
}

db_test! {
    async fn a_key_opens_its_own_tenant_alone(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (hers, theirs) = (key(app, ada.tenant()).await, key(app, eve.tenant()).await);
        delivered(app, ada.tenant(), 1, "applied").await;
        delivered(app, eve.tenant(), 2, "applied").await;
        assert_eq!(ids(&get(app, &hers, LIST).await), ["1"]);
        assert_eq!(ids(&get(app, &theirs, LIST).await), ["2"]);
        assert_eq!(get(app, &theirs, "/api/v1/deliveries/1").await.status, 404);
        let foreign = accounts::revoke_api_key(&app.services, eve.tenant(), &hers.id, "Operator").await;
        assert!(matches!(foreign, Err(Error::NotFound(_))));
        assert_eq!(get(app, &hers, LIST).await.status, 200);
    }
}

db_test! {
    async fn deliveries_come_by_pages_and_filters(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, ada.tenant()).await;
        for id in 1..=5 {
            delivered(app, ada.tenant(), id, if id % 2 == 0 { "failed" } else { "applied" }).await;
        }
        let (mut path, mut seen) = (format!("{LIST}?limit=2"), Vec::new());
        loop {
            let answer = get(app, &key, &path).await;
            seen.extend(ids(&answer));
            match read(&answer)["next"].as_str() {
                Some(next) => path = format!("{LIST}?limit=2&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, ["5", "4", "3", "2", "1"]);
        assert_eq!(ids(&get(app, &key, &format!("{LIST}?outcome=failed")).await), ["4", "2"]);
        assert_eq!(ids(&get(app, &key, &format!("{LIST}?asset_kind=facebook_page&asset=77&outcome=failed")).await), ["4", "2"]);
        assert!(ids(&get(app, &key, &format!("{LIST}?asset_kind=facebook_page&asset=78")).await).is_empty());
        let row = &read(&get(app, &key, LIST).await)["deliveries"][0];
        assert_eq!((row["outcome"].as_str(), row["kinds"]["message"].as_i64(), row["asset"]["id"].as_str()), (Some("applied"), Some(2), Some("77")));
        assert_eq!(row["received_at"], "2026-05-28T20:26:40.005Z");
    }
}

db_test! {
    async fn a_delivery_about_several_assets_is_not_torn_by_the_end_of_a_page(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (key, theirs) = (key(app, ada.tenant()).await, key(app, eve.tenant()).await);
        for asset in ["77", "78", "79"] {
            for id in 1..=3 {
                delivered_about(app, ada.tenant(), id, "applied", asset).await;
            }
        }
        delivered_about(app, eve.tenant(), 2, "applied", "80").await;
        let (mut path, mut pages) = (format!("{LIST}?limit=1"), Vec::new());
        loop {
            let answer = read(&get(app, &key, &path).await);
            let rows = answer["deliveries"].as_array().unwrap();
            pages.push(rows.iter().map(|row| format!("{} {}", row["id"], row["asset"]["id"])).collect::<Vec<_>>().join(", "));
            match answer["next"].as_str() {
                Some(next) => path = format!("{LIST}?limit=1&cursor={next}"),
                None => break,
            }
        }
        let page = |id: &str| ["77", "78", "79"].map(|asset| format!(r#""{id}" "{asset}""#)).join(", ");
        assert_eq!(pages, [page("3"), page("2"), page("1")]);
        assert_eq!(ids(&get(app, &theirs, &format!("{LIST}?limit=1")).await), ["2"]);
        assert!(read(&get(app, &theirs, &format!("{LIST}?limit=1")).await)["next"].is_null(), "a full page may be the last");
    }
}

db_test! {
    async fn what_cannot_be_read_is_a_problem_that_names_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, ada.tenant()).await;
        for query in ["limit=0", "limit=201", "limit=x", "outcome=good", "cursor=x", "cursor=1.x", "asset=77", "colour=red"] {
            let answer = get(app, &key, &format!("{LIST}?{query}")).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "invalid"), "{query} {answer:?}");
        }
        let misspelt = json!({ "filter": { "outcom": "failed" } });
        for body in [json!({}), json!({ "ids": [] }), json!({ "ids": ["1"], "filter": {} }), json!({ "all": true }), json!([]), misspelt] {
            let answer = call(app, &key, Method::POST, "/api/v1/deliveries/replay", Some(body.clone())).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "invalid"), "{body} {answer:?}");
        }
        let many: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
        let answer = call(app, &key, Method::POST, "/api/v1/deliveries/replay", Some(json!({ "ids": many }))).await;
        assert_eq!(answer.status, 422);
        assert_eq!(get(app, &key, "/api/v1/nothing").await.code(), "not_found");
        assert_eq!(get(app, &key, "/api/v1/deliveries/x").await.code(), "not_found");
        let answer = call(app, &key, Method::DELETE, LIST, None).await;
        assert_eq!((answer.status, answer.code().as_str()), (405, "api.method_not_allowed"));
    }
}

db_test! {
    async fn a_key_is_kept_as_a_hash_and_its_use_is_written_down(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, ada.tenant()).await;
        let secret = key.key.expose_secret();
        assert!(secret.starts_with("att_") && secret.len() == 47, "256 random bits");
        assert_eq!(app.storage.texts("SELECT last_used_at FROM api_keys").await, ["-"]);
        let answer = get(app, &key, LIST).await;
        assert!(answer.headers.get("set-cookie").is_none());
        assert_eq!(app.cookies.borrow().iter().filter(|cookie| cookie.contains("API")).count(), 0);
        assert_eq!(app.storage.texts("SELECT CAST(last_used_at AS TEXT) FROM api_keys").await, [app.clock.now().as_millis().to_string()]);
        assert!(app.storage.dump().await.iter().all(|(_, value)| !value.contains(secret)));
        let names = app.storage.texts("SELECT action || ' ' || target FROM audit_log ORDER BY seq").await;
        assert_eq!(names.last().unwrap(), "api_key.created Till");
        assert!(matches!(accounts::create_api_key(&app.services, ada.tenant(), " ", "Operator").await, Err(Error::Invalid { .. })));
    }
}

db_test! {
    async fn a_key_that_calls_too_often_waits(app: &TestApp) {
        let ada = app.owner("ada").await;
        let (busy, calm) = (key(app, ada.tenant()).await, key(app, ada.tenant()).await);
        for _ in 0..600 {
            assert!(accounts::find_api_caller(&app.services, &busy.key).await.unwrap().is_some());
        }
        let answer = get(app, &busy, LIST).await;
        assert_eq!((answer.status, answer.code().as_str()), (429, "busy"));
        assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 60);
        assert_eq!(get(app, &calm, LIST).await.status, 200);
        // Who is refused costs the database nothing more, until the next window.
        for _ in 0..3 {
            assert_eq!(get(app, &busy, LIST).await.status, 429);
        }
        assert_eq!(app.storage.texts("SELECT CAST(MAX(hits) AS TEXT) FROM rate_limits").await, ["601"]);
        app.advance(std::time::Duration::from_secs(60));
        assert_eq!(get(app, &busy, LIST).await.status, 200);
    }
}

/// A customer's message to a number.
fn message(number: &str, text: &str) -> Value {
    whatsapp(
        "1",
        number,
        json!({
            "contacts": [{ "profile": { "name": "Mina" }, "wa_id": "34600111222" }],
            "messages": [{ "from": "34600111222", "id": format!("wamid.{text}"), "timestamp": "1780300000", "type": "text", "text": { "body": text } }],
        }),
    )
}

db_test! {
    async fn a_key_sees_and_applies_again_what_is_its_tenants_alone(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let (hers, theirs) = (key(app, ada.tenant()).await, key(app, eve.tenant()).await);
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.hold(&eve, AssetKind::WhatsappNumber, "200").await;
        app.arrive(&[message("100", "canary-hello"), message("200", "other")]).await;
        let listed = ids(&get(app, &hers, LIST).await);
        assert_eq!(listed.len(), 1, "the other delivery is another tenant's");
        let own = format!("{LIST}/{}", listed[0]);
        let told = read(&get(app, &hers, &own).await);
        assert_eq!(told["events"].as_array().unwrap().len(), 1);
        assert!(told["events"][0]["raw"].to_string().contains("canary-hello"), "an owner sees the piece: {told}");

        for (path, body) in [
            (format!("{own}/replay"), None),
            (format!("{LIST}/replay"), Some(json!({ "ids": [listed[0]] }))),
        ] {
            let foreign = call(app, &theirs, Method::POST, &path, body.clone()).await;
            assert_eq!((foreign.status, foreign.code().as_str()), (404, "not_found"), "{path}");
            assert!(!foreign.body.contains("canary"));
            let answer = call(app, &hers, Method::POST, &path, body).await;
            assert_eq!((answer.status, answer.body.as_str()), (202, "{\"replaying\":1}"), "{path}");
        }
        assert_eq!(get(app, &theirs, &own).await.status, 404);
        let all = call(app, &hers, Method::POST, &format!("{LIST}/replay"), Some(json!({ "filter": { "outcome": "applied" } }))).await;
        assert_eq!((all.status, all.body.as_str()), (202, "{\"replaying\":1}"));
        app.idle().await;
        assert_eq!(app.storage.texts("SELECT text FROM messages ORDER BY text").await, ["canary-hello", "other"], "each is there once");
        let by = app.storage.texts("SELECT DISTINCT actor_name FROM audit_log WHERE action = 'deliveries.replayed'").await;
        assert_eq!(by, ["API key Till"]);
    }
}

db_test! {
    async fn ten_megabytes_are_refused_and_change_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, ada.tenant()).await;
        // What is counted against the key is counted for these calls too.
        let rows = async || {
            let mut rows = app.storage.rows().await;
            rows.remove("rate_limits");
            rows
        };
        let before = rows().await;
        let much = "a".repeat(10 * 1024 * 1024);
        for (method, path, field) in [
            (Method::POST, "/api/v1/webhook-endpoints", "url"),
            (Method::POST, "/api/v1/deliveries/replay", "ids"),
            (Method::PATCH, "/api/v1/whatsapp/numbers/ast_00000000000000000000000000000000", "friendly_name"),
        ] {
            let answer = call(app, &key, method, path, Some(json!({ field: much }))).await;
            assert_eq!(answer.status, 413, "{path}: {}", &answer.body[..answer.body.len().min(500)]);
            assert!(!answer.code().is_empty());
            let problem: Value = serde_json::from_str(&answer.body).unwrap();
            for words in ["title", "todo"] {
                assert!(problem[words].as_str().is_some_and(|words| !words.is_empty()), "{path}: {problem}");
            }
            assert!(!answer.body.contains("aaaa"), "what was sent is not repeated");
        }
        assert_eq!(rows().await, before);
        let listed = read(&get(app, &key, "/api/v1/webhook-endpoints").await);
        assert_eq!(listed["endpoints"], json!([]));
    }
}

db_test! {
    async fn a_body_that_is_too_long_is_told_so(app: &TestApp) {
        let ada = app.owner("ada").await;
        let key = key(app, ada.tenant()).await;
        for (bytes, status, code) in [(10 * 1024 * 1024, 413, "api.body_too_long"), (64 * 1024 + 1, 413, "api.body_too_long"), (64 * 1024, 422, "invalid")] {
            let browser = app.visitor();
            let request = browser.request(Method::POST, "/api/v1/deliveries/replay").bearer_auth(key.key.expose_secret());
            let answer = browser.send(request.header("content-type", "application/json").body(vec![b' '; bytes])).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{bytes}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
}
