//! The choice of the language that explanations are told in.

use crate::components::form::PostForm;
use leptos::prelude::*;
use server::words::Language;
use server::words::failures::pages;

/// One small button for each language, named in itself.
#[component]
pub fn LanguageRow(
    /// The language now.
    language: Language,
) -> impl IntoView {
    let label = pages::language().told(language).what;
    let choices = Language::ALL
        .into_iter()
        .map(|it| {
            view! {
                <button
                    type="submit"
                    name="language"
                    value=it.tag()
                    lang=it.tag()
                    aria-pressed=if it == language { "true" } else { "false" }
                    class="language-choice px-1.5 py-1 rounded-control hover:text-ink aria-pressed:text-ink aria-pressed:font-medium"
                >
                    {it.name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <PostForm action="set-language" class="flex items-center" silent=true>
            <span class="flex -ml-1.5" role="group" lang=language.tag() aria-label=label>{choices}</span>
        </PostForm>
    }
}
