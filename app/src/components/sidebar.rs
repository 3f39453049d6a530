//! The ways through the product, at the side; on a phone behind one button.

use crate::components::brand::{Avatar, Wordmark};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::menu::Menu;
use crate::dto::viewer::Viewer;
use crate::islands::theme::ThemeSwitch;
use crate::visit::{Theme, Visit};
use icondata_core::Icon as IconData;
use leptos::prelude::*;
use server::words::failures::pages;

fn ways(viewer: &Viewer) -> Vec<(&'static str, &'static str, IconData)> {
    let mut ways = Vec::new();
    if viewer.tenant.is_some() {
        ways.push(("/", "Connections", names::HOME));
        ways.push(("/whatsapp-numbers", "WhatsApp numbers", names::PHONE));
        ways.push(("/team", "Team", names::PEOPLE));
        ways.push(("/deliveries", "Deliveries", names::INBOX));
        ways.push(("/activity", "Activity", names::ACTIVITY));
        if viewer.role.manages() {
            ways.push(("/developers", "Developers", names::CODE));
        }
    }
    if viewer.operator {
        ways.push(("/setup", "Set-up", names::TOOL));
        ways.push(("/admin", "Installation", names::SERVER));
    }
    ways
}

fn is_here(path: &str, href: &str) -> bool {
    match href {
        "/" => {
            path == "/"
                || path.starts_with("/connect")
                || path.starts_with("/disconnect")
                || path == "/set-up-links"
                || path.starts_with("/meta-app")
                || path.starts_with("/assets")
        }
        "/deliveries" | "/developers" | "/whatsapp-numbers" | "/setup" => path.starts_with(href),
        _ => path == href,
    }
}

/// The list of pages, with the current one marked.
#[component]
pub fn Ways(
    /// The visit.
    visit: Visit,
    /// Who is signed in.
    viewer: Viewer,
) -> impl IntoView {
    let ways = ways(&viewer)
        .into_iter()
        .map(|(href, name, icon)| {
            view! {
                <a class="nav" href=href aria-current=is_here(&visit.path, href).then_some("page")><Icon of=icon />{name}</a>
            }
        })
        .collect_view();
    view! { <nav class="grid gap-0.5" aria-label="Main">{ways}</nav> }
}

/// The column at the left of wide screens.
#[component]
pub fn Sidebar(
    /// The visit.
    visit: Visit,
    /// Who is signed in.
    viewer: Viewer,
) -> impl IntoView {
    view! {
        <header class="hidden lg:block border-r border-line bg-sheet">
            <div class="flex flex-col gap-5 p-3.5 sticky top-0 h-dvh overflow-y-auto overscroll-contain">
                <div class="px-1.5 pt-1"><Wordmark /></div>
                <TenantSwitcher viewer=viewer.clone() at="side" />
                <Ways visit=visit.clone() viewer=viewer.clone() />
                <div class="mt-auto"><Person visit=visit viewer=viewer at="side" /></div>
            </div>
        </header>
    }
}

/// The line at the top of narrow screens.
#[component]
pub fn Topbar(
    /// The visit.
    visit: Visit,
    /// Who is signed in.
    viewer: Viewer,
) -> impl IntoView {
    let face = view! { <Icon of=names::MENU />"Menu" }.into_any();
    view! {
        <header class="lg:hidden sticky top-0 z-20 flex items-center gap-3 border-b border-line bg-sheet px-4 h-14">
            <Wordmark />
            <span class="ml-auto"></span>
            <Menu id="drawer" class="btn" panel="fixed left-auto right-3 top-16 w-[min(20rem,calc(100vw-1.5rem))] max-h-[calc(100dvh-4.75rem)]" face=face>
                <div class="grid gap-3 p-1.5">
                    <TenantSwitcher viewer=viewer.clone() at="top" />
                    <Ways visit=visit.clone() viewer=viewer.clone() />
                    <hr class="border-line" />
                    <PersonItems visit=visit viewer=viewer />
                </div>
            </Menu>
        </header>
    }
}

