//! What is done after a choice, step by step.

use crate::components::icon::{Icon, names};
use crate::components::moment::Clock;
use crate::components::progress::Spinner;
use crate::dto::health::StepState;
use crate::dto::status::Step;
use leptos::prelude::*;

/// A short list of ticks.
#[component]
pub fn Steps(
    /// In order.
    of: Vec<Step>,
) -> impl IntoView {
    let steps = of.into_iter().map(step).collect_view();
    view! { <ul class="grid gap-1.5" aria-label="Steps after the choice">{steps}</ul> }
}

fn step(step: Step) -> AnyView {
    let (class, mark, spoken, at) = match step.state {
        StepState::Done { at } | StepState::Silent { since: at } => {
            ("text-ok", view! { <Icon of=names::CHECK /> }.into_any(), "Done: ", Some(at))
        }
        StepState::Now { since } => ("text-warn", view! { <Spinner /> }.into_any(), "In progress: ", since),
        StepState::Failed { at } => ("text-bad", view! { <Icon of=names::CROSS /> }.into_any(), "Failed: ", at),
        StepState::NotYet => ("text-ink-3", view! { <Icon of=names::CLOCK /> }.into_any(), "To come: ", None),
    };
    view! {
        <li class="flex items-start gap-2 text-[13.5px]">
            <span class=format!("mt-0.5 {class}")>{mark}</span>
            <span class="flex-1 min-w-0"><span class="sr-only">{spoken}</span>{step.name}</span>
            {at.map(|at| view! { <span class="text-[12.5px] text-ink-3 whitespace-nowrap"><Clock at=at /></span> })}
        </li>
    }
    .into_any()
}
