//! How webhooks come in, for the operator.

use crate::components::card::Section;
use crate::components::explained::Explained;
use crate::components::icon::{Icon, names};
use crate::components::moment::Clock;
use crate::dto::admin::{HandshakeRow, Intake, RefusedRow};
use crate::words::{count, grouped};
use leptos::prelude::*;

/// Whether Meta calls, what is turned away, and what waits.
#[component]
pub fn IntakeSection(
    /// How it stands.
    of: Intake,
) -> impl IntoView {
    let (no_calls, no_refusals) = (of.handshakes.is_empty(), of.refused.is_empty());
    let handshakes = of.handshakes.into_iter().map(handshake).collect_view();
    let refused = of.refused.into_iter().map(refusal).collect_view();
    let aside =
        view! { <a class="btn btn-small" href="/deliveries?of=all"><Icon of=names::INBOX />"All deliveries"</a> }
            .into_any();
    view! {
        <Section title="Webhooks" id="webhooks" aside=aside>
            <dl class="grid grid-cols-2 lg:grid-cols-4 border-b border-line">
                {figure("Not applied yet", of.backlog, false, None)}
                {figure("For assets nobody has connected", of.quarantined, false, Some("/deliveries?of=all&show=quarantined"))}
                {figure("Failed, last 24 hours", of.failed, of.failed > 0, Some("/deliveries?of=all&show=failed"))}
                {figure("Unreadable, last 24 hours", of.unreadable, of.unreadable > 0, Some("/deliveries?of=all&show=unreadable"))}
            </dl>
            <div class="grid lg:grid-cols-2 lg:divide-x divide-line">
                <div class="p-4.5 grid gap-2 content-start">
                    <h3 class="cap">"Is the callback ours?"</h3>
                    {if no_calls {
                        view! { <p class="sub">"Nobody has asked yet. Meta does when the callback is entered in the app."</p> }.into_any()
                    } else {
                        view! { <ul class="grid gap-2">{handshakes}</ul> }.into_any()
                    }}
                </div>
                <div class="p-4.5 grid gap-2 content-start max-lg:border-t border-line">
                    <h3 class="cap">"Turned away, last 24 hours"</h3>
                    {if no_refusals {
                        view! { <p class="sub">"Nothing was turned away."</p> }.into_any()
                    } else {
                        view! { <ul class="grid gap-3">{refused}</ul> }.into_any()
                    }}
                </div>
            </div>
        </Section>
    }
}

fn figure(name: &'static str, value: usize, bad: bool, href: Option<&'static str>) -> AnyView {
    let class = if bad {
        "text-[20px] leading-7 font-semibold figures text-bad"
    } else {
        "text-[20px] leading-7 font-semibold figures"
    };
    let value = match href.filter(|_| value > 0) {
        Some(href) => {
            view! { <a class=if bad { "link text-bad" } else { "link" } href=href>{grouped(value)}</a> }.into_any()
        }
        None => grouped(value).into_any(),
    };
    view! { <div class="p-4.5 grid content-between gap-1"><dt class="cap">{name}</dt><dd class=class>{value}</dd></div> }.into_any()
}

fn handshake(row: HandshakeRow) -> AnyView {
    let (class, icon) = if row.ok { ("text-ok", names::CHECK) } else { ("text-warn", names::ALERT) };
    view! {
        <li class="flex gap-2.5 text-[13.5px]">
            <span class=format!("mt-0.5 {class}")><Icon of=icon /></span>
            <span class="flex-1 min-w-0">{row.sentence}</span>
            <span class="text-ink-2 whitespace-nowrap"><Clock at=row.at /></span>
        </li>
    }
    .into_any()
}

fn refusal(row: RefusedRow) -> AnyView {
    let app = if row.app.is_empty() { "of an unknown app".to_owned() } else { format!("of app {}", row.app) };
    let why = match row.why {
        Some(why) => view! { <Explained of=why /> }.into_any(),
        None => view! { <p class="font-semibold">"Refused for a reason that another version knows."</p> }.into_any(),
    };
    view! {
        <li class="grid gap-0.5 text-[13.5px]">
            <div class="flex gap-3">
                <div class="flex-1 min-w-0">{why}</div>
                <p class="figures whitespace-nowrap">{count(row.count, "time", "times")}</p>
            </div>
            <p class="text-[12.5px] text-ink-3">{app}", last "<Clock at=row.last_at /></p>
        </li>
    }
    .into_any()
}
