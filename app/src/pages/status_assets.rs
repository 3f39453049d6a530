//! The table of connected assets: its search, its filter, and its pages. All three stand in the address.

use crate::components::brand::Brand;
use crate::components::card::Section;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, names};
use crate::components::moment::Ago;
use crate::components::pill::Pill;
use crate::components::table::{Table, ToDetails};
use crate::dto::status::{AssetList, AssetRow, StatusPage};
use crate::pages::status_asset::details;
use crate::words;
use leptos::prelude::*;

/// The value of `show` that asks for what needs attention alone.
const ATTENTION: &str = "attention";

/// The columns that a phone has no room for.
const DESK: &[&str] = &["Location", "Last event"];

/// The table with this search and filter, from `after` on, with an asset open.
fn address(list: &AssetList, only_troubled: bool, after: Option<&str>, open: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let show = only_troubled.then_some(ATTENTION);
    let searched = Some(list.query.as_str()).filter(|query| !query.is_empty());
    for (name, value) in [("q", searched), ("show", show), ("after", after), ("asset", open)] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    let joint = if query.is_empty() { "" } else { "?" };
    format!("/{joint}{query}#{}", open.unwrap_or("assets"))
}

/// The assets that match the search and the filter.
#[component]
pub fn AssetsSection(
    /// The whole page's data.
    page: StatusPage,
) -> impl IntoView {
    let list = page.list.clone();
    let search = search(&list).into_any();
    let note = note(&list, page.assets.len(), page.asset_total);
    let filter = (page.asset_total > 0).then(|| filter(&list));
    let body = if page.assets.is_empty() { nothing(&list, page.asset_total) } else { table(page) };
    view! {
        <Section title="Assets" id="assets" note=note aside=search>
            {filter}
            {body}
            {pages(&list)}
        </Section>
    }
}

/// How many there are: "240", "12 of 240", "51–100 of 240".
fn note(list: &AssetList, shown: usize, total: usize) -> String {
    if shown < list.found {
        let (first, last) = (words::grouped(list.before + 1), words::grouped(list.before + shown));
        return format!("{first}–{last} of {}", words::grouped(list.found));
    }
    if list.found == total {
        return words::grouped(total);
    }
    format!("{} of {}", words::grouped(list.found), words::grouped(total))
}

fn search(list: &AssetList) -> impl IntoView + use<> {
    let show = list.only_troubled.then(|| view! { <input type="hidden" name="show" value=ATTENTION /> });
    view! {
        <form method="get" action="/" role="search" class="flex items-center gap-2 w-full sm:w-auto">
            {show}
            <label class="sr-only" for="asset-search">"Search assets"</label>
            <span class="relative flex-1">
                <Icon of=names::SEARCH class="absolute left-3 top-1/2 -translate-y-1/2 text-ink-3 pointer-events-none" />
                <input class="field pl-9 sm:w-60" id="asset-search" type="search" name="q" value=list.query.clone() placeholder="Search assets" maxlength="100" autocomplete="off" />
            </span>
            <button type="submit" class="btn">"Search"</button>
        </form>
    }
}

fn filter(list: &AssetList) -> AnyView {
    let tab = |only: bool, name: String| {
        let here = (only == list.only_troubled).then_some("page");
        view! { <a class="tab" href=address(list, only, None, None) aria-current=here>{name}</a> }
    };
    let troubled = match list.troubled {
        0 => "Needs attention".to_owned(),
        n => format!("Needs attention ({})", words::grouped(n)),
    };
    view! {
        <div class="px-4.5 pt-3 pb-1" data-live="filter">
            <nav class="tabs" aria-label="Show">{tab(false, "All".into())}{tab(true, troubled)}</nav>
        </div>
    }
    .into_any()
}

fn nothing(list: &AssetList, total: usize) -> AnyView {
    if total == 0 {
        return view! { <Empty icon=names::SEARCH title="No asset is chosen" text="Assets you choose while connecting are listed here, each with its state." /> }.into_any();
    }
    let (title, text) = if list.query.is_empty() {
        ("Nothing needs attention", "Each connected asset is proven, or waits for its first message.".to_owned())
    } else {
        let which = if list.only_troubled { "asset that needs attention" } else { "connected asset" };
        ("Nothing found", format!("No {which} has “{}” in its name, its location or its id.", list.query))
    };
    view! {
        <Empty icon=names::SEARCH title=title text=text><a class="btn" href="/#assets">"Show all assets"</a></Empty>
    }
    .into_any()
}

fn pages(list: &AssetList) -> Option<AnyView> {
    let is_later = list.before > 0;
    let first = is_later.then(|| {
        let href = address(list, list.only_troubled, None, None);
        view! { <a class="btn" href=href>"First"</a> }
    });
    let more = list.next.as_deref().map(|next| {
        let href = address(list, list.only_troubled, Some(next), None);
        view! { <a class="btn" href=href rel="next">"More assets"</a> }
    });
    (is_later || more.is_some()).then(|| {
        view! { <nav class="card-foot border-t border-line flex gap-2" aria-label="Pages of assets">{first}{more}</nav> }
            .into_any()
    })
}

fn table(page: StatusPage) -> AnyView {
    let list = page.list;
    let rows = page
        .assets
        .into_iter()
        .map(|asset| {
            let open = page.open.as_deref() == Some(asset.id.as_str());
            let details = open.then(|| details(&asset, &page.locations, page.may_manage));
            view! { {row(asset, open, &list)} {details} }
        })
        .collect_view();
    let columns = vec!["Asset", "Location", "Status", "Last event"];
    view! { <Table columns=columns desk=DESK live="rows">{rows}</Table> }.into_any()
}

fn row(asset: AssetRow, open: bool, list: &AssetList) -> impl IntoView + use<> {
    let to_open = (!open).then_some(asset.id.as_str());
    let href = address(list, list.only_troubled, list.after.as_deref(), to_open);
    let spoken = format!("{} of {}", if open { "Hide details" } else { "Details" }, asset.name);
    let (live, state, name) = (format!("row-{}", asset.id), asset.health.word.clone(), asset.name.clone());
    view! {
        <tr id=asset.id class="group" data-live=live data-state=state data-name=name>
            <td>
                <div class="flex items-center gap-3">
                    <Brand of=asset.platform small=true />
                    <div class="min-w-0">
                        <p class="font-medium leading-5 break-words" dir="auto">{asset.name}</p>
                        <p class="text-[12.5px] leading-4.5 text-ink-3">{asset.detail}</p>
                    </div>
                </div>
            </td>
            <td class="text-ink-2 text-[13.5px] max-sm:hidden">{asset.location.map(|l| l.name).unwrap_or_else(|| "–".into())}</td>
            <td><Pill of=asset.health /></td>
            <td class="text-ink-2 text-[13.5px] max-sm:hidden">
                {match asset.last_event_at {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => view! { <span aria-label="none yet">"–"</span> }.into_any(),
                }}
            </td>
            <td class="w-12 text-right max-sm:w-auto max-sm:-mr-2">
                <ToDetails href=href label=spoken open=open />
            </td>
        </tr>
    }
}
