//! Attaché.
fn main() {}
