//! The pages before the desk: their frame, and what their forms have in common.

use crate::components::brand::{Brand, Wordmark};
use crate::components::form::{Field, PostForm};
use crate::components::ladder::EvidenceLadder;
use crate::components::layout::SmallPrint;
use crate::components::pill::Pill;
use crate::dto::health::{Health, Ladder, Platform, StepState, Tone};
use crate::visit::visit;
use leptos::prelude::*;
use leptos_meta::Title;

/// What a new password has to be, said before anything is wrong.
pub const GOOD_PASSWORD: &str = "12 characters or more. A few words in a row are easy to remember and hard to guess.";

/// The frame of the pages before the desk: the form, and beside it what one will see.
#[component]
pub fn Entrance(
    /// The page's name, in the browser's title.
    #[prop(into)]
    title: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Attaché") />
        <div class="min-h-dvh lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <div class="flex flex-col min-h-dvh">
                <header class="px-5 md:px-8 h-16 flex items-center"><Wordmark /></header>
                <main id="content" class="flex-1 w-full max-w-[400px] mx-auto px-4 py-6 lg:pb-24 grid gap-6 content-start lg:content-center">
                    {children()}
                </main>
                <SmallPrint />
            </div>
            <Preview />
        </div>
    }
}

/// What such a page is for, its fields, and its one button.
#[component]
pub fn EntranceForm(
    /// The one `h1`.
    title: &'static str,
    /// The sentence below.
    #[prop(into)]
    sub: String,
    /// The server function's endpoint, such as `sign-in`.
    action: &'static str,
    /// Hidden fields.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// The words on the button.
    button: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <h1 class="h">{title}</h1>
            <p class="sub mt-0.5">{sub}</p>
        </div>
        <PostForm action=action fields=fields>
            {children()}
            <button type="submit" class="btn btn-primary w-full mt-1">{button}</button>
        </PostForm>
    }
}

/// The e-mail that a person signs in with.
#[component]
pub fn Email(
    /// The action of its form.
    form: &'static str,
    /// A sentence below it.
    #[prop(optional)]
    hint: &'static str,
    /// Whose account it is, where that is known: then it can only be read.
    #[prop(optional)]
    of: Option<String>,
) -> impl IntoView {
    let known = of.is_some();
    let value = of.unwrap_or_default();
    view! { <Field form=form name="email" label="E-mail" kind="email" autocomplete="username" hint=hint value=value readonly=known /> }
}

/// A password that is chosen now.
#[component]
pub fn NewPassword(
    /// The action of its form.
    form: &'static str,
    /// The words above it.
    #[prop(default = "Password")]
    label: &'static str,
) -> impl IntoView {
    view! { <Field form=form name="password" label=label kind="password" autocomplete="new-password" min=12 hint=GOOD_PASSWORD /> }
}

/// What the product shows, as a picture drawn from its own components.
#[component]
fn Preview() -> impl IntoView {
    let now = visit().now;
    let at = |minutes: i64| StepState::Done { at: now - minutes * 60_000 };
    let active = Ladder(vec![at(33), at(33), at(32), at(4)]);
    let waiting = Ladder(vec![at(33), at(33), StepState::Now { since: None }, StepState::NotYet]);
    view! {
        <aside class="hidden lg:grid border-l border-line stage content-center justify-items-center p-10" aria-label="What you will see">
            <div class="w-full max-w-[460px] grid gap-4">
                <p class="text-[17px] leading-6 font-semibold tracking-[-.01em] text-balance">
                    "Your Pages, Instagram accounts and WhatsApp numbers, connected. With the proof that it works."
                </p>
                <Sample platform=Platform::Facebook title="Facebook" holds="3 Pages" health=Health::new(Tone::Ok, "Active") ladder=active reason="Last message 4 minutes ago." />
                <Sample platform=Platform::Instagram title="Instagram" holds="2 accounts" health=Health::new(Tone::Warn, "Waiting") ladder=waiting reason="Subscribed. The first message will prove the way." />
                <p class="sub">"Nothing is shown green before it is proven. Access is kept encrypted and never reaches a browser."</p>
            </div>
        </aside>
    }
}

#[component]
fn Sample(
    platform: Platform,
    title: &'static str,
    holds: &'static str,
    health: Health,
    ladder: Ladder,
    reason: &'static str,
) -> impl IntoView {
    view! {
        <div class="card p-4.5 grid gap-4">
            <div class="flex items-start gap-3">
                <Brand of=platform />
                <div class="min-w-0">
                    <p class="font-semibold">{title}</p>
                    <p class="text-[13px] text-ink-2">{holds}</p>
                </div>
                <span class="ml-auto"><Pill of=health /></span>
            </div>
            <EvidenceLadder of=ladder label=title />
            <p class="sub">{reason}</p>
        </div>
    }
}
