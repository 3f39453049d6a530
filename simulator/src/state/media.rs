//! Files that customers and businesses send.

use std::collections::BTreeMap;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Bytes kept of all files together; the oldest go.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) mime: String,
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
    /// The number it was uploaded for, on WhatsApp.
    pub(crate) phone: Option<String>,
    /// Unix seconds.
    pub(crate) at: i64,
}

impl File {
    pub(crate) fn sha256_hex(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }

    pub(crate) fn sha256_base64(&self) -> String {
        STANDARD.encode(Sha256::digest(&self.bytes))
    }
}

/// All files, by id.
#[derive(Debug, Default)]
pub(crate) struct Files {
    all: BTreeMap<u64, File>,
    bytes: usize,
    last: u64,
}

impl Files {
    /// Keep a file; its id is decimal digits, as Meta's are.
    pub(crate) fn add(&mut self, file: File) -> String {
        self.last = self.last.max(1_013_859_600_000_000) + 7;
        self.bytes += file.bytes.len();
        self.all.insert(self.last, file);
        while self.bytes > MOST_BYTES && self.all.len() > 1 {
            if let Some((_, oldest)) = self.all.pop_first() {
                self.bytes -= oldest.bytes.len();
            }
        }
        self.last.to_string()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&File> {
        self.all.get(&id.parse().ok()?)
    }

    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let removed = id.parse().ok().and_then(|id| self.all.remove(&id));
        self.bytes -= removed.as_ref().map_or(0, |file| file.bytes.len());
        removed.is_some()
    }
}
