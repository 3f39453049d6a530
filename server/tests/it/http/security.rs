//! Security headers, cookies, and requests that come from elsewhere.

use std::collections::HashSet;

use reqwest::Method;

use crate::support::{Setup, TestApp};

fn https() -> Setup {
    Setup { public_url: Some("https://attache.example.com/"), ..Setup::default() }
}

fn without_meta() -> Setup {
    Setup { meta_app: false, ..Setup::default() }
}

db_test! {
    async fn every_answer_has_the_security_headers(app: &TestApp) {
        let ada = app.owner("ada").await;
        for path in ["/test/who", "/oauth/meta/callback", "/events?attempt=x", "/test/panic"] {
            let answer = ada.browser.get(path).await;
            let header = |name| answer.header(name);
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin-allow-popups", "{path}");
            assert_eq!(header("referrer-policy"), "same-origin", "{path}");
            assert!(header("permissions-policy").contains("camera=()"), "{path}");
            assert_eq!(header("cache-control"), "no-store", "{path}");
            assert_eq!(header("strict-transport-security"), "", "only over https");
            let policy = header("content-security-policy");
            for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        }
    }
}

db_test! {
    async fn the_policy_lets_meta_in_where_the_settings_say_meta_is(app: &TestApp) {
        let policy = app.visitor().get("/test/nonce").await.header("content-security-policy").to_owned();
        let meta = app.meta().base().origin().ascii_serialization();
        let directive = |name: &str| policy.split("; ").find(|part| part.starts_with(name)).unwrap().to_owned();
        for name in ["script-src", "connect-src", "frame-src", "form-action"] {
            assert!(directive(name).contains(&meta), "{policy}");
        }
        assert!(!directive("style-src").contains(&meta) && !directive("img-src").contains(&meta));
    }
}

db_test! {
    async fn without_a_meta_app_only_our_own_pages_are_let_in(app: &TestApp, without_meta()) {
        let answer = app.visitor().get("/test/nonce").await;
        let policy = answer.header("content-security-policy");
        assert!(!policy.contains("http"), "{policy}");
        let ada = app.owner("ada").await;
        let flow = server::db::attempts::Flow::Redirect;
        let refused = server::connect::begin(&app.services, &ada.actor, &ada.session, flow, None).await;
        let conflict = matches!(&refused, Err(server::error::Error::Conflict(why)) if why.code == "meta.not_configured");
        assert!(conflict, "{refused:?}");
    }
}

db_test! {
    async fn each_answer_has_a_nonce_of_its_own(app: &TestApp) {
        let mut seen = HashSet::new();
        for _ in 0..5 {
            let answer = app.visitor().get("/test/nonce").await;
            let nonce = answer.body.clone();
            assert!(nonce.len() >= 22, "{nonce}");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains(&format!("script-src 'self' 'nonce-{nonce}'")), "{policy}");
            assert!(seen.insert(nonce));
        }
    }
}

db_test! {
    async fn changes_from_other_sites_are_refused(app: &TestApp) {
        let ada = app.owner("ada").await;
        let own = app.base.origin().ascii_serialization();
        let foreign: [(&str, &str); 5] = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:1"),
        ];
        for (name, value) in foreign {
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
                let request = ada.browser.request(method.clone(), "/test/sign-out").header(name, value);
                let answer = ada.browser.send(request).await;
                assert_eq!((answer.status, answer.code().as_str()), (400, "http.cross_origin"), "{method} {name} {value}");
            }
        }
        let read = ada.browser.request(Method::GET, "/test/who").header("sec-fetch-site", "cross-site");
        assert_eq!(ada.browser.send(read).await.status, 200, "a link from elsewhere may be followed");
        for (name, value) in [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", own.as_str())] {
            let request = ada.browser.request(Method::POST, "/test/body").header(name, value);
            assert_eq!(ada.browser.send(request).await.status, 200, "{name} {value}");
        }
    }
}

db_test! {
    async fn over_http_the_cookie_is_as_safe_as_it_can_be(app: &TestApp) {
        let ada = app.owner("ada").await;
        let path = format!("/test/sign-in?user={}", ada.actor.user_id);
        let answer = app.visitor().post(&path).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("attache="), "{cookie}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
        let reading = app.visitor().get("/test/nonce").await;
        assert_eq!(reading.header("set-cookie"), "", "a visitor who does nothing gets no cookie");
    }
}

db_test! {
    async fn over_https_the_cookie_is_bound_to_the_host(app: &TestApp, https()) {
        let user = server::accounts::create_operator(&app.services, "Op", "op@example.com", crate::support::password("op")).await.unwrap();
        let answer = app.visitor().post(&format!("/test/sign-in?user={user}")).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("__Host-attache="), "{cookie}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    }
}
