//! The walk: each failure is provoked by its number, met by the product on the production router, and told by its stable
//! name; and a connection changes its state exactly when Meta's answer is about the credential.

use server::{
    asset_kind::AssetKind,
    connect::{self, AttemptView, status},
    db::attempts::Phase,
    error::Error,
    ingest,
    meta::MetaError,
    words::{
        failures::Effect,
        help::{self, Row},
    },
};
use simulator::{CodeFlow, Consent, Content, ErrorPage};

use super::rows::{Met, ROWS, Script};
use crate::support::{Answer, Person, TestApp, signed_by, usable};

const SCOPES: &str = "pages_show_list,pages_messaging";

/// Walks one row.
async fn walk(app: &TestApp, number: u8) {
    app.expect_refusals();
    app.expect_jobs();
    let row = &help::ROWS[usize::from(number) - 1];
    let ada = app.owner("ada").await;
    let left = match &ROWS[usize::from(number) - 1] {
        Met::Page(text) => page(app, &ada, row, text).await,
        Met::PopupPage(text) => popup_page(app, row, text),
        Met::Browser(script) => browser(app, &ada, row, script).await,
        Met::Return(code) => returns(app, &ada, row, code).await,
        Met::Asset(kind, code) => asset(app, &ada, row, *kind, code).await,
        Met::Without(kind) => without(app, &ada, row, *kind).await,
        Met::Unreached(code) => unreached(app, &ada, row, code).await,
        Met::Works => works(app, &ada, row).await,
        Met::Ends(code) => ends(app, &ada, row, code).await,
        Met::Unasked(code) => unasked(app, &ada, row, code).await,
        Met::StillWorks => still_works(app, &ada, row).await,
        Met::Lapses => lapses(app, &ada, row).await,
        Met::Refused(code) => refused(app, &ada, row, code).await,
        Met::Fails(code) => fails(app, &ada, row, code).await,
        Met::Silence(kind) => silence(app, &ada, row, *kind).await,
        Met::Written => written(app, &ada, row).await,
        Met::Contested(code) => contested(app, &ada, row, code).await,
        Met::Sync(code) => sync(app, &ada, row, code).await,
    };
    assert_eq!(app.see("SELECT status FROM connections ORDER BY id").await, left, "row {number}");
    assert_eq!(left.contains(&"error"), row.effect == Effect::Ended, "row {number} says what it does to a connection");
}

/// The states of the connections that a row leaves.
type Left = Vec<&'static str>;

fn provoke(app: &TestApp, row: &Row) {
    assert!(app.meta().provoke(row.number));
}

async fn page(app: &TestApp, ada: &Person, row: &Row, text: &str) -> Left {
    provoke(app, row);
    let begun = app.begin(ada).await;
    let shown = app.meta().approve(begun.dialog_url.as_str(), &Consent::everything()).unwrap_err();
    tells(&shown, text);
    assert_eq!(app.view(ada, &begun.attempt).await.phase, Phase::Waiting, "the browser never came back");
    Vec::new()
}

fn popup_page(app: &TestApp, row: &Row, text: &str) -> Left {
    provoke(app, row);
    let flow = CodeFlow::ClassicPopup { scope: SCOPES.into(), page: app.base.join("connect").unwrap().into() };
    tells(&app.meta().mint_code("10215550001110001", &flow).unwrap_err(), text);
    Vec::new()
}

fn tells(shown: &ErrorPage, text: &str) {
    let (title, sentence) = shown.text();
    assert!(format!("{title} {sentence}").contains(text), "{title}: {sentence}");
}

