//! Headers that nobody may choose, neither the configuration nor who calls the API by hand.

/// Why nobody may choose a header of this name, in any case: it is this program's own, follows from the message
/// (RFC 9110 sections 7.2 and 8.6), or is the connection's alone (section 7.6.1, RFC 9112).
pub fn header_refusal(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "host" => Some("it follows from the address"),
        "authorization" | "dpop" => Some("it is the signed-in account's"),
        "cookie" | "cookie2" => Some("this program has none, and the account says who asks"),
        "content-length" | "expect" => Some("it follows from what is sent"),
        "connection"
        | "keep-alive"
        | "proxy-connection"
        | "proxy-authenticate"
        | "proxy-authorization"
        | "te"
        | "trailer"
        | "transfer-encoding"
        | "upgrade"
        | "http2-settings" => Some("it is about the connection alone"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::header_refusal;

    #[test]
    fn nobody_chooses_a_header_that_says_who_asks_or_how() {
        for name in [
            "Host",
            "AUTHORIZATION",
            "cookie",
            "Cookie2",
            "Connection",
            "TE",
            "DPoP",
            "HTTP2-Settings",
        ] {
            assert!(header_refusal(name).is_some(), "{name}");
        }
        for name in ["accept", "X-Api-Key", "content-type", "if-match"] {
            assert_eq!(header_refusal(name), None, "{name}");
        }
    }
}
