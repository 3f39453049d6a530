//! What went wrong: what people meet, why, what helps, and what it does to the connection. Works without script.

use crate::components::card::PageHead;
use crate::components::layout::Letter;
use crate::dto::help::{HelpPage, HelpRow, HelpWords};
use leptos::prelude::*;

/// The page `/help/errors`.
pub fn help_page(page: HelpPage) -> AnyView {
    let words = page.words.clone();
    let rows = page.rows.into_iter().map(|it| row(it, &words)).collect_view();
    let searched = !page.query.is_empty();
    view! {
        <Letter title=words.title.clone() wide=true>
            <PageHead title=words.title sub=words.intro />
            <form method="get" action="/help/errors" role="search" class="grid gap-1">
                <label class="label" for="q">{words.search}</label>
                <div class="flex flex-wrap gap-2">
                    <input class="field flex-1 min-w-40" id="q" name="q" type="search" value=page.query maxlength="200" aria-describedby="q-hint" />
                    <button type="submit" class="btn btn-primary">{words.find}</button>
                    {searched.then(|| view! { <a class="btn" href="/help/errors">{words.all}</a> })}
                </div>
                <p class="hint" id="q-hint">{words.hint}</p>
            </form>
            <p class="sub" role="status">{words.found}</p>
            <div class="grid gap-4">{rows}</div>
            <p><a class="link" href="/">{words.start}</a></p>
        </Letter>
    }
    .into_any()
}

fn row(row: HelpRow, words: &HelpWords) -> AnyView {
    let heading = format!("row-{}", row.number);
    let (named, also_named) = (heading.clone(), heading.clone());
    let link = format!("#{}", row.anchor);
    let lines = [(words.why.clone(), row.why), (words.todo.clone(), row.todo), (words.effect.clone(), row.effect)]
        .into_iter()
        .map(|(name, text)| {
            view! { <div class="grid gap-0.5 sm:grid-cols-[128px_minmax(0,1fr)]"><dt class="text-ink-2">{name}</dt><dd>{text}</dd></div> }
        })
        .collect_view();
    let numbers = (!row.numbers.is_empty()).then(|| {
        view! {
            <div class="grid gap-0.5 sm:grid-cols-[128px_minmax(0,1fr)]">
                <dt class="text-ink-2">{words.numbers.clone()}</dt>
                <dd class="mono">{row.numbers.join(", ")}</dd>
            </div>
        }
    });
    view! {
        <article class="card p-4.5 grid gap-3 scroll-mt-4 target:ring-2 target:ring-brand" id=row.anchor aria-labelledby=named>
            <h2 class="font-semibold flex gap-3">
                <a class="text-ink-3 font-normal tabular-nums" href=link aria-labelledby=also_named>{row.number}</a>
                <span id=heading>{row.seen}</span>
            </h2>
            <dl class="grid gap-2 text-[13.5px]">{lines}{numbers}</dl>
        </article>
    }
    .into_any()
}
