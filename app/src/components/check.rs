//! The mark of a check: its state as a shape and a colour, and in words for those who see neither.

use crate::components::icon::{Icon, names};
use crate::dto::setup::CheckState;
use leptos::prelude::*;

/// The round mark before a check.
#[component]
pub fn CheckMark(
    /// How it stands.
    state: CheckState,
) -> impl IntoView {
    let (class, icon) = match state {
        CheckState::Proven => ("check-mark check-proven", names::CHECK),
        CheckState::Wrong => ("check-mark check-wrong", names::CROSS),
        CheckState::Waiting => ("check-mark check-waiting", names::CLOCK),
        CheckState::Yourself => ("check-mark check-yourself", names::LOOK),
    };
    view! { <span class=class><Icon of=icon /><span class="sr-only">{state.word()}": "</span></span> }
}
