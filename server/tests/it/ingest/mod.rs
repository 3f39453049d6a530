//! From Meta's request to what people see.

mod accepted;
mod applied;
mod commit;
mod deliveries;
mod handshake;
mod isolated;
mod large;
mod odd;
mod order;
mod outages;
mod own_apps;
mod panics;
mod people;
mod quarantine;
mod refused;
mod slow;
mod storm;
mod wire;
mod worker;

/// A webhook as Meta sends them.
const BODY: &str = r#"{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"text":"\u00e9 \/ \ud83d\ude00"}]}]}"#;
