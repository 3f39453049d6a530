//! How often something may be tried. Counted in the database, so that processes share the count.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::{
    clock::Timestamp,
    db::rate_limits,
    error::{Error, Result},
    services::Services,
};

/// A limit: so many tries in a window of fixed length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    tries: i64,
    window: Duration,
    /// What is counted, and of whom. Stored with each count, so it stays as it is.
    name: &'static str,
}

const fn at_most(tries: i64, window: Duration, name: &'static str) -> Limit {
    Limit { tries, window, name }
}

const MINUTE: Duration = Duration::from_secs(60);
const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Sign-ins to one account from one address: a stranger elsewhere does not lock the owner out.
pub(crate) const SIGN_IN_BY_ACCOUNT: Limit = at_most(10, FIVE_MINUTES, "sign-in/account");
/// Sign-ins to one account from anywhere: what many addresses together may try.
pub(crate) const SIGN_IN_FROM_ANYWHERE: Limit = at_most(300, HOUR, "sign-in/anywhere");
/// Sign-ins and joins from one address, to any account.
pub(crate) const SIGN_IN_BY_ADDRESS: Limit = at_most(60, FIVE_MINUTES, "sign-in/address");
/// New accounts from one address.
pub(crate) const SIGN_UP_BY_ADDRESS: Limit = at_most(20, HOUR, "sign-up/address");
/// Changes of one account's password.
pub(crate) const PASSWORD_BY_ACCOUNT: Limit = at_most(10, FIVE_MINUTES, "password/account");
/// Links for a new password that one account is asked for, from anywhere: no mailbox is filled by it. The newest one works, so
/// that nobody is locked out.
pub(crate) const RESETS_BY_ACCOUNT: Limit = at_most(5, HOUR, "resets/account");
/// Links for a new password that one address asks for, for any account.
pub(crate) const RESETS_BY_ADDRESS: Limit = at_most(20, HOUR, "resets/address");
/// Looks at such links and uses of them from one address: they cannot be tried out.
pub(crate) const RESET_LINKS_BY_ADDRESS: Limit = at_most(60, FIVE_MINUTES, "reset-links/address");

/// Questions to Meta that one tenant asks by pressing buttons.
pub(crate) const CHECKS_BY_TENANT: Limit = at_most(60, FIVE_MINUTES, "checks/tenant");
/// Attempts to connect by one tenant.
pub(crate) const CONNECT_BY_TENANT: Limit = at_most(60, HOUR, "connect/tenant");
/// Tokens that one tenant pastes: the answers tell what a token is.
pub(crate) const PASTES_BY_TENANT: Limit = at_most(20, HOUR, "pastes/tenant");
/// Times that one tenant enters its own Meta app or takes it back: Meta is asked whether a secret is right.
pub(crate) const APP_ENTRIES_BY_TENANT: Limit = at_most(20, HOUR, "meta-app/tenant");
/// Assets that one tenant takes over from others.
pub(crate) const MOVES_BY_TENANT: Limit = at_most(20, DAY, "moves/tenant");
/// Moves of one asset, whoever asks: it does not go to and fro.
pub(crate) const MOVES_OF_ASSET: Limit = at_most(4, DAY, "moves/asset");
/// Set-up links that one tenant makes.
pub(crate) const SET_UP_LINKS_BY_TENANT: Limit = at_most(60, HOUR, "set-up-links/tenant");
/// Looks at set-up links from one address: they cannot be tried out.
pub(crate) const SET_UP_BY_ADDRESS: Limit = at_most(120, FIVE_MINUTES, "set-up/address");

/// Calls of the API with one key.
pub(crate) const CALLS_BY_KEY: Limit = at_most(600, MINUTE, "api/key");
/// Events that one tenant has sent by pressing buttons: tests and replays.
pub(crate) const SENDINGS_BY_TENANT: Limit = at_most(60, FIVE_MINUTES, "sendings/tenant");
/// Questions about a deletion from one address: codes cannot be tried out.
pub(crate) const DELETION_BY_ADDRESS: Limit = at_most(60, FIVE_MINUTES, "deletion/address");

impl Limit {
    /// Counts a try by `who` and refuses it when there were too many.
    ///
    /// # Errors
    /// [`Error::Busy`] with the time until the next window.
    pub(crate) async fn count(self, services: &Services, who: &str) -> Result<()> {
        let now = services.clock().now();
        let length = i64::try_from(self.window.as_millis()).unwrap_or(i64::MAX);
        let start = Timestamp::from_millis(now.as_millis() - now.as_millis().rem_euclid(length));
        // Hashed: the table should not become a list of addresses and accounts.
        let bucket = hex::encode(Sha256::digest(format!("{}\n{who}", self.name)));
        let end = start.plus(self.window);
        if let Some(end) = services.over_limit().end_of(&bucket, now) {
            return Err(Error::Busy { retry_after: end.since(now) });
        }
        let hits = rate_limits::count_hit(services.db(), &bucket, start).await?;
        if hits <= self.tries {
            return Ok(());
        }
        tracing::warn!(limit = self.name, hits, "tried too often");
        services.over_limit().note(bucket, end, now);
        Err(Error::Busy { retry_after: end.since(now) })
    }
}
