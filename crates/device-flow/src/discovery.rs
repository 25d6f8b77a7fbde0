//! Where a server's endpoints are: OpenID Connect Discovery, then RFC 8414.

use serde_json::{Map, Value};
use url::Url;

use super::address::{is_loopback, leads_back};
use super::net::{Http, bare, unexpected};
use super::{Error, NetworkError, NetworkFailure, wire};
use crate::config::EndpointOverrides;

/// What is known of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Endpoints {
    /// The issuer as the server writes it: `iss` must equal this to the letter.
    pub(super) issuer: Option<String>,
    pub(super) device_authorization: Option<Url>,
    pub(super) token: Option<Url>,
    pub(super) userinfo: Option<Url>,
    pub(super) revocation: Option<Url>,
    pub(super) jwks: Option<Url>,
    /// What the server named and is not used: the endpoint, and why.
    pub(super) refused: Vec<(&'static str, String)>,
    /// Whether a client secret goes into the form and not into HTTP Basic.
    pub(super) secret_in_form: bool,
    /// Whether the server knows PKCE with S256.
    pub(super) pkce: bool,
    /// Why they could not be looked up, where these are only those that are known without.
    pub(super) outage: Option<Error>,
}

impl Endpoints {
    /// Whether a sign-in and all refreshes after it have an address.
    pub(super) fn serve_a_sign_in(&self) -> bool {
        self.device_authorization.is_some() && self.token.is_some()
    }

    /// With the configuration's own endpoints, which win one by one.
    pub(super) fn configured(self, own: &EndpointOverrides) -> Self {
        let win = |own: &Option<Url>, found: Option<Url>| own.clone().or(found);
        Self {
            device_authorization: win(&own.device_authorization, self.device_authorization),
            token: win(&own.token, self.token),
            userinfo: win(&own.userinfo, self.userinfo),
            revocation: win(&own.revocation, self.revocation),
            jwks: win(&own.jwks, self.jwks),
            ..self
        }
    }

    /// With what `other` knows and this does not.
    pub(super) fn completed_by(self, other: Self) -> Self {
        Self {
            issuer: self.issuer.or(other.issuer),
            device_authorization: self.device_authorization.or(other.device_authorization),
            token: self.token.or(other.token),
            userinfo: self.userinfo.or(other.userinfo),
            revocation: self.revocation.or(other.revocation),
            jwks: self.jwks.or(other.jwks),
            refused: [self.refused, other.refused].concat(),
            secret_in_form: self.secret_in_form || other.secret_in_form,
            pkce: self.pkce || other.pkce,
            outage: self.outage.or(other.outage),
        }
    }

    /// The device authorization endpoint.
    pub(super) fn device_authorization(&self) -> Result<&Url, Error> {
        let none = "the server's discovery document names no device_authorization_endpoint: the device grant may be \
                    off, or give device_authorization_endpoint in the configuration";
        let endpoint = self.device_authorization.as_ref();
        endpoint.ok_or_else(|| self.missing("device_authorization_endpoint", none))
    }

    /// The token endpoint.
    pub(super) fn token(&self) -> Result<&Url, Error> {
        let none = "no token endpoint is known: give token_endpoint in the configuration";
        let endpoint = self.token.as_ref();
        endpoint.ok_or_else(|| self.missing("token_endpoint", none))
    }

    /// Why an endpoint is missing: the server named one that is not used, or `none`.
    fn missing(&self, name: &str, none: &str) -> Error {
        self.refusal(name)
            .unwrap_or_else(|| Error::Misconfigured(none.to_owned()))
    }

    /// Each endpoint that the server named, that is not used and that nothing else names, with why.
    pub(super) fn missing_for_a_refusal(&self) -> Vec<(&'static str, Error)> {
        let found = [
            ("device_authorization_endpoint", &self.device_authorization),
            ("token_endpoint", &self.token),
            ("userinfo_endpoint", &self.userinfo),
            ("revocation_endpoint", &self.revocation),
            ("jwks_uri", &self.jwks),
        ];
        let missing = found.into_iter().filter(|(_, found)| found.is_none());
        missing
            .filter_map(|(name, _)| Some((name, self.refusal(name)?)))
            .collect()
    }

    /// Logs them.
    pub(super) fn tell_what_is_refused(&self) {
        for (_, error) in self.missing_for_a_refusal() {
            tracing::warn!("{error}");
        }
    }

