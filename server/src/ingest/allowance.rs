//! How much of the disk a business's own app may fill.
//!
//! Whoever has the secret of an app can sign any body, and a business has the secret of its own: without a bound, one business
//! could fill the disk of all. Meta delivers again what is refused, for 36 hours at least (Meta reference §7.2), so a business
//! that is over its allowance for a while loses nothing.

use std::{fmt, num::NonZeroU32, time::Duration};

use governor::{Quota, RateLimiter, middleware::NoOpMiddleware, nanos::Nanos, state::keyed::HashMapStateStore};

use super::{BODY_LIMIT, Refusal, WebhookApp};
use crate::{clock::Clock, meta::AppId};

/// What is counted: bytes are too many for the limiter's numbers.
const KIB: usize = 1024;
const A_DAY: Duration = Duration::from_secs(86_400);

/// What each business's own app may still send, in this process. Bounded by the apps that are set up here.
pub(crate) struct Allowance {
    left: RateLimiter<AppId, HashMapStateStore<AppId>, Ticks, NoOpMiddleware<Nanos>>,
}

impl Allowance {
    /// Each app may send `mebibytes` at once, and gets as many back in the course of a day. At least what one body may have.
    pub(super) fn new(clock: Clock, mebibytes: u32) -> Self {
        let least = u32::try_from(BODY_LIMIT / KIB).unwrap_or(u32::MAX);
        let kibibytes = NonZeroU32::new(mebibytes.saturating_mul(1024).max(least)).unwrap_or(NonZeroU32::MAX);
        let each = (A_DAY / kibibytes.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(each).map_or(Quota::per_second(kibibytes), |quota| quota.allow_burst(kibibytes));
        Self { left: RateLimiter::new(quota, HashMapStateStore::default(), Ticks(clock)) }
    }

    /// Takes what a body of `app` needs. What an app of the installation sends is not counted: its operator owns the disk.
    ///
    /// # Errors
    /// [`Refusal::OverAllowance`]; nothing is taken then.
    pub(crate) fn take(&self, app: &WebhookApp, bytes: usize) -> Result<(), Refusal> {
        let kibibytes = u32::try_from(bytes.div_ceil(KIB)).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        if !app.is_of_a_business() || matches!(self.left.check_key_n(&app.id, kibibytes), Ok(Ok(()))) {
            Ok(())
        } else {
            Err(Refusal::OverAllowance)
        }
    }
}

/// The product's clock, as the limiter reads it.
struct Ticks(Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let millis = u64::try_from(self.0.now().as_millis()).unwrap_or_default();
        Nanos::new(millis.saturating_mul(1_000_000))
    }
}

impl fmt::Debug for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Allowance").field("apps", &self.left.len()).finish()
    }
}
