//! Each sample, and the events that it becomes.

use super::{RECEIVED, describe::describe, samples};

#[test]
fn every_sample_becomes_the_events_of_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, body) in samples() {
            let events = server::meta::webhook::read(&body, RECEIVED).unwrap();
            insta::assert_snapshot!(name.replace('/', "__"), describe(&events));
        }
    });
}
