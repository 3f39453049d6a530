//! People who can log in at the dialog.

use serde::{Deserialize, Serialize};

/// What a person has a role on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Sees {
    /// Everything in the world.
    #[default]
    Everything,
    /// Nothing at all.
    Nothing,
    /// These ids of Pages, Instagram accounts, WABAs, businesses and ad accounts.
    Only(Vec<String>),
}

/// A Facebook user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// App-scoped user id: the `id` of `GET /me`.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Address returned when `email` was granted.
    #[serde(default)]
    pub email: Option<String>,
    /// What this person has a role on.
    #[serde(default)]
    pub sees: Sees,
    /// Permissions this person unticks in the classic dialog unless told otherwise.
    #[serde(default)]
    pub declines: Vec<String>,
}

impl Persona {
    /// Whether this person has a role on the thing with this id.
    #[must_use]
    pub fn sees(&self, id: &str) -> bool {
        match &self.sees {
            Sees::Everything => true,
            Sees::Nothing => false,
            Sees::Only(ids) => ids.iter().any(|seen| seen == id),
        }
    }
}
