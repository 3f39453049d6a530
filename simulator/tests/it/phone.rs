//! The page on which a person plays the customer.

use serde_json::json;
use simulator::{Content, Progress};

use crate::harness::Meta;
use crate::webhooks::{INSTAGRAM, PAGE, PHONE, shop};

async fn page(meta: &Meta, asset: &str) -> crate::harness::Reply {
    meta.get("_sim/phone", &[("asset", asset), ("customer", "amara")]).await
}

#[tokio::test]
async fn it_shows_the_conversation_and_what_the_product_answered() {
    let (meta, product) = shop().await;
    product.answer_next(&[500, 500]);
    meta.control.customer_does(PAGE, "amara", &Content::Text("<b>bold & brave</b>".into())).unwrap();
    meta.control.deliver().await;
    let shown = page(&meta, PAGE).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text.contains("&lt;b&gt;bold &amp; brave&lt;/b&gt;") && !shown.text.contains("<b>bold"));
    assert!(shown.text.contains("500 Internal Server Error") && shown.text.contains("Meta tries again at"));
    assert!(shown.text.contains("Brasa Café") && shown.text.contains("Amara Núñez"));
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(!shown.text.contains("<style") && !shown.text.contains(" onclick"), "nothing inline");
}

#[tokio::test]
async fn it_says_why_nobody_heard() {
    let meta = Meta::shop().await;
    meta.control.customer_does(PHONE, "amara", &Content::Text("anybody?".into())).unwrap();
    let shown = page(&meta, PHONE).await;
    assert!(shown.text.contains("No webhook"), "{}", shown.text);
    assert!(shown.text.contains("The app has no webhook for this kind of asset."));
    assert!(shown.text.contains("optgroup label=\"Not connected\""));
}

#[tokio::test]
async fn text_can_be_sent_without_javascript() {
    let (meta, product) = shop().await;
    let form = [("asset", INSTAGRAM), ("customer", "yuki"), ("text", "  plain form ☕ ")];
    let reply = meta.send(meta.http.post(meta.url("_sim/phone/say")).form(&form)).await;
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, format!("/_sim/phone?asset={INSTAGRAM}&customer=yuki").as_str())
    );
    meta.control.deliver().await;
    assert_eq!(product.last()["message"]["text"], "plain form ☕");
    assert_eq!(meta.control.conversation(INSTAGRAM, "yuki")[0].progress, Progress::Delivered);
    let nobody = [("asset", "1"), ("customer", "yuki"), ("text", "x")];
    assert_eq!(meta.send(meta.http.post(meta.url("_sim/phone/say")).form(&nobody)).await.status, 422);
}

#[tokio::test]
async fn a_picture_is_kept_shown_and_sent() {
    let (meta, product) = shop().await;
    let upload = meta.http.post(meta.url("_sim/phone/file?name=a.png")).header("content-type", "image/png");
    let media = meta.send(upload.body("bytes")).await.json["media"].as_str().unwrap().to_owned();
    let body = json!({"asset": PAGE, "customer": "amara", "content": {"media": {"kind": "image", "media": media}}});
    assert_eq!(meta.send(meta.http.post(meta.url("_sim/webhooks/customer")).json(&body)).await.status, 200);
    meta.control.deliver().await;
    let url = product.last()["message"]["attachments"][0]["payload"]["url"].as_str().unwrap().to_owned();
    assert_eq!(meta.send(meta.http.get(&url)).await.text, "bytes");
    let path = url.split_once("/_sim").unwrap().1;
    assert!(page(&meta, PAGE).await.text.contains(path));
    let guessed = format!("{}x", &url[..url.len() - 1]);
    assert_eq!(meta.send(meta.http.get(guessed)).await.status, 404);
}

#[tokio::test]
async fn an_open_page_hears_of_every_change() {
    let (meta, _product) = shop().await;
    let mut stream = meta.http.get(meta.url("_sim/phone/live")).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = stream.chunk().await.unwrap().unwrap();
    meta.control.business_does(PAGE, "amara", &simulator::Deed::Reply("look".into())).unwrap();
    let second = stream.chunk().await.unwrap().unwrap();
    assert_ne!(first, second);
    let part = meta.get("_sim/phone/part", &[("asset", PAGE), ("customer", "amara")]).await.text;
    assert!(part.contains("look") && part.contains("data-unread") && !part.contains("<html"));
}

#[tokio::test]
async fn an_open_page_does_not_keep_the_server_from_stopping() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let simulator = simulator::Simulator::new(simulator::Options::default());
    let serving = tokio::spawn(simulator::serve(simulator, listener, async {
        let _ = stopped.await;
    }));
    let client = Meta::shop().await.http;
    let mut open = client.get(format!("http://{address}/_sim/phone/live")).send().await.unwrap();
    assert!(open.chunk().await.unwrap().is_some());
    stop.send(()).unwrap();
    assert!(open.chunk().await.unwrap().is_none(), "the stream ends");
    drop((open, client));
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn every_world_has_a_page_even_when_there_is_nobody_to_write_to() {
    for name in simulator::World::NAMES {
        let meta = Meta::start(simulator::World::named(name).unwrap()).await;
        let shown = meta.get("_sim/phone", &[("platform", "whatsapp")]).await;
        assert_eq!(shown.status, 200);
        assert_eq!(shown.text.contains("This world has nobody to write to"), name == "empty", "{name}");
    }
    let meta = Meta::shop().await;
    assert!(meta.get("/", &[]).await.text.contains("href=\"/_sim/phone\""));
}
