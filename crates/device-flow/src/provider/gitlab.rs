//! GitLab.

use super::{
    Authentication, Location, OPENID_WITHOUT_OFFLINE, Paths, Provider, STANDARD, Setting, Settings,
};

/// <https://docs.gitlab.com/api/oauth2/#device-authorization-grant-flow>: codes of five minutes
/// with 0 and O in them.
pub static GITLAB: Provider = Provider {
    name: "gitlab",
    locations: &[Location {
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
    settings: Settings {
        domain: Setting::Default("gitlab.com"),
        issuer: Setting::Meaningless("the issuer follows from domain"),
        scopes: OPENID_WITHOUT_OFFLINE,
        ..Settings::KNOWN
    },
    ..STANDARD
};
