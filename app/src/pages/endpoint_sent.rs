//! What was and is to be sent to an endpoint.

use crate::components::card::Section;
use crate::components::empty::Empty;
use crate::components::explained::Explained;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::moment::Clock;
use crate::components::pill::Pill;
use crate::components::raw::RawText;
use crate::dto::developers::SentRow;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The states that can be asked for: as the address names them, and in words.
const STATES: [(&str, &str); 4] =
    [("", "Everything"), ("delivered", "Delivered"), ("waiting", "On the way"), ("failed", "Failed")];

fn address(endpoint: &str, shown: &str, before: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !shown.is_empty() {
        query.append_pair("show", shown);
    }
    if let Some(before) = before {
        query.append_pair("before", before);
    }
    let query = query.finish();
    let joint = if query.is_empty() { "" } else { "?" };
    format!("/developers/{endpoint}{joint}{query}")
}

/// The list.
#[component]
pub fn Sent(
    /// The endpoint.
    endpoint: String,
    /// The rows, the latest event first.
    rows: Vec<SentRow>,
    /// The state that is asked for.
    shown: String,
    /// Where the next page begins.
    older: Option<String>,
    /// Whether this is a later page.
    is_later: bool,
    /// Whether events can be sent again now.
    may_replay: bool,
    /// How many were given up.
    failed: usize,
) -> impl IntoView {
    let none = rows.is_empty();
    let tabs = STATES
        .into_iter()
        .map(|(state, words)| {
            let here = (state == shown).then_some("page");
            view! { <a class="tab" href=address(&endpoint, state, None) aria-current=here>{words}</a> }
        })
        .collect_view();
    let rows = rows.into_iter().map(|row| sent(&endpoint, row, may_replay)).collect_view();
    let all_again = (may_replay && failed > 0).then(|| {
        let words = format!("Replay {} that failed", words::count(failed, "event", "events"));
        let fields = vec![("endpoint", endpoint.clone())];
        view! { <PostButton action="replay-failed" fields=fields class="btn btn-small"><Icon of=names::REPLAY />{words}</PostButton> }
            .into_any()
    });
    let all_again = view! { <div data-live="failed">{all_again}</div> }.into_any();
    let (title, text) = match shown.as_str() {
        "" => (
            "Nothing was sent yet",
            "Send a test event to see that it arrives. What happens to your connections follows by itself.",
        ),
        _ => ("None of these", "No event of the last 30 days is in this state."),
    };
    view! {
        <nav class="tabs justify-self-start" aria-label="Show">{tabs}</nav>
        <Section title="Sent events" id="sent" aside=all_again>
            <div data-live="sent">
                {if none {
                    view! { <Empty icon=names::SEND title=title text=text /> }.into_any()
                } else {
                    view! { <ol class="rows">{rows}</ol> }.into_any()
                }}
            </div>
        </Section>
        {(is_later || older.is_some()).then(|| view! {
            <nav class="flex gap-2" aria-label="Pages">
                {is_later.then(|| view! { <a class="btn" href=address(&endpoint, &shown, None)>"Newest"</a> })}
                {older.map(|before| view! { <a class="btn" href=address(&endpoint, &shown, Some(&before)) rel="next">"Older"</a> })}
            </nav>
        })}
    }
}

fn sent(endpoint: &str, row: SentRow, may_replay: bool) -> AnyView {
    let visit = visit();
    let fields = vec![("endpoint", endpoint.to_owned()), ("event", row.event.clone())];
    let spoken = format!("Send {} of {} again", row.kind, words::exact(&visit.zone, row.at));
    let tries = match row.tries {
        0 => String::new(),
        tries => words::count(tries, "try", "tries"),
    };
    // While the endpoint is disabled nothing is due, however long it has waited.
    let next = row.next_at.filter(|_| row.tries > 0 && may_replay);
    let next = next.map(|at| format!("next {}", words::until(&visit.zone, visit.now, at)));
    let came = [row.last, tries, next.unwrap_or_default()];
    let came = came.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let (body_label, answer_label) = (format!("Body of {}", row.event), format!("Answer to {}", row.event));
    let live = format!("event-{}", row.event);
    view! {
        <li class="px-4.5 py-3 grid gap-1.5" data-live=live>
            <div class="flex flex-wrap items-start gap-x-3 gap-y-2">
                <div class="min-w-0 flex-1 basis-56">
                    <p class="font-medium mono break-all">{row.kind}</p>
                    <p class="text-[13px] text-ink-3"><Clock at=row.at />{(!came.is_empty()).then(|| format!(" · {came}"))}</p>
                </div>
                <div class="flex items-center gap-3">
                    <Pill of=row.health />
                    {may_replay.then(|| view! {
                        <PostButton action="replay-event" fields=fields class="btn btn-small" label=spoken><Icon of=names::REPLAY />"Replay"</PostButton>
                    })}
                </div>
            </div>
            {row.problem.map(|why| view! { <Explained of=why /> })}
            <details class="group">
                <summary class="text-[13px] text-ink-2 cursor-pointer inline-flex items-center gap-1.5 rounded-sm min-h-6">
                    <Icon of=names::RIGHT class="size-3.5 group-open:rotate-90" />"Details"
                </summary>
                <div class="mt-2 grid gap-2">
                    <p class="text-[13px] text-ink-2">"webhook-id "<span class="mono break-all">{row.event}</span></p>
                    <RawText text=row.body label=body_label />
                    {row.answer.map(|answer| view! {
                        <p class="text-[13px] text-ink-2">"How the answer began"</p>
                        <RawText text=answer label=answer_label />
                    })}
                </div>
            </details>
        </li>
    }
    .into_any()
}
