//! How connecting is told, step by step and at its end.

use super::{drawn, part};

#[tokio::test]
async fn the_steps_of_connecting_stay_to_the_end() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    for (scene, through, current) in [
        ("attempt-open", 0, Some("Confirm with Meta")),
        ("attempt-choosing", 1, Some("Choose assets")),
        ("attempt-applying", 2, Some("Finish")),
        ("attempt-done", 3, None),
        ("attempt-guest-done", 3, None),
        ("attempt-unsettled", 2, Some("Finish")),
        ("attempt-none-connected", 2, Some("Finish")),
        ("attempt-cancelled", 0, Some("Confirm with Meta")),
        ("attempt-failed", 0, Some("Confirm with Meta")),
        ("attempt-unreadable", 1, Some("Choose assets")),
        ("attempt-dropped", 1, Some("Choose assets")),
    ] {
        let page = drawn(scene).await;
        let steps: Vec<&str> = part(&page, "aria-label=\"Steps\"", "</ol>").split("<li ").skip(1).collect();
        let with = |mark: &str| steps.iter().filter(|step| step.contains(mark)).copied().collect::<Vec<_>>();
        assert_eq!((steps.len(), with(" (done)").len()), (3, through), "{scene}");
        let here = with("aria-current=\"step\"");
        assert_eq!(here.len(), usize::from(current.is_some()), "{scene}");
        assert!(here.iter().all(|step| current.is_some_and(|name| step.contains(name))), "{scene}: {here:?}");
        assert_eq!(with("max-sm:sr-only").len(), 2, "{scene}: a phone shows one name");
    }
}

#[tokio::test]
async fn the_end_of_connecting_says_what_became_of_each_asset_and_what_one_can_do() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("attempt-done").await;
    assert!(page.contains("5 assets are connected"));
    let chosen = part(&page, "id=\"chosen\"", "</ul>");
    assert_eq!((chosen.matches(">Done").count(), chosen.matches(">Failed").count()), (5, 1));
    assert!(chosen.find(">Failed").unwrap() < chosen.find(">Done").unwrap(), "what needs somebody is read first");
    assert!(page.contains("href=\"/?show=attention#assets\""), "and leads to what to do");
    let next = part(&page, "id=\"next\"", "</section>");
    assert!(next.contains("href=\"/assets/ast_1/test\"") && next.contains("href=\"/team\""));

    let guest = drawn("attempt-guest-done").await;
    assert!(guest.contains("you can close this page") && guest.contains("This number needs its PIN."));
    for way in ["href=\"/team\"", "show=attention", "Send a test message"] {
        assert!(!guest.contains(way), "a guest has no way to {way}");
    }

    let some = drawn("attempt-done-waiting").await;
    assert!(some.contains("4 assets are connected") && some.contains("Meta could not answer yet about 2 assets"));
    let none = drawn("attempt-unsettled").await;
    assert!(none.contains("6 assets are waiting for Meta") && !none.contains("connected<"));
    assert_eq!(part(&none, "id=\"chosen\"", "</ul>").matches(">Done").count(), 0);

    let many = drawn("attempt-done-many").await;
    let chosen = part(&many, "id=\"chosen\"", "</section>");
    assert_eq!(chosen.matches(">Done").count(), 12);
    assert!(chosen.contains("228 more"));
    assert!(!many.contains("Send a test message"), "customers have written to all of them");
    assert!(!drawn("attempt-none-connected").await.contains("id=\"next\""), "first comes what is wrong");
}

#[tokio::test]
async fn what_was_confirmed_and_not_read_can_be_read_again_without_confirming() {
    let _ = leptos_axum::generate_route_list(app::routes::App);
    let page = drawn("attempt-unreadable").await;
    assert!(part(&page, "do=discover-again", "</form>").contains("name=\"attempt\" value=\"att_1\""));
    assert!(!drawn("attempt-failed").await.contains("do=discover-again"), "there is nothing to read with");
}
