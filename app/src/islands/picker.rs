//! The wizard's search, chips, and counts, over rows the server has drawn.
//!
//! Nothing is drawn again: rows are hidden and boxes ticked in place, so that a thousand assets stay quick.

use super::dom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Wraps the wizard's form. It finds in it:
/// `[data-search]` the search box, `[data-chip=platform]` the chips, `[data-group]` a business with its rows
/// `[data-row]` (`data-platform`), `[data-all]` its "select all", `[data-selected]`, `[data-kinds]`,
/// `[data-submit]` the words of the bar, `[data-none]` the sentence for an empty result.
#[island]
pub fn AssetPicker(children: Children) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = place.get() {
            filter(&root);
            count(&root);
        }
    });
    let typed = move |event: leptos::ev::Event| {
        if let Some(root) = dom::current(&event) {
            match dom::around(&event, "[data-search]") {
                Some(_) => filter(&root),
                None => count(&root),
            }
        }
    };
    let clicked = move |event: leptos::ev::MouseEvent| {
        let Some(root) = dom::current(&event) else { return };
        if let Some(chip) = dom::around(&event, "[data-chip]") {
            let on = chip.get_attribute("aria-pressed").as_deref() == Some("true");
            let _ = chip.set_attribute("aria-pressed", if on { "false" } else { "true" });
            filter(&root);
        } else if let Some(all) = dom::around(&event, "[data-all]") {
            select_all(&all);
            count(&root);
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        // Enter in the search box must not send the form.
        if event.key() == "Enter" && dom::around(&event, "[data-search]").is_some() {
            event.prevent_default();
        }
    };
    view! {
        <div class="contents" node_ref=place on:input=typed on:click=clicked on:keydown=pressed>{children()}</div>
    }
}

fn boxes(root: &Element, selector: &str) -> Vec<HtmlInputElement> {
    dom::all(root, selector).into_iter().filter_map(|element| element.dyn_into().ok()).collect()
}

/// Shows the rows that match the words and the chips; the groups that have one; the sentence when none has.
fn filter(root: &Element) {
    let words = dom::first(root, "[data-search]").and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
    let words = words.map(|input| input.value().to_lowercase()).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    let chips: Vec<String> = dom::all(root, "[data-chip][aria-pressed=true]")
        .iter()
        .filter_map(|chip| chip.get_attribute("data-chip"))
        .collect();
    let mut any = false;
    for group in dom::all(root, "[data-group]") {
        let mut shown = 0;
        for row in dom::all(&group, "[data-row]") {
            let text = row.text_content().unwrap_or_default().to_lowercase();
            let platform = row.get_attribute("data-platform").unwrap_or_default();
            let fits = (chips.is_empty() || chips.contains(&platform)) && words.iter().all(|word| text.contains(word));
            dom::show(&row, fits);
            shown += usize::from(fits);
        }
        dom::show(&group, shown > 0);
        any |= shown > 0;
    }
    if let Some(none) = dom::first(root, "[data-none]") {
        dom::show(&none, !any);
    }
}

/// Ticks every visible box of the group, or un-ticks them when all are ticked.
fn select_all(button: &Element) {
    let Some(group) = button.closest("[data-group]").ok().flatten() else { return };
    let free = boxes(&group, "[data-row]:not([hidden]) input:not(:disabled)");
    let tick = free.iter().any(|input| !input.checked());
    for input in free {
        input.set_checked(tick);
    }
}

/// Says how many are chosen, of what kinds, and on the button what it will do.
fn count(root: &Element) {
    let names = [
        ("facebook", "Page", "Pages"),
        ("instagram", "Instagram", "Instagram"),
        ("whatsapp", "number", "numbers"),
        ("ads", "ad account", "ad accounts"),
    ];
    let chosen = boxes(root, "[data-row] input:checked:not(:disabled)");
    let mut kinds = Vec::new();
    for (platform, one, many) in names {
        let selector =
            format!("[data-row][data-platform={platform}]:not([data-uncounted]) input:checked:not(:disabled)");
        match boxes(root, &selector).len() {
            0 => {}
            1 => kinds.push(format!("1 {one}")),
            n => kinds.push(format!("{n} {many}")),
        }
    }
    let n = chosen.len();
    write(root, "[data-selected]", &format!("{n} selected"));
    write(root, "[data-kinds]", &kinds.join(", "));
    let lost = boxes(root, "[data-row] input[data-connected]:not(:checked)").len();
    let does = match (n, lost) {
        (0, _) => "Choose at least one".to_owned(),
        (1, 0) => "Connect 1 asset".to_owned(),
        (n, 0) => format!("Connect {n} assets"),
        (n, lost) => format!("Connect {n}, disconnect {lost}"),
    };
    write(root, "[data-submit]", &does);
    for words in dom::all(root, "[data-submit]") {
        if let Ok(Some(button)) = words.closest("button") {
            let _ = button.toggle_attribute_with_force("disabled", n == 0);
        }
    }
    for group in dom::all(root, "[data-group]") {
        let free = boxes(&group, "[data-row] input:not(:disabled)");
        let all = !free.is_empty() && free.iter().all(HtmlInputElement::checked);
        write(&group, "[data-all]", if all { "Select none" } else { "Select all" });
    }
}

fn write(root: &Element, selector: &str, text: &str) {
    for element in dom::all(root, selector) {
        element.set_text_content(Some(text));
    }
}
