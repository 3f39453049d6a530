//! Nothing is dropped, whatever is in a body.

use proptest::{prelude::*, sample::Index, test_runner::Config};
use serde_json::{Value, json};
use server::meta::webhook::{Event, Happening, Unreadable, read};

use super::{RECEIVED, samples};

/// What a list holds; one thing alone counts as a list of it.
fn list<'a>(of: &'a Value, key: &str) -> Vec<&'a Value> {
    match &of[key] {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

/// Something that must be found again: as a whole, or else in all of its parts.
struct Item<'a> {
    whole: &'a Value,
    parts: Vec<&'a Value>,
    /// How many events there must be of it at least.
    least: usize,
}

impl<'a> Item<'a> {
    fn alone(whole: &'a Value) -> Self {
        Self { whole, parts: Vec::new(), least: 1 }
    }

    fn is_in(&self, pieces: &[Value]) -> bool {
        let kept = |piece: &Value| pieces.iter().any(|kept| holds(kept, piece));
        kept(self.whole) || (!self.parts.is_empty() && self.parts.iter().all(|part| kept(part)))
    }
}

fn items(body: &Value) -> Vec<Item<'_>> {
    let envelopes = body.as_array().map_or_else(|| vec![body], |envelopes| envelopes.iter().collect());
    let entries =
        envelopes.iter().flat_map(|envelope| list(envelope, "entry").into_iter().map(move |e| (*envelope, e)));
    entries.flat_map(|(envelope, entry)| items_of_entry(envelope, entry)).collect()
}

fn items_of_entry<'a>(envelope: &'a Value, entry: &'a Value) -> Vec<Item<'a>> {
    let messaging = [list(entry, "messaging"), list(entry, "standby")].concat();
    let mut found: Vec<Item<'a>> = messaging.into_iter().map(Item::alone).collect();
    for change in list(entry, "changes") {
        let parts = items_of_value(if change["value"].is_null() { change } else { &change["value"] });
        let whatsapp = envelope["object"] == "whatsapp_business_account";
        let least = if whatsapp { parts.len().max(1) } else { 1 };
        found.push(Item { whole: change, parts, least });
    }
    if found.is_empty() { vec![Item::alone(entry)] } else { found }
}

fn items_of_value(value: &Value) -> Vec<&Value> {
    if value["sender"].is_object() {
        // A messaging item in a change: the dashboard's test.
        return vec![value];
    }
    let keys = ["messages", "statuses", "errors", "message_echoes", "state_sync", "user_preferences", "calls"];
    let mut found: Vec<&Value> = keys.iter().flat_map(|key| list(value, key)).collect();
    for chunk in list(value, "history") {
        let (errors, threads) = (list(chunk, "errors"), list(chunk, "threads"));
        found.extend(if errors.is_empty() && threads.is_empty() { vec![chunk] } else { errors });
        for thread in threads {
            let messages = list(thread, "messages");
            found.extend(if messages.is_empty() { vec![thread] } else { messages });
        }
    }
    found
}

fn holds(whole: &Value, piece: &Value) -> bool {
    whole == piece
        || match whole {
            Value::Array(items) => items.iter().any(|item| holds(item, piece)),
            Value::Object(fields) => fields.values().any(|field| holds(field, piece)),
            _ => false,
        }
}

fn assert_nothing_is_dropped(body: &Value) {
    let items = items(body);
    let events = match read(body.to_string().as_bytes(), RECEIVED) {
        Ok(events) => events,
        Err(Unreadable::NoEntry) => {
            assert!(items.is_empty(), "{body}");
            return;
        }
        Err(other) => panic!("{other}: {body}"),
    };
    let least: usize = items.iter().map(|item| item.least).sum();
    assert!(events.len() >= least, "{} events instead of {least}: {body}", events.len());
    let pieces: Vec<Value> = events.iter().map(|event| event.raw.to_json()).collect();
    for item in items {
        assert!(item.is_in(&pieces), "{} is lost in {body}", item.whole);
    }
    events.iter().for_each(assert_is_usable);
}

