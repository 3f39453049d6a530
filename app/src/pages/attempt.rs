//! One attempt, in whatever state it is.

use crate::components::attempt_frame::{Again, AttemptFrame};
use crate::components::card::PageHead;
use crate::components::progress::{Spinner, WorkMark};
use crate::dto::attempt::{ApplyState, ApplyStep, Applying, AttemptPage, AttemptState, Progress};
use crate::islands::progress::LiveProgress;
use crate::pages::attempt_done::done;
use crate::pages::attempt_ended::{Failure, cancelled, dropped, empty, failed, no_number};
use crate::pages::losses::losses;
use crate::pages::wizard::wizard;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/connect/{attempt}`.
pub fn attempt_page(page: AttemptPage) -> AnyView {
    let AttemptPage { id, connection, guest, state } = page;
    let confirmed = connection.is_some();
    let again = if guest.is_some() { Again::guest() } else { Again::member(connection) };
    let (title, at, body) = match state {
        AttemptState::Open => ("Waiting for Meta", 0, open(id, again.page)),
        AttemptState::Discovering(progress) => ("Reading your assets", 1, discovering(id, &progress)),
        AttemptState::Losing(losing) => ("Before anything changes", 1, losses(id, losing, again)),
        AttemptState::Choosing(choice) => return wizard(id, choice, again, guest),
        AttemptState::Empty { causes, missing } => ("Nothing to connect", 1, empty(id, causes, &missing, again)),
        AttemptState::Cancelled { popup } => ("Not connected", 0, cancelled(again, popup)),
        AttemptState::Dropped { confirmed } => ("Over", usize::from(confirmed), dropped(&again, confirmed)),
        AttemptState::NoNumber { what, why, todo, help } => ("No number set up", 0, no_number(what, why, todo, help)),
        AttemptState::Failed { what, why, todo, effect, help } => {
            let failure = Failure { what, why, todo, effect, help, confirmed: confirmed.then_some(id) };
            ("Not connected", usize::from(confirmed), failed(failure, &again))
        }
        AttemptState::Applying(work) => ("Connecting", 2, applying(id, work, &again)),
        AttemptState::Done(outcome) => done(outcome, guest.as_deref()),
    };
    view! { <AttemptFrame title=title at=at guest=guest>{body}</AttemptFrame> }.into_any()
}

/// Loads the page again every few seconds where scripts do not run. By its address: Meta's return leaves a fragment behind (Meta
/// reference §3.1), and a refresh of the same address with a fragment loads nothing.
fn reload(attempt: &str) -> AnyView {
    let refresh = format!(r#"<meta http-equiv="refresh" content="5;url=/connect/{attempt}">"#);
    view! { <noscript inner_html=refresh></noscript> }.into_any()
}

/// Follows the attempt.
fn follow(attempt: String, phase: &str, children: AnyView) -> AnyView {
    view! { <LiveProgress attempt=attempt phase=phase.to_owned()>{children}</LiveProgress> }.into_any()
}

fn open(attempt: String, page: String) -> AnyView {
    let card = view! {
        <div class="card p-4.5 flex flex-wrap items-center gap-3">
            <Spinner />
            <p class="sub flex-1 min-w-52">"No window, or closed by accident? Nothing is lost."</p>
            <a class="btn" href=page>"Begin again"</a>
        </div>
    };
    view! {
        <PageHead title="Waiting for Meta" sub="Confirm in the window that Meta has opened. This page goes on by itself." />
        {follow(attempt, "waiting", card.into_any())}
    }
    .into_any()
}

fn discovering(attempt: String, found: &Progress) -> AnyView {
    let refresh = reload(&attempt);
    let rows = [
        ("businesses", "Businesses", found.businesses),
        ("pages", "Facebook Pages", found.pages),
        ("instagram", "Instagram accounts", found.instagram),
        ("wabas", "WhatsApp accounts", found.whatsapp_accounts),
        ("numbers", "WhatsApp numbers", found.whatsapp_numbers),
        ("ad_accounts", "Ad accounts", found.ad_accounts),
    ]
    .into_iter()
    .map(|(key, name, n)| {
        let found = if n > 0 { "yes" } else { "no" };
        view! {
            <div class="flex items-center gap-3 px-4.5 h-12">
                <dt class="flex-1">{name}</dt>
                <dd class="found text-[15px] font-semibold tabular-nums" data-count=key data-found=found>{n}</dd>
            </div>
        }
    })
    .collect_view();
    let found = view! {
        <section class="card" aria-label="Found so far">
            <div class="card-head"><Spinner /><p class="h2" role="status">"Reading"</p><span class="sub">"Large businesses take up to a minute."</span></div>
            <dl class="rows">{rows}</dl>
        </section>
    };
    view! {
        <PageHead title="Reading what you can connect" sub="Meta has confirmed. We are reading your businesses and what is in them." />
        {follow(attempt, "discovering", found.into_any())}
        {refresh}
    }
    .into_any()
}

/// The chosen assets, each with its mark.
pub(super) fn steps(steps: Vec<ApplyStep>) -> AnyView {
    let lang = visit().explanation_lang();
    let row = |step: ApplyStep| {
        let class = if step.state == ApplyState::Waiting { "text-ink-2" } else { "" };
        view! {
            <li class="flex items-start gap-3 px-4.5 py-3">
                <WorkMark of=step.state />
                <div class="min-w-0">
                    <p class=class><bdi>{step.name}</bdi>" "<span class="text-[13px] text-ink-3">{step.kind}</span></p>
                    {(!step.reason.is_empty()).then(|| view! { <p class="text-[13px] text-bad" lang=lang>{step.reason}</p> })}
                </div>
            </li>
        }
    };
    steps.into_iter().map(row).collect_view().into_any()
}

fn applying(attempt: String, work: Applying, again: &Again) -> AnyView {
    let refresh = reload(&attempt);
    let word = format!("{} of {}", work.done, work.total);
    let failed = work.steps.iter().filter(|step| step.state == ApplyState::Failed).count();
    let sub = if failed == 0 {
        "Your choice is saved. You may leave this page; the work goes on."
    } else {
        "Your choice is saved. What failed is tried again by itself, and its reason is shown with the asset."
    };
    let desk = again.has_desk.then(|| view! { <a class="btn" href="/">"Go to connections"</a> });
    let progress = view! {
        <section class="card" aria-label="Progress">
            <div class="card-head">
                <Spinner /><p class="h2" role="status"><span data-count="applied">{work.done}</span>{format!(" of {} done", work.total)}</p>
                <progress data-count="applied" class="ml-auto w-40 h-1.5" max=work.total.to_string() value=work.done.to_string() aria-label="Assets connected">{word}</progress>
            </div>
            <ol class="rows" data-live="steps">{steps(work.steps)}</ol>
        </section>
    };
    view! {
        <PageHead title="Connecting your assets" sub=sub>{desk}</PageHead>
        {follow(attempt, "applying", progress.into_any())}
        {refresh}
    }
    .into_any()
}
