//! `attache doctor`: the checks of the set-up page and of the machine, in the terminal.

use std::path::Path;

use serde_json::json;
use server::{
    db::DatabaseUrl,
    setup::{self, Check, Disk, Group, State},
};

use crate::{
    commands::{Failure, ServeArgs, in_words, print_line},
    compose::{self, NoKeyFile, Understood},
};

/// The settings of the product that is checked.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    product: ServeArgs,
}

/// Prints every check; fails when one is wrong.
pub(crate) async fn run(args: DoctorArgs) -> Result<(), Failure> {
    let as_json = args.product.json;
    let checks = checks(args.product).await?;
    let wrong = checks.iter().filter(|check| check.state == State::Wrong).count();
    if as_json {
        print_line(&json!({ "ok": wrong == 0, "checks": checks }).to_string());
    } else {
        print(&checks);
    }
    match wrong {
        0 => Ok(()),
        1 => Err("1 check found something wrong".into()),
        wrong => Err(format!("{wrong} checks found something wrong").into()),
    }
}

/// Looks, and changes nothing but the record of what Meta answered: an older schema stays as it is.
async fn checks(mut args: ServeArgs) -> Result<Vec<Check>, Failure> {
    let understood = Understood::read(&args, args.serve.addr)?;
    if let DatabaseUrl::Sqlite(path) = args.storage.database()?
        && !path.exists()
    {
        return Err(format!(
            "There is no database at {} yet. `attache serve` makes it; give `doctor` the same settings as `serve`.",
            path.display()
        )
        .into());
    }
    args.storage.no_migrate = true;
    let db = match compose::try_open_database(&args.storage).await? {
        Ok(db) => db,
        Err(error) => return Ok(vec![setup::database_check(Err(&error))]),
    };
    let services = understood.over(&args, db, NoKeyFile::Refuse).await?;
    services.load_apps().await.map_err(in_words)?;
    let disk = disk(&args.storage.data_dir);
    let mut checks = setup::doctor(&services).await.map_err(in_words)?;
    checks.extend(setup::machine_checks(&services, disk.as_ref()).await.map_err(in_words)?);
    services.close().await;
    Ok(checks)
}

/// The disk of the data folder; none when there is no such folder, as with PostgreSQL.
fn disk(folder: &Path) -> Option<Disk> {
    folder.is_dir().then(|| Disk { folder: folder.to_owned(), free: fs4::available_space(folder).ok() })
}

fn print(checks: &[Check]) {
    let mut before = None;
    for check in checks {
        if before.replace(check.group) != Some(check.group) {
            print_line(&format!("\n{}", title(check.group)));
        }
        let word = match check.state {
            State::Proven => "proven",
            State::Wrong => "WRONG",
            State::Waiting => "waiting",
            State::Yourself => "look",
        };
        print_line(&format!("  {word:8} {}", check.what));
        for more in [&check.why, &check.todo].into_iter().filter(|more| !more.is_empty()) {
            print_line(&format!("           {more}"));
        }
    }
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    print_line(&format!(
        "\n{} proven, {} wrong, {} waiting, {} to look at yourself in Meta's dashboard: its API does not tell.",
        count(State::Proven),
        count(State::Wrong),
        count(State::Waiting),
        count(State::Yourself)
    ));
}

fn title(group: Group) -> &'static str {
    match group {
        Group::App => "The Meta app",
        Group::Webhooks => "Webhooks",
        Group::Login => "Login with Meta",
        Group::Addresses => "Addresses in Meta's dashboard",
        Group::Access => "What Meta decides",
        Group::Businesses => "Businesses' own apps",
        Group::Machine => "This installation",
    }
}
