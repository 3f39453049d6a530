//! The command line.

use std::{error::Error, path::PathBuf};

use clap::{Parser, Subcommand};
use server::config::{EventsSettings, MailSettings, MetaSettings, ServeSettings, StorageSettings, VaultSettings};

use crate::{admin, demo, doctor, health, log, serve, settings::Setting, simulate};

/// What a command ends with when it fails: a sentence for the person at the terminal.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Attaché: a self-hosted, multi-tenant connection desk for Meta business assets.
#[derive(Debug, Parser)]
#[command(name = "attache", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) log: log::LogSettings,
    /// A file of settings: TOML, with the names of the flags as keys. The environment and flags go before it.
    #[arg(long, env = "ATTACHE_SETTINGS", global = true, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the product.
    Serve(Box<ServeArgs>),
    /// Serve the product together with a Meta simulator and sample people; prints what to open and how to sign in.
    Demo(demo::DemoArgs),
    /// Serve the Meta simulator alone.
    Simulator(simulate::SimulatorArgs),
    /// Check the installation: Meta app, webhooks, database, keys, disk, clock. Fails when something is wrong.
    Doctor(Box<doctor::DoctorArgs>),
    /// Bring the database schema up to date and stop.
    Migrate(StorageArgs),
    /// Ask a running product whether it is ready; for container health checks.
    Healthcheck(health::HealthArgs),
    /// Manage people and keys.
    Admin(admin::AdminArgs),
}

/// The settings of `serve`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) serve: ServeSettings,
    #[command(flatten)]
    pub(crate) storage: StorageSettings,
    #[command(flatten)]
    pub(crate) vault: VaultSettings,
    #[command(flatten)]
    pub(crate) meta: MetaSettings,
    #[command(flatten)]
    pub(crate) mail: MailSettings,
    #[command(flatten)]
    pub(crate) events: EventsSettings,
    /// Print one line of JSON when ready.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The settings of commands that only need storage.
#[derive(Debug, clap::Args)]
pub(crate) struct StorageArgs {
    #[command(flatten)]
    pub(crate) storage: StorageSettings,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Cli {
    /// Runs the command. `effective` are its settings, for the one that shows them.
    pub(crate) async fn run(self, effective: Vec<Setting>) -> Result<(), Failure> {
        if let Some(file) = &self.settings {
            tracing::debug!(file = %file.display(), "settings were read from a file");
        }
        match self.command {
            Command::Serve(args) => serve::run(*args).await,
            Command::Demo(args) => demo::run(args).await,
            Command::Simulator(args) => simulate::run(args).await,
            Command::Doctor(args) => doctor::run(*args).await,
            Command::Migrate(args) => admin::migrate(args).await,
            Command::Healthcheck(args) => health::run(args).await,
            Command::Admin(args) => admin::run(args, effective).await,
        }
    }
}

/// A failure of the product in its three sentences.
pub(crate) fn in_words(error: server::error::Error) -> Failure {
    let told = error.explain().told(server::words::Language::En);
    // What is inside is for whoever reads the log; here that is the person at the terminal.
    match error {
        server::error::Error::Internal(source) => source,
        _ => format!("{} {} {}", told.what, told.why, told.todo).into(),
    }
}

/// Prints to the terminal.
#[allow(clippy::print_stdout, reason = "commands answer on standard output")]
pub(crate) fn print_line(text: &str) {
    println!("{text}");
}

/// Says why a command failed.
#[allow(clippy::print_stderr, reason = "the person at the terminal reads it here")]
pub(crate) fn print_error(error: &(dyn Error + Send + Sync)) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}
