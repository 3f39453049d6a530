//! The table of connected assets, with its search and one row's details.

use crate::components::brand::Brand;
use crate::components::card::Section;
use crate::components::empty::Empty;
use crate::components::form::{Field, PostForm, Select};
use crate::components::icon::{Icon, names};
use crate::components::ladder::EvidenceLadder;
use crate::components::moment::{Ago, Clock};
use crate::components::notice::More;
use crate::components::pill::Pill;
use crate::components::steps::Steps;
use crate::components::table::{Table, ToDetails};
use crate::dto::health::Tone;
use crate::dto::status::{AssetRow, LocationChoice, StatusPage};
use crate::pages::status_cards::button;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The assets that match the search.
#[component]
pub fn AssetsSection(
    /// The whole page's data.
    page: StatusPage,
) -> impl IntoView {
    let search = search(&page.query).into_any();
    let note = if page.query.is_empty() {
        words::grouped(page.asset_total)
    } else {
        format!("{} of {}", words::grouped(page.assets.len()), words::grouped(page.asset_total))
    };
    let none = page.assets.is_empty();
    let body = if none && page.query.is_empty() {
        view! { <Empty icon=names::SEARCH title="No asset is chosen" text="Assets you choose while connecting are listed here, each with its state." /> }.into_any()
    } else if none {
        let text = format!("No connected asset has “{}” in its name, its location or its id.", page.query);
        view! { <Empty icon=names::SEARCH title="Nothing found" text=text><a class="btn" href="/">"Show all assets"</a></Empty> }.into_any()
    } else {
        table(page)
    };
    view! { <Section title="Assets" id="assets" note=note aside=search>{body}</Section> }
}

fn search(query: &str) -> impl IntoView + use<> {
    view! {
        <form method="get" action="/" role="search" class="flex items-center gap-2 w-full sm:w-auto">
            <label class="sr-only" for="asset-search">"Search assets"</label>
            <span class="relative flex-1">
                <Icon of=names::SEARCH class="absolute left-3 top-1/2 -translate-y-1/2 text-ink-3 pointer-events-none" />
                <input class="field pl-9 sm:w-60" id="asset-search" type="search" name="q" value=query.to_owned() placeholder="Search assets" maxlength="100" autocomplete="off" />
            </span>
            <button type="submit" class="btn">"Search"</button>
        </form>
    }
}

fn table(page: StatusPage) -> AnyView {
    let rows = page
        .assets
        .into_iter()
        .map(|asset| {
            let open = page.open.as_deref() == Some(asset.id.as_str());
            let details = open.then(|| details(&asset, &page.locations, page.may_manage));
            view! { {row(asset, open, &page.query)} {details} }
        })
        .collect_view();
    view! { <Table columns=vec!["Asset", "Location", "Status", "Last event"] live="rows">{rows}</Table> }.into_any()
}

