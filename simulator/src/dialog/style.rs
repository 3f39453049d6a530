//! The simulator's own quiet look; nothing here imitates Facebook.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// Where a page's looks and behaviour come from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Assets {
    /// The style sheet's address; the simulator's own style stands in the page when absent.
    pub(crate) style: Option<&'static str>,
    /// The script's address.
    pub(crate) script: Option<&'static str>,
    /// The class of the body.
    pub(crate) class: &'static str,
}

/// A whole page in the simulator's own style.
pub(crate) fn document(title: &str, body: &Markup) -> Markup {
    document_with(title, Assets::default(), &html! { main { (body) } })
}

/// A whole page: the head, the bar that says what this is, and what stands below it.
pub(crate) fn document_with(title: &str, assets: Assets, below: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) " · Meta simulator" }
                @match assets.style {
                    Some(address) => { link rel="stylesheet" href=(address); }
                    None => { style { (PreEscaped(STYLE)) } }
                }
                @if let Some(address) = assets.script { script src=(address) defer {} }
            }
            body class=[(!assets.class.is_empty()).then_some(assets.class)] {
                header class="bar" {
                    a href="/" { "Meta simulator" }
                    span { "Not Facebook. Nothing here leaves this machine." }
                }
                (below)
            }
        }
    }
}
