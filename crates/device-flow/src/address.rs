//! Where an address leads, as far as the address itself tells.

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
/// are kept for that (RFC 6761 section 6.3), the unspecified address, IPv4 within IPv6. Wider than [`is_loopback`],
/// which tells where plain HTTP is allowed.
pub(super) fn leads_back(url: &Url) -> bool {
    let ipv4 = |address: std::net::Ipv4Addr| address.is_loopback() || address.octets()[0] == 0;
    match url.host() {
        Some(Host::Ipv4(address)) => ipv4(address),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.is_unspecified() || address.to_ipv4().is_some_and(ipv4)
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            matches!(
                name,
                "localhost" | "localhost.localdomain" | "ip6-localhost"
            ) || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// Whether the address is one of a home or office network, by number.
pub(super) fn is_of_local_network(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
        Some(Host::Ipv6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        Some(Host::Domain(_)) | None => false,
    }
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
        ] {
            assert!(leads_back(&url(back)), "{back}");
        }
        for away in [
            "https://id.example/",
            "https://localhost.example/",
            "https://notlocalhost/",
            "https://128.0.0.1/",
            "https://192.168.1.20/",
            "https://[::ffff:8.8.8.8]/",
            "https://[fe80::1]/",
        ] {
            assert!(!leads_back(&url(away)), "{away}");
        }
    }

    #[test]
    fn a_local_network_is_told_by_numbers_alone() {
        for local in [
            "http://192.168.1.20:8080/",
            "http://10.0.0.1/",
            "http://[fd00::1]/",
            "http://169.254.1.1/",
        ] {
            assert!(is_of_local_network(&url(local)), "{local}");
        }
        for other in [
            "http://evil.example/",
            "http://router/",
            "http://8.8.8.8/",
            "http://127.0.0.1/",
        ] {
            assert!(!is_of_local_network(&url(other)), "{other}");
        }
    }
}
