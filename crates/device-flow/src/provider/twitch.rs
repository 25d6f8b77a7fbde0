//! Twitch.

use super::{Authentication, Location, Paths, Provider, STANDARD, Settings};

/// <https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow>: the
/// error stands in `message`, scopes go out as `scopes` and come back as an array, a refresh token
/// works once.
pub static TWITCH: Provider = Provider {
    name: "twitch",
    locations: &[Location {
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
    settings: Settings {
        scopes: &["openid"],
        ..Settings::KNOWN
    },
    ..STANDARD
};
