//! The page "Developers": endpoints that take events, and API keys.

use crate::components::card::{PageHead, Section};
use crate::components::copy::ShownOnce;
use crate::components::empty::Empty;
use crate::components::form::{Field, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::pill::Pill;
use crate::dto::developers::{DevelopersPage, EndpointRow, FreshEndpoint, KindRow};
use crate::islands::live::LivePage;
use crate::pages::api_keys::ApiKeys;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

const SUB: &str = "Let your own systems hear what happens to your connections, and let programs work with them.";

/// The page `/developers`.
pub fn developers_page(page: DevelopersPage) -> AnyView {
    let live = (!page.live.is_empty())
        .then(|| view! { <LivePage of="endpoint".to_owned() after=page.live.clone() address="" once_in=0 /> });
    view! {
        <Desk title="Developers" narrow=true>
            <PageHead title="Developers" sub=SUB />
            <Endpoints rows=page.endpoints kinds=page.kinds fresh=page.fresh_endpoint />
            <ApiKeys rows=page.keys fresh=page.fresh_key may_make=page.may_make_keys />
            {live}
        </Desk>
    }
    .into_any()
}

#[component]
fn Endpoints(rows: Vec<EndpointRow>, kinds: Vec<KindRow>, fresh: Option<FreshEndpoint>) -> impl IntoView {
    let none = rows.is_empty();
    let note = if none { String::new() } else { words::grouped(rows.len()) };
    let rows = rows.into_iter().map(row).collect_view();
    // Who has none yet came to add one; a form that failed stays open.
    let open = none || visit().failed("add-endpoint", &[]).is_some();
    view! {
        <Section title="Webhook endpoints" id="endpoints" note=note>
            {fresh.map(fresh_endpoint)}
            <div data-live="endpoints">
                {none.then(|| view! {
                    <Empty icon=names::SEND title="No endpoint yet" text="Add the address of your system. Attaché sends it a signed event when access is about to end, ends, or works again." />
                })}
                <ul class="rows">{rows}</ul>
            </div>
            <details class="card-foot border-t border-line group" open=open>
                <summary class="flex items-center gap-2 min-h-9 cursor-pointer list-none font-medium rounded-md">
                    <Icon of=names::PLUS class="text-ink-3" />"Add an endpoint"
                </summary>
                <PostForm action="add-endpoint" class="grid gap-4 pt-3">
                    <Field form="add-endpoint" name="url" label="Address" kind="url" hint="Where your system takes events, such as https://example.com/hooks/attache." max=2000 />
                    <Field form="add-endpoint" name="description" label="Description" optional=true />
                    <Kinds form="add-endpoint" kinds=kinds />
                    <div><button type="submit" class="btn btn-primary"><Icon of=names::PLUS />"Add the endpoint"</button></div>
                </PostForm>
            </details>
        </Section>
    }
}

fn fresh_endpoint(made: FreshEndpoint) -> AnyView {
    let href = format!("/developers/{}", made.id);
    view! {
        <ShownOnce
            id="endpoint-secret"
            words="The endpoint is added. This is its secret."
            label="Signing secret"
            text=made.secret
            hint="Your system checks with it that an event is from here."
        >
            <p><a class="btn" href=href>"Send a test event"<Icon of=names::NEXT /></a></p>
        </ShownOnce>
    }
    .into_any()
}

fn row(row: EndpointRow) -> AnyView {
    let href = format!("/developers/{}", row.id);
    let said = [row.description, row.takes, row.stands];
    let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="px-4.5 py-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <div class="min-w-0 flex-1 basis-60">
                <a class="link font-medium break-all" href=href>{row.url}</a>
                <p class="text-[13px] text-ink-3 break-words" dir="auto">{said}</p>
            </div>
            <Pill of=row.health />
        </li>
    }
    .into_any()
}

/// The types of events to tick.
#[component]
pub fn Kinds(
    /// The action of the form that they belong to.
    form: &'static str,
    /// The types.
    kinds: Vec<KindRow>,
) -> impl IntoView {
    let visit = visit();
    let outcome = visit.outcome.filter(|outcome| outcome.action == form);
    let boxes = kinds
        .into_iter()
        .map(|kind| {
            let typed = outcome.as_ref().map(|outcome| {
                outcome.values.iter().any(|(name, value)| name == "kind" && *value == kind.name)
            });
            let ticked = typed.unwrap_or(kind.chosen);
            let id = format!("{form}-{}", kind.name.replace(['.', '_'], "-"));
            view! {
                <li>
                    <label class="flex items-start gap-2.5 py-1 min-h-9 cursor-pointer" for=id>
                        <input type="checkbox" class="size-4 mt-1 flex-none" id=id.clone() name="kind" value=kind.name.clone() checked=ticked />
                        <span class="min-w-0"><span class="mono break-all">{kind.name}</span><span class="block text-[13px] text-ink-3">{kind.tells}</span></span>
                    </label>
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset class="min-w-0">
            <legend class="label">"Events"</legend>
            <p class="hint mt-0 mb-1">"Tick what to send. With nothing ticked every event is sent, including types added later."</p>
            <ul class="grid sm:grid-cols-2 gap-x-4">{boxes}</ul>
        </fieldset>
    }
}
