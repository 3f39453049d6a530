//! A value to copy: selectable without scripts, with a button where there are some.

use crate::components::icon::{Icon, names};
use leptos::prelude::*;

/// A labelled value that is there to be copied.
#[component]
pub fn CopyField(
    /// Its id on the page.
    #[prop(into)]
    id: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// The value.
    text: String,
    /// Where it goes.
    #[prop(into, optional)]
    hint: String,
    /// Whether it takes the focus.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let spoken = format!("Copy {label}");
    view! {
        <div>
            <label class="label" for=id.clone()>{label}</label>
            <div class="flex gap-2">
                <input class="field mono" id=id type="text" readonly=true value=text autofocus=autofocus spellcheck="false" aria-describedby=described />
                <button type="button" class="btn js-only" data-copy="" title=spoken>
                    <Icon of=names::COPY /><span data-word="" aria-live="off">"Copy"</span>
                </button>
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A secret or a link that is shown this once: what it is, and the value to copy, which takes the focus.
#[component]
pub fn ShownOnce(
    /// The value's id on the page.
    id: &'static str,
    /// What is ready, in a sentence.
    words: &'static str,
    /// What the value is called.
    label: &'static str,
    /// The value.
    text: String,
    /// Where it goes.
    #[prop(into, optional)]
    hint: String,
    /// Whether it stands by itself, and not in a section.
    #[prop(optional)]
    alone: bool,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = if alone { "ok rounded-card px-4.5 py-4 grid gap-3" } else { "ok px-4.5 py-4 grid gap-3" };
    view! {
        <div class=class role="status">
            <p class="font-medium">{words}" Copy it now: it is shown only this once."</p>
            <CopyField id=id label=label text=text hint=hint autofocus=true />
            {children.map(|children| children())}
        </div>
    }
}
