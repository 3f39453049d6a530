//! Accepting an invitation.

use crate::components::entrance::{Email, Entrance, GOOD_PASSWORD};
use crate::components::form::{Field, PostForm};
use crate::components::pill::Pill;
use crate::dto::health::{Health, Tone};
use crate::dto::team::InvitationPage;
use crate::dto::viewer::Role;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

fn what_the_role_may(role: Role) -> &'static str {
    match role {
        Role::Owner => "As an owner you can do everything, including people and disconnecting.",
        Role::Admin => "As an admin you connect and disconnect, and manage locations and agents.",
        Role::Agent => "As an agent you see every connection and its state.",
    }
}

/// The page `/join/{token}`.
pub fn join_page(page: InvitationPage) -> AnyView {
    let visit = visit();
    let left = words::until(&visit.zone, visit.now, page.expires_at);
    let email = page.email.clone();
    let fields = vec![("token", page.token.clone())];
    let form = match page.signed_in_as {
        Some(who) if who == page.email => as_yourself(fields),
        Some(who) => as_somebody_else(&who, &email),
        None => as_a_guest(fields, email, page.has_account),
    };
    view! {
        <Entrance title="Invitation">
            <div class="grid gap-2">
                <h1 class="h text-balance">"You are invited to "{page.tenant}</h1>
                <p class="sub">{what_the_role_may(page.role)}</p>
                <p class="flex items-center gap-2 text-[13px] text-ink-2">
                    <Pill of=Health::new(Tone::Idle, page.role.label()) />"The link ends "{left}
                </p>
            </div>
            {form}
        </Entrance>
    }
    .into_any()
}

fn as_a_guest(fields: Vec<(&'static str, String)>, email: String, has_account: bool) -> AnyView {
    let (hint, button) = if has_account {
        ("You have an account with this e-mail: enter its password.", "Sign in and join")
    } else {
        (GOOD_PASSWORD, "Join")
    };
    let name = (!has_account).then(|| {
        view! { <Field form="accept-invitation" name="name" label="Your name" autocomplete="name" max=120 /> }
    });
    let autocomplete = if has_account { "current-password" } else { "new-password" };
    view! {
        <PostForm action="accept-invitation" fields=fields>
            {name}
            <Email form="accept-invitation" of=email />
            <Field form="accept-invitation" name="password" label="Password" kind="password" autocomplete=autocomplete hint=hint />
            <button type="submit" class="btn btn-primary w-full mt-1">{button}</button>
        </PostForm>
    }
    .into_any()
}

fn as_yourself(fields: Vec<(&'static str, String)>) -> AnyView {
    view! {
        <PostForm action="accept-invitation" fields=fields>
            <button type="submit" class="btn btn-primary w-full">"Join"</button>
        </PostForm>
    }
    .into_any()
}

fn as_somebody_else(who: &str, email: &str) -> AnyView {
    let text =
        format!("You are signed in as {who}, but the invitation is for {email}. Sign out, then open the link again.");
    view! {
        <p class="sub">{text}</p>
        <PostForm action="sign-out"><button type="submit" class="btn w-full">"Sign out"</button></PostForm>
    }
    .into_any()
}
