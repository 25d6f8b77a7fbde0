//! Which proxy is before an address.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Proxy;
use reqwest::header::HeaderValue;
use url::Url;

use super::is_loopback;

/// The proxy that the environment names, for all that leaves this machine. What stays on it goes there directly:
/// plain http is allowed to loopback, and would take the access token in the clear to wherever the proxy is.
pub fn proxy_of_the_environment() -> Proxy {
    let environment = Matcher::from_system();
    Proxy::custom(move |url| proxy_before(&environment, url))
}

/// The proxy before one address, with its user and password.
fn proxy_before(environment: &Matcher, url: &Url) -> Option<Url> {
    if is_loopback(url) {
        return None;
    }
    let found = environment.intercept(&url.as_str().parse::<Uri>().ok()?)?;
    let mut proxy = Url::parse(&found.uri().to_string()).ok()?;
    if let Some((user, password)) = found.basic_auth().and_then(user_and_password) {
        proxy.set_username(&user).ok()?;
        proxy.set_password(Some(&password)).ok()?;
    }
    Some(proxy)
}

/// The content of `Basic …` (RFC 7617 section 2).
fn user_and_password(header: &HeaderValue) -> Option<(String, String)> {
    let packed = header.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(packed).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_stays_on_this_machine_goes_through_a_proxy() {
        let environment = Matcher::builder()
            .all("http://ada:l%C3%B6ve%3Alace@proxy.example:3128")
            .no("inside.example")
            .build();
        let before = |address: &str| {
            let proxy = proxy_before(&environment, &Url::parse(address).unwrap());
            proxy.map(String::from)
        };
        for address in [
            "http://127.0.0.1:8080/api",
            "https://127.0.0.1/api",
            "http://localhost:1/",
            "http://[::1]:8080/",
            "https://inside.example/",
        ] {
            assert_eq!(before(address), None, "{address}");
        }
        assert_eq!(
            before("https://api.example.com/v1/row").as_deref(),
            Some("http://ada:l%C3%B6ve%3Alace@proxy.example:3128/")
        );
    }
}
