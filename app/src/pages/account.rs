//! The person's own page.

use crate::components::card::{PageHead, Section};
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::language::LanguageRow;
use crate::components::layout::Desk;
use crate::components::sidebar::ThemeRow;
use crate::dto::viewer::Viewer;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/account`.
pub fn account_page(viewer: Viewer) -> AnyView {
    let (theme, language) = (visit().theme, visit().language);
    let role = viewer.tenant.as_ref().map(|tenant| format!("{} of {}", viewer.role.label(), tenant.name));
    let role = role.unwrap_or_else(|| "Operator of this installation".into());
    view! {
        <Desk title="Account" narrow=true>
            <PageHead title="Account" sub="Your own settings. They are the same in every business." />
            <Section title="You" id="you">
                <div class="p-4.5 grid gap-4 max-w-[440px]">
                    <PostForm action="change-name">
                        <Field form="change-name" name="name" label="Name" autocomplete="name" value=viewer.name max=120 />
                        <div><button type="submit" class="btn">"Save the name"</button></div>
                    </PostForm>
                    <dl class="grid gap-1 text-[13.5px]">
                        <div class="flex gap-3"><dt class="text-ink-2 w-20">"E-mail"</dt><dd>{viewer.email}</dd></div>
                        <div class="flex gap-3"><dt class="text-ink-2 w-20">"Role"</dt><dd>{role}</dd></div>
                    </dl>
                </div>
            </Section>
            <Section title="Password" id="password">
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
                    <p class="sub flex-1 min-w-52">"If you signed in elsewhere, you can end it from here."</p>
                    <PostButton action="sign-out-everywhere">"Sign out everywhere else"</PostButton>
                    <PostButton action="sign-out">"Sign out here"</PostButton>
                </div>
            </Section>
            <Section title="Appearance" id="appearance">
                <div class="p-2 max-w-[300px]"><ThemeRow theme=theme /></div>
            </Section>
            <Section title="Language" id="language">
                <div class="p-4.5 grid gap-1 text-[13.5px]">
                    <p class="sub">"What went wrong, why and what to do is told in this language. The pages themselves are in English."</p>
                    <LanguageRow language=language />
                </div>
            </Section>
        </Desk>
    }
    .into_any()
}
