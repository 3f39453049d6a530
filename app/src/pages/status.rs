//! The page "Connections": what is connected, and the proof that it works.

use crate::components::card::PageHead;
use crate::components::empty::Empty;
use crate::components::explained::ExplainedNotice;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Notice;
use crate::dto::health::Tone;
use crate::dto::status::{Access, Clock, StatusPage};
use crate::islands::live::LivePage;
use crate::pages::status_assets::AssetsSection;
use crate::pages::status_cards::Cards;
use crate::pages::status_connections::ConnectionsSection;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// Days before the end of access from which the banner asks for something.
const SOON: i64 = 14;

/// The page `/`.
pub fn status_page(page: StatusPage) -> AnyView {
    let nothing = page.connections.is_empty() && page.asset_total == 0;
    let may = page.may_manage;
    let has = !page.connections.is_empty();
    view! {
        <Desk title="Connections">
            <PageHead title="Connections" sub="What is connected, and the proof that it works.">
                {(has && may).then(|| view! {
                    <PostButton action="test-connection"><Icon of=names::AGAIN />"Test all connections"</PostButton>
                    <a class="btn btn-primary" href="/connect"><Icon of=names::LINK />"Connect with Meta"</a>
                })}
            </PageHead>
            {page.unfinished.clone().map(|attempt| view! {
                <Notice tone=Tone::Warn lead="You have not chosen yet." text="Meta has confirmed; what you choose is connected then.">
                    <a class="btn btn-small" href=format!("/connect/{attempt}")>"Choose assets"</a>
                </Notice>
            })}
            <div class="contents" data-live="access"><AccessBanner access=page.access.clone() may=may /></div>
            <LivePage of="asset".to_owned() after=page.live.clone() address="" once_in=0 />
            {page.unreached.clone().map(|why| view! { <ExplainedNotice of=why tone=Tone::Bad /> })}
            <div class="contents" data-live="content">
                {if nothing && matches!(page.access, Access::Never | Access::Disconnected { .. }) {
                    first_step(may)
                } else {
                    view! {
                        <Cards cards=page.cards.clone() may=may />
                        <AssetsSection page=page.clone() />
                        <ConnectionsSection rows=page.connections may=may />
                    }.into_any()
                }}
            </div>
        </Desk>
    }
    .into_any()
}

fn first_step(may: bool) -> AnyView {
    let text = if may {
        "Connect with Meta and choose your Facebook Pages, Instagram accounts, WhatsApp numbers and ad accounts. It takes about two minutes."
    } else {
        "An owner or admin of your team can connect Facebook Pages, Instagram accounts, WhatsApp numbers and ad accounts."
    };
    view! {
        <section class="card" aria-label="First step">
            <Empty icon=names::LINK title="Nothing is connected yet" text=text>
                {may.then(|| view! { <a class="btn btn-primary" href="/connect"><Icon of=names::LINK />"Connect with Meta"</a> })}
            </Empty>
        </section>
    }
    .into_any()
}

/// The access banner: connected with the right clock, disconnected, expired, or in error.
#[component]
pub fn AccessBanner(
    /// The state of access.
    access: Access,
    /// Whether the viewer may do something about it.
    may: bool,
) -> impl IntoView {
    let visit = visit();
    let (zone, now) = (&visit.zone, visit.now);
    match access {
        Access::Never => ().into_any(),
        Access::Connected { clock, checked_at, renews, connection } => {
            let itself = if renews { " Attaché renews it by itself before then." } else { "" };
            let checked = format!("Meta confirmed it {}.{itself}", words::ago(zone, now, checked_at));
            let left = words::days_left(zone, now, &clock);
            match left {
                Some(days) if days <= SOON => {
                    let lead = match &clock {
                        Clock::DataAccessUntil { at } => {
                            format!("Meta stops sharing data {},", words::until(zone, now, *at))
                        }
                        Clock::Ends { at } => format!("Access ends {},", words::until(zone, now, *at)),
                        Clock::NeverEnds => String::new(),
                    };
                    let at = match &clock {
                        Clock::Ends { at } | Clock::DataAccessUntil { at } => words::long_day(zone, now, *at),
                        Clock::NeverEnds => String::new(),
                    };
                    let tone = if days <= 3 { Tone::Bad } else { Tone::Warn };
                    let text = format!(
                        "on {at}. Whoever connected has to confirm again with Meta. It takes a minute; nothing stops meanwhile."
                    );
                    view! { <Notice tone=tone lead=lead text=text>{may.then(|| again(&connection, "Reconnect"))}</Notice> }.into_any()
                }
                _ => {
                    let lead = format!("Connected. {}.", words::token_clock(zone, now, &clock));
                    view! { <Notice tone=Tone::Ok lead=lead text=checked /> }.into_any()
                }
            }
        }
        Access::Disconnected { at, by } => {
            let who = by.map(|by| format!("{by} disconnected")).unwrap_or_else(|| "It was disconnected".into());
            let text = format!(
                "{who} {}. History is kept; nothing arrives until somebody connects again.",
                words::ago(zone, now, at)
            );
            view! { <Notice tone=Tone::Idle lead="Disconnected." text=text /> }.into_any()
        }
        Access::Expired { at, connection } => {
            let lead = format!("Access ended {}.", words::ago(zone, now, at));
            let text = "Meta accepts nothing from us until somebody confirms again. Assets and history are kept.";
            view! { <Notice tone=Tone::Bad lead=lead text=text>{may.then(|| again(&connection, "Reconnect"))}</Notice> }
                .into_any()
        }
        Access::Error { what, why, todo, effect, help, connection } => {
            let text = format!("{why} {effect} {todo}");
            view! { <Notice tone=Tone::Bad lead=what text=text lang=visit.explanation_lang() help=help>{connection.filter(|_| may).map(|connection| again(&connection, "Reconnect"))}</Notice> }
                .into_any()
        }
    }
}

fn again(connection: &str, words: &'static str) -> AnyView {
    view! { <a class="btn btn-small" href=format!("/connect?connection={connection}")>{words}</a> }.into_any()
}
