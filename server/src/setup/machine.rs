//! The machine that Attaché runs on: database, keys, disk, backlog. For `attache doctor`.

use std::path::PathBuf;

use super::check::{Check, Group, State};
use crate::{db::OpenError, error::Result, ingest, installation, services::Services, vault};

/// From so many bytes free on it is said, and below so many it is wrong.
const LITTLE: u64 = 2 * 1024 * 1024 * 1024;
const TOO_LITTLE: u64 = 256 * 1024 * 1024;
/// From so many waiting deliveries on it is said.
const BACKLOG: i64 = 1_000;

/// The room on the disk of the data folder.
#[derive(Debug, Clone)]
pub struct Disk {
    /// The data folder.
    pub folder: PathBuf,
    /// How many bytes are free; `None` when that cannot be told.
    pub free: Option<u64>,
}

/// Whether the database could be opened; `opened` is what came of it.
pub fn database_check(opened: std::result::Result<&str, &OpenError>) -> Check {
    const NAME: &str = "machine.database";
    match opened {
        Ok(kind) => Check::proven(NAME, Group::Machine, format!("The database answers, {kind}"))
            .why("Its schema is the one that this version needs."),
        Err(error @ (OpenError::Stale | OpenError::Newer | OpenError::Migrate(_))) => {
            let todo = match error {
                OpenError::Stale => "Run `attache migrate`, or start `attache serve`, which does it.",
                OpenError::Newer => "Start the newer version, or restore a backup of the older schema.",
                _ => "Restore a backup, or undo what was changed by hand.",
            };
            Check::wrong(NAME, Group::Machine, "The database schema is not the one that this version needs")
                .why(error.to_string())
                .todo(todo)
        }
        Err(error) => Check::wrong(NAME, Group::Machine, "The database cannot be opened")
            .why(error.to_string())
            .todo("Look at DATABASE_URL or the data folder, and whether the server runs."),
    }
}

/// What is checked of the machine once the database is open.
///
/// # Errors
/// When the database fails.
pub async fn machine_checks(services: &Services, disk: Option<&Disk>) -> Result<Vec<Check>> {
    let mut checks = vec![database_check(Ok(installation::database_kind(services))), keys(services).await?];
    checks.extend(disk.map(room));
    checks.push(backlog(services).await?);
    Ok(checks)
}

/// Whether the keys open what is sealed.
async fn keys(services: &Services) -> Result<Check> {
    const NAME: &str = "machine.keys";
    match vault::check_keys(services.db(), services.vault()).await {
        Ok(()) => Ok(Check::proven(NAME, Group::Machine, "The encryption keys open what is sealed")
            .why("One value of each key that is in use was opened.")),
        Err(crate::error::Error::Conflict(why)) => Ok(Check::told(NAME, Group::Machine, State::Wrong, &why)),
        Err(error) => Err(error),
    }
}

fn room(disk: &Disk) -> Check {
    const NAME: &str = "machine.disk";
    let folder = disk.folder.display();
    let Some(free) = disk.free else {
        return Check::waiting(NAME, Group::Machine, "How much room the disk has cannot be told")
            .why(format!("The data folder is {folder}."));
    };
    let what = format!("{} free on the disk of the data folder", in_words(free));
    let check = match free {
        LITTLE.. => return Check::proven(NAME, Group::Machine, what).why(format!("It is {folder}.")),
        TOO_LITTLE.. => Check::waiting(NAME, Group::Machine, what),
        _ => Check::wrong(NAME, Group::Machine, what),
    };
    check
        .why(format!(
            "It is {folder}. On a full disk no webhook can be stored: Meta sends them again for a few days only."
        ))
        .todo("Make room, or keep deliveries for fewer days with ATTACHE_KEEP_DELIVERIES_DAYS.")
}

fn in_words(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    match bytes / MIB {
        mib @ 10_240.. => format!("{} GiB", mib / 1024),
        mib => format!("{mib} MiB"),
    }
}

async fn backlog(services: &Services) -> Result<Check> {
    const NAME: &str = "machine.backlog";
    let waiting = ingest::backlog(services).await?;
    if waiting < BACKLOG {
        return Ok(
            Check::proven(NAME, Group::Machine, "Webhooks are applied as they come").why(format!("{waiting} wait."))
        );
    }
    Ok(Check::waiting(NAME, Group::Machine, format!("{waiting} webhooks are stored and not applied yet"))
        .why("They come faster than they are applied, or no `attache serve` runs.")
        .todo("Look whether `attache serve` runs, and at its log."))
}
