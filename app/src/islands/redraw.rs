//! Bringing parts of the page up to date without loading it anew.

use super::dom::{all, document, first, show};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Fetches this page again and puts its `[data-live=NAME]` parts in the place of those in `root`; nothing else moves.
///
/// A part with parts inside is replaced as a whole only when another set of them is in it now; where it `[data-grows]`, not
/// even then, but its `[data-more]` is shown. What a person types in stays as it is; ticks, folds and the focus stay. Answers what to say aloud: the `data-name` and `data-state` of each
/// part whose state is another one.
pub async fn redraw(root: &Element) -> Vec<String> {
    let mut news = Vec::new();
    let parts = all(root, "[data-live]");
    if parts.is_empty() {
        return news;
    }
    let Some(fresh) = fetch().await else { return news };
    for part in parts {
        // The part around it was replaced just now.
        if !part.is_connected() {
            continue;
        }
        let name = part.get_attribute("data-live").unwrap_or_default();
        let Some(new) = first(&fresh, &format!("[data-live=\"{name}\"]")) else { continue };
        let (inner, grows) = (names(&part), part.has_attribute("data-grows"));
        let same = inner == names(&new);
        if grows
            && !same
            && let Some(more) = first(&part, "[data-more]")
        {
            show(&more, true);
        }
        if (!inner.is_empty() && (same || grows)) || is_typed_in(&part) {
            continue;
        }
        if part.inner_html() != new.inner_html() {
            replace(&part, &new);
        }
        if let Some(state) = new.get_attribute("data-state")
            && part.get_attribute("data-state").as_ref() != Some(&state)
        {
            let _ = part.set_attribute("data-state", &state);
            let _ = part.set_attribute("data-fresh", "");
            news.push(format!("{}: {state}", part.get_attribute("data-name").unwrap_or_default()));
        }
    }
    news
}

async fn fetch() -> Option<Element> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(&window.location().href().ok()?)).await.ok()?;
    let answer = answer.unchecked_into::<web_sys::Response>();
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let parser = web_sys::DomParser::new().ok()?;
    parser.parse_from_string(&text, web_sys::SupportedType::TextHtml).ok()?.document_element()
}

fn names(part: &Element) -> Vec<String> {
    all(part, "[data-live]").iter().filter_map(|inner| inner.get_attribute("data-live")).collect()
}

fn is_typed_in(part: &Element) -> bool {
    first(part, "input:not([type=checkbox]):focus, select:focus, textarea:focus, [popover]:popover-open").is_some()
}

/// What can have the focus, or be folded open.
const HANDLES: &str = "a, button, summary, input";

fn replace(part: &Element, new: &Element) {
    let active = document().and_then(|document| document.active_element());
    let focused = active.and_then(|active| all(part, HANDLES).iter().position(|handle| *handle == active));
    let open: Vec<bool> = all(part, "details").iter().map(|fold| fold.has_attribute("open")).collect();
    let ticked: Vec<String> = all(part, "input:checked").iter().map(|tick| tick.id()).collect();
    part.set_inner_html(&new.inner_html());
    for tick in all(part, "input[type=checkbox]").iter().filter(|tick| ticked.contains(&tick.id())) {
        if let Some(tick) = tick.dyn_ref::<HtmlInputElement>() {
            tick.set_checked(true);
        }
    }
    for (fold, open) in all(part, "details").iter().zip(open) {
        if open {
            let _ = fold.set_attribute("open", "");
        }
    }
    if let Some(handle) = focused.and_then(|index| all(part, HANDLES).into_iter().nth(index))
        && let Some(handle) = handle.dyn_ref::<HtmlElement>()
    {
        let _ = handle.focus();
    }
}
