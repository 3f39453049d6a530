//! Sheets of paper: sections with a heading.

use leptos::prelude::*;

/// A card with a heading line and its content below.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Its id, so that links and labels can point at it.
    id: &'static str,
    /// A word after the heading, such as a count.
    #[prop(into, optional)]
    note: String,
    /// What stands at the heading's right.
    #[prop(optional, into)]
    aside: Option<AnyView>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card-head">
                <h2 class="h2" id=id>{title}</h2>
                {(!note.is_empty()).then(|| view! { <span class="text-[13px] text-ink-2">{note}</span> })}
                {aside.map(|aside| view! { <div class="ml-auto flex flex-wrap gap-2 items-center">{aside}</div> })}
            </div>
            {children()}
        </section>
    }
}

/// The page's first lines: its name, what it is for, and what one can do here.
#[component]
pub fn PageHead(
    /// The one `h1`.
    #[prop(into)]
    title: String,
    /// The sentence below.
    #[prop(into, optional)]
    sub: String,
    /// The language of both, where it is another than the page's.
    #[prop(optional_no_strip)]
    lang: Option<&'static str>,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-wrap items-start gap-x-3 gap-y-4">
            <div class="min-w-0 flex-1 basis-72" lang=lang>
                <h1 class="h">{title}</h1>
                {(!sub.is_empty()).then(|| view! { <p class="sub mt-0.5 max-w-prose">{sub}</p> })}
            </div>
            {children.map(|children| view! { <div class="sm:ml-auto flex flex-wrap items-center gap-2 empty:hidden">{children()}</div> })}
        </div>
    }
}