fn row(asset: AssetRow, open: bool, query: &str) -> impl IntoView + use<> {
    let q: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let search = if query.is_empty() { String::new() } else { format!("q={q}&") };
    let href = if open { format!("/?{search}#assets") } else { format!("/?{search}asset={}#{}", asset.id, asset.id) };
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

fn details(asset: &AssetRow, locations: &[LocationChoice], may: bool) -> AnyView {
    let options: Vec<(String, String)> = std::iter::once((String::new(), "No location".to_owned()))
        .chain(locations.iter().map(|l| (l.id.clone(), l.name.clone())))
        .collect();
    let chosen = asset.location.as_ref().map(|l| l.id.clone()).unwrap_or_default();
    let at = asset.location.as_ref().map(|l| l.name.clone()).unwrap_or_else(|| "no location".into());
    let (id, label) = (asset.id.clone(), asset.name.clone());
    let proof = format!("proof-{id}");
    let test = asset.can_test.then(|| {
        view! { <p><a class="btn" href=format!("/assets/{id}/test")><Icon of=names::SEND />"Send a test"</a></p> }
    });
    // Only what is wrong is told in the person's language.
    let lang = (asset.health.tone == Tone::Bad).then(|| visit().explanation_lang()).flatten();
    let steps = if asset.steps.is_empty() {
        view! { <p class="sub">"Meta sends nothing here: what is in it is only read."</p> }.into_any()
    } else {
        view! { <Steps of=asset.steps.clone() asset=id.clone() may=may /> }.into_any()
    };
    // A step that can be tried again has its own button.
    let fix = asset.fix.clone().filter(|_| may && !asset.steps.iter().any(|step| step.try_again));
    let fix = fix.map(|fix| view! { <p>{button(fix, &asset.name)}</p> });
    let pin = (asset.needs_pin && may).then(|| pin_form(&id));
    let entry = format!("pin-{id}");
    // A step that failed says itself what the sentence below the ladder would.
    let told = asset.steps.iter().any(|step| !step.why.is_empty());
    let assign = if !may {
        view! { <p class="sub">"Assigned to "{at}"."</p> }.into_any()
    } else if locations.is_empty() {
        view! { <p class="sub">"There are no locations yet. " <a class="link" href="/team#locations">"Add one"</a></p> }
            .into_any()
    } else {
        view! {
            <PostForm action="assign-location" fields=vec![("placed", id.clone())] class="flex items-end gap-2">
                <div class="flex-1 max-w-60"><Select id=format!("location-{id}") name="location" label="Location" options=options chosen=chosen /></div>
                <button type="submit" class="btn">"Assign"</button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <tr class="bg-paper">
            <td colspan="5" class="max-sm:col-span-3 max-sm:min-w-0">
                <div class="grid gap-5 py-3 lg:grid-cols-2 lg:gap-10">
                    <div class="grid gap-3 content-start" data-live=proof>
                        <EvidenceLadder of=asset.ladder.clone() label=label />
                        {(!told).then(|| view! {
                            <p class="sub" lang=lang>{asset.reason.clone()}{asset.help.clone().map(|address| view! { " " <More address=address /> })}</p>
                        })}
                        {fix}
                        {steps}
                    </div>
                    <div class="grid gap-5 content-start">
                        <div class="contents" data-live=entry>{pin}</div>
                        {test}
                        {facts(asset)}
                        {assign}
                        <p class="text-[12.5px] text-ink-3">"Meta’s id " <span class="mono text-ink-2 select-all">{asset.meta_id.clone()}</span></p>
                    </div>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// What Meta says of the asset beside the ladder, and how that changed.
fn facts(asset: &AssetRow) -> Option<AnyView> {
    let at = asset.facts_at?;
    let rows = asset.facts.iter().cloned().map(|fact| {
        let class = match fact.tone {
            Tone::Ok | Tone::Idle => "text-ink",
            Tone::Warn => "text-warn",
            Tone::Bad => "text-bad",
        };
        view! {
            <dt class="text-ink-3">{fact.name}</dt>
            <dd class=format!("{class} min-w-0 break-words") dir="auto">{fact.value}</dd>
        }
    });
    let changes = (!asset.changes.is_empty()).then(|| {
        let lines = asset.changes.iter().cloned().map(|change| {
            view! { <li><Clock at=change.at />" · "{change.text}</li> }
        });
        view! {
            <details class="group">
                <summary class="cursor-pointer text-[13px] text-ink-2 hover:text-ink list-none inline-flex items-center gap-1.5 py-0.5">
                    <Icon of=names::RIGHT class="group-open:rotate-90" />
                    {words::count(asset.changes.len(), "change", "changes")}
                </summary>
                <ul class="grid gap-1 pt-2 text-[13px] text-ink-2">{lines.collect_view()}</ul>
            </details>
        }
    });
    Some(
        view! {
            <section class="grid gap-2" aria-label="What Meta says">
                <p class="text-[12.5px] text-ink-3">"What Meta says, asked "<Ago at=at /></p>
                <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13.5px]">{rows.collect_view()}</dl>
                {changes}
            </section>
        }
        .into_any(),
    )
}

/// Meta asks for the PIN of a number that was registered with one before (Meta reference §6.3).
fn pin_form(id: &str) -> AnyView {
    let fields = vec![("number", id.to_owned())];
    view! {
        <PostForm action="enter-pin" fields=fields.clone() class="grid gap-3 justify-items-start max-w-80">
            <Field
                form="enter-pin"
                name="pin"
                label="The number’s PIN"
                kind="password"
                hint="Six digits: the PIN of two-step verification, chosen when the number was registered before. It is kept sealed."
                autocomplete="one-time-code"
                min=6
                max=6
                among=fields
            />
            <button type="submit" class="btn btn-primary">"Register the number"</button>
        </PostForm>
    }
    .into_any()
}
