//! Whose turn it is: every connection about once a day, all of them spread over the day.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    connect::subscribe_app,
    db::connections,
    entropy::Entropy,
    error::Result,
    jobs::{self, Asked, Kind},
    services::Services,
};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// How many connections are planned at once.
const PAGE: i64 = 500;

/// Looks where Meta sends the apps' events, and asks for a job for every connection whose turn comes within the next hour, at
/// its moment. Answers how many. Asking twice, or in two processes, makes no second job.
///
/// # Errors
/// When the database fails.
pub async fn plan_upkeep(services: &Services) -> Result<usize> {
    let (db, now) = (services.db(), services.clock().now());
    if !services.apps().any() {
        return Ok(0);
    }
    subscribe_app::look_at_apps(services).await?;
    let (mut after, mut asked) = (None, 0);
    loop {
        let page = connections::list_to_look_after_across_tenants(db, now.plus(HOUR), after.as_ref(), PAGE).await?;
        for turn in &page {
            let Some(at) = turn.look_at.map(Timestamp::from_millis) else {
                let first = first_turn(now, services.entropy());
                connections::update_first_look(db, &turn.tenant_id, &turn.id, first).await?;
                continue;
            };
            let job = Asked { tenant: Some(&turn.tenant_id), kind: Kind::LookAfter, subject: turn.id.as_str() };
            jobs::ask_after(services, &job, at.since(now)).await?;
            asked += 1;
        }
        match page.last() {
            Some(last) if i64::try_from(page.len()).is_ok_and(|rows| rows >= PAGE) => after = Some(last.id.clone()),
            _ => return Ok(asked),
        }
    }
}

/// What was connected or found just now has its first turn within the day that begins in an hour.
fn first_turn(now: Timestamp, entropy: &Entropy) -> Timestamp {
    now.plus(HOUR).plus(part(DAY, entropy))
}

/// The turn after one at `now`: a day later, give or take two hours.
pub(super) fn next_turn(now: Timestamp, entropy: &Entropy) -> Timestamp {
    now.plus(DAY - 2 * HOUR).plus(part(4 * HOUR, entropy))
}

/// The turn in place of one that could not be used: one to two hours later.
pub(super) fn later_turn(now: Timestamp, entropy: &Entropy) -> Timestamp {
    now.plus(HOUR).plus(part(HOUR, entropy))
}

/// A random part of a length of time.
fn part(of: Duration, entropy: &Entropy) -> Duration {
    of.saturating_mul(u32::from(u16::from_be_bytes(entropy.bytes()))) / u32::from(u16::MAX)
}
