//! Any OAuth 2.0 server, by its endpoints.

use super::{Authentication, Provider, STANDARD, Setting, Settings};

/// Any OAuth 2.0 server, by its endpoints.
pub static OAUTH2: Provider = Provider {
    name: "oauth2",
    authentication: Authentication::Form,
    // As for any server that nobody knows.
    revokes_one_session: false,
    settings: Settings {
        domain: Setting::Meaningless("it is for preset \"auth0\"; others take issuer or endpoints"),
        issuer: Setting::Meaningless("a server with discovery is preset \"oidc\""),
        audience: Setting::Optional,
        endpoints: true,
        scopes: &[],
        ..Settings::KNOWN
    },
    ..STANDARD
};
