//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

use crate::services::Services;

/// The network that the visitor comes from, for limits. Behind a trusted proxy it is the last one in `X-Forwarded-For`: the one that
/// the proxy itself saw; earlier ones are the visitor's word.
pub fn client_address(services: &Services, headers: &HeaderMap, extensions: &Extensions) -> String {
    if services.trusts_proxy()
        && let Some(forwarded) = headers.get_all("x-forwarded-for").iter().next_back()
        && let Some(last) = forwarded.to_str().ok().and_then(|list| list.rsplit(',').next())
        && let Ok(address) = last.trim().parse::<IpAddr>()
    {
        return network(address);
    }
    extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| network(info.0.ip()))
}

/// An IPv4 address, or the /64 of an IPv6 address: whoever has one of those has all of them.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
