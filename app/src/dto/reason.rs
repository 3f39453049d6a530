//! What was explained to a person.

use serde::{Deserialize, Serialize};

/// What happened, why, and what to do, in the language of the person who looks. Pages are in English, so this is never put among
/// other sentences: the components of `components::explained` draw it, and name its language. Made of an explanation by `from`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What happened.
    pub what: String,
    /// Why; may be empty.
    pub why: String,
    /// What to do; may be empty.
    pub todo: String,
    /// The page that tells more.
    pub help: Option<String>,
}

impl Reason {
    /// Why it happened and what to do, one after the other; may be empty.
    pub fn rest(&self) -> String {
        [&self.why, &self.todo]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The same without what to do, where that is no news: in a log, or beside the form that does it.
    pub fn without_todo(self) -> Self {
        Self { todo: String::new(), ..self }
    }
}

#[cfg(feature = "ssr")]
impl From<&server::explanation::Explanation> for Reason {
    /// Told to the person whose request is being answered.
    fn from(why: &server::explanation::Explanation) -> Self {
        let told = why.told(crate::visit::language());
        Self { what: told.what, why: told.why, todo: told.todo, help: told.help }
    }
}

#[cfg(feature = "ssr")]
impl From<server::explanation::Explanation> for Reason {
    fn from(why: server::explanation::Explanation) -> Self {
        Self::from(&why)
    }
}
