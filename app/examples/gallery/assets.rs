//! Sample data of connected assets: a Page, an Instagram account and a number that Ada connected half an hour ago, and three
//! Pages that Leo connected seven weeks ago.

use crate::{DAY, MINUTE, NOW};
use app::dto::health::{Health, Ladder, Platform, StepState, Tone};
use app::dto::reason::Reason;
use app::dto::status::*;
use app::visit::Visit;
use app::words;

fn ago(minutes: i64) -> i64 {
    NOW - minutes * MINUTE
}

fn done(minutes: i64) -> StepState {
    StepState::Done { at: ago(minutes) }
}

/// Read, then subscribed, then heard for the first time, so many minutes ago.
pub(crate) fn climbed(read: i64, subscribed: i64, first: i64) -> Ladder {
    Ladder(vec![done(read), done(subscribed), done(subscribed), done(first)])
}

pub(crate) fn waiting() -> Ladder {
    Ladder(vec![done(33), done(32), StepState::Now { since: Some(ago(32)) }, StepState::NotYet])
}

/// Subscribing failed.
fn broken() -> Ladder {
    Ladder(vec![done(33), StepState::Failed { at: Some(ago(32)) }, StepState::NotYet, StepState::NotYet])
}

/// A number that Meta does not register.
pub(crate) fn unregistered() -> Ladder {
    Ladder(vec![done(33), done(32), StepState::Failed { at: Some(ago(31)) }, StepState::NotYet])
}

/// What stands below a ladder whose first event came so many minutes ago, and the last one.
pub(crate) fn heard(first: i64, last: i64) -> String {
    let zone = Visit::default().zone;
    let (first, last) = (words::clock(&zone, NOW, ago(first)), words::ago(&zone, NOW, ago(last)));
    format!("First message {first}. Last event {last}.")
}

fn fact(name: &str, value: &str, tone: Tone) -> Fact {
    Fact { name: name.into(), value: value.into(), tone }
}

fn facts(more: &[(&str, &str, Tone)]) -> Vec<Fact> {
    let ours = ("Messages go to", "this installation, set on the Meta app", Tone::Ok);
    let common = [
        ("Permissions", "all that it needs", Tone::Ok),
        ("Subscription", "as Meta reads it back, complete", Tone::Ok),
        ours,
    ];
    common.iter().chain(more).map(|(name, value, tone)| fact(name, value, *tone)).collect()
}

fn step(name: &str, state: StepState) -> Step {
    Step { name: name.into(), state, why: None, try_again: false }
}

fn app_step() -> Step {
    step("Meta sends the app’s events to this installation", done(60 * 24 * 60))
}

/// An asset that is subscribed, and of which nothing was heard yet.
fn asset(n: usize, platform: Platform, name: &str, detail: &str, at: Option<&str>) -> AssetRow {
    let (object, way) = match platform {
        Platform::Instagram => ("account", "Send the account a message"),
        Platform::Whatsapp => ("number", "Write to the number from a phone"),
        _ => ("Page", "Send the Page a message"),
    };
    let own = match platform {
        Platform::Instagram => "Meta sends the account’s events, with its Page’s".to_owned(),
        Platform::Whatsapp => "Meta sends the number’s events, with its account’s".to_owned(),
        _ => format!("Meta sends the {object}’s events to the app"),
    };
    AssetRow {
        id: format!("ast_{n}"),
        platform,
        name: name.into(),
        detail: detail.into(),
        meta_id: format!("10{n}9548213377{n}"),
        location: at.map(|name| LocationChoice { id: format!("loc_{}", name.to_lowercase()), name: name.into() }),
        health: Health::new(Tone::Warn, "Waiting"),
        ladder: waiting(),
        reason: format!("Subscribed, nothing has arrived yet. {way} to prove the way."),
        problem: None,
        last_event_at: None,
        can_test: true,
        steps: vec![app_step(), step(&own, done(32))],
        needs_pin: false,
        facts: facts(&[]),
        facts_at: Some(ago(6)),
        changes: vec![],
        fix: None,
    }
}

