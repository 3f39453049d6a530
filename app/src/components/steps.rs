//! What is done after a choice, step by step.

use crate::components::explained::Explained;
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::moment::Clock;
use crate::components::progress::Spinner;
use crate::dto::health::StepState;
use crate::dto::status::Step;
use leptos::prelude::*;

/// A short list of ticks. A step that failed says why, and where asking Meta again may help, a button does so.
#[component]
pub fn Steps(
    /// In order.
    of: Vec<Step>,
    /// The asset they belong to.
    asset: String,
    /// Whether the viewer may have them done again.
    may: bool,
) -> impl IntoView {
    let again = may && of.iter().any(|step| step.try_again);
    let steps = of.into_iter().map(step).collect_view();
    view! {
        <ul class="grid gap-2" aria-label="Steps after the choice">{steps}</ul>
        {again.then(|| {
            let fields = vec![("again", asset)];
            view! {
                <PostForm action="try-again" fields=fields class="grid gap-3 justify-items-start">
                    <button type="submit" class="btn"><Icon of=names::AGAIN />"Try again"</button>
                </PostForm>
            }
        })}
    }
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
            <div class="flex-1 min-w-0">
                <p><span class="sr-only">{spoken}</span>{step.name}</p>
                {step.why.map(|why| view! { <Explained of=why class="text-[13px] text-ink-2 mt-0.5 max-w-prose" /> })}
            </div>
            {at.map(|at| view! { <span class="text-[12.5px] text-ink-3 whitespace-nowrap"><Clock at=at /></span> })}
        </li>
    }
    .into_any()
}
