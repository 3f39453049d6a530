//! One section for each person's grant: who, when, what Meta allows, and what one can do with it.

use crate::components::attempt_frame::Again;
use crate::components::card::Section;
use crate::components::explained::Explained;
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::moment::{Clock, On};
use crate::components::pill::Pill;
use crate::dto::status::{ConnectionRow, Permission, Renewal, TestResult};
use crate::words;
use leptos::prelude::*;

/// All connections.
#[component]
pub fn ConnectionsSection(
    /// The newest first.
    rows: Vec<ConnectionRow>,
    /// Whether the viewer may test, reconnect and disconnect.
    may: bool,
) -> impl IntoView {
    let (none, note) = (rows.is_empty(), words::grouped(rows.len()));
    let rows = rows.into_iter().map(|row| view! { <Connection row=row may=may /> }).collect_view();
    view! {
        <div class="contents" data-live="connections">
            {(!none).then(|| view! {
                <Section title="Access from Meta" id="access" note=note><div class="rows">{rows}</div></Section>
            })}
        </div>
    }
}

#[component]
fn Connection(row: ConnectionRow, may: bool) -> impl IntoView {
    let id = row.id.clone();
    let holds = words::count(row.assets, "asset", "assets");
    let word = row.health.word.clone();
    view! {
        <article class="p-4.5 grid gap-4" id=row.id>
            <div class="flex flex-wrap items-start gap-3">
                <div class="min-w-0 flex-1 basis-64">
                    <h3 class="font-semibold flex flex-wrap items-center gap-2">"Confirmed by "{row.by.clone()}<Pill of=row.health /></h3>
                    <p class="sub mt-0.5">"Connected "<Clock at=row.connected_at />" · "{row.token}" · "{holds}</p>
                </div>
                {may.then(|| buttons(&id, &row.by))}
            </div>
            {finding(row.test, word)}
            {row.renewal.map(renewal)}
            {(!row.missing.is_empty()).then(|| missing(&row.missing, may.then(|| Again::member(Some(id.clone()))).as_ref()))}
            <details class="group">
                <summary class="inline-flex items-center gap-1.5 cursor-pointer text-[13.5px] text-ink-2 hover:text-ink rounded-md py-0.5 list-none">
                    <Icon of=names::RIGHT class="group-open:rotate-90" />
                    {words::count(row.granted.len(), "permission", "permissions")}" granted"
                </summary>
                <ul class="grid gap-x-8 gap-y-2 pt-3 sm:grid-cols-2">
                    {row.granted.into_iter().map(|p| view! {
                        <li class="text-[13px]"><span class="mono">{p.name}</span><span class="block text-ink-2">{p.plain}</span></li>
                    }).collect_view()}
                </ul>
            </details>
        </article>
    }
}

fn buttons(id: &str, by: &str) -> AnyView {
    let field = || vec![("connection", id.to_owned())];
    let about = |what: &str| format!("{what}: access confirmed by {by}");
    view! {
        <div class="flex flex-wrap gap-2">
            <PostButton action="test-connection" fields=field() label=about("Test connection")>"Test connection"</PostButton>
            <a class="btn" href=format!("/connect?connection={id}") aria-label=about("Reconnect")>"Reconnect"</a>
            <a class="btn btn-danger" href=format!("/disconnect/{id}") aria-label=about("Disconnect")>"Disconnect"</a>
        </div>
    }
    .into_any()
}

/// What is known of the access; `word` is how the connection stands, when it does not work.
fn finding(test: TestResult, word: String) -> AnyView {
    match test.refused {
        None => view! {
            <p class="flex items-start gap-2 text-[13.5px]">
                <Icon of=names::DONE class="mt-0.5 text-ok" />
                <span><b class="text-ok">"Confirmed"</b>" "<Clock at=test.at />". "{test.finding}</span>
            </p>
        }
        .into_any(),
        Some(why) => view! {
            <div class="flex items-start gap-2 text-[13.5px]">
                <Icon of=names::ALERT class="mt-0.5 text-bad" />
                <div class="min-w-0"><p><b class="text-bad">{word}</b>". Last asked "<On at=test.at />"."</p><Explained of=why /></div>
            </div>
        }
        .into_any(),
    }
}

/// The button that asks Meta again for what was declined (`auth_type=rerequest`, Meta reference §3).
fn ask_again(again: &Again) -> AnyView {
    view! {
        <PostForm action=again.action fields=again.fields.clone() class="grid gap-2">
            <button type="submit" class="btn btn-small">"Ask again"</button>
        </PostForm>
    }
    .into_any()
}

fn renewal(of: Renewal) -> AnyView {
    let (icon, class, said) = match of.failed {
        None => (names::AGAIN, "mt-0.5 text-ink-3", view! { <p>{of.text}</p> }.into_any()),
        Some(why) => (names::ALERT, "mt-0.5 text-warn", view! { <Explained of=why /> }.into_any()),
    };
    view! { <div class="flex items-start gap-2 text-[13.5px] text-ink-2"><Icon of=icon class=class />{said}</div> }
        .into_any()
}

/// Permissions Meta did not grant, what that stops, and the way to ask again.
pub fn missing(permissions: &[Permission], again: Option<&Again>) -> AnyView {
    let rows = permissions
        .iter()
        .map(|p| view! { <li>{p.plain.clone()}" " <span class="mono text-[12px]">{p.name.clone()}</span></li> })
        .collect_view();
    let title = words::count(permissions.len(), "permission is missing", "permissions are missing");
    view! {
        <div class="warn rounded-card px-4 py-3 flex flex-wrap gap-3 items-start text-[13.5px]">
            <div class="flex-1 min-w-52 grid gap-1">
                <p class="font-semibold">{title}</p>
                <ul class="grid gap-1 list-disc pl-4.5">{rows}</ul>
            </div>
            {again.map(ask_again)}
        </div>
    }
    .into_any()
}
