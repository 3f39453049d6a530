//! The page "Send a test message": where to write to, and the message as it arrives.

use crate::components::brand::Brand;
use crate::components::card::{PageHead, Section};
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::ladder::EvidenceLadder;
use crate::components::layout::Desk;
use crate::components::moment::Clock;
use crate::components::pill::Pill;
use crate::components::progress::Spinner;
use crate::components::qr::QrCode;
use crate::dto::health::Platform;
use crate::dto::test_message::{Arrival, Place, TestPage};
use crate::islands::live::LivePage;
use crate::load::test_message::PATIENCE;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/assets/{asset}/test`.
pub fn test_page(page: TestPage) -> AnyView {
    let here = format!("/assets/{}/test?since={}", page.id, page.since);
    let left = PATIENCE - (visit().now - page.since);
    let once_in = if page.arrived.is_none() && left > 0 { i32::try_from(left).unwrap_or(0) + 500 } else { 0 };
    let state = if page.arrived.is_some() { "a message has arrived" } else { "waiting for a message" };
    let sub = format!("Write to {} as a customer would, and watch it arrive.", page.name);
    let (label, name) = (page.name.clone(), page.name.clone());
    let how = instructions(page.platform, &page.name, &page.place);
    view! {
        <Desk title="Send a test message" narrow=true>
            <PageHead title="Send a test message" sub=sub>
                <a class="btn" href="/"><Icon of=names::BACK />"Connections"</a>
            </PageHead>
            <Section title="1. Write" id="write" aside=view! { <Brand of=page.platform small=true /> }.into_any()>
                {how}
            </Section>
            <section class="card" aria-labelledby="watch" data-live="arrival" data-state=state data-name=name>
                <div class="card-head">
                    <h2 class="h2" id="watch">"2. Watch"</h2>
                    <div class="ml-auto"><Pill of=page.health /></div>
                </div>
                <div class="p-4.5 grid gap-5">
                    {match page.arrived {
                        Some(arrival) => arrived(arrival),
                        None => waiting(page.since, &here),
                    }}
                    <EvidenceLadder of=page.ladder label=label />
                    {page.overdue.then(|| causes(page.platform, page.may_manage))}
                </div>
            </section>
            <LivePage of="asset conversation delivery".to_owned() after=page.live address=here once_in=once_in />
        </Desk>
    }
    .into_any()
}

fn instructions(platform: Platform, name: &str, place: &Place) -> AnyView {
    let whose = match platform {
        Platform::Instagram => "Use an Instagram account that is not the business’s own.",
        Platform::Whatsapp => "Use a phone with another number than the business’s.",
        _ => "Use a Facebook account, as a customer would; as the Page itself it does not count.",
    };
    match place {
        Place::Meta { href } => {
            let app = match platform {
                Platform::Instagram => "Open Instagram",
                Platform::Whatsapp => "Open WhatsApp",
                _ => "Open Messenger",
            };
            let plain = href.trim_start_matches("https://").to_owned();
            view! {
                <div class="p-4.5 flex flex-wrap items-center gap-x-6 gap-y-4">
                    <QrCode text=href.clone() label=format!("QR code of {plain}") />
                    <div class="flex-1 min-w-60 grid gap-3 justify-items-start">
                        <p>"Point a phone’s camera at the square, or open the conversation here. Then write a few words."</p>
                        <a class="btn btn-primary" href=href.clone() target="_blank" rel="noopener noreferrer">
                            <Icon of=names::SEND />{app}<span class="sr-only">" in a new tab"</span>
                        </a>
                        <p class="sub"><span class="mono select-all">{plain}</span></p>
                        <p class="sub">{whose}</p>
                    </div>
                </div>
            }
            .into_any()
        }
        Place::Simulator { href } => view! {
            <div class="p-4.5 grid gap-3 justify-items-start">
                <p>"This installation talks to the Meta simulator. Its phone page plays the customer: write there, and come back to this page."</p>
                <a class="btn btn-primary" href=href.clone() target="_blank" rel="noopener">
                    <Icon of=names::PHONE />"Open the customer’s phone"<span class="sr-only">" in a new tab"</span>
                </a>
            </div>
        }
        .into_any(),
        Place::Search => view! {
            <div class="p-4.5 grid gap-2">
                <p>"Look for " <b dir="auto">{name.to_owned()}</b> " in the app that customers use, and write a few words."</p>
                <p class="sub">{whose}</p>
            </div>
        }
        .into_any(),
    }
}

fn waiting(since: i64, here: &str) -> AnyView {
    view! {
        <div class="flex flex-wrap items-center gap-3">
            <span class="js-only text-warn" aria-hidden="true"><Spinner /></span>
            <p class="flex-1 min-w-52">
                <b>"Waiting for a message"</b>" since "<Clock at=since />". "
                <span class="js-only text-ink-2">"It shows here by itself, mostly within a few seconds."</span>
            </p>
            <a class="btn" href=here.to_owned()><Icon of=names::AGAIN />"Look again"</a>
        </div>
    }
    .into_any()
}

fn arrived(arrival: Arrival) -> AnyView {
    let from = (!arrival.from.is_empty()).then(|| view! { ", from "<b dir="auto">{arrival.from}</b> });
    view! {
        <div class="ok rounded-card px-4.5 py-3.5 grid gap-1.5">
            <p class="flex items-center gap-2.5 font-medium"><Icon of=names::DONE />
                <span>"It arrived at "<Clock at=arrival.at />{from}"."</span>
            </p>
            {(!arrival.said.is_empty()).then(|| view! { <blockquote class="pl-6.5 text-ink" dir="auto">{arrival.said}</blockquote> })}
            <p class="pl-6.5 text-[13.5px] text-ink-2">"The way from the customer to Attaché is proven."</p>
        </div>
    }
    .into_any()
}

/// What keeps messages away, the most common first (Meta reference §11, rows 14 and 15).
fn causes(platform: Platform, may_manage: bool) -> AnyView {
    let live = (
        "The Meta app is in development mode.",
        "Then only people with a role in the app are heard. Write as one of them, or have the app set live.",
    );
    let callback = (
        "Meta sends the app’s webhooks elsewhere, or the field “messages” is off.",
        "Another tool may have replaced the callback. The operator sees on the page Installation whether Meta calls.",
    );
    let subscription = ("The subscription was taken away at Meta.", "A test asks Meta whether it still stands.");
    let list = match platform {
        Platform::Instagram => vec![
            (
                "The phone does not share messages.",
                "In Instagram: Settings, Messages and story replies, Message controls, Connected tools: switch “Allow access to messages” on.",
            ),
            live,
            subscription,
            callback,
        ],
        Platform::Whatsapp => vec![
            subscription,
            callback,
            live,
            (
                "The number is not registered with the Cloud API.",
                "The row of the number on the page Connections says so.",
            ),
        ],
        _ => vec![live, subscription, callback],
    };
    let list = list
        .into_iter()
        .map(|(cause, todo)| view! { <li class="py-2.5"><p class="font-medium">{cause}</p><p class="sub">{todo}</p></li> })
        .collect_view();
    view! {
        <section class="grid gap-1" aria-labelledby="causes">
            <h3 class="h2" id="causes">"Nothing yet? These are the likely causes"</h3>
            <ol class="rows">{list}</ol>
            {may_manage.then(|| view! { <div class="mt-2"><PostButton action="test-connection"><Icon of=names::AGAIN />"Ask Meta now"</PostButton></div> })}
        </section>
    }
    .into_any()
}
