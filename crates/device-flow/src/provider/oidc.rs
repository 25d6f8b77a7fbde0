//! Any OpenID provider with discovery.

use super::{Authentication, Location, Provider, STANDARD, Setting, Settings};

/// Any OpenID provider, by issuer and discovery.
pub static OIDC: Provider = Provider {
    name: "oidc",
    locations: &[Location {
        issuer: "{issuer}",
        base: "{issuer}/",
    }],
    discovery: true,
    authentication: Authentication::Metadata,
    // A server nobody knows may end the whole grant with one of its tokens (RFC 7009 section 2.1).
    revokes_one_session: false,
    settings: Settings {
        domain: Setting::Meaningless("it is for preset \"auth0\"; others take issuer or endpoints"),
        issuer: Setting::Required(
            "the issuer's address, such as issuer = \"https://id.example.com\"",
        ),
        audience: Setting::Optional,
        ..Settings::KNOWN
    },
    ..STANDARD
};
