//! Which addresses the access token may travel to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::api_message;
use crate::api::Error;
use crate::config::is_loopback;
use crate::host::log;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Resolves `path` under `base`, with or without a leading slash.
///
/// # Errors
/// [`Error::Refused`] for another host, and for `..` that leaves the path of `base`.
pub(crate) fn under(base: &Url, path: &str) -> Result<Url, Error> {
    let base = folder(base);
    let full = path.get(..8).unwrap_or(path).to_ascii_lowercase();
    let joined = if full.starts_with("http:") || full.starts_with("https:") {
        Url::parse(path)
    } else {
        // The dot keeps `//host` and `name:part` from being read as an address of their own.
        base.join(&format!("./{}", path.trim_start_matches(['/', '\\'])))
    };
    let url =
        joined.map_err(|error| Error::Refused(format!("{path} is not an address: {error}")))?;
    within(&base, url)
}

/// Lets a whole address pass that the access token may travel to.
///
/// # Errors
/// [`Error::Refused`] for another host, and for a path that is not under that of `base`.
pub(crate) fn within(base: &Url, mut url: Url) -> Result<Url, Error> {
    let base = folder(base);
    url.set_fragment(None);
    if url.origin() != base.origin() {
        return Err(Error::Refused(format!(
            "{} is not on {}, and the access token goes nowhere else",
            log::address(&url),
            base.origin().ascii_serialization()
        )));
    }
    if !url.path().starts_with(base.path()) {
        return Err(Error::Refused(format!(
            "{} is outside {base}",
            log::address(&url)
        )));
    }
    Ok(url)
}

/// `base` as something that paths are added to.
fn folder(base: &Url) -> Url {
    let mut base = base.clone();
    base.set_query(None);
    base.set_fragment(None);
    if !base.path().ends_with('/') {
        let with_slash = format!("{}/", base.path());
        base.set_path(&with_slash);
    }
    base
}

/// A value as exactly one segment of a path, or one value of a query.
///
/// # Errors
/// [`Error::Refused`] for a value that would change the meaning of the path.
pub(crate) fn segment(value: &str) -> Result<String, Error> {
    // Browsers and servers read "." and ".." as steps even where they are escaped, as their slashes may be.
    let mut steps = value.split(['/', '\\']);
    if value.is_empty() || steps.any(|step| matches!(step, "." | "..")) {
        return Err(Error::Refused(format!("{value:?} cannot stand in a path")));
    }
    Ok(utf8_percent_encode(value, SEGMENT).to_string())
}

/// An address as its owner is shown it: whole, but for what may be a secret in it.
pub fn shown_address(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    // What has no host has no user either.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    let pairs = url.query().into_iter().flat_map(|query| query.split('&'));
    let pairs = pairs.map(|pair| match pair.split_once('=') {
        Some((name, _)) if api_message::is_of_a_secret(name) => format!("{name}=…"),
        _ => pair.to_owned(),
    });
    let pairs: Vec<_> = pairs.collect();
    match pairs.is_empty() {
        true => shown.into(),
        false => format!("{shown}?{}", pairs.join("&")),
    }
}

