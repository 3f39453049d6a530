//! A table of many things, most with a way from each row to its details. On a phone each row becomes a stack.

use crate::components::icon::{Icon, names};
use leptos::prelude::*;

/// The table around its rows.
#[component]
pub fn Table(
    /// The headings. A last column, for [`ToDetails`], comes by itself.
    columns: Vec<&'static str>,
    /// Whether each row begins with a box to tick.
    #[prop(optional)]
    ticks: bool,
    /// Whether its rows are figures without details: there is no last column, and the others stand closer.
    #[prop(optional)]
    figures: bool,
    /// The headings that wide screens alone show, as their cells are `max-lg:hidden`.
    #[prop(optional)]
    wide: &'static [&'static str],
    /// The headings that a phone does not have, as their cells are `max-sm:hidden`: else the cells after them would be read out
    /// under the wrong ones.
    #[prop(optional)]
    desk: &'static [&'static str],
    /// The name under which the rows are brought up to date as a whole.
    #[prop(optional)]
    live: Option<&'static str>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let headings = columns
        .into_iter()
        .map(|name| {
            let class = if wide.contains(&name) {
                "max-lg:hidden"
            } else if desk.contains(&name) {
                "max-sm:hidden"
            } else {
                ""
            };
            view! { <th scope="col" class=class>{name}</th> }
        })
        .collect_view();
    let class = match (ticks, figures) {
        (true, _) => "table table-stack table-ticks",
        (false, true) => "table table-stack table-figures",
        (false, false) => "table table-stack",
    };
    view! {
        <table class=class>
            <thead>
                <tr>
                    {ticks.then(|| view! { <th scope="col" class="w-10"><span class="sr-only">"Choose"</span></th> })}
                    {headings}
                    {(!figures).then(|| view! { <th scope="col"><span class="sr-only">"Details"</span></th> })}
                </tr>
            </thead>
            <tbody data-live=live>{children()}</tbody>
        </table>
    }
}

/// The way to a row's details: an arrow, which points down while they are open below the row.
#[component]
pub fn ToDetails(
    /// Where they are.
    href: String,
    /// What screen readers hear.
    label: String,
    /// Whether they are open; not said where they are on a page of their own.
    #[prop(optional)]
    open: Option<bool>,
) -> impl IntoView {
    let turn = if open == Some(true) { "rotate-90" } else { "" };
    view! {
        <a
            class="inline-grid place-items-center size-9 rounded-control text-ink-3 hover:bg-well hover:text-ink"
            href=href
            aria-expanded=open.map(|open| if open { "true" } else { "false" })
            aria-label=label
        >
            <Icon of=names::RIGHT class=turn />
        </a>
    }
}
