//! The frames pages stand in.

use crate::components::brand::Wordmark;
use crate::components::language::LanguageRow;
use crate::components::notice::{Changed, Problem};
use crate::components::sidebar::{Sidebar, Topbar};
use crate::visit::visit;
use leptos::prelude::*;
use leptos_meta::Title;
use server::words::failures::pages;

/// What is said after an action has succeeded.
pub fn sentence_after(action: &str) -> Option<&'static str> {
    Some(match action {
        "change-password" => "Your password is changed. Every other browser is signed out.",
        "change-name" => "Your name is changed.",
        "sign-out-everywhere" => "Every other browser is signed out.",
        "switch-tenant" => "You are looking at another business now.",
        "invite" => "The invitation is ready. Copy its link below and send it.",
        "revoke-invitation" => "The invitation is withdrawn. Its link no longer works.",
        "change-role" => "The role is changed.",
        "remove-member" => "The person is removed from this business.",
        "add-location" => "The location is added.",
        "rename-location" => "The location is renamed.",
        "delete-location" => "The location is deleted. Its assets stay connected.",
        "assign-location" => "The asset is assigned.",
        "test-connection" => "Meta was asked just now. The answers are below.",
        "repair-asset" => "Meta is told to send its messages here. The answer is below in a moment.",
        "disconnect-asset" => "It is disconnected. Everything else goes on.",
        "enter-pin" => "The PIN is kept sealed. Meta is asked to register the number now.",
        "try-again" => "Meta is asked again now. What it answers is shown here by itself.",
        "read-number" => "Meta was asked just now. What it says is below.",
        "name-number" => "The name is saved.",
        "request-code" => "Meta sends the code now. Enter it below as soon as it is there.",
        "verify-code" => "The number is verified. Register it with its PIN next.",
        "register-number" => "The number is registered. Its PIN is kept sealed.",
        "set-pin" => "The PIN is changed at Meta, and kept sealed here.",
        "deregister-number" => "The number is deregistered. It neither sends nor receives until you register it again.",
        "replay-deliveries" => "The replay is under way. What it brings is shown here by itself.",
        "change-endpoint" => "The endpoint is saved.",
        "enable-endpoint" => "The endpoint is enabled. What waited for it is sent now.",
        "disable-endpoint" => "The endpoint is disabled. Nothing is sent to it until you enable it again.",
        "delete-endpoint" => "The endpoint is deleted.",
        "test-endpoint" => "A test event is on its way. What comes of it is shown here by itself.",
        "replay-event" => "The event is sent again now. What comes of it is shown here by itself.",
        "replay-failed" => "What failed is sent again now. What comes of it is shown here by itself.",
        "revoke-key" => "The key is revoked. It opens nothing any more.",
        "continue-without" => "What was left out is no longer connected. The rest goes on with the new access.",
        "retry-disconnect" => "It is tried again now. What comes of it is shown here by itself.",
        "revoke-set-up-link" => "The link is withdrawn. It no longer works.",
        "move-here" => "It is moved here, and is being subscribed. Both sides are told.",
        "save-app" => "The Meta app is saved. What Meta says of it is below.",
        "save-instagram" | "save-own-instagram" => "Instagram Login is saved.",
        "check-app" => "Meta was asked just now. Its answers are below.",
        "subscribe-webhooks" => "Meta sends this app’s webhooks here now.",
        "end-overlap" => "The former App Secret no longer counts.",
        "save-own-app" => {
            "Your Meta app is saved: your people connect through it from now on. What Meta says of it is below."
        }
        "remove-own-app" => "Your own Meta app is taken out of use.",
        "check-own-app" => "Meta was asked just now. Its answers are below.",
        "subscribe-own-webhooks" => "Meta sends your app’s webhooks here now.",
        "end-own-overlap" => "The former App Secret no longer counts.",
        "rotate-keys" => "Sealed values are being re-sealed with the active key.",
        _ => return None,
    })
}

/// A page of somebody who is signed in: ways at the side, content beside them.
#[component]
pub fn Desk(
    /// The page's name, in the browser's title.
    #[prop(into)]
    title: String,
    /// Whether the content is as narrow as a letter.
    #[prop(optional)]
    narrow: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let visit = visit();
    let width = if narrow { "max-w-[880px]" } else { "max-w-[1240px]" };
    // What nothing in the page has told stands above it all.
    let (content, failed) = (children(), visit.outcome.as_ref().map(|outcome| outcome.error.clone()));
    let done = visit.done.as_deref().and_then(sentence_after);
    let Some(viewer) = visit.viewer.clone() else {
        return view! { <Letter title=title>{content}</Letter> }.into_any();
    };
    view! {
        <Title text=format!("{title} · Attaché") />
        <SkipLink />
        <div class="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
            <Sidebar visit=visit.clone() viewer=viewer.clone() />
            <Topbar visit=visit viewer=viewer />
            <main id="content" class=format!("p-4 py-6 md:p-8 grid gap-6 content-start grid-cols-[minmax(0,1fr)] w-full mx-auto {width}")>
                {failed.map(|error| view! { <Problem error=error top=true /> })}
                {done.map(|text| view! { <Changed text=text /> })}
                {content}
            </main>
        </div>
    }
    .into_any()
}

/// A page for everybody: the mark, the content, the small print.
#[component]
pub fn Letter(
    /// The page's name, in the browser's title.
    #[prop(into)]
    title: String,
    /// Whether the content is a text to read rather than a small form.
    #[prop(optional)]
    wide: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let width = if wide { "max-w-[720px]" } else { "max-w-[420px]" };
    let (content, failed) = (children(), visit().outcome.map(|outcome| outcome.error));
    view! {
        <Title text=format!("{title} · Attaché") />
        <SkipLink />
        <div class="min-h-dvh flex flex-col">
            <header class="px-5 md:px-8 h-16 flex items-center"><Wordmark /></header>
            <main id="content" class=format!("flex-1 w-full mx-auto px-4 py-6 md:py-10 grid gap-6 content-start {width}")>
                {failed.map(|error| view! { <Problem error=error top=true /> })}
                {content}
            </main>
            <SmallPrint />
        </div>
    }
}

/// The links at the foot of public pages.
#[component]
pub fn SmallPrint() -> impl IntoView {
    let visit = visit();
    let lang = visit.english_lang();
    let help = pages::help_title().told(visit.language).what;
    view! {
        <footer class="px-5 md:px-8 py-5 flex flex-wrap gap-x-5 gap-y-1 text-[12.5px] text-ink-3">
            <a class="hover:text-ink py-1" href="/privacy" lang=lang>"Privacy"</a>
            <a class="hover:text-ink py-1" href="/terms" lang=lang>"Terms"</a>
            <a class="hover:text-ink py-1" href="/help/errors" lang=visit.language.tag()>{help}</a>
            <div class="sm:ml-auto"><LanguageRow language=visit.language /></div>
        </footer>
    }
}

#[component]
fn SkipLink() -> impl IntoView {
    let lang = visit().english_lang();
    view! {
        <a href="#content" lang=lang class="btn btn-primary fixed left-3 top-3 z-50 -translate-y-20 focus:translate-y-0">
            "Skip to the content"
        </a>
    }
}
