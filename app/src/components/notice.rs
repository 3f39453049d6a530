//! Sentences that stand out: banners, what a form came to, what changed.

use crate::acting_for;
use crate::components::icon::{Icon, names};
use crate::dto::health::Tone;
use crate::error::AppError;
use crate::visit::visit;
use leptos::prelude::*;
use server::words::failures::pages;

/// A banner: one bold sentence, more about it, and at most one way on.
#[component]
pub fn Notice(
    /// Its tone.
    tone: Tone,
    /// The bold beginning.
    #[prop(into)]
    lead: String,
    /// The rest of the sentence.
    #[prop(into, optional)]
    text: String,
    /// The language of the sentences, where it is another than the page's.
    #[prop(optional_no_strip)]
    lang: Option<&'static str>,
    /// The page that tells more.
    #[prop(optional_no_strip)]
    help: Option<String>,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Ok => names::SHIELD,
        Tone::Warn => names::CLOCK,
        Tone::Bad => names::ALERT,
        Tone::Idle => names::INFO,
    };
    view! {
        <section class=format!("flex flex-wrap items-center gap-x-3 gap-y-2.5 rounded-card px-4.5 py-3 {}", tone.class())>
            <Icon of=icon class="self-center max-sm:self-start max-sm:mt-0.5" />
            <p class="flex-1 min-w-52 text-[13.5px]" lang=lang>
                <b>{lead}</b>
                {(!text.is_empty()).then(|| format!(" {text}"))}
                {help.map(|address| view! { " " <More address=address /> })}
            </p>
            {children.map(|children| view! { <div class="flex flex-wrap gap-2 max-sm:pl-7 max-sm:w-full empty:hidden">{children()}</div> })}
        </section>
    }
}

/// What a form came to, when it failed: takes the focus, so that it is read first. A page tells it once: where it is drawn
/// first.
#[component]
pub fn Problem(
    /// The error.
    error: AppError,
    /// Whether it stands at the top of the page, where what concerns the whole page is said.
    #[prop(optional)]
    top: bool,
) -> impl IntoView {
    let visit = visit();
    let of_the_form = visit.outcome.as_ref().is_some_and(|outcome| outcome.error == error);
    if of_the_form && ((&*error.code == acting_for::CODE && !top) || !visit.told.now()) {
        return ().into_any();
    }
    let (lang, help) = error.more.map(|more| (more.lang, more.help)).unwrap_or_default();
    // What is wrong with a field is said in one sentence; the field says it again.
    let (why, todo) =
        if error.field.is_some() { Default::default() } else { (error.why.into_string(), error.todo.into_string()) };
    view! {
        <div class="bad rounded-card px-4 py-3 grid gap-0.5 text-[13.5px]" lang=lang role="alert" tabindex="-1" autofocus=true>
            <p class="font-semibold flex gap-2"><Icon of=names::ALERT class="mt-0.5" />{error.what}</p>
            <div class="pl-6 grid gap-0.5">
                {(!why.is_empty()).then(|| view! { <p>{why}</p> })}
                {(!todo.is_empty()).then(|| view! { <p>{todo}</p> })}
                {help.map(|address| view! { <More address=address /> })}
                {error.request_id.map(|id| view! { <p class="text-[12.5px]">"Request " <span class="mono">{id.into_string()}</span></p> })}
            </div>
        </div>
    }
    .into_any()
}

/// Says what has just changed: takes the focus, so that it is read first, unless the page has to say what went wrong.
#[component]
pub fn Changed(
    /// The sentence.
    text: &'static str,
) -> impl IntoView {
    let first = visit().outcome.is_none();
    view! {
        <p
            class="ok rounded-card px-4.5 py-3 text-[13.5px] font-medium flex items-center gap-2.5"
            role="status"
            tabindex=first.then_some("-1")
            autofocus=first
        >
            <Icon of=names::DONE />
            {text}
        </p>
    }
}

/// The way to the page that tells more about a failure, in the person's language.
#[component]
pub fn More(
    /// The page's address.
    address: String,
) -> impl IntoView {
    let visit = visit();
    view! { <a class="link" href=address lang=visit.explanation_lang()>{pages::help_more().told(visit.language).what}</a> }
}
