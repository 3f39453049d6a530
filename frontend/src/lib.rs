//! The browser's half: wakes the islands the server has drawn.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's script, which then wakes each island by its exported function.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    app::islands::copy::listen();
}
