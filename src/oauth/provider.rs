//! What is different from one kind of authorization server to the next, as data.

use url::Url;

use super::Error;
use super::discovery::Endpoints;
use crate::config::{self, Preset};

/// How the client proves itself at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authentication {
    /// A public client: a secret, even if configured, is never sent.
    None,
    /// In the form, where there is a secret.
    Form,
    /// As the server's metadata asks: in the form if it says so, else HTTP Basic, which every
    /// server must know (RFC 6749 section 2.3.1).
    Metadata,
}

/// One kind of server.
#[derive(Debug)]
pub(super) struct Kind {
    /// Issuer; `{domain}` and `{issuer}` stand for the configuration's.
    issuer: Option<&'static str>,
    /// Whether endpoints that are not known here are looked up at the issuer.
    pub(super) discovery: bool,
    /// Known paths under the issuer: device authorization, token, userinfo, revocation, keys.
    paths: Option<[&'static str; 5]>,
    pub(super) authentication: Authentication,
    /// Asked for where the configuration names none.
    scopes: &'static [&'static str],
    pub(super) scope_separator: &'static str,
    /// Name of the parameter that carries `audience`.
    pub(super) audience: &'static str,
    /// Extra parameters that the token endpoint wants as well (RFC 8707 section 2.2).
    pub(super) repeated: &'static [&'static str],
    /// What to look at when the server rejects this client.
    pub(super) help: &'static str,
}

const OPENID: &[&str] = &["openid", "profile", "email", "offline_access"];

const AUTH0: Kind = Kind {
    issuer: Some("https://{domain}/"),
    discovery: false,
    paths: Some([
        "oauth/device/code",
        "oauth/token",
        "userinfo",
        "oauth/revoke",
        ".well-known/jwks.json",
    ]),
    // A device authorization request with a secret is answered 403 `unauthorized_client`.
    authentication: Authentication::None,
    scopes: OPENID,
    scope_separator: " ",
    audience: "audience",
    repeated: &[],
    help: "In the Auth0 dashboard the application must be of type Native, OIDC conformant, with token endpoint \
           authentication None and the grant types Device Code and Refresh Token; the API must exist under the \
           configured audience and allow offline access. The tenant log has the reason under fdeaz or fede.",
};

const OIDC: Kind = Kind {
    issuer: Some("{issuer}"),
    discovery: true,
    paths: None,
    authentication: Authentication::Metadata,
    scopes: OPENID,
    scope_separator: " ",
    audience: "audience",
    repeated: &["resource"],
    help: "The client must be registered at the server as a public client with the device authorization grant and \
           the refresh token grant enabled.",
};

const OAUTH2: Kind = Kind {
    issuer: None,
    discovery: false,
    paths: None,
    authentication: Authentication::Form,
    scopes: &[],
    scope_separator: " ",
    audience: "audience",
    repeated: &["resource"],
    help: "The client must be registered at the server with the device authorization grant enabled, and the \
           endpoints in the configuration must be the server's.",
};

