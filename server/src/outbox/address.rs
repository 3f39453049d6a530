//! Which addresses events may be sent to: those of the public Internet, and no machine beside this one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::error::{Error, Result};

/// The longest address of an endpoint, in bytes.
const MOST: usize = 2_000;

/// Whether an address belongs to the public Internet, by IANA's registries of special addresses. What is left out here can be
/// another machine beside this one, this one itself, or the cloud's own services.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        // "This network"; loopback; private.
        0 | 10 | 127 => true,
        // Shared by carriers (RFC 6598).
        100 => (64..128).contains(&b),
        // Link-local, with the clouds' metadata services.
        169 => b == 254,
        172 => (16..32).contains(&b),
        // Protocol assignments, documentation, 6to4 relays, private.
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        // Benchmarking, documentation.
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        // Multicast, reserved, broadcast.
        _ => a >= 224,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out as global unicast: loopback, unique local, link-local, multicast, IPv4-mapped and NAT64
    // addresses are all outside of it.
    let global = a & 0xE000 == 0x2000;
    // Protocol assignments with Teredo, documentation, 6to4 (which names an IPv4 address), documentation.
    let special = match a {
        0x2001 => b < 0x0200 || b == 0x0DB8,
        0x2002 => true,
        0x3FFF => b < 0x1000,
        _ => false,
    };
    global && !special
}

/// Reads the address of an endpoint as a person or a program gave it.
///
/// # Errors
/// [`Error::Invalid`] for one that events are not sent to.
pub(super) fn read(text: &str, allow_private: bool) -> Result<Url> {
    let wrong = |why: &str| Error::invalid("url", why);
    let text = text.trim();
    if text.len() > MOST {
        return Err(wrong("The address is too long: at most 2,000 characters."));
    }
    let url: Url =
        text.parse().map_err(|_| wrong("Give the whole address, such as https://example.com/hooks/attache."))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        "http" => {
            return Err(wrong("The address has to begin with https://, so that nobody reads events on their way."));
        }
        _ => return Err(wrong("Give the whole address, such as https://example.com/hooks/attache.")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("Leave user name and password out of the address: every event is signed instead."));
    }
    if url.fragment().is_some() {
        return Err(wrong("Leave out what begins with #: it is never sent."));
    }
    if !allow_private && !may_be_public(&url) {
        return Err(wrong("This address is not a public one. Events are sent to addresses of the Internet alone."));
    }
    Ok(url)
}

/// Whether the host of an address is not known to be private before its name is looked up.
pub(super) fn may_be_public(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            // A name without a dot is one of the network around.
            name.contains('.')
                && !["localhost", "local", "internal"].iter().any(|end| name.ends_with(&format!(".{end}")))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_not_of_the_public_internet_is_refused_in_every_spelling() {
        for host in [
            // Loopback, in every way that browsers and libraries read.
            "127.0.0.1",
            "127.1",
            "127.255.255.254",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "017700000001",
            "0177.0.0.1",
            "127.0.0.1.",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "api.localhost",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            // The same in IPv6: mapped, compatible, translated, tunnelled.
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            // Private, shared, link-local, the clouds' own.
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "[fe80::1]",
            "[fd00:ec2::254]",
            "[fc00::1]",
            "[fec0::1]",
            "[::ffff:169.254.169.254]",
            "metadata.google.internal",
            "printer.local",
            "database",
            // Nobody's: unspecified, reserved, documentation, benchmarking, multicast, broadcast.
            "0.0.0.0",
            "0",
            "0.1.2.3",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[100::1]",
            "[5f00::1]",
            "[4000::1]",
        ] {
            let url = format!("https://{host}/hook");
            assert!(read(&url, false).is_err(), "{host}");
            assert!(read(&url, true).is_ok(), "{host} where private addresses are allowed");
        }
    }

    #[test]
    fn addresses_of_the_internet_are_taken() {
        for host in [
            "example.com",
            "example.com:8443",
            "hooks.example.co.uk.",
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "169.253.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "[2606:4700:4700::1111]",
            "[2a00:1450::1]",
            "[2001:4860:4860::8888]",
            "bücher.example",
        ] {
            assert!(read(&format!("https://{host}/hook"), false).is_ok(), "{host}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        for (text, allow_private) in [
            ("", true),
            ("example.com/hook", true),
            ("ftp://example.com/", true),
            ("file:///etc/passwd", true),
            ("javascript:alert(1)", true),
            ("https://", true),
            ("http://example.com/", false),
            ("https://ada:secret@example.com/", true),
            ("https://ada@example.com/", true),
            ("https://example.com/#part", true),
        ] {
            let error = read(text, allow_private).unwrap_err();
            assert_eq!(error.field(), Some("url"), "{text}");
        }
        assert!(read(&format!("https://example.com/{}", "x".repeat(2_000)), true).is_err());
        assert_eq!(read(" https://example.com/hook ", false).unwrap().as_str(), "https://example.com/hook");
    }
}
