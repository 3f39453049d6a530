//! The pages about WhatsApp numbers.

use super::evidence::{health, ladder, reason};
use super::number_facts::facts;
use super::number_words::{limit, quality};
use crate::caller::{caller, id};
use crate::dto::health::{Health, Platform, Tone};
use crate::dto::numbers::{AppSyncRow, InTheWay, NumberPage, NumberRow, NumbersPage, Standing};
use crate::dto::reason::Reason;
use crate::error::AppError;
use crate::visit::Visit;
use server::connect::numbers::{self, AppSync, AppSyncState, CODE_LANGUAGES, NumberView, Registration};
use server::sync_type::SyncType;

/// Loads the list.
///
/// # Errors
/// When nobody is signed in.
pub async fn list() -> Result<NumbersPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let all = numbers::list(services, actor).await?;
    Ok(NumbersPage { rows: all.iter().map(row).collect(), may_manage: actor.admin().is_ok(), live })
}

/// Loads one number.
///
/// # Errors
/// When nobody is signed in; when it is not theirs.
pub async fn one(number: String, visit: Visit) -> Result<NumberPage, AppError> {
    let caller = caller()?;
    let (services, actor) = (&caller.services, caller.actor()?);
    let live = services.live().cursor().to_string();
    let view = numbers::get(services, actor, &id(&number)?).await?;
    let asset = &view.status.asset;
    let (_, reason) = reason(&view.status.ladder, Platform::Whatsapp, asset.last_event_at.map(|at| (at, "")), &visit);
    // What comes next for a number that is not registered is no message.
    let awaits = matches!(view.registration, Registration::Registered(_) | Registration::BusinessApp);
    let awaits = awaits && view.status.ladder.problem().is_none();
    Ok(NumberPage {
        number: asset.name.clone(),
        friendly_name: view.friendly_name.clone().unwrap_or_default(),
        account: view.account.clone().unwrap_or_default(),
        health: state(&view),
        standing: standing(view.registration),
        ladder: ladder(&view.status.ladder),
        reason: if awaits { reason } else { String::new() },
        in_the_way: in_the_way(&view),
        facts: facts(&view),
        read_at: view.detail.read_at,
        app_syncs: view.app_syncs.iter().map(app_sync).collect(),
        meta_id: asset.meta_id.clone(),
        has_pin: view.detail.pin_enabled,
        languages: CODE_LANGUAGES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
        may_manage: actor.admin().is_ok(),
        live,
        id: number,
    })
}

fn row(view: &NumberView) -> NumberRow {
    let asset = &view.status.asset;
    let seen = view.detail.verified_name.clone();
    let (title, detail) = match &view.friendly_name {
        Some(name) => (name.clone(), [Some(asset.name.clone()), seen]),
        None => (asset.name.clone(), [None, seen]),
    };
    NumberRow {
        id: asset.id.to_string(),
        title,
        detail: detail.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        account: view.account.clone().unwrap_or_default(),
        quality: quality(view.detail.quality_rating.as_deref()),
        limit: limit(view.detail.messaging_limit.as_deref()),
        health: state(view),
        last_event_at: asset.last_event_at,
    }
}

fn standing(registration: Registration) -> Standing {
    match registration {
        Registration::Registered(_) => Standing::Registered,
        Registration::Unregistered => Standing::Unregistered,
        Registration::Unverified => Standing::Unverified,
        Registration::BusinessApp => Standing::BusinessApp,
    }
}

/// The number's state in a word: what keeps it from working before how far its proof goes.
fn state(view: &NumberView) -> Health {
    match view.registration {
        Registration::Unverified => Health::new(Tone::Warn, "Not verified"),
        Registration::Unregistered => Health::new(Tone::Warn, "Not registered"),
        Registration::Registered(_) | Registration::BusinessApp => health(&view.status.ladder),
    }
}

fn app_sync(sync: &AppSync) -> AppSyncRow {
    let name = match sync.what {
        SyncType::SmbAppStateSync => "Contacts",
        SyncType::History => "Chats of the last 180 days",
    };
    let (health, text, at, why) = match &sync.state {
        AppSyncState::Waiting(until) => (
            Health::new(Tone::Warn, "To come"),
            "Attaché asks for them by itself. Meta takes the request until".to_owned(),
            Some(until.as_millis()),
            None,
        ),
        AppSyncState::Asked(at, None) => (
            Health::new(Tone::Ok, "Asked for"),
            "They arrive by themselves. Asked for".to_owned(),
            Some(at.as_millis()),
            None,
        ),
        AppSyncState::Asked(at, Some(heard)) => {
            (Health::new(Tone::Ok, "Arriving"), format!("{heard} Asked for"), Some(at.as_millis()), None)
        }
        AppSyncState::Failed(why) => {
            (Health::new(Tone::Bad, "Not taken over"), String::new(), None, Some(Reason::from(why)))
        }
    };
    AppSyncRow { name: name.into(), health, text, at, why }
}

/// A failed step, else what Meta's own words about the number ask for.
fn in_the_way(view: &NumberView) -> Option<InTheWay> {
    let failed = view.status.ladder.problem().map(|(_, why)| (Tone::Bad, why));
    let failed = failed.or_else(|| {
        view.status.steps.iter().find_map(|step| match &step.state {
            server::connect::status::RungState::Failed(why, _) => Some((Tone::Bad, why)),
            _ => None,
        })
    });
    let unregistered = !matches!(view.registration, Registration::Registered(Some(_)));
    let next = view.detail.next_step.as_ref().filter(|_| unregistered).map(|why| (Tone::Warn, why));
    failed.or(next).map(|(tone, why)| {
        let told = Reason::from(why);
        let why = match why.code.as_ref() {
            // What to do stands below, as a form.
            "number.not_registered" | "number.not_verified" => told.without_todo(),
            _ => told,
        };
        InTheWay { tone, why }
    })
}
