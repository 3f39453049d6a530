//! Bringing parts of the page up to date without loading it anew.

use super::dom::{all, ask_for_page, first, show};
use super::place::Place;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, Response};

/// What came of drawing parts again.
pub enum Drawn {
    /// They are as the server has them now. This is to be said aloud: the `data-name` and `data-state` of each part whose state
    /// is another one.
    Done(Vec<String>),
    /// The page could not be had.
    Failed,
    /// The page is not there for this person any more: they are signed out, or it is elsewhere.
    Over,
}

/// Fetches this page again and puts its `[data-live=NAME]` parts in the place of those in `root`; nothing else moves.
///
/// A part with parts inside is replaced as a whole only when another set of them is in it now; where it `[data-grows]`, not
/// even then, but its `[data-more]` is shown. A part that a person is at work in stays as it is; ticks, folds and the focus
/// stay in the others.
pub async fn redraw(root: &Element) -> Drawn {
    let parts = all(root, "[data-live]");
    if parts.is_empty() {
        return Drawn::Done(Vec::new());
    }
    let Some(answer) = ask_for_page().await else { return Drawn::Failed };
    if answer.status() == 401 || answer.redirected() {
        return Drawn::Over;
    }
    match read(&answer).await {
        Some(fresh) => Drawn::Done(parts.iter().filter_map(|part| renew(part, &fresh)).collect()),
        None => Drawn::Failed,
    }
}

async fn read(answer: &Response) -> Option<Element> {
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let parser = web_sys::DomParser::new().ok()?;
    parser.parse_from_string(&text, web_sys::SupportedType::TextHtml).ok()?.document_element()
}

/// Brings one part up to date; what to say aloud about it.
fn renew(part: &Element, fresh: &Element) -> Option<String> {
    // The part around it was replaced just now.
    if !part.is_connected() {
        return None;
    }
    let new = first(fresh, &format!("[data-live=\"{}\"]", part.get_attribute("data-live")?))?;
    let (inner, grows) = (names(part), part.has_attribute("data-grows"));
    let same = inner == names(&new);
    if grows
        && !same
        && let Some(more) = first(part, "[data-more]")
    {
        show(&more, true);
    }
    if (!inner.is_empty() && (same || grows)) || is_in_use(part) {
        return None;
    }
    if part.inner_html() != new.inner_html() {
        replace(part, &new);
    }
    let state = new.get_attribute("data-state")?;
    if part.get_attribute("data-state").as_ref() == Some(&state) {
        return None;
    }
    let _ = part.set_attribute("data-state", &state);
    let _ = part.set_attribute("data-fresh", "");
    Some(format!("{}: {state}", part.get_attribute("data-name").unwrap_or_default()))
}

fn names(part: &Element) -> Vec<String> {
    all(part, "[data-live]").iter().filter_map(|inner| inner.get_attribute("data-live")).collect()
}

/// What shows that a person is at work: they type, have a menu open, have sent a form, or have to read what was wrong with it.
const AT_WORK: &str = "input:not([type=checkbox]):focus, select:focus, textarea:focus, [popover]:popover-open, \
                       [aria-busy=true], [aria-invalid=true], [role=alert]";
/// What can be typed in.
const FIELDS: &str = "input:not([type=checkbox], [type=radio]), textarea";

fn is_in_use(part: &Element) -> bool {
    first(part, AT_WORK).is_some() || all(part, FIELDS).iter().any(is_changed)
}

/// Whether something else is in a field than the server has drawn.
fn is_changed(field: &Element) -> bool {
    let read = |name: &str| Reflect::get(field, &name.into()).ok();
    read("value") != read("defaultValue")
}

/// What can have the focus.
const HANDLES: &str = "a, button, summary, input, [tabindex]";
const FOLDS: &str = "details";

fn replace(part: &Element, new: &Element) {
    let focused = all(part, ":focus").first().and_then(|handle| Place::of(part, HANDLES, handle));
    let open = all(part, "details[open]");
    let open: Vec<Place> = open.iter().filter_map(|fold| Place::of(part, FOLDS, fold)).collect();
    let ticked: Vec<String> = all(part, "input:checked").iter().map(|tick| tick.id()).collect();
    part.set_inner_html(&new.inner_html());
    for tick in all(part, "input[type=checkbox]").iter().filter(|tick| ticked.contains(&tick.id())) {
        if let Some(tick) = tick.dyn_ref::<HtmlInputElement>() {
            tick.set_checked(true);
        }
    }
    for fold in open.iter().filter_map(|place| place.find(part, FOLDS)) {
        let _ = fold.set_attribute("open", "");
    }
    if let Some(handle) = focused.and_then(|place| place.find(part, HANDLES))
        && let Some(handle) = handle.dyn_ref::<HtmlElement>()
    {
        let _ = handle.focus();
    }
}
