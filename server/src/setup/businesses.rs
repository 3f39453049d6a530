//! The apps that are businesses' own, as whoever runs the installation sees them: how many have a problem, and which.

use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::{
    answers::ask_meta,
    check::{Check, Group, State},
    view::checks_of,
};
use crate::{apps::App, db::tenants, error::Result, services::Services};

/// How many apps Meta is asked about at once.
const AT_ONCE: usize = 4;
/// How many apps with a problem are named.
const NAMED: usize = 20;

/// Asks Meta about every business's own app, and says which have a problem; `None` where no business has one. What is wrong
/// with them is for the business to set right, so it is never wrong of the installation.
///
/// # Errors
/// When the database fails.
pub(super) async fn check(services: &Services) -> Result<Option<Check>> {
    const NAME: &str = "own_apps.checks";
    let own: Vec<_> = services.apps().in_use().into_iter().filter(|app| app.owner.is_some()).collect();
    if own.is_empty() {
        return Ok(None);
    }
    let count = own.len();
    let asked: Vec<_> = own.iter().map(|app| problems(services, app)).collect();
    let found: Vec<Option<String>> = stream::iter(asked).buffered(AT_ONCE).try_collect().await?;
    let troubled: Vec<String> = found.into_iter().flatten().collect();
    let apps = |count| if count == 1 { "1 business has".to_owned() } else { format!("{count} businesses have") };
    let what = format!("{} a Meta app of their own", apps(count));
    if troubled.is_empty() {
        return Ok(Some(Check::proven(NAME, Group::Businesses, what).why("Nothing is wrong with them.")));
    }
    let more = troubled.len().saturating_sub(NAMED);
    let mut why = troubled.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" ");
    if more > 0 {
        why.push_str(&format!(" And {more} more."));
    }
    let what = format!("{what}, and {} of them a problem", troubled.len());
    let todo = "Their owners and admins see what to do on their page Meta app.";
    Ok(Some(Check::waiting(NAME, Group::Businesses, what).why(why).todo(todo)))
}

/// What is wrong with one app, in a sentence; `None` when nothing is.
async fn problems(services: &Services, app: &App) -> Result<Option<String>> {
    ask_meta(services, app).await?;
    let checks = checks_of(services, Some(app)).await?.1;
    let wrong: Vec<&str> =
        checks.iter().filter(|check| check.state == State::Wrong).map(|check| check.what.as_str()).collect();
    let Some(owner) = app.owner.as_ref().filter(|_| !wrong.is_empty()) else { return Ok(None) };
    let name = tenants::get(services.db(), owner).await?.map_or_else(|| owner.to_string(), |tenant| tenant.name);
    Ok(Some(format!("{name}, App ID {}: {}.", app.login.app.app_id, wrong.join("; "))))
}
