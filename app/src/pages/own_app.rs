//! The page of a business's own Meta app.

use crate::components::card::{PageHead, Section};
use crate::components::form::PostButton;
use crate::components::layout::Desk;
use crate::components::notice::{Notice, Problem};
use crate::dto::health::Tone;
use crate::dto::setup::OwnAppPage;
use crate::islands::live::LivePage;
use crate::pages::setup::{body, summary_pill};
use crate::visit::visit;
use crate::words::count;
use leptos::prelude::*;

/// The page `/meta-app`.
pub fn own_app_page(page: OwnAppPage) -> AnyView {
    let (has_app, unreadable) = (page.setup.app.is_some(), page.unreadable);
    let (live, summary) = (page.setup.live.clone(), page.setup.summary.clone());
    let sub = if has_app {
        "Your people connect through your own app at Meta. Attaché asks Meta about it every time you come back."
    } else {
        "The app at Meta that your people confirm when they connect."
    };
    let problem = visit().failed("remove-own-app", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let in_use = (!has_app).then(|| without(page.installation_has_app, unreadable));
    view! {
        <Desk title="Meta app" narrow=true>
            <LivePage of="asset".to_owned() after=live address="" once_in=0 />
            <PageHead title="Meta app" sub=sub>{has_app.then(|| summary_pill(summary))}</PageHead>
            {problem}
            {in_use}
            {former(page.former)}
            {body(page.setup)}
            {(has_app || unreadable).then(|| remove(page.installation_has_app))}
        </Desk>
    }
    .into_any()
}

/// What is used while there is no app of their own that works.
fn without(installation_has_app: bool, unreadable: bool) -> AnyView {
    let (tone, lead, text) = match (unreadable, installation_has_app) {
        (true, _) => (
            Tone::Bad,
            "The secret of your own app cannot be read any more.",
            "The key that sealed it is lost. Enter the App ID and the App Secret once more; until then nobody can connect.",
        ),
        (false, true) => (
            Tone::Idle,
            "Your business connects through the app of this installation.",
            "There is nothing to set up. With an app of your own, Meta shows your name when people confirm, and its limits and reviews are yours alone.",
        ),
        (false, false) => (
            Tone::Warn,
            "This installation has no Meta app.",
            "Enter your own to connect, or ask whoever runs this installation.",
        ),
    };
    view! { <Notice tone=tone lead=lead text=text /> }.into_any()
}

/// Apps of before that connections still go on with.
fn former(apps: Vec<(String, usize)>) -> AnyView {
    apps.into_iter()
        .map(|(app, connections)| {
            let lead = format!(
                "{} with App ID {app}, which was your own before.",
                count(connections, "connection goes on", "connections go on")
            );
            let text = "To move one over, connect again and choose the same assets; then disconnect the old one.";
            view! { <Notice tone=Tone::Idle lead=lead text=text /> }
        })
        .collect_view()
        .into_any()
}

fn remove(installation_has_app: bool) -> AnyView {
    let after = if installation_has_app {
        "New connections go through the app of this installation."
    } else {
        "This installation has no app, so nobody can connect until you enter one again."
    };
    view! {
        <Section title="Stop using your own app" id="remove">
            <div class="p-4.5 flex flex-wrap items-center gap-3">
                <p class="sub flex-1 min-w-52">
                    {after}
                    " Connections that were made with your app go on with it until they are disconnected, or confirmed again. When none is left, Attaché forgets its secret."
                </p>
                <PostButton action="remove-own-app" class="btn btn-danger">"Stop using it"</PostButton>
            </div>
        </Section>
    }
    .into_any()
}
