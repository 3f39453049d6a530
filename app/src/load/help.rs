//! The page "What went wrong".

use crate::dto::help::{HelpPage, HelpRow, HelpWords};
use crate::visit::Visit;
use server::words::Language;
use server::words::failures::pages;
use server::words::help::ROWS;

/// The rows that have every word of the address's `q`, in the language of the visit.
pub fn page(visit: &Visit) -> HelpPage {
    let language = visit.language;
    let query = visit.query_value("q").unwrap_or_default().trim().to_owned();
    let told = ROWS.iter().map(|row| (row, row.told(language))).filter(|(row, told)| row.matches(told, &query));
    let rows: Vec<HelpRow> = told
        .map(|(row, told)| HelpRow {
            number: row.number,
            anchor: row.anchor.into(),
            seen: told.seen,
            why: told.why,
            todo: told.todo,
            effect: told.effect,
            numbers: row.meta.iter().map(|number| (*number).to_owned()).collect(),
        })
        .collect();
    HelpPage { words: words(language, &query, rows.len()), query, rows }
}

fn words(language: Language, query: &str, found: usize) -> HelpWords {
    let found = match i64::try_from(found).unwrap_or(i64::MAX) {
        0 => pages::help_none(query.to_owned()),
        found => pages::help_found(found),
    };
    let say = |explanation: server::explanation::Explanation| explanation.told(language).what;
    HelpWords {
        title: say(pages::help_title()),
        intro: say(pages::help_intro()),
        search: say(pages::help_search()),
        hint: say(pages::help_hint()),
        find: say(pages::help_find()),
        all: say(pages::help_all()),
        found: say(found),
        why: say(pages::help_why()),
        todo: say(pages::help_todo()),
        effect: say(pages::help_effect()),
        numbers: say(pages::help_numbers()),
        start: say(pages::help_start()),
    }
}
