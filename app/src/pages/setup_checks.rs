//! The checks of the set-up page.

use crate::components::card::Section;
use crate::components::check::CheckMark;
use crate::components::form::PostButton;
use crate::components::moment::Ago;
use crate::dto::setup::{CheckAction, CheckGroup, CheckRow, CheckState, Whose};
use leptos::prelude::*;

/// Checks about one thing.
#[component]
pub fn ChecksSection(
    /// The checks.
    group: CheckGroup,
    /// Whose app they are about.
    whose: Whose,
) -> impl IntoView {
    let done = group.checks.iter().filter(|check| check.state == CheckState::Proven).count();
    let note = format!("{done} of {} proven", group.checks.len());
    let count =
        view! { <span class="text-[13px] text-ink-2" data-live=format!("count-{}", group.id)>{note}</span> }.into_any();
    let rows = group.checks.into_iter().map(|check| row(check, whose)).collect_view();
    view! {
        <Section title=group.title id=group.id aside=count>
            <ul class="rows">{rows}</ul>
        </Section>
    }
}

fn row(check: CheckRow, whose: Whose) -> AnyView {
    let (urgent, name) = (check.state == CheckState::Wrong, check.what.clone());
    view! {
        <li
            class="flex flex-wrap sm:flex-nowrap gap-3 px-4.5 py-3.5"
            data-live=format!("check-{}", check.name)
            data-name=name
            data-state=check.state.word()
        >
            <CheckMark state=check.state />
            <div class="min-w-0 flex-1">
                <p class="font-medium">{check.what}</p>
                {(!check.why.is_empty()).then(|| view! { <p class="text-[13px] text-ink-2 wrap-anywhere">{check.why}</p> })}
                {(!check.todo.is_empty()).then(|| view! { <p class="text-[13px] wrap-anywhere">{check.todo}</p> })}
            </div>
            <div class="flex items-start gap-3 max-sm:pl-8 max-sm:w-full">
                {check.at.map(|at| view! { <span class="text-[12.5px] text-ink-3 whitespace-nowrap pt-0.5"><Ago at=at /></span> })}
                {check.action.map(|action| button(action, whose, urgent))}
            </div>
        </li>
    }
    .into_any()
}

fn button(action: CheckAction, whose: Whose, urgent: bool) -> AnyView {
    let class = if urgent { "btn btn-small btn-primary" } else { "btn btn-small" };
    match action {
        CheckAction::CheckAgain => {
            view! { <PostButton action=whose.check() class=class>"Check again"</PostButton> }.into_any()
        }
        CheckAction::Subscribe => {
            view! { <PostButton action=whose.subscribe() class=class>"Subscribe"</PostButton> }.into_any()
        }
        CheckAction::ReviewKit => view! { <a class=class href=whose.review()>"Review kit"</a> }.into_any(),
        CheckAction::Connect => view! { <a class=class href="/connect">"Connect"</a> }.into_any(),
        CheckAction::EnterApp => view! { <a class=class href="#app">"Enter the app"</a> }.into_any(),
        CheckAction::EnterInstagram => {
            view! { <a class=class href="#instagram">"Enter Instagram’s part"</a> }.into_any()
        }
    }
}
