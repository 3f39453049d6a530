//! The one binary: commands and nothing else.

mod admin;
mod commands;
mod compose;
mod demo;
mod doctor;
mod health;
mod listening;
mod log;
mod serve;
mod settings;
mod simulate;
mod site;
mod tls;
mod web;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let started = match settings::start() {
        Ok(started) => started,
        Err(error) => {
            commands::print_error(error.as_ref());
            return ExitCode::FAILURE;
        }
    };
    // Both TLS stacks are told once which cryptography to use; a second telling changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    log::init(&started.cli.log);
    match started.cli.run(started.effective).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::print_error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}