    /// Why the endpoint that the server named is not used, if that is so.
    pub(super) fn refusal(&self, name: &str) -> Option<Error> {
        let (name, why) = self.refused.iter().find(|(refused, _)| *refused == name)?;
        Some(Error::Misconfigured(format!(
            "the server's metadata names {name} {why}"
        )))
    }
}

/// Looks the endpoints up, at one place after the other until a sign-in has all that it needs, with what
/// `own` names.
///
/// # Errors
/// [`Error::Network`] when the server can't be reached, [`Error::Misconfigured`] when no document
/// of this issuer stands at any of the known places.
pub(super) async fn discover(
    http: &Http,
    issuer: &str,
    own: &EndpointOverrides,
) -> Result<Endpoints, Error> {
    let mut found: Option<Endpoints> = None;
    let mut refusals = Vec::new();
    let mut outage = None;
    for address in addresses(issuer)? {
        let endpoints = match look(http, &address, issuer).await {
            Ok(endpoints) => endpoints,
            // Whatever is wrong with the other places: one document is there.
            Err(error) if found.is_some() => {
                tracing::debug!(%error, "no further endpoints");
                continue;
            }
            // One place may fail where the next does not; a host that cannot be reached has no next place.
            Err(
                error @ Error::Network(NetworkError {
                    failure: NetworkFailure::Unavailable | NetworkFailure::Interrupted,
                    ..
                }),
            ) => {
                outage = outage.or(Some(error));
                continue;
            }
            Err(error @ Error::Unexpected { .. }) => {
                refusals.push(error.to_string());
                continue;
            }
            Err(error) => return Err(error),
        };
        let endpoints = match found.take() {
            Some(earlier) => earlier.completed_by(endpoints),
            None => endpoints,
        };
        if endpoints.clone().configured(own).serve_a_sign_in() {
            return Ok(endpoints);
        }
        found = Some(endpoints);
    }
    match (found, outage) {
        (Some(found), _) => Ok(found),
        (None, Some(outage)) => Err(outage),
        (None, None) => Err(Error::Misconfigured(format!(
            "no discovery document for the issuer {issuer}: {}",
            refusals.join("; ")
        ))),
    }
}

/// Reads the document at one place.
async fn look(http: &Http, address: &Url, issuer: &str) -> Result<Endpoints, Error> {
    let reply = http.document(address).await?;
    let document = wire::members(&reply).filter(|_| reply.is_success());
    match document.filter(|document| document.contains_key("issuer")) {
        Some(document) => endpoints(&document, issuer),
        None => Err(unexpected(&reply, &bare(address))),
    }
}

/// Where a look-up begins.
pub(super) fn first_address(issuer: &str) -> Result<Url, Error> {
    addresses(issuer)?
        .into_iter()
        .next()
        .ok_or_else(|| Error::Misconfigured(format!("the issuer {issuer} is no address")))
}

/// OpenID Connect Discovery section 4 appends to the issuer, RFC 8414 section 3 inserts between
/// host and path; servers that append there too exist.
fn addresses(issuer: &str) -> Result<Vec<Url>, Error> {
    let bad = |_| Error::Misconfigured(format!("the issuer {issuer} is no address"));
    let base = Url::parse(issuer).map_err(bad)?;
    let path = base.path().trim_end_matches('/').to_owned();
    let at = |path: String| {
        let mut url = base.clone();
        url.set_path(&path);
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    let mut addresses = vec![
        at(format!("{path}/.well-known/openid-configuration")),
        at(format!("/.well-known/oauth-authorization-server{path}")),
    ];
    if !path.is_empty() {
        addresses.push(at(format!("{path}/.well-known/oauth-authorization-server")));
    }
    Ok(addresses)
}

pub(super) fn endpoints(document: &Map<String, Value>, issuer: &str) -> Result<Endpoints, Error> {
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let own = Url::parse(issuer);
    let is_own = own.is_ok_and(|issuer| leads_back(&issuer));
    let mut refused = Vec::new();
    let mut url = |name: &'static str| match endpoint(name, text(name)?, is_own) {
        Ok(url) => Some(url),
        Err(why) => {
            refused.push((name, why));
            None
        }
    };
    let named = text("issuer").unwrap_or_default();
    // The standard wants them equal to the letter. What is forgiven is what the configuration cannot keep apart,
    // such as "https://host" and "https://host/"; the server's own spelling is then the one that ID tokens are held
    // against.
    if !is_the_same(named, issuer) {
        return Err(Error::Misconfigured(of_another_issuer(
            &super::text::bounded(named, 200),
            issuer,
        )));
    }
    let lists = |name: &str, item: &str| {
        let items = document.get(name).and_then(Value::as_array);
        items.is_some_and(|items| items.iter().any(|listed| listed.as_str() == Some(item)))
    };
    let authentication = |method| lists("token_endpoint_auth_methods_supported", method);
    Ok(Endpoints {
        issuer: Some(named.to_owned()),
        device_authorization: url("device_authorization_endpoint"),
        token: url("token_endpoint"),
        userinfo: url("userinfo_endpoint"),
        revocation: url("revocation_endpoint"),
        jwks: url("jwks_uri"),
        refused,
        secret_in_form: authentication("client_secret_post")
            && !authentication("client_secret_basic"),
        pkce: lists("code_challenge_methods_supported", "S256"),
        outage: None,
    })
}

