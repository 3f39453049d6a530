//! Before anything changes: what a new confirmation would take away, the way back and the way on.

use crate::components::attempt_frame::Again;
use crate::components::brand::{BrandGlyphs, BrandRef};
use crate::components::card::{PageHead, Section};
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::notice::Problem;
use crate::dto::attempt::{Losing, Lost};
use crate::dto::status::Permission;
use crate::visit::visit;
use crate::words::count;
use leptos::prelude::*;

const BACK: [&str; 3] = [
    "Press “Go to Meta again” below.",
    "In Meta’s window press Edit settings: without it, Meta repeats what was ticked the last time.",
    "Tick what is missing, leave every permission switched on, and press Continue.",
];

/// The state "losing" of `/connect/{attempt}`.
pub fn losses(attempt: String, losing: Losing, again: Again) -> AnyView {
    let title = title(&losing);
    let meanwhile = if losing.works {
        format!(
            "{} left them out in Meta’s window. Nothing has changed: what is connected goes on until you decide.",
            losing.by
        )
    } else {
        format!(
            "{} left them out in Meta’s window. Nothing has changed here; Meta refuses the access from before.",
            losing.by
        )
    };
    let problem = [again.action, "continue-without"]
        .into_iter()
        .find_map(|action| visit().failed(action, &[]))
        .map(|outcome| view! { <Problem error=outcome.error /> });
    let back = BACK
        .into_iter()
        .enumerate()
        .map(|(i, text)| {
            view! {
                <li class="flex gap-3.5 px-4.5 py-3">
                    <span class="grid place-items-center size-6 rounded-full border border-line text-[12px] shrink-0 bg-well">{i + 1}</span>
                    <p>{text}</p>
                </li>
            }
        })
        .collect_view();
    let kept = match losing.kept {
        0 => "Nothing else is connected through this access.".to_owned(),
        n => format!("{} connected through this access.", count(n, "other asset stays", "other assets stay")),
    };
    let without = if losing.assets.is_empty() { "Continue without them" } else { "Continue and disconnect them" };
    view! {
        <BrandGlyphs />
        <PageHead title=title sub=meanwhile />
        {problem}
        {(!losing.assets.is_empty()).then(|| lost(losing.assets))}
        {(!losing.permissions.is_empty()).then(|| withdrawn(&losing.permissions))}
        <Section title="How to keep them" id="back"><ol class="rows">{back}</ol></Section>
        <div class="flex flex-wrap items-center gap-2">
            <PostForm action=again.action fields=again.fields class="contents" silent=true>
                <button type="submit" class="btn btn-primary"><Icon of=names::LINK />"Go to Meta again"</button>
            </PostForm>
            <PostButton action="continue-without" fields=vec![("attempt", attempt)]>{without}</PostButton>
            {again.has_desk.then(|| view! { <a class="btn" href="/">"Decide later"</a> })}
        </div>
        <p class="sub">{kept}" Without a decision, everything stays as it is and this confirmation is forgotten after a day."</p>
    }
    .into_any()
}

/// "These 3 Pages will lose access", or what the permissions stop.
fn title(losing: &Losing) -> String {
    let n = losing.assets.len();
    let Some(first) = losing.assets.first() else {
        return match losing.permissions.len() {
            1 => "A permission would be taken back".into(),
            n => format!("{n} permissions would be taken back"),
        };
    };
    let same = losing.assets.iter().all(|lost| lost.kind == first.kind);
    match (n, same) {
        (1, _) => format!("This {} will lose access", first.kind),
        (n, true) => format!("These {n} {} will lose access", first.kinds),
        (n, false) => format!("These {n} assets will lose access"),
    }
}

fn lost(assets: Vec<Lost>) -> AnyView {
    let rows = assets
        .into_iter()
        .map(|lost| {
            view! {
                <li class="flex items-start gap-3 px-4.5 py-3">
                    <BrandRef of=lost.platform />
                    <div class="min-w-0">
                        <p class="font-medium" dir="auto">{lost.name}</p>
                        <p class="sub" lang=visit().explanation_lang()>{lost.why}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Connected now, and not covered any more" id="lost"><ul class="rows">{rows}</ul></Section> }
        .into_any()
}

fn withdrawn(permissions: &[Permission]) -> AnyView {
    let rows = permissions
        .iter()
        .map(|p| {
            view! {
                <li class="flex flex-wrap gap-x-4 px-4.5 py-2.5">
                    <span class="flex-1 basis-72">{p.plain.clone()}</span>
                    <span class="mono text-ink-3">{p.name.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Permissions that were switched off" id="withdrawn"><ul class="rows">{rows}</ul></Section> }
        .into_any()
}
