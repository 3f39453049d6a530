//! Events in a few lines, for snapshots.

use std::fmt::Write as _;

use server::meta::webhook::{Attachment, Content, Event, Happening, Participant};

/// Events as a person would want to read them; what is missing is left out.
pub(crate) fn describe(events: &[Event]) -> String {
    events.iter().map(event).collect::<Vec<_>>().join("\n")
}

fn event(event: &Event) -> String {
    let about: Vec<String> = event.about.iter().map(|(kind, id)| format!("{kind:?} {id}")).collect();
    let mut lines = format!("{:?} about [{}]\n", event.at, about.join(", "));
    match &event.what {
        Happening::Message(content) => message(&mut lines, content),
        Happening::Status { message, status, to, thread, error } => {
            line(&mut lines, &format!("{status:?} {message} to {}", person(to)));
            optional(&mut lines, "thread", thread.as_ref());
            optional(&mut lines, "error", error.as_ref());
        }
        Happening::Watermark { with, reach, through } => {
            line(&mut lines, &format!("{reach:?} through {through:?} by {}", person(with)));
        }
        Happening::Reaction { message, with, by, thread, emoji } => {
            line(&mut lines, &format!("Reaction {emoji:?} {by:?} to {message} with {}", person(with)));
            optional(&mut lines, "thread", thread.as_ref());
        }
        Happening::Edit { message, with, by, thread, text, number } => {
            line(&mut lines, &format!("Edit {number} {by:?} of {message} with {}", person(with)));
            optional(&mut lines, "thread", thread.as_ref());
            optional(&mut lines, "text", text.as_ref());
        }
        Happening::Unsend { message, with, by, thread } => {
            line(&mut lines, &format!("Unsend {by:?} of {message} with {}", person(with)));
            optional(&mut lines, "thread", thread.as_ref());
        }
        Happening::Contact(participant) => line(&mut lines, &format!("Contact {}", person(participant))),
        Happening::SamePerson(participant) => line(&mut lines, &format!("SamePerson {}", person(participant))),
        Happening::Notice { kind, sentence } => line(&mut lines, &format!("Notice {kind}: {sentence}")),
        Happening::Grant { user, sentence } => line(&mut lines, &format!("Grant of {user}: {sentence}")),
        Happening::Unknown { kind } => line(&mut lines, &format!("Unknown {kind}: {}", event.raw)),
    }
    lines
}

fn message(lines: &mut String, content: &Content) {
    let Content { id, direction, with, thread, kind, text, reply_to, attachments, detail, status } = content;
    line(lines, &format!("Message {direction:?} {kind} {id} with {}", person(with)));
    optional(lines, "thread", thread.as_ref());
    optional(lines, "text", text.as_ref());
    optional(lines, "reply to", reply_to.as_ref());
    for attachment in attachments {
        let Attachment { kind, media_id, url, mime_type, sha256, filename, detail } = attachment;
        line(lines, &format!("  attachment {kind}"));
        let texts = [("media id", media_id), ("url", url), ("type", mime_type), ("sha256", sha256), ("file", filename)];
        texts.into_iter().for_each(|(name, text)| optional(lines, &format!("  {name}"), text.as_ref()));
        optional(lines, "  detail", detail.as_ref());
    }
    optional(lines, "detail", detail.as_ref());
    optional(lines, "status", status.map(|status| format!("{status:?}")).as_ref());
}

fn person(person: &Participant) -> String {
    let ids = person.identities.iter().map(|id| {
        let scope = if id.scope.is_empty() { String::new() } else { format!("@{}", id.scope) };
        format!("{:?}:{}{scope}", id.kind, id.value)
    });
    let name = person.name.iter().map(|name| format!("“{name}”"));
    let username = person.username.iter().map(|username| format!("@{username}"));
    let phone = person.phone.iter().map(|phone| format!("tel:{phone}"));
    let words: Vec<String> = ids.chain(name).chain(username).chain(phone).collect();
    if words.is_empty() { "nobody".to_owned() } else { words.join(" ") }
}

fn line(lines: &mut String, text: &str) {
    writeln!(lines, "  {text}").unwrap();
}

fn optional(lines: &mut String, name: &str, value: Option<&impl ToString>) {
    if let Some(value) = value {
        line(lines, &format!("  {name}: {}", value.to_string()));
    }
}
