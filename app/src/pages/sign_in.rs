//! Signing up and signing in.

use crate::components::entrance::{Email, Entrance, EntranceForm, NewPassword};
use crate::components::form::Field;
use crate::components::notice::Changed;
use crate::forms::UNSAVED;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/sign-in`.
pub fn sign_in_page() -> AnyView {
    let next = visit().query_value("next").filter(|next| next.starts_with('/') && !next.starts_with("//"));
    let sub = match (visit().query_value(UNSAVED).is_some(), next.is_some()) {
        (true, _) => {
            "You were signed out before that was saved: nothing of it was done. Sign in, and send it once more."
        }
        (false, true) => "Sign in to see that page.",
        (false, false) => "Welcome back to your connections.",
    };
    let fields = vec![("next", next.unwrap_or_default())];
    let reset = visit().done.as_deref() == Some("reset-password");
    view! {
        <Entrance title="Sign in">
            {reset.then(|| view! { <Changed text="Your password is changed. Sign in with the new one." /> })}
            <EntranceForm title="Sign in" sub=sub action="sign-in" fields=fields button="Sign in">
                <Email form="sign-in" />
                <Field form="sign-in" name="password" label="Password" kind="password" autocomplete="current-password" />
                <p class="text-[13px] -mt-2"><a class="link" href="/forgot-password">"Forgot your password?"</a></p>
            </EntranceForm>
            <p class="sub">"New here? " <a class="link" href="/sign-up">"Sign up your business"</a></p>
        </Entrance>
    }
    .into_any()
}

/// The page `/sign-up`.
pub fn sign_up_page() -> AnyView {
    let sub = "You become its owner, and can invite others afterwards.";
    view! {
        <Entrance title="Sign up">
            <EntranceForm title="Sign up your business" sub=sub action="sign-up" button="Sign up">
                <Field form="sign-up" name="business_name" label="Business name" autocomplete="organization" max=120 />
                <Field form="sign-up" name="name" label="Your name" autocomplete="name" max=120 />
                <Email form="sign-up" hint="You sign in with it." />
                <NewPassword form="sign-up" />
            </EntranceForm>
            <p class="sub">"Signed up already? " <a class="link" href="/sign-in">"Sign in"</a></p>
        </Entrance>
    }
    .into_any()
}
