//! Privacy and terms: honest pages for an installation somebody runs themselves.

use crate::components::layout::Letter;
use leptos::prelude::*;

fn letter(title: &'static str, intro: &'static str, parts: &[(&'static str, &'static str)]) -> AnyView {
    let parts = parts
        .iter()
        .map(|(heading, text)| view! { <section><h2 class="h2">{*heading}</h2><p class="mt-1 text-ink-2 leading-6">{*text}</p></section> })
        .collect_view();
    view! {
        <Letter title=title wide=true>
            <div><h1 class="h">{title}</h1><p class="sub mt-1">{intro}</p></div>
            <div class="grid gap-6 text-[14.5px]">{parts}</div>
        </Letter>
    }
    .into_any()
}

/// The page `/privacy`.
pub fn privacy_page() -> AnyView {
    letter(
        "Privacy",
        "Attaché is run by whoever installed it: the operator. The operator decides about the data and is the one to ask.",
        &[
            (
                "What is kept",
                "Your name, e-mail and a hash of your password. The business name, its locations, and who belongs to it. For each connection: who confirmed it at Meta, which permissions were granted, and the assets you chose, with their names and Meta’s ids.",
            ),
            (
                "Access to Meta",
                "The access Meta gives is encrypted before it is stored, and is used only to do what you asked for. It is never shown, never logged and never sent to a browser.",
            ),
            (
                "What Meta tells us",
                "Meta sends events about the assets you connected. They are stored to show you the state of each asset and to prove that it works.",
            ),
            (
                "Cookies",
                "One cookie keeps you signed in. Three more remember your colours, your language and your time zone. There is no tracking, and nothing is loaded from other sites except Meta’s own script on the page where you connect.",
            ),
            (
                "Disconnecting",
                "When you disconnect, the access is destroyed and Meta is told to stop sending events. The log of what happened is kept, without the access.",
            ),
            (
                "Deletion",
                "Ask the operator to delete your account or your business. If you remove Attaché at Facebook, Meta tells us, and the data that came with that confirmation is deleted.",
            ),
        ],
    )
}

/// The page `/terms`.
pub fn terms_page() -> AnyView {
    letter(
        "Terms",
        "These terms stand between you and the operator of this installation.",
        &[
            (
                "The service",
                "Attaché connects business assets at Meta and shows whether the connection works. It is provided as it is; the operator decides how it is run, backed up and supported.",
            ),
            (
                "Your part",
                "Connect only assets of businesses you may act for. Keep your password to yourself. Meta’s own terms apply to everything you do with Meta’s products.",
            ),
            (
                "Meta",
                "Meta may change, limit or end what its platform offers. Attaché then says what no longer works and why, but cannot change it.",
            ),
            (
                "Ending",
                "You can disconnect at any time and stop using the service. The operator can end an account that harms others.",
            ),
            (
                "The software",
                "Attaché is free software under the Apache License, version 2.0. You may read, change and run it yourself.",
            ),
        ],
    )
}
