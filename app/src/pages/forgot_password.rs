//! Where a person who forgot their password asks for a link.

use crate::components::entrance::{Email, Entrance, EntranceForm};
use crate::dto::passwords::ForgotPage;
use crate::visit::visit;
use leptos::prelude::*;
use server::words::failures::accounts as failures;

/// The page `/forgot-password`.
pub fn forgot_password_page(page: ForgotPage) -> AnyView {
    match (page.sends_mail, visit().done.as_deref()) {
        (false, _) => without_mail(),
        (true, Some("forgot-password")) => asked(),
        (true, _) => form(),
    }
}

fn form() -> AnyView {
    let sub = "Attaché sends you a link to choose another one.";
    view! {
        <Entrance title="Forgot your password?">
            <EntranceForm title="Forgot your password?" sub=sub action="forgot-password" button="Send the link">
                <Email form="forgot-password" hint="The address that you sign in with." />
            </EntranceForm>
            <BackToSignIn />
        </Entrance>
    }
    .into_any()
}

/// The same for everybody: whether there is an account is nobody else's business.
fn asked() -> AnyView {
    view! {
        <Entrance title="Look at your mail">
            <div class="grid gap-2">
                <h1 class="h">"Look at your mail"</h1>
                <p class="sub" role="status">
                    "If there is an account with this address, a mail with a link is on its way to it. The link works once, for one hour."
                </p>
                <p class="sub">
                    "Nothing there after a few minutes? Look among the spam, or ask again with the address that you sign in with."
                </p>
            </div>
            <a class="btn w-full" href="/forgot-password">"Ask again"</a>
            <BackToSignIn />
        </Entrance>
    }
    .into_any()
}

fn without_mail() -> AnyView {
    let visit = visit();
    let told = failures::no_mail().told(visit.language);
    view! {
        <Entrance title="Forgot your password?">
            <div class="grid gap-2" lang=visit.explanation_lang()>
                <h1 class="h">{told.what}</h1>
                <p class="sub">{told.why}</p>
                <p class="sub">{told.todo}</p>
            </div>
            <pre class="raw pr-3">"attache admin reset-password --email you@example.com"</pre>
            <BackToSignIn />
        </Entrance>
    }
    .into_any()
}

#[component]
fn BackToSignIn() -> impl IntoView {
    view! { <p class="sub">"Remembered it? " <a class="link" href="/sign-in">"Sign in"</a></p> }
}
