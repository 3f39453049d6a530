//! The person's own page.

use crate::components::card::{PageHead, Section};
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::layout::Desk;
use crate::components::sidebar::ThemeRow;
use crate::dto::account::AccountPage;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The page `/account`.
pub fn account_page(page: AccountPage) -> AnyView {
    let visit = visit();
    let Some(viewer) = visit.viewer.clone() else { return ().into_any() };
    let changed = page
        .password_changed_at
        .map(|at| format!("last changed {}", words::ago(&visit.zone, visit.now, at)))
        .unwrap_or_default();
    let others = page.sessions.saturating_sub(1);
    let sessions = match others {
        0 => "You are signed in here and nowhere else.".to_owned(),
        1 => "You are signed in here and in one other browser.".to_owned(),
        n => format!("You are signed in here and in {n} other browsers."),
    };
    view! {
        <Desk title="Account" narrow=true>
            <PageHead title="Account" sub="You, not the business: it goes with you from one to the next." />
            <Section title="You" id="you">
                <div class="p-4.5 grid gap-4 max-w-[440px]">
                    <PostForm action="change-name">
                        <Field form="change-name" name="name" label="Name" autocomplete="name" value=viewer.name max=120 />
                        <div><button type="submit" class="btn">"Save the name"</button></div>
                    </PostForm>
                    <dl class="grid gap-1 text-[13.5px]">
                        <div class="flex gap-3"><dt class="text-ink-2 w-20">"E-mail"</dt><dd>{viewer.email}</dd></div>
                        <div class="flex gap-3"><dt class="text-ink-2 w-20">"Role"</dt><dd>{viewer.role.label()}" of "{viewer.tenant.name}</dd></div>
                    </dl>
                </div>
            </Section>
            <Section title="Password" id="password" note=changed>
                <div class="p-4.5 max-w-[440px]">
                    <PostForm action="change-password">
                        <Field form="change-password" name="current_password" label="Current password" kind="password" autocomplete="current-password" />
                        <Field form="change-password" name="new_password" label="New password" kind="password" autocomplete="new-password" min=12 hint="12 characters or more. Every other browser is signed out." />
                        <div><button type="submit" class="btn btn-primary">"Change the password"</button></div>
                    </PostForm>
                </div>
            </Section>
            <Section title="Signed in" id="sessions">
                <div class="p-4.5 flex flex-wrap items-center gap-3">
                    <p class="sub flex-1 min-w-52">{sessions}</p>
                    {(others > 0).then(|| view! { <PostButton action="sign-out-everywhere">"Sign out the others"</PostButton> })}
                    <PostButton action="sign-out">"Sign out here"</PostButton>
                </div>
            </Section>
            <Section title="Appearance" id="appearance">
                <div class="p-2 max-w-[300px]"><ThemeRow theme=visit.theme /></div>
            </Section>
        </Desk>
    }
    .into_any()
}
