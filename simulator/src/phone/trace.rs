//! What Meta told the product about this conversation, and what the product answered.

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::Value;

use super::choice::Choice;
use crate::clock::timestamp;
use crate::state::State;
use crate::webhooks::{Attempt, PendingDelivery, Unheard};

/// Lines shown.
const MOST: usize = 40;

/// The column beside or below the phone.
pub(super) fn section(state: &State, choice: &Choice) -> Markup {
    html! {
        section class="trace" aria-labelledby="trace-title" {
            h2 id="trace-title" { "What Meta told the product" }
            p class="soft" { "Each line is one webhook: its field, and what the product answered. Meta wants 200, quickly." }
            (list(state, choice))
            p class="script row" {
                button type="button" data-act="deliver" { "Deliver what waits" }
                a href="/_sim/webhooks" { "All attempts as JSON" }
            }
        }
    }
}

enum Line<'a> {
    Tried(&'a Attempt),
    Unheard(&'a Unheard),
}

impl Line<'_> {
    fn at(&self) -> i64 {
        match self {
            Self::Tried(attempt) => attempt.at,
            Self::Unheard(unheard) => unheard.at,
        }
    }
}

/// The newest first.
pub(super) fn list(state: &State, choice: &Choice) -> Markup {
    let thread = choice.thread();
    let tried = state.outbox.attempts().rev().filter(|attempt| attempt.threads.contains(&thread)).take(MOST);
    let unheard = state.outbox.unheard().rev().filter(|one| one.update.thread.as_ref() == Some(&thread)).take(MOST);
    let mut lines: Vec<Line<'_>> = tried.map(Line::Tried).chain(unheard.map(Line::Unheard)).collect();
    // Stable: what happened in the same second keeps its order.
    lines.sort_by_key(|line| std::cmp::Reverse(line.at()));
    lines.truncate(MOST);
    let pending = state.outbox.pending();
    html! {
        div id="trace" {
            @if state.outbox.waiting() > 0 {
                p class="wait" { (state.outbox.waiting()) " held back" }
            }
            @if lines.is_empty() { p class="soft" { "Nothing yet." } }
            ol class="lines" {
                @for line in &lines {
                    @match line {
                        Line::Tried(attempt) => (tried_line(attempt, &pending)),
                        Line::Unheard(unheard) => (unheard_line(unheard)),
                    }
                }
            }
        }
    }
}

fn time(at: i64) -> Markup {
    html! { time { (timestamp(at).strftime("%H:%M:%S").to_string()) } }
}

fn tried_line(attempt: &Attempt, pending: &[PendingDelivery]) -> Markup {
    let (class, word) = match attempt.status {
        Some(200) => ("good", "200 OK".to_owned()),
        Some(status) => ("bad", named(status)),
        None => ("bad", "No answer".to_owned()),
    };
    let again = pending.iter().find(|one| one.id == attempt.delivery && one.tries == attempt.number);
    html! {
        li id={"a-" (attempt.id)} {
            details {
                summary {
                    span class={"chip " (class)} { (word) }
                    code { (attempt.fields.join(", ")) }
                    @if let Some(what) = said(&attempt.json()) { span class="what" { (what) } }
                    span class="ms" { (attempt.latency_ms) " ms" }
                    (time(attempt.at))
                }
                p class="soft" {
                    "Try " (attempt.number) " of delivery " (attempt.delivery) ", " (attempt.updates)
                    @if attempt.updates == 1 { " update" } @else { " updates" } ", to " code { (attempt.callback_url) }
                    @if let Some(error) = &attempt.error { ". " (error) }
                }
                @for (name, value) in &attempt.headers { p { code { (name) ": " (value) } } }
                pre tabindex="0" aria-label="Body" { (pretty(attempt)) }
                @if !attempt.answer.is_empty() { p { "Answer:" } pre { (attempt.answer) } }
            }
            @if let Some(again) = again {
                p class="soft" { "Meta tries again at " (time(again.next_at)) "." }
            }
        }
    }
}

/// The first update in a word: `text`, `delivered`, `reaction`.
fn said(body: &Value) -> Option<String> {
    let entry = &body["entry"][0];
    let item = ["messaging", "standby"].iter().find_map(|list| entry[list][0].as_object());
    if let Some(item) = item {
        let message = &item.get("message").cloned().unwrap_or_default();
        let kind = message["attachments"][0]["type"].as_str().filter(|_| message["text"].is_null());
        let event = item.keys().find(|key| !matches!(key.as_str(), "sender" | "recipient" | "timestamp"))?;
        return Some(match kind {
            Some(kind) => kind.to_owned(),
            None if message["is_deleted"] == true => "unsent".to_owned(),
            None if event == "message" => "text".to_owned(),
            None => event.replace('_', " "),
        });
    }
    let value = &entry["changes"][0]["value"];
    let word = [&value["statuses"][0]["status"], &value["messages"][0]["type"], &value["item"], &value["event"]];
    word.into_iter().find_map(|word| Some(word.as_str()?.to_owned()))
}

fn named(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    format!("{status} {}", reason.unwrap_or_default()).trim().to_owned()
}

fn unheard_line(unheard: &Unheard) -> Markup {
    html! {
        li {
            p class="line-head" {
                span class="chip none" { "No webhook" }
                code { (unheard.update.field) }
                (time(unheard.at))
            }
            p class="soft" { (unheard.why.text()) }
        }
    }
}

/// Small bodies indented, large ones cut.
fn pretty(attempt: &Attempt) -> String {
    let text = serde_json::to_string_pretty(&attempt.json()).unwrap_or_default();
    if text.len() <= 6_000 {
        return text;
    }
    let mut cut: String = text.chars().take(6_000).collect();
    cut.push_str("\n…");
    cut
}
