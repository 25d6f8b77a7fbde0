//! What is different from one kind of authorization server to the next, as data.
//!
//! A [`Provider`] is a row, and a file of this folder holds all of one; nothing outside asks which of them it deals with.
//! What servers do differently without anybody having to know which (other names for the same
//! member, other statuses for the same error) is tolerance, in [`wire`](super::wire).

use url::Url;

use super::Error;
use super::discovery::Endpoints;
pub use super::userinfo::{Members, STANDARD_MEMBERS};
use crate::config::ClientConfig;
use crate::exchange_log::{Exchange, Outcome};

mod auth0;
mod github;
mod gitlab;
mod google;
mod keycloak;
mod microsoft;
mod misconfiguration;
mod oauth2;
mod oidc;
mod okta;
mod settings;
#[cfg(test)]
mod tests;
mod twitch;

pub use auth0::AUTH0;
pub use github::GITHUB;
pub use gitlab::GITLAB;
pub use google::GOOGLE;
pub use keycloak::KEYCLOAK;
pub use microsoft::MICROSOFT;
pub use misconfiguration::{Misconfiguration, Sign};
pub use oauth2::OAUTH2;
pub use oidc::OIDC;
pub use okta::OKTA;
use settings::OPENID_WITHOUT_OFFLINE;
pub use settings::{Setting, Settings};
pub use twitch::TWITCH;

/// Every provider that is known by name, in the order of the reference.
pub static PROVIDERS: [&Provider; 10] = [
    &AUTH0, &OKTA, &GOOGLE, &MICROSOFT, &GITHUB, &GITLAB, &KEYCLOAK, &TWITCH, &OIDC, &OAUTH2,
];

/// How the client proves itself at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    /// A public client: a secret, even if configured, is never sent.
    None,
    /// In the form, where there is a secret.
    Form,
    /// HTTP Basic, where there is a secret.
    Basic,
    /// As the server's metadata asks: in the form if it says so, else HTTP Basic, which every
    /// server must know (RFC 6749 section 2.3.1).
    Metadata,
}

/// Where a server stands. `{domain}`, `{issuer}` and `{tenant}` are the configuration's.
#[derive(Debug)]
pub struct Location {
    /// The issuer of its ID tokens; empty where it issues none.
    pub issuer: &'static str,
    /// What the paths are relative to.
    pub base: &'static str,
}

/// Addresses, relative to the base; empty where there is none or only discovery knows.
#[derive(Debug)]
pub struct Paths {
    /// Where codes are asked for.
    pub device_authorization: &'static str,
    /// Where tokens are asked for.
    pub token: &'static str,
    /// Where a person's claims come from.
    pub userinfo: &'static str,
    /// Where tokens are revoked.
    pub revocation: &'static str,
    /// The keys that sign ID tokens.
    pub keys: &'static str,
}

/// One kind of server.
#[derive(Debug)]
pub struct Provider {
    /// Its name in lower case, such as `auth0`.
    pub name: &'static str,
    /// The first that the configuration gives everything for.
    pub locations: &'static [Location],
    /// Its endpoints.
    pub paths: Paths,
    /// Whether the issuer publishes its endpoints, which then win over `paths`.
    pub discovery: bool,
    /// Spellings of `iss` besides the issuer. `{tid}` is the claim of that name.
    pub issuers: &'static [&'static str],
    /// How the client proves itself.
    pub authentication: Authentication,
    /// Name of the parameter that carries the scopes.
    pub scope: &'static str,
    /// What stands between two scopes in a request.
    pub scope_separator: &'static str,
    /// Whether each poll names the scopes again.
    pub scope_in_polls: bool,
    /// Name of the parameter that carries `audience`.
    pub audience: &'static str,
    /// Extra parameters that the token endpoint wants as well (RFC 8707 section 2.2).
    pub repeated: &'static [&'static str],
    /// Whether it takes PKCE in the device grant, whatever its metadata lists.
    pub pkce: bool,
    /// Parameter in the device authorization endpoint's address that chooses the language of the
    /// server's sentence for people.
    pub language: Option<&'static str>,
    /// The server's own words for errors that have a name: words (in `error` or `message`, in any
    /// case) and name.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Where userinfo says who it is.
    pub members: Members,
    /// Whether a revocation ends the session whose token it names and no other (RFC 7009 section 2.1 leaves
    /// that to the server).
    pub revokes_one_session: bool,
    /// What it has to be told.
    pub settings: Settings,
    /// Answers of this server alone that tell what is set wrong there.
    pub misconfigurations: &'static [Sign],
    /// The codes in the server's own log to look for after an exchange that ended so.
    pub tenant_log: Option<fn(Exchange, &Outcome) -> Option<&'static str>>,
}

/// No path is known.
pub const NO_PATHS: Paths = Paths {
    device_authorization: "",
    token: "",
    userinfo: "",
    revocation: "",
    keys: "",
};

/// As the specifications have it, for a public client.
pub const STANDARD: Provider = Provider {
    name: "",
    locations: &[],
    paths: NO_PATHS,
    discovery: false,
    issuers: &[],
    authentication: Authentication::None,
    scope: "scope",
    scope_separator: " ",
    scope_in_polls: false,
    audience: "audience",
    repeated: &["resource"],
    pkce: false,
    language: None,
    aliases: &[],
    members: STANDARD_MEMBERS,
    revokes_one_session: true,
    settings: Settings::KNOWN,
    misconfigurations: &[],
    tenant_log: None,
};

