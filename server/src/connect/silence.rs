//! Noticing assets that fell silent. An alarm rests on what the asset itself did before: one that was never busy, or that
//! always had long pauses, is never called silent.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    db::assets::{self, Asset, Quiet},
    error::Result,
    explanation::Explanation,
    observe::{self, Note},
    services::Services,
    words::failures::log,
};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Nobody is told of a shorter silence.
const LEAST: Duration = DAY.saturating_mul(3);
/// How much longer than its longest pause so far a silence has to be.
const TIMES: i64 = 2;
/// What was before the last event is looked at so far back.
const WINDOW: Duration = DAY.saturating_mul(60);
/// From so many messages over so long on, an asset has a habit.
const HABIT: (i64, Duration) = (10, LEAST);
/// How many assets are judged at once.
const PAGE: i64 = 200;

/// An asset that was active and is heard of no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// When its last event arrived.
    pub since: Timestamp,
    /// The longest pause between two messages in the weeks before.
    pub longest_pause: Duration,
}

impl Silence {
    /// The silence of an asset, as far as it is known; over as soon as something arrives.
    pub(super) fn of(asset: &Asset) -> Option<Self> {
        let (noticed, last) = (asset.silence_at?, asset.last_event_at?);
        let pause = u64::try_from(asset.longest_pause?).ok()?;
        let stands = noticed > last;
        stands.then(|| Self { since: Timestamp::from_millis(last), longest_pause: Duration::from_millis(pause) })
    }
}

/// Looks for assets that fell silent, writes that into their log, and answers how many.
///
/// # Errors
/// When the database fails.
pub async fn notice_silence(services: &Services) -> Result<usize> {
    let (db, now) = (services.db(), services.clock().now());
    let (mut after, mut noticed) = (None, 0);
    loop {
        let page = assets::list_quiet_across_tenants(db, now.minus(LEAST), WINDOW, after.as_ref(), PAGE).await?;
        for quiet in &page {
            if is_silent(quiet, now) && assets::mark_silent(db, &quiet.tenant_id, quiet, now).await? {
                let note = Note::problem("silence", line(quiet, now)).about(quiet.name.clone());
                observe::log(services, &quiet.tenant_id, &quiet.connection_id, vec![note]).await?;
                noticed += 1;
            }
        }
        match page.last() {
            Some(last) if i64::try_from(page.len()).is_ok_and(|rows| rows >= PAGE) => after = Some(last.id.clone()),
            _ => return Ok(noticed),
        }
    }
}

/// Whether `quiet` is silent for longer than is usual for it.
fn is_silent(quiet: &Quiet, now: Timestamp) -> bool {
    let (least_messages, least_span) = HABIT;
    let has_habit = quiet.messages >= least_messages && Duration::from_millis(quiet.span.unsigned_abs()) >= least_span;
    let silence = now.as_millis() - quiet.last_event_at;
    has_habit && silence > quiet.longest_pause.saturating_mul(TIMES)
}

fn line(quiet: &Quiet, now: Timestamp) -> Explanation {
    let days = now.since(Timestamp::from_millis(quiet.last_event_at)).as_secs() / DAY.as_secs();
    log::silence(i64::try_from(days).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;
    use crate::{clock::Clock, entropy::Entropy, ids::AssetId, ids::ConnectionId, ids::IdSource, ids::TenantId};

    const HOUR: i64 = 3_600_000;

    fn quiet(messages: i64, span: i64, longest_pause: i64) -> Quiet {
        let ids = IdSource::new(Clock::fixed(Timestamp::from_millis(0)), Entropy::seeded(1));
        Quiet {
            id: AssetId::new(&ids),
            tenant_id: TenantId::new(&ids),
            connection_id: ConnectionId::new(&ids),
            name: String::new(),
            last_event_at: 0,
            messages,
            span,
            longest_pause,
        }
    }

    #[test]
    fn only_what_is_unusual_for_the_asset_itself_is_silence() {
        let now = Timestamp::from_millis(80 * HOUR);
        assert!(is_silent(&quiet(10, 72 * HOUR, 39 * HOUR), now));
        assert!(!is_silent(&quiet(10, 72 * HOUR, 40 * HOUR), now), "it has had pauses half as long");
        assert!(!is_silent(&quiet(9, 72 * HOUR, HOUR), now), "too few messages for a habit");
        assert!(!is_silent(&quiet(500, 72 * HOUR - 1, HOUR), now), "one busy day is no habit");
    }
}