/// The way by redirect needs neither Meta's script nor a window.
async fn browser(app: &TestApp, ada: &Person, row: &Row, script: &Script) -> Left {
    provoke(app, row);
    let sdk = app.caller().get(app.meta().base().join("en_US/sdk.js").unwrap().as_str()).await;
    match script {
        Script::Missing => assert_eq!(sdk.status, 404),
        Script::RefusesHttp => assert!(sdk.body.contains(r#""refuseHttp":true"#)),
        Script::Severed => {
            let begun = app.begin(ada).await;
            let dialog = app.caller().get(begun.dialog_url.as_str()).await;
            assert_eq!(dialog.header("cross-origin-opener-policy"), "same-origin");
        }
    }
    works_now(app, ada).await
}

async fn works_now(app: &TestApp, ada: &Person) -> Left {
    app.connected(ada).await;
    let seen = overview(app, ada).await;
    assert!(!seen.assets.is_empty() && seen.assets.iter().all(|status| status.ladder.problem().is_none()));
    vec!["connected"]
}

async fn returns(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    provoke(app, row);
    let begun = app.begin(ada).await;
    let view = app.finished(ada, &begun, &Consent::everything()).await;
    let problem = view.problem.unwrap();
    assert_eq!((view.phase, problem.code.as_ref()), (Phase::Failed, code));
    assert_eq!(app.see("SELECT id FROM credentials").await, Vec::<String>::new(), "no token is kept");
    Vec::new()
}

async fn asset(app: &TestApp, ada: &Person, row: &Row, kind: AssetKind, code: &str) -> Left {
    provoke(app, row);
    let view = app.discovered(ada).await;
    let of_kind = || view.assets.iter().filter(|it| it.asset.kind == kind);
    let unusable: Vec<_> = of_kind().filter_map(|it| it.unusable.as_ref()).map(|why| why.code.to_string()).collect();
    if !unusable.is_empty() {
        assert!(unusable.iter().all(|why| why == code) && unusable.len() == of_kind().count(), "{unusable:?}");
        return vec!["pending"];
    }
    choose_all(app, ada, &view).await;
    let seen = overview(app, ada).await;
    let problem = seen.assets.iter().filter(|status| status.asset.kind == kind).find_map(|status| {
        let steps = status.steps.iter().find_map(|step| match &step.state {
            status::RungState::Failed(why, _) => Some(why),
            _ => None,
        });
        status.ladder.problem().map(|(_, why)| why).or(steps)
    });
    assert_eq!(problem.map(|why| why.code.as_ref()), Some(code), "{view:?}");
    vec!["connected"]
}

async fn without(app: &TestApp, ada: &Person, row: &Row, kind: AssetKind) -> Left {
    provoke(app, row);
    let view = app.connected(ada).await;
    assert!(!view.assets.is_empty() && view.assets.iter().all(|it| it.asset.kind != kind));
    vec!["connected"]
}

async fn unreached(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    provoke(app, row);
    app.connected(ada).await;
    assert_eq!(overview(app, ada).await.unreached.unwrap().code, code);
    vec!["connected"]
}

async fn works(app: &TestApp, ada: &Person, row: &Row) -> Left {
    provoke(app, row);
    works_now(app, ada).await
}

async fn ends(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    let id = app.connected(ada).await.connection.unwrap().id;
    provoke(app, row);
    let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
    assert_eq!(report.problem.unwrap().code, code);
    let status::Banner::Error { problem, .. } = overview(app, ada).await.banner else { panic!("nobody is told") };
    assert_eq!(problem.code, code);
    let calls = app.meta().call_count();
    app.run_jobs().await;
    assert_eq!(app.meta().call_count(), calls, "Meta is left alone until somebody connects again");
    vec!["error"]
}

async fn unasked(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    let id = app.connected(ada).await.connection.unwrap().id;
    provoke(app, row);
    let failed = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap_err();
    assert_eq!(failed.explain().code, code);
    assert!(matches!(failed, Error::Meta(_)));
    vec!["connected"]
}

async fn still_works(app: &TestApp, ada: &Person, row: &Row) -> Left {
    let id = app.connected(ada).await.connection.unwrap().id;
    provoke(app, row);
    let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
    assert_eq!(report.problem, None);
    assert!(matches!(overview(app, ada).await.banner, status::Banner::Connected { .. }));
    vec!["connected"]
}

async fn lapses(app: &TestApp, ada: &Person, row: &Row) -> Left {
    let id = app.connected(ada).await.connection.unwrap().id;
    provoke(app, row);
    let report = connect::check_connection(&app.services, &ada.actor, &id).await.unwrap();
    assert_eq!((report.asked, report.problem), (0, None), "lists that Meta empties say nothing of the assets");
    let seen = overview(app, ada).await;
    let status::Banner::Expired { at, .. } = seen.banner else { panic!("nobody is told: {:?}", seen.banner) };
    assert_eq!(at, app.clock.now());
    assert!(seen.assets.iter().all(|status| status.ladder.problem().is_none()));
    vec!["connected"]
}

async fn refused(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    app.connected(ada).await;
    provoke(app, row);
    let answer = send(app, "messages", &message(app)).await;
    assert_eq!(told(&answer), code);
    vec!["connected"]
}

async fn fails(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    app.connected(ada).await;
    provoke(app, row);
    let answer = send(app, "messages", &message(app)).await;
    assert_eq!(answer.status, 200, "Meta takes it: {answer:?}");
    app.meta().deliver().await;
    ingest::drain(&app.services).await.unwrap();
    assert_eq!(app.see("SELECT status FROM messages").await, ["failed"]);
    let list = ingest::deliveries::list(&app.services, &ada.actor, &Default::default(), 10).await.unwrap();
    let one = ingest::deliveries::get(&app.services, &ada.actor, list.rows[0].id).await.unwrap();
    assert_eq!(one.events[0].problem.as_ref().unwrap().code, code);
    vec!["connected"]
}

async fn silence(app: &TestApp, ada: &Person, row: &Row, kind: AssetKind) -> Left {
    app.connected(ada).await;
    provoke(app, row);
    let seen = overview(app, ada).await;
    let asset = seen.assets.iter().find(|status| status.asset.kind == kind).unwrap();
    let customer = app.meta().world().customers[0].id.clone();
    let done = app.meta().customer_does(&asset.asset.meta_id, &customer, &Content::Text("hello".into())).unwrap();
    assert!(done.heard.is_err());
    app.meta().deliver().await;
    ingest::drain(&app.services).await.unwrap();
    let seen = overview(app, ada).await;
    let asset = seen.assets.iter().find(|status| status.asset.kind == kind).unwrap();
    assert!(asset.asset.active_at.is_none() && asset.ladder.problem().is_none(), "it waits for a first message");
    vec!["connected"]
}

async fn written(app: &TestApp, ada: &Person, row: &Row) -> Left {
    const TEXT: &str = "¡Hola, señor! 😀 <b>100 %</b> @café";
    app.connected(ada).await;
    provoke(app, row);
    let (number, customer) = (number(app), app.meta().world().customers[0].id.clone());
    app.meta().customer_does(&number, &customer, &Content::Text(TEXT.into())).unwrap().heard.unwrap();
    app.meta().deliver().await;
    ingest::drain(&app.services).await.unwrap();
    assert_eq!(app.see("SELECT text FROM messages").await, [TEXT]);
    assert!(app.refused().await.is_empty());
    vec!["connected"]
}

async fn contested(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    let held = usable(&app.connected(ada).await);
    provoke(app, row);
    let eve = app.owner("eve").await;
    let view = app.discovered(&eve).await;
    assert!(view.assets.iter().filter(|it| held.contains(&it.asset.meta_id)).all(|it| it.held_elsewhere));
    let wanted: Vec<_> = view.assets.iter().filter(|it| it.held_elsewhere).map(|it| it.asset.id.clone()).collect();
    let refused = connect::choose(&app.services, &eve.actor, &view.id, &wanted).await.unwrap_err();
    assert_eq!(refused.explain().code, code);
    vec!["connected", "pending"]
}

async fn sync(app: &TestApp, ada: &Person, row: &Row, code: &str) -> Left {
    app.connected(ada).await;
    provoke(app, row);
    let body = serde_json::json!({"messaging_product": "whatsapp", "sync_type": "history"});
    assert_eq!(told(&send(app, "smb_app_data", &body).await), code);
    vec!["connected"]
}

async fn overview(app: &TestApp, who: &Person) -> status::Overview {
    status::overview(&app.services, &who.actor).await.unwrap()
}

async fn choose_all(app: &TestApp, who: &Person, view: &AttemptView) {
    let all = usable(view);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    app.choose(who, view, &all).await;
}

fn number(app: &TestApp) -> String {
    app.meta().world().phone_numbers[0].id.clone()
}

fn message(app: &TestApp) -> serde_json::Value {
    let customer = app.meta().world().customers[0].phone.clone();
    serde_json::json!({"messaging_product": "whatsapp", "to": customer, "type": "text", "text": {"body": "Your order is ready."}})
}

/// A program posts to the first number's edge, as the owner.
async fn send(app: &TestApp, edge: &str, body: &serde_json::Value) -> Answer {
    let token = app.meta().mint_user_token("10215550001110001");
    let proof = signed_by(&app.app_secret(), token.as_bytes());
    let proof = proof.trim_start_matches("sha256=");
    let url = app.meta().base().join(&format!("v25.0/{}/{edge}?appsecret_proof={proof}", number(app))).unwrap();
    let request = app.caller().request(reqwest::Method::POST, url.as_str()).bearer_auth(token).json(body);
    app.caller().send(request).await
}

/// How the product names an error of Meta's.
fn told(answer: &Answer) -> String {
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    MetaError::told(&body["error"]).unwrap().stable_code().to_owned()
}

macro_rules! rows {
    ($($name:ident $number:literal)*) => {
        $(db_test! {
            async fn $name(app: &TestApp) {
                walk(app, $number).await;
            }
        })*

        #[test]
        fn every_row_is_walked() {
            assert_eq!([$($number),*], std::array::from_fn::<u8, 38, _>(|place| u8::try_from(place + 1).unwrap()));
        }
    };
}

rows! {
    row_01 1 row_02 2 row_03 3 row_04 4 row_05 5 row_06 6 row_07 7 row_08 8 row_09 9 row_10 10
    row_11 11 row_12 12 row_13 13 row_14 14 row_15 15 row_16 16 row_17 17 row_18 18 row_19 19 row_20 20
    row_21 21 row_22 22 row_23 23 row_24 24 row_25 25 row_26 26 row_27 27 row_28 28 row_29 29 row_30 30
    row_31 31 row_32 32 row_33 33 row_34 34 row_35 35 row_36 36 row_37 37 row_38 38
}
