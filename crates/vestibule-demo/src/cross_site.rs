//! What a web page of somebody else may do in a browser that reaches this server: lead a person to the page where a
//! code is typed, and nothing else.
//!
//! Browsers say who asks: with `Origin`, and, to addresses on the machine itself, with Fetch Metadata
//! (<https://www.w3.org/TR/fetch-metadata/>). What says nothing is no browser, or one that a person has typed into.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};

/// Where a person may be led, and where the form goes.
pub(super) const PAGE: &str = "/activate";

/// The value of a header that browsers set.
fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether some other web page had this request sent. `same-site` is one too: it has another port.
pub(super) fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = value(headers, "sec-fetch-site").unwrap_or("none");
    !matches!(site, "none" | "same-origin")
}

/// Whether a request is refused because some other web page had it sent.
pub(super) fn is_refused(request: &Request) -> bool {
    let headers = request.headers();
    let leads_a_person_here = matches!(*request.method(), Method::GET | Method::HEAD)
        && value(headers, "sec-fetch-mode") == Some("navigate")
        && value(headers, "sec-fetch-dest") == Some("document")
        && matches!(request.uri().path(), "/" | PAGE);
    let origins = headers.get_all(header::ORIGIN).iter();
    let mut origins = origins.map(|origin| origin.to_str().unwrap_or_default());
    origins.any(|origin| !is_ours(origin, request))
        || (is_from_elsewhere(headers) && !leads_a_person_here)
}

/// Whether an origin is that of our own pages, at the address that the request was made to.
fn is_ours(origin: &str, request: &Request) -> bool {
    if origin == "null" {
        // What browsers send with our own form, since its page has the referrer policy `no-referrer` (Fetch, "append a
        // request Origin header"). The form is safe without: its token and cookie are known to our page alone.
        return request.method() == Method::POST && request.uri().path() == PAGE;
    }
    let host = value(request.headers(), "host").unwrap_or_default();
    let authority = origin.strip_prefix("http://");
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

/// Whether the request was made to an address and not to a name. Some web site's name that was made to point
/// at this machine (DNS rebinding) would let that site read our pages.
pub(super) fn is_to_an_address(request: &Request) -> bool {
    let named = |authority: &Authority| {
        let name = authority.host();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
    };
    // HTTP has one of them alone, and an address in full only for proxies (RFC 9112 section 3.2).
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    host.as_ref().is_some_and(named)
        && hosts.next().is_none()
        && request.uri().authority().is_none_or(named)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::HeaderName;

    use super::*;

    /// A request with these header fields, one a line.
    fn request(method: &str, path: &str, fields: &str) -> Request {
        let mut request = Request::builder().method(method).uri(path);
        for field in fields.lines() {
            let (name, value) = field.trim().split_once(": ").unwrap();
            let name: HeaderName = name.parse().unwrap();
            request = request.header(name, value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn a_page_of_somebody_else_does_nothing_here() {
        let cross = "Host: 127.0.0.1:8628\nSec-Fetch-Site: cross-site";
        for (method, path, fields) in [
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: http://evil.example",
            ),
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: null",
            ),
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: http://127.0.0.1:3000",
            ),
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: https://127.0.0.1:8628",
            ),
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: http://localhost:8628",
            ),
            (
                "POST",
                "/oauth/device/code",
                "Host: 127.0.0.1:8628\nOrigin: http://127.0.0.1:8628\nOrigin: http://evil.example",
            ),
            ("POST", "/oauth/device/code", cross),
            (
                "POST",
                "/oauth/device/code",
                "Host: localhost:8628\nSec-Fetch-Site: same-site",
            ),
            (
                "POST",
                "/activate",
                &format!("{cross}\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"),
            ),
            (
                "GET",
                "/activate",
                &format!("{cross}\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image"),
            ),
            (
                "GET",
                "/activate",
                &format!("{cross}\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe"),
            ),
            (
                "GET",
                "/activate",
                "Host: 192.0.2.1:8628\nOrigin: http://evil.example",
            ),
            (
                "GET",
                "/api/x",
                &format!("{cross}\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"),
            ),
            (
                "OPTIONS",
                "/oauth/token",
                "Host: 127.0.0.1:8628\nOrigin: http://evil.example",
            ),
        ] {
            assert!(
                is_refused(&request(method, path, fields)),
                "{method} {path}\n{fields}"
            );
        }
    }

    #[test]
    fn who_is_no_browser_or_our_own_page_is_served() {
        for (method, path, fields) in [
            ("POST", "/oauth/device/code", "Host: 127.0.0.1:8628"),
            (
                "POST",
                "/activate",
                "Host: 127.0.0.1:8628\nOrigin: null\nSec-Fetch-Site: same-origin",
            ),
            (
                "POST",
                "/activate",
                "Host: 192.0.2.1:8628\nOrigin: http://192.0.2.1:8628",
            ),
            (
                "GET",
                "/activate",
                "Host: 127.0.0.1:8628\nSec-Fetch-Site: none",
            ),
            (
                "GET",
                "/activate",
                "Host: 127.0.0.1:8628\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document",
            ),
        ] {
            assert!(
                !is_refused(&request(method, path, fields)),
                "{method} {path}\n{fields}"
            );
        }
    }

    #[test]
    fn one_host_and_that_an_address() {
        for (path, fields, expected) in [
            ("/", "Host: 127.0.0.1:8628", true),
            ("/", "Host: LOCALHOST", true),
            ("/", "Host: [::1]:8", true),
            ("http://127.0.0.1:8628/", "Host: 127.0.0.1:8628", true),
            ("/", "X: none", false),
            ("/", "Host: evil.example", false),
            ("/", "Host: 127.0.0.1.evil.example", false),
            ("/", "Host: 127.0.0.1\nHost: evil.example", false),
            ("http://evil.example/", "Host: 127.0.0.1", false),
        ] {
            let given = request("GET", path, fields);
            assert_eq!(is_to_an_address(&given), expected, "{path} {fields}");
        }
    }
}
