//! The public page about a deletion: Meta leads people here who asked that their data be deleted.

use crate::components::layout::Letter;
use crate::components::moment::On;
use crate::dto::deletion::DeletionPage;
use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// The page `/deletion/{code}`.
pub fn deletion_page(page: DeletionPage) -> AnyView {
    if page == DeletionPage::Unknown
        && let Some(response) = use_context::<ResponseOptions>()
    {
        response.set_status(StatusCode::NOT_FOUND);
    }
    match page {
        DeletionPage::Unknown => letter(
            "We do not know this code",
            view! {
                <p>"No deletion was ever asked for with it. Please look whether the whole address was copied; Facebook shows it under Settings, Apps and websites."</p>
            }
            .into_any(),
        ),
        DeletionPage::Received { at } => letter(
            "Your data is being deleted",
            view! {
                <p>"Your request came "<On at=at />". It is carried out by itself; you do not have to do anything. Look again in an hour."</p>
            }
            .into_any(),
        ),
        DeletionPage::Done { at, done_at } => letter(
            "Your data is deleted",
            view! {
                <p>"Your request came "<On at=at />" and was done "<On at=done_at />"."</p>
                <p>"Deleted are your name, the id by which Meta let us know you, the access that you had given, and what was known through it. Connections that only you had confirmed have ended."</p>
                <p>"What remains is a line that says that this was done. Messages that you exchanged with a business belong to that business; please ask it directly."</p>
            }
            .into_any(),
        ),
    }
}

fn letter(title: &'static str, text: AnyView) -> AnyView {
    view! {
        <Letter title=title wide=true>
            <h1 class="h">{title}</h1>
            <div class="grid gap-3 text-[14.5px] text-ink-2 leading-6 max-w-prose">{text}</div>
        </Letter>
    }
    .into_any()
}
