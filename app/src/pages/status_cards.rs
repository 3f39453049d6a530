//! The four cards: one look at each of Meta's products.

use crate::components::brand::Brand;
use crate::components::form::PostButton;
use crate::components::ladder::EvidenceLadder;
use crate::components::pill::Pill;
use crate::dto::health::Tone;
use crate::dto::status::{ActionKind, CardAction, PlatformCard};
use crate::visit::visit;
use leptos::prelude::*;

/// Facebook, Instagram, WhatsApp, Ads.
#[component]
pub fn Cards(
    /// In the order to show.
    cards: Vec<PlatformCard>,
    /// Whether the viewer may press their buttons.
    may: bool,
) -> impl IntoView {
    let cards = cards.into_iter().map(|card| view! { <Card card=card may=may /> }).collect_view();
    view! {
        <section class="grid gap-4 lg:grid-cols-2 2xl:grid-cols-4" aria-labelledby="platforms">
            <h2 class="sr-only" id="platforms">"By platform"</h2>
            {cards}
        </section>
    }
}

#[component]
fn Card(card: PlatformCard, may: bool) -> impl IntoView {
    let (label, slug, state) = (card.platform.label(), card.platform.slug(), card.health.word.clone());
    // Only what is wrong is told in the person's language.
    let lang = (card.health.tone == Tone::Bad).then(|| visit().explanation_lang()).flatten();
    let actions = card.actions.into_iter().filter(|_| may).map(|action| button(action, label)).collect_view();
    view! {
        <article data-live=format!("card-{slug}") data-state=state data-name=label class="card p-4.5 grid gap-4 grid-rows-[auto_auto_1fr_auto]">
            <div class="flex items-start gap-3">
                <Brand of=card.platform />
                <div class="min-w-0">
                    <h3 class="font-semibold">{label}</h3>
                    <p class="text-[13px] text-ink-2">{card.holds}</p>
                </div>
                <span class="ml-auto"><Pill of=card.health /></span>
            </div>
            <EvidenceLadder of=card.ladder label=label />
            <div class="sub">
                <p lang=lang>
                    {(!card.lead.is_empty()).then(|| view! { <b class="text-ink">{card.lead}</b>" " })}
                    {card.reason}
                </p>
                {(!card.also.is_empty()).then(|| view! { <p>{card.also}</p> })}
            </div>
            <div class="flex flex-wrap gap-2">{actions}</div>
        </article>
    }
}

/// A button; `platform` says what it is about to who does not see where it stands.
pub fn button(action: CardAction, platform: &str) -> AnyView {
    let class = if action.primary { "btn btn-primary" } else { "btn" };
    let spoken = format!("{}: {platform}", action.label);
    match action.does {
        ActionKind::Link { href } => view! { <a class=class href=href aria-label=spoken>{action.label}</a> }.into_any(),
        ActionKind::Repair { asset } => {
            let fields = vec![("repaired", asset)];
            view! { <PostButton action="repair-asset" fields=fields class=class label=spoken>{action.label}</PostButton> }.into_any()
        }
        ActionKind::Test { connection } => {
            let fields = connection.map(|id| vec![("connection", id)]).unwrap_or_default();
            view! { <PostButton action="test-connection" fields=fields class=class label=spoken>{action.label}</PostButton> }.into_any()
        }
    }
}
