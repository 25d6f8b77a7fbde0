//! The rows: one kind of server each.
//!
//! A row says only what is not [`STANDARD`]; each says where it was read. Statuses are in none of
//! them: the body decides first, whatever the status.

use super::{Authentication, Paths, Place, Provider};
use crate::userinfo::{Members, STANDARD_MEMBERS};

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
    places: &[],
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
};

/// <https://auth0.com/docs/get-started/authentication-and-authorization-flow/device-authorization-flow>.
/// A secret in the device authorization request is answered 403 `unauthorized_client`
/// (<https://github.com/auth0/ruby-auth0/issues/794>); `expired_token` comes once, then
/// `invalid_grant`.
pub static AUTH0: Provider = Provider {
    name: "auth0",
    places: &[Place {
        issuer: "https://{domain}/",
        base: "https://{domain}/",
    }],
    paths: Paths {
        device_authorization: "oauth/device/code",
        token: "oauth/token",
        userinfo: "userinfo",
        revocation: "oauth/revoke",
        keys: ".well-known/jwks.json",
    },
    repeated: &[],
    // A tenant may have "Refresh Token Revocation Deletes Grant" on, and had it before 13 January 2021: then
    // every session of the person with this client ends.
    revokes_one_session: false,
    ..STANDARD
};

/// <https://developer.okta.com/docs/guides/device-authorization-grant/main/>. Codes without a dash.
pub static OKTA: Provider = Provider {
    name: "okta",
    places: &[
        Place {
            issuer: "{issuer}",
            base: "{issuer}/v1/",
        },
        Place {
            issuer: "https://{domain}",
            base: "https://{domain}/oauth2/v1/",
        },
    ],
    paths: Paths {
        device_authorization: "device/authorize",
        token: "token",
        userinfo: "userinfo",
        revocation: "revoke",
        keys: "keys",
    },
    authentication: Authentication::Basic,
    ..STANDARD
};

/// <https://developers.google.com/identity/protocols/oauth2/limited-input-device>: a secret from
/// every device, `verification_url`, 428 for pending.
pub static GOOGLE: Provider = Provider {
    name: "google",
    places: &[Place {
        issuer: "https://accounts.google.com",
        base: "https://oauth2.googleapis.com/",
    }],
    paths: Paths {
        device_authorization: "device/code",
        token: "token",
        userinfo: "https://openidconnect.googleapis.com/v1/userinfo",
        revocation: "revoke",
        keys: "https://www.googleapis.com/oauth2/v3/certs",
    },
    issuers: &["accounts.google.com"],
    authentication: Authentication::Form,
    // It takes away what the person allowed the client, on every device.
    revokes_one_session: false,
    ..STANDARD
};

/// <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>: a `message` for
/// people, no complete address, `authorization_declined`. The issuer names the directory that
/// signed, not the one that was asked.
pub static MICROSOFT: Provider = Provider {
    name: "microsoft",
    places: &[Place {
        issuer: "https://login.microsoftonline.com/{tenant}/v2.0",
        base: "https://login.microsoftonline.com/{tenant}/",
    }],
    paths: Paths {
        device_authorization: "oauth2/v2.0/devicecode",
        token: "oauth2/v2.0/token",
        userinfo: "https://graph.microsoft.com/oidc/userinfo",
        revocation: "",
        keys: "discovery/v2.0/keys",
    },
    issuers: &["https://login.microsoftonline.com/{tid}/v2.0"],
    language: Some("mkt"),
    ..STANDARD
};

/// <https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow>:
/// errors at status 200, a new `interval` with `slow_down`, commas between granted scopes, no
/// refresh token for OAuth apps, no ID token.
pub static GITHUB: Provider = Provider {
    name: "github",
    places: &[Place {
        issuer: "",
        base: "https://github.com/login/",
    }],
    paths: Paths {
        device_authorization: "device/code",
        token: "oauth/access_token",
        userinfo: "https://api.github.com/user",
        ..NO_PATHS
    },
    aliases: &[("bad_refresh_token", "invalid_grant")],
    members: Members {
        subject: "id",
        name: &["name", "login"],
        picture: "avatar_url",
        ..STANDARD_MEMBERS
    },
    ..STANDARD
};

/// <https://docs.gitlab.com/api/oauth2/#device-authorization-grant-flow>: codes of five minutes
/// with 0 and O in them.
pub static GITLAB: Provider = Provider {
    name: "gitlab",
    places: &[Place {
        issuer: "https://{domain}",
        base: "https://{domain}/oauth/",
    }],
    paths: Paths {
        device_authorization: "authorize_device",
        token: "token",
        userinfo: "userinfo",
        revocation: "revoke",
        keys: "discovery/keys",
    },
    authentication: Authentication::Form,
    ..STANDARD
};

/// Keycloak's `DeviceGrantType.java`: 400 for everything, and the code is gone before the answer is
/// sent, so that a lost answer reads `invalid_grant`.
pub static KEYCLOAK: Provider = Provider {
    name: "keycloak",
    places: &[Place {
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
    ..STANDARD
};

/// <https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow>: the
/// error stands in `message`, scopes go out as `scopes` and come back as an array, a refresh token
/// works once.
pub static TWITCH: Provider = Provider {
    name: "twitch",
    places: &[Place {
        issuer: "https://id.twitch.tv/oauth2",
        base: "https://id.twitch.tv/oauth2/",
    }],
    paths: Paths {
        device_authorization: "device",
        token: "token",
        userinfo: "userinfo",
        revocation: "revoke",
        keys: "keys",
    },
    authentication: Authentication::Form,
    scope: "scopes",
    scope_in_polls: true,
    aliases: &[
        ("invalid device code", "invalid_grant"),
        ("invalid refresh token", "invalid_grant"),
        ("invalid client", "invalid_client"),
        ("invalid client secret", "invalid_client"),
    ],
    ..STANDARD
};

/// Any OpenID provider, by issuer and discovery.
pub static OIDC: Provider = Provider {
    name: "oidc",
    places: &[Place {
        issuer: "{issuer}",
        base: "{issuer}/",
    }],
    discovery: true,
    authentication: Authentication::Metadata,
    // A server nobody knows may end the whole grant with one of its tokens (RFC 7009 section 2.1).
    revokes_one_session: false,
    ..STANDARD
};

/// Any OAuth 2.0 server, by its endpoints.
pub static OAUTH2: Provider = Provider {
    name: "oauth2",
    authentication: Authentication::Form,
    // As for any server that nobody knows.
    revokes_one_session: false,
    ..STANDARD
};

/// Every provider that is known by name, in the order of the reference.
pub static PROVIDERS: [&Provider; 10] = [
    &AUTH0, &OKTA, &GOOGLE, &MICROSOFT, &GITHUB, &GITLAB, &KEYCLOAK, &TWITCH, &OIDC, &OAUTH2,
];