impl Kind {
    pub(super) fn of(preset: Preset) -> &'static Self {
        match preset {
            Preset::Auth0 => &AUTH0,
            Preset::Oidc => &OIDC,
            Preset::Oauth2 => &OAUTH2,
        }
    }

    /// The issuer of ID tokens; `None` where the kind of server has no such thing.
    pub(super) fn issuer(&self, provider: &config::Provider) -> Result<Option<String>, Error> {
        let Some(template) = self.issuer else {
            return Ok(None);
        };
        let missing = |key: &str| Error::Misconfigured(format!("provider.{key} is missing"));
        if template.contains("{domain}") {
            let domain = provider
                .domain
                .as_deref()
                .ok_or_else(|| missing("domain"))?;
            let issuer = template.replace("{domain}", domain);
            let is_host = Url::parse(&issuer).is_ok_and(|url| {
                url.path() == "/" && url.username().is_empty() && url.query().is_none()
            });
            return match is_host {
                true => Ok(Some(issuer)),
                false => Err(Error::Misconfigured(format!(
                    "provider.domain {domain:?} is not a host name"
                ))),
            };
        }
        let issuer = provider.issuer.as_ref().ok_or_else(|| missing("issuer"))?;
        // A parsed address always has a path: the slash after a bare host is the parser's, and
        // issuers are mostly written without.
        let text = match issuer.path() {
            "/" => issuer.as_str().trim_end_matches('/'),
            _ => issuer.as_str(),
        };
        Ok(Some(template.replace("{issuer}", text)))
    }

    /// Endpoints that need no look-up.
    pub(super) fn endpoints(&self, issuer: Option<&str>) -> Endpoints {
        let known = |index: usize| {
            let path = self.paths.as_ref()?.get(index)?;
            Url::parse(issuer?).ok()?.join(path).ok()
        };
        Endpoints {
            issuer: issuer.map(str::to_owned),
            device_authorization: known(0),
            token: known(1),
            userinfo: known(2),
            revocation: known(3),
            jwks: known(4),
            secret_in_form: false,
            dpop: false,
        }
    }

    /// The scopes to ask for.
    pub(super) fn scopes(&self, provider: &config::Provider) -> Vec<String> {
        if provider.scopes.is_empty() {
            self.scopes.iter().map(|&scope| scope.to_owned()).collect()
        } else {
            provider.scopes.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(toml: &str) -> config::Provider {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn auth0_needs_a_domain_and_no_look_up() {
        let provider = provider("preset = 'auth0'\nclient_id = 'c'\ndomain = 'acme.eu.auth0.com'");
        let kind = Kind::of(provider.preset);
        let issuer = kind.issuer(&provider).unwrap();
        assert_eq!(issuer.as_deref(), Some("https://acme.eu.auth0.com/"));
        let endpoints = kind.endpoints(issuer.as_deref());
        let text = |url: Option<Url>| url.unwrap().to_string();
        assert_eq!(
            text(endpoints.device_authorization),
            "https://acme.eu.auth0.com/oauth/device/code"
        );
        assert_eq!(
            text(endpoints.token),
            "https://acme.eu.auth0.com/oauth/token"
        );
        assert_eq!(
            text(endpoints.userinfo),
            "https://acme.eu.auth0.com/userinfo"
        );
        assert_eq!(
            text(endpoints.revocation),
            "https://acme.eu.auth0.com/oauth/revoke"
        );
        assert_eq!(
            text(endpoints.jwks),
            "https://acme.eu.auth0.com/.well-known/jwks.json"
        );
        assert!(!kind.discovery);
        assert_eq!(kind.scopes(&provider), OPENID);
    }

    #[test]
    fn a_domain_that_is_no_host_is_refused() {
        for domain in [
            "",
            "https://acme.auth0.com",
            "acme.auth0.com/path",
            "u@acme.auth0.com",
            "a b",
        ] {
            let provider = provider(&format!("preset='auth0'\nclient_id='c'\ndomain='{domain}'"));
            assert!(
                Kind::of(Preset::Auth0).issuer(&provider).is_err(),
                "{domain}"
            );
        }
    }

    #[test]
    fn an_issuer_keeps_its_path_and_loses_only_the_parsers_slash() {
        for (written, meant) in [
            ("https://id.example", "https://id.example"),
            ("https://id.example/", "https://id.example"),
            ("https://id.example/o", "https://id.example/o"),
            ("https://id.example/o/", "https://id.example/o/"),
        ] {
            let provider = provider(&format!("preset='oidc'\nclient_id='c'\nissuer='{written}'"));
            let issuer = Kind::of(Preset::Oidc).issuer(&provider).unwrap();
            assert_eq!(issuer.as_deref(), Some(meant));
        }
    }

    #[test]
    fn plain_oauth_has_no_issuer_and_asks_for_no_scope_by_itself() {
        let provider = provider("preset = 'oauth2'\nclient_id = 'c'");
        let kind = Kind::of(provider.preset);
        assert_eq!(kind.issuer(&provider), Ok(None));
        assert!(kind.scopes(&provider).is_empty());
    }
}
