//! Every page in every state is well-formed for people and for the content security policy.
#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, dead_code)]

#[path = "../../examples/gallery/assets.rs"]
mod assets;
#[path = "../../examples/gallery/cards.rs"]
mod cards;
#[path = "../../examples/gallery/checks.rs"]
mod checks;
#[path = "../../examples/gallery/connect.rs"]
mod connect;
#[path = "../../examples/gallery/desk.rs"]
mod desk;
#[path = "../../examples/gallery/developers.rs"]
mod developers;
#[path = "../../examples/gallery/numbers.rs"]
mod numbers;
#[path = "../../examples/gallery/people.rs"]
mod people;
#[path = "../../examples/gallery/scenes/mod.rs"]
mod scenes;
#[path = "../../examples/gallery/setup.rs"]
mod setup;
#[path = "../../examples/gallery/ways.rs"]
mod ways;
#[path = "../../examples/gallery/webhooks.rs"]
mod webhooks;
#[path = "../../examples/gallery/wizard.rs"]
mod wizard;

mod connecting;

use app::visit::Visit;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use server::words::Language;
use std::collections::HashSet;

pub(crate) const NOW: i64 = 1_795_167_900_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

async fn draw(scene: scenes::Scene) -> String {
    draw_for(scene, Language::En).await
}

/// The page as somebody sees it who reads this language.
async fn draw_for(scene: scenes::Scene, language: Language) -> String {
    let options = LeptosOptions::builder().output_name("attache").site_pkg_dir("pkg").build();
    let visit = Visit {
        now: NOW,
        language,
        viewer: scene.viewer,
        path: scene.path.into(),
        query: scene.query.into(),
        outcome: scene.outcome,
        done: scene.done.map(Into::into),
        ..Visit::default()
    };
    let view = scene.view;
    let page = move || {
        leptos_meta::provide_meta_context();
        app::shell(&options, view())
    };
    let request = Request::get(scene.path).body(Body::empty()).unwrap();
    let context = move || provide_context(visit.clone());
    let response = leptos_axum::render_app_async_with_context(context, page)(request).await;
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

/// The opening tags of the elements named `name`.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name}");
    page.match_indices(&start)
        .map(|(at, _)| &page[at..at + page[at..].find('>').unwrap()])
        .filter(|tag| tag[start.len()..].starts_with([' ', '/']) || tag.len() == start.len())
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&tag[from..from + tag[from..].find('"')?])
}

/// The words of the label around a tag, as the wizard's boxes and the choices about history have one.
fn label_around(page: &str, tag: &str) -> Option<String> {
    let at = tag.as_ptr() as usize - page.as_ptr() as usize;
    let from = page[..at].rfind("<label")?;
    let label = &page[from..from + page[from..].find("</label>")?];
    let words: String = label.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    (at < from + label.len()).then(|| words.trim().to_owned())
}

/// The page without its scripts, whose text is no markup.
fn without_scripts(page: &str) -> String {
    let mut parts = page.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |markup, part| markup + part.split_once("</script>").map_or("", |(_, after)| after))
}

#[tokio::test]
async fn every_page_has_a_title_one_heading_and_its_landmarks() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for scene in scenes::all() {
        let name = scene.name;
        let page = draw(scene).await;
        assert!(page.contains("<html lang=\"en\""), "{name}: language");
        assert!(page.contains("<title>") && !page.contains("<title></title>"), "{name}: title");
        assert_eq!(tags(&page, "h1").len(), 1, "{name}: one h1");
        assert_eq!(tags(&page, "main").len(), 1, "{name}: one main");
        assert!(page.contains("id=\"content\""), "{name}: target of the skip link");
    }
}

