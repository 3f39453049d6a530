//! What can be done with a number at Meta: verifying, registering, its PIN, deregistering. Plain forms, each with its result
//! in words.

use crate::components::card::Section;
use crate::components::explained::Explained;
use crate::components::form::{Field, PostForm, Select};
use crate::components::icon::{Icon, names};
use crate::components::moment::Clock;
use crate::components::pill::Pill;
use crate::dto::numbers::{AppSyncRow, NumberPage, Standing};
use crate::visit::visit;
use leptos::prelude::*;

/// The sections of a number, what is needed now first.
pub fn actions(page: &NumberPage) -> AnyView {
    match page.standing {
        Standing::Unverified => view! { {verification(page)} {registration(page, false)} }.into_any(),
        Standing::Unregistered => {
            view! { {registration(page, true)} {folded("Verify it with a code again", "again", verification_forms(page, false), VERIFYING)} }
                .into_any()
        }
        Standing::Registered => view! {
            {folded("Change its PIN", "pin", new_pin(page), &["set-pin"])}
            {folded("Register it again", "register-again", registration_form(page, "btn"), &["register-number"])}
            {folded("Verify it with a code again", "again", verification_forms(page, false), VERIFYING)}
            {folded("Deregister it", "deregister", deregistration(page), &["deregister-number"])}
        }
        .into_any(),
        Standing::BusinessApp => business_app(&page.app_syncs),
    }
}

const VERIFYING: &[&str] = &["request-code", "verify-code"];

/// A section that is folded, unless one of its forms was sent just now.
fn folded(title: &'static str, id: &'static str, content: AnyView, actions: &[&str]) -> AnyView {
    let visit = visit();
    let sent = |action: &&str| {
        visit.done.as_deref() == Some(*action)
            || visit.outcome.as_ref().is_some_and(|outcome| outcome.action == *action)
    };
    let open = actions.iter().any(sent);
    view! {
        <details class="card group" id=id open=open>
            <summary class="flex items-center gap-2 px-4.5 py-3.5 cursor-pointer list-none h2 rounded-card">
                <Icon of=names::RIGHT class="group-open:rotate-90" />{title}
            </summary>
            <div class="border-t border-line p-4.5">{content}</div>
        </details>
    }
    .into_any()
}

fn own(page: &NumberPage) -> Vec<(&'static str, String)> {
    vec![("number", page.id.clone())]
}

fn verification(page: &NumberPage) -> AnyView {
    let forms = verification_forms(page, true);
    view! { <Section title="Verify it with a code" id="verification"><div class="p-4.5">{forms}</div></Section> }
        .into_any()
}

/// Requesting a code and entering it, side by side. Once one was requested, entering it comes first.
fn verification_forms(page: &NumberPage, needed: bool) -> AnyView {
    let visit = visit();
    let entering = visit.done.as_deref() == Some("request-code")
        || visit.outcome.as_ref().is_some_and(|outcome| outcome.action == "verify-code");
    let button = |first: bool| if needed && first { "btn btn-primary" } else { "btn" };
    let (asking, entered) = (button(!entering), button(entering));
    let ways =
        [("sms", "Text message (SMS)"), ("voice", "Phone call")].map(|(value, words)| (value.into(), words.into()));
    let (fields, id) = (own(page), page.id.clone());
    let outcome = visit.failed("request-code", &fields);
    let kept =
        |name: &str, usual: &str| outcome.as_ref().and_then(|outcome| outcome.value(name)).unwrap_or(usual).to_owned();
    let (method, language, languages) = (kept("method", "sms"), kept("language", "en_US"), page.languages.clone());
    view! {
        <div class="grid gap-6 sm:grid-cols-2">
            <PostForm action="request-code" fields=fields.clone() class="grid gap-3 content-start justify-items-start">
                <p class="sub">"1. Meta sends six digits to the number. Somebody has to read the message or take the call."</p>
                <div class="w-full max-w-70"><Select id=format!("method-{id}") name="method" label="How" options=ways.to_vec() chosen=method /></div>
                <div class="w-full max-w-70"><Select id=format!("language-{id}") name="language" label="Language" options=languages chosen=language /></div>
                <button type="submit" class=asking>"Request a code"</button>
            </PostForm>
            <PostForm action="verify-code" fields=fields.clone() class="grid gap-3 content-start justify-items-start">
                <p class="sub">"2. Enter the digits here within a few minutes."</p>
                <div class="w-full max-w-70">
                    <Field form="verify-code" name="code" label="Code" hint="Six digits, with or without the dash." autocomplete="one-time-code" min=6 max=9 among=fields />
                </div>
                <button type="submit" class=entered>"Verify the number"</button>
            </PostForm>
        </div>
    }
    .into_any()
}

