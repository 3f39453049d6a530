//! From the name of an endpoint to the addresses that may be connected to. The connection is made to exactly the addresses
//! that were checked: a name that leads elsewhere a moment later changes nothing.

use std::{
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// Asks for the addresses of a name.
pub trait Lookup: fmt::Debug + Send + Sync {
    /// The addresses of `name`.
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// Asks the operating system.
#[derive(Debug, Clone, Copy)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Why a name leads nowhere. It travels through the HTTP client and is found again among the causes of its error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    /// Nobody knows it.
    #[error("the name has no address")]
    Unknown,
    /// No address of it is public.
    #[error("the name leads to no public address")]
    NotPublic,
}

/// The resolver of the HTTP client.
#[derive(Debug, Clone)]
pub(super) struct CheckedNames {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) allow_private: bool,
}

impl CheckedNames {
    async fn addresses(self, name: String) -> Result<Vec<SocketAddr>, NameError> {
        let found = self.lookup.lookup(name).await.map_err(|_| NameError::Unknown)?;
        if found.is_empty() {
            return Err(NameError::Unknown);
        }
        let allowed = found.into_iter().filter(|address| self.allow_private || is_public(*address));
        // The client puts the port of the address in.
        let allowed: Vec<SocketAddr> = allowed.map(|address| SocketAddr::new(address, 0)).collect();
        if allowed.is_empty() { Err(NameError::NotPublic) } else { Ok(allowed) }
    }
}

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (own, name) = (self.clone(), name.as_str().to_owned());
        Box::pin(async move { Ok(Box::new(own.addresses(name).await?.into_iter()) as Addrs) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug)]
    struct Always(&'static [&'static str]);

    impl Lookup for Always {
        fn lookup(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
            let addresses = self.0.iter().map(|text| text.parse().unwrap()).collect();
            Box::pin(async move { Ok(addresses) })
        }
    }

    async fn resolve(addresses: &'static [&'static str], allow_private: bool) -> Result<Vec<String>, NameError> {
        let names = CheckedNames { lookup: Arc::new(Always(addresses)), allow_private };
        let found = names.addresses("hooks.example.com".into()).await?;
        Ok(found.into_iter().map(|address| address.ip().to_string()).collect())
    }

    #[tokio::test]
    async fn only_public_addresses_of_a_name_are_connected_to() {
        assert_eq!(resolve(&[], false).await, Err(NameError::Unknown));
        for private in [&["127.0.0.1"], &["::1"], &["169.254.169.254"], &["::ffff:10.0.0.1"]] {
            assert_eq!(resolve(private, false).await, Err(NameError::NotPublic), "{private:?}");
            assert_eq!(resolve(private, true).await.unwrap().len(), 1);
        }
        let mixed = &["10.0.0.1", "1.1.1.1", "::1", "2606:4700:4700::1111"];
        assert_eq!(resolve(mixed, false).await.unwrap(), ["1.1.1.1", "2606:4700:4700::1111"]);
    }
}
