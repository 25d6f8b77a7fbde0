//! Which addresses may be spoken to: https everywhere, plain http only on loopback, where no other machine can listen.

use device_flow::is_loopback;
use url::Url;

/// What to write in the place of an address without its beginning.
fn not_whole(text: &str) -> String {
    let scheme = ["https//", "http//", "https/", "http/"];
    let rest = scheme.iter().find_map(|scheme| text.strip_prefix(scheme));
    match rest.unwrap_or(text) {
        path if path.starts_with('/') && !path.starts_with("//") && rest.is_none() => format!(
            "not a whole address; write it with its scheme and host, such as \"https://id.example{path}\""
        ),
        host => format!(
            "not a whole address; put https:// in front: \"https://{}\"",
            host.trim_start_matches('/')
        ),
    }
}

/// Reads an address, and says in words what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    no_blank(text)?;
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => not_whole(text),
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
        // A host with its port.
        host if text
            .get(host.len() + 1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) =>
        {
            return Err(not_whole(text));
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
    if let Some(issuer) = issuer_of_metadata(&url) {
        return Err(format!(
            "this is where the server's metadata stands; the issuer is \"{issuer}\""
        ));
    }
    Ok(url)
}

/// [`parse`], for an address to which paths are added.
pub(super) fn parse_base(text: &str) -> Result<Url, String> {
    let url = parse(text)?;
    if url.query().is_some() {
        return Err("this address must not have a query (?…): paths are added to it".to_owned());
    }
    if let Some(before) = before_a_document(&url) {
        return Err(format!(
            "this is the address of one document, and paths are added to it; what stands before is \"{before}\""
        ));
    }
    Ok(url)
}

/// The issuer, where an address is that of its metadata: as OpenID Connect Discovery section 4 appends to it, or as
/// RFC 8414 section 3 inserts.
fn issuer_of_metadata(url: &Url) -> Option<String> {
    const PLACES: [&str; 2] = [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ];
    let path = url.path();
    let (before, after) = PLACES.iter().find_map(|place| path.split_once(place))?;
    let path = match before {
        "" => after,
        before => before,
    };
    let origin = url.origin().ascii_serialization();
    Some(format!("{origin}{}", path.trim_end_matches('/')))
}

/// What stands before a document in an address: any that is well known (RFC 8615), such as
/// `.well-known/uma2-configuration`, or one of JSON, such as `jwks.json`.
fn before_a_document(url: &Url) -> Option<String> {
    let path = url.path();
    let well_known = path.split_once("/.well-known").map(|(before, _)| before);
    let (folder, name) = path.trim_end_matches('/').rsplit_once('/')?;
    let is_json = name.to_ascii_lowercase().ends_with(".json");
    let before = well_known.or(is_json.then_some(folder))?;
    Some(format!("{}{before}", url.origin().ascii_serialization()))
}

/// Refuses what is to be replaced by the owner's own, as in examples and metadata: `{tenantid}`, `<domain>`.
fn no_blank(text: &str) -> Result<(), String> {
    for (open, close) in [('{', '}'), ('<', '>')] {
        let found = text
            .split_once(open)
            .and_then(|(_, rest)| rest.split_once(close));
        if let Some((name, _)) = found {
            return Err(format!(
                "{open}{name}{close} is a blank: put your own value in its place"
            ));
        }
    }
    Ok(())
}

/// Checks a bare host name, perhaps with a port.
pub(super) fn check_host(text: &str) -> Result<(), String> {
    no_blank(text)?;
    let refused = || "not a host name; it looks like \"acme.eu.auth0.com\"".to_owned();
    let host = host_in(text);
    if host != text {
        check_host(host).map_err(|_| refused())?;
        return Err(format!("write only the host name: \"{host}\""));
    }
    if text.contains(|c: char| c.is_whitespace() || "@?#\\".contains(c)) {
        return Err(refused());
    }
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| refused())?;
    match url.host_str() {
        Some(host) if !host.is_empty() => Ok(()),
        _ => Err(refused()),
    }
}

