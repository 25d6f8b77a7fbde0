//! What a client is told before it speaks: the provider, the registration there, and what the owner decided.

use std::time::{SystemTime, UNIX_EPOCH};

use secrecy::SecretString;
use url::Url;

use super::net::TrustAnchors;
use super::provider::Provider;

/// How a [`Client`](super::Client) is set up: the provider's row and this application's registration there.
///
/// Only the provider and the client identifier are always needed; a provider's row tells what else is.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    pub(crate) provider: &'static Provider,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<SecretString>,
    pub(crate) domain: Option<String>,
    pub(crate) issuer: Option<Url>,
    pub(crate) tenant: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) audience: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) endpoints: EndpointOverrides,
    pub(crate) dpop: Dpop,
    pub(crate) pkce: Pkce,
    pub(crate) client_authentication: ClientAuthentication,
    pub(crate) trust_anchors: Option<TrustAnchors>,
    pub(crate) user_agent: String,
    pub(crate) clock_floor: SystemTime,
}

/// Endpoints that win, one by one, over those of the provider's row and of discovery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndpointOverrides {
    /// Where codes are asked for (RFC 8628 section 3.1).
    pub device_authorization: Option<Url>,
    /// Where tokens are asked for (RFC 6749 section 3.2).
    pub token: Option<Url>,
    /// Where a person's claims come from (OpenID Connect Core section 5.3).
    pub userinfo: Option<Url>,
    /// Where tokens are revoked (RFC 7009 section 2).
    pub revocation: Option<Url>,
    /// The keys that sign ID tokens (RFC 7517 section 5).
    pub jwks: Option<Url>,
}

/// Whether the tokens of a new sign-in are bound to a key of this device (DPoP, RFC 9449).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dpop {
    /// Where the server gives no tokens without. One that only offers it gets no proofs: an API that
    /// knows bearer tokens alone would refuse what is bound.
    #[default]
    Auto,
    /// Always; a token that is not bound is refused.
    Require,
    /// Never. A session that is bound already stays so until it is signed out.
    Off,
}

/// Whether a code is tied to a secret of this device (PKCE, RFC 7636).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pkce {
    /// Where the server's metadata lists it or the server asks for it, as long as it takes it.
    #[default]
    Auto,
    /// Always.
    Require,
    /// Never.
    Off,
}

/// How the client proves itself with its secret (RFC 6749 section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientAuthentication {
    /// As the provider's row and the server's metadata have it, and the other way where the server refuses that.
    #[default]
    Auto,
    /// Not at all: the secret is never sent.
    None,
    /// In the form (`client_secret_post`).
    Post,
    /// HTTP Basic (`client_secret_basic`), with `client_id` in the form as well where the server asks for it.
    Basic,
}

impl ClientAuthentication {
    /// Whether a secret, where there is one, is sent to this provider. With [`ClientAuthentication::Auto`] that is for the
    /// provider's row to say.
    pub fn sends_secret(self, provider: &Provider) -> bool {
        match self {
            Self::Auto => provider.takes_secret(),
            Self::None => false,
            Self::Post | Self::Basic => true,
        }
    }
}

/// A request to the authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// For a code (RFC 8628 section 3.1).
    DeviceAuthorization,
    /// For the tokens of a code: each poll (RFC 8628 section 3.4).
    Token,
    /// For new tokens (RFC 6749 section 6).
    Refresh,
}

/// A parameter of the application's own, such as `resource` (RFC 8707).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The requests that it goes with. `None` leaves that to the provider's row: the device authorization request,
    /// and the token requests where the provider wants it there again.
    pub requests: Option<Vec<Request>>,
}

/// Parameters that are the client's own in every request: an application's own of the same name would change who asks, for
/// what, or with which proof, and is never sent.
const OWN: [&str; 10] = [
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "grant_type",
    "device_code",
    "refresh_token",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
];

impl Parameter {
    /// Whether the client itself has a parameter of this name, so that an application's own would be lost.
    pub fn is_own(name: &str) -> bool {
        OWN.contains(&name)
    }

