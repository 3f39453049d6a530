//! The page of one WhatsApp number.

use crate::components::card::{PageHead, Section};
use crate::components::explained::ExplainedNotice;
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::ladder::EvidenceLadder;
use crate::components::layout::Desk;
use crate::components::moment::{Ago, Clock};
use crate::components::notice::Problem;
use crate::components::pill::Pill;
use crate::dto::health::Health;
use crate::dto::numbers::{Fact, NumberPage, Standing};
use crate::islands::live::LivePage;
use crate::pages::number_actions::actions;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/whatsapp-numbers/{id}`.
pub fn number_page(page: NumberPage) -> AnyView {
    let own = [("number", page.id.clone())];
    let problem = visit().failed("read-number", &own).map(|outcome| view! { <Problem error=outcome.error /> });
    let title = if page.friendly_name.is_empty() { page.number.clone() } else { page.friendly_name.clone() };
    let sub = [&page.number, &page.account].into_iter().filter(|part| !part.is_empty() && **part != title);
    let sub = sub.map(String::as_str).collect::<Vec<_>>().join(" · ");
    let works = matches!(page.standing, Standing::Registered | Standing::BusinessApp);
    let (state, name, label) = (page.health.word.clone(), title.clone(), title.clone());
    let acts = page.may_manage || page.standing == Standing::BusinessApp;
    let actions = acts.then(|| actions(&page));
    let (picture, meta_id) = (picture(&page), page.meta_id.clone());
    // Nothing arrives before it is registered.
    let test = works.then(|| {
        let href = format!("/assets/{}/test", page.id);
        view! { <a class="btn btn-primary" href=href><Icon of=names::SEND />"Send a test message"</a> }
    });
    let naming = page.may_manage.then(|| naming(&page));
    let NumberPage { health, ladder, reason, in_the_way, live, .. } = page;
    view! {
        <Desk title=title.clone() narrow=true>
            <PageHead title=title sub=sub>
                <a class="btn" href="/whatsapp-numbers"><Icon of=names::BACK />"All numbers"</a>
                {test}
            </PageHead>
            {problem}
            <div class="contents" data-live="in-the-way">
                {in_the_way.map(|it| view! { <ExplainedNotice of=it.why tone=it.tone /> })}
            </div>
            <section class="card" aria-labelledby="proof" data-live="proof" data-state=state data-name=name>
                <div class="card-head"><h2 class="h2" id="proof">"What is proven"</h2><div class="ml-auto"><Pill of=health /></div></div>
                <div class="p-4.5 grid gap-3">
                    <EvidenceLadder of=ladder label=label />
                    {(!reason.is_empty()).then(|| view! { <p class="sub">{reason}</p> })}
                </div>
            </section>
            {picture}
            {naming}
            {actions}
            <p class="text-[12.5px] text-ink-3">"Meta’s id " <span class="mono text-ink-2 select-all">{meta_id}</span></p>
            <LivePage of="asset".to_owned() after=live address="" once_in=0 />
        </Desk>
    }
    .into_any()
}

/// What Meta said last, and asking it again.
fn picture(page: &NumberPage) -> AnyView {
    let again = view! {
        <PostButton action="read-number" fields=vec![("number", page.id.clone())] class="btn btn-small"><Icon of=names::AGAIN />"Ask Meta now"</PostButton>
    };
    let facts = page.facts.clone().into_iter().map(fact).collect_view();
    let read_at = page.read_at;
    view! {
        <Section title="What Meta says" id="facts" aside=again.into_any()>
            <div data-live="facts">
                <dl class="grid sm:grid-cols-2 gap-x-6 gap-y-3.5 p-4.5">{facts}</dl>
                <p class="px-4.5 pb-3.5 text-[12.5px] text-ink-3">
                    {match read_at {
                        Some(at) => view! { "Read from Meta " <Ago at=at /> "." }.into_any(),
                        None => "Read when it was connected.".into_any(),
                    }}
                </p>
            </div>
        </Section>
    }
    .into_any()
}

fn fact(it: Fact) -> AnyView {
    let value = match it.tone {
        Some(tone) => view! { <Pill of=Health::new(tone, it.value) /> }.into_any(),
        None => view! { <bdi>{it.value}</bdi> }.into_any(),
    };
    view! {
        <div class="min-w-0">
            <dt class="text-[12.5px] text-ink-3">{it.name}</dt>
            <dd class="mt-0.5 break-words">{value}{it.at.map(|at| view! { " " <Clock at=at /> })}</dd>
        </div>
    }
    .into_any()
}

fn naming(page: &NumberPage) -> AnyView {
    let (fields, name) = (vec![("number", page.id.clone())], page.friendly_name.clone());
    view! {
        <Section title="Your name for it" id="name">
            <PostForm action="name-number" fields=fields.clone() class="p-4.5 grid gap-3 justify-items-start">
                <div class="w-full max-w-90">
                    <Field
                        form="name-number"
                        name="friendly_name"
                        label="Name"
                        hint="Only your team sees it. Customers see the name that Meta approved."
                        value=name
                        max=60
                        optional=true
                        among=fields
                    />
                </div>
                <button type="submit" class="btn">"Save the name"</button>
            </PostForm>
        </Section>
    }
    .into_any()
}
