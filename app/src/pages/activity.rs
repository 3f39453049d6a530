//! The page "Activity": the connection log and the audit log.

use crate::components::card::PageHead;
use crate::components::empty::Empty;
use crate::components::explained::Explained;
use crate::components::form::Select;
use crate::components::icon::names;
use crate::components::layout::Desk;
use crate::components::moment::Clock;
use crate::dto::activity::{ActivityEntry, ActivityPage, AuditChoices, Log, Sentence};
use crate::dto::health::Tone;
use leptos::prelude::*;

fn address(log: Log, only_problems: bool, choices: Option<&AuditChoices>, before: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    match log {
        Log::Connections => {}
        Log::Notices => drop(query.append_pair("log", "notices")),
        Log::Audit => drop(query.append_pair("log", "audit")),
    }
    if only_problems {
        query.append_pair("show", "problems");
    }
    for (name, value) in choices.into_iter().flat_map(|c| [("action", &c.action), ("person", &c.person)]) {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
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
        view! { <a class="tab" href=address(it, false, None, None) aria-current=(it == log).then_some("page")>{name}</a> }
    };
    let sub = match log {
        Log::Connections => "What happened between Attaché and Meta, newest first.",
        Log::Notices => "What Meta said about your assets besides messages: quality, limits, reviews.",
        Log::Audit => "Who did what in Attaché, newest first. Entries can be added, never changed.",
    };
    let entries = page.entries;
    let none = entries.is_empty();
    let rows = entries.into_iter().map(entry).collect_view();
    let only = page.only_problems;
    let choices = page.choices;
    let filter = match &choices {
        Some(choices) => audit_filter(choices.clone()),
        None if log == Log::Connections => filter(only),
        None => ().into_any(),
    };
    let people = page.may_audit.then(|| tab(Log::Audit, "People"));
    let nothing = none.then(|| empty(log, only, choices.as_ref(), page.is_later));
    view! {
        <Desk title="Activity" narrow=true>
            <PageHead title="Activity" sub=sub />
            <div class="flex flex-wrap items-end gap-3">
                <nav class="tabs" aria-label="Logs">{tab(Log::Connections, "Connections")}{tab(Log::Notices, "Notices")}{people}</nav>
                {filter}
            </div>
            <section class="card" aria-label="Entries">
                {match nothing {
                    Some(nothing) => nothing,
                    None => view! { <ol class="rows">{rows}</ol> }.into_any(),
                }}
            </section>
            <nav class="flex gap-2" aria-label="Pages">
                {page.is_later.then(|| view! { <a class="btn" href=address(log, only, choices.as_ref(), None)>"Newest"</a> })}
                {page.older.map(|before| view! { <a class="btn" href=address(log, only, choices.as_ref(), Some(&before)) rel="next">"Older"</a> })}
            </nav>
        </Desk>
    }
    .into_any()
}

/// Nothing yet, nothing of what was asked for, or nothing further back.
fn empty(log: Log, only_problems: bool, choices: Option<&AuditChoices>, is_later: bool) -> AnyView {
    let narrowed = only_problems || choices.is_some_and(|it| it.action.is_some() || it.person.is_some());
    let (title, text) = match (narrowed, log) {
        _ if is_later => ("Nothing further back", "The log begins with the entry before."),
        (true, Log::Audit) => ("None of these", "Nobody who was asked for did this, as far as the log goes back."),
        (true, _) => ("No problem", "Nothing went wrong between Attaché and Meta, as far as the log goes back."),
        (false, Log::Connections) => (
            "Nothing has happened yet",
            "What happens between Attaché and Meta is listed here, with its time and its reason.",
        ),
        (false, Log::Notices) => ("No notice yet", "What Meta says about your assets besides messages is listed here."),
        (false, Log::Audit) => ("Nobody has done anything yet", "Who does what in Attaché is listed here."),
    };
    if !narrowed || is_later {
        return view! { <Empty icon=names::ACTIVITY title=title text=text /> }.into_any();
    }
    let everything = address(log, false, None, None);
    view! {
        <Empty icon=names::ACTIVITY title=title text=text><a class="btn" href=everything>"Show everything"</a></Empty>
    }
    .into_any()
}

fn filter(only_problems: bool) -> AnyView {
    let choice = |on: bool, name: &'static str| {
        let chosen = on == only_problems;
        view! { <a class="tab" href=address(Log::Connections, on, None, None) aria-current=chosen.then_some("page")>{name}</a> }
    };
    view! { <nav class="tabs sm:ml-auto" aria-label="Show">{choice(false, "Everything")}{choice(true, "Problems")}</nav> }.into_any()
}

/// A plain form: what is asked for stands in the address and can be sent to a colleague.
fn audit_filter(choices: AuditChoices) -> AnyView {
    let with_all = |all: &str, rest: Vec<(String, String)>| {
        let mut options = vec![(String::new(), all.to_owned())];
        options.extend(rest);
        options
    };
    let actions = choices.actions.into_iter().map(|action| (action.clone(), action.replace(['.', '_'], " "))).collect();
    view! {
        <form method="get" action="/activity" class="flex flex-wrap items-end gap-2 sm:ml-auto" aria-label="Filter">
            <input type="hidden" name="log" value="audit" />
            <Select id="audit-action" name="action" label="Action" options=with_all("Every action", actions) chosen=choices.action.unwrap_or_default() />
            <Select id="audit-person" name="person" label="Who" options=with_all("Everybody", choices.people) chosen=choices.person.unwrap_or_default() />
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
    let sentence = match entry.sentence {
        Sentence::English(text) => view! { <p><span class="sr-only">{spoken}</span>{text}</p> }.into_any(),
        Sentence::Explained(why) => {
            view! { <span class="sr-only">{spoken}</span><Explained of=why class="" lead="" /> }.into_any()
        }
    };
    view! {
        <li class="grid grid-cols-[auto_minmax(0,1fr)] sm:grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 px-4.5 py-3">
            <span class=format!("size-2 rounded-full bg-current mt-1.5 {dot}") aria-hidden="true"></span>
            <div class="min-w-0">
                {sentence}
                {(!entry.about.is_empty()).then(|| view! { <p class="text-[12.5px] text-ink-3" dir="auto">{entry.about}</p> })}
            </div>
            <span class="text-[13px] text-ink-2 max-sm:col-start-2"><Clock at=entry.at /></span>
        </li>
    }
    .into_any()
}
