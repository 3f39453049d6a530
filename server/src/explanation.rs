//! What happened, why, and what to do: the shape of every message about something that did not work.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::words::{
    Language, Sentence,
    failures::{self, Effect},
    help::address_of,
    sentence,
};

/// A failure by its stable name and what is particular about it. It is kept like this, and said in a language only when
/// somebody reads it ([`Explanation::told`]). It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// A stable name for programs, such as `oauth.state_invalid`.
    pub code: Cow<'static, str>,
    /// What is particular: names, numbers, Meta's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    arguments: Vec<(Cow<'static, str>, Argument)>,
    /// Sentences that were kept when they were not yet in the message files.
    #[serde(flatten)]
    written: Option<Written>,
}

/// A particular of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// A number, which decides between "minute" and "minutes".
    Number(i64),
    /// A name, an identifier, or words of Meta's.
    Text(String),
    /// Another failure, which is told by its first sentence.
    Failure(Box<Explanation>),
}

impl From<Explanation> for Argument {
    fn from(reason: Explanation) -> Self {
        Self::Failure(Box::new(reason))
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Sentences in English alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    what: String,
    why: String,
    todo: String,
}

/// A failure in words of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The stable name for programs; the same in every language.
    pub code: Cow<'static, str>,
    /// What happened.
    pub what: String,
    /// Why; may be empty.
    pub why: String,
    /// What to do about it; may be empty.
    pub todo: String,
    /// What it does to the connection; empty when it has to do with none.
    pub effect: String,
    /// The page that tells more about it.
    pub help: Option<String>,
    /// The tag of the language.
    #[serde(skip)]
    pub lang: &'static str,
}

impl Explanation {
    /// The failure of this name.
    pub(crate) fn of(code: &'static str, arguments: Vec<(Cow<'static, str>, Argument)>) -> Self {
        Self { code: Cow::Borrowed(code), arguments, written: None }
    }

    /// What it does to the connection.
    pub fn effect(&self) -> Effect {
        failures::find(&self.code).map_or(Effect::None, |failure| failure.effect)
    }

    /// The failure in words.
    pub fn told(&self, language: Language) -> Told {
        let say = |part| sentence(language, &self.code, part, &self.arguments);
        let (what, why, todo) = match (say(Sentence::What), say(Sentence::Why), say(Sentence::Todo), &self.written) {
            (Some(what), Some(why), Some(todo), _) => (what, why, todo),
            (_, _, _, Some(Written { what, why, todo })) => (what.clone(), why.clone(), todo.clone()),
            // Another version wrote it.
            _ => {
                let unknown = failures::accounts::unknown(self.code.to_string());
                let say = |part| sentence(language, &unknown.code, part, &unknown.arguments).unwrap_or_default();
                (say(Sentence::What), say(Sentence::Why), say(Sentence::Todo))
            }
        };
        let (effect, help) = (self.effect().told(language), address_of(&self.code));
        Told { code: self.code.clone(), what, why, todo, effect, help, lang: language.tag() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_is_kept_as_a_name_and_arguments() {
        let held = failures::connect::held_elsewhere("Brasa Café".into());
        let json = serde_json::to_string(&held).unwrap();
        assert_eq!(json, r#"{"code":"asset.held_elsewhere","arguments":[["name","Brasa Café"]]}"#);
        let read: Explanation = serde_json::from_str(&json).unwrap();
        assert_eq!(read.told(Language::En).what, "Brasa Café is already connected elsewhere.");
        assert_ne!(read.told(Language::Es).what, read.told(Language::Ro).what);
    }

    #[test]
    fn what_was_kept_as_sentences_is_still_read() {
        let old = r#"{"code":"meta.token.expired","what":"Access to Meta has ended.","why":"w","todo":"t"}"#;
        let read: Explanation = serde_json::from_str(old).unwrap();
        assert_eq!(read.told(Language::Es).what, failures::meta::token_expired().told(Language::Es).what);
        // The sentence needs a name that only the old sentences have.
        let old = r#"{"code":"asset.held_elsewhere","what":"Brasa is connected elsewhere.","why":"w","todo":"t"}"#;
        let read: Explanation = serde_json::from_str(old).unwrap();
        assert_eq!(read.told(Language::Ro).what, "Brasa is connected elsewhere.");
        assert_eq!(serde_json::from_str::<Explanation>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
    }

    #[test]
    fn what_another_version_wrote_is_said_to_be_unknown() {
        let read: Explanation = serde_json::from_str(r#"{"code":"future.failure","arguments":[["n",3]]}"#).unwrap();
        for language in Language::ALL {
            let told = read.told(language);
            assert!(told.why.contains("future.failure") && !told.what.is_empty() && !told.todo.is_empty(), "{told:?}");
        }
        assert_eq!(read.effect(), Effect::None);
    }
}
