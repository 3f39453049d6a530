//! Set-up links: made, listed with what is outstanding, and withdrawn.

use crate::components::card::{PageHead, Section};
use crate::components::copy::ShownOnce;
use crate::components::empty::Empty;
use crate::components::form::{Field, PostButton, PostForm, Select};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Problem;
use crate::components::progress::WorkMark;
use crate::dto::attempt::ApplyState;
use crate::dto::set_up_links::{SetUpLinkRow, SetUpLinksPage, SetUpStep};
use crate::islands::live::LivePage;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

const SUB: &str = "Somebody else manages the Pages or numbers? Send them a link. They confirm with Meta and choose, without an \
    account here, and see nothing else of your business.";

/// The page `/set-up-links`.
pub fn set_up_links_page(page: SetUpLinksPage) -> AnyView {
    let lives = page.lives.iter().map(|days| (days.to_string(), words::count(*days as usize, "day", "days"))).collect();
    let problem = visit().failed("revoke-set-up-link", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let none = page.links.is_empty();
    let note = if none { String::new() } else { words::grouped(page.links.len()) };
    let rows = page.links.into_iter().map(row).collect_view();
    let live = (!page.live.is_empty())
        .then(|| view! { <LivePage of="asset".to_owned() after=page.live.clone() address="" once_in=0 /> });
    view! {
        <Desk title="Set-up links" narrow=true>
            <PageHead title="Set-up links" sub=SUB><a class="btn" href="/connect"><Icon of=names::BACK />"Connect"</a></PageHead>
            {problem}
            <Section title="A new link" id="new">
                {page.fresh_link.map(fresh)}
                <PostForm action="make-set-up-link" class="p-4.5 grid gap-3">
                    <div class="flex flex-wrap items-end gap-2">
                        <div class="flex-1 basis-52"><Field form="make-set-up-link" name="name" label="For whom" max=120 /></div>
                        <div class="w-32"><Select id="set-up-days" name="days" label="Works for" options=lives chosen="7" /></div>
                        <button type="submit" class="btn"><Icon of=names::LINK />"Make a link"</button>
                    </div>
                    <p class="hint mt-0">"The name is for your own list. You get a link to send yourself; it works once."</p>
                </PostForm>
            </Section>
            <Section title="Links" id="links" note=note>
                <div data-live="links">
                    {if none {
                        view! { <Empty icon=names::LINK title="No link yet" text="Links that you make are listed here, with what is still missing." /> }.into_any()
                    } else {
                        view! { <ul class="rows">{rows}</ul> }.into_any()
                    }}
                </div>
            </Section>
            {live}
        </Desk>
    }
    .into_any()
}

fn fresh(link: String) -> AnyView {
    view! {
        <ShownOnce id="set-up-link" words="The link is ready." label="Set-up link" text=link />
    }
    .into_any()
}

fn row(row: SetUpLinkRow) -> AnyView {
    let visit = visit();
    let spoken = format!("Withdraw the link for {}", row.name);
    let made = format!("made by {}", row.by);
    let until = if row.ended {
        String::new()
    } else {
        format!(" · ends {}", words::until(&visit.zone, visit.now, row.expires_at))
    };
    let until = if row.open { until } else { String::new() };
    let steps = row.steps.into_iter().map(step).collect_view();
    view! {
        <li class="px-4.5 py-3 grid gap-2.5">
            <div class="flex flex-wrap items-start gap-3">
                <div class="min-w-0 flex-1 basis-48">
                    <p class="font-medium" dir="auto">{row.name}</p>
                    <p class="text-[13px] text-ink-3">{made}{until}</p>
                </div>
                {row.choose.map(|page| view! { <a class="btn btn-small" href=page>"Choose for them"</a> })}
                {row.open.then(|| view! {
                    <PostButton action="revoke-set-up-link" fields=vec![("link", row.id)] class="btn btn-small" label=spoken>"Withdraw"</PostButton>
                })}
            </div>
            <p class="text-[13.5px]">{row.outstanding}</p>
            {(!row.ended).then(|| view! { <ol class="flex flex-wrap gap-x-5 gap-y-1.5">{steps}</ol> })}
        </li>
    }
    .into_any()
}

fn step(step: SetUpStep) -> AnyView {
    let visit = visit();
    let state = if step.at.is_some() { ApplyState::Done } else { ApplyState::Waiting };
    let at = step.at.map(|at| format!(" {}", words::clock(&visit.zone, visit.now, at))).unwrap_or_default();
    view! {
        <li class="flex items-center gap-2 text-[13px] text-ink-2"><WorkMark of=state />{step.name}<span class="text-ink-3">{at}</span></li>
    }
    .into_any()
}
