//! Work that is going on: counts that climb, and the shape of what will come.

use crate::components::icon::{Icon, names};
use crate::dto::attempt::ApplyState;
use leptos::prelude::*;

/// A turning circle, silent.
#[component]
pub fn Spinner() -> impl IntoView {
    view! {
        <svg class="icon spin" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M21 12a9 9 0 1 1-6.2-8.6"></path>
        </svg>
    }
}

/// The mark of one step of work: its state as a shape, and as a word for screen readers.
#[component]
pub fn WorkMark(
    /// How far it is.
    of: ApplyState,
) -> impl IntoView {
    let (class, mark, word) = match of {
        ApplyState::Done => ("bg-ok text-paper", view! { <Icon of=names::CHECK class="size-3" /> }.into_any(), "Done"),
        ApplyState::Failed => {
            ("bg-bad text-paper", view! { <Icon of=names::CROSS class="size-3" /> }.into_any(), "Failed")
        }
        ApplyState::Running => ("text-ink-2", view! { <Spinner /> }.into_any(), "In progress"),
        ApplyState::Waiting => (
            "text-ink-3 border border-line bg-well",
            view! { <Icon of=names::CLOCK class="size-3" /> }.into_any(),
            "To come",
        ),
    };
    view! {
        <span class=format!("grid place-items-center size-5 rounded-full shrink-0 {class}")>
            {mark}<span class="sr-only">{word}": "</span>
        </span>
    }
}

/// Grey bars in the shape of rows that are on their way.
#[component]
pub fn SkeletonRows(
    /// How many.
    rows: usize,
) -> impl IntoView {
    (0..rows)
        .map(|_| {
            view! {
                <div class="flex items-center gap-3 px-4.5 py-3 border-t border-line" aria-hidden="true">
                    <span class="skeleton size-7"></span>
                    <span class="grid gap-1.5 flex-1">
                        <span class="skeleton h-3 w-40 max-w-full"></span>
                        <span class="skeleton h-2.5 w-24"></span>
                    </span>
                    <span class="skeleton h-5 w-16 rounded-full"></span>
                </div>
            }
        })
        .collect_view()
}
