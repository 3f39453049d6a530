//! The evidence ladder: what is proven, since when, what is next.

use crate::components::icon::{Icon, names};
use crate::dto::health::{Ladder, StepState};
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The four steps in a row.
#[component]
pub fn EvidenceLadder(
    /// How far each step is.
    of: Ladder,
    /// Whose ladder, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let end = of.0.len().saturating_sub(1);
    let steps =
        of.0.into_iter()
            .zip(Ladder::NAMES)
            .enumerate()
            .map(|(i, (state, name))| view! { <Step state=state name=name last=i == end /> })
            .collect_view();
    view! { <ol class="flex gap-1.5" aria-label=format!("Evidence for {label}")>{steps}</ol> }
}

#[component]
fn Step(state: StepState, name: &'static str, last: bool) -> impl IntoView {
    let visit = visit();
    let time = |at| {
        view! {
            <time class="block text-[11px] leading-4 font-normal text-ink-3" datetime=words::iso(at) title=words::exact(&visit.zone, at)>
                {words::brief(&visit.zone, visit.now, at)}
            </time>
        }
    };
    let heard = |at| {
        view! { <span class="block text-[11px] leading-4 font-normal text-ink-3">"last " {words::brief(&visit.zone, visit.now, at)}</span> }
    };
    let (class, dot, spoken, when) = match state {
        StepState::Done { at } => {
            ("step-done", Some(view! { <Icon of=names::CHECK /> }), ": proven", Some(time(at).into_any()))
        }
        StepState::Now { since } => (
            "step-now",
            None,
            ": waiting for this",
            since.map(|at| {
                view! { <span class="block text-[11px] leading-4 font-normal text-ink-3">"since " {words::brief(&visit.zone, visit.now, at)}</span> }
                    .into_any()
            }),
        ),
        StepState::Silent { since } => ("step-quiet", None, ": silent", Some(heard(since).into_any())),
        StepState::Failed { at } => {
            ("step-failed", Some(view! { <Icon of=names::CROSS /> }), ": failed", at.map(|at| time(at).into_any()))
        }
        StepState::NotYet => ("", None, ": not yet", None),
    };
    let width = if last { "min-w-0 shrink-0" } else { "flex-1 min-w-0" };
    view! {
        <li class=format!("grid gap-1.5 content-start {width} {class}")>
            <div class="flex items-center gap-1.5">
                <span class="step-dot">{dot}</span>
                {(!last).then(|| view! { <span class="step-bar"></span> })}
            </div>
            <div class="step-name">{name}<span class="sr-only">{spoken}</span>" "{when}</div>
        </li>
    }
}
