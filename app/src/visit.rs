//! One visit to a page: who comes, where, when, and what a form sent just before.

use crate::dto::UnixMs;
use crate::dto::viewer::Viewer;
use crate::forms::FormOutcome;
use jiff::tz::TimeZone;
use leptos::prelude::use_context;
use server::words::Language;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The colours a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Reads the cookie's value; anything unknown is the system's choice.
    pub fn parse(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The value of `data-theme`; none lets the system decide.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What every page may ask about its visit.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The path, without the query.
    pub path: String,
    /// The query, without its question mark and without `do` and `done`.
    pub query: String,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Now.
    pub now: UnixMs,
    /// The person's time zone, as their browser told it; UTC before that.
    pub zone: TimeZone,
    /// The colours chosen.
    pub theme: Theme,
    /// The language the person chose, or their browser asks for.
    pub language: Language,
    /// What the form on this page came to, when it failed.
    pub outcome: Option<FormOutcome>,
    /// Whether that has been told on this page.
    pub told: Told,
    /// The action that has just succeeded.
    pub done: Option<String>,
}

impl Default for Visit {
    fn default() -> Self {
        Self {
            path: "/".into(),
            query: String::new(),
            viewer: None,
            now: 0,
            zone: TimeZone::UTC,
            theme: Theme::System,
            language: Language::En,
            outcome: None,
            told: Told::default(),
            done: None,
        }
    }
}

/// Whether the failure of a form has been told on the page that is being drawn: it is, once.
#[derive(Clone, Debug, Default)]
pub struct Told(Arc<AtomicBool>);

impl Told {
    /// Tells it now. Whether nobody had.
    pub fn now(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

impl Visit {
    /// The address a form posts to: this page, with the action's name.
    pub fn form_action(&self, action: &str) -> String {
        let joint = if self.query.is_empty() { "" } else { "&" };
        format!("{}?{}{joint}do={action}", self.path, self.query)
    }

    /// The language of the page as a whole. Most pages are in English, and only what explains a failure is told in the
    /// person's language; the help is all in theirs.
    pub fn document_language(&self) -> Language {
        if self.path.starts_with("/help/") { self.language } else { Language::En }
    }

    /// The attribute `lang` of an explanation within this page; none where the page is in that language.
    pub fn explanation_lang(&self) -> Option<&'static str> {
        (self.language != self.document_language()).then(|| self.language.tag())
    }

    /// The attribute `lang` of what is in English within this page; none where the page is.
    pub fn english_lang(&self) -> Option<&'static str> {
        (self.document_language() != Language::En).then_some("en")
    }

    /// This page's address.
    pub fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// One value of the query, decoded.
    pub fn query_value(&self, name: &str) -> Option<String> {
        url::form_urlencoded::parse(self.query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into())
    }

    /// What the named form came to, when it failed just now. `fields` tells apart several forms with one action.
    pub fn failed(&self, action: &str, fields: &[(&'static str, String)]) -> Option<FormOutcome> {
        let outcome = self.outcome.as_ref().filter(|outcome| outcome.action == action)?;
        fields
            .iter()
            .filter(|(name, _)| !crate::forms::is_secret(name))
            .all(|(name, value)| outcome.value(name) == Some(value.as_str()))
            .then(|| outcome.clone())
    }
}

/// The visit being answered.
pub fn visit() -> Visit {
    use_context::<Visit>().unwrap_or_default()
}

/// The language of the person whose request is being answered, on a page and in a server function alike.
pub fn language() -> Language {
    use_context::<axum::http::request::Parts>()
        .map_or_else(|| visit().language, |parts| server::http::language(&parts.headers))
}
