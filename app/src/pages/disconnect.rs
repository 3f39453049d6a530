//! Disconnecting: the plan first, then the result.

use crate::components::card::{PageHead, Section};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Problem;
use crate::dto::attempt::ApplyStep;
use crate::dto::disconnect::DisconnectPage;
use crate::pages::attempt::steps;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The page `/disconnect/{connection}`.
pub fn disconnect_page(page: DisconnectPage) -> AnyView {
    let visit = visit();
    let since = words::clock(&visit.zone, visit.now, page.connected_at);
    let problem = visit.failed("disconnect", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let rows = page.steps.into_iter().map(|s| ApplyStep { name: s.what, state: s.state, reason: s.note }).collect();
    let kept = page
        .kept
        .into_iter()
        .map(|text| view! { <li class="flex gap-2.5 px-4.5 py-2.5"><Icon of=names::CHECK class="mt-0.5 text-ok" />{text}</li> })
        .collect_view();
    let (title, sub, heading) = if page.finished {
        ("Disconnected", format!("The access confirmed by {} is gone.", page.by), "What was done")
    } else {
        (
            "Disconnect",
            format!("Access confirmed by {} on {since}. Nothing happens until you press the button.", page.by),
            "What will happen",
        )
    };
    let end = if page.finished {
        view! { <div class="flex gap-2"><a class="btn btn-primary" href="/">"Back to connections"</a></div> }.into_any()
    } else {
        view! {
            <PostForm action="disconnect" fields=vec![("connection", page.connection)] class="flex flex-wrap gap-2" silent=true>
                <a class="btn" href="/">"Keep it"</a>
                <button type="submit" class="btn btn-destroy"><Icon of=names::UNLINK />"Disconnect"</button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <Desk title=title narrow=true>
            <PageHead title=title sub=sub />
            {problem}
            <Section title=heading id="steps"><ol class="rows">{steps(rows)}</ol></Section>
            <Section title="What is kept" id="kept"><ul class="rows">{kept}</ul></Section>
            {end}
        </Desk>
    }
    .into_any()
}
