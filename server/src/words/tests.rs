#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! The message files against the lists of failures.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

use super::{
    Language,
    catalogue::{files, message_id},
    failures::{self, Effect},
    help::{ROWS, row_of},
};

/// The variables of each part of each message; the message itself is the part without a name.
type Parts = BTreeMap<String, BTreeSet<String>>;

fn messages(language: Language) -> BTreeMap<String, Parts> {
    let mut found = BTreeMap::new();
    for file in files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        for entry in resource.entries() {
            match entry {
                Entry::Message(message) => {
                    let twice = found.insert(message.id.name.to_owned(), parts(message));
                    assert!(twice.is_none(), "{} stands twice in {}", message.id.name, language.tag());
                }
                Entry::Junk { content } => panic!("{}: {content}", language.tag()),
                _ => {}
            }
        }
    }
    found
}

fn parts(message: &Message<&str>) -> Parts {
    let own = message.value.iter().map(|pattern| (String::new(), variables(pattern)));
    own.chain(message.attributes.iter().map(|part| (part.id.name.to_owned(), variables(&part.value)))).collect()
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => found.extend(variable(inline)),
                Expression::Select { selector, variants } => {
                    found.extend(variable(selector));
                    found.extend(variants.iter().flat_map(|variant| variables(&variant.value)));
                }
            }
        }
    }
    found
}

fn variable(inline: &InlineExpression<&str>) -> BTreeSet<String> {
    match inline {
        // Why a failure happened that is an argument: its second sentence.
        InlineExpression::VariableReference { id } => [id.name.trim_end_matches("_why").to_owned()].into(),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().flat_map(variable).collect()
        }
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inline) => variable(inline),
            Expression::Select { selector, variants } => {
                let inner = variants.iter().flat_map(|variant| variables(&variant.value));
                variable(selector).into_iter().chain(inner).collect()
            }
        },
        _ => BTreeSet::new(),
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_parts() {
    let shape = |language| -> BTreeMap<String, Vec<String>> {
        messages(language).into_iter().map(|(name, parts)| (name, parts.into_keys().collect())).collect()
    };
    let english = shape(Language::En);
    for language in [Language::Es, Language::Ro] {
        let other = shape(language);
        for (name, parts) in &english {
            assert_eq!(other.get(name), Some(parts), "{name} in {}", language.tag());
        }
        for name in other.keys() {
            assert!(english.contains_key(name), "{name} is in {} alone", language.tag());
        }
    }
}

#[test]
fn every_failure_has_its_message_and_no_message_asks_for_what_it_is_not_given() {
    let mut codes = BTreeSet::new();
    for failure in failures::all() {
        assert!(codes.insert(failure.code), "{} stands twice in the lists", failure.code);
        let given: BTreeSet<String> = failure.arguments.iter().map(|name| (*name).to_owned()).collect();
        for language in Language::ALL {
            let all = messages(language);
            let parts = all.get(&message_id(failure.code));
            let parts = parts.unwrap_or_else(|| panic!("{} has no message in {}", failure.code, language.tag()));
            let asked: BTreeSet<String> = parts.values().flatten().cloned().collect();
            assert!(asked.is_subset(&given), "{} in {} asks for {asked:?}", failure.code, language.tag());
            assert!(language != Language::En || asked == given, "{} is given {given:?}", failure.code);
        }
    }
}

#[test]
fn what_is_not_a_line_of_the_log_says_what_to_do() {
    let english = messages(Language::En);
    for failure in
        failures::all().filter(|failure| !failure.code.starts_with("log.") && !failure.code.starts_with("page."))
    {
        let parts = &english[&message_id(failure.code)];
        assert!(parts.contains_key("") && parts.contains_key("todo"), "{}", failure.code);
    }
}

#[test]
fn the_languages_differ_and_speak_politely() {
    for file in files(Language::Es).into_iter().chain(files(Language::Ro)) {
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let lower = line.to_lowercase();
            for word in ["haz clic", " tu ", " tus ", "pulsa ", "apasă ", " conectează "] {
                assert!(!format!(" {lower} ").contains(word), "{word:?} in {line}");
            }
            assert!(!line.contains('!') && !line.contains("ş") && !line.contains("ţ"), "{line}");
        }
    }
}

