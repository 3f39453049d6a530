//! From Meta's request to what people see.

mod accepted;
mod applied;
mod isolated;
mod people;
mod quarantine;
