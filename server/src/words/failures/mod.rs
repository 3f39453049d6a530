//! Every failure that Attaché can explain: its stable name, its arguments, and what it does to a connection.
//!
//! A line here makes a function that builds the explanation. Its sentences stand under the same name in the message files
//! of every language; a test holds that none is missing.

use std::{collections::HashMap, sync::LazyLock};

use super::{Language, Sentence, sentence};

/// What a failure does to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// No connection has to do with it.
    None,
    /// The connection stays as it is.
    Unchanged,
    /// The connection stays as it is, and the work goes on by itself.
    Waits,
    /// The connection stays as it is; one message is concerned.
    Message,
    /// The connection stays as it is; one asset is concerned.
    Asset,
    /// Nothing was connected.
    NotMade,
    /// The connection rests until somebody connects again. Only answers about the token do this.
    Ended,
    /// Connections stay as they are; the operator has to act before anything new can be connected.
    Installation,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::Unchanged,
        Self::Waits,
        Self::Message,
        Self::Asset,
        Self::NotMade,
        Self::Ended,
        Self::Installation,
    ];

    /// The effect in words; empty when no connection has to do with it.
    pub fn told(self, language: Language) -> String {
        let code = match self {
            Self::None => return String::new(),
            Self::Unchanged => "effect.unchanged",
            Self::Waits => "effect.waits",
            Self::Message => "effect.message",
            Self::Asset => "effect.asset",
            Self::NotMade => "effect.not_made",
            Self::Ended => "effect.ended",
            Self::Installation => "effect.installation",
        };
        sentence(language, code, Sentence::What, &[]).unwrap_or_default()
    }
}

/// A failure as it stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// Its stable name, such as `oauth.state_invalid`.
    pub code: &'static str,
    /// The names of its arguments.
    pub arguments: &'static [&'static str],
    /// What it does to a connection.
    pub effect: Effect,
}

/// Makes a function for each failure, and the list of them.
macro_rules! failures {
    ($($name:ident($($argument:ident: $type:ty),*) = $code:literal, $effect:ident;)*) => {
        $(
            #[doc = concat!("`", $code, "`.")]
            pub fn $name($($argument: $type),*) -> $crate::explanation::Explanation {
                $crate::explanation::Explanation::of($code, vec![$((stringify!($argument).into(), $argument.into())),*])
            }
        )*

        pub(super) static ALL: &[$crate::words::failures::Failure] = &[$(
            $crate::words::failures::Failure {
                code: $code,
                arguments: &[$(stringify!($argument)),*],
                effect: $crate::words::failures::Effect::$effect,
            }
        ),*];
    };
}

pub mod accounts;
pub mod assets;
pub mod connect;
pub mod events;
pub mod log;
pub mod meta;
pub mod pages;
pub mod upkeep;
pub mod ways;
pub mod webhooks;

/// Every failure.
pub fn all() -> impl Iterator<Item = &'static Failure> {
    let areas = [
        meta::ALL,
        connect::ALL,
        ways::ALL,
        upkeep::ALL,
        assets::ALL,
        webhooks::ALL,
        events::ALL,
        accounts::ALL,
        log::ALL,
        pages::ALL,
    ];
    areas.into_iter().flatten()
}

/// The failure of this name.
pub fn find(code: &str) -> Option<&'static Failure> {
    static BY_CODE: LazyLock<HashMap<&'static str, &'static Failure>> =
        LazyLock::new(|| all().map(|failure| (failure.code, failure)).collect());
    BY_CODE.get(code).copied()
}