/// The same asset, subscribed since, heard first and heard last so many minutes ago.
fn alive(of: AssetRow, since: i64, first: i64, last: i64) -> AssetRow {
    let mut steps = of.steps;
    for own in steps.iter_mut().skip(1) {
        own.state = done(since);
    }
    AssetRow {
        health: Health::new(Tone::Ok, "Active"),
        ladder: climbed(if since < 60 { 33 } else { 6 * 60 }, since, first),
        reason: heard(first, last),
        last_event_at: Some(ago(last)),
        steps,
        ..of
    }
}

fn page(n: usize, name: &str, category: &str, at: Option<&str>) -> AssetRow {
    let role = ("Role on the Page", "advertise, analyze, create content, messaging and moderate", Tone::Idle);
    let page = asset(n, Platform::Facebook, name, &format!("Page · {category}"), at);
    AssetRow { facts: facts(&[role]), ..page }
}

fn number() -> AssetRow {
    let mut number = asset(4, Platform::Whatsapp, "+34 612 55 01 02", "WhatsApp number · Brasa Café", Some("Centro"));
    number.steps.push(step("The number is registered for the Cloud API", done(31)));
    AssetRow {
        facts: facts(&[
            ("Status at Meta", "Connected", Tone::Ok),
            ("Quality", "High", Tone::Ok),
            ("Review of its name", "Approved", Tone::Ok),
            ("Writes first to", "1,000 customers in 24 hours", Tone::Idle),
            ("Speed", "80 messages a second", Tone::Idle),
        ]),
        ..number
    }
}

/// The number as it works.
pub(crate) fn registered() -> AssetRow {
    alive(number(), 32, 25, 9)
}

/// The number while its PIN is missing: it neither sends nor receives.
pub(crate) fn needs_pin() -> AssetRow {
    let why = Reason {
        what: "This number needs its PIN.".into(),
        why: "It has a two-step PIN already, and Meta registers it with that one alone.".into(),
        todo: "Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.".into(),
        help: Some("/help/errors#number-registration".into()),
    };
    let mut number = number();
    if let Some(registering) = number.steps.last_mut() {
        (registering.state, registering.why) = (StepState::Failed { at: Some(ago(31)) }, Some(why.clone()));
    }
    AssetRow {
        health: Health::new(Tone::Bad, "Attention"),
        ladder: unregistered(),
        reason: String::new(),
        problem: Some(why),
        needs_pin: true,
        facts: facts(&[
            ("Status at Meta", "Pending", Tone::Warn),
            ("Review of its name", "Approved", Tone::Ok),
            ("Writes first to", "250 customers in 24 hours", Tone::Idle),
        ]),
        ..number
    }
}

/// The number after another tool took its messages away.
pub(crate) fn elsewhere() -> AssetRow {
    const HOOK: &str = "https://crm.example/hooks/whatsapp";
    let taken = format!("{HOOK}, set on the account");
    let why = Reason {
        what: "Meta sends this asset's messages to another address.".into(),
        why: format!("It sends them to {HOOK}."),
        todo: "If they should come here, take them back; the other tool then gets none.".into(),
        help: Some("/help/errors#whatsapp-silent".into()),
    };
    let change = |minutes: i64, text: String| Change { at: ago(minutes), text };
    let repair = ActionKind::Repair { asset: "ast_4".into() };
    let mut number = registered();
    if let Some(own) = number.steps.get_mut(1) {
        (own.state, own.why) = (StepState::Failed { at: Some(ago(6)) }, Some(why.clone()));
    }
    for fact in number.facts.iter_mut().filter(|fact| fact.name == "Messages go to") {
        (fact.value, fact.tone) = (taken.clone(), Tone::Bad);
    }
    AssetRow {
        health: Health::new(Tone::Bad, "Not subscribed"),
        ladder: Ladder(vec![done(6), StepState::Failed { at: Some(ago(6)) }, StepState::NotYet, StepState::NotYet]),
        reason: String::new(),
        problem: Some(why),
        changes: vec![
            change(6, format!("Messages go to: {taken}, before this installation, set on the Meta app")),
            change(20, "Quality: High, before Medium".into()),
        ],
        fix: Some(CardAction { label: "Send messages here again".into(), does: repair, primary: true }),
        ..number
    }
}

