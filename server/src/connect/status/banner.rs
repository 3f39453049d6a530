//! The token banner: connected, ending, refused, or nothing there; with the clock that applies to the kind of token.

use std::time::Duration;

use super::ConnectionStatusView;
use crate::{clock::Timestamp, db::connections::Connection, explanation::Explanation, ids::ConnectionId};

/// From when on an end is announced (requirements X25: 14 days, not 24 hours).
const SOON: Duration = Duration::from_secs(14 * 24 * 3600);

/// When access ends (Meta reference §4.2 to §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenClock {
    /// Never, by time.
    Never,
    /// The token itself ends then.
    Ends(Timestamp),
    /// The token goes on, but the right to read data ends then, 90 days after the person last confirmed.
    DataAccessEnds(Timestamp),
    /// It ended.
    Ended(Timestamp),
}

impl TokenClock {
    /// The clock of a connection: whichever of its ends comes first.
    pub(super) fn of(connection: &Connection, now: Timestamp) -> Self {
        let token = connection.expires_at.map(Timestamp::from_millis);
        let data = connection.data_access_expires_at.map(Timestamp::from_millis);
        match (token, data) {
            (Some(end), _) | (None, Some(end)) if end <= now => Self::Ended(end),
            (_, Some(end)) if end <= now => Self::Ended(end),
            (Some(token), Some(data)) if data < token => Self::DataAccessEnds(data),
            (Some(token), _) => Self::Ends(token),
            (None, Some(data)) => Self::DataAccessEnds(data),
            (None, None) => Self::Never,
        }
    }

    /// The moment it ends.
    pub fn end(self) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::Ends(at) | Self::DataAccessEnds(at) | Self::Ended(at) => Some(at),
        }
    }
}

/// What the banner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banner {
    /// There is no connection.
    Disconnected,
    /// Everything stands.
    Connected {
        /// The clock that runs out first.
        clock: TokenClock,
        /// Whether that is soon enough to act.
        soon: bool,
        /// Whether Attaché renews the token by itself before then.
        renews: bool,
        /// Whose connection.
        connection: ConnectionId,
        /// The person at Meta who has to confirm.
        person: String,
    },
    /// Access ended with time.
    Expired {
        /// When.
        at: Timestamp,
        /// Whose connection.
        connection: ConnectionId,
        /// The person at Meta who has to confirm.
        person: String,
    },
    /// Meta refuses the access, or its app is not set up here.
    Error {
        /// Why.
        problem: Explanation,
        /// Whose connection.
        connection: ConnectionId,
        /// The person at Meta who has to confirm.
        person: String,
    },
}

impl Banner {
    /// The banner for a tenant's connections: the most urgent one speaks.
    pub(super) fn of(connections: &[ConnectionStatusView], now: Timestamp) -> Self {
        let person = |view: &ConnectionStatusView| view.connection.meta_user_name.clone();
        for view in connections {
            if let TokenClock::Ended(at) = view.clock {
                return Self::Expired { at, connection: view.connection.id.clone(), person: person(view) };
            }
        }
        for view in connections {
            // What an app that is gone does not hold needs nobody.
            if view.assets == 0 && view.lacks_app() {
                continue;
            }
            if let Some(problem) = view.problem.clone() {
                return Self::Error { problem, connection: view.connection.id.clone(), person: person(view) };
            }
        }
        let first_to_end =
            connections.iter().min_by_key(|view| view.clock.end().map_or(i64::MAX, Timestamp::as_millis));
        match first_to_end {
            None => Self::Disconnected,
            Some(view) => Self::Connected {
                clock: view.clock,
                soon: view.clock.end().is_some_and(|end| end <= now.plus(SOON)),
                renews: matches!(view.clock, TokenClock::Ends(_))
                    && view.connection.renew_at.is_some()
                    && view.connection.renewal_problem.is_none(),
                connection: view.connection.id.clone(),
                person: person(view),
            },
        }
    }
}
