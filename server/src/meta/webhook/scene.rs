//! Where an item stands: what the events of one entry, or of one change, have in common.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{
    event::{Event, Happening, Raw},
    lenient::Odd,
};
use crate::{asset_kind::AssetKind, clock::Timestamp};

/// Whom the items of an entry concern, and when it was sent.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    about: Vec<(AssetKind, String)>,
    at: Timestamp,
}

impl Scene {
    pub(super) fn new(at: Timestamp) -> Self {
        Self { about: Vec::new(), at }
    }

    /// The same time, about other assets: those of `about` that are named, the first first. `0`, which Meta's dashboard
    /// sends for "some asset", counts only when nothing else is named.
    pub(super) fn about<const N: usize>(&self, about: [(AssetKind, Option<String>); N]) -> Self {
        let named = || about.iter().filter_map(|(kind, id)| Some((*kind, id.clone()?)));
        let mut candidates: Vec<(AssetKind, String)> = Vec::with_capacity(N);
        for candidate in named().filter(|(_, id)| id != "0") {
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
        if candidates.is_empty() {
            candidates.extend(named().next());
        }
        Self { about: candidates, at: self.at }
    }

    /// The asset that is concerned in the first place; empty when none is named.
    pub(super) fn asset(&self) -> &str {
        self.about.first().map(|(_, id)| id.as_str()).unwrap_or_default()
    }

    /// An event out of `raw`. `at` is Meta's time of it, when it has one of its own.
    pub(super) fn event(&self, at: Option<Timestamp>, what: Happening, raw: impl Into<Raw>) -> Event {
        Event { about: self.about.clone(), at: at.unwrap_or(self.at), what, raw: raw.into() }
    }

    /// The event of an item that was read, or that turned out odd at `place`.
    pub(super) fn told(
        &self,
        at: Option<Timestamp>,
        what: Result<Happening, Odd>,
        place: &str,
        raw: impl Into<Raw>,
    ) -> Event {
        self.event(at, what.unwrap_or_else(|Odd(field)| unknown(format!("{place}.{field}"))), raw)
    }

    /// Something that Attaché does not know.
    pub(super) fn unknown(&self, kind: impl Into<String>, raw: impl Into<Raw>) -> Event {
        self.event(None, unknown(kind), raw)
    }
}

pub(super) fn unknown(kind: impl Into<String>) -> Happening {
    Happening::Unknown { kind: kind.into() }
}

pub(super) fn notice(kind: impl Into<String>, sentence: impl Into<String>) -> Happening {
    Happening::Notice { kind: kind.into(), sentence: sentence.into() }
}

/// An id for what Meta gives none: the same for the same piece, however often it comes.
pub(super) fn id_of(kind: &str, piece: &Value) -> String {
    let digest = Sha256::digest(piece.to_string().as_bytes());
    format!("{kind}:{}", hex::encode(digest.get(..16).unwrap_or_default()))
}
