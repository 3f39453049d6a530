//! The set-up page: the Meta app, what is proven of it, and what is left to do.

use crate::components::card::{PageHead, Section};
use crate::components::copy::CopyField;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Ago;
use crate::components::notice::{Notice, Problem};
use crate::components::pill::Pill;
use crate::dto::health::Tone;
use crate::dto::setup::{SetupPage, ValueRow};
use crate::islands::live::LivePage;
use crate::pages::setup_app::AppSection;
use crate::pages::setup_checks::ChecksSection;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/setup`.
pub fn setup_page(page: SetupPage) -> AnyView {
    let has_app = page.app.is_some();
    let groups = page.groups.into_iter().map(|group| view! { <ChecksSection group=group /> }).collect_view();
    let problems = ["check-app", "subscribe-webhooks", "end-overlap", "show-verify-token"]
        .into_iter()
        .filter_map(|action| visit().failed(action, &[]))
        .map(|outcome| view! { <Problem error=outcome.error /> })
        .collect_view();
    let state = page.summary.word.clone();
    let form = view! { <AppSection app=page.app /> }.into_any();
    // Who has nothing yet begins with the form; later it is the last thing to look at.
    let (first, last) = if has_app { (None, Some(form)) } else { (Some(form), None) };
    view! {
        <Desk title="Set-up" narrow=true>
            <LivePage of="installation".to_owned() after=page.live address="" once_in=0 />
            <PageHead title="Set-up" sub="Attaché asks Meta about your app and tells you what is missing. It checks again every time you come back.">
                <span data-live="setup-summary" data-name="Set-up" data-state=state class="contents"><Pill of=page.summary /></span>
            </PageHead>
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
                    <span class="ml-auto flex flex-wrap gap-2">
                        <a class="btn" href="/setup/review"><Icon of=names::LIST />"Review kit"</a>
                        <PostButton action="check-app"><Icon of=names::AGAIN />"Check again"</PostButton>
                    </span>
                </div>
            })}
            <div class="grid gap-6" data-live="setup-checks">{groups}</div>
            <Values of=page.values verify_token=page.verify_token has_app=has_app />
            {last}
        </Desk>
    }
    .into_any()
}

#[component]
fn Values(of: Vec<ValueRow>, verify_token: Option<String>, has_app: bool) -> impl IntoView {
    let rows = of
        .into_iter()
        .map(
            |row| view! { <CopyField id=format!("value-{}", row.name) label=row.label text=row.text hint=row.place /> },
        )
        .collect_view();
    let shown = verify_token.is_some();
    view! {
        <Section title="Copy these into Meta" id="values">
            <div class="p-4.5 grid gap-4">
                {rows}
                {verify_token.map(|token| view! {
                    <CopyField id="value-verify-token" label="Verify token" text=token hint="Webhooks → Edit subscription. It is shown this once." autofocus=true />
                })}
                {(has_app && !shown).then(|| view! {
                    <div class="flex flex-wrap items-center gap-3">
                        <div class="flex-1 min-w-52">
                            <p class="label !mb-0">"Verify token"</p>
                            <p class="hint !mt-0.5">"Only needed where the callback is entered by hand: Attaché gives it to Meta by itself."</p>
                        </div>
                        <PostButton action="show-verify-token"><Icon of=names::KEY />"Show verify token"</PostButton>
                    </div>
                })}
                {(!has_app).then(|| view! { <p class="hint !mt-0">"The verify token is made when the app is entered."</p> })}
            </div>
        </Section>
    }
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
