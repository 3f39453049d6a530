//! What a guest sees who opens a set-up link: who asks, and for what.

use crate::components::card::{PageHead, Section};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::layout::Letter;
use crate::components::notice::{Notice, Problem};
use crate::components::stepper::Stepper;
use crate::dto::health::Tone;
use crate::dto::set_up_links::SetUpPage;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

const FACTS: [&str; 4] = [
    "You sign in with Meta, in Meta’s own window. No account is made here, and nobody sees your password.",
    "Afterwards you tick which Pages, accounts and numbers to connect. Nothing is connected before that.",
    "You can take it back at any time, in the settings of Facebook or of your business.",
    "You see nothing of this business here, and it sees nothing of yours but what you connect.",
];

/// The pages `/set-up/{token}` and `/set-up`.
pub fn set_up_page(page: SetUpPage) -> AnyView {
    let visit = visit();
    let title = format!("{} asks you to connect your Meta accounts", page.tenant);
    let sub = match (page.asked_by.is_empty(), page.expires_at) {
        (false, Some(until)) => {
            format!(
                "{} sent you this link. It works once, and ends {}.",
                page.asked_by,
                words::until(&visit.zone, visit.now, until)
            )
        }
        _ => "You came by a link that was sent to you.".to_owned(),
    };
    let problem = visit.failed("begin-set-up", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let facts = FACTS
        .into_iter()
        .map(|text| view! { <li class="flex gap-2.5 px-4.5 py-2.5"><Icon of=names::CHECK class="mt-0.5 text-ok" />{text}</li> })
        .collect_view();
    let permissions = page
        .permissions
        .into_iter()
        .map(|p| {
            view! {
                <li class="flex flex-wrap gap-x-4 px-4.5 py-2.5">
                    <span class="flex-1 basis-72">{p.plain}</span>
                    <span class="mono text-ink-3">{p.name}</span>
                </li>
            }
        })
        .collect_view();
    let fields = if page.token.is_empty() { Vec::new() } else { vec![("token", page.token)] };
    view! {
        <Letter title="Connect your Meta accounts" wide=true>
            <Stepper at=0 />
            <PageHead title=title sub=sub />
            {problem}
            {page.attempt.map(|attempt| view! {
                <Notice tone=Tone::Warn lead="You have confirmed with Meta." text="What is missing: choosing what to connect.">
                    <a class="btn btn-small" href=attempt>"Go on"</a>
                </Notice>
            })}
            <section class="card" aria-labelledby="what">
                <h2 class="sr-only" id="what">"What will happen"</h2>
                <ul class="rows">{facts}</ul>
                <div class="border-t border-line p-4.5 bg-paper rounded-b-card">
                    <PostForm action="begin-set-up" fields=fields class="flex flex-wrap items-center gap-x-4 gap-y-2" silent=true>
                        <button type="submit" class="btn btn-primary"><Icon of=names::LINK />"Connect with Meta"</button>
                        <p class="sub">"Meta opens on this page and leads you back."</p>
                    </PostForm>
                </div>
            </section>
            <Section title="What Meta will ask you for" id="permissions"><ul class="rows text-[13.5px]">{permissions}</ul></Section>
        </Letter>
    }
    .into_any()
}
