//! Signing up and signing in.

use crate::components::brand::{Brand, Wordmark};
use crate::components::form::{Field, PostForm};
use crate::components::ladder::EvidenceLadder;
use crate::components::layout::SmallPrint;
use crate::components::notice::Changed;
use crate::components::pill::Pill;
use crate::dto::health::{Health, Ladder, Platform, StepState, Tone};
use crate::forms::UNSAVED;
use crate::visit::visit;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page `/sign-in`.
pub fn sign_in_page() -> AnyView {
    let next = visit().query_value("next").filter(|next| next.starts_with('/') && !next.starts_with("//"));
    let (asked, unsaved) = (next.is_some(), visit().query_value(UNSAVED).is_some());
    let next = next.unwrap_or_default();
    let reset = visit().done.as_deref() == Some("reset-password");
    view! {
        <Entrance title="Sign in">
            {reset.then(|| view! { <Changed text="Your password is changed. Sign in with the new one." /> })}
            <div>
                <h1 class="h">"Sign in"</h1>
                <p class="sub mt-0.5">
                    {match (unsaved, asked) {
                        (true, _) => "You were signed out before that was saved: nothing of it was done. Sign in, and send it once more.",
                        (false, true) => "Sign in to see that page.",
                        (false, false) => "Welcome back to your connections.",
                    }}
                </p>
            </div>
            <PostForm action="sign-in" fields=vec![("next", next)]>
                <Field form="sign-in" name="email" label="E-mail" kind="email" autocomplete="username" />
                <Field form="sign-in" name="password" label="Password" kind="password" autocomplete="current-password" />
                <p class="text-[13px] -mt-2"><a class="link" href="/forgot-password">"Forgot your password?"</a></p>
                <button type="submit" class="btn btn-primary w-full mt-1">"Sign in"</button>
            </PostForm>
            <p class="sub">"New here? " <a class="link" href="/sign-up">"Sign up your business"</a></p>
        </Entrance>
    }
    .into_any()
}

/// The page `/sign-up`.
pub fn sign_up_page() -> AnyView {
    view! {
        <Entrance title="Sign up">
            <div>
                <h1 class="h">"Sign up your business"</h1>
                <p class="sub mt-0.5">"You become its owner, and can invite others afterwards."</p>
            </div>
            <PostForm action="sign-up">
                <Field form="sign-up" name="business_name" label="Business name" autocomplete="organization" max=120 />
                <Field form="sign-up" name="name" label="Your name" autocomplete="name" max=120 />
                <Field form="sign-up" name="email" label="E-mail" kind="email" autocomplete="username" hint="You sign in with it." />
                <Field
                    form="sign-up"
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    min=12
                    hint="12 characters or more. A few words in a row are easy to remember and hard to guess."
                />
                <button type="submit" class="btn btn-primary w-full mt-1">"Sign up"</button>
            </PostForm>
            <p class="sub">"Signed up already? " <a class="link" href="/sign-in">"Sign in"</a></p>
        </Entrance>
    }
    .into_any()
}

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
