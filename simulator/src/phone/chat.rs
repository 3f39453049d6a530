//! The conversation as the customer's phone shows it.

use maud::{Markup, html};

use super::choice::Choice;
use crate::clock::timestamp;
use crate::state::{ChatMessage, Progress, State};
use crate::webhooks::Platform;

/// Emoji a message can be answered with.
const REACTIONS: [&str; 5] = ["❤️", "👍", "😂", "😮", "😢"];

/// The line below the business's name.
pub(super) fn presence(state: &State, choice: &Choice) -> Markup {
    let typing = state.conversations.get(&choice.thread()).is_some_and(|thread| state.now() < thread.typing_until);
    html! {
        p id="presence" class="presence" { @if typing { "is typing…" } @else { "Business account" } }
    }
}

/// Every message.
pub(super) fn log(state: &State, choice: &Choice) -> Markup {
    let thread = state.conversations.get(&choice.thread());
    let messages = thread.map(|thread| thread.messages.as_slice()).unwrap_or_default();
    html! {
        div id="log" class="log" role="log" aria-label="Messages" tabindex="0" {
            @if messages.is_empty() {
                p id="m-empty" class="empty" { "No messages yet. Say hello." }
            }
            @for message in messages { (bubble(state, choice, message, messages)) }
        }
    }
}

fn bubble(state: &State, choice: &Choice, message: &ChatMessage, all: &[ChatMessage]) -> Markup {
    let side = if message.from_customer { "mine" } else { "theirs" };
    let failed = message.progress == Progress::Failed;
    let quoted = message.reply_to.as_deref().and_then(|id| all.iter().find(|other| other.id == id));
    html! {
        article id={"m-" (message.id)} class={"line " (side)} data-id=(message.id)
            data-unread[!message.from_customer && message.progress < Progress::Read] {
            span class="hidden" { @if message.from_customer { "You: " } @else { "Business: " } }
            div class={"bubble" @if failed { " failed" } @if message.unsent { " unsent" }} {
                @if let Some(quoted) = quoted { p class="quote" dir="auto" { (short(&quoted.text, &quoted.kind)) } }
                @if message.unsent { p { "Message unsent" } } @else { (contents(state, message)) }
                (reactions(message))
            }
            @if !message.unsent && !failed { (actions(choice, message)) }
            @if !message.unsent { (buttons(choice, message)) }
            (foot(message))
        }
    }
}

fn short(text: &str, kind: &str) -> String {
    let words = if text.is_empty() { kind } else { text };
    words.chars().take(60).collect()
}

fn contents(state: &State, message: &ChatMessage) -> Markup {
    let file = message.media.as_deref().and_then(|id| Some((id, state.files.get(id)?)));
    html! {
        @if let Some((id, file)) = file {
            @let link = format!("/_sim/cdn/{id}/{}", &state.link_hash(id, 0)[..16]);
            @if file.mime.starts_with("image/") && message.kind != "sticker" {
                img class="picture" src=(link) alt="Picture";
            } @else if file.mime.starts_with("audio/") {
                p class="file" { span aria-hidden="true" { "🎤" } " Voice message" }
            } @else if message.kind == "sticker" {
                p class="sticker" role="img" aria-label="Sticker" { "🦊" }
            } @else {
                p class="file" { span aria-hidden="true" { "📎" } " " a href=(link) { (file.name) } }
            }
        }
        @if message.kind == "location" {
            p class="file" { span aria-hidden="true" { "📍" } " " bdi { (message.text) } }
        } @else if message.kind == "postback" {
            p class="pressed" { bdi { (message.text) } }
        } @else if !message.text.is_empty() {
            @if !matches!(message.kind.as_str(), "text" | "interactive" | "template") && file.is_none() {
                p class="kind" { (message.kind) }
            }
            p class="text" dir="auto" { (message.text) }
        }
    }
}

fn reactions(message: &ChatMessage) -> Markup {
    let given = [("You", &message.customer_reaction), ("Business", &message.business_reaction)];
    html! {
        @if given.iter().any(|(_, emoji)| emoji.is_some()) {
            p class="reactions" {
                @for (who, emoji) in given {
                    @if let Some(emoji) = emoji { span role="img" aria-label={(who) " reacted " (emoji)} { (emoji) } }
                }
            }
        }
    }
}

/// What can be done with a message; needs JavaScript.
fn actions(choice: &Choice, message: &ChatMessage) -> Markup {
    let text = message.kind == "text";
    let editable = message.from_customer && text;
    let unsendable = message.from_customer && choice.platform != Platform::Messenger;
    html! {
        details class="acts script" {
            summary aria-label={"Actions for: " (short(&message.text, &message.kind))} { "⋯" }
            div class="menu" {
                div class="emoji" {
                    @for emoji in REACTIONS {
                        @let given = message.customer_reaction.as_deref() == Some(emoji);
                        button type="button" data-act="react" data-emoji=(emoji) aria-pressed=(given) { (emoji) }
                    }
                }
                button type="button" data-act="reply" { "Reply" }
                @if editable { button type="button" data-act="edit" data-text=(message.text) { "Edit" } }
                @if unsendable { button type="button" data-act="unsend" { "Unsend" } }
            }
        }
    }
}

/// Quick replies and buttons of the business.
fn buttons(choice: &Choice, message: &ChatMessage) -> Markup {
    let act = match (choice.platform, message.kind.as_str()) {
        (Platform::Whatsapp, _) if message.buttons.len() > 3 => "list",
        (Platform::Messenger | Platform::Instagram, "template") => "postback",
        _ => "quick",
    };
    html! {
        @if !message.buttons.is_empty() {
            div class="buttons" role="group" aria-label="Answers" {
                @for (title, payload) in &message.buttons {
                    button type="button" data-act=(act) data-title=(title) data-payload=(payload) { bdi { (title) } }
                }
            }
        }
    }
}

fn foot(message: &ChatMessage) -> Markup {
    let time = timestamp(message.at_ms / 1000).strftime("%H:%M").to_string();
    let (ticks, words) = match message.progress {
        Progress::Sent => ("✓", "Sent"),
        Progress::Delivered => ("✓✓", "Delivered: the product answered 200"),
        Progress::Read => ("✓✓", "Read by the business"),
        Progress::Failed => ("!", "Failed"),
    };
    html! {
        p class="foot" {
            @if let Some(problem) = &message.problem {
                strong { "Not delivered. " } (problem) ". A customer would not see this. "
            }
            time { (time) }
            @if message.edits > 0 { " · edited" }
            @if message.from_customer {
                " " span class={"ticks" @if message.progress == Progress::Read { " read" }} role="img"
                    aria-label=(words) title=(words) { (ticks) }
            }
        }
    }
}