/// An endpoint that a document names, where it may be used.
///
/// A server elsewhere has no business with what listens on this machine, to which it could direct tokens and requests;
/// one that stands here itself may, and without TLS. What is configured is the owner's own word and not looked at here.
///
/// # Errors
/// Why it is not used, with the address.
fn endpoint(name: &str, text: &str, is_own: bool) -> Result<Url, String> {
    let shown = super::text::bounded(text, 200);
    // The configuration takes no other address either.
    let https = format!(
        "the server must name an https address there, or the configuration give one as {name}"
    );
    let Ok(url) = Url::parse(text) else {
        return Err(format!("{shown:?}, which is no whole address: {https}"));
    };
    let is_here = "which is this machine itself, and the server is not";
    match url.scheme() {
        "https" if is_own || !leads_back(&url) => Ok(url),
        "http" if is_own && is_loopback(&url) => Ok(url),
        "https" | "http" if url.scheme() == "https" || is_loopback(&url) => Err(format!(
            "{}, {is_here}: if it is right all the same, give {name} in the configuration",
            bare(&url)
        )),
        "http" if leads_back(&url) => Err(format!("{}, {is_here}: {https}", bare(&url))),
        "http" => Err(format!("{}, which is plain http: {https}", bare(&url))),
        _ => Err(format!("{shown:?}, which is no https address: {https}")),
    }
}

/// What to do where the server calls itself otherwise than the configuration does.
fn of_another_issuer(named: &str, issuer: &str) -> String {
    let differ = format!(
        "the server calls itself {named:?} and the configuration calls it {issuer:?}: the issuer must be the same"
    );
    // Microsoft Entra names no directory in the metadata that serves all of them.
    if let Some(at) = named.split('/').position(|part| part == TENANT) {
        let common = issuer.split('/').nth(at).unwrap_or("common");
        return format!(
            "{differ}; put the tenant, by its GUID or its domain, in the place of {common:?} in provider.issuer, or take \
             preset = \"microsoft\""
        );
    }
    match Url::parse(named) {
        Ok(url) if url.has_host() => {
            format!("{differ}; where that is the server you mean, write issuer = {named:?}")
        }
        _ => differ,
    }
}

/// What stands in Microsoft Entra's metadata in the place of a directory.
const TENANT: &str = "{tenantid}";

