//! Where the customer writes.

use maud::{Markup, html};

use super::choice::Choice;
use crate::webhooks::Platform;

/// The form below the conversation; text works without JavaScript.
pub(super) fn composer(choice: &Choice) -> Markup {
    let asset = choice.asset.as_ref().map(|asset| asset.id.as_str()).unwrap_or_default();
    let customer = choice.customer.as_ref().map(|customer| customer.id.as_str()).unwrap_or_default();
    let instagram = choice.platform == Platform::Instagram;
    html! {
        form id="composer" class="composer" method="post" action="/_sim/phone/say" {
            input type="hidden" name="asset" value=(asset);
            input type="hidden" name="customer" value=(customer);
            p id="about" class="about" hidden {
                span {} " "
                button type="button" data-act="never-mind" { "Never mind" }
            }
            details class="attach script" {
                summary aria-label="Attach something" { "+" }
                div class="menu" {
                    label class="pick" { "Picture or file…" input id="file" type="file"; }
                    button type="button" data-attach="image" { "Sample picture" }
                    button type="button" data-attach="audio" { "Voice message" }
                    @if !instagram {
                        button type="button" data-attach="sticker" { "Sticker" }
                        button type="button" data-attach="location" { "Location" }
                    }
                    @if choice.platform != Platform::Whatsapp {
                        button type="button" data-attach="comment" { "Comment on a post" }
                    }
                    @if choice.platform == Platform::Messenger {
                        button type="button" data-attach="start" { "Press “Get Started”" }
                    }
                    @if instagram { button type="button" data-attach="story" { "Mention in a story" } }
                }
            }
            label class="hidden" for="text" { "Message" }
            input id="text" name="text" type="text" dir="auto" autocomplete="off" placeholder="Message" enterkeyhint="send";
            button type="submit" class="send" aria-label="Send" { span aria-hidden="true" { "➤" } }
        }
    }
}
