//! Several apps in one world: each knows its own grants, tokens and webhooks alone.

use serde_json::json;
use simulator::{App, CodeFlow, Consent, Content};

use crate::harness::{CALLBACK, EVERYTHING, Meta, param};

const PAGE: &str = "110220330440551";
const OTHER: &str = "2093847561029384";
const OTHER_SECRET: &str = "9e37a0b2d7c14f5681d3e4c6b0a2f95f";

/// The same Meta with a second app, and how that app asks.
async fn two() -> (Meta, Meta) {
    let first = Meta::shop().await;
    let app = App { id: OTHER.into(), secret: OTHER_SECRET.into(), name: "Other".into(), ..App::default() };
    first.control.add_app(app).unwrap();
    let other = Meta {
        running: simulator::start(simulator::Options::default()).await.unwrap(),
        control: first.control.clone(),
        http: first.http.clone(),
        app_id: OTHER.into(),
        secret: OTHER_SECRET.into(),
    };
    (first, other)
}

impl Meta {
    /// Asks at the address of `at`, as this app.
    async fn granted(&self, at: &Self) -> String {
        let dialog = at.dialog(&[("scope", EVERYTHING)]).replace(&at.app_id, &self.app_id);
        let back = at.control.approve(&dialog, &Consent::everything()).unwrap();
        let code = param(&back, "code").unwrap();
        let params = [
            ("client_id", self.app_id.as_str()),
            ("client_secret", &self.secret),
            ("code", &code),
            ("redirect_uri", CALLBACK),
        ];
        let reply = at.get("v25.0/oauth/access_token", &params).await;
        reply.json["access_token"].as_str().unwrap_or_else(|| panic!("{}", reply.text)).to_owned()
    }
}

#[tokio::test]
async fn a_token_is_of_the_app_that_the_dialog_was_opened_for() {
    let (first, other) = two().await;
    let token = other.granted(&first).await;
    let app = other.app_token();
    let asked = [("input_token", token.as_str()), ("access_token", &app)];
    let debugged = first.get("v25.0/debug_token", &asked).await.json["data"].clone();
    assert_eq!((&debugged["app_id"], &debugged["is_valid"]), (&json!(OTHER), &json!(true)));
    // The first app cannot look into it, nor call with its own proof.
    let app = first.app_token();
    let refused = first.get("v25.0/debug_token", &[("input_token", &token), ("access_token", &app)]).await;
    assert_eq!(refused.message(), "(#100) The App_id in the input_token did not match the Viewing App");
    assert_eq!(first.read(&token, "v25.0/me", &[]).await.error().0, 100);
    let proof = other.proof(&token);
    let own = first.get("v25.0/me", &[("access_token", &token), ("appsecret_proof", &proof)]).await;
    assert_eq!(own.status, 200, "{}", own.text);
    // What the person gave to one is not given to the other.
    assert!(!first.control.has_granted(&first.owner()));
}

#[tokio::test]
async fn a_code_and_a_secret_of_one_app_are_nothing_to_another() {
    let (first, _other) = two().await;
    let flow = CodeFlow::Redirect { redirect_uri: CALLBACK.into(), scope: EVERYTHING.into() };
    let code = first.control.mint_code(&first.owner(), &flow).unwrap();
    let ask = |id: &'static str, secret: String, code: String| {
        let first = &first;
        async move {
            let params = [("client_id", id), ("client_secret", &secret), ("code", &code), ("redirect_uri", CALLBACK)];
            first.get("v25.0/oauth/access_token", &params).await
        }
    };
    let wrong = ask(OTHER, first.secret.clone(), code.clone()).await;
    assert_eq!(wrong.message(), "Error validating client secret.");
    let foreign = ask(OTHER, OTHER_SECRET.into(), code.clone()).await;
    assert_eq!(foreign.message(), "Invalid verification code format.");
    assert_eq!(first.exchange(&code, Some(CALLBACK)).await.status, 200);
    let app = format!("{OTHER}|{OTHER_SECRET}");
    let details = first.get(&format!("v25.0/{OTHER}"), &[("fields", "name"), ("access_token", &app)]).await;
    assert_eq!(details.json["name"], json!("Other"));
    let others = first.get(&format!("v25.0/{}", first.app_id), &[("fields", "name"), ("access_token", &app)]).await;
    assert_eq!(others.status, 400, "{}", others.text);
}

#[tokio::test]
async fn each_app_is_installed_and_told_by_itself() {
    let (first, other) = two().await;
    let path = format!("v25.0/{PAGE}/subscribed_apps");
    let user = other.granted(&first).await;
    let page = first
        .get(
            &format!("v25.0/{PAGE}"),
            &[("fields", "access_token"), ("access_token", user.as_str()), ("appsecret_proof", &other.proof(&user))],
        )
        .await;
    let token = page.json["access_token"].as_str().unwrap().to_owned();
    let form = [("subscribed_fields", "messages"), ("access_token", &token), ("appsecret_proof", &other.proof(&token))];
    let done = first.send(first.http.post(first.url(&path)).form(&form)).await;
    assert_eq!(done.json, json!({"success": true}), "{}", done.text);
    let own = first.page_token(&first.token(), PAGE).await;
    assert_eq!(first.read(&own, &path, &[]).await.json, json!({"data": []}), "the first app is not installed");
    let customer = first.control.world().customers[0].id.clone();
    first.control.customer_does(PAGE, &customer, &Content::Text("hello".into())).unwrap();
    assert_eq!(first.control.deliver().await, 0, "neither has a callback");
}