/// Whether two issuers are one: to the letter, but for a slash at the end and for what every parser evens out in
/// front of the path (capitals in the host, the port that goes without saying).
fn is_the_same(one: &str, other: &str) -> bool {
    fn split(issuer: &str) -> Option<(url::Origin, &str)> {
        let (_, rest) = issuer.split_once("://")?;
        let path = rest
            .find(['/', '\\', '?', '#'])
            .map_or("", |at| &rest[at..]);
        let origin = Url::parse(issuer).ok()?.origin();
        origin
            .is_tuple()
            .then(|| (origin, path.strip_suffix('/').unwrap_or(path)))
    }
    one == other || split(one).is_some_and(|one| split(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_looked_for_at_every_place_they_were_seen() {
        let text = |issuer: &str| -> Vec<String> {
            addresses(issuer)
                .unwrap()
                .iter()
                .map(Url::to_string)
                .collect()
        };
        assert_eq!(
            text("https://id.example"),
            [
                "https://id.example/.well-known/openid-configuration",
                "https://id.example/.well-known/oauth-authorization-server",
            ]
        );
        assert_eq!(
            text("https://id.example/api/oidc/"),
            [
                "https://id.example/api/oidc/.well-known/openid-configuration",
                "https://id.example/.well-known/oauth-authorization-server/api/oidc",
                "https://id.example/api/oidc/.well-known/oauth-authorization-server",
            ]
        );
    }

    #[test]
    fn another_issuer_is_refused_and_a_slash_is_not() {
        let document = |issuer: &str| {
            let value =
                serde_json::json!({"issuer": issuer, "token_endpoint": "https://id.example/t"});
            value.as_object().unwrap().clone()
        };
        let found = endpoints(&document("https://id.example/"), "https://id.example").unwrap();
        assert_eq!(found.issuer.as_deref(), Some("https://id.example/"));
        assert!(endpoints(&document("https://id.example"), "https://id.example/").is_ok());
        for spelling in ["https://ID.Example:443/", "https://id.example:443"] {
            let found = endpoints(&document(spelling), "https://id.example").unwrap();
            assert_eq!(found.issuer.as_deref(), Some(spelling));
        }
        for other in [
            "https://evil.example",
            "https://id.example:8443",
            "https://id.example/?a",
            "https://id.example/a/..",
            "https://id.example\\",
            "urn:id.example",
            "http://id.example",
            "https://id.example/o",
            "",
            "https://id.example//",
        ] {
            assert!(
                endpoints(&document(other), "https://id.example").is_err(),
                "{other}"
            );
        }
    }

    #[test]
    fn a_server_elsewhere_names_no_endpoint_on_this_machine_and_none_without_tls() {
        const NAMES: [&str; 5] = [
            "device_authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
            "jwks_uri",
        ];
        let found = |issuer: &str, address: &str| {
            let mut document = serde_json::json!({"issuer": issuer});
            for name in NAMES {
                document[name] = address.into();
            }
            let found = endpoints(document.as_object().unwrap(), issuer).unwrap();
            let urls = [
                &found.device_authorization,
                &found.token,
                &found.userinfo,
                &found.revocation,
                &found.jwks,
            ];
            let used = urls.map(Option::is_some);
            assert!(used.iter().all(|one| *one == used[0]), "{address}");
            for name in NAMES {
                let words = found.refusal(name).map(|error| error.to_string());
                assert_eq!(words.is_none(), used[0], "{address}");
                assert!(words.is_none_or(|words| words.matches(name).count() == 2));
            }
            used[0]
        };
        for address in [
            "http://id.example/t",
            "http://127.0.0.1/t",
            "https://127.0.0.1/t",
            "https://localhost:8443/t",
            "https://localhost./t",
            "https://a.localhost/t",
            "https://[::1]/t",
            "https://[::ffff:127.0.0.1]/t",
            "https://0.0.0.0/t",
            "com.evil.app:/t",
            "file:///etc/passwd",
            "/t",
            "",
        ] {
            assert!(!found("https://id.example", address), "{address}");
        }
        assert!(found("https://id.example", "https://other.example/t"));
        for own in [
            "http://127.0.0.1:8080",
            "http://localhost:8080",
            "https://[::1]",
        ] {
            for address in [
                "http://127.0.0.1:9/t",
                "https://localhost/t",
                "https://id.example/t",
            ] {
                assert!(found(own, address), "{own} {address}");
            }
            for address in [
                "http://id.example/t",
                "http://192.168.1.20/t",
                "com.evil.app:/t",
            ] {
                assert!(!found(own, address), "{own} {address}");
            }
        }
    }

    #[test]
    fn another_issuer_is_told_with_what_to_write() {
        for (named, issuer, words) in [
            (
                "https://login.microsoftonline.com/{tenantid}/v2.0",
                "https://login.microsoftonline.com/common/v2.0",
                "in the place of \"common\" in provider.issuer",
            ),
            (
                "https://id.example/o/tv",
                "https://id.example/o",
                "write issuer = \"https://id.example/o/tv\"",
            ),
            ("", "https://id.example", "must be the same"),
        ] {
            let said = of_another_issuer(named, issuer);
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn configured_endpoints_win_one_by_one() {
        let own = EndpointOverrides {
            token: Url::parse("https://own.example/t").ok(),
            ..EndpointOverrides::default()
        };
        let found = Endpoints {
            token: Url::parse("https://id.example/t").ok(),
            jwks: Url::parse("https://id.example/k").ok(),
            ..Endpoints::default()
        };
        let merged = found.clone().configured(&own);
        assert_eq!(merged.token, Url::parse("https://own.example/t").ok());
        assert_eq!(merged.jwks, found.jwks);
    }
}
