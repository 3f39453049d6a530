//! Small files customers send when they are not given any.

use axum::body::Bytes;

use super::content::MediaKind;
use crate::state::{File, State};

/// A hill and the sun.
const PNG: &[u8] = include_bytes!("picture.png");

impl State {
    /// Keep a small file of this kind and give its id.
    pub(super) fn sample_file(&mut self, kind: MediaKind) -> String {
        let (mime, name, bytes): (&str, &str, &'static [u8]) = match kind {
            MediaKind::Image => ("image/png", "picture.png", PNG),
            MediaKind::Sticker => ("image/webp", "sticker.webp", b"RIFF\x04\x00\x00\x00WEBP"),
            MediaKind::Video => ("video/mp4", "film.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
            MediaKind::Audio => ("audio/ogg; codecs=opus", "voice.ogg", b"OggS\x00\x02"),
            MediaKind::File => ("application/pdf", "menu.pdf", b"%PDF-1.4\n%%EOF\n"),
        };
        let at = self.now();
        let file = File { mime: mime.into(), name: name.into(), bytes: Bytes::from_static(bytes), phone: None, at };
        self.files.add(file)
    }
}
