//! Times, as people say them and as machines read them.

use crate::dto::UnixMs;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// "4 min ago", with the exact time at hand.
#[component]
pub fn Ago(
    /// When.
    at: UnixMs,
) -> impl IntoView {
    let visit = visit();
    view! {
        <time datetime=words::iso(at) title=words::exact(&visit.zone, at)>
            {words::ago(&visit.zone, visit.now, at)}
        </time>
    }
}

/// "today at 09:12", "on 12 Nov at 09:12".
#[component]
pub fn On(
    /// When.
    at: UnixMs,
) -> impl IntoView {
    let visit = visit();
    view! {
        <time datetime=words::iso(at) title=words::exact(&visit.zone, at)>
            {words::on(&visit.zone, visit.now, at)}
        </time>
    }
}

/// "09:12", or the day when that was another one.
#[component]
pub fn Clock(
    /// When.
    at: UnixMs,
) -> impl IntoView {
    let visit = visit();
    view! {
        <time datetime=words::iso(at) title=words::exact(&visit.zone, at)>
            {words::clock(&visit.zone, visit.now, at)}
        </time>
    }
}
