//! The address that a person is sent to with a code (RFC 8628 section 3.3): what is shown and scanned is the address as
//! a browser reads it, never a text that looks like another.

use url::{Position, Url};

use super::address::{is_beside, is_of_local_network, leads_back};
use super::text::is_plain;

mod host_name;

/// RFC 8628 sets no limit; what is longer no person types and no phone scans.
const LONGEST: usize = 2048;

/// Reads an address that the server at `from` sent.
///
/// Its user information is left out: no page of a code needs one, and `bank.example@evil.example` is what it is for.
///
/// # Errors
/// Why no person is sent there.
pub(super) fn address(text: &str, from: &Url) -> Result<Url, &'static str> {
    if text.len() > LONGEST {
        return Err("it is too long");
    }
    if !is_plain(text) {
        return Err("it has characters that cannot be shown");
    }
    let mut url = Url::parse(text).map_err(|_| "it is no whole address")?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("it is no address of the web");
    }
    let is_own = leads_back(from);
    if leads_back(&url) && !is_own {
        return Err("it leads every phone to itself");
    }
    // The page of a server on this machine may stand on the network around it, for a phone to open, whatever the
    // addresses of that network are (`vestibule demo --lan`).
    let is_near = || leads_back(&url) || is_of_local_network(&url) || is_beside(&url, from);
    if url.scheme() == "http" && !(is_own && is_near()) {
        return Err("it is plain http, which anybody on the way can read and change");
    }
    // Neither fails where there is a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(url)
}

/// The address as a person reads it: what the parser made of it, with the letters of the host's name where they cannot
/// be taken for others, else in Punycode. Parsed again it is the same address.
pub(super) fn readable(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let rest = &url[Position::AfterHost..];
    // The parser leaves those of a query as they are, where they look like the end of a host.
    let rest = rest.replace('\\', "%5C");
    let host = host_name::readable(host, &rest);
    format!("{}://{host}{rest}", url.scheme())
}

/// The same address for a machine, such as the camera of a phone: in ASCII.
pub(super) fn scannable(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, &'static str> {
        let from = Url::parse("https://id.example/device").unwrap();
        address(text, &from).map(|url| readable(&url))
    }

    #[test]
    fn the_parsed_address_is_shown_and_scanned() {
        for (sent, shown) in [
            ("https://id.example/device", "https://id.example/device"),
            ("HTTPS://ID.Example:443", "https://id.example/"),
            (
                "https:\\\\evil.example\\@google.com/device",
                "https://evil.example/@google.com/device",
            ),
            ("https:evil.example/x", "https://evil.example/x"),
            (
                "https://id.example/?to=\\\\evil.example",
                "https://id.example/?to=%5C%5Cevil.example",
            ),
            (
                "https://accounts.google.com@evil.example/device",
                "https://evil.example/device",
            ),
            (
                "https://google.com:443@evil.example:8443/",
                "https://evil.example:8443/",
            ),
            (
                "https://evil.example/%20%20%20/google.com/device",
                "https://evil.example/%20%20%20/google.com/device",
            ),
            (
                "https://evil.example/   /google.com",
                "https://evil.example/%20%20%20/google.com",
            ),
            (
                "https://evil.example/\u{5d0}\u{5d1}/moc.elgoog",
                "https://evil.example/%D7%90%D7%91/moc.elgoog",
            ),
            (
                "https://google.com\u{2044}device.evil.example/",
                "https://xn--google.com-device.evil.example/",
            ),
            (
                "https://id.example/a#code=\u{1F680}",
                "https://id.example/a#code=%F0%9F%9A%80",
            ),
            ("https://0x8080808/", "https://8.8.8.8/"),
        ] {
            let Ok(found) = read(sent) else {
                // The parser itself refuses some of these hosts, which is as good.
                assert!(sent.contains('\u{2044}'), "{sent}");
                continue;
            };
            if !sent.contains('\u{2044}') {
                assert_eq!(found, shown, "{sent}");
            }
            assert!(scannable(&found).is_ascii(), "{found}");
            assert_eq!(scannable(&found), scannable(&scannable(&found)));
        }
        let shown = read("https://b\u{fc}cher.example/ger\u{e4}t").unwrap();
        assert_eq!(shown, "https://b\u{fc}cher.example/ger%C3%A4t");
        assert_eq!(
            scannable(&shown),
            "https://xn--bcher-kva.example/ger%C3%A4t"
        );
    }

    #[test]
    fn plain_http_is_shown_only_of_this_machine_and_its_network() {
        let from = |from: &str, text: &str| address(text, &Url::parse(from).unwrap()).is_ok();
        let own = "http://127.0.0.1:8080/device";
        for (server, page, is_shown) in [
            (own, "http://127.0.0.1:8080/activate", true),
            (own, "http://localhost/activate", true),
            (own, "http://192.168.1.20:8080/activate", true),
            (own, "https://id.example/activate", true),
            (own, "http://192.0.2.2:8080/activate", true),
            (own, "http://100.64.1.2:41000/activate", true),
            (own, "http://8.8.8.8:8080/activate", true),
            (own, "http://[2a00:1450::8]:8080/activate", true),
            (own, "http://box.local:8080/activate", true),
            (own, "http://evil.example/activate", false),
            (own, "http://evil.example:8080/activate", false),
            (own, "http://8.8.8.8:8081/activate", false),
            (own, "http://8.8.8.8/activate", false),
            (
                "https://id.example/device",
                "http://id.example/activate",
                false,
            ),
            (
                "https://id.example/device",
                "http://192.168.1.20/activate",
                false,
            ),
            (
                "https://id.example/device",
                "http://192.0.2.2/activate",
                false,
            ),
            (
                "https://id.example:8080/device",
                "http://8.8.8.8:8080/activate",
                false,
            ),
            (
                "https://id.example/device",
                "http://127.0.0.1/activate",
                false,
            ),
            (
                "https://id.example/device",
                "https://127.0.0.1/activate",
                false,
            ),
            (
                "https://id.example/device",
                "https://localhost./activate",
                false,
            ),
            (
                "https://id.example/device",
                "https://192.168.1.20/activate",
                true,
            ),
        ] {
            assert_eq!(from(server, page), is_shown, "{server} {page}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_is_told_in_words() {
        for text in [
            "",
            "/device",
            "x",
            "https://",
            "javascript:alert(1)",
            "tel:+1900555",
            "WIFI:T:WPA;S:x;P:y;;",
            "file:///etc/passwd",
            "intent://scan/#Intent;scheme=zxing;end",
            "com.evil.app:/device",
            "https://evil.example/\ndevice",
            "https://evil.example/\u{202e}moc",
            &format!("https://x/{}", "a".repeat(2048)),
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
