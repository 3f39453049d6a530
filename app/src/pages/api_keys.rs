//! API keys, on the page "Developers".

use crate::components::card::Section;
use crate::components::copy::ShownOnce;
use crate::components::empty::Empty;
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::menu::Menu;
use crate::components::moment::Ago;
use crate::components::notice::Problem;
use crate::dto::developers::KeyRow;
use crate::visit::visit;
use leptos::prelude::*;

/// The keys, and making one.
#[component]
pub fn ApiKeys(
    /// The keys.
    rows: Vec<KeyRow>,
    /// A key just made.
    fresh: Option<String>,
    /// Whether the viewer may make keys.
    may_make: bool,
) -> impl IntoView {
    let live = rows.iter().filter(|key| key.revoked_at.is_none()).count();
    let note = if live == 0 { String::new() } else { format!("{live} in use") };
    let none = rows.is_empty();
    let problem = visit()
        .failed("revoke-key", &[])
        .map(|outcome| view! { <div class="p-4.5"><Problem error=outcome.error /></div> });
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <Section title="API keys" id="keys" note=note>
            {problem}
            {fresh.map(fresh_key)}
            {none.then(|| view! {
                <Empty icon=names::KEY title="No key yet" text="A program calls the API under /api/v1 with a key. It may do what an owner may." />
            })}
            <ul class="rows">{rows}</ul>
            {if may_make {
                view! {
                    <div class="card-foot">
                        <PostForm action="make-key" class="grid gap-3">
                            <div class="flex flex-wrap items-end gap-2">
                                <div class="flex-1 basis-52"><Field form="make-key" name="name" label="Program that will use it" max=100 /></div>
                                <button type="submit" class="btn"><Icon of=names::KEY />"Make a key"</button>
                            </div>
                            <p class="hint mt-0">"A key acts as an owner of this business. Give each program one of its own, so that it can be revoked alone."</p>
                        </PostForm>
                    </div>
                }.into_any()
            } else {
                view! { <p class="sub px-4.5 py-4">"A key acts as an owner, so only an owner makes one. You can revoke keys."</p> }.into_any()
            }}
        </Section>
    }
}

fn fresh_key(key: String) -> AnyView {
    view! {
        <ShownOnce
            id="api-key"
            words="The key is ready."
            label="API key"
            text=key
            hint="Send it as Authorization: Bearer, followed by the key."
        />
    }
    .into_any()
}

fn row(row: KeyRow) -> AnyView {
    let used = match row.last_used_at {
        Some(at) => view! { " · last used "<Ago at=at /> }.into_any(),
        None => view! { " · never used" }.into_any(),
    };
    let revoked = row.revoked_at;
    let name = row.name.clone();
    let face = view! { "Revoke" <span class="sr-only">" the key "{name.clone()}</span> }.into_any();
    view! {
        <li class="px-4.5 py-3 flex flex-wrap items-center gap-3">
            <div class="min-w-0 flex-1 basis-52">
                <p class="font-medium break-words" dir="auto">{row.name}</p>
                <p class="text-[13px] text-ink-3">"made "<Ago at=row.created_at />{used}</p>
            </div>
            {if let Some(at) = revoked {
                view! { <p class="text-[13px] text-ink-2">"revoked "<Ago at=at /></p> }.into_any()
            } else {
                view! {
                    <Menu id=format!("revoke-{}", row.id) class="btn" panel="confirm" face=face>
                        <div class="p-3 grid gap-3">
                            <p class="text-[13.5px]"><b>"Revoke “"{name}"”?"</b>" The program that uses it is refused from now on."</p>
                            <PostButton action="revoke-key" fields=vec![("key", row.id)] class="btn btn-destroy">"Revoke the key"</PostButton>
                        </div>
                    </Menu>
                }.into_any()
            }}
        </li>
    }
    .into_any()
}
