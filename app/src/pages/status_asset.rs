//! The details of one asset, in the table of assets: the proof, the steps, what Meta says, and where it belongs.

use crate::components::explained::Explained;
use crate::components::form::{Field, PostForm, Select};
use crate::components::icon::{Icon, names};
use crate::components::ladder::EvidenceLadder;
use crate::components::moment::{Ago, Clock};
use crate::components::steps::Steps;
use crate::dto::health::Tone;
use crate::dto::status::{AssetRow, LocationChoice};
use crate::pages::status_cards::button;
use crate::words;
use leptos::prelude::*;

/// The row below an asset's own, as wide as the table.
pub fn details(asset: &AssetRow, locations: &[LocationChoice], may: bool) -> AnyView {
    let (id, label) = (asset.id.clone(), asset.name.clone());
    let (proof, entry) = (format!("proof-{id}"), format!("pin-{id}"));
    let test = asset.can_test.then(|| {
        view! { <p><a class="btn" href=format!("/assets/{id}/test")><Icon of=names::SEND />"Send a test message"</a></p> }
    });
    let steps = if asset.steps.is_empty() {
        view! { <p class="sub">"Meta sends nothing here: what is in it is only read."</p> }.into_any()
    } else {
        view! { <Steps of=asset.steps.clone() asset=id.clone() may=may /> }.into_any()
    };
    // A step that can be tried again has its own button.
    let fix = asset.fix.clone().filter(|_| may && !asset.steps.iter().any(|step| step.try_again));
    let fix = fix.map(|fix| view! { <div class="flex flex-wrap gap-2">{button(fix, &asset.name)}</div> });
    let pin = (asset.needs_pin && may).then(|| pin_form(&id));
    let out = may.then(|| {
        let (href, spoken) = (format!("/assets/{id}/disconnect"), format!("Disconnect {}", asset.name));
        view! { <p><a class="btn btn-danger" href=href aria-label=spoken>"Disconnect"</a></p> }
    });
    view! {
        <tr>
            <td colspan="5" class="bg-paper max-sm:col-span-3 max-sm:min-w-0">
                <div class="grid gap-5 py-3 lg:grid-cols-2 lg:gap-10">
                    <div class="grid gap-3 content-start" data-live=proof>
                        <EvidenceLadder of=asset.ladder.clone() label=label />
                        {standing(asset)}
                        {fix}
                        {steps}
                    </div>
                    <div class="grid gap-5 content-start">
                        <div class="contents" data-live=entry>{pin}</div>
                        {test}
                        {facts(asset)}
                        {place(asset, locations, may)}
                        {out}
                        <p class="text-[12.5px] text-ink-3">"Meta’s id " <span class="mono text-ink-2 select-all">{asset.meta_id.clone()}</span></p>
                    </div>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// The sentence below the ladder; none where a step that failed says it itself.
fn standing(asset: &AssetRow) -> Option<AnyView> {
    if asset.steps.iter().any(|step| step.why.is_some()) {
        return None;
    }
    Some(match asset.problem.clone() {
        Some(why) => view! { <Explained of=why class="sub" /> }.into_any(),
        None => view! { <p class="sub">{asset.reason.clone()}</p> }.into_any(),
    })
}

fn place(asset: &AssetRow, locations: &[LocationChoice], may: bool) -> AnyView {
    if !may {
        let at = asset.location.as_ref().map(|l| l.name.clone()).unwrap_or_else(|| "no location".into());
        return view! { <p class="sub">"Assigned to "{at}"."</p> }.into_any();
    }
    if locations.is_empty() {
        return view! { <p class="sub">"There are no locations yet. " <a class="link" href="/team#locations">"Add one"</a></p> }
            .into_any();
    }
    let options: Vec<(String, String)> = std::iter::once((String::new(), "No location".to_owned()))
        .chain(locations.iter().map(|l| (l.id.clone(), l.name.clone())))
        .collect();
    let chosen = asset.location.as_ref().map(|l| l.id.clone()).unwrap_or_default();
    let (id, select) = (asset.id.clone(), format!("location-{}", asset.id));
    view! {
        <PostForm action="assign-location" fields=vec![("placed", id)] class="flex items-end gap-2">
            <div class="flex-1 max-w-60"><Select id=select name="location" label="Location" options=options chosen=chosen /></div>
            <button type="submit" class="btn">"Assign"</button>
        </PostForm>
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