/// What whoever stores events may count on.
fn assert_is_usable(event: &Event) {
    let told = |with: &server::meta::webhook::Participant, thread: &Option<String>| {
        assert!(!with.identities.is_empty() || thread.is_some(), "nobody and nowhere: {event:?}");
        assert!(with.identities.iter().all(|identity| !identity.value.is_empty()), "{event:?}");
    };
    match &event.what {
        Happening::Message(content) => {
            assert!(!content.id.is_empty() && !content.kind.is_empty(), "{event:?}");
            assert!(content.text.iter().all(|text| !text.contains('\0')), "{event:?}");
            if content.direction == server::meta::webhook::Direction::In {
                let alone = content.with.identities.is_empty() && content.thread.is_none();
                assert!(!alone, "a message of nobody: {event:?}");
            }
        }
        Happening::Status { message, to, thread, .. } => {
            assert!(!message.is_empty());
            told(to, thread);
        }
        Happening::Notice { kind, sentence } => assert!(!kind.is_empty() && sentence.ends_with('.'), "{event:?}"),
        Happening::Unknown { kind } => assert!(!kind.is_empty()),
        _ => {}
    }
    assert!((1..=253_402_300_799_999).contains(&event.at.as_millis()), "{event:?}");
}

/// What is done to one place of a body.
#[derive(Debug, Clone)]
enum Harm {
    Replace(Value),
    Remove,
    Wrap,
    Repeat,
    Retype,
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|quarters| json!(f64::from(quarters) / 4.0)),
        any::<String>().prop_map(Value::from),
        Just(json!("0")),
        Just(json!("\0")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,8}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

fn any_harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        3 => any_json().prop_map(Harm::Replace),
        2 => Just(Harm::Remove),
        1 => Just(Harm::Wrap),
        1 => Just(Harm::Repeat),
        2 => Just(Harm::Retype),
    ]
}

/// Paths to every place of a value.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => (0..items.len()).for_each(|i| places(&items[i], &format!("{at}/{i}"), into)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| places(field, &format!("{at}/{key}"), into)),
        _ => {}
    }
    into.push(at.to_owned());
}

fn harm(body: &mut Value, place: &Index, harm: Harm) {
    let mut all = Vec::new();
    places(body, "", &mut all);
    let place: &String = place.get(&all);
    let Some(target) = body.pointer_mut(place) else { return };
    *target = match (harm, target.take()) {
        (Harm::Replace(other), _) => other,
        (Harm::Remove, _) => Value::Null,
        (Harm::Wrap, old) => json!([old]),
        (Harm::Repeat, Value::Array(items)) => Value::Array([items.clone(), items].concat()),
        (Harm::Repeat, old) => json!([old, old]),
        (Harm::Retype, Value::String(text)) => text.parse::<i64>().map_or_else(|_| json!(text.len()), Value::from),
        (Harm::Retype, Value::Number(number)) => Value::from(number.to_string()),
        (Harm::Retype, Value::Object(fields)) => fields.into_iter().map(|(_, field)| field).collect(),
        (Harm::Retype, old) => Value::from(old.to_string()),
    };
}

#[test]
fn every_item_of_every_sample_is_an_event() {
    for (_, body) in samples() {
        assert_nothing_is_dropped(&serde_json::from_slice(&body).unwrap());
    }
}

proptest! {
    #![proptest_config(Config { cases: 1000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn no_harm_to_a_body_loses_an_item(
        sample in any::<Index>(),
        harms in prop::collection::vec((any::<Index>(), any_harm()), 1..6),
    ) {
        let samples = samples_once();
        let mut body = sample.get(samples).clone();
        for (place, what) in harms {
            harm(&mut body, &place, what);
        }
        assert_nothing_is_dropped(&body);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, RECEIVED);
    }
}

fn samples_once() -> &'static [Value] {
    static SAMPLES: std::sync::OnceLock<Vec<Value>> = std::sync::OnceLock::new();
    SAMPLES.get_or_init(|| samples().iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect())
}