#[component]
fn TenantSwitcher(viewer: Viewer, at: &'static str) -> impl IntoView {
    let Some(current) = viewer.tenant.clone() else { return ().into_any() };
    if viewer.tenants.len() < 2 {
        return view! { <p class="px-3 h-9 flex items-center rounded-control border border-line text-[13.5px] font-medium"><span class="truncate">{current.name}</span></p> }.into_any();
    }
    let face = view! { <span class="truncate">{current.name.clone()}</span><Icon of=names::DOWN class="text-ink-3" /> }
        .into_any();
    let choices = viewer
        .tenants
        .into_iter()
        .map(|tenant| {
            let here = tenant.id == current.id;
            view! {
                <PostForm action="switch-tenant" fields=vec![("tenant", tenant.id)] class="contents" silent=true>
                    <button type="submit" class="menu-item" aria-current=here.then_some("true")>
                        <span class="truncate">{tenant.name}</span>
                        {here.then(|| view! { <Icon of=names::CHECK class="ml-auto" /> })}
                    </button>
                </PostForm>
            }
        })
        .collect_view();
    let place = match at {
        "side" => "fixed left-3.5 top-[104px] w-[204px] max-h-[calc(100dvh-116px)]",
        _ => "fixed left-auto right-6 top-30 w-64 max-h-[calc(100dvh-8.25rem)]",
    };
    view! {
        <Menu id=format!("tenants-{at}") class="btn justify-between w-full" panel=place face=face>
            <p class="cap px-2.5 pt-1.5 pb-1">"Switch business"</p>
            {choices}
        </Menu>
    }
    .into_any()
}

#[component]
fn Person(visit: Visit, viewer: Viewer, at: &'static str) -> impl IntoView {
    let face = view! {
        <Avatar name=viewer.name.clone() />
        <span class="leading-tight text-left min-w-0 flex-1">
            <span class="block text-[13px] font-medium truncate">{viewer.name.clone()}</span>
            <span class="block text-[12px] text-ink-3 truncate">{viewer.email.clone()}</span>
        </span>
        <Icon of=names::DOWN class="text-ink-3 rotate-180" />
    }
    .into_any();
    view! {
        <Menu
            id=format!("person-{at}")
            class="flex w-full items-center gap-2.5 p-1.5 rounded-xl hover:bg-paper cursor-pointer"
            panel="fixed left-3.5 top-auto bottom-[68px] w-[204px] max-h-[calc(100dvh-5rem)]"
            face=face
        >
            <PersonItems visit=visit viewer=viewer />
        </Menu>
    }
}

#[component]
fn PersonItems(visit: Visit, viewer: Viewer) -> impl IntoView {
    let role = match &viewer.tenant {
        Some(tenant) => format!("{} of {}", viewer.role.label(), tenant.name),
        None if viewer.operator => "Operator of this installation".to_owned(),
        None => "No business chosen".to_owned(),
    };
    let manages = viewer.tenant.is_some() && viewer.role.manages();
    let help = pages::help_title().told(visit.language).what;
    view! {
        <div class="grid gap-0.5">
            <p class="px-2.5 pt-1 pb-1.5 text-[12.5px] text-ink-3">{role}</p>
            <a class="menu-item" href="/account" aria-current=(visit.path == "/account").then_some("page")>
                <Icon of=names::PERSON />"Account"
            </a>
            {manages.then(|| view! {
                <a class="menu-item" href="/meta-app" aria-current=visit.path.starts_with("/meta-app").then_some("page")>
                    <Icon of=names::TOOL />"Meta app"
                </a>
            })}
            <a class="menu-item" href="/help/errors" lang=visit.language.tag()><Icon of=names::INFO />{help}</a>
            <ThemeRow theme=visit.theme />
            <PostForm action="sign-out" class="contents" silent=true>
                <button type="submit" class="menu-item"><Icon of=names::LEAVE />"Sign out"</button>
            </PostForm>
        </div>
    }
}

/// System, light, dark: three small buttons.
#[component]
pub fn ThemeRow(
    /// The colours chosen.
    theme: Theme,
) -> impl IntoView {
    let choices = [
        ("system", "As the system", names::SYSTEM, Theme::System),
        ("light", "Light", names::SUN, Theme::Light),
        ("dark", "Dark", names::MOON, Theme::Dark),
    ]
    .into_iter()
    .map(|(value, words, icon, it)| {
        view! {
            <button
                type="submit"
                name="theme"
                value=value
                title=words
                aria-label=words
                aria-pressed=if it == theme { "true" } else { "false" }
                class="theme-choice"
            >
                <Icon of=icon />
            </button>
        }
    })
    .collect_view();
    view! {
        <ThemeSwitch>
            <PostForm action="set-theme" class="flex items-center gap-1 px-2.5 py-1" silent=true>
                <span class="text-[13.5px] mr-auto">"Colours"</span>
                <span class="flex gap-0.5 p-0.5 rounded-lg bg-well" role="group" aria-label="Colours">{choices}</span>
            </PostForm>
        </ThemeSwitch>
    }
}
