//! Which addresses may be spoken to: https everywhere, plain http only on loopback, where no other machine can listen.

use device_flow::is_loopback;
use url::Url;

/// Reads an address, and says in words what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => format!(
            "not a whole address; write it with its scheme, such as \"https://{}\"",
            text.trim_start_matches('/')
        ),
        other => format!("not an address: {other}"),
    })?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(
                "plain http is refused: anyone on the way could read the tokens; use https \
                 (http is allowed only on this machine: 127.0.0.1, [::1] or localhost)"
                    .to_owned(),
            );
        }
        other => {
            return Err(format!(
                "\"{other}\" is not a scheme that is spoken here; use https"
            ));
        }
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("the address names no host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address must not hold a user name or a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err("an address must not have a fragment (#…)".to_owned());
    }
    Ok(url)
}

/// [`parse`], for an address to which paths are added.
pub(super) fn parse_base(text: &str) -> Result<Url, String> {
    let url = parse(text)?;
    if url.query().is_some() {
        return Err("this address must not have a query (?…): paths are added to it".to_owned());
    }
    Ok(url)
}

/// Checks a bare host name, perhaps with a port.
pub(super) fn check_host(text: &str) -> Result<(), String> {
    if let Some((_, rest)) = text.split_once("://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        return Err(format!("write only the host name: \"{host}\""));
    }
    if let Some((host, _)) = text.split_once('/') {
        return Err(format!("write only the host name: \"{host}\""));
    }
    let refused = || "not a host name; it looks like \"acme.eu.auth0.com\"".to_owned();
    if text.contains(|c: char| c.is_whitespace() || "@?#\\".contains(c)) {
        return Err(refused());
    }
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| refused())?;
    match url.host_str() {
        Some(host) if !host.is_empty() => Ok(()),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for good in [
            "https://as.example.com/x?y=z",
            "http://127.0.0.1:8080/",
            "http://127.9.9.9/",
            "http://[::1]:9/",
            "http://localhost/",
            "http://LOCALHOST/",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://as.example.com/",
            "http://192.168.1.2/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "http://0.0.0.0/",
            "http://[::]/",
        ] {
            let error = parse(bad).unwrap_err();
            assert!(error.contains("plain http is refused"), "{bad}: {error}");
        }
    }

    #[test]
    fn every_other_slip_gets_its_own_words() {
        for (text, words) in [
            ("as.example.com/x", "https://as.example.com/x"),
            ("//as.example.com/x", "https://as.example.com/x"),
            ("ftp://as.example.com/", "\"ftp\""),
            ("https://", "not an address"),
            ("https://user:secret@as.example.com/", "user name"),
            ("https://as.example.com/#x", "fragment"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
        assert!(parse_base("https://a.example/?x=1").is_err());
    }

    #[test]
    fn a_domain_is_a_host_name_and_nothing_else() {
        for good in [
            "acme.eu.auth0.com",
            "login.acme.tv",
            "127.0.0.1:8443",
            "localhost",
        ] {
            assert_eq!(check_host(good), Ok(()), "{good}");
        }
        for pasted in ["https://acme.eu.auth0.com/", "acme.eu.auth0.com/authorize"] {
            let error = check_host(pasted).unwrap_err();
            assert!(
                error.contains("only the host name: \"acme.eu.auth0.com\""),
                "{error}"
            );
        }
        for bad in ["acme auth0.com", "a@b.example", "", "a?b"] {
            assert!(check_host(bad).is_err(), "{bad}");
        }
    }
}
