//! What is said about keeping connections alive: in the log, in mail, and beside a token that was not renewed.

use crate::{
    clock::Timestamp,
    db::{
        credentials::CredentialKind,
        from_json,
        token_warnings::{Ending, EndingClock},
    },
    error::Result,
    explanation::Explanation,
    meta::{Expiry, MetaError, TokenFacts},
    observe::Note,
    words::{
        Language,
        failures::{log, upkeep},
    },
};

/// What the new token lacks, with the first few things by name.
pub(super) fn narrower(lost: &[String]) -> Explanation {
    const NAMED: usize = 5;
    let named = lost.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    upkeep::narrower(named, i64::try_from(lost.len().saturating_sub(NAMED)).unwrap_or(i64::MAX))
}

/// What Meta answered instead of a token.
pub(super) fn not_renewed(error: &MetaError) -> Explanation {
    upkeep::not_renewed(error.explain())
}

/// The line of the log about a new token.
pub(super) fn renewed(facts: &TokenFacts) -> Note {
    let line = match facts.expires_at {
        Expiry::At(end) => log::renewed_until(end.as_millis()),
        Expiry::Never | Expiry::Unknown => log::renewed_for_good(),
    };
    Note::ok("renewed", line)
}

/// An end in words.
pub(super) struct Told {
    /// What happens, when and why, as the log has it.
    pub(super) line: Explanation,
    /// What happens and when in English, without a full stop: "Access ends in 7 days".
    pub(super) what: String,
    /// Why, in English.
    pub(super) why: String,
    /// What to do, in English.
    pub(super) todo: String,
}

/// What is told of an end.
///
/// # Errors
/// When a stored explanation cannot be read.
pub(super) fn told(ending: &Ending, now: Timestamp) -> Result<Told> {
    let person = match ending.token_kind {
        CredentialKind::SystemUser => "An admin of the business portfolio",
        _ => ending.meta_user_name.as_str(),
    };
    let problem: Option<Explanation> = ending.problem.as_deref().map(from_json).transpose()?;
    let over = ending.stage == 0 || ending.clock == EndingClock::Refused;
    let line = line(ending, problem, now);
    let told = line.told(Language::En);
    Ok(Told {
        what: told.what.trim_end_matches('.').to_owned(),
        why: told.why,
        todo: if over {
            format!("{person} opens the link and confirms with Meta. Assets, settings and history are kept.")
        } else {
            format!("{person} opens the link and confirms with Meta. It takes a minute, and nothing stops meanwhile.")
        },
        line,
    })
}

fn line(ending: &Ending, problem: Option<Explanation>, now: Timestamp) -> Explanation {
    let (end, days) = (ending.ends_at, left(Timestamp::from_millis(ending.ends_at), now));
    match (ending.clock, ending.stage, problem) {
        (EndingClock::Refused, _, problem) => problem.unwrap_or_else(log::access_refused),
        (EndingClock::Token, 0, _) => log::access_ended(end),
        (EndingClock::Token, _, Some(reason)) => log::access_ends_not_renewed(days, end, reason),
        (EndingClock::Token, _, None) => log::access_ends(days, end),
        (EndingClock::DataAccess, 0, _) => log::data_ended(end, ending.meta_user_name.clone()),
        (EndingClock::DataAccess, _, _) => log::data_ends(days, end),
    }
}

/// Whose access it is.
pub(super) fn whose(ending: &Ending) -> String {
    match ending.token_kind {
        CredentialKind::SystemUser => format!("The system user is {}.", ending.meta_user_name),
        _ => format!("Confirmed by {}.", ending.meta_user_name),
    }
}

/// The subject of a mail about several ends.
pub(super) fn several(count: usize) -> String {
    format!("{count} connections to Meta need somebody")
}

/// How many days are left, at least one.
fn left(end: Timestamp, now: Timestamp) -> i64 {
    const DAY: u64 = 86_400;
    i64::try_from(end.since(now).as_secs().div_ceil(DAY).max(1)).unwrap_or(i64::MAX)
}
