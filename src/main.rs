//! The one binary: commands and nothing else.

mod admin;
mod commands;
mod compose;
mod demo;
mod health;
mod log;
mod serve;
mod simulate;
mod site;
mod tls;
mod web;

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = commands::Cli::parse();
    // Both TLS stacks are told once which cryptography to use; a second telling changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    log::init(&cli.log);
    match cli.run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::print_error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}
