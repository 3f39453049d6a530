//! `attache simulator`, run as people run it: with a world of their own from a file.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a harness outside of the product")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

/// A running simulator.
struct Simulator {
    child: Child,
    /// Host and port.
    address: String,
}

fn simulator(world: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["simulator", "--json", "--addr", "127.0.0.1:0", "--world"]).arg(world);
    command
}

impl Simulator {
    fn start(world: &Path) -> Self {
        let mut child = simulator(world).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("it said {line:?}"));
        let address = ready["url"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What it says when it does not start.
fn refused(world: &Path) -> String {
    let Output { status, stdout, stderr } = simulator(world).output().unwrap();
    assert!(!status.success() && stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    String::from_utf8(stderr).unwrap()
}

#[test]
fn a_world_from_a_file_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.json");
    let world = json!({
        "name": "own",
        "people": [{"id": "10215550009990001", "name": "Ada"}],
        "pages": [{"id": "110220330990001", "name": "A Page of a file"}],
    });
    std::fs::write(&file, world.to_string()).unwrap();
    let running = Simulator::start(&file);
    let served = running.get("/_sim/world");
    assert_eq!((&served["name"], &served["pages"][0]["name"]), (&json!("own"), &json!("A Page of a file")));
    assert_eq!(served["people"][0]["id"], "10215550009990001");
}

#[test]
fn a_file_that_is_no_world_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere.json");
    assert!(refused(&nowhere).contains("nowhere.json"));
    for (name, text) in [
        ("unknown.json", r#"{"pagez":[]}"#),
        ("dangling.json", r#"{"pages":[{"id":"1","name":"Page","instagram":"404"}]}"#),
        ("cut.json", r#"{"pages":["#),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let said = refused(&file);
        assert!(said.contains(name), "{said}");
    }
}
