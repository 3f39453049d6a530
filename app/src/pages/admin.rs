//! The operator's page.

use crate::components::card::{PageHead, Section};
use crate::components::empty::Empty;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::moment::Ago;
use crate::components::notice::{Notice, Problem};
use crate::components::pill::Pill;
use crate::components::table::Table;
use crate::dto::admin::{AdminPage, KeyRow, TenantRow};
use crate::dto::health::Tone;
use crate::pages::admin_intake::IntakeSection;
use crate::visit::visit;
use crate::words::{count, grouped};
use leptos::prelude::*;

/// The headings of the table of businesses.
const COLUMNS: [&str; 6] = ["Business", "Status", "People", "Connections", "Assets", "Since"];
/// Its cells, as they stand on a phone: at the left, and at the right.
const LEFT: &str = "text-ink-2 max-sm:text-[13px]";
const RIGHT: &str = "text-ink-2 max-sm:text-[13px] max-sm:col-span-2 max-sm:justify-self-end";

/// The page `/admin`.
pub fn admin_page(page: AdminPage) -> AnyView {
    let old: usize = page.keys.iter().filter(|key| !key.active).map(|key| key.rows).sum();
    let keys = page.keys.into_iter().map(key).collect_view();
    let none = page.tenants.is_empty();
    let note = grouped(page.total);
    let tenants = page.tenants.into_iter().map(tenant).collect_view();
    let rotate = (old > 0).then(|| {
        view! { <PostButton action="rotate-keys"><Icon of=names::KEY />"Re-seal "{count(old, "value", "values")}</PostButton> }
    }).into_any();
    let troubled = page.graph_state.clone().filter(|state| state.health.tone != Tone::Ok);
    let version = troubled.map(|state| {
        view! { <Notice tone=state.health.tone lead=format!("{}.", state.what) text=state.todo /> }
    });
    let problem = visit().failed("rotate-keys", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    view! {
        <Desk title="Installation">
            <PageHead title="Installation" sub="Everything that runs here. Only operators see this page." />
            {problem}
            {version}
            <dl class="card grid sm:grid-cols-3">
                {fact("Version", page.version)}
                <div class="p-4.5">
                    <dt class="cap">"Graph API"</dt>
                    <dd class="mt-1 font-medium flex flex-wrap items-center gap-2">
                        {page.graph_version}
                        {page.graph_state.as_ref().map(|state| view! { <Pill of=state.health.clone() /> })}
                    </dd>
                </div>
                <div class="p-4.5">
                    <dt class="cap">"Meta app"</dt>
                    <dd class="mt-1 flex flex-wrap items-center gap-2"><Pill of=page.meta_app /><a class="link text-[13.5px]" href="/setup">"Open"</a></dd>
                </div>
            </dl>
            <IntakeSection of=page.intake />
            <Section title="Businesses" id="tenants" note=note>
                {if none {
                    view! { <Empty icon=names::BUSINESS title="No business has signed up yet" text="Each business that signs up is listed here with its state." /> }.into_any()
                } else {
                    view! { <Table columns=COLUMNS.to_vec() figures=true>{tenants}</Table> }.into_any()
                }}
            </Section>
            <nav class="flex gap-2 empty:hidden" aria-label="Pages">
                {page.is_later.then(|| view! { <a class="btn" href="/admin">"First"</a> })}
                {page.older.map(|last| view! { <a class="btn" href=format!("/admin?after={last}") rel="next">"More businesses"</a> })}
            </nav>
            <Section title="Key ring" id="keys" aside=rotate>
                <ul class="rows">{keys}</ul>
            </Section>
        </Desk>
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div class="p-4.5"><dt class="cap">{name}</dt><dd class="mt-1 font-medium">{value}</dd></div> }.into_any()
}

/// On a phone: the name and its state, and below them the figures, two beside each other.
fn tenant(row: TenantRow) -> AnyView {
    view! {
        <tr class="max-sm:gap-y-0.5">
            <th scope="row" class="normal-case tracking-normal text-[14px] text-ink wrap-anywhere" dir="auto">{row.name}</th>
            <td class=RIGHT><Pill of=row.health /></td>
            <td class=LEFT>{grouped(row.members)}{unit(row.members, "person", "people")}</td>
            <td class=RIGHT>{grouped(row.connections)}{unit(row.connections, "connection", "connections")}</td>
            <td class=LEFT>{grouped(row.assets)}{unit(row.assets, "asset", "assets")}</td>
            <td class=RIGHT><span class="sm:hidden">"added "</span><Ago at=row.created_at /></td>
        </tr>
    }
    .into_any()
}

/// What is counted: a phone shows no heading that says it.
fn unit(n: usize, one: &'static str, many: &'static str) -> impl IntoView {
    view! { <span class="sm:hidden">" "{if n == 1 { one } else { many }}</span> }
}

fn key(row: KeyRow) -> AnyView {
    let words = match (row.active, row.rows) {
        _ if !row.known => "Not in the ring: these values cannot be opened. Add the key back",
        (true, _) => "Seals everything new",
        (false, 0) => "No longer needed: it can leave the ring",
        (false, _) => "Still opens older values; re-seal them before removing it",
    };
    view! {
        <li class="flex flex-wrap items-center gap-3 px-4.5 py-3">
            <Icon of=names::KEY class="text-ink-3" />
            <span class="mono min-w-0 break-all">{row.id}</span>
            {row.active.then(|| view! { <span class="pill ok">"Active"</span> })}
            {(!row.known).then(|| view! { <span class="pill bad">"Missing"</span> })}
            <span class="sub flex-1 min-w-40">{words}</span>
            <span class="text-[13.5px] text-ink-2">{count(row.rows, "sealed value", "sealed values")}</span>
        </li>
    }
    .into_any()
}
