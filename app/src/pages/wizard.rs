//! The wizard: choosing what to connect. A plain form of tick boxes; script adds search, chips and counts.

use crate::components::attempt_frame::{Again, AttemptFrame};
use crate::components::brand::{BrandGlyphs, BrandRef};
use crate::components::card::PageHead;
use crate::components::form::{PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::notice::Problem;
use crate::dto::health::Platform;
use crate::dto::wizard::{AssetGroup, Choice, ChoiceState, Unread, Wizard};
use crate::islands::picker::AssetPicker;
use crate::pages::status_connections::missing;
use crate::visit::visit;
use crate::words::{count, listed};
use leptos::prelude::*;

const KINDS: [(Platform, &str, &str, &str); 4] = [
    (Platform::Facebook, "Pages", "Page", "Pages"),
    (Platform::Instagram, "Instagram", "Instagram account", "Instagram accounts"),
    (Platform::Whatsapp, "WhatsApp", "WhatsApp number", "WhatsApp numbers"),
    (Platform::Ads, "Ads", "ad account", "ad accounts"),
];

/// A row one can choose, and that counts as one thing of its platform.
fn counts(choice: &Choice, platform: Platform) -> bool {
    choice.counts && choice.platform == platform
}

/// The state "choosing" of `/connect/{attempt}`.
pub fn wizard(attempt: String, wizard: Wizard, again: Again, guest: Option<String>) -> AnyView {
    let is_guest = guest.is_some();
    let choices = || wizard.groups.iter().flat_map(|group| &group.choices);
    let total = choices().count();
    let found: Vec<String> = KINDS
        .iter()
        .map(|(platform, _, one, many)| (choices().filter(|c| counts(c, *platform)).count(), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| count(n, one, many))
        .collect();
    let lacking = (!wizard.missing.is_empty()).then(|| missing(&wizard.missing, Some(&again)));
    if wizard.groups.is_empty() {
        return nothing_read(&attempt, &wizard.unread, lacking, guest);
    }
    let sub = sub(&found, wizard.groups.iter().filter(|group| group.is_portfolio).count());
    let kept = visit().failed("choose-assets", &[]);
    let problem = kept.clone().map(|outcome| view! { <Problem error=outcome.error /> });
    let kept: Option<Vec<String>> = kept.map(|outcome| {
        outcome.values.into_iter().filter(|(name, _)| name == "asset").map(|(_, value)| value).collect()
    });
    let ticked = choices().filter(|c| is_ticked(c, kept.as_deref())).count();
    let chips = chips(&wizard);
    let unread = (!wizard.unread.is_empty()).then(|| unread(&wizard.unread, true, &attempt));
    let groups = wizard.groups.into_iter().enumerate().map(|(i, g)| group(i, g, kept.as_deref())).collect_view();
    view! {
        <AttemptFrame title="Choose assets" at=1 guest=guest>
            <BrandGlyphs />
            <PageHead title="Choose what to connect" sub=sub />
            {problem}
            {lacking}
            {unread}
            <AssetPicker>
                <div class="js-only flex flex-wrap gap-2" role="search">
                    <span class="relative flex-1 basis-60">
                        <Icon of=names::SEARCH class="absolute left-3 top-1/2 -translate-y-1/2 text-ink-3 pointer-events-none" />
                        <input class="field pl-9" type="search" data-search="" aria-label=format!("Search {total} assets") placeholder=format!("Search {}", count(total, "asset", "assets")) autocomplete="off" />
                    </span>
                    <div class="flex flex-wrap gap-2" role="group" aria-label="Show only">{chips}</div>
                </div>
                <PostForm action="choose-assets" fields=vec![("attempt", attempt)] class="grid grid-cols-[minmax(0,1fr)] gap-6 pb-24" silent=true>
                    {groups}
                    <p class="card px-4.5 py-8 text-center sub" data-none="" role="status" hidden=true>"No asset has these words in its name."</p>
                    {bar(ticked, is_guest)}
                </PostForm>
            </AssetPicker>
        </AttemptFrame>
    }
    .into_any()
}

/// What was found, as far as it counts.
fn sub(found: &[String], businesses: usize) -> String {
    let what = match (found.is_empty(), businesses) {
        (true, _) => String::new(),
        (false, 0) => format!("We found {}. ", listed(found)),
        (false, n) => format!("We found {} in {}. ", listed(found), count(n, "business", "businesses")),
    };
    format!("{what}Nothing is connected until you press the button below.")
}

/// Meta could not tell what there is to choose from.
fn nothing_read(attempt: &str, of: &[Unread], lacking: Option<AnyView>, guest: Option<String>) -> AnyView {
    let back = if guest.is_some() { "/set-up" } else { "/connect" };
    let unread = unread(of, false, attempt);
    view! {
        <AttemptFrame title="Nothing could be read" at=1 guest=guest>
            <PageHead title="Nothing could be read yet" sub="Meta has confirmed, but did not tell what you manage. Nothing is connected, and nothing is lost." />
            {lacking}
            {unread}
            <p><a class="btn" href=back>"Back"</a></p>
        </AttemptFrame>
    }
    .into_any()
}

fn is_ticked(choice: &Choice, kept: Option<&[String]>) -> bool {
    match (&choice.state, kept) {
        (ChoiceState::Free { .. } | ChoiceState::Connected, Some(kept)) => kept.contains(&choice.id),
        (ChoiceState::Free { ticked }, None) => *ticked,
        (ChoiceState::Connected, None) => true,
        _ => false,
    }
}

fn chips(wizard: &Wizard) -> AnyView {
    KINDS
        .iter()
        .filter_map(|(platform, label, ..)| {
            let n = wizard.groups.iter().flat_map(|g| &g.choices).filter(|c| counts(c, *platform)).count();
            (n > 0).then(|| {
                view! {
                    <button type="button" class="btn chip" data-chip=platform.slug() aria-pressed="false">
                        {*label}" "<span class="opacity-70">{n}</span>
                    </button>
                }
            })
        })
        .collect_view()
        .into_any()
}

fn unread(unread: &[Unread], some: bool, attempt: &str) -> AnyView {
    let lang = visit().explanation_lang();
    let row = |u: &Unread| view! { <li><b>{u.what.clone()}":"</b>" "<span lang=lang>{u.why.clone()}</span></li> };
    let rows = unread.iter().map(row).collect_view();
    view! {
        <div class="warn rounded-card px-4 py-3 flex flex-wrap gap-3 items-start text-[13.5px]">
            <div class="flex-1 min-w-52 grid gap-1">
                {some.then(|| view! { <p class="font-semibold">"Not everything could be read"</p> })}
                <ul class="grid gap-1">{rows}</ul>
                {some.then(|| view! { <p>"What was read can be connected now; the rest later."</p> })}
            </div>
            <PostButton action="discover-again" fields=vec![("attempt", attempt.to_owned())] class="btn btn-small">"Read again"</PostButton>
        </div>
    }
    .into_any()
}

fn group(index: usize, group: AssetGroup, kept: Option<&[String]>) -> AnyView {
    let id = format!("group-{index}");
    let heading = id.clone();
    let some_free = group.choices.iter().any(|c| matches!(c.state, ChoiceState::Free { .. } | ChoiceState::Connected));
    let spoken = format!("{}: select all or none", group.name);
    let rows = group.choices.into_iter().map(|choice| row(choice, kept)).collect_view();
    view! {
        <section class="card" data-group="" aria-labelledby=heading>
            <div class="flex flex-wrap items-center gap-x-3 px-4 min-h-11 py-2">
                <h2 class="h2" id=id dir="auto">{group.name}</h2>
                <span class="text-[13px] text-ink-3">{group.note}</span>
                {some_free.then(|| view! {
                    <button type="button" class="js-only link ml-auto text-[13.5px] text-ink-2 cursor-pointer py-1" data-all="" aria-label=spoken>"Select all"</button>
                })}
            </div>
            {rows}
        </section>
    }
    .into_any()
}

fn row(choice: Choice, kept: Option<&[String]>) -> AnyView {
    let ticked = is_ticked(&choice, kept);
    let spoken = choice.name.clone();
    let nested = if choice.nested { " pick-sub" } else { "" };
    let body = view! {
        <BrandRef of=choice.platform />
        <span class="pick-body">
            <span class="block pick-name" dir="auto">{choice.name}</span>
            <span class="block pick-detail">{choice.detail}</span>
        </span>
    };
    let (mut way, mut lang) = (None, None);
    let why: String = match choice.state {
        ChoiceState::Heading => {
            return view! { <div class=format!("pick pick-head{nested}") data-row="" data-platform=choice.platform.slug()>{body}</div> }.into_any();
        }
        ChoiceState::Free { .. } | ChoiceState::Connected => {
            let connected = choice.state == ChoiceState::Connected;
            let uncounted = (!choice.counts).then_some("");
            return view! {
                <label class=format!("pick{nested}") data-row="" data-platform=choice.platform.slug() data-uncounted=uncounted>
                    <input type="checkbox" name="asset" value=choice.id checked=ticked data-connected=connected.then_some("") />
                    {body}
                    {connected.then(|| view! {
                        <span class="pick-why"><span class="pill ok pick-kept">"Connected"</span><span class="pill warn pick-lost">"Will be disconnected"</span></span>
                    })}
                </label>
            }
            .into_any();
        }
        ChoiceState::Unusable { reason } => {
            lang = visit().explanation_lang();
            reason
        }
        ChoiceState::HeldElsewhere { move_page } => {
            way = move_page;
            "Connected by another business of this installation.".into()
        }
    };
    let id = format!("why-{}", choice.id);
    let spoken = format!("Move it here: {spoken}");
    view! {
        <label class=format!("pick pick-off{nested}") data-row="" data-platform=choice.platform.slug()>
            <input type="checkbox" disabled=true aria-describedby=id.clone() />
            {body}
            <span class="pick-why" id=id>
                <span lang=lang>{why}</span>
                {way.map(|page| view! { " " <a class="link" href=page aria-label=spoken>"Move it here"</a> })}
            </span>
        </label>
    }
    .into_any()
}

/// The bar at the bottom: how many are chosen, and the one button.
fn bar(ticked: usize, is_guest: bool) -> AnyView {
    let beside = if is_guest { "" } else { " lg:left-[232px]" };
    let back = if is_guest { "/set-up" } else { "/connect" };
    // As wide as what is above it.
    let width = if is_guest { "max-w-[720px]" } else { "md:px-8 max-w-[880px]" };
    let does = if ticked == 0 {
        "Choose at least one".to_owned()
    } else {
        format!("Connect {}", count(ticked, "asset", "assets"))
    };
    view! {
        <div class=format!("fixed z-10 bottom-0 inset-x-0 bg-sheet border-t border-line{beside}")>
            <div class=format!("flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3 pb-safe mx-auto {width}")>
                <p class="js-only text-[13.5px] text-ink-2" role="status">
                    <b class="text-ink" data-selected="">{ticked}" selected"</b>" "<span class="max-sm:hidden" data-kinds=""></span>
                </p>
                <span class="ml-auto flex gap-2">
                    <a class="btn" href=back>"Back"</a>
                    <button type="submit" class="btn btn-primary">
                        <span class="js-only" data-submit="">{does}</span>
                        <span class="no-js-only">"Connect what is ticked"</span>
                    </button>
                </span>
            </div>
        </div>
    }
    .into_any()
}
