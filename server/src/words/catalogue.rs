//! The message files, read once, and a message put together from its arguments.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{Language, dates};
use crate::explanation::Argument;

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sentence {
    /// What happened: the message itself.
    What,
    /// Why.
    Why,
    /// What to do.
    Todo,
}

impl Sentence {
    /// The name of the attribute that holds it; the message itself has none.
    pub(super) const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::What => None,
            Self::Why => Some("why"),
            Self::Todo => Some("todo"),
        }
    }
}

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../words/", $language, "/terms.ftl")),
            include_str!(concat!("../../words/", $language, "/meta.ftl")),
            include_str!(concat!("../../words/", $language, "/connect.ftl")),
            include_str!(concat!("../../words/", $language, "/ways.ftl")),
            include_str!(concat!("../../words/", $language, "/upkeep.ftl")),
            include_str!(concat!("../../words/", $language, "/assets.ftl")),
            include_str!(concat!("../../words/", $language, "/webhooks.ftl")),
            include_str!(concat!("../../words/", $language, "/events.ftl")),
            include_str!(concat!("../../words/", $language, "/accounts.ftl")),
            include_str!(concat!("../../words/", $language, "/log.ftl")),
            include_str!(concat!("../../words/", $language, "/pages.ftl")),
            include_str!(concat!("../../words/", $language, "/help.ftl")),
        ]
    };
}

/// The message files of a language, one per area.
pub(super) const fn files(language: Language) -> [&'static str; 12] {
    match language {
        Language::En => files!("en"),
        Language::Es => files!("es"),
        Language::Ro => files!("ro"),
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: Language) -> &'static Bundle {
    static EN: LazyLock<Bundle> = LazyLock::new(|| read(Language::En));
    static ES: LazyLock<Bundle> = LazyLock::new(|| read(Language::Es));
    static RO: LazyLock<Bundle> = LazyLock::new(|| read(Language::Ro));
    match language {
        Language::En => &EN,
        Language::Es => &ES,
        Language::Ro => &RO,
    }
}

fn read(language: Language) -> Bundle {
    // The identifier decides about plurals.
    let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // The texts go into sentences of one direction; the marks would only be in the way of whoever copies them.
    bundle.set_use_isolating(false);
    for (name, say) in [("DAY", dates::day as fn(Language, i64) -> String), ("MOMENT", dates::moment)] {
        // It fails for a name that is taken already.
        drop(bundle.add_function(name, move |given, _| match given {
            [FluentValue::Number(millis)] => FluentValue::from(say(language, millis.value as i64)),
            _ => FluentValue::Error,
        }));
    }
    for file in files(language) {
        // A test holds that the files are free of errors; what can be read of a broken one is used.
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
        drop(bundle.add_resource(resource));
    }
    bundle
}

/// The name of a message in the files: that of the failure, with `-` for each dot.
pub(super) fn message_id(code: &str) -> String {
    code.replace('.', "-")
}

/// A sentence about the failure `code`. Empty where the message has no such part; `None` where there is no message of that
/// name, or it needs an argument that is not there. A failure that is an argument is told by its first sentence; the
/// sentence that says why has the argument's name with `_why`.
pub(crate) fn sentence(
    language: Language,
    code: &str,
    part: Sentence,
    arguments: &[(std::borrow::Cow<'static, str>, Argument)],
) -> Option<String> {
    let bundle = bundle(language);
    let message = bundle.get_message(&message_id(code))?;
    let pattern = match part.attribute() {
        None => message.value(),
        Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
    };
    let Some(pattern) = pattern else { return Some(String::new()) };
    let mut values = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        let value = match argument {
            Argument::Text(text) => FluentValue::from(text.as_str()),
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Failure(reason) => {
                let told = reason.told(language);
                values.set(format!("{name}_why"), told.why);
                FluentValue::from(told.what)
            }
        };
        values.set(name.as_ref(), value);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}
