//! Where a request comes from.

use std::net::SocketAddr;

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

use crate::services::Services;

/// The address of the visitor, for limits. Behind a trusted proxy it is the last one in `X-Forwarded-For`: the one that
/// the proxy itself saw; earlier ones are the visitor's word.
pub fn client_address(services: &Services, headers: &HeaderMap, extensions: &Extensions) -> String {
    if services.trusts_proxy()
        && let Some(forwarded) = headers.get_all("x-forwarded-for").iter().next_back()
        && let Some(last) = forwarded.to_str().ok().and_then(|list| list.rsplit(',').next())
        && let Ok(address) = last.trim().parse::<std::net::IpAddr>()
    {
        return address.to_string();
    }
    extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| info.0.ip().to_string())
}
