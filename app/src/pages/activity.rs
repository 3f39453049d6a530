//! The page "Activity": the connection log and the audit log.

use crate::components::card::PageHead;
use crate::components::empty::Empty;
use crate::components::icon::names;
use crate::components::layout::Desk;
use crate::components::moment::Clock;
use crate::dto::activity::{ActivityEntry, ActivityPage, Log};
use crate::dto::health::Tone;
use leptos::prelude::*;

fn address(log: Log, kind: &str, before: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if log == Log::Audit {
        query.append_pair("log", "audit");
    }
    if !kind.is_empty() {
        query.append_pair("kind", kind);
    }
    if let Some(before) = before {
        query.append_pair("before", before);
    }
    let query = query.finish();
    if query.is_empty() { "/activity".into() } else { format!("/activity?{query}") }
}

/// The page `/activity`.
pub fn activity_page(page: ActivityPage) -> AnyView {
    let log = page.log;
    let tab = move |it: Log, name: &'static str| {
        view! { <a class="tab" href=address(it, "", None) aria-current=(it == log).then_some("page")>{name}</a> }
    };
    let sub = match log {
        Log::Connections => "What happened between Attaché and Meta, newest first.",
        Log::Audit => "Who did what in Attaché, newest first. Entries can be added, never changed.",
    };
    let entries = page.entries;
    let none = entries.is_empty();
    let rows = entries.into_iter().map(entry).collect_view();
    let filter = filter(log, &page.kinds, &page.kind);
    view! {
        <Desk title="Activity" narrow=true>
            <PageHead title="Activity" sub=sub />
            <div class="flex flex-wrap items-end gap-3">
                <nav class="tabs" aria-label="Logs">{tab(Log::Connections, "Connections")}{tab(Log::Audit, "People")}</nav>
                {filter}
            </div>
            <section class="card" aria-label="Entries">
                {if none {
                    view! { <Empty icon=names::ACTIVITY title="Nothing here yet" text="What happens is listed here with its time, its reason and who did it." /> }.into_any()
                } else {
                    view! { <ol class="rows">{rows}</ol> }.into_any()
                }}
            </section>
            <nav class="flex gap-2" aria-label="Pages">
                {page.is_later.then(|| view! { <a class="btn" href=address(log, &page.kind, None)>"Newest"</a> })}
                {page.older.map(|before| view! { <a class="btn" href=address(log, &page.kind, Some(&before)) rel="next">"Older"</a> })}
            </nav>
        </Desk>
    }
    .into_any()
}

fn filter(log: Log, kinds: &[(String, String)], chosen: &str) -> AnyView {
    let options = kinds
        .iter()
        .map(|(value, words)| view! { <option value=value.clone() selected=value == chosen>{words.clone()}</option> })
        .collect_view();
    view! {
        <form method="get" action="/activity" class="ml-auto flex gap-2 items-center">
            {(log == Log::Audit).then(|| view! { <input type="hidden" name="log" value="audit" /> })}
            <label class="sr-only" for="kind">"Kind"</label>
            <select class="field w-48" id="kind" name="kind"><option value="">"Everything"</option>{options}</select>
            <button type="submit" class="btn">"Show"</button>
        </form>
    }
    .into_any()
}

fn entry(entry: ActivityEntry) -> AnyView {
    let (dot, spoken) = match entry.tone {
        Tone::Ok => ("text-ok", "Good: "),
        Tone::Warn => ("text-warn", "Note: "),
        Tone::Bad => ("text-bad", "Problem: "),
        Tone::Idle => ("text-ink-3", ""),
    };
    view! {
        <li class="grid grid-cols-[auto_minmax(0,1fr)] sm:grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 px-4.5 py-3">
            <span class=format!("size-2 rounded-full bg-current mt-1.5 {dot}") aria-hidden="true"></span>
            <div class="min-w-0">
                <p><span class="sr-only">{spoken}</span>{entry.sentence}</p>
                {(!entry.detail.is_empty()).then(|| view! { <p class="text-[13px] text-ink-2">{entry.detail}</p> })}
                <p class="text-[12.5px] text-ink-3">{entry.actor}" · "{entry.kind}</p>
            </div>
            <span class="text-[13px] text-ink-2 max-sm:col-start-2"><Clock at=entry.at /></span>
        </li>
    }
    .into_any()
}
