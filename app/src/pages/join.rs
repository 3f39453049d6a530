//! Accepting an invitation.

use crate::components::form::{Field, PostForm};
use crate::components::pill::Pill;
use crate::dto::health::{Health, Tone};
use crate::dto::team::InvitationPage;
use crate::dto::viewer::Role;
use crate::pages::sign_in::Entrance;
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
    let token = vec![("token", page.token)];
    let email = page.email.clone().unwrap_or_default();
    let fixed = page.email.is_some();
    view! {
        <Entrance title="Invitation">
            <div class="grid gap-2">
                <h1 class="h text-balance">{page.by}" invites you to "{page.tenant}</h1>
                <p class="sub">{what_the_role_may(page.role)}</p>
                <p class="flex items-center gap-2 text-[13px] text-ink-2">
                    <Pill of=Health::new(Tone::Idle, page.role.label()) />"The link ends "{left}
                </p>
            </div>
            {if page.has_account {
                view! {
                    <PostForm action="accept-invitation" fields=token>
                        <Field form="accept-invitation" name="email" label="E-mail" kind="email" autocomplete="username" value=email readonly=fixed />
                        <Field form="accept-invitation" name="password" label="Your password" kind="password" autocomplete="current-password" hint="You have an account already. Sign in to join." />
                        <button type="submit" class="btn btn-primary w-full mt-1">"Sign in and join"</button>
                    </PostForm>
                }.into_any()
            } else {
                view! {
                    <PostForm action="accept-invitation" fields=token>
                        <Field form="accept-invitation" name="name" label="Your name" autocomplete="name" max=120 />
                        <Field form="accept-invitation" name="email" label="E-mail" kind="email" autocomplete="username" value=email readonly=fixed hint="You sign in with it." />
                        <Field form="accept-invitation" name="password" label="Password" kind="password" autocomplete="new-password" min=12 hint="12 characters or more. If you have an account with this e-mail, enter its password." />
                        <button type="submit" class="btn btn-primary w-full mt-1">"Join"</button>
                    </PostForm>
                }.into_any()
            }}
        </Entrance>
    }
    .into_any()
}
