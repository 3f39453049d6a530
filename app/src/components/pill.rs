//! A state in one word.

use crate::dto::health::Health;
use leptos::prelude::*;

/// The word of a state, in its colour.
#[component]
pub fn Pill(
    /// The state.
    of: Health,
) -> impl IntoView {
    view! { <span class=format!("pill {}", of.tone.class())>{of.word}</span> }
}
