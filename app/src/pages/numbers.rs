//! The page "WhatsApp numbers": every number that is connected.

use crate::components::brand::Brand;
use crate::components::card::PageHead;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Ago;
use crate::components::pill::Pill;
use crate::components::table::{Table, ToDetails};
use crate::dto::health::Platform;
use crate::dto::numbers::{NumberRow, NumbersPage};
use crate::islands::live::LivePage;
use leptos::prelude::*;

/// The columns that do not fit on narrow screens.
const WIDE: &[&str] = &["Quality", "Writes first to"];
/// Those that a phone does not show either.
const DESK: &[&str] = &["Account", "Last event"];

/// The page `/whatsapp-numbers`.
pub fn numbers_page(page: NumbersPage) -> AnyView {
    let (may, none) = (page.may_manage, page.rows.is_empty());
    let rows = page.rows.into_iter().map(row).collect_view();
    let columns = vec!["Number", "Account", "Quality", "Writes first to", "Status", "Last event"];
    view! {
        <Desk title="WhatsApp numbers">
            <PageHead title="WhatsApp numbers" sub="The numbers that send and receive here, and how Meta rates each.">
                <div class="contents" data-live="add">
                    {(may && !none).then(|| view! { <a class="btn btn-primary" href="/whatsapp-numbers/add"><Icon of=names::PLUS />"Add a number"</a> })}
                </div>
            </PageHead>
            <section class="card" aria-label="Numbers" data-live="list">
                {if none {
                    empty(may)
                } else {
                    view! { <Table columns=columns wide=WIDE desk=DESK live="numbers">{rows}</Table> }.into_any()
                }}
            </section>
            <LivePage of="asset".to_owned() after=page.live address="" once_in=0 />
        </Desk>
    }
    .into_any()
}

fn empty(may: bool) -> AnyView {
    let text = if may {
        "Set up a number with Meta, or connect one that your business has. Each then has a page with its quality, its limits and what can be done with it."
    } else {
        "An owner or admin of your team can connect the numbers of your WhatsApp account."
    };
    view! {
        <Empty icon=names::PHONE title="No number is connected yet" text=text>
            {may.then(|| view! { <a class="btn btn-primary" href="/whatsapp-numbers/add"><Icon of=names::PLUS />"Add a number"</a> })}
        </Empty>
    }
    .into_any()
}

fn row(it: NumberRow) -> impl IntoView {
    let href = format!("/whatsapp-numbers/{}", it.id);
    let spoken = format!("Details of {}", it.title);
    let (live, state, name) = (format!("number-{}", it.id), it.health.word.clone(), it.title.clone());
    view! {
        <tr data-live=live data-state=state data-name=name>
            <td>
                <div class="flex items-center gap-3">
                    <Brand of=Platform::Whatsapp small=true />
                    <div class="min-w-0">
                        <p class="font-medium leading-5 break-words" dir="auto"><a class="no-underline text-ink hover:underline rounded-sm" href=href.clone()>{it.title}</a></p>
                        <p class="text-[12.5px] leading-4.5 text-ink-3" dir="auto">{it.detail}</p>
                    </div>
                </div>
            </td>
            <td class="text-ink-2 text-[13.5px] max-sm:hidden" dir="auto">{it.account}</td>
            <td class="max-lg:hidden"><Pill of=it.quality /></td>
            <td class="text-ink-2 text-[13.5px] max-lg:hidden">{it.limit}</td>
            <td><Pill of=it.health /></td>
            <td class="text-ink-2 text-[13.5px] max-sm:hidden">
                {match it.last_event_at {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => view! { <span aria-label="none yet">"–"</span> }.into_any(),
                }}
            </td>
            <td class="w-12 text-right max-sm:w-auto max-sm:-mr-2">
                <ToDetails href=href label=spoken />
            </td>
        </tr>
    }
}
