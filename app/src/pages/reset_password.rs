//! Where a link leads that was sent to a person who forgot their password.

use crate::components::entrance::{Email, Entrance, EntranceForm, NewPassword};
use crate::dto::passwords::ResetPage;
use crate::error::AppError;
use crate::visit::visit;
use crate::words;
use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// The page `/reset-password/{token}`. Looking at it does not use the link up.
pub fn reset_password_page(page: ResetPage) -> AnyView {
    match page {
        ResetPage::Open { token, email, expires_at } => {
            let visit = visit();
            form(token, email, &words::until(&visit.zone, visit.now, expires_at))
        }
        ResetPage::Ended(error) => ended(error),
    }
}

fn form(token: String, email: String, left: &str) -> AnyView {
    let fields = vec![("token", token)];
    let sub = format!("The link ends {left}. Then you sign in with the new password, here and in every other browser.");
    view! {
        <Entrance title="Choose a new password">
            <EntranceForm title="Choose a new password" sub=sub action="reset-password" fields=fields button="Save the password">
                <Email form="reset-password" of=email />
                <NewPassword form="reset-password" label="New password" />
            </EntranceForm>
        </Entrance>
    }
    .into_any()
}

fn ended(error: AppError) -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST));
    }
    let lang = error.more.and_then(|more| more.lang);
    view! {
        <Entrance title="The link does not work">
            <div class="grid gap-2" lang=lang>
                <h1 class="h">{error.what}</h1>
                <p class="sub">{error.why.into_string()}</p>
                <p class="sub">{error.todo.into_string()}</p>
            </div>
            <a class="btn btn-primary w-full" href="/forgot-password">"Ask for a new link"</a>
            <p class="sub">"Remembered the password? " <a class="link" href="/sign-in">"Sign in"</a></p>
        </Entrance>
    }
    .into_any()
}
