//! Parameters of a request, wherever they came from: query, form, JSON body (Meta reference §0.2).

use serde_json::{Map, Value};
use url::form_urlencoded;

/// Parameters by name. Values from a query or form are strings; those of a JSON body keep their type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(pub(crate) Map<String, Value>);

impl Params {
    /// From a query string.
    pub(crate) fn from_query(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
                .collect(),
        )
    }

    /// Add another set; what is there already stays.
    pub(crate) fn merge(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    /// The value as text; numbers, booleans and structures as their JSON.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// The value as text when there is any.
    pub(crate) fn filled(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// The value as JSON; text is parsed when it can be.
    pub(crate) fn json(&self, name: &str) -> Option<Value> {
        match self.0.get(name)? {
            Value::String(text) => serde_json::from_str(text).ok().or_else(|| Some(Value::String(text.clone()))),
            other => Some(other.clone()),
        }
    }

    /// A list: a JSON array, or text with commas.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        let items = match self.json(name)? {
            Value::Array(items) => items
                .into_iter()
                .map(|item| match item {
                    Value::String(text) => text,
                    other => other.to_string(),
                })
                .collect(),
            Value::String(text) => text.split(',').map(|item| item.trim().to_owned()).collect(),
            other => vec![other.to_string()],
        };
        Some(items.into_iter().filter(|item: &String| !item.is_empty()).collect())
    }

    /// `true`, `1` or `"true"`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text == "true" || text == "1")
    }
}
