//! A link as a square to be photographed by a phone.

use fast_qr::QRBuilder;
use leptos::prelude::*;
use std::fmt::Write as _;

/// The empty border that scanners need, in modules.
const QUIET: usize = 4;

/// A QR code. Dark on white in every theme: many phones read no other.
#[component]
pub fn QrCode(
    /// What it says.
    #[prop(into)]
    text: String,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let Ok(code) = QRBuilder::new(text).build() else { return ().into_any() };
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
            }
        }
    }
    let side = code.size + 2 * QUIET;
    view! {
        <svg class="size-36 rounded-control bg-white shrink-0" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}
