//! Things going wrong on purpose.

use std::time::Duration;

use simulator::{Effect, Fault, Revocation};

use crate::harness::Meta;

fn arm(meta: &Meta, fault: Fault) {
    let _ = meta.control.set_fault(fault);
}

#[tokio::test]
async fn an_error_strikes_one_edge_a_number_of_times() {
    let meta = Meta::shop().await;
    let token = meta.token();
    arm(&meta, Fault::error("accounts", 500, 2).times(1));
    let struck = meta.read(&token, "v25.0/me/accounts", &[]).await;
    assert_eq!((struck.status, struck.error().0), (500, 2));
    assert_eq!(meta.read(&token, "v25.0/me", &[]).await.status, 200);
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.status, 200);
}

#[tokio::test]
async fn html_half_a_body_and_a_reset() {
    let meta = Meta::shop().await;
    let token = meta.token();
    arm(&meta, Fault::new(Effect::Html { status: 502 }).on_path("/me/businesses"));
    let html = meta.read(&token, "v25.0/me/businesses", &[]).await;
    assert_eq!((html.status, html.header("content-type")), (502, "text/html; charset=utf-8"));
    for effect in [Effect::HalfBody, Effect::Reset] {
        meta.control.clear_faults();
        arm(&meta, Fault::new(effect));
        let request = meta.http.get(meta.url("v25.0/me")).query(&[("access_token", &token)]);
        let broken = match request.send().await {
            Ok(response) => response.text().await.is_err(),
            Err(_) => true,
        };
        assert!(broken);
    }
}

#[tokio::test]
async fn what_is_held_is_carried_out_when_it_is_let_go() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let held = meta.control.set_fault(Fault::new(Effect::Hold).on_path("/me/accounts"));
    let asked = tokio::join!(meta.read(&token, "v25.0/me/accounts", &[]), async {
        while meta.control.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(meta.read(&token, "v25.0/me", &[]).await.status, 200, "others pass");
        assert_eq!(meta.control.waiting(), 1);
        assert!(meta.control.remove_fault(held));
    });
    assert_eq!(asked.0.status, 200);
}

#[tokio::test]
async fn a_hang_lasts_until_the_client_gives_up() {
    let meta = Meta::shop().await;
    arm(&meta, Fault::new(Effect::Hang));
    let request = meta.http.get(meta.url("v25.0/me")).timeout(Duration::from_millis(50));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(meta.control.requests()[0].ended, None);
}

#[tokio::test]
async fn endless_paging_never_repeats_a_cursor() {
    let meta = Meta::shop().await;
    let token = meta.token();
    arm(&meta, Fault::new(Effect::EndlessPaging).on_edge("accounts"));
    let mut seen = std::collections::BTreeSet::new();
    let mut after = String::new();
    for _ in 0..20 {
        let reply = meta.read(&token, "v25.0/me/accounts", &[("limit", "1"), ("after", &after)]).await;
        assert!(reply.json["paging"]["next"].is_string());
        after = reply.json["paging"]["cursors"]["after"].as_str().unwrap().to_owned();
        assert!(seen.insert(after.clone()));
    }
}

#[tokio::test]
async fn a_token_dies_between_two_calls() {
    let meta = Meta::shop().await;
    let token = meta.token();
    arm(&meta, Fault::new(Effect::Revoke(Revocation::PasswordChanged)).on_edge("businesses"));
    assert_eq!(meta.read(&token, "v25.0/me/accounts", &[]).await.status, 200);
    assert_eq!(meta.read(&token, "v25.0/me/businesses", &[]).await.error(), (190, Some(460)));
}
