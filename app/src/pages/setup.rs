//! The set-up page: the Meta app, what is proven of it, and what is left to do.

use crate::components::card::PageHead;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Ago;
use crate::components::notice::{Notice, Problem};
use crate::components::pill::Pill;
use crate::dto::health::{Health, Tone};
use crate::dto::setup::{CheckAction, CheckGroup, SetupPage};
use crate::islands::live::LivePage;
use crate::pages::setup_app::{AppSection, InstagramSection};
use crate::pages::setup_checks::ChecksSection;
use crate::pages::setup_values::ValuesSection;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/setup`.
pub fn setup_page(page: SetupPage) -> AnyView {
    let (live, summary) = (page.live.clone(), page.summary.clone());
    view! {
        <Desk title="Set-up" narrow=true>
            <LivePage of="installation".to_owned() after=live address="" once_in=0 />
            <PageHead title="Set-up" sub="Attaché asks Meta about your app and tells you what is missing. It checks again every time you come back.">
                {summary_pill(summary)}
            </PageHead>
            {body(page)}
        </Desk>
    }
    .into_any()
}

/// How it stands as a whole, redrawn as it changes.
pub(super) fn summary_pill(summary: Health) -> AnyView {
    let state = summary.word.clone();
    view! {
        <span data-live="setup-summary" data-name="Set-up" data-state=state class="contents"><Pill of=summary /></span>
    }
    .into_any()
}

/// The app, what is proven of it, what to copy, and the form.
pub(super) fn body(page: SetupPage) -> AnyView {
    let (has_app, whose) = (page.app.is_some(), page.whose);
    let groups = if has_app { page.groups } else { beside_the_form(page.groups) };
    let groups = groups.into_iter().map(|group| view! { <ChecksSection group=group whose=whose /> }).collect_view();
    let problems = [whose.check(), whose.subscribe(), whose.end_overlap(), whose.show_verify_token()]
        .into_iter()
        .filter_map(|action| visit().failed(action, &[]))
        .map(|outcome| view! { <Problem error=outcome.error /> })
        .collect_view();
    let instagram = page.app.clone().map(|app| view! { <InstagramSection app=app whose=whose /> });
    let form = view! {
        <AppSection app=page.app whose=whose />
        {instagram}
    }
    .into_any();
    // Who has nothing yet begins with the form; later it is the last thing to look at.
    let (first, last) = if has_app { (None, Some(form)) } else { (Some(form), None) };
    view! {
        {problems}
        {first}
        {has_app.then(|| view! {
            <div class="flex flex-wrap items-center gap-3">
                <p class="sub" data-live="setup-asked">
                    {match (page.asked_at, page.asking) {
                        (Some(at), false) => view! { "Meta was asked "<Ago at=at />"." }.into_any(),
                        (Some(at), true) => view! { "Meta is being asked. What is below is from "<Ago at=at />"." }.into_any(),
                        (None, _) => view! { "Meta is being asked for the first time." }.into_any(),
                    }}
                </p>
                <span class="sm:ml-auto flex flex-wrap gap-2">
                    <a class="btn" href=whose.review()><Icon of=names::LIST />"Review kit"</a>
                    <PostButton action=whose.check()><Icon of=names::AGAIN />"Check again"</PostButton>
                </span>
            </div>
        })}
        <div class="contents" data-live="setup-checks">{groups}</div>
        <ValuesSection of=page.values verify_token=page.verify_token has_app=has_app whose=whose />
        {last}
    }
    .into_any()
}

/// The checks of a page that begins with the form: one that asks for the app would ask for the same a second time.
fn beside_the_form(mut groups: Vec<CheckGroup>) -> Vec<CheckGroup> {
    for group in &mut groups {
        group.checks.retain(|check| check.action != Some(CheckAction::EnterApp));
    }
    groups.retain(|group| !group.checks.is_empty());
    groups
}

/// What is said when the app comes from the settings.
pub(super) fn from_settings() -> AnyView {
    view! {
        <Notice
            tone=Tone::Idle
            lead="This app comes from the settings that Attaché was started with."
            text="META_APP_ID and META_APP_SECRET go before this page, so it cannot be changed here. Change it there and restart; or remove it there, restart, and enter the app here."
        />
    }
    .into_any()
}
