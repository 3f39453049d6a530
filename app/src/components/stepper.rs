//! The three steps of connecting.

use crate::components::icon::{Icon, names};
use leptos::prelude::*;

const STEPS: [&str; 3] = ["Confirm with Meta", "Choose assets", "Finish"];

/// Where in the steps somebody is who has gone through all of them.
pub const THROUGH: usize = STEPS.len();

/// Where in the three steps the person is; `at` counts from 0, up to [`THROUGH`].
#[component]
pub fn Stepper(
    /// The current step.
    at: usize,
) -> impl IntoView {
    // A phone has room for one name: that of the current step, or of the last one.
    let named = at.min(THROUGH - 1);
    let steps = STEPS
        .into_iter()
        .enumerate()
        .map(|(i, name)| {
            let (dot, text) = match i.cmp(&at) {
                std::cmp::Ordering::Less => ("bg-ok border-ok text-paper", "text-ink-2"),
                std::cmp::Ordering::Equal => ("bg-ink border-ink text-paper", "text-ink font-medium"),
                std::cmp::Ordering::Greater => ("bg-sheet border-line text-ink-2", "text-ink-2"),
            };
            let room = if i == named { "" } else { " max-sm:sr-only" };
            let inside = if i < at {
                view! { <Icon of=names::CHECK class="size-3.5" /> }.into_any()
            } else {
                (i + 1).to_string().into_any()
            };
            view! {
                <li class="flex items-center gap-2" aria-current=(i == at).then_some("step")>
                    <span class=format!("grid place-items-center size-6 rounded-full border text-[12px] shrink-0 {dot}")>{inside}</span>
                    <span class=format!("text-[13.5px] whitespace-nowrap {text}{room}")>
                        {name}
                        {(i < at).then(|| view! { <span class="sr-only">" (done)"</span> })}
                    </span>
                    {(i + 1 < THROUGH).then(|| view! { <span class="h-px w-6 sm:w-10 bg-line mx-1"></span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="flex items-center gap-1" aria-label="Steps">{steps}</ol> }
}
