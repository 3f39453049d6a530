//! The envelope: object, entries, and in them changes and messaging items (Meta reference §7.3).

use serde_json::Value;

use super::{
    event::Event,
    events::{Events, Read},
    grants, instagram,
    lenient::{hint, list, moment, word},
    messaging::Platform,
    page,
    scene::Scene,
    unreadable::Unreadable,
    whatsapp,
};
use crate::{asset_kind::AssetKind, clock::Timestamp};

/// One change, wherever its parts stood.
pub(super) struct Change<'a> {
    /// Meta's name of what changed.
    pub(super) field: &'a str,
    /// What it is now.
    pub(super) value: &'a Value,
    /// Both, as they came.
    pub(super) raw: &'a Value,
}

/// Every event of every entry.
pub(super) fn read(body: &Value, received: Timestamp) -> Result<Vec<Event>, Unreadable> {
    // The documentation's own page wraps one layout in a list (§7.5).
    let envelopes = match body {
        Value::Array(envelopes) => envelopes.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut events = Events::default();
    for envelope in envelopes {
        for entry in list(envelope, "entry") {
            read_entry(envelope, entry, received, &mut events)?;
        }
    }
    events.finish()
}

fn read_entry(envelope: &Value, entry: &Value, received: Timestamp, out: &mut Events) -> Read {
    let scene = Scene::new(moment(entry, "time").unwrap_or(received));
    let before = out.len();
    match object_of(envelope, entry) {
        "page" => read_social(Platform::Page, entry, &scene, out)?,
        "instagram" => read_social(Platform::Instagram, entry, &scene, out)?,
        "whatsapp_business_account" => read_whatsapp(envelope, entry, &scene, out)?,
        "permissions" | "user" => grants::read(entry, &scene, out)?,
        other => read_foreign(other, entry, &scene, out)?,
    }
    if out.len() == before {
        let scene = scene_of_entry(object_of(envelope, entry), entry, &scene);
        out.push(scene.unknown("entry", entry))?;
    }
    Ok(())
}

/// Messaging items, standby items and changes of a Page or an Instagram account.
fn read_social(platform: Platform, entry: &Value, scene: &Scene, out: &mut Events) -> Read {
    for (key, standby) in [("messaging", false), ("standby", true)] {
        for item in list(entry, key) {
            platform.read_item(entry, item, standby, scene, out)?;
        }
    }
    for change in changes(&Value::Null, entry) {
        if platform.is_item(&change) {
            // So the dashboard's "Test" button sends messages.
            platform.read_item(entry, change.value, false, scene, out)?;
            continue;
        }
        let scene = scene.about([(platform.asset(), hint(entry, "id"))]);
        match platform {
            Platform::Page => page::read_change(&change, &scene, out)?,
            Platform::Instagram => instagram::read_change(&change, &scene, out)?,
        }
    }
    Ok(())
}

fn read_whatsapp(envelope: &Value, entry: &Value, scene: &Scene, out: &mut Events) -> Read {
    for change in changes(envelope, entry) {
        whatsapp::read_change(&change, hint(entry, "id"), scene, out)?;
    }
    let scene = scene.about([(AssetKind::WhatsappAccount, hint(entry, "id"))]);
    keep_items(entry, &["messaging", "standby"], &scene, out)
}

/// An object that Attaché does not know: all of it is kept.
fn read_foreign(object: &str, entry: &Value, scene: &Scene, out: &mut Events) -> Read {
    for change in changes(&Value::Null, entry) {
        out.push(scene.unknown(format!("object={object}.field={}", change.field), change.raw))?;
    }
    keep_items(entry, &["messaging", "standby"], scene, out)
}

fn keep_items(entry: &Value, keys: &[&str], scene: &Scene, out: &mut Events) -> Read {
    keys.iter().try_for_each(|key| out.extend(list(entry, key).iter().map(|item| scene.unknown(*key, item))))
}

fn scene_of_entry(object: &str, entry: &Value, scene: &Scene) -> Scene {
    let kind = match object {
        "page" => AssetKind::FacebookPage,
        "instagram" => AssetKind::InstagramAccount,
        "whatsapp_business_account" => AssetKind::WhatsappAccount,
        _ => return scene.clone(),
    };
    scene.about([(kind, hint(entry, "id"))])
}

/// The changes of an entry: in `changes`, or directly on it (§7.5). Meta's samples have `field` at odd levels (§7.6.3),
/// so it is looked for outward.
fn changes<'a>(envelope: &'a Value, entry: &'a Value) -> Vec<Change<'a>> {
    let field_of = |change: &'a Value| {
        let places = [change, &change["value"], entry, envelope];
        places.into_iter().map(|place| word(place, "field")).find(|field| !field.is_empty()).unwrap_or_default()
    };
    let mut changes: Vec<Change<'a>> = list(entry, "changes")
        .iter()
        .map(|raw| {
            // A change without `value` is taken for the value itself.
            let value = if raw["value"].is_null() { raw } else { &raw["value"] };
            Change { field: field_of(raw), value, raw }
        })
        .collect();
    if !entry["value"].is_null() {
        changes.push(Change { field: field_of(entry), value: &entry["value"], raw: entry });
    }
    changes
}

/// What the entry belongs to. Where `object` is missing or misplaced, what is in the entry decides.
fn object_of<'a>(envelope: &'a Value, entry: &'a Value) -> &'a str {
    let first = list(entry, "changes").first().unwrap_or(&Value::Null);
    let places = [envelope, entry, first, &first["value"]];
    let named = places.into_iter().map(|place| word(place, "object")).find(|object| !object.is_empty());
    named.unwrap_or_else(|| {
        let value = if first["value"].is_null() { &entry["value"] } else { &first["value"] };
        if value["messaging_product"] == "whatsapp" || value["waba_info"].is_object() {
            "whatsapp_business_account"
        } else if !entry["messaging"].is_null() || word(first, "field") == "feed" {
            "page"
        } else {
            ""
        }
    })
}
