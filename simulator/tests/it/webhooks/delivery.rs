//! Who hears of what, and in which bodies.

use serde_json::json;
use simulator::{Content, Mode, Silence, Update};

use super::{INSTAGRAM, PAGE, PHONE, Product, WABA, install, shop};
use crate::harness::Meta;

fn text(text: &str) -> Content {
    Content::Text(text.into())
}

#[tokio::test]
async fn nobody_hears_until_the_app_and_the_asset_are_both_subscribed() {
    let meta = Meta::shop().await;
    let product = Product::start().await;
    let say = || meta.control.customer_does(PAGE, "amara", &text("hello")).unwrap().heard;
    assert_eq!(say(), Err(Silence::NoAppSubscription));
    product.subscribe(&meta, "page", "feed").await;
    assert_eq!(say(), Err(Silence::AppFieldMissing));
    product.subscribe(&meta, "page", "messages").await;
    assert_eq!(say(), Err(Silence::AssetNotInstalled));
    let token = meta.page_token(&meta.token(), PAGE).await;
    let path = format!("v25.0/{PAGE}/subscribed_apps");
    meta.post(&token, &path, &[("subscribed_fields", "feed")]).await;
    assert_eq!(say(), Err(Silence::AssetFieldMissing));
    meta.post(&token, &path, &[("subscribed_fields", "feed,messages")]).await;
    assert_eq!(say(), Ok(()));
    meta.control.edit_world(|world| world.app.mode = Mode::Development).unwrap();
    assert_eq!(say(), Err(Silence::AppInDevelopment));
    meta.control.edit_world(|world| world.app.roles.push("amara".into())).unwrap();
    assert_eq!(say(), Ok(()));
    meta.control.deliver().await;
    assert_eq!(product.heard().len(), 2);
    assert_eq!(meta.control.unheard().len(), 5);
}

#[tokio::test]
async fn instagram_is_heard_through_its_page_and_every_delivery_has_its_place() {
    let (meta, product) = shop().await;
    let done = meta.control.customer_does(INSTAGRAM, "yuki", &text("hi")).unwrap();
    assert_eq!(done.heard, Ok(()));
    meta.control.deliver().await;
    let body = product.bodies().pop().unwrap();
    assert_eq!((&body["object"], &body["entry"][0]["id"]), (&json!("instagram"), &json!(INSTAGRAM)));
    let item = &body["entry"][0]["messaging"][0];
    assert_eq!(item["recipient"]["id"], INSTAGRAM);
    assert_eq!(item["sender"]["id"], done.customer);
    assert_eq!(item["message"]["mid"], done.message_id);
    let attempt = meta.control.attempts().pop().unwrap();
    assert_eq!((attempt.status, attempt.number, attempt.updates), (Some(200), 1, 1));
    assert_eq!(attempt.threads, [format!("{INSTAGRAM}:yuki")]);
}

#[tokio::test]
async fn a_customer_has_another_id_for_every_asset() {
    let (meta, _product) = shop().await;
    let customer = &meta.control.world().customers[0];
    let ids = [customer.psid(PAGE), customer.psid("1"), customer.igsid(INSTAGRAM), customer.igsid("1")];
    let different: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(different.len(), 4);
    assert!(ids.iter().all(|id| id.len() == 16 && !id.starts_with('0') && id.bytes().all(|b| b.is_ascii_digit())));
}