impl Provider {
    /// The provider of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PROVIDERS.into_iter().find(|provider| provider.name == name)
    }

    /// Where an administrator finds the other side of an exchange: the codes in the server's log to look for after one
    /// that ended so. Nothing for servers whose log is not known and for failures that never reached it.
    pub fn tenant_log(&self, exchange: Exchange, outcome: &Outcome) -> Option<&'static str> {
        self.tenant_log.and_then(|codes| codes(exchange, outcome))
    }

    /// Whether a client secret is ever sent to it.
    pub fn takes_secret(&self) -> bool {
        self.authentication != Authentication::None
    }

    /// The issuer of ID tokens; `None` where the kind of server has no such thing.
    pub(super) fn issuer(&self, config: &ClientConfig) -> Result<Option<String>, Error> {
        let place = self.location(config)?;
        Ok(place
            .map(|place| place.issuer)
            .filter(|issuer| !issuer.is_empty()))
    }

    /// Endpoints that need no look-up.
    pub(super) fn endpoints(&self, config: &ClientConfig) -> Result<Endpoints, Error> {
        let Some(place) = self.location(config)? else {
            return Ok(Endpoints::default());
        };
        let base = Url::parse(&place.base).ok();
        let known = |path: &str| {
            let base = base.as_ref().filter(|_| !path.is_empty());
            base.and_then(|base| base.join(path).ok())
        };
        let paths = &self.paths;
        Ok(Endpoints {
            issuer: Some(place.issuer).filter(|issuer| !issuer.is_empty()),
            device_authorization: known(paths.device_authorization),
            token: known(paths.token),
            userinfo: known(paths.userinfo),
            revocation: known(paths.revocation),
            jwks: known(paths.keys),
            secret_in_form: false,
            pkce: false,
            outage: None,
        })
    }

    /// What `iss` of an ID token must be. Where the server writes its issuer in several ways, the
    /// way this token (`claim` reads it) has chosen; else the issuer itself.
    pub(super) fn issuer_of_token(
        &self,
        config: &ClientConfig,
        issuer: &str,
        claim: impl Fn(&str) -> Option<String>,
    ) -> String {
        // A directory that is named by its identifier must be the token's own.
        let own = config.tenant.clone().filter(|tenant| is_uuid(tenant));
        let tenant = own
            .or_else(|| claim("tid"))
            .filter(|tenant| is_uuid(tenant));
        let said = claim("iss");
        self.issuers
            .iter()
            .map(|template| template.replace("{tid}", tenant.as_deref().unwrap_or_default()))
            .find(|candidate| said.as_ref() == Some(candidate))
            .unwrap_or_else(|| issuer.to_owned())
    }

    fn location(&self, config: &ClientConfig) -> Result<Option<Filled>, Error> {
        let mut missing = None;
        for place in self.locations {
            match (
                fill_in(place.issuer, config, false)?,
                fill_in(place.base, config, true)?,
            ) {
                (Ok(issuer), Ok(base)) => return Ok(Some(Filled { issuer, base })),
                (Err(key), _) | (_, Err(key)) => missing = Some(key),
            }
        }
        match missing {
            Some(key) => Err(Error::Misconfigured(format!("provider.{key} is missing"))),
            None => Ok(None),
        }
    }
}

struct Filled {
    issuer: String,
    base: String,
}

/// Puts the configuration's values into a template; the inner error is the key that is missing.
fn fill_in(
    template: &str,
    config: &ClientConfig,
    is_base: bool,
) -> Result<Result<String, &'static str>, Error> {
    let issuer = config.issuer.as_ref().map(|url| issuer_text(url, is_base));
    let mut text = template.to_owned();
    let settings = &config.provider.settings;
    for (key, mark, value) in [
        (
            "domain",
            "{domain}",
            config.domain.as_deref().or(settings.domain.default()),
        ),
        ("issuer", "{issuer}", issuer.as_deref()),
        (
            "tenant",
            "{tenant}",
            config.tenant.as_deref().or(settings.tenant.default()),
        ),
    ] {
        if !text.contains(mark) {
            continue;
        }
        let Some(value) = value else {
            return Ok(Err(key));
        };
        if key != "issuer" && !is_host(value) {
            return Err(Error::Misconfigured(format!(
                "provider.{key} {value:?} is not a {}",
                if key == "domain" {
                    "host name"
                } else {
                    "directory"
                }
            )));
        }
        text = text.replace(mark, value);
    }
    Ok(Ok(text))
}

/// A parsed address always has a path: the slash after a bare host is the parser's, and issuers are
/// mostly written without.
fn issuer_text(issuer: &Url, is_base: bool) -> String {
    match issuer.path() {
        path if path == "/" || is_base => issuer.as_str().trim_end_matches('/').to_owned(),
        _ => issuer.as_str().to_owned(),
    }
}

fn is_host(text: &str) -> bool {
    !text.is_empty()
        && Url::parse(&format!("https://{text}/")).is_ok_and(|url| {
            url.path() == "/"
                && url.username().is_empty()
                && url.query().is_none()
                && url.fragment().is_none()
        })
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
