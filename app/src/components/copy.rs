//! A value to copy: selectable without scripts, with a button where there are some.

use crate::components::icon::{Icon, names};
use crate::islands::copy::CopyLine;
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
            <CopyLine>
                <div class="flex gap-2">
                    <input class="field mono" id=id type="text" readonly=true value=text autofocus=autofocus spellcheck="false" aria-describedby=described />
                    <button type="button" class="btn js-only" data-copy="" title=spoken>
                        <Icon of=names::COPY /><span data-word="" aria-live="polite">"Copy"</span>
                    </button>
                </div>
            </CopyLine>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
