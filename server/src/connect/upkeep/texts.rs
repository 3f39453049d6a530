//! What is said about keeping connections alive: in the log, in mail, and beside a token that was not renewed.

use std::fmt::Write as _;

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
};

pub(super) const NO_PORTFOLIO: Explanation = Explanation::new(
    "renewal.no_portfolio",
    "The access could not be renewed.",
    "Meta does not name the business portfolio that the system user belongs to.",
    "Confirm again with Meta before the access ends.",
);

pub(super) const NO_SUCCESSOR: Explanation = Explanation::new(
    "renewal.no_successor",
    "The access could not be renewed.",
    "Meta gave no token that lives longer.",
    "Nothing yet. Attaché asks again in a day; if access is about to end, confirm again with Meta.",
);

const NARROWER: Explanation = Explanation::new(
    "renewal.narrower",
    "The access could not be renewed.",
    "Meta's new token may do less than the present one.",
    "Confirm again with Meta and tick everything that is to stay connected. Until then the present token goes on.",
);

const NOT_RENEWED: Explanation = Explanation::new(
    "renewal.refused",
    "The access could not be renewed.",
    "Meta did not give a new token.",
    "Nothing yet. Attaché asks again in a day; if access is about to end, confirm again with Meta.",
);

/// What the new token lacks, with the first few things by name.
pub(super) fn narrower(lost: &[String]) -> Explanation {
    const NAMED: usize = 5;
    let mut named = lost.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if lost.len() > NAMED {
        let _ = write!(named, " and {} more", lost.len() - NAMED);
    }
    Explanation { why: format!("Meta's new token lacks {named}.").into(), ..NARROWER }
}

/// What Meta answered instead of a token.
pub(super) fn not_renewed(error: &MetaError) -> Explanation {
    Explanation { why: error.explain().what, ..NOT_RENEWED }
}

/// The line of the log about a new token.
pub(super) fn renewed(facts: &TokenFacts) -> Note {
    let sentence = match facts.expires_at {
        Expiry::At(end) => format!("Attaché renewed the access. It lasts until {} now.", day(end)),
        Expiry::Never | Expiry::Unknown => "Attaché renewed the access. It has no end by time now.".to_owned(),
    };
    Note::ok("renewed", sentence)
}

/// An end in words.
pub(super) struct Told {
    /// What happens, when, without a full stop: "Access ends in 7 days".
    pub(super) what: String,
    /// The whole sentence with its reason.
    pub(super) why: String,
    /// What to do.
    pub(super) todo: String,
}

/// What is told of an end.
///
/// # Errors
/// When a stored explanation cannot be read.
pub(super) fn told(ending: &Ending, now: Timestamp) -> Result<Told> {
    let end = Timestamp::from_millis(ending.ends_at);
    let person = match ending.token_kind {
        CredentialKind::SystemUser => "An admin of the business portfolio",
        _ => ending.meta_user_name.as_str(),
    };
    let problem: Option<Explanation> = ending.problem.as_deref().map(from_json).transpose()?;
    let confirm =
        format!("{person} opens the link and confirms with Meta. It takes a minute, and nothing stops meanwhile.");
    let again = format!("{person} opens the link and confirms with Meta. Assets, settings and history are kept.");
    Ok(match (ending.clock, ending.stage) {
        (EndingClock::Refused, _) => {
            let (what, why) = problem.map_or_else(Default::default, |problem| (problem.what, problem.why));
            let what = if what.is_empty() { "Meta refuses the access".into() } else { what };
            Told { what: what.trim_end_matches('.').to_owned(), why: why.into_owned(), todo: again }
        }
        (EndingClock::Token, 0) => Told {
            what: "Access has ended".into(),
            why: format!("It ended on {}. Until somebody confirms again, nothing can be sent or read.", moment(end)),
            todo: again,
        },
        (EndingClock::DataAccess, 0) => Told {
            what: "Meta shares no more data".into(),
            why: format!(
                "Since {}, Meta answers with nothing: 90 days passed since {person} last confirmed.",
                moment(end)
            ),
            todo: again,
        },
        (EndingClock::Token, _) => {
            let renewal =
                problem.map_or_else(String::new, |problem| format!(" Attaché could not renew it: {}", problem.why));
            Told {
                what: format!("Access ends {}", left(end, now)),
                why: format!("It ends on {}.{renewal}", moment(end)),
                todo: confirm,
            }
        }
        (EndingClock::DataAccess, _) => Told {
            what: format!("Meta stops sharing data {}", left(end, now)),
            why: format!(
                "Meta shares data until {}, 90 days after a person last confirmed. Only that person can renew it.",
                moment(end)
            ),
            todo: confirm,
        },
    })
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

fn left(end: Timestamp, now: Timestamp) -> String {
    const DAY: u64 = 86_400;
    match end.since(now).as_secs().div_ceil(DAY) {
        0 | 1 => "within a day".into(),
        days => format!("in {days} days"),
    }
}

fn day(at: Timestamp) -> String {
    zoned(at, "%-d %B %Y")
}

fn moment(at: Timestamp) -> String {
    zoned(at, "%-d %B %Y at %H:%M UTC")
}

fn zoned(at: Timestamp, form: &str) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    moment.strftime(form).to_string()
}
