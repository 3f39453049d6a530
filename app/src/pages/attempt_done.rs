//! The end of an attempt whose choice was applied: what is connected, what is not, and what one can do next.

use crate::components::card::{PageHead, Section};
use crate::components::icon::{Icon, names};
use crate::components::stepper::THROUGH;
use crate::dto::attempt::{ApplyState, ApplyStep, Outcome};
use crate::pages::attempt::steps;
use crate::words::{count, grouped};
use leptos::prelude::*;

/// So many assets are named here. The page of connections has all of them.
const NAMED: usize = 12;
/// Where those stand that need somebody.
const TROUBLED: &str = "/?show=attention#assets";

/// The page: its name, how far the steps of connecting are, and its content.
pub(super) fn done(outcome: Outcome, guest: Option<&str>) -> (&'static str, usize, AnyView) {
    let Outcome { mut assets, unheard } = outcome;
    let count_of = |state| assets.iter().filter(|asset| asset.state == state).count();
    let (connected, failed) = (count_of(ApplyState::Done), count_of(ApplyState::Failed));
    let waiting = assets.len() - connected - failed;
    // What needs somebody is read first.
    assets.sort_by_key(|asset| match asset.state {
        ApplyState::Failed => 0,
        ApplyState::Done => 2,
        _ => 1,
    });
    let is_guest = guest.is_some();
    match (connected, failed) {
        (0, 0) if waiting == 0 => ("Over", THROUGH, over(is_guest)),
        (0, 0) => {
            let (head, chosen) = (unsettled(waiting, is_guest), chosen(assets, is_guest));
            ("Connecting", THROUGH - 1, view! { {head} {chosen} }.into_any())
        }
        (0, failed) => {
            let (head, chosen) = (none(failed, is_guest), chosen(assets, is_guest));
            ("Not connected yet", THROUGH - 1, view! { {head} {chosen} }.into_any())
        }
        (connected, failed) => {
            let head = match guest {
                Some(tenant) => connected_for(tenant, connected, failed + waiting),
                None => some(connected, failed, waiting, unheard.is_some()),
            };
            let (chosen, next) = (chosen(assets, is_guest), (!is_guest).then(|| next(unheard)));
            ("Connected", THROUGH, view! { {head} {chosen} {next} }.into_any())
        }
    }
}

/// What was chosen left this connection since.
fn over(is_guest: bool) -> AnyView {
    view! {
        <PageHead title="This choice holds no more" sub="What was chosen was disconnected since, or somebody connected it another way.">
            {(!is_guest).then(|| view! { <a class="btn" href="/">"Back to connections"</a> })}
        </PageHead>
    }
    .into_any()
}

/// Meta could not tell yet.
fn unsettled(waiting: usize, is_guest: bool) -> AnyView {
    let title = format!("{} waiting for Meta", count(waiting, "asset is", "assets are"));
    let sub = if is_guest {
        "Meta could not answer yet. It goes on without you; you can close this page."
    } else {
        "The choice is saved. Meta could not answer yet; Attaché goes on by itself."
    };
    view! {
        <PageHead title=title sub=sub>
            {(!is_guest).then(|| view! { <a class="btn btn-primary" href="/">"See how far it is"</a> })}
        </PageHead>
    }
    .into_any()
}

/// Everything that was chosen met a problem.
fn none(failed: usize, is_guest: bool) -> AnyView {
    let title = format!("{} not be connected", count(failed, "asset could", "assets could"));
    let sub = if is_guest {
        "Who sent you the link sees why, and can try again without you. You can close this page."
    } else {
        "The choice is saved. The list says why; what to do about it stands with each asset."
    };
    view! {
        <PageHead title=title sub=sub>
            {(!is_guest).then(|| view! { <a class="btn btn-primary" href=TROUBLED>"See what to do"</a> })}
        </PageHead>
    }
    .into_any()
}

fn title(connected: usize) -> String {
    format!("{} connected", count(connected, "asset is", "assets are"))
}

/// For a guest, who sees nothing further of the business.
fn connected_for(tenant: &str, connected: usize, rest: usize) -> AnyView {
    let sub = match rest {
        0 => format!("{tenant} sees them from now on. There is nothing more to do; you can close this page."),
        _ => {
            format!("{tenant} sees them from now on, and can try the rest again without you: you can close this page.")
        }
    };
    view! { <PageHead title=title(connected) sub=sub /> }.into_any()
}

fn some(connected: usize, failed: usize, waiting: usize, unheard: bool) -> AnyView {
    let sub = match (failed, unheard) {
        (0, _) if waiting > 0 => {
            format!("Meta could not answer yet about {}; Attaché goes on by itself.", count(waiting, "asset", "assets"))
        }
        (0, true) => "Meta confirms it. What is left to prove is that messages arrive.".to_owned(),
        (0, false) => "Meta confirms it.".to_owned(),
        (n, _) => format!("{} not be connected; the list says why.", count(n, "asset could", "assets could")),
    };
    let (proof, troubled) = match failed {
        0 => ("btn btn-primary", None),
        _ => ("btn", Some(view! { <a class="btn btn-primary" href=TROUBLED>"See what to do"</a> })),
    };
    view! {
        <PageHead title=title(connected) sub=sub>
            <a class=proof href="/">"See the proof"</a>
            {troubled}
        </PageHead>
    }
    .into_any()
}

/// The assets, as the page has shown them while they were being connected.
fn chosen(assets: Vec<ApplyStep>, is_guest: bool) -> AnyView {
    let note = grouped(assets.len());
    let more = assets.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| {
        let words = format!("{} more", grouped(more));
        let words = match is_guest {
            true => words.into_any(),
            false => view! { <a class="link" href="/#assets">{words}</a> }.into_any(),
        };
        view! { <p class="sub px-4.5 py-3 border-t border-line">"And "{words}"."</p> }
    });
    let rows = steps(assets.into_iter().take(NAMED).collect());
    view! {
        <Section title="What you chose" id="chosen" note=note>
            <ul class="rows">{rows}</ul>
            {more}
        </Section>
    }
    .into_any()
}

/// What one can do now; `unheard` is an asset that a first message would help.
fn next(unheard: Option<(String, String)>) -> AnyView {
    let row = |what: &'static str, text: AnyView, button: AnyView| {
        view! {
            <li class="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-4.5 py-3">
                <div class="flex-1 basis-64 min-w-0"><p class="font-medium">{what}</p><p class="sub">{text}</p></div>
                {button}
            </li>
        }
    };
    let test = unheard.map(|(id, name)| {
        let text =
            view! { "Write to "<bdi>{name}</bdi>" as a customer would, and watch the message arrive." }.into_any();
        let href = format!("/assets/{id}/test");
        let button = view! { <a class="btn" href=href><Icon of=names::SEND />"Send a test message"</a> }.into_any();
        row("Prove that messages arrive", text, button)
    });
    let invite = view! { <a class="btn" href="/team"><Icon of=names::INVITE />"Invite colleagues"</a> }.into_any();
    let team =
        "Everybody in the team sees the connections and their state. Only owners and admins change them.".into_any();
    view! {
        <Section title="What comes next" id="next">
            <ul class="rows">
                {test}
                {row("Bring your colleagues", team, invite)}
            </ul>
        </Section>
    }
    .into_any()
}
