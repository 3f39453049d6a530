//! The page that starts a connection.

use crate::components::card::{PageHead, Section};
use crate::components::form::{Field, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Problem;
use crate::components::stepper::Stepper;
use crate::dto::connect::{Blocked, ConnectPage};
use crate::islands::connect::MetaConnect;
use crate::visit::visit;
use leptos::prelude::*;

const WAY: [(&str, &str); 3] = [
    (
        "Confirm with Meta",
        "Meta asks who you are and which businesses Attaché may see. You sign in with Meta, never here.",
    ),
    ("Choose assets", "You tick the Pages, accounts and numbers to connect. Nothing is connected before that."),
    ("See the proof", "Each asset shows what is proven: verified, subscribed, and active with its first message."),
];

/// The page `/connect`.
pub fn connect_page(page: ConnectPage) -> AnyView {
    let again = page.connection.is_some();
    let title = if page.by_instagram {
        "Reconnect with Instagram"
    } else if page.rerequest {
        "Ask Meta again"
    } else if again {
        "Reconnect with Meta"
    } else {
        "Connect with Meta"
    };
    let sub = if page.rerequest {
        "Meta shows the permissions that were declined once more. Everything that works now keeps working."
    } else if again {
        "Meta asks for a confirmation and gives new access. Your assets stay connected meanwhile."
    } else {
        "Three steps, about two minutes. You need to manage the business at Meta."
    };
    let problem = visit().failed("begin-connect", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let way = WAY
        .into_iter()
        .enumerate()
        .map(|(i, (name, text))| {
            view! {
                <li class="flex gap-3.5 p-4.5">
                    <span class="grid place-items-center size-6 rounded-full border border-line text-[12px] shrink-0 bg-well">{i + 1}</span>
                    <div><h3 class="font-medium">{name}</h3><p class="sub">{text}</p></div>
                </li>
            }
        })
        .collect_view();
    let action = match page.blocked.clone() {
        Some(blocked) => not_set_up(blocked),
        None if page.by_instagram => start_instagram(page.connection.clone()),
        None => start(&page),
    };
    view! {
        <Desk title=title narrow=true>
            <Stepper at=0 />
            <PageHead title=title sub=sub />
            {problem}
            <section class="card" aria-labelledby="way">
                <h2 class="sr-only" id="way">"What will happen"</h2>
                <ol class="rows">{way}</ol>
                <div class="border-t border-line p-4.5 bg-paper rounded-b-card">{action}</div>
            </section>
            {permissions(&page)}
            {(!page.by_instagram).then(others)}
            {(page.instagram && !again).then(instagram)}
            {(page.blocked.is_none() && !page.by_instagram).then(paste)}
            {(!page.by_instagram).then(in_the_way)}
        </Desk>
    }
    .into_any()
}

fn start(page: &ConnectPage) -> AnyView {
    let connection = page.connection.clone().unwrap_or_default();
    let acting_for = visit().viewer.and_then(|viewer| viewer.tenant).map(|tenant| tenant.id).unwrap_or_default();
    view! {
        <MetaConnect on_http=page.popup_on_http connection=connection.clone() acting_for=acting_for>
            <PostForm
                action="begin-connect"
                fields=vec![("connection", connection)]
                class="flex flex-wrap items-center gap-x-4 gap-y-2"
                silent=true
            >
                <button type="submit" class="btn btn-primary"><Icon of=names::LINK />"Connect with Meta"</button>
                <p class="sub" role="status" data-says="">"Meta opens in a window, or on this page where windows are blocked."</p>
            </PostForm>
        </MetaConnect>
    }
    .into_any()
}

/// The same for an account that signs in itself: Instagram has no window of its own for it.
fn start_instagram(connection: Option<String>) -> AnyView {
    view! {
        <PostForm
            action="begin-connect"
            fields=vec![("connection", connection.unwrap_or_default())]
            class="flex flex-wrap items-center gap-x-4 gap-y-2"
        >
            <button type="submit" class="btn btn-primary"><Icon of=names::LINK />"Continue to Instagram"</button>
            <p class="sub">"Instagram opens on this page and leads back here."</p>
        </PostForm>
    }
    .into_any()
}

/// The way in for an Instagram account that is linked to no Page.
fn instagram() -> AnyView {
    view! {
        <Section title="Instagram without a Facebook Page" id="instagram">
            <div class="px-4.5 py-3.5 grid gap-3 justify-items-start">
                <p class="sub">
                    "A professional account that is linked to no Page signs in at Instagram itself. One that is linked to a Page \
                     connects with Meta, above, together with the Page."
                </p>
                <PostForm action="begin-instagram">
                    <button type="submit" class="btn"><Icon of=names::LINK />"Connect with Instagram"</button>
                </PostForm>
            </div>
        </Section>
    }
    .into_any()
}

fn not_set_up(blocked: Blocked) -> AnyView {
    let operator = visit().viewer.is_some_and(|viewer| viewer.operator);
    view! {
        <div class="grid gap-3">
            <div class="flex flex-wrap items-center gap-3">
                <button type="button" class="btn btn-primary" disabled=true><Icon of=names::LINK />"Connect with Meta"</button>
                <p class="sub flex-1 min-w-52" lang=visit().explanation_lang()><b class="text-ink">{blocked.what}</b>" "{blocked.todo}</p>
            </div>
            <div class="flex flex-wrap gap-2">
                {operator.then(|| view! { <a class="btn" href="/setup"><Icon of=names::TOOL />"Go to set-up"</a> })}
                <a class="btn" href="/meta-app"><Icon of=names::TOOL />"Use your own Meta app"</a>
            </div>
        </div>
    }
    .into_any()
}

/// The ways in for whoever does not manage the accounts themselves.
fn others() -> AnyView {
    view! {
        <p class="sub">
            "Somebody else manages the accounts? "
            <a class="link" href="/set-up-links">"Send them a set-up link"</a>". Your business has an app of its own at Meta? "
            <a class="link whitespace-nowrap" href="/meta-app">"Use your own Meta app"</a>"."
        </p>
    }
    .into_any()
}

/// A token of one's own, for those who manage system users.
fn paste() -> AnyView {
    let failed = visit().failed("paste-token", &[]).is_some();
    view! {
        <details class="card group" open=failed>
            <summary class="flex items-center gap-2 px-4.5 py-3.5 cursor-pointer list-none h2 rounded-card">
                <Icon of=names::RIGHT class="group-open:rotate-90" />"I have a system user’s token"
            </summary>
            <div class="border-t border-line p-4.5">
                <PostForm action="paste-token" class="grid gap-3 justify-items-start">
                    <div class="w-full max-w-130">
                        <Field
                            form="paste-token"
                            name="token"
                            label="Token"
                            kind="password"
                            max=4096
                            hint="From Business settings, Users, System users, with expiry Never. Meta is asked about it first; it is kept sealed and never shown again."
                        />
                    </div>
                    <button type="submit" class="btn"><Icon of=names::KEY />"Check and connect"</button>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}

fn permissions(page: &ConnectPage) -> AnyView {
    let note = if page.by_configuration {
        "Meta asks for all of them together. You can still choose the assets."
    } else {
        "You may leave some out at Meta. We say what stops working, and you can add them later."
    };
    // Whoever keeps the app is told what its review is for.
    let operator = visit().viewer.is_some_and(|viewer| viewer.operator);
    let rows = page
        .permissions
        .iter()
        .map(|p| {
            view! {
                <li class="flex flex-wrap gap-x-4 px-4.5 py-2.5">
                    <span class="flex-1 basis-72">{p.plain.clone()}</span>
                    <span class="text-ink-3">
                        <span class="mono">{p.name.clone()}</span>
                        {(operator && !p.reviewed).then_some(" · without review")}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title="What Meta will ask you for" id="permissions">
            <p class="sub px-4.5 py-3">{note}</p>
            <ul class="rows border-t border-line text-[13.5px]">{rows}</ul>
            {operator.then(|| view! {
                <p class="sub px-4.5 py-3 border-t border-line">
                    "Meta reviews the app before just anybody can grant these. Until then only people with a role on the app can. "
                    <a class="link" href="/setup/review">"What the review wants"</a>
                </p>
            })}
        </Section>
    }
    .into_any()
}

/// What Meta's own window may say, which comes with no answer to us (Meta reference §3.2).
const IN_THE_WAY: [(&str, &str); 3] = [
    (
        "“App not active”, or you come back as if you had cancelled",
        "The Meta app is still in development mode: only people with a role on it can connect. The operator adds you as a tester or sets the app live.",
    ),
    (
        "“URL blocked” or “Can’t load URL”",
        "The address of this installation is not entered in the Meta app. The operator adds it under Facebook Login, Settings.",
    ),
    (
        "The window shows fewer Pages than you manage",
        "Press Edit settings in Meta’s window: it remembers what you ticked the last time.",
    ),
];

fn in_the_way() -> AnyView {
    let rows = IN_THE_WAY
        .into_iter()
        .map(|(what, todo)| view! { <div class="px-4.5 py-3"><dt class="font-medium">{what}</dt><dd class="sub">{todo}</dd></div> })
        .collect_view();
    view! {
        <details class="card group">
            <summary class="flex items-center gap-2 px-4.5 py-3.5 cursor-pointer list-none h2 rounded-card">
                <Icon of=names::RIGHT class="group-open:rotate-90" />"If Meta’s window shows an error"
            </summary>
            <dl class="rows border-t border-line text-[13.5px]">{rows}</dl>
        </details>
    }
    .into_any()
}
