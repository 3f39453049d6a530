//! The page "Team": people, invitations, locations.

use crate::components::card::{PageHead, Section};
use crate::components::empty::Empty;
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::menu::Menu;
use crate::dto::team::{LocationRow, TeamPage};
use crate::pages::team_people::{Invitations, People};
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The page `/team`.
pub fn team_page(page: TeamPage) -> AnyView {
    let business =
        visit().viewer.map(|viewer| viewer.tenant.map(|tenant| tenant.name).unwrap_or_default()).unwrap_or_default();
    let may = page.may_manage;
    let sub = format!("Who works with {business}, and where.");
    view! {
        <Desk title="Team" narrow=true>
            <PageHead title="Team" sub=sub />
            <People members=page.members may=may />
            <Invitations rows=page.invitations fresh=page.fresh_link may=may />
            <Locations rows=page.locations may=may />
        </Desk>
    }
    .into_any()
}

#[component]
fn Locations(rows: Vec<LocationRow>, may: bool) -> impl IntoView {
    let note = if rows.is_empty() { String::new() } else { words::grouped(rows.len()) };
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| location(row, may)).collect_view();
    view! {
        <Section title="Locations" id="locations" note=note>
            {none.then(|| view! {
                <Empty icon=names::PLACE title="No locations yet" text="Name the places of your business. Each asset can be assigned to one, so that everybody sees what belongs where." />
            })}
            <ul class="rows">{rows}</ul>
            {may.then(|| view! {
                <div class="card-foot">
                    <PostForm action="add-location" class="grid gap-3">
                        <div class="flex flex-wrap items-end gap-2">
                            <div class="flex-1 basis-52"><Field form="add-location" name="name" label="New location" max=80 /></div>
                            <button type="submit" class="btn"><Icon of=names::PLUS />"Add"</button>
                        </div>
                    </PostForm>
                </div>
            })}
        </Section>
    }
}

fn location(row: LocationRow, may: bool) -> AnyView {
    let hold = words::count(row.assets, "asset", "assets");
    let failed = visit().failed("rename-location", &[("location", row.id.clone())]).is_some();
    let change = may.then(|| {
        view! { <div class="flex flex-wrap items-end gap-2 pt-2 pb-1.5 pl-7">{rename(&row)}{delete(&row)}</div> }
    });
    view! {
        <li class="px-4.5 py-2.5">
            <details open=failed>
                <summary class="flex items-center gap-3 min-h-9 list-none cursor-pointer rounded-md">
                    <Icon of=names::PLACE class="text-ink-3" />
                    <span class="font-medium min-w-0 break-words" dir="auto">{row.name}</span>
                    <span class="text-[13px] text-ink-3 flex-none">{hold}</span>
                    {may.then(|| view! { <span class="ml-auto text-[13px] text-ink-2">"Change"</span> })}
                </summary>
                {change}
            </details>
        </li>
    }
    .into_any()
}

fn rename(row: &LocationRow) -> AnyView {
    let among = vec![("location", row.id.clone())];
    let name = row.name.clone();
    view! {
        <PostForm action="rename-location" fields=among.clone() class="flex flex-wrap items-end gap-2 flex-1">
            <div class="flex-1 basis-52"><Field form="rename-location" name="name" label="Name" value=name max=80 among=among /></div>
            <button type="submit" class="btn">"Rename"</button>
        </PostForm>
    }
    .into_any()
}

fn delete(row: &LocationRow) -> AnyView {
    let (name, fields) = (row.name.clone(), vec![("location", row.id.clone())]);
    let face = view! { "Delete" <span class="sr-only">" "{name.clone()}</span> }.into_any();
    view! {
        <Menu id=format!("delete-{}", row.id) class="btn btn-danger" panel="confirm" face=face>
            <div class="p-3 grid gap-3">
                <p class="text-[13.5px]"><b>"Delete “"{name}"”?"</b>" Its assets stay connected, without a location."</p>
                <PostButton action="delete-location" fields=fields class="btn btn-destroy">"Delete the location"</PostButton>
            </div>
        </Menu>
    }
    .into_any()
}
