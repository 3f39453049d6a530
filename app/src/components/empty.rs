//! What is shown where nothing is yet: what will be here, and the first step.

use crate::components::icon::Icon;
use icondata_core::Icon as IconData;
use leptos::prelude::*;

/// An empty place.
#[component]
pub fn Empty(
    /// The icon.
    icon: IconData,
    /// What will be here.
    #[prop(into)]
    title: String,
    /// How it comes here.
    #[prop(into)]
    text: String,
    /// The first step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="grid justify-items-center text-center gap-1 px-6 py-10">
            <span class="grid place-items-center size-10 rounded-xl bg-well text-ink-2 mb-2"><Icon of=icon class="size-5" /></span>
            <p class="font-semibold">{title}</p>
            <p class="sub max-w-110 text-balance">{text}</p>
            {children.map(|children| view! { <div class="mt-4 flex flex-wrap justify-center gap-2">{children()}</div> })}
        </div>
    }
}
