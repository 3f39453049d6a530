//! Everything that fuzzing found worth keeping holds, in each test run and not only while fuzzing (`make fuzz`).

#![allow(clippy::print_stdout, reason = "the output of a failed test names the file")]

use std::path::Path;

#[path = "../../../fuzz/checks.rs"]
mod checks;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        // Named in the output when the check panics.
        println!("{}", file.display());
        check(&std::fs::read(&file).unwrap());
        count += 1;
    }
    assert!(count > 0, "no corpus of {target}");
}

#[test]
fn signature_header() {
    replay("signature_header", checks::signature_header);
}

#[test]
fn webhook_body() {
    replay("webhook_body", checks::webhook_body);
}

#[test]
fn signed_request() {
    replay("signed_request", checks::signed_request);
}

#[test]
fn callback_query() {
    replay("callback_query", checks::callback_query);
}
