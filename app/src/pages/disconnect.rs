//! Disconnecting: the plan first, then how each step went.

use crate::components::card::{PageHead, Section};
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Problem;
use crate::components::progress::WorkMark;
use crate::dto::attempt::ApplyState;
use crate::dto::disconnect::{Course, Decision, DisconnectPage, DisconnectState, DisconnectStep, Plan};
use crate::forms::FormOutcome;
use crate::islands::live::LivePage;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

const KEPT: [&str; 3] = [
    "The log of what happened, and who did it",
    "Locations, and which asset belonged where",
    "Everything that others have connected, here or elsewhere",
];

/// The page `/disconnect/{connection}`.
pub fn disconnect_page(page: DisconnectPage) -> AnyView {
    let (connection, by, since) = (page.connection, page.by, page.connected_at);
    match page.state {
        DisconnectState::Planned(plan) => planned(connection, by, since, plan),
        DisconnectState::Asked(course) => asked(connection, by, course),
    }
}

fn planned(connection: String, by: String, since: i64, plan: Plan) -> AnyView {
    let visit = visit();
    let since = words::on(&visit.zone, visit.now, since);
    let sub = format!("Access confirmed by {by} {since}. Nothing happens until you press the button.");
    let failed = visit.failed("disconnect", &[]);
    let happens = steps(plan.steps.clone());
    let decisions = vec![
        plan.revoke.clone().map(|grant| revoke(grant, failed.as_ref())),
        (!plan.numbers.is_empty()).then(|| numbers(plan.numbers.clone(), failed.as_ref())),
        Some(history(&plan, failed.as_ref())),
    ];
    let problem = failed.map(|outcome| view! { <Problem error=outcome.error /> });
    let kept = KEPT
        .into_iter()
        .map(|text| view! { <li class="flex gap-2.5 px-4.5 py-2.5"><Icon of=names::CHECK class="mt-0.5 text-ok" />{text}</li> })
        .collect_view();
    view! {
        <Desk title="Disconnect" narrow=true>
            <PageHead title="Disconnect" sub=sub />
            {problem}
            <Section title="What will happen" id="steps"><ol class="rows">{happens}</ol></Section>
            <PostForm action="disconnect" fields=vec![("connection", connection)] class="grid grid-cols-[minmax(0,1fr)] gap-6" silent=true>
                <Section title="What you decide" id="decide">
                    <div class="rows">
                        {decisions}
                    </div>
                </Section>
                <Section title="What is kept" id="kept"><ul class="rows">{kept}</ul></Section>
                <div class="flex flex-wrap gap-2">
                    <a class="btn" href="/">"Keep it"</a>
                    <button type="submit" class="btn btn-destroy"><Icon of=names::UNLINK />"Disconnect"</button>
                </div>
            </PostForm>
        </Desk>
    }
    .into_any()
}

/// A box to tick, with a sentence below.
fn choice(id: &'static str, name: &'static str, label: &'static str, hint: String, ticked: bool) -> AnyView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="flex items-start gap-3 px-4.5 py-3">
            <input type="checkbox" class="size-4 mt-0.5 flex-none" id=id name=name value="yes" checked=ticked aria-describedby=hint_id.clone() />
            <div class="min-w-0">
                <label class="font-medium" for=id>{label}</label>
                <p class="sub" id=hint_id>{hint}</p>
            </div>
        </div>
    }
    .into_any()
}

fn revoke(grant: Decision, failed: Option<&FormOutcome>) -> AnyView {
    if !grant.not.is_empty() {
        return view! {
            <div class="px-4.5 py-3">
                <input type="hidden" name="revoke" value="yes" />
                <p class="font-medium">"What "{grant.name}" allowed at Meta"</p>
                <p class="sub" lang=visit().explanation_lang()>{grant.not}</p>
            </div>
        }
        .into_any();
    }
    let hint =
        format!("Meta then no longer lists Attaché among what {} allowed. Nothing else here needs it.", grant.name);
    choice(
        "revoke",
        "revoke",
        "Take the confirmation back at Meta",
        hint,
        failed.is_none_or(|form| form.value("revoke").is_some()),
    )
}

fn numbers(numbers: Vec<Decision>, failed: Option<&FormOutcome>) -> AnyView {
    let (free, not): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|number| number.not.is_empty());
    let names: Vec<String> = free.into_iter().map(|number| number.name).collect();
    let ticked = failed.is_some_and(|form| form.value("deregister").is_some());
    let (label, after) = match names.len() {
        1 => (
            "End the registration of the WhatsApp number",
            "Until somebody registers it again, it neither sends nor receives anywhere. Leave this off to use it with another tool.",
        ),
        _ => (
            "End the registration of the WhatsApp numbers",
            "Until somebody registers them again, they neither send nor receive anywhere. Leave this off to use them with another tool.",
        ),
    };
    let hint = format!("{}. {after}", words::listed(&names));
    let not = not
        .into_iter()
        .map(|number| view! { <div class="px-4.5 py-3"><p class="font-medium">{number.name}</p><p class="sub" lang=visit().explanation_lang()>{number.not}</p></div> })
        .collect_view();
    view! {
        {(!names.is_empty()).then(|| choice("deregister", "deregister", label, hint, ticked))}
        {not}
    }
    .into_any()
}

