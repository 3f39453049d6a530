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
    pub(crate) name: &'static str,
    pub(crate) tries: i64,
    pub(crate) window: Duration,
}

/// Sign-ins to one account from one address: a stranger elsewhere does not lock the owner out.
pub(crate) const SIGN_IN_BY_ACCOUNT: Limit =
    Limit { name: "sign-in/account", tries: 10, window: Duration::from_secs(300) };
/// Sign-ins to one account from anywhere: what many addresses together may try.
pub(crate) const SIGN_IN_FROM_ANYWHERE: Limit =
    Limit { name: "sign-in/anywhere", tries: 300, window: Duration::from_secs(3600) };
/// Changes of one account's password.
pub(crate) const PASSWORD_BY_ACCOUNT: Limit =
    Limit { name: "password/account", tries: 10, window: Duration::from_secs(300) };
/// Links for a new password that one account is asked for, from anywhere: no mailbox is filled by it. The newest one works, so
/// that nobody is locked out.
pub(crate) const RESETS_BY_ACCOUNT: Limit =
    Limit { name: "resets/account", tries: 5, window: Duration::from_secs(3600) };
/// Links for a new password that one address asks for, for any account.
pub(crate) const RESETS_BY_ADDRESS: Limit =
    Limit { name: "resets/address", tries: 20, window: Duration::from_secs(3600) };
/// Looks at such links and uses of them from one address: they cannot be tried out.
pub(crate) const RESET_LINKS_BY_ADDRESS: Limit =
    Limit { name: "reset-links/address", tries: 60, window: Duration::from_secs(300) };
/// Questions to Meta that one tenant asks by pressing buttons.
pub(crate) const CHECKS_BY_TENANT: Limit = Limit { name: "checks/tenant", tries: 60, window: Duration::from_secs(300) };
/// Sign-ins and joins from one address, to any account.
pub(crate) const SIGN_IN_BY_ADDRESS: Limit =
    Limit { name: "sign-in/address", tries: 60, window: Duration::from_secs(300) };
/// Questions about a deletion from one address: codes cannot be tried out.
pub(crate) const DELETION_BY_ADDRESS: Limit =
    Limit { name: "deletion/address", tries: 60, window: Duration::from_secs(300) };
/// Calls of the API with one key.
pub(crate) const CALLS_BY_KEY: Limit = Limit { name: "api/key", tries: 600, window: Duration::from_secs(60) };
/// Events that one tenant has sent by pressing buttons: tests and replays.
pub(crate) const SENDINGS_BY_TENANT: Limit =
    Limit { name: "sendings/tenant", tries: 60, window: Duration::from_secs(300) };
/// New accounts from one address.
pub(crate) const SIGN_UP_BY_ADDRESS: Limit =
    Limit { name: "sign-up/address", tries: 20, window: Duration::from_secs(3600) };
/// Assets that one tenant takes over from others.
pub(crate) const MOVES_BY_TENANT: Limit =
    Limit { name: "moves/tenant", tries: 20, window: Duration::from_secs(24 * 3600) };
/// Moves of one asset, whoever asks: it does not go to and fro.
pub(crate) const MOVES_OF_ASSET: Limit =
    Limit { name: "moves/asset", tries: 4, window: Duration::from_secs(24 * 3600) };
/// Tokens that one tenant pastes: the answers tell what a token is.
pub(crate) const PASTES_BY_TENANT: Limit =
    Limit { name: "pastes/tenant", tries: 20, window: Duration::from_secs(3600) };
/// Times that one tenant enters its own Meta app or takes it back: Meta is asked whether a secret is right.
pub(crate) const APP_ENTRIES_BY_TENANT: Limit =
    Limit { name: "meta-app/tenant", tries: 20, window: Duration::from_secs(3600) };
/// Set-up links that one tenant makes.
pub(crate) const SET_UP_LINKS_BY_TENANT: Limit =
    Limit { name: "set-up-links/tenant", tries: 60, window: Duration::from_secs(3600) };
/// Looks at set-up links from one address: they cannot be tried out.
pub(crate) const SET_UP_BY_ADDRESS: Limit =
    Limit { name: "set-up/address", tries: 120, window: Duration::from_secs(300) };
/// Attempts to connect by one tenant.
pub(crate) const CONNECT_BY_TENANT: Limit =
    Limit { name: "connect/tenant", tries: 60, window: Duration::from_secs(3600) };

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
