//! The page "Add a WhatsApp number": set one up with Meta, or connect one that exists.

use crate::components::card::{PageHead, Section};
use crate::components::form::PostForm;
use crate::components::icon::{Icon, names};
use crate::components::layout::Desk;
use crate::components::notice::Problem;
use crate::dto::signup::AddNumberPage;
use crate::islands::signup::MetaSignup;
use crate::visit::visit;
use leptos::prelude::*;

/// The page `/whatsapp-numbers/add`.
pub fn add_number_page(page: AddNumberPage) -> AnyView {
    let problem = visit().failed("begin-signup", &[]).map(|outcome| view! { <Problem error=outcome.error /> });
    view! {
        <Desk title="Add a WhatsApp number" narrow=true>
            <PageHead title="Add a WhatsApp number" sub="Meta asks the questions in a window of its own; the number then appears here.">
                <a class="btn" href="/whatsapp-numbers"><Icon of=names::BACK />"All numbers"</a>
            </PageHead>
            {problem}
            {if page.offered { set_up(page.popup_on_http) } else { not_offered(page.for_operator) }}
            <Section title="Connect a number that exists" id="existing">
                <div class="p-4.5 flex flex-wrap items-center gap-3">
                    <p class="sub flex-1 min-w-60">"The number is in a WhatsApp account of your business already, with the Cloud API. Choose it with your other assets."</p>
                    <a class="btn" href="/connect"><Icon of=names::LINK />"Connect with Meta"</a>
                </div>
            </Section>
        </Desk>
    }
    .into_any()
}

const WAYS: [(&str, &str, &str); 2] = [
    (
        "new",
        "A number that WhatsApp does not use yet",
        "Or one whose WhatsApp account you delete first. Somebody must be able to receive a code by SMS or call.",
    ),
    (
        "app",
        "The number of your WhatsApp Business app",
        "You go on using the app on the phone; what is written there shows here too, and past chats and contacts can be taken over. Have the phone at hand.",
    ),
];

fn set_up(popup_on_http: bool) -> AnyView {
    let visit = visit();
    let acting_for = visit.viewer.as_ref().and_then(|viewer| viewer.tenant.clone()).map(|tenant| tenant.id);
    let outcome = visit.failed("begin-signup", &[]);
    let chosen = outcome.as_ref().and_then(|outcome| outcome.value("way")).unwrap_or("new").to_owned();
    let ways = WAYS
        .into_iter()
        .map(|(value, name, text)| {
            let (id, about, checked) = (format!("way-{value}"), format!("about-{value}"), value == chosen);
            view! {
                <div class="flex items-start gap-3 px-4.5 py-3.5">
                    <input class="mt-1" type="radio" name="way" value=value id=id.clone() checked=checked aria-describedby=about.clone() />
                    <div><label class="font-medium" for=id>{name}</label><p class="sub" id=about>{text}</p></div>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="set-up">
            <div class="card-head"><h2 class="h2" id="set-up">"Set up a number with Meta"</h2></div>
            <MetaSignup on_http=popup_on_http acting_for=acting_for.unwrap_or_default()>
                <PostForm action="begin-signup" class="contents" silent=true>
                    <fieldset class="rows"><legend class="sr-only">"Which number"</legend>{ways}</fieldset>
                    <div class="border-t border-line p-4.5 bg-paper rounded-b-card flex flex-wrap items-center gap-x-4 gap-y-2">
                        <button type="submit" class="btn btn-primary"><Icon of=names::PHONE />"Set up with Meta"</button>
                        <p class="sub" role="status" data-says="">"Meta opens in a window, or on this page where windows are blocked."</p>
                    </div>
                </PostForm>
            </MetaSignup>
        </section>
    }
    .into_any()
}

fn not_offered(for_operator: bool) -> AnyView {
    let text = if for_operator {
        "It needs a configuration of WhatsApp Embedded Signup, made in Facebook Login for Business."
    } else {
        "Ask the operator of this installation, or set the number up in WhatsApp Manager and connect it below."
    };
    view! {
        <Section title="Set up a number with Meta" id="set-up">
            <div class="p-4.5 flex flex-wrap items-center gap-3">
                <p class="sub flex-1 min-w-52"><b class="text-ink">"Not switched on yet."</b>" "{text}</p>
                {for_operator.then(|| view! { <a class="btn" href="/setup#app">"Go to set-up"</a> })}
            </div>
        </Section>
    }
    .into_any()
}
