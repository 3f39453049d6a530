//! Telling how far a discovery is.

use serde::{Deserialize, Serialize};

/// How many of each kind were found so far. What was not counted yet is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Business portfolios.
    pub businesses: usize,
    /// Facebook Pages.
    pub pages: usize,
    /// Instagram accounts.
    pub instagram: usize,
    /// WhatsApp accounts.
    pub wabas: usize,
    /// WhatsApp numbers.
    pub numbers: usize,
    /// Ad accounts.
    pub ad_accounts: usize,
}

/// A moment of a discovery. Counts never go down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was found so far.
    pub found: Counts,
    /// What was just read; `None` at the end.
    pub reading: Option<super::Source>,
    /// Whether this is the last step.
    pub done: bool,
}

/// Someone who wants to know how far a discovery is. Called often, from the task that discovers: be quick.
pub trait Progress: Send + Sync {
    /// Takes note of a step.
    fn report(&self, step: Step);
}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn report(&self, _: Step) {}
}
