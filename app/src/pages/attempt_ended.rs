//! Attempts that ended before anything was chosen: what it may have been, and the way to try again.

use crate::components::attempt_frame::Again;
use crate::components::card::{PageHead, Section};
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::notice::More;
use crate::dto::attempt::Cause;
use crate::dto::status::Permission;
use crate::pages::status_connections::missing;
use crate::visit::visit;
use leptos::prelude::*;

/// The way back to the page of connections, where there is one.
fn back(again: &Again) -> Option<AnyView> {
    again.has_desk.then(|| view! { <a class="btn" href="/">"Back to connections"</a> }.into_any())
}

/// Meta confirmed, and shows nothing.
pub(super) fn empty(attempt: String, causes: Vec<Cause>, lacking: &[Permission], again: Again) -> AnyView {
    let causes = causes
        .into_iter()
        .map(|cause| view! { <li class="px-4.5 py-3"><p class="font-medium">{cause.what}</p><p class="sub">{cause.todo}</p></li> })
        .collect_view();
    let page = again.page.clone();
    view! {
        <PageHead title="Meta shows nothing to connect" sub="The confirmation worked, but no Page, account or number came with it. Nothing was changed.">
            <PostButton action="discover-again" fields=vec![("attempt", attempt)]><Icon of=names::AGAIN />"Read again"</PostButton>
            <a class="btn btn-primary" href=page>"Connect again"</a>
        </PageHead>
        {(!lacking.is_empty()).then(|| missing(lacking, Some(&again)))}
        <Section title="Likely causes" id="causes"><ol class="rows">{causes}</ol></Section>
    }
    .into_any()
}

/// Meta says that the person did not confirm.
pub(super) fn cancelled(again: Again, popup: bool) -> AnyView {
    let page = again.page.clone();
    let other_way = popup.then(|| cut_off(again.clone()));
    let causes = [
        ("You pressed Cancel, or closed Meta’s window", "Connect again whenever you like; nothing was kept."),
        ("You used another Facebook profile", "Sign out at Facebook and connect with the profile that manages the business."),
        (
            "The Meta app is in development mode",
            "Meta then answers as if you had cancelled. Ask the operator to give your profile a role on the app, or to set the app live.",
        ),
    ]
    .into_iter()
    .map(|(what, todo)| view! { <li class="px-4.5 py-3"><p class="font-medium">{what}</p><p class="sub">{todo}</p></li> })
    .collect_view();
    view! {
        <PageHead title="Not connected this time" sub="Meta says that it was not confirmed. Nothing was changed.">
            {back(&again)}
            <a class="btn btn-primary" href=page>"Connect again"</a>
        </PageHead>
        <Section title="What it may have been" id="causes">
            <ul class="rows">
                {other_way}
                {causes}
            </ul>
        </Section>
    }
    .into_any()
}

/// Some browsers cut Meta's window off from its page (Meta reference §2.4): from here that looks as if it had been closed.
fn cut_off(again: Again) -> AnyView {
    view! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4.5 py-3">
            <div class="flex-1 min-w-52">
                <p class="font-medium">"Meta’s window could not answer this page"</p>
                <p class="sub">"Some browsers cut it off, whatever you press in it. Without a window it works."</p>
            </div>
            <PostForm action=again.action fields=again.fields class="grid gap-3 justify-items-start">
                <button type="submit" class="btn">"Continue in this tab"</button>
            </PostForm>
        </li>
    }
    .into_any()
}

/// Nobody went on with it.
pub(super) fn dropped(again: &Again, confirmed: bool) -> AnyView {
    let sub = if confirmed {
        "Nobody chose what to connect within a day, or the access was disconnected meanwhile. Connect again whenever you like."
    } else {
        "Nobody confirmed with Meta within a day. Nothing was changed; connect again whenever you like."
    };
    let (page, back) = (again.page.clone(), back(again));
    view! {
        <PageHead title="This attempt is over" sub=sub>
            {back}
            <a class="btn btn-primary" href=page>"Connect again"</a>
        </PageHead>
    }
    .into_any()
}

/// Meta's window set up no number.
pub(super) fn no_number(what: String, why: String, todo: String, help: Option<String>) -> AnyView {
    let lang = visit().explanation_lang();
    view! {
        <PageHead title=what sub="Nothing was changed here: what was connected before still is." lang=lang>
            <a class="btn" href="/whatsapp-numbers">"All numbers"</a>
            <a class="btn btn-primary" href="/whatsapp-numbers/add">"Begin again"</a>
        </PageHead>
        {reason(why, todo, help)}
    }
    .into_any()
}

fn reason(why: String, todo: String, help: Option<String>) -> AnyView {
    let lang = visit().explanation_lang();
    let help = help.map(|address| view! { " " <More address=address /> });
    view! {
        <section class="card" aria-label="Reason">
            <dl class="rows">
                <div class="px-4.5 py-3"><dt class="cap">"Why"</dt><dd class="mt-0.5" dir="auto" lang=lang>{why}</dd></div>
                <div class="px-4.5 py-3"><dt class="cap">"What to do"</dt><dd class="mt-0.5" lang=lang>{todo}{help}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// Why an attempt failed, in the person's language.
pub(super) struct Failure {
    pub(super) what: String,
    pub(super) why: String,
    pub(super) todo: String,
    pub(super) effect: String,
    pub(super) help: Option<String>,
    /// The attempt, when Meta had confirmed: then its assets can be read once more without confirming again.
    pub(super) confirmed: Option<String>,
}

/// It cannot go on by itself.
pub(super) fn failed(failure: Failure, again: &Again) -> AnyView {
    let Failure { what, why, todo, effect, help, confirmed } = failure;
    let (page, back) = (again.page.clone(), back(again));
    let ways = match confirmed {
        Some(attempt) => view! {
            <a class="btn" href=page>"Connect again"</a>
            <PostButton action="discover-again" fields=vec![("attempt", attempt)] class="btn btn-primary"><Icon of=names::AGAIN />"Read again"</PostButton>
        }
        .into_any(),
        None => view! { <a class="btn btn-primary" href=page>"Try again"</a> }.into_any(),
    };
    view! {
        <PageHead title=what sub=effect lang=visit().explanation_lang()>
            {back}
            {ways}
        </PageHead>
        {reason(why, todo, help)}
    }
    .into_any()
}
