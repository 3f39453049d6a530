//! Disconnecting one asset: what it means, before it is done.

use crate::components::brand::{BrandGlyphs, BrandRef};
use crate::components::card::{PageHead, Section};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Notice;
use crate::dto::disconnect_asset::DisconnectAssetPage;
use crate::dto::health::Tone;
use leptos::prelude::*;

/// The page `/assets/{asset}/disconnect`.
pub fn disconnect_asset_page(page: DisconnectAssetPage) -> AnyView {
    let name = page.going.first().map(|(_, name)| name.clone()).unwrap_or_default();
    let title = format!("Disconnect {name}");
    if !page.others {
        let whole = format!("/disconnect/{}", page.connection);
        return view! {
            <Desk title=title.clone() narrow=true>
                <PageHead title=title />
                <Notice tone=Tone::Idle lead="This is all that its connection has." text="Disconnecting it means to disconnect the whole connection, which also ends its access.">
                    <a class="btn" href="/">"Leave it connected"</a>
                    <a class="btn btn-primary" href=whole>"See what that means"</a>
                </Notice>
            </Desk>
        }
        .into_any();
    }
    let going = page
        .going
        .into_iter()
        .map(|(platform, name)| {
            view! { <li class="flex items-center gap-3 px-4.5 py-3"><BrandRef of=platform /><span class="font-medium" dir="auto">{name}</span></li> }
        })
        .collect_view();
    let at_meta = if page.stays_subscribed {
        "Meta goes on sending the events of its Page or account, because something else that is connected needs them. What is about this one is let go."
    } else {
        "Meta is told to send its messages here no more. Should that fail, the log says so; nothing is taken in anyway."
    };
    let received =
        [at_meta, "Conversations and deliveries that it brought stay."].into_iter().filter(|_| page.receives);
    let facts = received.chain([
        "Everything else stays connected, with the same access.",
        "To connect it again, confirm with Meta and tick it in the list.",
    ])
    .map(|text| view! { <li class="flex gap-2.5 px-4.5 py-2.5"><Icon of=names::INFO class="mt-0.5 text-ink-3" />{text}</li> })
    .collect_view();
    view! {
        <Desk title=title.clone() narrow=true>
            <BrandGlyphs />
            <PageHead title=title sub="Only this. Nothing happens until you press the button." />
            <Section title="What is disconnected" id="what"><ul class="rows">{going}</ul></Section>
            <Section title="What it means" id="means"><ul class="rows">{facts}</ul></Section>
            <PostForm action="disconnect-asset" fields=vec![("parted", page.asset)] class="flex flex-wrap gap-2">
                <a class="btn" href="/">"Leave it connected"</a>
                <button type="submit" class="btn btn-destroy"><Icon of=names::UNLINK />"Disconnect it"</button>
            </PostForm>
        </Desk>
    }
    .into_any()
}