#[tokio::test]
async fn every_input_has_a_label_and_every_id_is_unique() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for scene in scenes::all() {
        let name = scene.name;
        let page = draw(scene).await;
        let labels: HashSet<&str> = tags(&page, "label").into_iter().filter_map(|tag| attribute(tag, "for")).collect();
        let inputs = [tags(&page, "input"), tags(&page, "select"), tags(&page, "textarea")].concat();
        for input in inputs.into_iter().filter(|tag| attribute(tag, "type") != Some("hidden")) {
            let named = attribute(input, "aria-label").is_some_and(|label| !label.is_empty())
                || attribute(input, "id").is_some_and(|id| labels.contains(id))
                || label_around(&page, input).is_some_and(|words| !words.is_empty());
            assert!(named, "{name}: {input}");
        }
        let mut seen = HashSet::new();
        for at in page.match_indices(" id=\"").map(|(at, _)| at) {
            let id = attribute(&page[at..], "id").unwrap();
            assert!(seen.insert(id), "{name}: the id {id} is there twice");
        }
    }
}

#[tokio::test]
async fn nothing_on_a_page_needs_inline_code_or_styles() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for scene in scenes::all() {
        let name = scene.name;
        let page = draw(scene).await;
        assert!(tags(&page, "script").iter().all(|tag| attribute(tag, "nonce").is_some()), "{name}: nonce");
        let markup = without_scripts(&page);
        assert!(!markup.contains(" style=\"") && !markup.contains("<style"), "{name}: no inline style");
        for handler in [" onclick=", " onload=", " onsubmit=", " onchange=", "javascript:"] {
            assert!(!markup.contains(handler), "{name}: {handler}");
        }
    }
}

#[tokio::test]
async fn a_state_is_never_colour_alone() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for scene in scenes::all() {
        let name = scene.name;
        let page = draw(scene).await;
        for (at, tag) in page.match_indices("class=\"pill ") {
            let rest = &page[at + tag.len()..];
            let word = &rest[rest.find('>').unwrap() + 1..rest.find('<').unwrap()];
            assert!(!word.trim().is_empty(), "{name}: a pill without a word");
        }
    }
}

async fn drawn(name: &str) -> String {
    draw(scenes::all().into_iter().find(|scene| scene.name == name).unwrap()).await
}

/// The markup from the first `start` to the next `end`.
fn part<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let from = &page[page.find(start).unwrap()..];
    &from[..from.find(end).unwrap()]
}

#[tokio::test]
async fn a_number_with_a_pin_shows_its_steps_and_asks_for_it() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("status-pin").await;
    let steps = part(&page, "aria-label=\"Steps after the choice\"", "</ul>");
    assert_eq!(steps.matches("<li").count(), 3);
    assert_eq!((steps.matches("Done: ").count(), steps.matches("Failed: ").count()), (2, 1), "each says how it stands");
    assert!(steps.contains("It has a two-step PIN already"), "and why it failed");
    let form = part(&page, "action=\"/?do=enter-pin\"", "</form>");
    assert!(form.contains("name=\"number\" value=\"ast_4\"") && form.contains("name=\"pin\""));
    assert!(!page.contains("do=try-again"), "a PIN is not guessed again");

    let wrong = drawn("status-pin-wrong").await;
    let form = part(&wrong, "action=\"/?do=enter-pin\"", "</form>");
    assert!(form.contains("A PIN is six digits.") && form.contains("aria-invalid=\"true\""));
    assert!(
        !tags(form, "input")
            .iter()
            .any(|tag| attribute(tag, "name") == Some("pin") && attribute(tag, "value").is_some_and(|v| !v.is_empty()))
    );
}

#[tokio::test]
async fn a_step_that_failed_says_why_and_can_be_tried_again_by_who_may() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("status-refused").await;
    let steps = part(&page, "aria-label=\"Steps after the choice\"", "</ul>");
    assert!(steps.contains("does not list it when asked"));
    let table = part(&page, "<table", "</table>");
    assert_eq!(table.matches("does not list it when asked").count(), 1, "it is said once");
    assert!(part(&page, "action=\"/?do=try-again\"", "</form>").contains("name=\"again\" value=\"ast_3\""));

    let done = drawn("status-open").await;
    assert!(!done.contains("do=try-again") && !done.contains("do=enter-pin"), "nothing to press where all is done");
}

