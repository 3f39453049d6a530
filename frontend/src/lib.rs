//! The browser's half: wakes the islands the server has drawn.

// The islands are reached through their exported functions alone.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's script.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
