//! Keycloak.

use super::{Authentication, Location, Paths, Provider, STANDARD, Setting, Settings};

/// Keycloak's `DeviceGrantType.java`: 400 for everything, and the code is gone before the answer is
/// sent, so that a lost answer reads `invalid_grant`.
pub static KEYCLOAK: Provider = Provider {
    name: "keycloak",
    locations: &[Location {
        issuer: "{issuer}",
        base: "{issuer}/protocol/openid-connect/",
    }],
    paths: Paths {
        device_authorization: "auth/device",
        token: "token",
        userinfo: "userinfo",
        revocation: "revoke",
        keys: "certs",
    },
    discovery: true,
    authentication: Authentication::Metadata,
    // A client whose "Proof Key for Code Exchange Code Challenge Method" is set gets no code without; for the others
    // `DeviceEndpoint.java` and `DeviceGrantType.java` hold a challenge against its verifier where there is one.
    pkce: true,
    // Revoking an offline token ends all offline sessions of the person with this client.
    revokes_one_session: false,
    settings: Settings {
        domain: Setting::Meaningless("it is in issuer"),
        issuer: Setting::Required(
            "the realm's address, such as issuer = \"https://id.example.com/realms/acme\"",
        ),
        ..Settings::KNOWN
    },
    ..STANDARD
};