fn registration(page: &NumberPage, now: bool) -> AnyView {
    let content = if now {
        registration_form(page, "btn btn-primary")
    } else {
        view! { <p class="sub">"Meta registers a number only after it is verified. This comes next."</p> }.into_any()
    };
    view! { <Section title="Register it" id="registration"><div class="p-4.5">{content}</div></Section> }.into_any()
}

fn registration_form(page: &NumberPage, button: &'static str) -> AnyView {
    let fields = own(page);
    let hint = if page.has_pin {
        "Six digits. The number has a PIN already: Meta accepts that one alone."
    } else {
        "Six digits of your choice. If the number had a PIN before, use that one."
    };
    view! {
        <PostForm action="register-number" fields=fields.clone() class="grid gap-3 justify-items-start">
            <p class="sub">"Registering lets the number send and receive through the Cloud API. Meta allows ten attempts in 72 hours."</p>
            <div class="w-full max-w-80">
                <Field form="register-number" name="pin" label="The number’s PIN" kind="password" hint=hint autocomplete="off" min=6 max=6 among=fields />
            </div>
            <button type="submit" class=button>"Register the number"</button>
        </PostForm>
    }
    .into_any()
}

fn new_pin(page: &NumberPage) -> AnyView {
    let fields = own(page);
    view! {
        <PostForm action="set-pin" fields=fields.clone() class="grid gap-3 justify-items-start">
            <p class="sub">"The PIN protects the number from being registered by somebody else. Here it can be changed; it is switched off in WhatsApp Manager."</p>
            <div class="w-full max-w-80">
                <Field form="set-pin" name="pin" label="New PIN" kind="password" hint="Six digits. It is kept sealed." autocomplete="off" min=6 max=6 among=fields />
            </div>
            <button type="submit" class="btn">"Change the PIN"</button>
        </PostForm>
    }
    .into_any()
}

fn deregistration(page: &NumberPage) -> AnyView {
    let fields = own(page);
    let wrong = visit().failed("deregister-number", &fields);
    let wrong = wrong.is_some_and(|outcome| outcome.error.field.as_deref() == Some("confirmed"));
    let (id, number) = (format!("confirmed-{}", page.id), page.number.clone());
    let tick = id.clone();
    view! {
        <PostForm action="deregister-number" fields=fields class="grid gap-3 justify-items-start">
            <div class="grid gap-1.5">
                <p>"When you deregister " <b dir="auto">{number}</b> ":"</p>
                <ul class="list-disc pl-5 grid gap-1 sub">
                    <li>"Messages of customers no longer arrive, neither here nor in another tool."</li>
                    <li>"Nothing can be sent from the number, not even answers."</li>
                    <li>"Its history here, its name and its verification stay."</li>
                    <li>"Registering it again needs its PIN, and counts among ten attempts in 72 hours."</li>
                </ul>
            </div>
            <label class="flex items-start gap-2.5" for=id>
                <input class="mt-1" type="checkbox" name="confirmed" value="yes" id=tick required=true aria-invalid=wrong.then_some("true") />
                <span>"I have read what stops."</span>
            </label>
            <button type="submit" class="btn btn-destroy"><Icon of=names::UNLINK />"Deregister the number"</button>
        </PostForm>
    }
    .into_any()
}

/// Coexistence: the app holds the number (Meta reference §2.9).
fn business_app(syncs: &[AppSyncRow]) -> AnyView {
    let (any, rows) = (!syncs.is_empty(), syncs.iter().cloned().map(sync).collect_view());
    view! {
        <Section title="Used with the WhatsApp Business app" id="business-app">
            <div class="p-4.5 grid gap-2">
                <p>"The number was registered by the app on the phone, and goes on working there. It is not registered here."</p>
                <p class="sub">"To end it, open the app: Settings, Account, Business platform, and disconnect it there. Meta allows it only there."</p>
            </div>
            {any.then(|| view! { <ul class="rows border-t border-line" aria-label="Taken over from the app" data-live="syncs">{rows}</ul> })}
        </Section>
    }
    .into_any()
}

fn sync(it: AppSyncRow) -> AnyView {
    let more = match it.why {
        Some(why) => view! { <Explained of=why class="sub" /> }.into_any(),
        None => view! { <p class="sub">{it.text}{it.at.map(|at| view! { " "<Clock at=at />"." })}</p> }.into_any(),
    };
    view! {
        <li class="flex flex-wrap items-start gap-x-3 gap-y-1 px-4.5 py-3">
            <div class="flex-1 min-w-52">
                <p class="font-medium">{it.name}</p>
                {more}
            </div>
            <Pill of=it.health />
        </li>
    }
    .into_any()
}