#[tokio::test]
async fn an_ad_account_says_that_meta_sends_nothing() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("status-ads").await;
    assert!(page.contains("Meta sends nothing here") && !page.contains("Steps after the choice"));
}

#[tokio::test]
async fn what_was_done_is_read_first_and_what_failed_before_it() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let focused = |page: &str| {
        let paragraphs = tags(page, "p").into_iter().filter(|tag| tag.contains(" autofocus")).map(str::to_owned);
        paragraphs.collect::<Vec<_>>()
    };
    let done = focused(&drawn("status-tested").await);
    assert_eq!(done.len(), 1, "{done:?}");
    assert!(done[0].contains("role=\"status\"") && attribute(&done[0], "tabindex") == Some("-1"), "{done:?}");

    let scene = scenes::all().into_iter().find(|scene| scene.name == "number-wrong-pin").unwrap();
    let failed = draw(scenes::Scene { done: Some("request-code"), ..scene }).await;
    assert!(failed.contains("Meta sends the code now.") && failed.contains("role=\"alert\""));
    assert_eq!(focused(&failed), Vec::<String>::new(), "the alert has the focus");
}

#[tokio::test]
async fn who_follows_an_attempt_needs_no_refresh_where_scripts_run() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for guest in [None, Some("Brasa Café Group".to_owned())] {
        let state = app::dto::attempt::AttemptState::Discovering(app::dto::attempt::Progress::default());
        let page = app::dto::attempt::AttemptPage { guest: guest.clone(), ..connect::attempt(state) };
        let scene = scenes::all().into_iter().find(|scene| scene.name == "attempt-discovering").unwrap();
        let view = std::sync::Arc::new(move || app::pages::attempt::attempt_page(page.clone()));
        let page = draw(scenes::Scene { view, ..scene }).await;
        assert!(page.contains("data-component=\"LiveProgress"), "{guest:?}");
        assert_eq!(page.matches("http-equiv=\"refresh\"").count(), 1, "{guest:?}");
        assert!(part(&page, "<noscript>", "</noscript>").contains("http-equiv=\"refresh\""), "{guest:?}");
    }
}

#[tokio::test]
async fn what_is_explained_names_its_language_wherever_it_stands() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for (name, text) in [
        ("number-unregistered", "This number needs its PIN."),
        ("number-business-app", "The earlier chats are not shared."),
        ("deliveries", "It could not be applied."),
        ("delivery-failed", "It could not be applied."),
        ("endpoint", "The endpoint did not take the event."),
        ("activity", "This number needs its PIN."),
        ("attempt-done", "This number needs its PIN."),
        ("admin", "There is no such Meta app here."),
        ("status-refused", "does not list it when asked."),
        ("status-error", "The Facebook password was changed"),
        ("status", "lacks pages_messaging."),
    ] {
        let scene = scenes::all().into_iter().find(|scene| scene.name == name).unwrap();
        let page = without_scripts(&draw_for(scene, Language::Es).await);
        assert!(page.contains(text), "{name} does not say: {text}");
        for (at, _) in page.match_indices(text) {
            let before = &page[..at];
            let paragraph = &before[before.rfind("<p").unwrap()..];
            assert!(paragraph.split('>').next().unwrap().contains(" lang=\"es\""), "{name}: {text}");
        }
    }
}

#[tokio::test]
async fn the_search_the_filter_and_the_page_of_assets_stand_in_the_address() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let second = drawn("status-second-page").await;
    assert!(second.contains("51–57 of 240"), "how much of it is shown");
    assert!(second.contains("href=\"/#assets\"") && second.contains("href=\"/?after=ast_4#assets\""));
    assert!(second.contains("href=\"/?after=ast_0&amp;asset=ast_1#ast_1\""), "details open on the same page");

    let troubled = drawn("status-attention").await;
    assert!(part(&troubled, "role=\"search\"", "</form>").contains("name=\"show\" value=\"attention\""));
    assert!(troubled.contains("href=\"/?show=attention&amp;asset=ast_4#ast_4\""));
    let filter = part(&troubled, "aria-label=\"Show\"", "</nav>");
    assert!(filter.contains("Needs attention (1)") && filter.contains("href=\"/?show=attention#assets\""));

    let nothing = drawn("status-no-attention").await;
    assert!(nothing.contains("Nothing needs attention") && !nothing.contains("No asset is chosen"));
}

