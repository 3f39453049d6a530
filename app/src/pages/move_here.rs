//! Taking over what another business of this installation has connected: what it means, before it is done.

use crate::components::attempt_frame::AttemptFrame;
use crate::components::brand::{BrandGlyphs, BrandRef};
use crate::components::card::{PageHead, Section};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::notice::Problem;
use crate::dto::move_here::MovePage;
use crate::visit::visit;
use crate::words::count;
use leptos::prelude::*;

const FACTS: [&str; 4] = [
    "Meta is asked at this moment whether your access manages it. Without that nothing moves.",
    "From then on its messages arrive here, and no longer where they arrived until now.",
    "What was received there stays there: past conversations do not move.",
    "Both sides are told that it moved and why. Neither is told who the other is.",
];

/// The page `/connect/{attempt}/move/{asset}`.
pub fn move_page(page: MovePage) -> AnyView {
    let n = page.assets.len();
    let title = if n == 1 { "Move it here".to_owned() } else { format!("Move {} here", count(n, "asset", "assets")) };
    let sub = "Another business of this installation has connected it. If it is yours, you can take it over.";
    let problem = visit().failed("move-here", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let assets = page
        .assets
        .into_iter()
        .map(|(platform, name)| {
            view! { <li class="flex items-center gap-3 px-4.5 py-3"><BrandRef of=platform /><span class="font-medium" dir="auto">{name}</span></li> }
        })
        .collect_view();
    let facts = FACTS
        .into_iter()
        .map(|text| view! { <li class="flex gap-2.5 px-4.5 py-2.5"><Icon of=names::INFO class="mt-0.5 text-ink-3" />{text}</li> })
        .collect_view();
    let note = if n > 1 { "A WhatsApp account moves with its numbers." } else { "" };
    let back = format!("/connect/{}", page.attempt);
    view! {
        <AttemptFrame title="Move it here" at=1 guest=None>
            <BrandGlyphs />
            <PageHead title=title sub=sub />
            {problem}
            <Section title="What moves" id="what" note=note><ul class="rows">{assets}</ul></Section>
            <Section title="What it means" id="means"><ul class="rows">{facts}</ul></Section>
            <PostForm action="move-here" fields=vec![("attempt", page.attempt), ("asset_id", page.asset)] class="flex flex-wrap gap-2" silent=true>
                <a class="btn" href=back>"Leave it there"</a>
                <button type="submit" class="btn btn-primary">"Ask Meta, and move it here"</button>
            </PostForm>
        </AttemptFrame>
    }
    .into_any()
}