/// Whether something may be loaded from `url` at all: over TLS, from the API itself, or from this box, where the
/// API is on it too. An API elsewhere has no say in what this box asks itself.
pub(crate) fn is_safe(base: &Url, url: &Url) -> bool {
    let of_this_box = is_loopback(base) && is_loopback(url);
    url.scheme() == "https"
        || (url.scheme() == "http" && (of_this_box || url.origin() == base.origin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://api.example.com/v1/").unwrap()
    }

    #[test]
    fn paths_resolve_under_the_base_address() {
        for (path, expected) in [
            (
                "library/continue",
                "https://api.example.com/v1/library/continue",
            ),
            (
                "/library/continue",
                "https://api.example.com/v1/library/continue",
            ),
            ("", "https://api.example.com/v1/"),
            ("/", "https://api.example.com/v1/"),
            ("?page=2", "https://api.example.com/v1/?page=2"),
            (
                "list?after=a/b",
                "https://api.example.com/v1/list?after=a/b",
            ),
            ("a/../b", "https://api.example.com/v1/b"),
            ("urn:isbn:1#part", "https://api.example.com/v1/urn:isbn:1"),
            (
                "//evil.example/x",
                "https://api.example.com/v1/evil.example/x",
            ),
            (
                "\\\\evil.example/x",
                "https://api.example.com/v1/evil.example/x",
            ),
            (
                "https://api.example.com/v1/x",
                "https://api.example.com/v1/x",
            ),
        ] {
            assert_eq!(under(&base(), path).unwrap().as_str(), expected, "{path}");
        }
        let without_slash = Url::parse("https://api.example.com/v1?key=1").unwrap();
        assert_eq!(
            under(&without_slash, "x").unwrap().as_str(),
            "https://api.example.com/v1/x"
        );
    }

    #[test]
    fn paths_never_leave_the_base_address() {
        for path in [
            "https://evil.example/v1/x",
            "HTTPS://evil.example/v1/x",
            "http:evil.example",
            "http://api.example.com/v1/x",
            "https://api.example.com:8443/v1/x",
            "https://api.example.com@evil.example/v1/x",
            "https://api.example.com/admin",
            "../admin",
            "/../admin",
            "%2e%2e/admin",
            "a/../../admin",
            "..\\admin",
        ] {
            assert!(
                matches!(under(&base(), path), Err(Error::Refused(_))),
                "{path}"
            );
        }
    }

    #[test]
    fn an_address_is_shown_without_what_may_be_a_secret() {
        for (url, shown) in [
            (
                "https://a.example/x?page=2&sort=a%26b",
                "https://a.example/x?page=2&sort=a%26b",
            ),
            (
                "https://a.example/x?api_key=abc&page=2",
                "https://a.example/x?api_key=…&page=2",
            ),
            ("https://u:p@a.example/x?sig=", "https://a.example/x?sig=…"),
            ("https://a.example/x", "https://a.example/x"),
        ] {
            assert_eq!(shown_address(&Url::parse(url).unwrap()), shown);
        }
    }

    #[test]
    fn a_value_fills_exactly_one_segment() {
        assert_eq!(segment("a b/c?d#é").unwrap(), "a%20b%2Fc%3Fd%23%C3%A9");
        assert_eq!(segment("ok-1_2~3.4").unwrap(), "ok-1_2~3.4");
        assert_eq!(segment("wait../...b").unwrap(), "wait..%2F...b");
        for value in ["", ".", "..", "../x", "a/../b", "..\\x", "x/.", "/.."] {
            assert!(matches!(segment(value), Err(Error::Refused(_))));
        }
    }

    #[test]
    fn pictures_come_over_tls_or_from_the_api_itself() {
        let lan = Url::parse("http://192.168.1.20:8080/api/").unwrap();
        let here = Url::parse("http://127.0.0.1:8080/api/").unwrap();
        for url in [
            "http://127.0.0.1:9/a.jpg",
            "http://[::1]:9/a.jpg",
            "http://localhost/a.jpg",
        ] {
            assert!(is_safe(&here, &Url::parse(url).unwrap()), "{url}");
        }
        for (url, safe) in [
            ("https://cdn.example/a.jpg", true),
            ("http://cdn.example/a.jpg", false),
            ("http://127.0.0.1:9/a.jpg", false),
            ("http://[::1]:9/a.jpg", false),
            ("http://localhost/a.jpg", false),
            ("http://192.168.1.20:8080/art/a.png", true),
            ("http://192.168.1.20:8081/art/a.png", false),
            ("file:///etc/passwd", false),
            ("data:image/png;base64,AA", false),
        ] {
            assert_eq!(is_safe(&lan, &Url::parse(url).unwrap()), safe, "{url}");
        }
    }
}
