//! What is different from one kind of authorization server to the next, as data.
//!
//! A [`Provider`] is a row, and a file of this folder holds all of one; nothing outside asks which of them it deals with.
//! What servers do differently without anybody having to know which (other names for the same
//! member, other statuses for the same error) is tolerance, in [`wire`](crate::wire).

use crate::exchange::{Exchange, Outcome};

#[cfg(feature = "driver")]
mod addresses;
mod auth0;
mod github;
mod gitlab;
mod google;
mod keycloak;
mod members;
mod microsoft;
mod misconfiguration;
mod oauth2;
mod oidc;
mod okta;
mod settings;
#[cfg(test)]
#[cfg(feature = "driver")]
mod tests;
mod twitch;

pub use auth0::AUTH0;
pub use github::GITHUB;
pub use gitlab::GITLAB;
pub use google::GOOGLE;
pub use keycloak::KEYCLOAK;
pub use members::{Members, STANDARD_MEMBERS};
pub use microsoft::MICROSOFT;
#[cfg(feature = "driver")]
pub(super) use misconfiguration::PKCE_WORDS;
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

/// How the client proves itself at the token endpoint (RFC 6749 section 2.3).
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
    /// Where codes are asked for (RFC 8628 section 3.1).
    pub device_authorization: &'static str,
    /// Where tokens are asked for (RFC 6749 section 3.2).
    pub token: &'static str,
    /// Where a person's claims come from (OpenID Connect Core section 5.3).
    pub userinfo: &'static str,
    /// Where tokens are revoked (RFC 7009 section 2).
    pub revocation: &'static str,
    /// The keys that sign ID tokens (RFC 7517 section 5).
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
    /// Whether the issuer publishes its endpoints (RFC 8414), which then win over `paths`.
    pub discovery: bool,
    /// Spellings of `iss` besides the issuer. `{tid}` is the claim of that name.
    pub issuers: &'static [&'static str],
    /// How the client proves itself at the token endpoint.
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
    /// Whether it takes PKCE (RFC 7636) in the device grant, whatever its metadata lists.
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
}
