//! How many connections one network may have, so that none has them all.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The connections of each network.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// How many each may have; `None` when all may come from one.
    most: Option<usize>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of a network, until it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    of: IpAddr,
    shares: Shares,
}

impl Shares {
    pub(super) fn new(most: Option<usize>) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// One more connection from this address; `None` when its network has as many as it may.
    pub(super) fn take(&self, address: IpAddr) -> Option<Share> {
        let of = network(address);
        let mut taken = self.taken();
        let own = taken.entry(of).or_default();
        if self.most.is_some_and(|most| *own >= most) {
            return None;
        }
        *own += 1;
        Some(Share { of, shares: self.clone() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.taken();
        if let Some(own) = taken.get_mut(&self.of) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.of);
            }
        }
    }
}

/// An IPv4 address, or the /48 of an IPv6 address: whoever rents a server gets up to so many.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_network_has_its_share_and_others_have_theirs() {
        let shares = Shares::new(Some(2));
        let take = |address: &str| shares.take(address.parse().unwrap());
        let (one, two) = (take("2001:db8:1::1").unwrap(), take("2001:db8:1:ffff::2").unwrap());
        assert!(take("2001:db8:1:2::3").is_none());
        let others = [take("2001:db8:2::1"), take("192.0.2.1"), take("::ffff:192.0.2.1"), take("192.0.2.2")];
        assert!(others.iter().all(Option::is_some));
        assert!(take("192.0.2.1").is_none(), "written in either way");
        drop(one);
        assert!(take("2001:db8:1:2::3").is_some());
        drop((two, others));
        assert!(shares.taken().is_empty(), "nothing is remembered of who is gone");
        assert!((0..9).all(|_| Shares::new(None).take("192.0.2.1".parse().unwrap()).is_some()));
    }
}
