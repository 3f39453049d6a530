//! The page of one endpoint: how it stands, what was sent to it, and what can be changed.

use crate::components::card::{PageHead, Section};
use crate::components::copy::ShownOnce;
use crate::components::explained::ExplainedNotice;
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::menu::Menu;
use crate::components::notice::{Notice, Problem};
use crate::components::pill::Pill;
use crate::dto::developers::{DisabledBecause, EndpointPage, EndpointRow, FreshSecret, KindRow};
use crate::dto::health::Tone;
use crate::islands::live::LivePage;
use crate::pages::developers::Kinds;
use crate::pages::endpoint_sent::Sent;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

/// The page `/developers/{id}`.
pub fn endpoint_page(page: EndpointPage) -> AnyView {
    let visit = visit();
    let problem =
        ["test-endpoint", "replay-event", "replay-failed", "rotate-endpoint", "enable-endpoint", "disable-endpoint"]
            .into_iter()
            .find_map(|action| visit.failed(action, &[]))
            .map(|outcome| view! { <Problem error=outcome.error /> });
    let in_use = page.disabled.is_none();
    let state = match (page.disabled, page.failing_since) {
        (Some(because), _) => Some(disabled(because)),
        (None, Some(since)) => {
            let text = format!(
                "No event has been accepted since {}. What fails is tried again for about 28 hours; after five days of failing the \
                 endpoint is disabled, and the owners get a mail.",
                words::clock(&visit.zone, visit.now, since)
            );
            Some(view! { <Notice tone=Tone::Warn lead="This endpoint fails." text=text /> }.into_any())
        }
        (None, None) => None,
    };
    let endpoint = page.endpoint;
    let made = format!("added by {} on {}", page.created_by, words::day(&visit.zone, visit.now, page.created_at));
    let about = [endpoint.description.clone(), endpoint.takes.clone(), made];
    let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let live = (!page.live.is_empty() && !page.is_later)
        .then(|| view! { <LivePage of="endpoint".to_owned() after=page.live.clone() address="" once_in=0 /> });
    let (id, fields) = (endpoint.id.clone(), vec![("endpoint", endpoint.id.clone())]);
    view! {
        <Desk title="Endpoint" narrow=true>
            <PageHead title="Endpoint">
                <a class="btn" href="/developers"><Icon of=names::BACK />"Developers"</a>
                {in_use.then(|| view! {
                    <PostButton action="test-endpoint" fields=fields class="btn btn-primary"><Icon of=names::SEND />"Send a test event"</PostButton>
                })}
            </PageHead>
            {problem}
            <div data-live="state" class="contents">{state}</div>
            <section class="card px-4.5 py-3.5 flex flex-wrap items-start gap-3" aria-label="Address">
                <div class="min-w-0 flex-1 basis-60">
                    <p class="mono break-all">{endpoint.url.clone()}</p>
                    <p class="text-[13px] text-ink-3 break-words" dir="auto">{about}</p>
                </div>
                <div data-live="health"><Pill of=endpoint.health.clone() /></div>
            </section>
            {page.fresh_secret.map(fresh_secret)}
            <Sent endpoint=id rows=page.sent shown=page.shown older=page.older is_later=page.is_later may_replay=in_use failed=endpoint.failed />
            <Settings endpoint=endpoint kinds=page.kinds in_use=in_use />
            {live}
        </Desk>
    }
    .into_any()
}

fn disabled(because: DisabledBecause) -> AnyView {
    let visit = visit();
    let at = words::clock(&visit.zone, visit.now, because.at);
    match because.why {
        Some(why) => view! {
            <div class="grid gap-2">
                <ExplainedNotice of=why tone=Tone::Bad />
                <p class="sub">"Nothing has been sent since "{at}"."</p>
            </div>
        }
        .into_any(),
        None => {
            let text = format!(
                "{} disabled it ({at}). What happens meanwhile is not sent to it; what was on its way waits for up to 30 days.",
                because.by
            );
            view! { <Notice tone=Tone::Idle lead="This endpoint is disabled." text=text /> }.into_any()
        }
    }
}

fn fresh_secret(made: FreshSecret) -> AnyView {
    let visit = visit();
    let until = words::clock(&visit.zone, visit.now, made.former_until);
    let hint = format!(
        "Until {until} every event has two signatures, one by each secret: nothing is lost while you change over."
    );
    view! {
        <ShownOnce id="endpoint-secret" words="The new secret is ready." label="Signing secret" text=made.secret hint=hint alone=true />
    }
    .into_any()
}

#[component]
fn Settings(endpoint: EndpointRow, kinds: Vec<KindRow>, in_use: bool) -> impl IntoView {
    let [fields, rotated, switched, deleted] = std::array::from_fn(|_| vec![("endpoint", endpoint.id.clone())]);
    let rotate = view! { <Icon of=names::KEY />"Rotate the secret" }.into_any();
    let delete = view! { <Icon of=names::REMOVE />"Delete" }.into_any();
    view! {
        <Section title="Settings" id="settings">
            <PostForm action="change-endpoint" fields=fields class="p-4.5 grid gap-4">
                <Field form="change-endpoint" name="url" label="Address" kind="url" value=endpoint.url max=2000 />
                <Field form="change-endpoint" name="description" label="Description" value=endpoint.description optional=true />
                <Kinds form="change-endpoint" kinds=kinds />
                <div><button type="submit" class="btn">"Save"</button></div>
            </PostForm>
            <div class="card-foot border-t border-line flex flex-wrap gap-2">
                <Menu id="rotate" class="btn" panel="confirm" face=rotate>
                    <div class="p-3 grid gap-3">
                        <p class="text-[13.5px]"><b>"Make a new secret?"</b>" The present one signs beside it for 24 hours more."</p>
                        <PostButton action="rotate-endpoint" fields=rotated class="btn btn-primary">"Make a new secret"</PostButton>
                    </div>
                </Menu>
                {if in_use {
                    view! { <PostButton action="disable-endpoint" fields=switched>"Disable"</PostButton> }.into_any()
                } else {
                    view! { <PostButton action="enable-endpoint" fields=switched class="btn btn-primary">"Enable"</PostButton> }.into_any()
                }}
                <Menu id="delete" class="btn btn-danger" panel="confirm" face=delete>
                    <div class="p-3 grid gap-3">
                        <p class="text-[13.5px]"><b>"Delete this endpoint?"</b>" What is on its way is not sent, and its list of sent events goes."</p>
                        <PostButton action="delete-endpoint" fields=deleted class="btn btn-destroy">"Delete the endpoint"</PostButton>
                    </div>
                </Menu>
            </div>
        </Section>
    }
}