#[tokio::test]
async fn everybodys_deliveries_stay_everybodys() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let list = drawn("deliveries-all").await;
    assert!(list.contains("href=\"/deliveries/1099511627793?of=all\""), "a row leads to the same list's delivery");
    assert!(drawn("delivery-of-all").await.contains("href=\"/deliveries?of=all\""), "and that leads back");
    let none = part(&drawn("deliveries-all-none").await, "None of these", "</section>").to_owned();
    assert!(none.contains("href=\"/deliveries?of=all\""));
    let own = drawn("delivery").await;
    assert!(own.contains("href=\"/deliveries\"") && !own.contains("of=all"));
}

#[tokio::test]
async fn a_log_that_is_narrowed_down_does_not_say_that_nothing_ever_happened() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    assert!(drawn("activity-empty").await.contains("Nothing has happened yet"));
    let narrowed = drawn("activity-no-problem").await;
    assert!(narrowed.contains("No problem") && !narrowed.contains("Nothing has happened yet"));
    assert!(part(&narrowed, "No problem", "</section>").contains("href=\"/activity\""), "and leads to the whole log");
}

#[tokio::test]
async fn a_row_of_the_table_of_businesses_says_everything_where_its_headings_are_not_shown() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("admin").await;
    let table = part(&page, "<table", "</table>");
    assert!(table.contains("table-stack") && !page.contains("overflow-x-auto"), "nothing of it is out of sight");
    let headings = tags(table, "th").into_iter().filter(|tag| attribute(tag, "scope") == Some("col")).count();
    let row = part(table, "Costa Foods", "</tr>");
    assert_eq!((headings, tags(row, "td").len()), (6, 5), "a cell for each heading, beside the name");
    for words in ["Active", "people", "connections", "1,240", "assets", "added "] {
        assert!(row.contains(words), "{words}: {row}");
    }
    assert!(part(table, "Lumen Studio", "</tr>").contains("person"), "one is no people");
}

#[tokio::test]
async fn an_empty_installation_asks_for_its_app_once() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("setup-empty").await;
    assert!(page.contains("No Meta app yet") && page.contains("Enter your Meta app"));
    assert_eq!(page.matches("name=\"app_id\"").count(), 1);
    assert!(!page.contains("Meta App credentials not configured") && !page.contains("href=\"#app\""));
    let taken = drawn("setup-taken").await;
    assert!(taken.contains("META_APP_ID names an app that a business entered"), "what the form does not ask for stays");
}

#[tokio::test]
async fn a_number_that_is_not_registered_is_not_said_to_be_in_use() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for scene in ["number-unverified", "number-code", "number-unregistered", "number-wrong-pin"] {
        let page = drawn(scene).await;
        assert!(part(&page, "id=\"facts\"", "</section>").contains("Not registered"), "{scene}");
        for use_of_it in ["Send a test message", "Last event 4 min ago", "Deregister it"] {
            assert!(!page.contains(use_of_it), "{scene}: {use_of_it}");
        }
    }
    assert!(drawn("number").await.contains("Send a test message"));
}

#[tokio::test]
async fn an_endpoint_to_which_nothing_was_sent_has_nothing_to_replay() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("endpoint-nothing-sent").await;
    assert!(page.contains("Nothing was sent yet") && !page.contains("do=replay-failed"));
    assert!(drawn("endpoint").await.contains("Replay 1 event that failed"));
    let paused = drawn("endpoint-paused").await;
    assert!(paused.contains("2 tries") && !paused.contains("· next"), "nothing is due while it is disabled");
}
