//! `kill -9` at random moments under load, on both databases: every webhook that was answered 200 is in the journal
//! exactly once, and every effect exists exactly once.
//!
//! A few rounds run with the other tests; `make crash` runs fifty on each database. `CRASH_ROUNDS` sets the number and
//! `CRASH_SEED` repeats the moments of a run that failed.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a harness outside of the product"
)]

mod database;
mod installation;
mod load;
mod verdict;

use database::Database;
use installation::Installation;
use load::Load;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// How many connections send at once.
const CONNECTIONS: usize = 16;
/// The most answers before the process is killed.
const MOST_ANSWERS: usize = 600;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    rounds(Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    if let Some(database) = Database::postgres() {
        rounds(database).await;
    }
}

async fn rounds(database: Database) {
    let rounds = number("CRASH_ROUNDS").unwrap_or(3);
    let seed = number("CRASH_SEED").unwrap_or_else(|| rand::rng().random_range(0..u64::from(u32::MAX)));
    eprintln!("{rounds} rounds with CRASH_SEED={seed}");
    let mut moments = StdRng::seed_from_u64(seed);
    let installation = Installation::new(database);
    installation.prepare().await;

    let mut load = Load::new();
    for round in 1..=rounds {
        let mut process = installation.start().await;
        let answers = moments.random_range(0..MOST_ANSWERS);
        let before = load.answered();
        load.send_until_killed(&mut process, CONNECTIONS, answers).await;
        eprintln!("round {round}: killed after {} answers", load.answered() - before);
    }
    assert!(load.answered() > 0, "no round got as far as an answer");

    let mut process = installation.start().await;
    installation.everything_applied().await;
    verdict::acknowledged_is_kept_once(&installation, &load).await;
    verdict::effects_exist_once(&installation).await;

    // Meta sends again what it got no answer for, and sometimes what it did.
    load.send_everything_again(&process, CONNECTIONS).await;
    installation.everything_applied().await;
    verdict::every_message_is_there(&installation, &load).await;
    verdict::effects_exist_once(&installation).await;
    process.kill().await;
    installation.remove();
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}
