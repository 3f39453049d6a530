//! Connecting a business to Meta.

pub mod discover;