/// A Page whose subscription failed, for a reason that another try may mend.
pub(crate) fn refused() -> AssetRow {
    let why = Reason {
        what: "Meta does not send this asset's messages to Attaché.".into(),
        why: "Meta accepted the subscription, but does not list it when asked.".into(),
        todo: "Press Test connection. If it stays like this, reconnect.".into(),
        help: Some("/help/errors#whatsapp-silent".into()),
    };
    let state = StepState::Failed { at: Some(ago(32)) };
    let own =
        Step { why: Some(why.clone()), try_again: true, ..step("Meta sends the Page’s events to the app", state) };
    let mut page = playa();
    for fact in page.facts.iter_mut().filter(|fact| fact.name == "Subscription") {
        (fact.value, fact.tone) = ("Meta does not list Attaché".into(), Tone::Bad);
    }
    let repair = ActionKind::Repair { asset: page.id.clone() };
    AssetRow {
        health: Health::new(Tone::Bad, "Not subscribed"),
        ladder: broken(),
        reason: String::new(),
        problem: Some(why),
        steps: vec![app_step(), own],
        fix: Some(CardAction { label: "Subscribe again".into(), does: repair, primary: true }),
        ..page
    }
}

/// A Page of which nothing was heard for four days.
pub(crate) fn silent() -> AssetRow {
    let page = beirut();
    let mut steps = page.ladder.0.clone();
    if let Some(active) = steps.last_mut() {
        *active = StepState::Silent { since: NOW - 4 * DAY };
    }
    let quiet = "Nothing has arrived since 16 Nov, 09:45; in the weeks before, the longest pause was 14 hours.";
    let todo = "Send a test message. If it does not arrive, see whether the Meta app is live and whether another tool took over its callback.";
    AssetRow {
        health: Health::new(Tone::Warn, "Silent"),
        ladder: Ladder(steps),
        reason: format!("{SILENCE} {quiet} {todo}"),
        last_event_at: Some(NOW - 4 * DAY),
        ..page
    }
}

/// How the reason of an asset begins that fell silent.
pub(crate) const SILENCE: &str = "Needs attention: silence.";

/// An ad account, about which Meta sends nothing.
pub(crate) fn ad_account() -> AssetRow {
    AssetRow {
        health: Health::new(Tone::Ok, "Verified"),
        ladder: Ladder(vec![done(33)]),
        reason: "Meta lets Attaché read it.".into(),
        can_test: false,
        steps: vec![],
        facts: vec![fact("Permissions", "all that it needs", Tone::Ok), fact("Ad account", "active", Tone::Ok)],
        ..asset(8, Platform::Ads, "Brasa Ads", "Ad account · EUR", None)
    }
}

fn account() -> AssetRow {
    AssetRow {
        can_test: false,
        steps: vec![app_step(), step("Meta sends the account’s events to the app", done(32))],
        ..asset(6, Platform::Whatsapp, "Brasa Café", "WhatsApp account", None)
    }
}

fn playa() -> AssetRow {
    alive(page(3, "Brasa Playa", "Restaurant", Some("Playa")), LEO, LEO - 60, 64)
}

fn beirut() -> AssetRow {
    alive(page(7, "براسا بيروت", "Restaurant", Some("Beirut")), LEO, LEO - 300, 60 * 50)
}

/// So many minutes ago Leo connected.
const LEO: i64 = 53 * 24 * 60;

/// The assets that Leo connected.
pub(crate) const OF_LEO: [&str; 3] = ["ast_3", "ast_5", "ast_7"];

/// All of them, in the order of the page.
pub(crate) fn assets() -> Vec<AssetRow> {
    vec![
        alive(page(1, "Brasa Centro", "Restaurant", Some("Centro")), 32, 4, 4),
        alive(page(5, "Brasa Eventos", "Caterer", None), LEO, LEO - 90, 60 * 20),
        playa(),
        beirut(),
        asset(2, Platform::Instagram, "@brasa.centro", "Instagram account", Some("Centro")),
        account(),
        needs_pin(),
    ]
}
