//! The page "Deliveries": what Meta sent, and what became of it.

use crate::components::brand::Brand;
use crate::components::card::PageHead;
use crate::components::empty::Empty;
use crate::components::explained::Explained;
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Clock;
use crate::components::notice::Problem;
use crate::components::pill::Pill;
use crate::components::table::{Table, ToDetails};
use crate::dto::deliveries::{DeliveriesPage, DeliveryRow};
use crate::islands::live::LivePage;
use crate::visit::visit;
use leptos::prelude::*;

/// The outcomes that can be asked for: as the address names them, and in words.
pub const OUTCOMES: [(&str, &str); 5] = [
    ("", "Everything"),
    ("applied", "Applied"),
    ("failed", "Failed"),
    ("unreadable", "Unreadable"),
    ("quarantined", "Quarantined"),
];

/// The column that a phone does not show: what it says stands with what arrived.
const DESK: &[&str] = &["About"];

fn address(of_all: bool, outcome: &str, before: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if of_all {
        query.append_pair("of", "all");
    }
    if !outcome.is_empty() {
        query.append_pair("show", outcome);
    }
    if let Some(before) = before {
        query.append_pair("before", before);
    }
    let query = query.finish();
    if query.is_empty() { "/deliveries".into() } else { format!("/deliveries?{query}") }
}

/// The page `/deliveries`.
pub fn deliveries_page(page: DeliveriesPage) -> AnyView {
    let sub = if page.of_all {
        "What Meta sent to every business here, newest first."
    } else {
        "What Meta sent about your assets, newest first. Each is kept before Meta is told that it was received."
    };
    let (shown, none, all) = (page.outcome.clone(), page.rows.is_empty(), page.of_all);
    let filter = OUTCOMES
        .into_iter()
        // What belongs to nobody is the operator's alone.
        .filter(|(outcome, _)| page.of_all || !matches!(*outcome, "unreadable" | "quarantined"))
        .map(|(outcome, words)| {
            view! { <a class="tab" href=address(all, outcome, None) aria-current=(outcome == shown).then_some("page")>{words}</a> }
        })
        .collect_view();
    let problem = visit().failed("replay-deliveries", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let live = (!page.live.is_empty() && !page.is_later)
        .then(|| view! { <LivePage of="delivery".to_owned() after=page.live.clone() address="" once_in=0 /> });
    view! {
        <Desk title="Deliveries">
            <PageHead title="Deliveries" sub=sub />
            {problem}
            <nav class="tabs justify-self-start" aria-label="Show">{filter}</nav>
            <section class="card" aria-label="Deliveries">
                <div data-live="list" data-grows=(!none).then_some("")>
                    {(!none).then(|| view! {
                        <p class="px-4.5 py-2.5 border-b border-line" data-more="" hidden>
                            <a class="link" href=address(all, &shown, None)>"Show what has arrived since"</a>
                        </p>
                    })}
                    {if none { empty(all, &shown) } else { list(page.rows, page.may_replay, all) }}
                </div>
            </section>
            <nav class="flex gap-2" aria-label="Pages">
                {page.is_later.then(|| view! { <a class="btn" href=address(all, &shown, None)>"Newest"</a> })}
                {page.older.map(|before| view! { <a class="btn" href=address(all, &shown, Some(&before)) rel="next">"Older"</a> })}
            </nav>
            {live}
        </Desk>
    }
    .into_any()
}

fn empty(all: bool, shown: &str) -> AnyView {
    if shown.is_empty() {
        let text =
            "As soon as somebody writes to one of your assets, what Meta sends is listed here, with what became of it.";
        view! { <Empty icon=names::INBOX title="Nothing has arrived yet" text=text><a class="btn" href="/">"See the connections"</a></Empty> }.into_any()
    } else {
        let text = "No delivery that is kept ended this way.";
        view! { <Empty icon=names::INBOX title="None of these" text=text><a class="btn" href=address(all, "", None)>"Show everything"</a></Empty> }.into_any()
    }
}

fn list(rows: Vec<DeliveryRow>, may_replay: bool, all: bool) -> AnyView {
    let rows = rows.into_iter().map(|it| row(it, may_replay, all)).collect_view();
    let columns = vec!["Arrived", "What was in it", "About", "Outcome"];
    let table = view! { <Table columns=columns ticks=may_replay desk=DESK>{rows}</Table> };
    if !may_replay {
        return table.into_any();
    }
    view! {
        <PostForm action="replay-deliveries" class="contents" silent=true>
            {table}
            <div class="card-foot border-t border-line flex flex-wrap items-center gap-3">
                <button type="submit" class="btn"><Icon of=names::REPLAY />"Replay selected"</button>
                <p class="sub flex-1 min-w-52">"A replay applies the same delivery once more. What it brought is there once, as before."</p>
            </div>
        </PostForm>
    }
    .into_any()
}

fn row(it: DeliveryRow, may_replay: bool, all: bool) -> impl IntoView + use<> {
    // The way back leads to the same list.
    let href = format!("/deliveries/{}{}", it.id, if all { "?of=all" } else { "" });
    let box_id = format!("tick-{}", it.key);
    let spoken = format!("{}, {}", it.holds, it.asset);
    view! {
        <tr data-live=format!("row-{}", it.key)>
            {may_replay.then(|| view! {
                <td class="w-10 max-sm:w-auto"><label class="inline-grid place-items-center size-6" for=box_id.clone()>
                    <input type="checkbox" class="size-4" id=box_id.clone() name="delivery" value=it.id.clone() /><span class="sr-only">{format!("Choose {spoken}")}</span>
                </label></td>
            })}
            <td class="text-ink-2 text-[13.5px] whitespace-nowrap"><Clock at=it.at /></td>
            <td class="max-sm:col-span-3 max-sm:order-last">
                <a class="link font-medium" href=href.clone()>{it.holds}</a>
                <p class="sm:hidden text-[12.5px] text-ink-3" dir="auto">{it.asset.clone()}</p>
                {it.replayed_at.map(|at| view! { <p class="text-[12.5px] text-ink-3">"Replayed "<Clock at=at /></p> })}
                {it.problem.map(|why| view! { <Explained of=why brief=true class="text-[12.5px] text-ink-2" lead="" /> })}
            </td>
            <td class="max-sm:hidden">
                <div class="flex items-center gap-2.5 min-w-0">
                    {it.platform.map(|platform| view! { <Brand of=platform small=true /> })}
                    <span class="break-words min-w-0" dir="auto">{it.asset}</span>
                </div>
            </td>
            <td><Pill of=it.health /></td>
            <td class="w-12 text-right max-sm:hidden">
                <ToDetails href=href label=format!("Details of {spoken}") />
            </td>
        </tr>
    }
}
