//! One row a preset: which keys it needs, what stands in their place, an example.

use super::{Needs, Preset, Use};

const OPENID: &[&str] = &["openid", "profile", "email", "offline_access"];
/// For servers that know no `offline_access` and refuse what they do not know.
const WITHOUT_OFFLINE: &[&str] = &["openid", "profile", "email"];

const NO_DOMAIN: Use = Use::Idle("its addresses are known");
const NO_ISSUER: Use = Use::Idle("its issuer is known");
const NO_TENANT: Use = Use::Idle("it is for preset \"microsoft\"");
const NO_AUDIENCE: Use = Use::Idle("what the access token is for follows from scopes");

/// One example: its own beginning, and what is the same for all.
macro_rules! example {
    ($name:literal) => {
        concat!(
            include_str!(concat!("example/", $name, ".toml")),
            include_str!("example/rest.toml")
        )
    };
}

/// A server that is known by name and needs nothing but a client identifier.
const KNOWN: Needs = Needs {
    name: "",
    domain: NO_DOMAIN,
    issuer: NO_ISSUER,
    tenant: NO_TENANT,
    audience: NO_AUDIENCE,
    endpoints: false,
    secret: false,
    scopes: OPENID,
    example: "",
};

const AUTH0: Needs = Needs {
    name: "auth0",
    domain: Use::Needed("the tenant's host name, such as domain = \"acme.eu.auth0.com\""),
    issuer: Use::Idle("the issuer follows from domain"),
    audience: Use::Free,
    example: include_str!("example/auth0.toml"),
    ..KNOWN
};

const OKTA: Needs = Needs {
    name: "okta",
    domain: Use::Needed(
        "the organization's host name, such as domain = \"acme.okta.com\", or for a custom authorization server \
         issuer = \"https://acme.okta.com/oauth2/default\"",
    ),
    issuer: Use::InPlaceOfDomain,
    audience: Use::Idle("the authorization server decides what the access token is for"),
    example: example!("okta"),
    ..KNOWN
};

const GOOGLE: Needs = Needs {
    name: "google",
    secret: true,
    scopes: WITHOUT_OFFLINE,
    example: example!("google"),
    ..KNOWN
};

const MICROSOFT: Needs = Needs {
    name: "microsoft",
    domain: Use::Idle("write the directory's domain as tenant"),
    issuer: Use::Idle("the issuer follows from tenant"),
    tenant: Use::Default("common"),
    example: example!("microsoft"),
    ..KNOWN
};

const GITHUB: Needs = Needs {
    name: "github",
    scopes: &["read:user"],
    example: example!("github"),
    ..KNOWN
};

const GITLAB: Needs = Needs {
    name: "gitlab",
    domain: Use::Default("gitlab.com"),
    issuer: Use::Idle("the issuer follows from domain"),
    scopes: WITHOUT_OFFLINE,
    example: example!("gitlab"),
    ..KNOWN
};

const KEYCLOAK: Needs = Needs {
    name: "keycloak",
    domain: Use::Idle("it is in issuer"),
    issuer: Use::Needed(
        "the realm's address, such as issuer = \"https://id.example.com/realms/acme\"",
    ),
    example: example!("keycloak"),
    ..KNOWN
};

const TWITCH: Needs = Needs {
    name: "twitch",
    scopes: &["openid"],
    example: example!("twitch"),
    ..KNOWN
};

const OIDC: Needs = Needs {
    name: "oidc",
    domain: Use::Idle("it is for preset \"auth0\"; others take issuer or endpoints"),
    issuer: Use::Needed("the issuer's address, such as issuer = \"https://id.example.com\""),
    audience: Use::Free,
    example: example!("oidc"),
    ..KNOWN
};

const OAUTH2: Needs = Needs {
    name: "oauth2",
    domain: Use::Idle("it is for preset \"auth0\"; others take issuer or endpoints"),
    issuer: Use::Idle("a server with discovery is preset \"oidc\""),
    audience: Use::Free,
    endpoints: true,
    scopes: &[],
    example: example!("oauth2"),
    ..KNOWN
};

impl Preset {
    pub(super) fn needs(self) -> &'static Needs {
        match self {
            Self::Auth0 => &AUTH0,
            Self::Okta => &OKTA,
            Self::Google => &GOOGLE,
            Self::Microsoft => &MICROSOFT,
            Self::Github => &GITHUB,
            Self::Gitlab => &GITLAB,
            Self::Keycloak => &KEYCLOAK,
            Self::Twitch => &TWITCH,
            Self::Oidc => &OIDC,
            Self::Oauth2 => &OAUTH2,
        }
    }
}
