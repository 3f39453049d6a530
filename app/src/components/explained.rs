//! What was explained, in the person's language. Pages are in English: whatever is told in another language stands in an element
//! that names it, or it is read aloud with the wrong voice. So every [`Reason`] is drawn by these, and by nothing else.

use crate::components::notice::{More, Notice};
use crate::dto::health::Tone;
use crate::dto::reason::Reason;
use crate::visit::visit;
use leptos::prelude::*;

/// A paragraph: what happened, why, what to do, and the way to the help.
#[component]
pub fn Explained(
    /// What was explained.
    of: Reason,
    /// Whether what happened is all that is said.
    #[prop(optional)]
    brief: bool,
    /// Classes of the paragraph.
    #[prop(default = "text-[13.5px] text-ink-2")]
    class: &'static str,
    /// Classes of the first sentence.
    #[prop(default = "font-semibold text-ink")]
    lead: &'static str,
) -> impl IntoView {
    let (rest, help) = if brief { (String::new(), None) } else { (of.rest(), of.help) };
    view! {
        <p class=class lang=visit().explanation_lang()>
            <span class=lead>{of.what}</span>
            {(!rest.is_empty()).then(|| format!(" {rest}"))}
            {help.map(|address| view! { " " <More address=address /> })}
        </p>
    }
}

/// The same as a banner.
#[component]
pub fn ExplainedNotice(
    /// What was explained.
    of: Reason,
    /// Its tone.
    tone: Tone,
) -> impl IntoView {
    let rest = of.rest();
    view! { <Notice tone=tone lead=of.what text=rest lang=visit().explanation_lang() help=of.help /> }
}
