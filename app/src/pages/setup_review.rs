//! The review kit: what Meta's App Review wants to read and to see.

use crate::components::card::{PageHead, Section};
use crate::components::check::CheckMark;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::raw::RawText;
use crate::dto::setup::{CheckState, ReviewEntryCard, ReviewPage, ReviewStepRow, Whose};
use leptos::prelude::*;

/// The page `/setup/review`.
pub fn review_page(page: ReviewPage) -> AnyView {
    let left = page.steps.iter().filter(|step| step.state != CheckState::Proven).count();
    let note = if left == 0 { "All proven".to_owned() } else { format!("{left} of {} left", page.steps.len()) };
    let steps = page.steps.into_iter().map(step).collect_view();
    let permissions = format!("{}", page.entries.len());
    let entries = page.entries.into_iter().map(entry).collect_view();
    let back = match page.whose {
        Whose::Installation => "Set-up",
        Whose::Business => "Meta app",
    };
    let sub = format!(
        "Reason and screencast script for each permission that {} asks for, to copy into App Review → Permissions and features. \
         Read them before you send them: you answer for what is in them.",
        page.app_name
    );
    view! {
        <Desk title="Review kit" narrow=true>
            <a class="link inline-flex items-center gap-1.5 text-[13.5px] w-fit" href=page.whose.page()><Icon of=names::BACK />{back}</a>
            <PageHead title="Review kit" sub=sub />
            <Section title="Before you submit" id="steps" note=note>
                <ul class="rows">{steps}</ul>
            </Section>
            <Section title="Permissions" id="permissions" note=permissions>
                <div class="rows">{entries}</div>
            </Section>
            <Section title="Instructions for the reviewer" id="instructions">
                <div class="p-4.5 grid gap-3">
                    <p class="sub">"Make an account for the review first, and put its sign-in into the text. The reviewer has no other way in."</p>
                    <RawText text=page.instructions label="Text of the instructions" />
                </div>
            </Section>
        </Desk>
    }
    .into_any()
}

fn step(row: ReviewStepRow) -> AnyView {
    view! {
        <li class="flex gap-3 px-4.5 py-3.5">
            <CheckMark state=row.state />
            <div class="min-w-0 flex-1">
                <p class="font-medium">{row.what}</p>
                <p class="text-[13px] text-ink-2 wrap-anywhere">{row.note}</p>
            </div>
        </li>
    }
    .into_any()
}

fn entry(card: ReviewEntryCard) -> AnyView {
    let (reason, script) = (format!("Reason for {}", card.permission), format!("Script for {}", card.permission));
    view! {
        <details class="group" name="permission">
            <summary class="flex flex-wrap items-center gap-x-3 gap-y-1 px-4.5 py-3 cursor-pointer">
                <Icon of=names::RIGHT class="text-ink-3 group-open:rotate-90" />
                <span class="mono">{card.permission}</span>
                <span class="sub flex-1 min-w-52">"Lets Attaché "{card.purpose}</span>
                {if card.granted {
                    view! { <span class="pill ok">"Used here"</span> }.into_any()
                } else {
                    view! { <span class="pill idle">"Not used yet"</span> }.into_any()
                }}
            </summary>
            <div class="px-4.5 pb-4.5 grid gap-3">
                <h3 class="cap">"Reason"</h3>
                <RawText text=card.reason label=reason />
                <h3 class="cap">"Screencast"</h3>
                <RawText text=card.script label=script />
            </div>
        </details>
    }
    .into_any()
}
