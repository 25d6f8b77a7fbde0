//! An address as it stands on the screen.

use url::{Host, Url};

/// An address as a person types it: without the scheme that a browser takes where none is typed, and without a slash at
/// the end. `www.` stays: without it the name is that of another host.
pub(super) fn typed(address: &str) -> &str {
    let bare = match address.strip_prefix("http://") {
        Some(bare) if is_plain_unasked(address) => bare,
        Some(_) => address,
        None => address.strip_prefix("https://").unwrap_or(address),
    };
    bare.strip_suffix('/').unwrap_or(bare)
}

/// Whether browsers take plain http where no scheme is typed: of a number and of the machine itself, for which there are
/// no certificates. Of any other name they try https first.
fn is_plain_unasked(address: &str) -> bool {
    let url = Url::parse(address).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn b20_addresses_are_as_short_as_a_person_may_type_them() {
        for (address, expected) in [
            ("https://www.google.com/device", "www.google.com/device"),
            ("https://www.example/", "www.example"),
            ("https://[fd00::1]:8443/go", "[fd00::1]:8443/go"),
            ("http://box.local:8080/go", "http://box.local:8080/go"),
            ("http://id.example/", "http://id.example"),
            ("http://localhost:8080/go", "localhost:8080/go"),
            ("http://[fd00::1]:8080/go", "[fd00::1]:8080/go"),
            (
                "https://acme.eu.auth0.com/activate",
                "acme.eu.auth0.com/activate",
            ),
            (
                "http://192.168.1.20:8080/activate",
                "192.168.1.20:8080/activate",
            ),
            ("https://microsoft.com/link/", "microsoft.com/link"),
            ("example.com", "example.com"),
            ("", ""),
        ] {
            assert_eq!(typed(address), expected);
        }
    }
}
