//! The page of one delivery.

use crate::components::brand::Brand;
use crate::components::card::{PageHead, Section};
use crate::components::explained::Explained;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Clock;
use crate::components::notice::Problem;
use crate::components::pill::Pill;
use crate::components::raw::RawText;
use crate::dto::deliveries::{DeliveryPage, DeliveryRow, EventRow};
use crate::islands::live::LivePage;
use crate::visit::visit;
use crate::words::count;
use leptos::prelude::*;

/// The page `/deliveries/{id}`.
pub fn delivery_page(page: DeliveryPage) -> AnyView {
    let visit = visit();
    let sub =
        format!("Received {}, signed by the Meta app {}.", crate::words::exact(&visit.zone, page.at), page.meta_app_id);
    let problem = visit.failed("replay-deliveries", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let expired = page.expired;
    let parts = page.parts.into_iter().map(|it| part(it, expired)).collect_view();
    let none = page.events.is_empty();
    let note = if expired { String::new() } else { count(page.events.len(), "event", "events") };
    let events = page.events.into_iter().map(event).collect_view();
    let back = if visit.query_value("of").as_deref() == Some("all") { "/deliveries?of=all" } else { "/deliveries" };
    let live = (!page.live.is_empty())
        .then(|| view! { <LivePage of="delivery".to_owned() after=page.live.clone() address="" once_in=0 /> });
    view! {
        <Desk title="Delivery" narrow=true>
            <PageHead title="Delivery" sub=sub>
                <a class="btn" href=back><Icon of=names::BACK />"Deliveries"</a>
                {(page.may_replay && !expired).then(|| view! {
                    <PostButton action="replay-deliveries" fields=vec![("delivery", page.id.clone())] class="btn btn-primary"><Icon of=names::REPLAY />"Replay"</PostButton>
                })}
            </PageHead>
            {problem}
            <Section title="What became of it" id="outcome"><ul class="rows" data-live="parts">{parts}</ul></Section>
            <Section title="What was in it" id="events" note=note>
                {if none {
                    let text = if expired { "Its content is no longer kept, so it cannot be replayed." } else { "Nothing in it could be read." };
                    view! { <p class="sub p-4.5">{text}</p> }.into_any()
                } else {
                    view! { <ol class="rows">{events}</ol> }.into_any()
                }}
            </Section>
            {page.body.map(|body| view! {
                <Section title="As Meta sent it" id="body"><div class="p-4.5"><RawText text=body label="Raw body" /></div></Section>
            })}
            {live}
        </Desk>
    }
    .into_any()
}

fn part(it: DeliveryRow, expired: bool) -> AnyView {
    view! {
        <li class="flex flex-wrap items-start gap-x-3 gap-y-2 px-4.5 py-3">
            {it.platform.map(|platform| view! { <Brand of=platform small=true /> })}
            <div class="flex-1 min-w-52 grid gap-0.5">
                <p class="font-medium break-words" dir="auto">{it.asset}</p>
                <p class="text-[13px] text-ink-2">{it.holds}</p>
                // What to do about it is of no use once the content is gone.
                {it.problem.map(|why| view! { <Explained of=why brief=expired class="text-[13.5px] mt-1" /> })}
                {it.replayed_at.map(|at| view! { <p class="text-[12.5px] text-ink-3">"Replayed "<Clock at=at /></p> })}
            </div>
            <Pill of=it.health />
        </li>
    }
    .into_any()
}

fn event(it: EventRow) -> AnyView {
    let raw = it.raw.map(|raw| {
        let label = format!("Raw JSON of: {}", it.sentence);
        view! {
            <details class="mt-2 group">
                <summary class="text-[13px] text-ink-2 cursor-pointer inline-flex items-center gap-1.5 rounded-sm min-h-6">
                    <Icon of=names::RIGHT class="size-3.5 group-open:rotate-90" />"Raw JSON"
                </summary>
                <div class="mt-2"><RawText text=raw label=label /></div>
            </details>
        }
    });
    view! {
        <li class="px-4.5 py-3">
            <div class="flex gap-3 items-baseline"><p class="flex-1 min-w-0">{it.sentence}</p><span class="text-[13px] text-ink-2 whitespace-nowrap"><Clock at=it.at /></span></div>
            {it.problem.map(|why| view! { <Explained of=why class="text-[13.5px] mt-1" /> })}
            {raw}
        </li>
    }
    .into_any()
}