/// The host in what was copied from a browser.
fn host_in(text: &str) -> &str {
    let text = text.trim();
    let scheme = ["https:", "http:"].into_iter().find(|scheme| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let rest = text.get(scheme.map_or(0, str::len)..).unwrap_or(text);
    let rest = rest.trim_start_matches('/');
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
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
    fn an_address_without_its_beginning_is_answered_with_a_whole_one() {
        for (written, whole) in [
            ("id.example", "https://id.example"),
            ("id.example:8443", "https://id.example:8443"),
            ("localhost:8080/o", "https://localhost:8080/o"),
            ("//id.example/o", "https://id.example/o"),
            ("https//id.example", "https://id.example"),
            ("/token", "https://id.example/token"),
        ] {
            let error = parse(written).unwrap_err();
            assert!(
                error.ends_with(&format!("\"{whole}\"")),
                "{written}: {error}"
            );
        }
        assert!(parse("ftp://id.example").unwrap_err().contains("\"ftp\""));
    }

    #[test]
    fn the_address_of_the_metadata_is_answered_with_the_issuer() {
        for (pasted, issuer) in [
            (
                "https://id.example/o/tv/.well-known/openid-configuration",
                "https://id.example/o/tv",
            ),
            (
                "https://id.example/.well-known/openid-configuration",
                "https://id.example",
            ),
            (
                "https://id.example/.well-known/oauth-authorization-server/o/tv",
                "https://id.example/o/tv",
            ),
            (
                "https://id.example:8443/o/.well-known/oauth-authorization-server?x",
                "https://id.example:8443/o",
            ),
        ] {
            let error = parse(pasted).unwrap_err();
            assert!(
                error.ends_with(&format!("the issuer is \"{issuer}\"")),
                "{error}"
            );
        }
        assert!(parse("https://id.example/.well-known/jwks.json").is_ok());
    }

    #[test]
    fn a_document_is_no_place_to_add_paths_to() {
        for (pasted, before) in [
            (
                "https://id.example/realms/tv/.well-known/uma2-configuration",
                "https://id.example/realms/tv",
            ),
            (
                "https://id.example/.well-known/jwks.json",
                "https://id.example",
            ),
            ("https://id.example/o/jwks.json/", "https://id.example/o"),
            ("https://id.example/.well-known/", "https://id.example"),
        ] {
            let error = parse_base(pasted).unwrap_err();
            assert!(error.ends_with(&format!("\"{before}\"")), "{error}");
        }
        for base in ["https://id.example", "https://id.example/json/"] {
            assert!(parse_base(base).is_ok(), "{base}");
        }
    }

    #[test]
    fn a_blank_that_was_not_filled_is_named() {
        for (text, blank) in [
            (
                "https://login.microsoftonline.com/{tenantid}/v2.0",
                "{tenantid}",
            ),
            ("https://<domain>/", "<domain>"),
        ] {
            let error = parse_base(text).unwrap_err();
            assert!(error.starts_with(&format!("{blank} is a blank")), "{error}");
        }
        let error = check_host("<tenant>.eu.auth0.com").unwrap_err();
        assert!(error.starts_with("<tenant> is a blank"), "{error}");
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
        for pasted in [
            "https://acme.eu.auth0.com/",
            "HTTPS://acme.eu.auth0.com",
            "https:/acme.eu.auth0.com",
            "//acme.eu.auth0.com",
            " acme.eu.auth0.com\n",
            "acme.eu.auth0.com/authorize",
            "acme.eu.auth0.com/.well-known/openid-configuration",
            "acme.eu.auth0.com?x=y",
        ] {
            let error = check_host(pasted).unwrap_err();
            assert!(
                error.contains("only the host name: \"acme.eu.auth0.com\""),
                "{error}"
            );
        }
        for bad in [
            "acme auth0.com",
            "a@b.example",
            "",
            "https://",
            "https://a@b/",
        ] {
            let error = check_host(bad).unwrap_err();
            assert!(error.contains("it looks like"), "{bad}: {error}");
        }
    }
}