fn history(plan: &Plan, failed: Option<&FormOutcome>) -> AnyView {
    let erases = failed.is_some_and(|form| form.value("history") == Some("erase"));
    let wrong =
        failed.filter(|form| form.error.field.as_deref() == Some("confirmation")).map(|form| form.error.what.clone());
    let amount = words::count(plan.history, "entry", "entries");
    let is_told_here = wrong.is_some() && visit().told.now();
    let typed = failed.and_then(|form| form.value("confirmation")).unwrap_or_default().to_owned();
    view! {
        <fieldset class="px-4.5 py-3 grid gap-2">
            <legend class="font-medium float-left w-full">"Messages, customers and deliveries: "{amount}</legend>
            <label class="flex items-start gap-3">
                <input type="radio" class="size-4 mt-0.5 flex-none" name="history" value="keep" checked=!erases />
                <span>"Keep them. They can be read, and go on when the same accounts are connected again."</span>
            </label>
            <label class="flex items-start gap-3">
                <input type="radio" class="size-4 mt-0.5 flex-none" name="history" value="erase" checked=erases />
                <span>"Erase what these accounts brought. It cannot be brought back."</span>
            </label>
            <div class="pl-7 max-w-80">
                <label class="label" for="confirmation">"To erase, type "<b>{plan.confirmation.clone()}</b></label>
                <input class="field" id="confirmation" name="confirmation" type="text" value=typed autocomplete="off" spellcheck="false" maxlength="20" autofocus=is_told_here
                    aria-invalid=wrong.is_some().then_some("true") aria-describedby=wrong.is_some().then_some("confirmation-wrong") />
                {wrong.map(|text| view! { <p class="wrong" id="confirmation-wrong" role="alert">{text}</p> })}
            </div>
        </fieldset>
    }
    .into_any()
}

fn asked(connection: String, by: String, course: Course) -> AnyView {
    let visit = visit();
    let sub = format!("The access confirmed by {by} is no longer used. {} asked for it.", course.asked_by);
    let refresh = course.running.then(|| {
        let refresh = format!(r#"<meta http-equiv="refresh" content="2;url=/disconnect/{connection}">"#);
        view! { <noscript inner_html=refresh></noscript> }
    });
    let until = words::clock(&visit.zone, visit.now, course.tokens_until);
    let again = visit.failed("retry-disconnect", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    let retry = course.can_retry.then(|| {
        view! {
            <div class="warn rounded-card px-4 py-3 flex flex-wrap gap-3 items-start text-[13.5px]">
                <div class="flex-1 min-w-52 grid gap-0.5">
                    <p class="font-semibold">"Not everything worked"</p>
                    <p>"The access is kept, sealed, until "{until}" so that you can try again; then it is destroyed."</p>
                </div>
                <PostButton action="retry-disconnect" fields=vec![("connection", connection.clone())] class="btn btn-small">"Try again"</PostButton>
            </div>
        }
    });
    view! {
        <Desk title="Disconnected" narrow=true>
            <PageHead title="Disconnected" sub=sub />
            {again}
            <div class="contents" data-live="retry">{retry}</div>
            <Section title="Step by step" id="steps"><ol class="rows" data-live="steps">{steps(course.steps)}</ol></Section>
            <div class="flex gap-2"><a class="btn btn-primary" href="/">"Back to connections"</a></div>
            <LivePage of="asset".to_owned() after=course.live address="" once_in=0 />
            {refresh}
        </Desk>
    }
    .into_any()
}

fn steps(steps: Vec<DisconnectStep>) -> AnyView {
    steps
        .into_iter()
        .map(|step| {
            let failed = step.state == Some(ApplyState::Failed);
            let mark = match step.state {
                Some(state) => view! { <WorkMark of=state /> }.into_any(),
                None => view! {
                    <span class="grid place-items-center size-5 shrink-0 text-ink-3">
                        <Icon of=names::INFO class="size-3.5" /><span class="sr-only">"Left out: "</span>
                    </span>
                }
                .into_any(),
            };
            let lang = if step.told { visit().explanation_lang() } else { None };
            view! {
                <li class="flex items-start gap-3 px-4.5 py-3">
                    {mark}
                    <div class="min-w-0">
                        <p class=if step.state.is_none() { "text-ink-2" } else { "" }>{step.what}</p>
                        {(!step.note.is_empty()).then(|| view! {
                            <p class=if failed { "text-[13px] text-bad" } else { "text-[13px] text-ink-3" } lang=lang>{step.note}</p>
                        })}
                    </div>
                </li>
            }
        })
        .collect_view()
        .into_any()
}
