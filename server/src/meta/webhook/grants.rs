//! Objects `permissions` and `user`: a person changed what the app may do (Meta reference §10).

use serde_json::Value;

use super::{
    event::{Happening, Raw},
    events::{Events, Read},
    lenient::{hint, is_word, list, word},
    scene::{Scene, unknown},
};

pub(super) fn read(entry: &Value, scene: &Scene, out: &mut Events) -> Read {
    let user = hint(entry, "uid").or_else(|| hint(entry, "id"));
    let told = |field: &str, verb: &str| match &user {
        Some(user) => Happening::Grant { user: user.clone(), sentence: sentence(field, verb) },
        None => unknown("permissions"),
    };
    for change in list(entry, "changes") {
        let verb = word(&change["value"], "verb");
        out.push(scene.event(None, told(word(change, "field"), verb), change))?;
    }
    if entry["changes"].is_null() {
        let raw = Raw::from(entry);
        for field in list(entry, "changed_fields") {
            let field = field.as_str().filter(|field| is_word(field)).unwrap_or_default();
            out.push(scene.event(None, told(field, ""), &raw))?;
        }
    }
    Ok(())
}

fn sentence(field: &str, verb: &str) -> String {
    match (verb, field) {
        ("revoke" | "revoked" | "remove", _) => format!("A person took back the permission {field}."),
        ("granted" | "add", _) => format!("A person gave the permission {field}."),
        (_, "") => "A person's permissions changed.".to_owned(),
        _ => format!("A person's {field} changed."),
    }
}
