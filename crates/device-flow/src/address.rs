//! Where an address leads, as far as the address itself tells.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether the address is on this machine: 127.0.0.0/8, `::1` or `localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// Whether whoever uses the address comes back to the own machine, in any of the ways that can be written: names that
/// are kept for that (RFC 6761 section 6.3) or stand in the file of hosts of a common system, the unspecified address,
/// IPv4 within IPv6. Wider than [`is_loopback`], which tells where plain HTTP is allowed.
pub(super) fn leads_back(url: &Url) -> bool {
    let ipv4 = |address: Ipv4Addr| address.is_loopback() || address.octets()[0] == 0;
    match url.host() {
        Some(Host::Ipv4(address)) => ipv4(address),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unspecified() || within(address).is_some_and(ipv4)
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let (first, domain) = name.split_once('.').unwrap_or((&name, ""));
            let is_known = matches!(
                first,
                "localhost"
                    | "localhost4"
                    | "localhost6"
                    | "ip6-localhost"
                    | "ip6-loopback"
                    | "ipv6-localhost"
                    | "ipv6-loopback"
                    | "loopback"
                    | "loghost"
            );
            let is_at_home = matches!(domain, "" | "localdomain" | "localdomain4" | "localdomain6");
            is_known && is_at_home || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, or through NAT64 (RFC 6052) and 6to4 (RFC 3056).
fn within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let ipv4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => Some(ipv4(high, low)),
        (0x2002, _) => Some(ipv4(b, c)),
        _ => address.to_ipv4(),
    }
}

/// Whether the address is one of the network around a machine: of a home or an office, of a carrier (RFC 6598), of one
/// that is made up for an example (RFC 5737, RFC 3849), or a name of mDNS (RFC 6762).
pub(super) fn is_of_local_network(url: &Url) -> bool {
    let ipv4 = |address: Ipv4Addr| {
        let [first, second, ..] = address.octets();
        address.is_private()
            || address.is_link_local()
            || address.is_documentation()
            || first == 100 && second & 0xc0 == 64
    };
    match url.host() {
        Some(Host::Ipv4(address)) => ipv4(address),
        Some(Host::Ipv6(address)) => {
            address.is_unique_local()
                || address.is_unicast_link_local()
                || matches!(address.segments(), [0x2001, 0xdb8, ..])
                || address.to_ipv4_mapped().is_some_and(ipv4)
        }
        Some(Host::Domain(name)) => name.trim_end_matches('.').ends_with(".local"),
        None => false,
    }
}

/// Whether the address is an IP address, with the port of `other`: what listens there may be the same server, on another
/// of the addresses of its machine.
pub(super) fn is_beside(url: &Url, other: &Url) -> bool {
    matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
        && url.port_or_known_default() == other.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(address: &str) -> Url {
        Url::parse(address).unwrap()
    }

    #[test]
    fn an_address_leads_back_however_it_is_written() {
        for back in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://LOCALHOST/",
            "https://localhost./",
            "https://a.b.localhost/",
            "https://localhost.localdomain/",
            "https://localhost6/",
            "https://localhost4.localdomain4/",
            "https://localhost6.localdomain6./",
            "https://ip6-localhost/",
            "https://IP6-Loopback/",
            "https://loopback/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
        ] {
            assert!(leads_back(&url(back)), "{back}");
        }
        for away in [
            "https://id.example/",
            "https://localhost.example/",
            "https://notlocalhost/",
            "https://localhost6.example/",
            "https://[64:ff9b::808:808]/",
            "https://128.0.0.1/",
            "https://192.168.1.20/",
            "https://[::ffff:8.8.8.8]/",
            "https://[fe80::1]/",
        ] {
            assert!(!leads_back(&url(away)), "{away}");
        }
    }

    #[test]
    fn a_local_network_is_told_by_its_addresses() {
        for local in [
            "http://192.168.1.20:8080/",
            "http://10.0.0.1/",
            "http://[fd00::1]/",
            "http://169.254.1.1/",
            "http://100.64.0.9/",
            "http://100.127.255.1/",
            "http://192.0.2.2/",
            "http://[2001:db8::1]/",
            "http://box.local:8080/",
        ] {
            assert!(is_of_local_network(&url(local)), "{local}");
        }
        for other in [
            "http://evil.example/",
            "http://router/",
            "http://notlocal/",
            "http://local.example/",
            "http://100.63.0.1/",
            "http://100.128.0.1/",
            "http://8.8.8.8/",
            "http://127.0.0.1/",
        ] {
            assert!(!is_of_local_network(&url(other)), "{other}");
        }
    }
}
