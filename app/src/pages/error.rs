//! Pages that say why another page cannot be shown.

use crate::components::form::PostButton;
use crate::components::layout::Desk;
use crate::components::notice::More;
use crate::error::AppError;
use crate::visit::visit;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// A page for an error, with the error's status. Somebody who is signed out is led to the sign-in page instead.
pub fn error_page(error: AppError) -> AnyView {
    let visit = visit();
    if let Some(response) = use_context::<ResponseOptions>() {
        if matches!(error.status, 401 | 303) {
            let next: String = url::form_urlencoded::byte_serialize(visit.address().as_bytes()).collect();
            let target = match error.status {
                303 => error.todo.into_string(),
                _ if visit.address() == "/" => "/sign-in".into(),
                _ => format!("/sign-in?next={next}"),
            };
            if let Ok(target) = HeaderValue::from_str(&target) {
                response.insert_header(LOCATION, target);
            }
            response.set_status(StatusCode::SEE_OTHER);
            return ().into_any();
        }
        response.set_status(StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    }
    // A form that failed for the reason that its page does is told by the page.
    if visit.outcome.as_ref().is_some_and(|outcome| outcome.error.what == error.what) {
        visit.told.now();
    }
    let (lang, help) = error.more.map(|more| (more.lang, more.help)).unwrap_or_default();
    let signed_in = visit.viewer.is_some();
    let others =
        visit.viewer.filter(|_| &*error.code == "tenant.gone").map(|viewer| viewer.tenants).unwrap_or_default();
    let others = others
        .into_iter()
        .map(|tenant| view! { <PostButton action="switch-tenant" fields=vec![("tenant", tenant.id)]>{tenant.name}</PostButton> })
        .collect_view();
    view! {
        <Desk title=title_of(error.status) narrow=true>
            <div class="grid gap-2 py-4 md:py-10 max-w-prose">
                <p class="cap">{title_of(error.status)}</p>
                <div class="contents" lang=lang>
                    <h1 class="h">{error.what}</h1>
                    {(!error.why.is_empty()).then(|| view! { <p class="sub">{error.why.into_string()}</p> })}
                    {(!error.todo.is_empty()).then(|| view! { <p class="sub">{error.todo.into_string()}</p> })}
                    {help.map(|address| view! { <p class="sub"><More address=address /></p> })}
                </div>
                {error.request_id.map(|id| view! { <p class="hint">"Request " <span class="mono">{id.into_string()}</span></p> })}
                <div class="flex flex-wrap gap-2 mt-4">
                    {others}
                    <a class="btn btn-primary" href="/">{if signed_in { "Back to connections" } else { "Go to the start" }}</a>
                </div>
            </div>
        </Desk>
    }
    .into_any()
}

fn title_of(status: u16) -> &'static str {
    match status {
        403 => "Not allowed",
        404 => "Not found",
        413 => "Too large",
        429 => "Too many requests",
        503 => "Not available",
        400..=499 => "Not possible",
        _ => "Error",
    }
}