    pub(crate) fn goes_with(&self, request: Request, repeated: &[&str]) -> bool {
        match &self.requests {
            Some(requests) => requests.contains(&request),
            None => {
                request == Request::DeviceAuthorization || repeated.contains(&self.name.as_str())
            }
        }
    }
}

impl ClientConfig {
    /// A client of `provider` with this client identifier.
    pub fn new(provider: &'static Provider, client_id: impl Into<String>) -> Self {
        Self {
            provider,
            client_id: client_id.into(),
            client_secret: None,
            domain: None,
            issuer: None,
            tenant: None,
            scopes: provider
                .settings
                .scopes
                .iter()
                .map(|&scope| scope.to_owned())
                .collect(),
            audience: None,
            parameters: Vec::new(),
            endpoints: EndpointOverrides::default(),
            dpop: Dpop::default(),
            pkce: Pkce::default(),
            client_authentication: ClientAuthentication::default(),
            trust_anchors: None,
            user_agent: concat!("device-flow/", env!("CARGO_PKG_VERSION")).to_owned(),
            clock_floor: UNIX_EPOCH,
        }
    }

    /// The client secret, for providers that demand one. Never sent to a provider of public clients, unless
    /// [`ClientConfig::client_authentication`] says how.
    #[must_use]
    pub fn client_secret(mut self, secret: Option<SecretString>) -> Self {
        self.client_secret = secret;
        self
    }

    /// Host name of the tenant (Auth0, Okta) or of the installation (GitLab).
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Issuer identifier, for providers with discovery and custom authorization servers.
    #[must_use]
    pub fn issuer(mut self, issuer: Url) -> Self {
        self.issuer = Some(issuer);
        self
    }

    /// Directory (Microsoft): its GUID, its domain, `common`, `organizations` or `consumers`.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// Scopes to ask for (RFC 6749 section 3.3), in the place of the provider's usual ones: who it is, and to stay signed
    /// in.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// The API that the access token is for (Auth0 and its kin; others have [`Parameter`] `resource`).
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Adds a parameter of the application's own.
    #[must_use]
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Endpoints that win over the provider's row and over discovery.
    #[must_use]
    pub fn endpoints(mut self, endpoints: EndpointOverrides) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// Whether tokens are bound to a key of this device.
    #[must_use]
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.dpop = dpop;
        self
    }

    /// Whether a code is tied to a secret of this device.
    #[must_use]
    pub fn pkce(mut self, pkce: Pkce) -> Self {
        self.pkce = pkce;
        self
    }

    /// How the client secret is sent.
    #[must_use]
    pub fn client_authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.client_authentication = authentication;
        self
    }

    /// Certificates that are trusted besides those of the system.
    #[must_use]
    pub fn trust_anchors(mut self, anchors: TrustAnchors) -> Self {
        self.trust_anchors = Some(anchors);
        self
    }

    /// What stands in `User-Agent`; `device-flow/VERSION` otherwise.
    #[must_use]
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// A time that is certainly past, such as the day the program was built. A machine whose clock stands before it
    /// has not been told the time yet: then that explains certificates that are refused, and a server's word on the
    /// time counts more. Without it no clock is found to be behind by itself.
    #[must_use]
    pub fn clock_floor(mut self, past: SystemTime) -> Self {
        self.clock_floor = past;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_goes_where_it_is_said_to_go_and_else_where_the_provider_wants_it() {
        use Request::{DeviceAuthorization, Refresh, Token};
        let goes = |name: &str, requests: Option<&[Request]>| {
            let parameter = Parameter {
                name: name.to_owned(),
                value: "v".to_owned(),
                requests: requests.map(<[_]>::to_vec),
            };
            [DeviceAuthorization, Token, Refresh]
                .map(|request| parameter.goes_with(request, &["resource"]))
        };
        assert_eq!(goes("a", None), [true, false, false]);
        assert_eq!(goes("resource", None), [true, true, true]);
        assert_eq!(goes("resource", Some(&[Refresh])), [false, false, true]);
        assert_eq!(goes("a", Some(&[Token, Refresh])), [false, true, true]);
    }
}