#[test]
fn every_effect_is_said_in_every_language() {
    for effect in Effect::ALL {
        let told: BTreeSet<String> = Language::ALL.into_iter().map(|language| effect.told(language)).collect();
        assert!(effect == Effect::None || (told.len() == 3 && !told.contains("")), "{effect:?}: {told:?}");
    }
}

#[test]
fn the_help_has_the_38_rows_each_with_its_sentences() {
    assert_eq!(ROWS.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=38).collect::<Vec<_>>());
    let anchors: BTreeSet<&str> = ROWS.iter().map(|row| row.anchor).collect();
    assert_eq!(anchors.len(), ROWS.len());
    for language in Language::ALL {
        let rows = messages(language);
        assert_eq!(rows.keys().filter(|name| name.starts_with("help-row-")).count(), ROWS.len());
        for row in ROWS {
            let parts = &rows[&message_id(&row.message())];
            assert!(parts.keys().eq(["", "todo", "why"]) && parts.values().all(BTreeSet::is_empty), "{row:?}");
            let told = row.told(language);
            assert!(!told.seen.is_empty() && told.why.ends_with('.') && told.todo.ends_with('.'), "{told:?}");
            assert!(!told.effect.is_empty(), "{row:?}");
        }
    }
}

#[test]
fn a_failure_leads_to_one_row_and_agrees_with_it_on_what_ends_a_connection() {
    let mut seen = BTreeSet::new();
    for row in ROWS {
        for code in row.failures {
            assert!(seen.insert(*code), "{code} stands in two rows");
            let failure = failures::find(code).unwrap_or_else(|| panic!("{code} is not a failure"));
            assert_eq!(row_of(code), Some(row));
            let (row_ends, ends) = (row.effect == Effect::Ended, failure.effect == Effect::Ended);
            // A token that never worked makes no connection; one that stops working ends it.
            assert!(row_ends == ends || row.effect == Effect::NotMade, "{code} in row {}", row.number);
        }
    }
}

#[test]
fn a_row_is_found_by_its_words_and_numbers() {
    let found = |language, query: &str| -> Vec<u8> {
        ROWS.iter().filter(|row| row.matches(&row.told(language), query)).map(|row| row.number).collect()
    };
    assert_eq!(found(Language::En, "131042"), [21]);
    assert_eq!(found(Language::Es, "método PAGO"), [21]);
    assert_eq!(found(Language::Ro, "metodă plată"), [21]);
    assert_eq!(found(Language::En, "password"), [23]);
    assert_eq!(found(Language::En, "meta.code.used"), [10]);
    assert_eq!(found(Language::En, "").len(), 38);
    assert!(found(Language::En, "no such thing anywhere").is_empty());
}

#[test]
fn what_a_new_grant_leaves_out_is_counted() {
    let told = |assets, both: &str, permissions| {
        failures::log::would_lose(assets, both.into(), permissions).told(Language::En).what
    };
    assert_eq!(told(1, "no", 0), "The new confirmation leaves out 1 asset. Somebody decides.");
    assert_eq!(told(0, "no", 3), "The new confirmation leaves out 3 permissions. Somebody decides.");
    assert_eq!(told(2, "yes", 1), "The new confirmation leaves out 2 assets and 1 permission. Somebody decides.");
    let romanian = failures::log::would_lose(20, "yes".into(), 2).told(Language::Ro).what;
    assert!(romanian.contains("20 de resurse și 2 permisiuni"), "{romanian}");
}

#[test]
fn an_end_is_told_with_its_day_and_why_it_could_not_be_put_off() {
    let end = 1_804_152_600_000; // 2027-03-04T09:30:00Z
    let why = failures::upkeep::narrower("pages_messaging".into(), 2);
    let line = failures::log::access_ends_not_renewed(1, end, why);
    let told = line.told(Language::En);
    assert_eq!(told.what, "Access ends within a day.");
    assert_eq!(
        told.why,
        "It ends on 4 March 2027 at 09:30 UTC. Attaché could not renew it: Meta's new token lacks pages_messaging and 2 more."
    );
    assert!(line.told(Language::Es).why.contains("4 de marzo de 2027 a las 09:30 UTC"));
    let whole = failures::upkeep::narrower("pages_messaging".into(), 0).told(Language::En).why;
    assert_eq!(whole, "Meta's new token lacks pages_messaging.");
}
