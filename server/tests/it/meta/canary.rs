//! No token, secret, code or proof is ever written down: not in logs, not in `Debug`, not in errors, not in an address.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use secrecy::{ExposeSecret as _, SecretString};
use server::meta::{AccessToken, RedirectBinding};
use simulator::{CodeFlow, Effect, Fault, World};
use tracing_subscriber::fmt::MakeWriter;

use super::Meta;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_is_written_down_on_the_whole_way() {
    let captured = Captured::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(captured.clone())
        .finish();
    let meta = Meta::start(World::corner_shop()).await;
    let guard = tracing::subscriber::set_default(subscriber);

    let page = "http://localhost:3000/connect".to_owned();
    let flow = CodeFlow::Popup { config_id: "700100000000001".into(), page: page.clone() };
    let code = SecretString::from(meta.control().mint_code(&meta.person(0), &flow).unwrap());
    let binding = RedirectBinding::Popup { page_url: page.parse().unwrap() };
    let grant = meta.graph.exchange_code(&code, &binding).await.unwrap();
    let long = meta.graph.exchange_long_lived(&grant.token).await.unwrap();
    let facts = meta.graph.debug_token(&long.token).await.unwrap();
    let found = meta.discover(&long.token).await.unwrap();
    let page_token = found.pages[0].token.clone().unwrap();
    meta.graph.subscribe_page(&found.pages[0].id, &page_token, &["messages"]).await.unwrap();
    let used = meta.graph.exchange_code(&code, &binding).await.unwrap_err();

    // Meta's answer repeats every secret.
    let told = format!(
        "{} {} {} {} {}",
        long.token.expose(),
        page_token.expose(),
        code.expose_secret(),
        meta.graph.app().app_secret.expose_secret(),
        proof(&meta, &long.token),
    );
    let body = serde_json::json!({"error": {"code": 190, "message": told, "error_user_msg": told, "fbtrace_id": told}});
    let _ = meta.control().set_fault(Fault::new(Effect::Body { status: 400, body: body.to_string() }));
    let blabbed = meta.graph.me(&long.token).await.unwrap_err();
    let stopped = meta.discover_with(&facts, &long.token).await.unwrap_err();
    drop(guard);

    let secrets = [
        ("code", code.expose_secret().to_owned()),
        ("short token", grant.token.expose().to_owned()),
        ("long token", long.token.expose().to_owned()),
        ("page token", page_token.expose().to_owned()),
        ("app secret", meta.graph.app().app_secret.expose_secret().to_owned()),
        ("proof", proof(&meta, &long.token)),
        ("page proof", proof(&meta, &page_token)),
    ];
    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("me/accounts") && log.contains("fbtrace_id"), "the log was captured");
    let debug = format!(
        "{:?} {grant:?} {long:?} {facts:?} {found:?} {used:?} {used} {blabbed:?} {blabbed} {stopped:?} {:?}",
        meta.graph,
        blabbed.explain().told(server::words::Language::En)
    );
    let addresses: Vec<String> = meta.control().requests().iter().map(|request| request.path.clone()).collect();
    for (name, secret) in &secrets {
        assert!(!log.contains(secret.as_str()), "{name} in the log");
        assert!(!debug.contains(secret.as_str()), "{name} in a Debug or an error");
        assert!(!addresses.iter().any(|address| address.contains(secret.as_str())), "{name} in an address");
    }
}

/// What the client sends as proof, seen from outside: computed here a second time.
fn proof(meta: &Meta, token: &AccessToken) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(meta.graph.app().app_secret.expose_secret().as_bytes()).unwrap();
    mac.update(token.expose().as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
