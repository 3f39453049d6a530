//! What Meta's webhooks say: one sample for each row of the Meta reference §7, all of it made up.

mod completeness;
mod describe;
mod samples;
mod unusual;

use std::path::{Path, PathBuf};

use server::clock::Timestamp;

/// When the samples arrived: 2025-11-20 10:00:05 UTC.
pub(crate) const RECEIVED: Timestamp = Timestamp::from_millis(1_763_632_805_000);

/// Every sample by its name, such as `page/text`.
pub(crate) fn samples() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/meta/webhooks/samples");
    let mut samples: Vec<(String, Vec<u8>)> = inside(&root)
        .iter()
        .flat_map(|folder| inside(folder))
        .map(|file| {
            let name = file.strip_prefix(&root).unwrap().with_extension("");
            (name.to_str().unwrap().to_owned(), std::fs::read(&file).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}
