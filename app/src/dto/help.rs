//! The page "What went wrong".

use serde::{Deserialize, Serialize};

/// Everything the page shows, in the person's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpPage {
    /// The words around the list.
    pub words: HelpWords,
    /// What was searched for; may be empty.
    pub query: String,
    /// The rows that were found.
    pub rows: Vec<HelpRow>,
}

/// The words around the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpWords {
    /// The page's name.
    pub title: String,
    /// What the page is for.
    pub intro: String,
    /// Above the search field.
    pub search: String,
    /// What can be searched for.
    pub hint: String,
    /// On the button.
    pub find: String,
    /// The way back to the whole list.
    pub all: String,
    /// How much was found, or that nothing was.
    pub found: String,
    /// Before the reason.
    pub why: String,
    /// Before what helps.
    pub todo: String,
    /// Before what it does to the connection.
    pub effect: String,
    /// Before Meta's numbers.
    pub numbers: String,
    /// The way to the start page.
    pub start: String,
}

/// What somebody may meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRow {
    /// Its place in the list.
    pub number: u8,
    /// Its name in the page's address.
    pub anchor: String,
    /// What is seen.
    pub seen: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub todo: String,
    /// What it does to the connection.
    pub effect: String,
    /// Meta's numbers for it.
    pub numbers: Vec<String>,
}