#[tokio::test]
async fn a_numbers_override_beats_the_wabas_and_account_fields_go_to_the_app() {
    let (meta, app) = shop().await;
    let (of_waba, of_number) = (Product::start().await, Product::start().await);
    let token = meta.token();
    let waba = [("override_callback_uri", of_waba.url.as_str()), ("verify_token", "right")];
    assert_eq!(meta.post(&token, &format!("v25.0/{WABA}/subscribed_apps"), &waba).await.status, 200);
    let say = || meta.control.customer_does(PHONE, "jonas", &text("hej")).unwrap();
    say();
    meta.control.deliver().await;
    assert_eq!((app.heard().len(), of_waba.heard().len()), (0, 1));
    let configuration = format!(r#"{{"override_callback_uri":"{}","verify_token":"right"}}"#, of_number.url);
    let set = meta.post(&token, &format!("v25.0/{PHONE}"), &[("webhook_configuration", &configuration)]).await;
    assert_eq!(set.status, 200, "{}", set.text);
    say();
    assert_eq!(meta.control.account_event(WABA, "ACCOUNT_VIOLATION", serde_json::Map::new()), Ok(Ok(())));
    meta.control.deliver().await;
    assert_eq!((app.heard().len(), of_waba.heard().len(), of_number.heard().len()), (1, 1, 1));
    assert_eq!(app.last()["field"], "account_update");
}

#[tokio::test]
async fn a_batch_mixes_tenants_in_one_body_and_holds_as_many_as_allowed() {
    let meta = Meta::agency().await;
    let product = Product::start().await;
    product.subscribe(&meta, "page", "messages").await;
    let token = meta.token();
    let pages: Vec<String> = meta.control.world().pages[..3].iter().map(|page| page.id.clone()).collect();
    for page in &pages {
        let token = meta.page_token(&token, page).await;
        let path = format!("v25.0/{page}/subscribed_apps");
        assert_eq!(meta.post(&token, &path, &[("subscribed_fields", "messages")]).await.status, 200);
    }
    meta.control.switch(|switches| {
        switches.webhooks.held = true;
        switches.webhooks.batch = 1_000;
    });
    for n in 0..1_250 {
        let page = &pages[n / 2 % 3];
        assert_eq!(meta.control.customer_does(page, "amara", &text(&format!("{n}"))).unwrap().heard, Ok(()));
    }
    assert_eq!((meta.control.waiting_updates(), product.heard().len()), (1_250, 0));
    assert_eq!(meta.control.deliver().await, 2);
    let bodies = product.bodies();
    let items = |body: &serde_json::Value| -> Vec<usize> {
        body["entry"].as_array().unwrap().iter().map(|entry| entry["messaging"].as_array().unwrap().len()).collect()
    };
    assert_eq!(items(&bodies[0]), vec![2; 500], "two consecutive messages of a Page share an entry");
    assert_eq!(items(&bodies[1]).iter().sum::<usize>(), 250);
    let ids: std::collections::BTreeSet<_> =
        bodies[0]["entry"].as_array().unwrap().iter().map(|entry| entry["id"].to_string()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(meta.control.attempts().iter().map(|attempt| attempt.updates).collect::<Vec<_>>(), [1_000, 250]);
}

#[tokio::test]
async fn no_body_of_several_updates_is_larger_than_three_megabytes() {
    let (meta, product) = shop().await;
    meta.control.switch(|switches| {
        switches.webhooks.held = true;
        switches.webhooks.batch = 1_000;
    });
    let long = "é".repeat(100_000);
    for _ in 0..12 {
        meta.control.customer_does(PAGE, "amara", &text(&long)).unwrap();
    }
    meta.control.deliver().await;
    let sizes: Vec<usize> = product.heard().iter().map(|heard| heard.body.len()).collect();
    assert_eq!(sizes.len(), 3, "{sizes:?}");
    assert!(sizes.iter().all(|size| *size <= 3_000_000), "{sizes:?}");
    assert!(sizes[0] > 2_000_000, "{sizes:?}");
}

#[tokio::test]
async fn duplicates_repeat_the_same_bytes_and_shuffling_changes_only_the_order() {
    let (meta, product) = shop().await;
    meta.control.switch(|switches| {
        switches.webhooks.held = true;
        switches.webhooks.duplicates = 1;
        switches.webhooks.shuffle = true;
    });
    let sent: Vec<String> = (0..20).map(|n| format!("number {n:02}")).collect();
    for one in &sent {
        meta.control.customer_does(PAGE, "amara", &text(one)).unwrap();
    }
    assert_eq!(meta.control.deliver().await, 40);
    let order: Vec<String> = product
        .bodies()
        .iter()
        .map(|body| body["entry"][0]["messaging"][0]["message"]["text"].as_str().unwrap().to_owned())
        .collect();
    let mut sorted = order.clone();
    sorted.sort();
    assert_ne!(order, sorted);
    sorted.dedup();
    assert_eq!(sorted, sent);
    let bytes: std::collections::HashSet<_> = product.heard().into_iter().map(|heard| heard.body).collect();
    assert_eq!(bytes.len(), 20);
}

#[tokio::test]
async fn a_delivery_can_be_repeated_and_the_dashboards_test_needs_no_installation() {
    let (meta, product) = shop().await;
    meta.control.customer_does(PAGE, "amara", &text("once")).unwrap();
    meta.control.deliver().await;
    let first = meta.control.attempts()[0].delivery;
    assert!(meta.control.redeliver(first).is_some());
    assert_eq!(meta.control.redeliver(99), None);
    meta.control.deliver().await;
    assert_eq!(product.heard()[0].body, product.heard()[1].body);
    meta.delete(&meta.token(), &format!("v25.0/{WABA}/subscribed_apps")).await;
    product.forget();
    for (object, field) in [("page", "messages"), ("instagram", "comments"), ("whatsapp_business_account", "messages")]
    {
        assert!(meta.control.send_sample(object, field));
    }
    assert!(!meta.control.send_sample("permissions", "email"));
    meta.control.deliver().await;
    let bodies = product.bodies();
    assert_eq!(bodies.iter().map(|body| &body["entry"][0]["id"]).collect::<Vec<_>>(), ["0", "0", "0"]);
    assert_eq!(bodies[0]["entry"][0]["changes"][0]["value"]["message"]["text"], "test_message");
    assert_eq!(bodies[2]["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"], "123456123");
}

#[tokio::test]
async fn webhooks_go_out_by_themselves_unless_held() {
    let (meta, product) = shop().await;
    meta.control.hold_webhooks(true);
    meta.control.customer_does(PAGE, "amara", &text("later")).unwrap();
    assert!(product.heard().is_empty());
    meta.control.hold_webhooks(false);
    while product.heard().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(product.last()["message"]["text"], "later");
}

#[tokio::test]
async fn an_update_of_any_shape_can_be_made_over_http() {
    let (meta, product) = shop().await;
    let update = json!({"object": "page", "id": PAGE, "field": "feed", "value": {"item": "reaction", "verb": "add"}});
    let reply = meta.send(meta.http.post(meta.url("_sim/webhooks/event")).json(&update)).await;
    assert_eq!(reply.json, json!({"heard": true}));
    let customer = json!({"asset": PHONE, "customer": "amara", "content": {"text": "over http"}});
    let reply = meta.send(meta.http.post(meta.url("_sim/webhooks/customer")).json(&customer)).await;
    assert_eq!(reply.json["heard"], json!(true), "{}", reply.text);
    let nobody = json!({"asset": PHONE, "customer": "nobody", "content": {"text": "x"}});
    assert_eq!(meta.send(meta.http.post(meta.url("_sim/webhooks/customer")).json(&nobody)).await.status, 422);
    meta.send(meta.http.post(meta.url("_sim/webhooks/deliver"))).await;
    assert_eq!(product.bodies()[0]["entry"][0]["changes"][0]["value"]["item"], "reaction");
    let record = meta.get("_sim/webhooks", &[]).await.json;
    assert_eq!(record["attempts"].as_array().unwrap().len(), 2);
    assert_eq!(record["attempts"][1]["status"], 200);
    assert!(record["attempts"][1]["body"].as_str().unwrap().contains("over http"));
    let unheard = Update::change("user", "1", "email", json!({}));
    assert_eq!(meta.control.emit(unheard), Err(Silence::NoAppSubscription));
}

#[tokio::test]
async fn loading_another_world_forgets_what_was_waiting_and_keeps_the_apps_own_webhooks() {
    let (meta, product) = shop().await;
    meta.control.set_compliance_callbacks(Some("http://127.0.0.1/d"), None);
    meta.control.hold_webhooks(true);
    meta.control.customer_does(PAGE, "amara", &text("gone")).unwrap();
    meta.control.load_named("corner-shop").unwrap();
    assert_eq!(meta.control.deliver().await, 0);
    assert!(product.heard().is_empty());
    assert_eq!(meta.control.world().app.deauthorize_callback_url.as_deref(), Some("http://127.0.0.1/d"));
    assert_eq!(meta.control.customer_does(PAGE, "amara", &text("new")).unwrap().heard, Err(Silence::AssetNotInstalled));
    install(&meta).await;
    assert_eq!(meta.control.customer_does(PAGE, "amara", &text("new")).unwrap().heard, Ok(()));
    let other = simulator::App { id: "1".into(), ..simulator::App::default() };
    let world = simulator::World { app: other, ..simulator::World::corner_shop() };
    meta.control.load_world(world).unwrap();
    assert!(meta.control.subscriptions().is_empty());
}
