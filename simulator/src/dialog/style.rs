//! The simulator's own quiet look; nothing here imitates Facebook.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// A whole page.
pub(crate) fn document(title: &str, body: &Markup) -> Markup {
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
                style { (PreEscaped(STYLE)) }
            }
            body {
                header class="bar" {
                    a href="/" { "Meta simulator" }
                    span { "Not Facebook. Nothing here leaves this machine." }
                }
                main { (body) }
            }
        }
    }
}
