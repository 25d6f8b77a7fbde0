//! An address as it stands on the screen.

/// An address as a person types it: without scheme and `www.`, and without a slash at the end.
pub(super) fn typed(address: &str) -> &str {
    let bare = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.strip_suffix('/').unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn b20_addresses_are_as_short_as_a_person_may_type_them() {
        for (address, expected) in [
            ("https://www.google.com/device", "google.com/device"),
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
