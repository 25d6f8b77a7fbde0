//! GitHub.

use super::{Location, Members, NO_PATHS, Paths, Provider, STANDARD, STANDARD_MEMBERS, Settings};

/// <https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow>:
/// errors at status 200, a new `interval` with `slow_down`, commas between granted scopes, no
/// refresh token for OAuth apps, no ID token.
pub static GITHUB: Provider = Provider {
    name: "github",
    locations: &[Location {
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
    settings: Settings {
        scopes: &["read:user"],
        ..Settings::KNOWN
    },
    ..STANDARD
};
