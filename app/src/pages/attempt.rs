//! One attempt, in whatever state it is.

use crate::components::attempt_frame::{Again, AttemptFrame};
use crate::components::card::{PageHead, Section};
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::notice::More;
use crate::components::progress::{Spinner, WorkMark};
use crate::dto::attempt::{ApplyState, ApplyStep, Applying, AttemptPage, AttemptState, Cause, Progress};
use crate::dto::status::Permission;
use crate::islands::progress::LiveProgress;
use crate::pages::losses::losses;
use crate::pages::status_connections::missing;
use crate::pages::wizard::wizard;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The page `/connect/{attempt}`.
pub fn attempt_page(page: AttemptPage) -> AnyView {
    let AttemptPage { id, connection, guest, state } = page;
    let again = if guest.is_some() { Again::guest() } else { Again::member(connection) };
    let (title, at, body) = match state {
        AttemptState::Open => ("Waiting for Meta", 0, open(id, again.page)),
        AttemptState::Discovering(progress) => ("Reading your assets", 1, discovering(id, &progress)),
        AttemptState::Losing(losing) => ("Before anything changes", 1, losses(id, losing, again)),
        AttemptState::Choosing(choice) => return wizard(id, choice, again, guest),
        AttemptState::Empty { causes, missing } => ("Nothing to connect", 1, empty(id, causes, &missing, again)),
        AttemptState::Cancelled { popup } => ("Not connected", 0, cancelled(again, popup)),
        AttemptState::NoNumber { what, why, todo, help } => ("No number set up", 0, no_number(what, why, todo, help)),
        AttemptState::Failed { what, why, todo, effect, help } => {
            ("Not connected", 0, failed(Failure { what, why, todo, effect, help }, again))
        }
        AttemptState::Applying(work) => ("Connecting", 2, applying(id, work, &again)),
        AttemptState::Done { connected: 0, failed: 0 } => ("Over", 2, over(guest.is_some())),
        AttemptState::Done { connected: 0, failed } => {
            ("Not connected yet", 2, none_connected(failed, guest.is_some()))
        }
        AttemptState::Done { connected, failed } => ("Connected", 2, done(connected, failed, guest.as_deref())),
    };
    view! { <AttemptFrame title=title at=at guest=guest>{body}</AttemptFrame> }.into_any()
}

/// The way back to the page of connections, where there is one.
fn back(again: &Again) -> Option<AnyView> {
    again.has_desk.then(|| view! { <a class="btn" href="/">"Back to connections"</a> }.into_any())
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

fn empty(attempt: String, causes: Vec<Cause>, lacking: &[Permission], again: Again) -> AnyView {
    let causes = causes
        .into_iter()
        .map(|cause| view! { <li class="px-4.5 py-3"><p class="font-medium">{cause.what}</p><p class="sub">{cause.todo}</p></li> })
        .collect_view();
    let page = again.page.clone();
    view! {
        <PageHead title="Meta shows nothing to connect" sub="The confirmation worked, but no Page, account or number came with it. Nothing was changed.">
            <PostButton action="discover-again" fields=vec![("attempt", attempt)]><Icon of=names::AGAIN />"Read again"</PostButton>
            <a class="btn btn-primary" href=page>"Connect again"</a>
        </PageHead>
        {(!lacking.is_empty()).then(|| missing(lacking, Some(&again)))}
        <Section title="Likely causes" id="causes"><ol class="rows">{causes}</ol></Section>
    }
    .into_any()
}

fn cancelled(again: Again, popup: bool) -> AnyView {
    let page = again.page.clone();
    let other_way = popup.then(|| cut_off(again.clone()));
    let causes = [
        ("You pressed Cancel, or closed Meta’s window", "Connect again whenever you like; nothing was kept."),
        ("You used another Facebook profile", "Sign out at Facebook and connect with the profile that manages the business."),
        (
            "The Meta app is in development mode",
            "Meta then answers as if you had cancelled. Ask the operator to give your profile a role on the app, or to set the app live.",
        ),
    ]
    .into_iter()
    .map(|(what, todo)| view! { <li class="px-4.5 py-3"><p class="font-medium">{what}</p><p class="sub">{todo}</p></li> })
    .collect_view();
    view! {
        <PageHead title="Not connected this time" sub="Meta says that it was not confirmed. Nothing was changed.">
            {back(&again)}
            <a class="btn btn-primary" href=page>"Connect again"</a>
        </PageHead>
        <Section title="What it may have been" id="causes">
            <ul class="rows">
                {other_way}
                {causes}
            </ul>
        </Section>
    }
    .into_any()
}

/// Some browsers cut Meta's window off from its page (Meta reference §2.4): from here that looks as if it had been closed.
fn cut_off(again: Again) -> AnyView {
    view! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4.5 py-3">
            <div class="flex-1 min-w-52">
                <p class="font-medium">"Meta’s window could not answer this page"</p>
                <p class="sub">"Some browsers cut it off, whatever you press in it. Without a window it works."</p>
            </div>
            <PostForm action=again.action fields=again.fields class="grid gap-3 justify-items-start">
                <button type="submit" class="btn">"Continue in this tab"</button>
            </PostForm>
        </li>
    }
    .into_any()
}

