//! What Meta sent, as it came.

use crate::components::icon::{Icon, names};
use leptos::prelude::*;

/// A text in fixed letters, with a button that copies it.
#[component]
pub fn RawText(
    /// The text.
    text: String,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="relative">
            <pre class="raw" tabindex="0" role="region" aria-label=label data-text="">{text}</pre>
            <button type="button" class="btn btn-small js-only absolute right-2 top-2" data-copy=""><Icon of=names::COPY /><span data-word="" aria-live="off">"Copy"</span></button>
        </div>
    }
}
