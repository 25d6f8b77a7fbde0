//! Okta.

use super::{Authentication, Location, Paths, Provider, STANDARD, Setting, Settings};

/// <https://developer.okta.com/docs/guides/device-authorization-grant/main/>. Codes without a dash.
pub static OKTA: Provider = Provider {
    name: "okta",
    locations: &[
        Location {
            issuer: "{issuer}",
            base: "{issuer}/v1/",
        },
        Location {
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
    settings: Settings {
        domain: Setting::Required(
            "the organization's host name, such as domain = \"acme.okta.com\", or for a custom authorization server \
         issuer = \"https://acme.okta.com/oauth2/default\"",
        ),
        issuer: Setting::InPlaceOfDomain,
        audience: Setting::Meaningless(
            "the authorization server decides what the access token is for",
        ),
        ..Settings::KNOWN
    },
    ..STANDARD
};