fn no_number(what: String, why: String, todo: String, help: Option<String>) -> AnyView {
    let lang = visit().explanation_lang();
    view! {
        <PageHead title=what sub="Nothing was changed here: what was connected before still is." lang=lang>
            <a class="btn" href="/whatsapp-numbers">"All numbers"</a>
            <a class="btn btn-primary" href="/whatsapp-numbers/add">"Begin again"</a>
        </PageHead>
        {reason(why, todo, help)}
    }
    .into_any()
}

fn reason(why: String, todo: String, help: Option<String>) -> AnyView {
    let lang = visit().explanation_lang();
    let help = help.map(|address| view! { " " <More address=address /> });
    view! {
        <section class="card" aria-label="Reason">
            <dl class="rows">
                <div class="px-4.5 py-3"><dt class="cap">"Why"</dt><dd class="mt-0.5" dir="auto" lang=lang>{why}</dd></div>
                <div class="px-4.5 py-3"><dt class="cap">"What to do"</dt><dd class="mt-0.5" lang=lang>{todo}{help}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// Why an attempt failed, in the person's language.
struct Failure {
    what: String,
    why: String,
    todo: String,
    effect: String,
    help: Option<String>,
}

fn failed(failure: Failure, again: Again) -> AnyView {
    let Failure { what, why, todo, effect, help } = failure;
    let page = again.page.clone();
    view! {
        <PageHead title=what sub=effect lang=visit().explanation_lang()>
            {back(&again)}
            <a class="btn btn-primary" href=page>"Try again"</a>
        </PageHead>
        {reason(why, todo, help)}
    }
    .into_any()
}

/// The steps of some work, each with its mark.
pub fn steps(steps: Vec<ApplyStep>) -> AnyView {
    steps
        .into_iter()
        .map(|step| {
            view! {
                <li class="flex items-start gap-3 px-4.5 py-3">
                    <WorkMark of=step.state />
                    <div class="min-w-0">
                        <p class=if step.state == ApplyState::Waiting { "text-ink-2" } else { "" }>{step.name}</p>
                        {(!step.reason.is_empty()).then(|| view! {
                            <p class=if step.state == ApplyState::Failed { "text-[13px] text-bad" } else { "text-[13px] text-ink-3" }>{step.reason}</p>
                        })}
                    </div>
                </li>
            }
        })
        .collect_view()
        .into_any()
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

/// What was chosen was disconnected since.
fn over(is_guest: bool) -> AnyView {
    view! {
        <PageHead title="Nothing of this is connected any more" sub="It was disconnected since. What it brought is kept, unless somebody had it erased.">
            {(!is_guest).then(|| view! { <a class="btn" href="/">"Back to connections"</a> })}
        </PageHead>
    }
    .into_any()
}

/// Everything that was chosen met a problem.
fn none_connected(failed: usize, is_guest: bool) -> AnyView {
    let title = format!("{} not be connected", words::count(failed, "asset could", "assets could"));
    let sub = if is_guest {
        "Who sent you the link sees why, and can try again without you. You can close this page."
    } else {
        "The choice is saved. Each asset shows why, and what to do about it."
    };
    view! {
        <PageHead title=title sub=sub>
            {(!is_guest).then(|| view! { <a class="btn btn-primary" href="/">"See the reasons"</a> })}
        </PageHead>
    }
    .into_any()
}

fn done(connected: usize, failed: usize, guest: Option<&str>) -> AnyView {
    let title = format!("{} connected", words::count(connected, "asset is", "assets are"));
    if let Some(tenant) = guest {
        let sub = format!("{tenant} sees them from now on. There is nothing more to do; you can close this page.");
        return view! { <PageHead title=title sub=sub /> }.into_any();
    }
    let sub = match failed {
        0 => "Each shows what is proven so far, and what comes next.".to_owned(),
        n => {
            format!("{} not be connected; each one shows why.", words::count(n, "asset could", "assets could"))
        }
    };
    view! {
        <PageHead title=title sub=sub>
            <a class="btn btn-primary" href="/">"See the proof"</a>
        </PageHead>
    }
    .into_any()
}
