//! Meta's own Python SDK, pointed at the simulator: it must find everything, page by page.

use simulator::{Options, World};

use crate::harness::Meta;

#[tokio::test(flavor = "multi_thread")]
async fn metas_own_sdk_lists_the_agency() {
    let Ok(python) = std::env::var("ATTACHE_TEST_PYTHON") else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "ATTACHE_TEST_PYTHON must name an interpreter with tests/facebook_business/requirements.txt installed"
        );
        eprintln!(
            "skipped: set ATTACHE_TEST_PYTHON to an interpreter with tests/facebook_business/requirements.txt installed"
        );
        return;
    };
    let meta = Meta::with(Options { world: World::agency(), page_size: Some(7), ..Options::default() }).await;
    let token = meta.token();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/facebook_business/walk.py");
    let output = tokio::process::Command::new(python)
        .arg(script)
        .env("SIMULATOR_URL", meta.running.url.as_str().trim_end_matches('/'))
        .env("APP_ID", &meta.app_id)
        .env("APP_SECRET", &meta.secret)
        .env("ACCESS_TOKEN", &token)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .await
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let world = meta.control.world();
    assert_eq!(found["accounts"], world.pages.iter().filter(|page| page.in_accounts).count());
    assert_eq!(found["pages"], 500);
    assert_eq!(found["instagram"], 180);
    assert_eq!(found["businesses"], 3);
    assert_eq!(found["whatsapp_accounts"], 40);
    assert_eq!(found["phone_numbers"], 120);
    assert_eq!(found["my_ad_accounts"], world.ad_accounts.iter().filter(|account| account.in_me).count());
    assert_eq!(found["ad_accounts"], 60);
    assert_eq!(found["batched"], 50);
    assert_eq!(
        found["error"],
        serde_json::json!({"code": 100, "subcode": 33, "type": "GraphMethodException", "status": 400})
    );
    assert!(meta.control.call_count() > 100, "several pages of every list");
}
